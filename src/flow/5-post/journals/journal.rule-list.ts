/** Rules of integration journals between import and posting. Every rule has at least one test whose title begins with its id. */
export const JOURNAL_RULES = {
  'JOURNAL-01':
    'The lines of an accounting day, month or year, or all lines, share a journal, as the parameters say; its header has the first day.',
  'JOURNAL-02':
    'A line whose period is not open posts on the first day of the next open one where the parameters move it, and keeps its own date and rate.',
  'JOURNAL-03':
    'A line whose actual Dataverse does not hold, or whose staged connection it holds otherwise, is of invalid actuals and is not posted; a reset makes it a draft.',
  'JOURNAL-04': 'A line of which finance has no kind is unrecoverable: it is neither posted again nor reset, only deleted.',
  'JOURNAL-05':
    'Where the parameters say so, lines that cannot be posted move to a new journal that names its original, and the original is posted.',
  'JOURNAL-06': 'A reset puts a journal in error and its lines back to draft and notes who did and when; posted lines stay posted.',
  'JOURNAL-07': 'Deleted lines, and those of a deleted journal, come back with the next import, once; what is posted is never deleted.',
  'JOURNAL-08':
    "The cost and revenue profile is the project's, else its project group's, else the contract's, else the default of the parameters.",
  'JOURNAL-09':
    'Cost of hours, expenses and items posts to profit and loss, to WIP cost value or not at all, as the profile says; the project transaction is there in any case.',
  'JOURNAL-10': 'Revenue accrues only where the cost goes to profit and loss and the line property is invoiced and accrues.',
  'JOURNAL-11':
    'Material takes the item sales tax group of its released product where the method is Item number; a product that is not released is an error of the row.',
  'JOURNAL-12':
    'Journal and invoice post each profile as documented: time and material with and without WIP, fixed price without WIP, completed contract and percentage.',
  'JOURNAL-13':
    'Finance edits tax groups and dimensions of lines that are not posted, all lines or none, and only to groups that are set up and of the side of the line.',
  'JOURNAL-14': 'The proposal line takes the tax groups of the posted journal line that it bills.',
  'JOURNAL-15': 'The books are summed up by posting type, account and currency, for the ledger, a contract, a project or a voucher.',
  'JOURNAL-16': 'WIP in the ledger ties out with the accrued sales value in the project subledger that is not invoiced, contract by contract.',
  'JOURNAL-17': 'The ledger entries of a journal line carry its dimensions, and the invoice releases WIP under the same ones.',
  'JOURNAL-18':
    'A reversal posts exactly what its original posted, on the same accounts with debit and credit exchanged, and not before the original is posted.',
} as const;
