/** The rules of corrections, from the revised proforma to the credit note, one sentence each (domain facts 1.6, 1.7, 6.3, 6.8 E). */
export const CORRECT_RULES = {
  'CORRECT-01': 'A confirmed, posted or paid proforma is corrected by a draft of its own; the revised one never changes.',
  'CORRECT-02':
    'A correction starts as a full credit, with quantity, amount and tax 0; totals count the difference to what was billed before.',
  'CORRECT-03': 'Named details are corrected all or none; without names, every detail that can still be corrected is.',
  'CORRECT-04':
    'A billed actual is corrected once; a detail that was corrected before is corrected where its newest billed actual stands.',
  'CORRECT-05': 'Corrections go on a new draft, or on a named draft of the same contract and customer, which gets a line for a contract line that came after it.',
  'CORRECT-06': 'Product lines and retainers are not corrected by revising an invoice.',
  'CORRECT-07': 'A full credit reverses the billed actual, and what it billed is back in the backlog, open and as it was.',
  'CORRECT-08':
    'A smaller quantity reverses the billed actual, bills the new quantity by an unbilled actual of its own, and returns the rest to the backlog.',
  'CORRECT-09': 'A larger quantity or another price reverses the billed actual and bills the new figures; nothing returns.',
  'CORRECT-10': 'A fee that is corrected in part returns nothing to the backlog; one credited in full returns.',
  'CORRECT-11': 'What has no unbilled actual is credited in full only, by a billed reversal; a milestone is then ready again.',
  'CORRECT-12':
    'The reversal is connected as Reversing, each new unbilled actual as Replacing, with the billed actual as Original; origins name both invoices.',
  'CORRECT-13': 'A correction keeps the billing type of what it corrects; one of what the customer does not pay changes no total.',
  'CORRECT-14':
    'After a correction what is unbilled and what is billed of a transaction add up as before, but for what the correction adds.',
  'CORRECT-15': 'A draft of corrections that is deleted leaves what it corrected as it was, to be corrected again.',
  'CORRECT-16': 'A credit waits in finance until its original is invoiced, and says so.',
  'CORRECT-17':
    'A credit line is the negative of the invoice line that it credits, with its line property, its tax groups and the tax rates of its day.',
  'CORRECT-18': 'A customer invoice names each invoice that it credits, with the amounts; a negative total is a credit note.',
  'CORRECT-19':
    'A credit reverses receivable and revenue, not WIP: when all is invoiced, WIP is zero and customers owe what the ledger says.',
  'CORRECT-20': 'A milestone that was credited is invoiced again once its credit note is posted, and says so until then.',
} as const;
