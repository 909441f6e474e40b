import { IntegrationJournalLineStatus, IntegrationJournalStatus } from '../../entities/finance';
import { checkStateTable, type StateTable } from '../../kernel/state-table';

/**
 * The header of an integration journal. Posting is one unit of work, so nobody else ever sees it Processing. A journal of which
 * some lines could not be posted is in Error and may be posted again: only the lines that are not posted are taken.
 */
export const INTEGRATION_JOURNAL_STATES: StateTable<IntegrationJournalStatus, 'post' | 'fail' | 'reset'> = {
  [IntegrationJournalStatus.DRAFT]: { post: IntegrationJournalStatus.POSTED, fail: IntegrationJournalStatus.ERROR },
  [IntegrationJournalStatus.ERROR]: {
    post: IntegrationJournalStatus.POSTED,
    fail: IntegrationJournalStatus.ERROR,
    reset: IntegrationJournalStatus.DRAFT,
  },
  [IntegrationJournalStatus.PROCESSING]: { reset: IntegrationJournalStatus.DRAFT },
  [IntegrationJournalStatus.POSTED]: {},
};

/** A line of an integration journal. Unrecoverable lines and lines of invalid actuals are never posted. */
export const INTEGRATION_JOURNAL_LINE_STATES: StateTable<IntegrationJournalLineStatus, 'post' | 'fail' | 'reset'> = {
  [IntegrationJournalLineStatus.DRAFT]: { post: IntegrationJournalLineStatus.POSTED, fail: IntegrationJournalLineStatus.ERROR },
  [IntegrationJournalLineStatus.ERROR]: {
    post: IntegrationJournalLineStatus.POSTED,
    fail: IntegrationJournalLineStatus.ERROR,
    reset: IntegrationJournalLineStatus.DRAFT,
  },
  [IntegrationJournalLineStatus.PROCESSING]: { reset: IntegrationJournalLineStatus.DRAFT },
  [IntegrationJournalLineStatus.POSTED]: {},
  [IntegrationJournalLineStatus.UNRECOVERABLE]: {},
  [IntegrationJournalLineStatus.INVALID_ACTUALS]: {},
};

checkStateTable('integration journal', INTEGRATION_JOURNAL_STATES);
checkStateTable('integration journal line', INTEGRATION_JOURNAL_LINE_STATES);
