import fc from 'fast-check';
import { CompletionMethod, PostingType, ProjTransType } from '../../../../src/entities/finance';
import { decideInvoiceLine, type InvoiceTerms, type InvoicedLine } from '../../../../src/flow/5-post/proposals/invoice-line.decision';
import { addLines, decideInvoiceVoucher, NO_LINES_YET } from '../../../../src/flow/5-post/proposals/invoice-voucher.decision';
import { imbalancesOf, type LedgerPosting } from '../../../../src/flow/5-post/voucher-balance.rules';
import { decimal, Decimal, sum, ZERO } from '../../../../src/kernel/decimal';
import { toAccountingCurrency } from '../../../../src/kernel/money';
import type { RetainerOnAccount, TaxOnAccount } from '../../../../src/stores/finance/retainer-balance.store';
import { profile, stubSetup } from '../posting-setup-stub';

const DECIMALS: Record<string, number> = { USD: 2, GBP: 2, JPY: 0, KWD: 3 };
const currency = fc.constantFrom(...Object.keys(DECIMALS));
const rate = fc.integer({ min: 1, max: 3_000_000 }).map((value) => decimal(value).div(10_000));

/** A retainer that is invoiced at one rate, and deducted on later invoices at others, each with one or more lines. */
const retainer = fc.record({
  currency,
  accounting: currency,
  rate,
  isTaxed: fc.boolean(),
  completionMethod: fc.constantFrom(CompletionMethod.NO_WIP, CompletionMethod.COMPLETED_CONTRACT),
  invoices: fc.array(
    fc.record({ rate, units: fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 4 }), chunk: fc.integer({ min: 1, max: 3 }) }),
    { minLength: 1, maxLength: 6 },
  ),
});

type Generated = typeof retainer extends fc.Arbitrary<infer T> ? T : never;

const totalOf = (entries: readonly LedgerPosting[], types: readonly PostingType[]) => {
  const chosen = entries.filter((entry) => types.includes(entry.postingType));
  return { amount: sum(chosen.map((entry) => entry.amount)), accountingAmount: sum(chosen.map((entry) => entry.accountingAmount)) };
};
const ON_ACCOUNT = [PostingType.INVOICED_REVENUE_ON_ACCOUNT, PostingType.WIP_INVOICED_ON_ACCOUNT];

/** Invoices the retainer and deducts all of it, invoice by invoice; every voucher with the lines that it was made of. */
function vouchersOf(generated: Generated) {
  const { currency: currencyCode, accounting, invoices, isTaxed, completionMethod } = generated;
  const setup = stubSetup({ accountingCurrency: accounting, costAndRevenueProfile: () => profile({ completionMethod }) });
  const amountOf = (units: number) => decimal(units).div(new Decimal(10).pow(DECIMALS[currencyCode]!));
  const lineOf = (lineNumber: number, lineAmount: Decimal): InvoicedLine => ({
    lineNumber, classification: ProjTransType.ON_ACCOUNT, categoryId: null, projectId: 'P1', contractLineId: 'CL1',
    quantity: decimal(lineAmount.isNegative() ? -1 : 1), lineAmount, currencyCode, salesTaxGroup: isTaxed ? 'TAX' : null, itemSalesTaxGroup: 'FULL',
    taxDate: null, creditedInvoiceLineId: null, origin: null,
  });
  const termsAt = (exchangeRate: Decimal): InvoiceTerms => ({
    contractId: 'C1', invoiceDate: '2026-06-20', currencyCode, currencyDecimals: DECIMALS[currencyCode]!, exchangeRate,
    accountingDecimals: DECIMALS[accounting]!,
  });
  let onAccount: RetainerOnAccount | null = null;
  const taxes = new Map<string, TaxOnAccount>();
  const invoiceOf = (exchangeRate: Decimal, amounts: readonly Decimal[], chunk: number) => {
    const terms = termsAt(exchangeRate);
    let deductedBefore = ZERO;
    const decided = amounts.map((lineAmount, index) => {
      const deducted = lineAmount.isNegative() ? { onAccount, deductedBefore } : null;
      const decision = decideInvoiceLine({ line: lineOf(index + 1, lineAmount), unbilled: null, onAccount: null, deducted }, terms, setup);
      expect(decision.refusals).toEqual([]);
      deductedBefore = deductedBefore.minus(lineAmount);
      return { ...decision, lineAmount };
    });
    let totals = NO_LINES_YET;
    for (let start = 0; start < decided.length; start += chunk) totals = addLines(totals, terms, decided.slice(start, start + chunk));
    const voucher = decideInvoiceVoucher(totals, terms, { mainAccountId: 'AR', invoiceNumber: 'INV' });
    for (const entry of voucher.entries.filter(({ postingType }) => ON_ACCOUNT.includes(postingType))) {
      const before: Pick<RetainerOnAccount, 'amount' | 'accountingAmount'> = onAccount ?? { amount: ZERO, accountingAmount: ZERO };
      const { postingType, mainAccountId } = entry;
      const amount = before.amount.plus(entry.amount);
      const accountingAmount = before.accountingAmount.plus(entry.accountingAmount);
      onAccount = { postingType, mainAccountId, currencyCode, amount, accountingAmount, taxes: [] };
    }
    for (const tax of decided.flatMap((line) => line.taxes)) {
      const { taxCode, ratePercent, taxAmount } = tax;
      const held = taxes.get(taxCode) ?? { taxCode, ratePercent, taxAmount: ZERO, lineCount: 0 };
      taxes.set(taxCode, { ...held, taxAmount: held.taxAmount.plus(taxAmount), lineCount: held.lineCount + 1 });
    }
    if (onAccount) onAccount = { ...(onAccount as RetainerOnAccount), taxes: [...taxes.values()] };
    return { voucher, totals, decided, terms };
  };
  const whole = sum(invoices.flatMap(({ units }) => units.map(amountOf)));
  const advance = invoiceOf(generated.rate, [whole], 1);
  const deductions = invoices.map((invoice) => invoiceOf(invoice.rate, invoice.units.map((units) => amountOf(units).neg()), invoice.chunk));
  return { whole, advance, deductions, left: onAccount as RetainerOnAccount | null };
}

