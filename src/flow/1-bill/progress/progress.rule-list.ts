/** The rules of progress milestones, one sentence each (domain facts 1.8 and 6.4). */
export const PROGRESS_RULES = {
  'PROGRESS-01':
    'A progress milestone of a fixed-price line begins as one milestone per customer, Not ready, over its whole amount.',
  'PROGRESS-02': 'The next invoice is a percentage of the amount or an amount; the other one follows, rounded to the currency.',
  'PROGRESS-03': 'More than what is left, in percent or in amount, is refused, and so is a part that rounds to nothing.',
  'PROGRESS-04': 'Marking the next part ready splits it off: its milestones are Ready for invoicing, what is left stays Not ready.',
  'PROGRESS-05': 'The part that completes one hundred percent takes all that is left, so that no cent remains.',
  'PROGRESS-06': 'Taking a part back that is on no proforma merges it into what is left.',
  'PROGRESS-07': 'The milestones of a progress milestone sum to its amount at any time, and to the share of each customer.',
  'PROGRESS-08':
    'It is Not Started, In Progress as soon as a part is ready, and Completed when all of it is on confirmed proformas.',
  'PROGRESS-09': 'Its milestones are marked through it, and neither by name nor with the rest of the contract.',
  'PROGRESS-10': 'Every milestone whose amount a split changed goes to finance again, and finance renews its on-account transaction.',
  'PROGRESS-11': 'Each part is invoiced like any other milestone, up to the posted customer invoice.',
  'PROGRESS-12': 'Two changes at the same time, or one on an old version, do not both happen.',
} as const;
