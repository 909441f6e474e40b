/** The rules of time approval, one sentence each (domain facts 6.8 F). */
export const APPROVE_RULES = {
  'APPROVE-01': 'Approving submitted time creates a cost actual and an unbilled sales actual, both adjustable and sent to finance.',
  'APPROVE-02':
    'Fewer billable hours than worked leave the cost whole and split the sales: the billable part is chargeable, the rest non-chargeable.',
  'APPROVE-03': 'More billable hours than worked raise the sales and leave the cost as it is.',
  'APPROVE-04': 'Time on a fixed-price line creates cost only.',
  'APPROVE-05':
    'Cancelling an approval makes the actuals Adjusted and adds their unadjustable reversals, and the time is submitted again.',
  'APPROVE-06': 'Time that is on a proforma or invoiced keeps its approval; a correction of the invoice comes first.',
  'APPROVE-07': 'Time is approved from Submitted and cancelled from Approved; of two approvals at a time one wins.',
  'APPROVE-08': 'Named time entries are approved all or none, and every refusal names its place in the input.',
  'APPROVE-09': 'The unbilled actual is connected as Unbilled Sales with its Cost, and both come from the time entry.',
  'APPROVE-10': 'Approved actuals and their connections are one change set, logged once per table map.',
  'APPROVE-11': "Time belongs to the one contract line of its project that includes time; without exactly one it is refused.",
  'APPROVE-12': 'Prices are at least zero, with no more decimals than their currency; cost is in the currency of the contracting unit.',
  'APPROVE-13': 'The number of statements of an approval or a cancellation does not depend on the number of its time entries.',
} as const;
