/** Staged rows that one request can name; more go with `all`. */
export const NAMED_ROWS_MAX = 500;
/** Minutes of the longest grace that a request or the setting `QUARANTINE_AFTER_MINUTES` can ask for: a year. */
export const GRACE_MINUTES_MAX = 366 * 24 * 60;
