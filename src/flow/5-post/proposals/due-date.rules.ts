import { NetCurrent, type PaymentTerms } from '../../../entities/finance';
import { addDays, addMonths } from '../../../kernel/clock';
import { unreachable } from '../../../kernel/refusal';

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

/**
 * The day on which an invoice is due: months first, then days, after the day from which the terms count. Without terms, and cash on
 * delivery, the invoice date itself. A cash discount (2 % 10, net 30) never moves the due date, so the gateway has none.
 */
export function dueDateOf(invoiceDate: string, terms: Pick<PaymentTerms, 'days' | 'months' | 'method'> | null): string {
  if (!terms || terms.method === NetCurrent.COD) return invoiceDate;
  return addDays(addMonths(startOfTerms(invoiceDate, terms.method), terms.months), terms.days);
}

/** The invoice date, or the last day of its week (Sunday), month, quarter or year. */
function startOfTerms(invoiceDate: string, method: Exclude<NetCurrent, NetCurrent.COD>): string {
  const [year, month] = [invoiceDate.slice(0, 4), Number(invoiceDate.slice(5, 7))];
  const endOfMonth = (date: string): string => addDays(addMonths(`${date.slice(0, 7)}-01`, 1), -1);
  switch (method) {
    case NetCurrent.NET: return invoiceDate;
    case NetCurrent.CURRENT_MONTH: return endOfMonth(invoiceDate);
    case NetCurrent.CURRENT_QUARTER: return endOfMonth(addMonths(`${invoiceDate.slice(0, 7)}-01`, 2 - ((month - 1) % 3)));
    case NetCurrent.CURRENT_YEAR: return `${year}-12-31`;
    case NetCurrent.CURRENT_WEEK: return addDays(invoiceDate, (7 - new Date(`${invoiceDate}T00:00:00.000Z`).getUTCDay()) % 7);
    default: return unreachable(method);
  }
}
