/** How a periodic job ended the last time. */
export enum PeriodicJobOutcome {
  DONE = 0,
  NOTHING_TO_DO = 1,
  FAILED = 2,
}
