/** Milliseconds after which another run takes over a change set whose run has said nothing. Every chunk renews it. */
export const LEASE_MS = 60_000;
/** Longest time in milliseconds that a run waits for another run which is carrying change sets of the same table map. */
export const OTHER_RUN_WAIT_MS_MAX = 10_000;
/** Milliseconds between two looks at the other run's progress. */
export const OTHER_RUN_POLL_MS = 25;
/** Keys of a change set that are held at once; their records are read in smaller chunks. */
export const KEYS_MAX = 20_000;
/** Errors that one retry or dismissal may name by id. By filter it may take any number: the product's 10,000 (domain facts 4.6) do not bind us. */
export const NAMED_ERRORS_MAX = 10_000;
/** Records that a preview looks at per table map and request: counts beyond it are not complete, a filtered page ends there. */
export const PREVIEWED_MAX = 20_000;
/** How often system failures may break a change set off, before its records go to the error list. */
export const SYSTEM_TRIES_MAX = 10;
/** The pause after the first system failure, in milliseconds, and the longest one; in between they double. */
export const FIRST_PAUSE_MS = 1_000;
export const PAUSE_MS_MAX = 300_000;
/** Records of a chunk that may meet a system failure one by one; with more of them it is not the records, and the whole chunk is put off. */
export const SYSTEM_FAILURES_MAX = 3;
