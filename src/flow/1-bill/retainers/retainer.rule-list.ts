/** The rules of retainers and advances, one sentence each (domain facts 6.5 and 6.8 table D, design 7.5). */
export const RETAINER_RULES = {
  'RETAINER-01': 'A retainer that is marked ready comes on the next draft of its customer; confirmed, its amount is available.',
  'RETAINER-02': 'A retainer can be changed until a draft has it, and deleted while it is not ready.',
  'RETAINER-03': 'A retainer belongs to a line of its contract and to one of its customers; its amount is more than zero.',
  'RETAINER-04':
    "A draft is paid out of the available retainers of its contract and customer, the oldest first, up to its chargeable transactions.",
  'RETAINER-05': 'What a draft applies of a retainer no other draft can; it is free again once the detail or the draft is gone.',
  'RETAINER-06': 'Confirmation bills an invoiced retainer and holds its amount as a negative unbilled actual.',
  'RETAINER-07':
    'Confirming an application or a refund releases what was held, bills the amount as negative, and holds the rest.',
  'RETAINER-08': 'Billed rows of retainers are sent to finance; the unbilled ones are unadjustable and skipped by the sync.',
  'RETAINER-09': 'A refund takes no more than what is left, and holds its amount from the moment it is asked for.',
  'RETAINER-10': 'The unbilled rows of a retainer sum to minus what is available of it, which is never negative.',
  'RETAINER-11':
    'A proforma that applies more than its chargeable transactions is refused at confirmation; a correction counts with what it adds or credits.',
  'RETAINER-12': 'Finance posts a retainer as customer against on-account revenue; its application and refund take that back.',
  'RETAINER-13':
    'A deduction releases on-account revenue at the amount at which it stands in the books, the last one all that is left.',
  'RETAINER-14': 'Finance deducts no more of a retainer than it has invoiced; until then the deducting invoice waits, and its blockers name the retainer.',
  'RETAINER-15': 'A retainer that is entered on a draft is ready by that, and invoiced by the draft.',
  'RETAINER-16':
    'What a draft applies of a retainer can be lowered to nothing, and raised up to what is free of it and the draft can charge.',
  'RETAINER-17': 'A draft of its contract and customer can refund a retainer at once.',
  'RETAINER-18': 'A refund can be canceled until it is confirmed; a draft that carries it loses the detail.',
  'RETAINER-19':
    'A draft that is refreshed or added to is paid, too, out of retainers that it does not apply yet; what it applies, or was told not to, stays.',
  'RETAINER-20': 'The applications, refunds and deductions of a retainer give back its sales tax to the cent, however it is cut, and never more before.',
  'RETAINER-21': 'A draft that corrects an earlier proforma takes no retainers: neither new ones nor what they would pay.',
} as const;
