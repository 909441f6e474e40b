/** Rules of invoice proposals between import and posting. Every rule has at least one test whose title begins with its id. */
export const PROPOSAL_RULES = {
  'PROPOSAL-01':
    'A preview is what posting would write, to the cent: dates, rate, lines, tax per code and ledger entries; it changes nothing and takes no number.',
  'PROPOSAL-02': 'A preview is refused with what posting would be refused with.',
  'PROPOSAL-03': 'A preview of a long invoice lists its lines in parts, while its totals, taxes and entries are of all lines.',
} as const;
