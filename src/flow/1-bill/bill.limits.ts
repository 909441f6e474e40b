/** Limits of the billing stage. */

/** Transactions that one marking may name; larger sets are marked by contract. */
export const MARKED_IDS_MAX = 5_000;
/** Line details that one revision may name; without names it corrects the whole proforma, however large. */
export const REVISED_DETAILS_MAX = 5_000;
/** Contracts of one request; the product's own bulk actions stop at 250 (domain facts 1.1). */
export const CONTRACTS_MAX = 250;
/** Dataverse's amounts lie within a billion (domain facts 1.0). */
export const RETAINER_AMOUNT_MAX = '1000000000';
/** Characters of a retainer's description: those of the actuals that it becomes (`msdyn_description`). */
export const RETAINER_DESCRIPTION_LENGTH_MAX = 200;
/** Time entries of one approval or cancellation: each becomes an actual per customer and more, in one unit of work. */
export const TIME_ENTRIES_MAX = 500;
