/** Limits of the confirmation. */

/** Proformas of one bulk confirmation: the product's own limit (domain facts 1.1). */
export const BULK_CONFIRMATION_MAX = 250;
/** How often a process looks for bulk confirmations that another one has left, in milliseconds. */
export const BULK_CONFIRMATION_LOOK_MS = 5_000;
