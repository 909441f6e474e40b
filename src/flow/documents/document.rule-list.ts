/** Rules of the documents that a person sends. Every rule has at least one test whose title begins with its id. */
export const DOCUMENT_RULES = {
  'DOCUMENT-01': 'An address of a document is signed, names document, layout and who asked, and ends after its lifetime.',
  'DOCUMENT-02': 'An address that is forged is answered 401, an expired one 403, one whose record is gone 404, all as JSON.',
  'DOCUMENT-03': 'In detail a customer invoice shows every line; in summary a sum per contract line and project; by category a sum per category.',
  'DOCUMENT-04': 'Manage invoice groups by what a managed format says, and shows the lines of each group where it says so.',
  'DOCUMENT-05': 'A customer invoice is printed as the proposal says, else as its funding source says, else in detail.',
  'DOCUMENT-06': 'An invoice names legal entity, customer, number, dates, terms, sales tax per code and rate, net, tax and total.',
  'DOCUMENT-07': 'A negative total is printed as a credit note; every document names the invoices that it credits.',
  'DOCUMENT-08': 'A proforma and an open proposal are printed as pro forma, marked on every page, without an invoice number.',
  'DOCUMENT-16': 'The proforma of a correction shows the difference to what was billed, as its totals do, and so does its CSV.',
  'DOCUMENT-09': 'Amounts are printed with the decimals of their currency.',
  'DOCUMENT-10': 'A document whose lines do not sum to its totals, or whose record changes meanwhile, is broken off, never completed.',
  'DOCUMENT-11': 'The same record at the same time gives the same file, byte for byte.',
  'DOCUMENT-12': 'The CSV has a line per document line, dates as ISO, a point before decimals, and no cell that a spreadsheet would run.',
  'DOCUMENT-13': 'A document is written while its lines are read, chunk by chunk, and stops when the client is gone.',
  'DOCUMENT-14': 'A managed format groups by at least one field, each once, and changes only from the version that the caller has read.',
  'DOCUMENT-15': 'Finance chooses format and texts of an open proposal; Manage invoice needs a managed format of the legal entity.',
} as const;
