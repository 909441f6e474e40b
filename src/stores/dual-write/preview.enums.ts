/** What a run would make of a record. */
export enum PreviewOutcome {
  CREATE = 'CREATE',
  CHANGE = 'CHANGE',
  SKIP = 'SKIP',
  WAIT = 'WAIT',
  REFUSE = 'REFUSE',
}
