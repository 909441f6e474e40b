import { TimeEntryStatus } from '../../../entities/dataverse';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';
import type { States } from '../transition';

export type TimeEntryAction = 'approve' | 'cancelApproval';

/** A time entry as far as approval moves it; writing, submitting and recalling happen where time is entered. */
const table: StateTable<TimeEntryStatus, TimeEntryAction> = {
  [TimeEntryStatus.DRAFT]: {},
  [TimeEntryStatus.RETURNED]: {},
  [TimeEntryStatus.SUBMITTED]: { approve: TimeEntryStatus.APPROVED },
  [TimeEntryStatus.APPROVED]: { cancelApproval: TimeEntryStatus.SUBMITTED },
  [TimeEntryStatus.RECALL_REQUESTED]: {},
};

checkStateTable('time entry', table);

export const TIME_ENTRY_STATES: States<TimeEntryStatus, TimeEntryAction> = { names: TimeEntryStatus, table };
