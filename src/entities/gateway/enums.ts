/** How a periodic job ended the last time. */
export enum PeriodicJobOutcome {
  DONE = 0,
  NOTHING_TO_DO = 1,
  FAILED = 2,
  /** Its process was told to end in the middle of it. */
  STOPPED = 3,
}
