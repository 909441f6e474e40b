/** Limits of the confirmation. */

/** Proformas of one bulk confirmation: the product's own limit (domain facts 1.1). */
export const BULK_CONFIRMATION_MAX = 250;
/** How often a process looks for bulk confirmations that another one has left, in milliseconds. */
export const BULK_CONFIRMATION_LOOK_MS = 5_000;
/** How long a process rests after a confirmation that a broken connection or a lost serialization ended, in milliseconds. */
export const BULK_CONFIRMATION_REST_MS = 1_000;
