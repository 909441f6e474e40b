import { ReconciliationCause as Cause } from '../../stores/reconcile/reconciliation.enums';
import type { BlockerCode } from '../blockers/blockers';

/** What holds a whole proforma back, as the cause of each of its billed actuals: its proposal lines come all or none. */
export const CAUSE_OF_BLOCKER: Readonly<Record<BlockerCode, Cause>> = {
  NOT_CONFIRMED: Cause.NO_CONFIRMED_PROFORMA,
  TABLE_MAP_PAUSED: Cause.MAP_PAUSED,
  TABLE_MAP_STOPPED: Cause.MAP_STOPPED,
  LEFT_BEHIND: Cause.DOCUMENT_INCOMPLETE,
  HEADER_NOT_SYNCED: Cause.DOCUMENT_INCOMPLETE,
  HEADER_SYNC_FAILED: Cause.DOCUMENT_INCOMPLETE,
  ACTUALS_NOT_SYNCED: Cause.DOCUMENT_INCOMPLETE,
  ACTUAL_SYNC_FAILED: Cause.DOCUMENT_INCOMPLETE,
  UNBILLED_NOT_SYNCED: Cause.DOCUMENT_INCOMPLETE,
  CONNECTION_MISSING: Cause.DOCUMENT_INCOMPLETE,
  CONNECTION_NOT_SYNCED: Cause.DOCUMENT_INCOMPLETE,
  CONNECTION_SYNC_FAILED: Cause.DOCUMENT_INCOMPLETE,
  MILESTONE_NOT_SYNCED: Cause.DOCUMENT_INCOMPLETE,
  CHECKSUM_MISMATCH: Cause.COUNT_OR_CHECKSUM_MISMATCH,
  QUARANTINED: Cause.QUARANTINED,
  MILESTONE_NOT_IMPORTED: Cause.IMPORT_NOT_RUN,
  UNBILLED_NOT_IMPORTED: Cause.IMPORT_NOT_RUN,
  PREVALIDATION_WAITING: Cause.PREVALIDATION_WAITING,
  INVALID_ACTUALS: Cause.IMPORT_ERROR,
  UNBILLED_IMPORT_ERROR: Cause.IMPORT_ERROR,
  UNBILLED_NOT_POSTED: Cause.UNBILLED_NOT_POSTED,
  UNBILLED_POSTING_ERROR: Cause.UNBILLED_NOT_POSTED,
  ORIGINAL_NOT_INVOICED: Cause.CREDITED_NOT_POSTED,
  MILESTONE_NOT_CREDITED: Cause.CREDITED_NOT_POSTED,
  SETUP_MISSING: Cause.IMPORT_ERROR,
  AMOUNT_OUT_OF_RANGE: Cause.IMPORT_ERROR,
  LINES_NOT_IMPORTED: Cause.IMPORT_NOT_RUN,
  EXCHANGE_RATE_MISSING: Cause.PROPOSAL_NOT_POSTED,
  CUSTOMER_ON_HOLD: Cause.PROPOSAL_NOT_POSTED,
  PERIOD_CLOSED: Cause.PROPOSAL_NOT_POSTED,
  RETAINER_NOT_INVOICED: Cause.PROPOSAL_NOT_POSTED,
  NOT_POSTED: Cause.PROPOSAL_NOT_POSTED,
  WRITE_BACK_PENDING: Cause.NOT_WRITTEN_BACK,
};

interface CauseKind {
  /** The mutation to call next; null where the mending lies outside. */
  readonly nextStep: string | null;
  /** A sentence; `detail` is what the systems say about the record. */
  readonly sentence: (detail: string | null) => string;
}

/** The sentence, and the systems' own words behind it. */
const withDetail = (sentence: string) => (detail: string | null): string => (detail ? `${sentence}: ${detail.replace(/\.$/, '')}.` : `${sentence}.`);

