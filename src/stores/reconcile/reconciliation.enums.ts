/** What is followed from one side to the other, each kind through the same stages. */
export enum ReconciliationFlow {
  /** Cost actuals. */
  COST = 'COST',
  /** Unbilled sales actuals. */
  UNBILLED_SALES = 'UNBILLED_SALES',
  /** Billed sales actuals. */
  BILLED_SALES = 'BILLED_SALES',
  /** Headers: confirmed proformas. */
  DOCUMENTS = 'DOCUMENTS',
  MILESTONES = 'MILESTONES',
  /** Resourcing unit cost and inter-organizational sales. */
  INTER_ORGANIZATIONAL = 'INTER_ORGANIZATIONAL',
  /** Transaction connections between two actuals. */
  CONNECTIONS = 'CONNECTIONS',
}

/** How far a record has come. SKIPPED stands beside the way: these rows never go. */
export enum ReconciliationStage {
  SKIPPED = 'SKIPPED',
  RECORDED = 'RECORDED',
  STAGED = 'STAGED',
  TAKEN_UP = 'TAKEN_UP',
  POSTED = 'POSTED',
  WRITTEN_BACK = 'WRITTEN_BACK',
}

/** Why a record has not reached the next stage. Every record that is out of step has one of these. */
export enum ReconciliationCause {
  NOT_SYNCED = 'NOT_SYNCED',
  MAP_PAUSED = 'MAP_PAUSED',
  MAP_STOPPED = 'MAP_STOPPED',
  SYNC_ERROR = 'SYNC_ERROR',
  SYNC_ERROR_DISMISSED = 'SYNC_ERROR_DISMISSED',
  WAITING_FOR_RECORD = 'WAITING_FOR_RECORD',
  QUEUE_DISCARDED = 'QUEUE_DISCARDED',
  CARRIED_AND_NOT_THERE = 'CARRIED_AND_NOT_THERE',
  LEFT_OUT_BY_MAP = 'LEFT_OUT_BY_MAP',
  SKIP_SYNC = 'SKIP_SYNC',
  NO_CONFIRMED_PROFORMA = 'NO_CONFIRMED_PROFORMA',
  DOCUMENT_INCOMPLETE = 'DOCUMENT_INCOMPLETE',
  COUNT_OR_CHECKSUM_MISMATCH = 'COUNT_OR_CHECKSUM_MISMATCH',
  UNBILLED_NOT_POSTED = 'UNBILLED_NOT_POSTED',
  CREDITED_NOT_POSTED = 'CREDITED_NOT_POSTED',
  PREVALIDATION_WAITING = 'PREVALIDATION_WAITING',
  IMPORT_NOT_RUN = 'IMPORT_NOT_RUN',
  IMPORT_ERROR = 'IMPORT_ERROR',
  JOURNAL_NOT_POSTED = 'JOURNAL_NOT_POSTED',
  JOURNAL_LINE_ERROR = 'JOURNAL_LINE_ERROR',
  PROPOSAL_NOT_POSTED = 'PROPOSAL_NOT_POSTED',
  NOT_WRITTEN_BACK = 'NOT_WRITTEN_BACK',
  AMOUNTS_DIFFER = 'AMOUNTS_DIFFER',
  CONNECTION_DIFFERS = 'CONNECTION_DIFFERS',
  STAGED_THOUGH_SKIPPED = 'STAGED_THOUGH_SKIPPED',
  QUARANTINED = 'QUARANTINED',
  ORPHAN = 'ORPHAN',
}
