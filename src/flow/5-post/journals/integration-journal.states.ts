import { IntegrationJournalLineStatus, IntegrationJournalStatus } from '../../../entities/finance';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';

/**
 * The header of an integration journal. Posting is one unit of work that holds the header's lock, so nobody ever reads or leaves
 * behind a journal in Processing (decision 14); the state is here because finance has it. A journal of which some lines could not be
 * posted is in Error and may be posted again: only the lines that are not posted are taken. `edit` stands for every change of lines.
 */
export const INTEGRATION_JOURNAL_STATES: StateTable<IntegrationJournalStatus, 'edit' | 'post' | 'fail' | 'reset'> = {
  [IntegrationJournalStatus.DRAFT]: {
    edit: IntegrationJournalStatus.DRAFT,
    post: IntegrationJournalStatus.POSTED,
    fail: IntegrationJournalStatus.ERROR,
  },
  [IntegrationJournalStatus.ERROR]: {
    edit: IntegrationJournalStatus.ERROR,
    post: IntegrationJournalStatus.POSTED,
    fail: IntegrationJournalStatus.ERROR,
    reset: IntegrationJournalStatus.DRAFT,
  },
  [IntegrationJournalStatus.PROCESSING]: { reset: IntegrationJournalStatus.DRAFT },
  [IntegrationJournalStatus.POSTED]: {},
};

/**
 * A line of an integration journal. In Error: something can be mended, and posting tries it again. Invalid actuals: its actual is not
 * in Dataverse; once it is again, a reset makes the line a draft. Unrecoverable: finance has no posting for such a line, ever; it can
 * only be deleted.
 */
export const INTEGRATION_JOURNAL_LINE_STATES: StateTable<
  IntegrationJournalLineStatus, 'edit' | 'post' | 'fail' | 'invalidate' | 'giveUp' | 'reset'
> = {
  [IntegrationJournalLineStatus.DRAFT]: {
    edit: IntegrationJournalLineStatus.DRAFT,
    post: IntegrationJournalLineStatus.POSTED,
    fail: IntegrationJournalLineStatus.ERROR,
    invalidate: IntegrationJournalLineStatus.INVALID_ACTUALS,
    giveUp: IntegrationJournalLineStatus.UNRECOVERABLE,
  },
  [IntegrationJournalLineStatus.ERROR]: {
    edit: IntegrationJournalLineStatus.ERROR,
    post: IntegrationJournalLineStatus.POSTED,
    fail: IntegrationJournalLineStatus.ERROR,
    invalidate: IntegrationJournalLineStatus.INVALID_ACTUALS,
    giveUp: IntegrationJournalLineStatus.UNRECOVERABLE,
    reset: IntegrationJournalLineStatus.DRAFT,
  },
  [IntegrationJournalLineStatus.PROCESSING]: { reset: IntegrationJournalLineStatus.DRAFT },
  [IntegrationJournalLineStatus.INVALID_ACTUALS]: { reset: IntegrationJournalLineStatus.DRAFT },
  [IntegrationJournalLineStatus.UNRECOVERABLE]: {},
  [IntegrationJournalLineStatus.POSTED]: {},
};

/** Lines that can be deleted; their staged actuals come back with the next import. Posted lines never are. */
export const DELETABLE_LINE_STATUSES: readonly IntegrationJournalLineStatus[] = [
  IntegrationJournalLineStatus.DRAFT,
  IntegrationJournalLineStatus.ERROR,
  IntegrationJournalLineStatus.UNRECOVERABLE,
  IntegrationJournalLineStatus.INVALID_ACTUALS,
];

checkStateTable('integration journal', INTEGRATION_JOURNAL_STATES);
checkStateTable('integration journal line', INTEGRATION_JOURNAL_LINE_STATES);
