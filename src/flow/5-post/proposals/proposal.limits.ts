/** Lines of a proposal that one edit changes: a page or two of what a screen lists. */
export const PROPOSAL_LINES_MAX = 1_000;
/** Proposals that one batch posts: an hour's work of the longest invoices; the next batch goes on. */
export const POSTED_PROPOSALS_MAX = 1_000;
/** Postings that one request previews: each decides all lines of its invoice, so twenty of the longest keep the database busy for minutes. */
export const POSTING_PREVIEWS_MAX = 20;
