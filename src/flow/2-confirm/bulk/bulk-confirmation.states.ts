import { BulkConfirmationStatus } from '../../../entities/dataverse';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';
import type { States } from '../../1-bill/transition';

export type BulkConfirmationAction = 'process' | 'complete' | 'fail';

/**
 * The states of a proforma in a bulk confirmation (domain facts 6.3).
 *
 * Scheduled: it waits for a process that takes it, and can still be edited. Processing: a process has taken it; when that one
 * dies, the next takes it again. Complete: confirmed by it. Failed: refused, and left as it was; it can be scheduled anew, as
 * another item. A proforma that is in no bulk confirmation, or was confirmed by itself, has no such state.
 */
const table: StateTable<BulkConfirmationStatus, BulkConfirmationAction> = {
  [BulkConfirmationStatus.SCHEDULED]: { process: BulkConfirmationStatus.PROCESSING },
  [BulkConfirmationStatus.PROCESSING]: { complete: BulkConfirmationStatus.COMPLETE, fail: BulkConfirmationStatus.FAILED },
  [BulkConfirmationStatus.COMPLETE]: {},
  [BulkConfirmationStatus.FAILED]: {},
};

checkStateTable('bulk confirmation', table);

export const BULK_CONFIRMATION_STATES: States<BulkConfirmationStatus, BulkConfirmationAction> = { names: BulkConfirmationStatus, table };
