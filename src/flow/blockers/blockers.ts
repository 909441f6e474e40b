import { many } from '../../kernel/many';

/** The stages of a proforma between draft and done, in order: each waits for the mutation that its blockers name. */
export enum ProformaStage {
  DRAFT = 'DRAFT',
  IN_REVIEW = 'IN_REVIEW',
  AWAITING_SYNC = 'AWAITING_SYNC',
  AWAITING_IMPORT = 'AWAITING_IMPORT',
  AWAITING_POSTING = 'AWAITING_POSTING',
  AWAITING_WRITE_BACK = 'AWAITING_WRITE_BACK',
  DONE = 'DONE',
}

/** The stages of an invoice proposal. */
export enum ProposalStage {
  AWAITING_LINES = 'AWAITING_LINES',
  READY_TO_POST = 'READY_TO_POST',
  INVOICED = 'INVOICED',
}

/** What `recordIds` of a blocker are ids of: the keys of these tables. */
export type BlockedRecord = 'ProformaInvoice' | 'Actual' | 'TransactionConnection' | 'Milestone' | 'Retainer' | 'InvoiceProposal' | 'TableMap';

/** The figures that a blocker's sentence tells. */
export interface BlockerFacts {
  /** How many records hold back. */
  readonly count: number;
  /** Out of how many: the billed actuals that the confirmation created. */
  readonly total: number;
  /** What the systems say about examples: an error's sentence, a journal's number, a date. */
  readonly details: readonly string[];
}

interface BlockerKind {
  /** The stage in which a proforma waits for it. */
  readonly stage: ProformaStage;
  /** The mutation to call next; null where the mending lies outside. */
  readonly nextStep: string | null;
  readonly records: BlockedRecord;
  readonly sentence: (facts: BlockerFacts) => string;
}

function have(count: number, noun: string): string {
  return `${many(count, noun)} ${count === 1 ? 'has' : 'have'}`;
}

/** The examples' own words after a colon; most blockers have one cause, so one is shown and the rest are counted. */
function because(details: readonly string[]): string {
  const [first, ...more] = details;
  if (!first) return '.';
  const cause = first.replace(/\.$/, '');
  return more.length === 0 ? `: ${cause}.` : `: ${cause} (and ${more.length} other ${more.length === 1 ? 'cause' : 'causes'}).`;
}

/**
 * Everything that can hold a proforma or a proposal back, in the order of the process; where several apply, all are told and the
 * earliest decides the stage. Codes are part of the API.
 */
