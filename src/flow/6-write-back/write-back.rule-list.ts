/** The rules of the write-back, one sentence each. Tests' titles begin with the id. */
export const WRITE_BACK_RULES = {
  'WRITEBACK-01': 'Once an actual has a voucher in finance, its accounting amount, exchange rate, voucher number and sales tax come back to it.',
  'WRITEBACK-02': 'Once the customer invoice is posted, its number, date and sales tax and the status Posted come back to the proforma.',
  'WRITEBACK-03': 'A proforma that is paid stays paid.',
  'WRITEBACK-04': 'The write-back touches no column but the mapped ones and the version of the finance record that wrote them.',
  'WRITEBACK-05': 'The write-back logs nothing, so that nothing goes round in a circle.',
  'WRITEBACK-06': 'The write-back never inserts: a record that is missing in Dataverse is listed as an error.',
} as const;
