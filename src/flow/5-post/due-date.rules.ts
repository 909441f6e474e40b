import type { PaymentTerms } from '../../entities/finance';
import { addDays, addMonths } from '../../kernel/clock';

/** Where terms of payment may be named, the nearest to the invoice first. */
export interface PaymentTermsSources {
  readonly proposal: string | null;
  readonly fundingSource: string | null;
  readonly contract: string | null;
  readonly customer: string | null;
}

/** The name of the terms of payment that an invoice gets: the first of proposal, funding source, contract and customer. */
export function paymentTermsOf(sources: PaymentTermsSources): string | null {
  return sources.proposal || sources.fundingSource || sources.contract || sources.customer || null;
}

/** The day on which an invoice is due: months first, then days, after the invoice date. Without terms, the invoice date itself. */
export function dueDateOf(invoiceDate: string, terms: Pick<PaymentTerms, 'days' | 'months'> | null): string {
  if (!terms) return invoiceDate;
  return addDays(addMonths(invoiceDate, terms.months), terms.days);
}