export const BLOCKERS = {
  NOT_CONFIRMED: {
    stage: ProformaStage.DRAFT, nextStep: 'confirmProformaInvoice', records: 'ProformaInvoice',
    sentence: ({ details }) => `The proforma is ${details[0] ?? 'a draft'} and not confirmed, so nothing of it goes to finance.`,
  },
  TABLE_MAP_PAUSED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'resumeTableMaps', records: 'TableMap',
    sentence: ({ details }) => `No sync carries what is queued while a table map is paused: ${details.join('; ')}.`,
  },
  TABLE_MAP_STOPPED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'runTableMaps', records: 'TableMap',
    sentence: ({ details }) => `No sync carries what is queued while a table map is stopped: ${details.join('; ')}.`,
  },
  LEFT_BEHIND: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'sync', records: 'ProformaInvoice',
    sentence: ({ count, details }) => `No sync of everything carries ${many(count, 'record')} of the proforma any more: ${details.join('; ')}. A sync that names the proforma does.`,
  },
  HEADER_NOT_SYNCED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'sync', records: 'ProformaInvoice',
    sentence: ({ details }) => `The proforma's header has not been synced, so finance has no invoice proposal of it${because(details)}`,
  },
  HEADER_SYNC_FAILED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'retrySyncErrors', records: 'ProformaInvoice',
    sentence: ({ details }) => `The table map could not carry the proforma's header${because(details)}`,
  },
  ACTUALS_NOT_SYNCED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'sync', records: 'Actual',
    sentence: ({ count, total }) => `${count} of ${total} billed sales actuals have not arrived in the staging table.`,
  },
  ACTUAL_SYNC_FAILED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'retrySyncErrors', records: 'Actual',
    sentence: ({ count, details }) => `The table map could not carry ${many(count, 'actual')}${because(details)}`,
  },
  UNBILLED_NOT_SYNCED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'sync', records: 'Actual',
    sentence: ({ count, total }) => `${count} of ${total} lines wait for an unbilled sales actual that has not arrived in the staging table.`,
  },
  CONNECTION_MISSING: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'importRecords', records: 'Actual',
    sentence: ({ count, total }) =>
      `${count} of ${total} billed sales actuals have no transaction connection in Dataverse to the actual that they bill or credit.`,
  },
  CONNECTION_NOT_SYNCED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'sync', records: 'TransactionConnection',
    sentence: ({ count, total }) =>
      `${count} of ${total} billed sales actuals have no transaction connection in finance to the actual that they bill or credit.`,
  },
  CONNECTION_SYNC_FAILED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'retrySyncErrors', records: 'TransactionConnection',
    sentence: ({ count, details }) => `The table map could not carry ${many(count, 'connection')}${because(details)}`,
  },
  MILESTONE_NOT_SYNCED: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: 'sync', records: 'Milestone',
    sentence: ({ count, details }) => `${have(count, 'milestone')} not arrived in finance${because(details)}`,
  },
  CHECKSUM_MISMATCH: {
    stage: ProformaStage.AWAITING_SYNC, nextStep: null, records: 'InvoiceProposal',
    sentence: ({ total, details }) =>
      `The staged billed sales actuals are not the ${total} that the confirmation counted and summed${because(details)} `
      + 'The proforma\'s billed actuals were changed outside the process, which no sync can mend.',
  },
  QUARANTINED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'releaseQuarantined', records: 'Actual',
    sentence: ({ count, total, details }) => `${count} of ${total} lines are held back by the quarantine of orphans${because(details)}`,
  },
  MILESTONE_NOT_IMPORTED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'importFromStaging', records: 'Milestone',
    sentence: ({ count }) => `${have(count, 'staged milestone')} no on-account transaction yet.`,
  },
  UNBILLED_NOT_IMPORTED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'importFromStaging', records: 'Actual',
    sentence: ({ count, total }) => `The unbilled sales actuals of ${count} of ${total} lines are staged but in no integration journal.`,
  },
  PREVALIDATION_WAITING: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'importFromStaging', records: 'Actual',
    sentence: ({ count, details }) => `Import does not take ${many(count, 'sales actual')} before the prevalidation${because(details)}`,
  },
  INVALID_ACTUALS: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: null, records: 'Actual',
    sentence: ({ count, details }) => `Prevalidation holds ${many(count, 'billed sales actual')} back${because(details)}`,
  },
  UNBILLED_IMPORT_ERROR: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'importFromStaging', records: 'Actual',
    sentence: ({ count, details }) => `Import could not take up ${many(count, 'unbilled sales actual')}`
      + `${because(details)}`,
  },
  UNBILLED_NOT_POSTED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'postIntegrationJournals', records: 'Actual',
    sentence: ({ count, total, details }) =>
      `The unbilled sales actuals of ${count} of ${total} lines are in an integration journal that is not posted`
      + `${details.length === 0 ? '' : ` (${details.join(', ')})`}.`,
  },
  UNBILLED_POSTING_ERROR: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'postIntegrationJournals', records: 'Actual',
    sentence: ({ count, details }) => `Posting failed for ${many(count, 'unbilled sales actual')}${because(details)}`
      + (details.some((detail) => detail.startsWith('PERIOD_CLOSED')) ? ' Open the fiscal period first, then post again.' : ''),
  },
  ORIGINAL_NOT_INVOICED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'postInvoiceProposals', records: 'Actual',
    sentence: ({ count }) => count === 1
      ? '1 credit waits for the customer invoice of its original.'
      : `${count} credits wait for the customer invoices of their originals.`,
  },
  MILESTONE_NOT_CREDITED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'postInvoiceProposals', records: 'Milestone',
    sentence: ({ count }) => count === 1
      ? '1 milestone is on an earlier proposal or invoice; its credit note is not posted yet.'
      : `${count} milestones are on earlier proposals or invoices; their credit notes are not posted yet.`,
  },
  SETUP_MISSING: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'importRecords', records: 'Actual',
    sentence: ({ details }) => `Finance's set-up is incomplete${because(details)}`,
  },
  AMOUNT_OUT_OF_RANGE: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: null, records: 'Actual',
    sentence: ({ details }) => details[0] ?? 'An amount of the proposal is larger than finance can store.',
  },
  LINES_NOT_IMPORTED: {
    stage: ProformaStage.AWAITING_IMPORT, nextStep: 'importFromStaging', records: 'InvoiceProposal',
    sentence: ({ total }) => `Everything is ready; the next import makes the ${many(total, 'line')} of the proposal.`,
  },
  EXCHANGE_RATE_MISSING: {
    stage: ProformaStage.AWAITING_POSTING, nextStep: 'importRecords', records: 'InvoiceProposal',
    sentence: ({ details }) => details[0] ?? 'No exchange rate is valid at the invoice date.',
  },
  CUSTOMER_ON_HOLD: {
    stage: ProformaStage.AWAITING_POSTING, nextStep: null, records: 'InvoiceProposal',
    sentence: ({ details }) => details[0] ?? 'The customer is on hold in finance.',
  },
  PERIOD_CLOSED: {
    stage: ProformaStage.AWAITING_POSTING, nextStep: 'updateInvoiceProposal', records: 'InvoiceProposal',
    sentence: ({ details }) => details[0] ?? 'The fiscal period of the invoice date is not open.',
  },
  RETAINER_NOT_INVOICED: {
    stage: ProformaStage.AWAITING_POSTING, nextStep: 'postInvoiceProposals', records: 'Retainer',
    sentence: ({ count, details }) => count === 1
      ? `The proposal deducts a retainer that finance has not invoiced${because(details)}`
      : `The proposal deducts ${count} retainers that finance has not invoiced${because(details)}`,
  },
  NOT_POSTED: {
    stage: ProformaStage.AWAITING_POSTING, nextStep: 'postInvoiceProposals', records: 'InvoiceProposal',
    sentence: ({ count }) => `The proposal has its ${many(count, 'line')} and is ready to be posted.`,
  },
  WRITE_BACK_PENDING: {
    stage: ProformaStage.AWAITING_WRITE_BACK, nextStep: 'sync', records: 'Actual',
    sentence: ({ details }) => `The customer invoice is posted; not written back yet: ${details.join(' and ') || 'some columns'}.`,
  },
} as const satisfies Record<string, BlockerKind>;

export type BlockerCode = keyof typeof BLOCKERS;
