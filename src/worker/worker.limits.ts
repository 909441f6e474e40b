/** How long a periodic job stays with a worker that has said nothing, in milliseconds; then another worker takes it over. */
export const JOB_LEASE_MS = 60_000;
/** How often a worker renews the lease of the job that it is at. */
export const JOB_RENEW_MS = 15_000;
/** A job without work is noted this often, in milliseconds, as a sign of life; in between an idle worker writes nothing. */
export const IDLE_NOTE_MS = 60_000;
/** Clocks of two machines may differ by this much, in milliseconds. What lies further ahead than they could explain is a clock that was set back. */
export const CLOCK_SKEW_MS_MAX = 60_000;
/** The longest pause between two tries of a job that fails again and again, in milliseconds, unless its period is longer. */
export const FAILURE_PAUSE_MS_MAX = 5 * 60_000;
/** Periods of `npm run worker` where the settings name none. */
export const SYNC_INTERVAL_MS_DEFAULT = 1_000;
export const IMPORT_INTERVAL_MS_DEFAULT = 60_000;
/** Period of the sweep that ends runs whose process died. */
export const SWEEP_INTERVAL_MS = 30_000;
/** How often a worker looks for notifications that are to be sent. */
export const DELIVER_INTERVAL_MS = 1_000;
/** How often the quarantine is tended, where it is: each time reads the staged rows that are not taken up. */
export const QUARANTINE_INTERVAL_MS = 300_000;
