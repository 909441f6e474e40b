/** Rules of invoice proposals between import and posting. Every rule has at least one test whose title begins with its id. */
export const PROPOSAL_RULES = {
  'PROPOSAL-01':
    'A preview is what posting would write, to the cent: dates, rate, lines, tax per code and ledger entries; it changes nothing and takes no number.',
  'PROPOSAL-02': 'A preview is refused with what posting would be refused with.',
  'PROPOSAL-03': 'A preview of a long invoice lists its lines in parts, while its totals, taxes and entries are of all lines.',
  'PROPOSAL-04': 'Finance gives lines of an open proposal other tax groups, all or none; their tax and the totals are computed anew.',
  'PROPOSAL-05': 'A credit keeps the tax groups of the invoice line that it credits.',
  'PROPOSAL-06': 'Delete all takes every line off an open proposal, releases its milestones, and leaves its billed actuals to the next import.',
  'PROPOSAL-07': 'Lines that were deleted come back by import with the set-up of then, each once.',
  'PROPOSAL-08': 'Dimensions on the header of a proposal are allowed by a project parameter only, and the customer balance is posted under them.',
  'PROPOSAL-09': 'A batch takes what is ready by its filters and what becomes ready while it runs; one that is refused leaves the others alone.',
  'PROPOSAL-10': 'Batches that run at the same time post every proposal once, and each as a whole.',
  'PROPOSAL-11': 'No invoice of a customer on hold is posted.',
  'PROPOSAL-12': 'Terms of payment count from the invoice date, or from the end of its week, month, quarter or year; cash on delivery is due at once.',
} as const;
