/** Rules of reconciliation. Every rule has at least one test whose title begins with its id. */
export const RECON_RULES = {
  'RECON-01': 'Per legal entity and overall, counts and exact sums of every stage stand beside those of the stage before, by transaction currency.',
  'RECON-02': 'A billed actual counts with what the customer is asked for: with zero where it is not charged. What is skipped stands apart.',
  'RECON-03': 'When everything has gone to its end, no stage misses anything.',
} as const;
