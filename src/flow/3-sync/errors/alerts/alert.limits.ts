export const THRESHOLD_MAX = 1_000_000;
/** A week. */
export const MINUTES_MAX = 10_080;
export const NAME_CHARACTERS_MAX = 100;
export const URL_CHARACTERS_MAX = 500;
/** Bytes of a secret that the Standard Webhooks specification allows. */
export const SECRET_BYTES_MIN = 24;
export const SECRET_BYTES_MAX = 64;
/** How long a receiver may take to answer, in milliseconds. */
export const ANSWER_MS_MAX = 5_000;
/** How long a notification stays with a process that has said nothing, in milliseconds. */
export const DELIVERY_LEASE_MS = 30_000;
/** How often a notification is tried. */
export const DELIVERY_TRIES_MAX = 20;
/** How often a gateway looks for notifications that are due, in milliseconds, whether or not a worker runs. */
export const DELIVERY_LOOK_MS = 2_000;
/** Notifications that one look sends. */
export const DELIVERIES_PER_LOOK = 20;
/** Kinds of failures that a notification names. */
export const TOP_ERRORS = 5;
