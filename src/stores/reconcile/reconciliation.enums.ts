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
