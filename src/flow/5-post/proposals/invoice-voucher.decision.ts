import { PostingType } from '../../../entities/finance';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { tooLargeAmong } from '../../4-import/amount-range.rules';
import type { InvoiceLineDecision, InvoiceTerms } from './invoice-line.decision';
import { assertBalanced, isEmptyPosting, type LedgerPosting } from '../voucher-balance.rules';

/** What is known of an invoice after some of its lines: small, however many lines there are. */
export interface InvoiceTotals {
  readonly lineCount: number;
  readonly netAmount: Decimal;
  readonly taxAmount: Decimal;
  /** Sums by posting type, main account, currency, text and dimensions, in the order in which each first appeared. */
  readonly entries: ReadonlyMap<string, LedgerPosting>;
  /** What the lines credit of earlier invoices, by the key of each. */
  readonly credits: ReadonlyMap<string, CreditedAmounts>;
}

/** Sums of the lines that credit one earlier invoice. */
export type CreditedAmounts = Pick<InvoiceTotals, 'netAmount' | 'taxAmount'>;

/** A decided line as the totals see it. */
export interface TotalledLine extends InvoiceLineDecision {
  readonly lineAmount: Decimal;
  /** The customer invoice that the line credits, if it does. */
  readonly creditedInvoiceId?: string | null;
}

export const NO_LINES_YET: InvoiceTotals = { lineCount: 0, netAmount: ZERO, taxAmount: ZERO, entries: new Map(), credits: new Map() };

/** Adds the lines of a chunk: their revenue and releases by account, their tax by tax code. */
export function addLines(
  totals: InvoiceTotals,
  terms: InvoiceTerms,
  lines: readonly TotalledLine[],
): InvoiceTotals {
  const entries = new Map(totals.entries);
  const credits = new Map(totals.credits);
  let { netAmount, taxAmount } = totals;
  for (const line of lines) {
    netAmount = netAmount.plus(line.lineAmount);
    taxAmount = taxAmount.plus(line.taxAmount);
    addCredit(credits, line);
    for (const entry of line.entries) addEntry(entries, entry);
    for (const tax of line.taxes) {
      addEntry(entries, {
        postingType: PostingType.SALES_TAX_PAYABLE,
        mainAccountId: tax.payableMainAccountId,
        currencyCode: terms.currencyCode,
        amount: tax.taxAmount.neg(),
        accountingAmount: tax.accountingTaxAmount.neg(),
        text: tax.taxCode,
      });
    }
  }
  return { lineCount: totals.lineCount + lines.length, netAmount, taxAmount, entries, credits };
}

function addCredit(credits: Map<string, CreditedAmounts>, { creditedInvoiceId, lineAmount, taxAmount }: TotalledLine): void {
  if (!creditedInvoiceId) return;
  const sofar = credits.get(creditedInvoiceId) ?? NO_LINES_YET;
  credits.set(creditedInvoiceId, { netAmount: sofar.netAmount.plus(lineAmount), taxAmount: sofar.taxAmount.plus(taxAmount) });
}

function addEntry(entries: Map<string, LedgerPosting>, entry: LedgerPosting): void {
  const key = [entry.postingType, entry.mainAccountId, entry.currencyCode, entry.text ?? '', entry.defaultDimension ?? ''].join('|');
  const sofar = entries.get(key);
  entries.set(
    key,
    sofar
      ? {
          ...sofar,
          amount: sofar.amount.plus(entry.amount),
          accountingAmount: sofar.accountingAmount.plus(entry.accountingAmount),
        }
      : entry,
  );
}

export interface InvoiceVoucher {
  /** What the customer owes: net plus tax, negative for a credit note. */
  readonly invoiceAmount: Decimal;
  /** The same in accounting currency: the sum of what the lines posted, so that rounding leaves nothing over. */
  readonly accountingInvoiceAmount: Decimal;
  readonly entries: readonly LedgerPosting[];
}

/** The sentence about an amount of a voucher that cannot be stored; null when all can. */
export function tooLargeInVoucher(what: string, totals: InvoiceTotals, voucher: InvoiceVoucher): string | null {
  const { netAmount, taxAmount } = totals;
  const { invoiceAmount, accountingInvoiceAmount } = voucher;
  const sums = { 'net amount': netAmount, 'sales tax': taxAmount, total: invoiceAmount, 'total in accounting currency': accountingInvoiceAmount };
  const entries = voucher.entries.map(({ mainAccountId, amount, accountingAmount }) =>
    tooLargeAmong(what, { [`entry on ${mainAccountId}`]: amount, [`entry on ${mainAccountId} in accounting currency`]: accountingAmount }));
  return tooLargeAmong(what, sums) ?? entries.find((sentence) => sentence !== null) ?? null;
}

/**
 * The ledger entries of the whole invoice. Dr Customer balance with net plus tax, under the dimensions of the header; Cr revenue per account; Cr sales tax payable
 * per tax code; Cr WIP and Dr Accrued revenue as posted. The customer balance in accounting currency is the sum of the others,
 * each rounded by line, so the voucher balances in both currencies. Entries of zero are left out.
 */
export function decideInvoiceVoucher(
  totals: InvoiceTotals,
  terms: InvoiceTerms,
  receivable: { mainAccountId: string; invoiceNumber: string; defaultDimension?: string | null },
): InvoiceVoucher {
  const invoiceAmount = totals.netAmount.plus(totals.taxAmount);
  let accountingInvoiceAmount = ZERO;
  for (const entry of totals.entries.values()) accountingInvoiceAmount = accountingInvoiceAmount.minus(entry.accountingAmount);
  const customerBalance: LedgerPosting = {
    postingType: PostingType.CUSTOMER_BALANCE,
    mainAccountId: receivable.mainAccountId,
    currencyCode: terms.currencyCode,
    amount: invoiceAmount,
    accountingAmount: accountingInvoiceAmount,
    text: receivable.invoiceNumber,
    ...(receivable.defaultDimension && { defaultDimension: receivable.defaultDimension }),
  };
  const entries = [customerBalance, ...totals.entries.values()].filter((entry) => !isEmptyPosting(entry));
  const accrual = entries.filter(
    ({ postingType }) => postingType === PostingType.WIP_SALES_VALUE || postingType === PostingType.ACCRUED_REVENUE_SALES_VALUE,
  );
  assertBalanced(`customer invoice ${receivable.invoiceNumber}: WIP and accrued revenue`, accrual);
  assertBalanced(`customer invoice ${receivable.invoiceNumber}`, entries);
  return { invoiceAmount, accountingInvoiceAmount, entries };
}
