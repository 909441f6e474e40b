/** The rules of not-to-exceed limits, one sentence each (domain facts 1.4 and 6.2). */
export const NOT_TO_EXCEED_RULES = {
  'NTE-01':
    'A limit covers a contract, a customer of it, a contract line, or a customer of a contract line; each of these has one at the most.',
  'NTE-02':
    'A limit counts chargeable sales of time, expense, material and fee before tax; not cost, not non-chargeable or complimentary ones, not milestones or retainers.',
  'NTE-03':
    'A transaction within every limit that covers it is Committed, exactly the limit included; over one of them it is Failed; without any it is Not Applicable.',
  'NTE-04': 'Transactions are evaluated in the order of their transaction date, then of their ids; one that fails takes nothing.',
  'NTE-05': 'Named transactions are evaluated when they are marked ready, and one that exceeds a limit refuses them all by name.',
  'NTE-06': 'Marking by contract makes ready what fits, leaves the others as Failed, and says how many are left.',
  'NTE-07':
    'What is billed, on drafts, ready or committed counts; credits and adjusted transactions give their amount back.',
  'NTE-08':
    'A failed transaction stays failed until it is evaluated again; a committed one keeps its place, even when its mark is taken back.',
  'NTE-09': 'A limit is never set below what is billed, on drafts or ready under it.',
  'NTE-10':
    'Setting a limit makes what it newly covers Not Evaluated, and commits what is ready or on a draft already; removing the last limit makes it Not Applicable.',
  'NTE-11':
    'A limit lowered below what is committed under it makes the committed transactions that are not ready Not Evaluated.',
  'NTE-12': 'Markings at the same time never commit more than a limit together.',
  'NTE-13':
    "A limit is at least zero, with no more decimals than the contract's currency, on a line of the contract and for a customer of it.",
  'NTE-14':
    'An edit of a draft, a correction or a detail by hand that would bill more than a limit leaves is refused with the rest of its request, and names the limit.',
  'NTE-15': 'What a draft bills above its transactions counts under their limits at once; what it bills below them is given back when it is confirmed.',
  'NTE-16': 'What a confirmation returns to the backlog under a limit is Not Evaluated, and is marked only within it.',
} as const;
