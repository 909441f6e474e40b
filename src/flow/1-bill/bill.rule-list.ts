/** The rules of the billing backlog and of draft proformas, one sentence each (domain facts 6.2 to 6.4, 1.2). */
export const BILL_RULES = {
  'BILL-01':
    'An unbilled sales actual moves between Unbilled Sales Created and Ready to Invoice by marking, and from no other status.',
  'BILL-02': 'Only unbilled sales actuals that are on a contract line can be marked.',
  'BILL-03': 'An adjusted or unadjustable actual is never marked ready.',
  'BILL-04': 'An actual that failed a not-to-exceed limit is never marked ready.',
  'BILL-05': 'A milestone moves between Not ready and Ready for invoicing by marking, and from no other status.',
  'BILL-06': 'Named transactions are marked all or none, and every refusal names its place in the input.',
  'BILL-07': 'Marking by contract takes every eligible open transaction up to the given date and leaves the others.',
  'BILL-08':
    "A contract gets one proforma per contract customer with something ready; the contract's customer pays what names nobody.",
  'BILL-09':
    'A proforma has a line per contract line, even without transactions, and a detail per ready transaction of its customer.',
  'BILL-10': 'A transaction on a draft is Customer Invoice Created, so no other proforma takes it.',
  'BILL-11':
    'Only chargeable details count: the extended amount is their amount plus tax; non-chargeable and complimentary are shown apart.',
  'BILL-12': 'A contract with nothing ready to invoice is refused, unless an empty proforma is allowed.',
  'BILL-13': 'A proforma line says what was invoiced on its contract line before, credits subtracted.',
  'BILL-14': 'Deleting a draft returns its transactions to the backlog, ready; a proforma that was confirmed is never deleted.',
  'BILL-15': 'A milestone is billed whole and chargeable: quantity 1 at its amount, with its own tax.',
  'BILL-16': 'A transaction on no line of its contract, or in another currency than it, keeps the proforma from being created.',
  'BILL-17':
    'Each contract of a request succeeds or is refused by itself, and a repetition under the same key creates nothing new.',
  'BILL-18': 'The detail of a draft is connected with its unbilled actual.',
  'BILL-19': 'Line details are edited all or none, on a draft only, and each refusal names its field and its place in the input.',
  'BILL-20':
    'What can be edited depends on the kind of detail: of a milestone not the quantity, of a product the tax only, the class never.',
  'BILL-21':
    'The amount of an edited detail is its quantity times its price, rounded to the currency, and a quantity of 0 has no tax; the totals of line and proforma follow.',
  'BILL-22':
    'Quantity, price and tax are never negative; tax has the decimals of its currency, a price up to four, a quantity up to six.',
  'BILL-23': 'Time, expense, material and fee can be added to a draft by hand, on any line of its contract that includes them; no edit takes their quantity to 0 either.',
  'BILL-24': 'What is taken off a draft is back in the backlog, ready; manual details and corrections just go.',
  'BILL-25':
    'Refreshing a draft takes what has become ready up to a day, today unless given, and leaves what is on it as it was edited.',
  'BILL-26':
    'Named ready transactions of one contract and customer go, all or none, on the newest draft of both, or on a new one.',
  'BILL-27': 'A header is edited until its confirmation, in review as well; details only on a draft.',
  'BILL-28': 'A proforma goes to review and back; a confirmed or posted one is marked paid, and a later posting leaves it so.',
  'BILL-29': 'A proforma lists what was edited with its original values; a contract sums up what is open, ready, on drafts, confirmed and invoiced.',
  'BILL-30':
    'A proforma lists what its contract and customer have on no proforma: the ready ones, and the others with why they are not.',
  'BILL-31': 'A draft is addressed to its customer where his account has an address, until somebody edits it.',
  'BILL-32': 'A command locks the contract before its proformas, milestones and retainers, so that no two commands wait for each other.',
} as const;