describe('no cent is lost', () => {
  const holds = (check: (result: ReturnType<typeof vouchersOf>, generated: Generated) => void): void => {
    fc.assert(fc.property(retainer, (generated) => check(vouchersOf(generated), generated)), { seed: 20_260_630, numRuns: 150 });
  };

  it('RETAINER-13 POST-27 partial releases sum to the whole in both currencies, whatever the rates and however they are cut', () => {
    holds(({ advance, deductions, whole, left }) => {
      const posted = totalOf(advance.voucher.entries, ON_ACCOUNT);
      const released = totalOf(deductions.flatMap(({ voucher }) => voucher.entries), ON_ACCOUNT);
      expect([posted.amount.neg(), released.amount].map((amount) => amount.toFixed())).toEqual([whole.toFixed(), whole.toFixed()]);
      expect(released.accountingAmount.toFixed()).toBe(posted.accountingAmount.neg().toFixed());
      if (left) expect([left.amount.toFixed(), left.accountingAmount.toFixed()]).toEqual(['0', '0']);
    });
  });

  it('RETAINER-20 the deductions give back the sales tax of the retainer to the cent, code by code, and never more before', () => {
    holds(({ advance, deductions }) => {
      for (const { taxCode, taxAmount: taken } of advance.decided.flatMap((line) => line.taxes)) {
        const given = deductions.map(({ decided }) => sum(decided.flatMap((line) => line.taxes).filter((tax) => tax.taxCode === taxCode).map((tax) => tax.taxAmount)));
        expect(sum(given).neg().toFixed()).toBe(taken.toFixed());
        expect(given.every((amount) => !amount.isPositive() || amount.isZero())).toBe(true);
      }
    });
  });

  it('POST-14 the customer balance is the sum of its lines and their tax in both currencies, deductions included', () => {
    holds(({ advance, deductions }) => {
      for (const { voucher, decided, terms } of [advance, ...deductions]) {
        const customer = totalOf(voucher.entries, [PostingType.CUSTOMER_BALANCE]);
        const inAccounting = (amount: Decimal) => toAccountingCurrency(amount, terms.exchangeRate, terms.accountingDecimals);
        const lines = decided.flatMap((line) => [line.lineAmount, ...line.taxes.map((tax) => tax.taxAmount)]);
        expect(customer.amount.toFixed()).toBe(sum(lines).toFixed());
        expect(customer.accountingAmount.toFixed()).toBe(sum(lines.map(inAccounting)).toFixed());
        expect(imbalancesOf(voucher.entries)).toEqual([]);
      }
    });
  });

  it('POST-18 tax per line and code sums to the tax of the header and to what each code owes', () => {
    holds(({ advance, deductions }) => {
      for (const { voucher, totals, decided } of [advance, ...deductions]) {
        const taxes = decided.flatMap((line) => line.taxes);
        expect(sum(taxes.map((tax) => tax.taxAmount)).toFixed()).toBe(totals.taxAmount.toFixed());
        for (const code of new Set(taxes.map((tax) => tax.taxCode))) {
          const payable = voucher.entries.filter((entry) => entry.postingType === PostingType.SALES_TAX_PAYABLE && entry.text === code);
          const own = taxes.filter((tax) => tax.taxCode === code);
          expect(sum(payable.map((entry) => entry.amount)).neg().toFixed()).toBe(sum(own.map((tax) => tax.taxAmount)).toFixed());
          expect(sum(payable.map((entry) => entry.accountingAmount)).neg().toFixed()).toBe(sum(own.map((tax) => tax.accountingTaxAmount)).toFixed());
        }
      }
    });
  });
});
