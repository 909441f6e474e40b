/** Limits of what is typed into line details. */

/** Line details that one request may edit, add or remove; larger changes are several requests. */
export const DETAILS_MAX = 1_000;
/** Largest quantity, price and amount of a line detail (domain facts 1.0: the columns' declared range). */
export const DETAIL_VALUE_MAX = 1_000_000_000;
/** Characters of a detail's description. */
export const DETAIL_DESCRIPTION_CHARACTERS_MAX = 200;
