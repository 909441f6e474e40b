import { Decimal } from 'decimal.js';
import type { BookedInvoiceLine, Books } from '../books';
import { ACCOUNTING_CURRENCY, DECIMALS, rateOn, type Stage } from './setting';

/** Work without a category has no item sales tax group, unless the accountant gives it one; milestones and retainers have that of the parameters (domain facts 7.3). */
const isTaxed = ({ classification, categoryId, proposalLine }: BookedInvoiceLine) =>
  classification === 'ON_ACCOUNT' || categoryId !== null || proposalLine.itemSalesTaxGroup !== null;

/** What finance computed, computed here once more: rates by the day, whatever period a line moved to (JOURNAL-02), of a reversal that of its original, amounts in accounting currency and sales tax by line. */
export function miscalculated({ invoices, invoiceLines, journalLines, connections }: Books, { setting, worlds }: Stage): string[] {
  const found: string[] = [];
  const same = (what: string, one: Decimal.Value, other: Decimal.Value) => {
    if (!new Decimal(one).eq(other)) found.push(`${what} is ${String(one)}, not ${String(other)}`);
  };
  const rounded = (value: Decimal, currency: string) => value.toDecimalPlaces(DECIMALS[currency]!, Decimal.ROUND_HALF_UP);
  const contractOf = (number: string) => setting.contracts[worlds.findIndex((world) => world.facts.contractNumber === number)]!;
  const rateOf = (contractNumber: string, currencyCode: string, day: string) => (
    currencyCode === ACCOUNTING_CURRENCY ? new Decimal(1) : rateOn(setting, contractOf(contractNumber), day));
  const invoiceOf = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  for (const { number, contractId, currencyCode, invoiceDate, exchangeRate } of invoices) {
    same(`The rate of ${number}`, exchangeRate, rateOf(contractId, currencyCode, invoiceDate));
  }
  for (const line of invoiceLines) {
    const { lineAmount, taxAmount, accountingAmount, customerInvoice } = line;
    const { number, contractId, currencyCode, exchangeRate } = invoiceOf.get(customerInvoice.id)!;
    same(`Of ${number} a line of ${lineAmount} in the books`, accountingAmount, rounded(new Decimal(lineAmount).times(exchangeRate), ACCOUNTING_CURRENCY));
    same(`Of ${number} the tax of a line of ${lineAmount}`, taxAmount, rounded(new Decimal(lineAmount).times(isTaxed(line) ? contractOf(contractId).taxRatePercent ?? 0 : 0).div(100), currencyCode));
  }
  const takenBack = new Map(connections.filter(({ transaction1Role }) => transaction1Role === 'Reversing').map((one) => [one.transaction1?.id, one.transaction2?.id]));
  const lineOf = new Map(journalLines.map((line) => [line.actual?.id, line]));
  for (const { actual, amount, accountingAmount, exchangeRate, contractId, currencyCode, accountingDate, originalAccountingDate } of journalLines) {
    const original = lineOf.get(takenBack.get(actual?.id));
    const rate = original ? original.exchangeRate : rateOf(contractId, currencyCode, originalAccountingDate ?? accountingDate);
    same(`The rate of a journal line of ${amount} on ${accountingDate}`, exchangeRate, rate);
    same(`A journal line of ${amount} in the books`, accountingAmount, rounded(new Decimal(amount).times(exchangeRate), ACCOUNTING_CURRENCY));
  }
  return found;
}
