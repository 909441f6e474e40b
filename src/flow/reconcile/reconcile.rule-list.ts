/** Rules of reconciliation. Every rule has at least one test whose title begins with its id. */
export const RECON_RULES = {
  'RECON-01': 'Per legal entity and overall, counts and exact sums of every stage stand beside those of the stage before, by transaction currency.',
  'RECON-02': 'A billed actual counts with what the customer is asked for: with zero where it is not charged. What is skipped stands apart.',
  'RECON-03': 'When everything has gone to its end, no stage misses anything.',
  'RECON-04': 'Every record that is out of step is listed once per stage that it misses, with a cause, a sentence and what to do next.',
  'RECON-05': 'Records out of step add up to what the stages miss, cause by cause.',
  'RECON-06': 'Transaction connections between two sent actuals are compared by count, by their ends and by their roles.',
  'RECON-07': 'Resourcing unit cost and inter-organizational sales are compared until they are staged, where their way ends.',
} as const;

/** Rules of the trace of an amount. */
export const TRACE_RULES = {
  'TRACE-01': 'The life of an amount is one tree, from time entry or cost to the vouchers, whatever record of it one asks for; what bills, reverses or replaces stands below.',
  'TRACE-02': 'A trace is bounded: of a long document it follows a page of actuals, and says how many there are and what the later ones add up to.',
  'TRACE-03': 'A correction stands below the billed actual that it corrects, with the reversal and what replaces it; its amount is the difference.',
  'TRACE-04': 'A milestone or a retainer is above the details that bill it, and what was added by hand begins with its detail.',
  'TRACE-05': 'Of work that customers share, the unbilled sales of each stand below the one cost.',
  'TRACE-06': 'What has no actual yet is traced as far as it has come: a time entry, a milestone or retainer, or what a draft is going to bill of them.',
} as const;
