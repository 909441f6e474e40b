/** Milliseconds after which another run takes over a change set whose run has said nothing. Every chunk renews it. */
export const LEASE_MS = 60_000;
/** Longest time in milliseconds that a run waits for another run which is carrying change sets of the same table map. */
export const OTHER_RUN_WAIT_MS_MAX = 10_000;
/** Milliseconds between two looks at the other run's progress. */
export const OTHER_RUN_POLL_MS = 25;
/** Keys of a change set that are held at once; their records are read in smaller chunks. */
export const KEYS_MAX = 20_000;
/** Errors of one retry or dismiss request (domain facts 4.6). */
export const RETRY_ERRORS_MAX = 10_000;
/** Records that a preview looks at per table map and request: counts beyond it are not complete, a filtered page ends there. */
export const PREVIEWED_MAX = 20_000;
