/** The rules of confirmation, one sentence each (domain facts 6.8 and 6.9). */
export const CONFIRM_RULES = {
  'CONFIRM-01':
    'Time, expense, material and fee as they stand are billed by a reversal of their unbilled actual and a billed actual.',
  'CONFIRM-02': 'A milestone is billed by a billed actual only, because it has no unbilled actual.',
  'CONFIRM-03': 'The reversal is unadjustable and skipped by the sync; the billed actual is sent.',
  'CONFIRM-04': 'The billed transaction becomes Customer Invoice Posted.',
  'CONFIRM-05':
    'The billed actual has the billing type, tax and descriptions of its detail; the reversal those of its unbilled actual.',
  'CONFIRM-06':
    'The reversal is connected as Reversing with its Original, the billed actual as Billed Sales with its Unbilled Sales.',
  'CONFIRM-07': 'The billed actual comes from invoice, line, detail and the work behind it; the reversal from the work alone.',
  'CONFIRM-08':
    "New actuals take the proforma's accounting date, or the day of confirmation; transaction and document dates stay.",
  'CONFIRM-09': 'The proforma keeps the number of its billed actuals and a checksum of their ids.',
  'CONFIRM-10': 'The proforma, its sent actuals and the connections between them are one change set, logged once per table map.',
  'CONFIRM-11': 'A proforma without details is refused; one whose amount is zero is confirmed like any other.',
  'CONFIRM-12': 'A proforma is confirmed once, from Draft or In Review; of two confirmations at a time one wins.',
  'CONFIRM-13':
    'Another quantity, price or billing type makes the unbilled actual Adjusted and reverses it; what the detail says is unbilled, reversed and billed anew.',
  'CONFIRM-14':
    'After confirmation the unbilled quantity of every source is zero, and its billed quantity and amount are what it was.',
  'CONFIRM-15': 'A confirmed proforma, its lines and its details never change again.',
  'CONFIRM-16':
    "A transaction that left the draft's billing status, or was adjusted meanwhile, keeps the proforma from being confirmed.",
  'CONFIRM-17':
    'What a reduced quantity leaves of time, expense or material is billed as non-chargeable, to the cent; a fee leaves nothing.',
  'CONFIRM-18':
    'The reversal of an adjusted actual is sent, so that WIP returns to zero, unless a setting skips it or the actual was not sent.',
  'CONFIRM-19':
    'A new unbilled actual is sent, replaces its original, and is what the billed actual bills; its own reversal is skipped.',
  'CONFIRM-20': 'A detail added by hand is unbilled, reversed and billed on a time and material line, and only billed on a fixed-price line.',
} as const;