/** Every cause with its sentence and what to do next. */
export const CAUSES: Readonly<Record<Cause, CauseKind>> = {
  [Cause.NOT_SYNCED]: { nextStep: 'sync', sentence: () => 'Its change set is queued; the next sync carries it.' },
  [Cause.MAP_PAUSED]: { nextStep: 'resumeTableMaps', sentence: () => 'Its change set is queued, and the table map is paused.' },
  [Cause.MAP_STOPPED]: { nextStep: 'runTableMaps', sentence: () => 'Its change set is queued, and the table map is stopped.' },
  [Cause.SYNC_ERROR]: { nextStep: 'retrySyncErrors', sentence: withDetail('The table map could not carry it') },
  [Cause.SYNC_ERROR_DISMISSED]: { nextStep: 'runTableMaps', sentence: withDetail('A sync of its proforma, or an initial sync of the stopped table map, carries it; the table map could not, and somebody dismissed the error') },
  [Cause.WAITING_FOR_RECORD]: { nextStep: 'sync', sentence: withDetail('It waits for another record to arrive') },
  [Cause.QUEUE_DISCARDED]: {
    nextStep: 'runTableMaps', sentence: () => 'Its change set was discarded with the queue of the table map. A sync of its proforma, or an initial sync of the stopped table map, sends it again.',
  },
  [Cause.CARRIED_AND_NOT_THERE]: {
    nextStep: 'runTableMaps',
    sentence: () => 'A sync run has carried its change set, and the other side does not have it: the filter of the table map left it out, or finance does not have it any more. '
      + 'Running the table map with an initial sync sends it again.',
  },
  [Cause.LEFT_OUT_BY_MAP]: { nextStep: 'runTableMaps', sentence: () => 'It never was in a change set of the table map, and no error stands. Running the table map with an initial sync sends it.' },
  [Cause.SKIP_SYNC]: { nextStep: null, sentence: () => 'It bills something and has Skip Sync, so that no table map carries it.' },
  [Cause.NO_CONFIRMED_PROFORMA]: { nextStep: null, sentence: () => 'It belongs to no confirmed proforma that goes to finance, so that no proposal line can be made of it.' },
  [Cause.DOCUMENT_INCOMPLETE]: { nextStep: 'sync', sentence: withDetail('Its proforma has not arrived in finance whole') },
  [Cause.COUNT_OR_CHECKSUM_MISMATCH]: { nextStep: null, sentence: withDetail('The staged billed actuals of its proforma are not those that the confirmation counted') },
  [Cause.UNBILLED_NOT_POSTED]: { nextStep: 'postIntegrationJournals', sentence: withDetail('Unbilled sales actuals that its proforma bills are not posted') },
  [Cause.CREDITED_NOT_POSTED]: { nextStep: 'postInvoiceProposals', sentence: withDetail('Its proforma credits what is not invoiced, or bills again what is not credited') },
  [Cause.PREVALIDATION_WAITING]: { nextStep: 'importFromStaging', sentence: withDetail('It waits for its prevalidation') },
  [Cause.IMPORT_NOT_RUN]: { nextStep: 'importFromStaging', sentence: withDetail('Import from staging has not taken it up yet') },
  [Cause.IMPORT_ERROR]: { nextStep: 'importFromStaging', sentence: withDetail('Import from staging could not take it up') },
  [Cause.JOURNAL_NOT_POSTED]: { nextStep: 'postIntegrationJournals', sentence: withDetail('It is in an integration journal that is not posted') },
  [Cause.JOURNAL_LINE_ERROR]: { nextStep: 'postIntegrationJournals', sentence: withDetail('Its journal line could not be posted') },
  [Cause.PROPOSAL_NOT_POSTED]: { nextStep: 'postInvoiceProposals', sentence: withDetail('Its invoice proposal is not posted') },
  [Cause.NOT_WRITTEN_BACK]: { nextStep: 'sync', sentence: () => 'It is posted, and the next sync writes that back.' },
  [Cause.AMOUNTS_DIFFER]: { nextStep: null, sentence: withDetail('Both sides have it, with amounts that differ') },
  [Cause.CONNECTION_DIFFERS]: { nextStep: null, sentence: () => 'Both sides have it, between other actuals or in other roles.' },
  [Cause.STAGED_THOUGH_SKIPPED]: { nextStep: null, sentence: () => 'It is staged, and in Dataverse it, or an actual that it connects, has Skip Sync now, so that no table map carries it.' },
  [Cause.QUARANTINED]: { nextStep: 'releaseQuarantined', sentence: withDetail('It is in quarantine, or its proforma is held back by what is') },
  [Cause.ORPHAN]: { nextStep: null, sentence: () => 'It is staged, and Dataverse has no such record, or not the actuals that it connects.' },
};
