/** The rules of confirming proformas in bulk, one sentence each (domain facts 1.1 and 6.3). */
export const BULK_CONFIRMATION_RULES = {
  'BULK-01': 'A bulk confirmation takes up to 250 proformas; each becomes Scheduled, then Processing, then Complete or Failed.',
  'BULK-02': 'A proforma that is confirmed in bulk gets exactly the actuals and connections that it gets when it is confirmed by itself.',
  'BULK-03': 'A proforma that is refused is Failed, stays as it was, keeps its typed refusals on its item, and does not stop the others.',
  'BULK-04': 'Who does not wait finds the totals and every item under the run, while it works and afterwards.',
  'BULK-05': 'The same idempotency key leads to the same bulk confirmation, what failed in it included; a new attempt takes a new key.',
  'BULK-06': 'A proforma is in one unfinished bulk confirmation at a time; one that failed can be scheduled again.',
  'BULK-07': 'A proforma can be edited, deleted and confirmed by itself until its turn comes; what is there then is confirmed or refused.',
  'BULK-08': 'What a process leaves behind when it dies is taken up by the one that starts next, or by another one on the same database; nothing is confirmed twice.',
  'BULK-09': 'A proforma that is Complete is confirmed; one that was confirmed by itself has no bulk confirmation status.',
  'BULK-10': 'A confirmation that a broken connection or a lost serialization ended is tried again after a pause, behind those that nobody has begun; only refusals and bugs make it Failed.',
} as const;
