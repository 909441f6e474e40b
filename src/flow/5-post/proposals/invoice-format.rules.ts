import type { InvoiceFormat } from '../../../entities/finance';

/** Where the format of an invoice may be chosen: its proposal and its funding source. */
export interface FormatChoice {
  readonly invoiceFormat: InvoiceFormat | null;
  /** With *Manage invoice*: which managed format. */
  readonly managedInvoiceFormatId: string | null;
}

/** How an invoice is printed: as its proposal says, else as its funding source says; null where neither does. */
export function chosenFormatOf(proposal: FormatChoice, fundingSource: FormatChoice | undefined): FormatChoice {
  const { invoiceFormat, managedInvoiceFormatId } = proposal.invoiceFormat === null && fundingSource ? fundingSource : proposal;
  return { invoiceFormat, managedInvoiceFormatId };
}
