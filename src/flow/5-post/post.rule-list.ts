/** Rules of posting integration journals and invoice proposals. Every rule has at least one test whose title begins with its id. */
export const POST_RULES = {
  'POST-01': 'Every integration journal line that is posted gets a project voucher of its own, without a gap in the numbers.',
  'POST-02': 'Cost posts Dr Cost and Cr payroll allocation (hours), expense offset (expenses) or cost of items (items).',
  'POST-03':
    'Unbilled sales that accrue revenue post Dr WIP sales value and Cr Accrued revenue, at the exchange rate of the line.',
  'POST-04': 'Unbilled sales that accrue no revenue get a project transaction and a voucher number, and no ledger entries.',
  'POST-05': 'A line that cannot be posted is in error with code and sentence, takes no voucher number, and the rest is posted.',
  'POST-06': 'Posting a journal again takes only the lines that are not posted; a posted journal is refused.',
  'POST-07': 'Posting a journal puts the accounting detail on the staged actuals and logs the write-back, all or nothing.',
  'POST-08': 'A proposal without lines, or without all the lines that the confirmation billed, is not posted.',
  'POST-09': 'A proposal is posted once: only while it is open, and of two at the same time one wins.',
  'POST-10':
    "The invoice date is the one asked for, else the proposal's, else the accounting date, and its fiscal period is open.",
  'POST-11':
    'The due date follows from the terms of payment of proposal, funding source, contract or customer, unless set by hand.',
  'POST-12': 'A missing exchange rate or set-up refuses the posting of a proposal as a whole and names what is missing.',
  'POST-13': 'Customer invoice numbers and vouchers are continuous per legal entity: a posting that fails leaves no gap.',
  'POST-14': "Receivable is net plus tax at the invoice's rate, rounded by line, and every voucher balances in both currencies.",
  'POST-15':
    'An invoice line releases WIP and accrued revenue exactly as its unbilled sales posted them, even when it is not invoiced.',
  'POST-16': 'A billed reversal reverses receivable and revenue, and leaves WIP alone.',
  'POST-17':
    'On-account lines credit invoiced revenue on account, or WIP invoiced on account where the profile posts to the balance.',
  'POST-18': 'Sales tax is computed per line and tax code at the invoice date, and credited to the account of each code.',
  'POST-19': 'A negative total is a credit note; a total of zero posts with number and voucher and no ledger entry of zero.',
  'POST-20': 'Posting marks the unbilled sales and the milestone invoiced, each by one invoice and one line only.',
  'POST-21':
    'Posting a proposal puts the accounting detail on the billed staged actuals and logs both write-backs, all or nothing.',
  'POST-22': 'Finance changes its own fields of an open proposal only, and only to values that are set up.',
  'POST-23': 'Another sales tax group or invoice date computes the tax of every line and the totals anew.',
  'POST-24': 'A posting repeated under the same idempotency key posts nothing again and gives the same outcome.',
  'POST-25': 'An amount that cannot be stored refuses the posting or the edit, and says which.',
  'POST-26': 'A refusal of an item that the input names points at its place in the list.',
  'POST-27':
    'A line that releases a balance of an earlier invoice takes it off as that one posted it; what the rate has changed since is exchange rate difference.',
  'POST-28':
    'Revenue is posted under the dimensions of the journal line that it bills, else of contract line or project, and a credit takes it back under the same.',
} as const;
