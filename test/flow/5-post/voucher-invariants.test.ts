import fc from 'fast-check';
import {
  CompletionMethod,
  CostPosting,
  IntegrationJournalLineStatus,
  PostingType,
  ProjCdsTransType,
  ProjTransStatus,
  ProjTransType,
} from '../../../src/entities/finance';
import { decideInvoiceLine, type InvoiceTerms } from '../../../src/flow/5-post/proposals/invoice-line.decision';
import {
  addLines,
  decideInvoiceVoucher,
  NO_LINES_YET,
  type InvoiceTotals,
} from '../../../src/flow/5-post/proposals/invoice-voucher.decision';
import { decideJournalLine } from '../../../src/flow/5-post/journals/journal-voucher.decision';
import { imbalancesOf, type LedgerPosting } from '../../../src/flow/5-post/voucher-balance.rules';
import { Decimal, decimal, sum } from '../../../src/kernel/decimal';
import { roundMoney, toAccountingCurrency } from '../../../src/kernel/money';
import { profile, stubSetup } from './posting-setup-stub';

const CURRENCIES: Record<string, number> = { USD: 2, GBP: 2, JPY: 0, KWD: 3 };

const rate = fc.integer({ min: 1, max: 3_000_000 }).map((value) => decimal(value).div(10_000));

/** A line that is billed: its unbilled sales, how it is classed and taxed, and whether it is chargeable. */
const billedLine = fc.record({
  units: fc.integer({ min: -5_000_000, max: 5_000_000 }),
  classification: fc.constantFrom(
    ProjTransType.HOUR,
    ProjTransType.COST,
    ProjTransType.ITEM,
    ProjTransType.REVENUE,
    ProjTransType.ON_ACCOUNT,
  ),
  accrues: fc.boolean(),
  isReversal: fc.boolean(),
  isChargeable: fc.boolean(),
  isTaxed: fc.boolean(),
  journalRate: rate,
});

const invoice = fc.record({
  currency: fc.constantFrom(...Object.keys(CURRENCIES)),
  accounting: fc.constantFrom(...Object.keys(CURRENCIES)),
  invoiceRate: rate,
  completionMethod: fc.constantFrom(CompletionMethod.NO_WIP, CompletionMethod.COMPLETED_CONTRACT),
  lines: fc.array(billedLine, { minLength: 1, maxLength: 30 }),
  chunk: fc.integer({ min: 1, max: 7 }),
});

type Generated = typeof invoice extends fc.Arbitrary<infer T> ? T : never;

/** Posts the generated unbilled sales, then the invoice; gives everything that was decided. */
function postGenerated({ currency, accounting, invoiceRate, completionMethod, lines, chunk }: Generated) {
  const setup = stubSetup({ accountingCurrency: accounting, costAndRevenueProfile: () => profile({ completionMethod }) });
  const currencyDecimals = CURRENCIES[currency]!;
  const accountingDecimals = CURRENCIES[accounting]!;
  const terms: InvoiceTerms = {
    contractId: 'C1',
    invoiceDate: '2026-06-20',
    currencyCode: currency,
    currencyDecimals,
    exchangeRate: invoiceRate,
    accountingDecimals,
  };
  const accrued: LedgerPosting[] = [];
  const journalVouchers: (readonly LedgerPosting[])[] = [];
  const decided = lines.map((line, index) => {
    const amount = decimal(line.units).div(new Decimal(10).pow(currencyDecimals));
    const quantity = decimal(line.units < 0 ? -1 : 1);
    const sales = decideJournalLine(
      {
        id: `${index}`,
        transactionType: ProjCdsTransType.SALES,
        classification: line.classification,
        categoryId: null,
        accountingDate: '2026-06-10',
        currencyCode: currency,
        exchangeRate: line.journalRate,
        amount,
        accruesRevenue: line.accrues,
        costPosting: CostPosting.PROFIT_AND_LOSS,
        accountingAmount: toAccountingCurrency(amount, line.journalRate, accountingDecimals),
      },
      setup,
    );
    if (sales.outcome !== 'post') throw new Error(sales.refusal.message);
    journalVouchers.push(sales.entries);
    const sign = line.isReversal ? -1 : 1;
    if (!line.isReversal) accrued.push(...sales.entries);
    const lineAmount = line.isChargeable ? amount.times(sign) : decimal(0);
    const decision = decideInvoiceLine(
      {
        line: {
          lineNumber: index + 1,
          classification: line.classification,
          origin: null,
          categoryId: null,
          projectId: 'P1',
          contractLineId: 'CL1',
          quantity: quantity.times(sign),
          lineAmount,
          currencyCode: currency,
          salesTaxGroup: line.isTaxed ? 'TAX' : null,
          itemSalesTaxGroup: 'FULL',
          taxDate: null,
          creditedInvoiceLineId: line.isReversal ? 'invoiced line' : null,
        },
        unbilled: {
          journalLineStatus: IntegrationJournalLineStatus.POSTED,
          quantity,
          amount,
          transactionStatus: ProjTransStatus.POSTED,
          accrued: sales.entries,
        },
        onAccount: null,
      },
      terms,
      setup,
    );
    return { ...decision, lineAmount };
  });
  let totals: InvoiceTotals = NO_LINES_YET;
  for (let start = 0; start < decided.length; start += chunk)
    totals = addLines(totals, terms, decided.slice(start, start + chunk));
  const voucher = decideInvoiceVoucher(totals, terms, { mainAccountId: 'AR', invoiceNumber: 'INV-1' });
  return { voucher, totals, decided, accrued, journalVouchers, terms };
}

const amountsOf = (entries: readonly LedgerPosting[], type: PostingType) => {
  const chosen = entries.filter((entry) => entry.postingType === type);
  return [sum(chosen.map((entry) => entry.amount)), sum(chosen.map((entry) => entry.accountingAmount))] as const;
};

describe('vouchers of generated invoices', () => {
  const holds = (check: (result: ReturnType<typeof postGenerated>) => boolean): void => {
    fc.assert(
      fc.property(invoice, (generated) => check(postGenerated(generated))),
      { seed: 20_260_630, numRuns: 300 },
    );
  };

  it('POST-14 balance in transaction and in accounting currency, of journal lines and invoices', () => {
    holds(({ voucher, journalVouchers }) =>
      [voucher.entries, ...journalVouchers].every((entries) => imbalancesOf(entries).length === 0),
    );
  });

  it('POST-14 owe net plus tax, and in accounting currency what revenue and tax add up to', () => {
    holds(({ voucher, totals, decided }) => {
      const [receivable, accountingReceivable] = amountsOf(voucher.entries, PostingType.CUSTOMER_BALANCE);
      const lines = sum(decided.map((line) => line.lineAmount.plus(line.taxAmount)));
      const accounting = sum(
        decided.map((line) => line.accountingAmount.plus(sum(line.taxes.map((tax) => tax.accountingTaxAmount)))),
      );
      return (
        receivable.eq(totals.netAmount.plus(totals.taxAmount)) &&
        receivable.eq(lines) &&
        receivable.eq(voucher.invoiceAmount) &&
        accountingReceivable.eq(accounting) &&
        accountingReceivable.eq(voucher.accountingInvoiceAmount)
      );
    });
  });

  it('POST-15 release as much WIP and accrued revenue as was posted, no more and no less', () => {
    holds(({ voucher, accrued }) =>
      [PostingType.WIP_SALES_VALUE, PostingType.ACCRUED_REVENUE_SALES_VALUE].every((type) => {
        const [released, accountingReleased] = amountsOf(voucher.entries, type);
        const [posted, accountingPosted] = amountsOf(accrued, type);
        return released.eq(posted.neg()) && accountingReleased.eq(accountingPosted.neg());
      }),
    );
  });

  it('POST-18 have tax that is rounded by line and code, and no entry of zero', () => {
    holds(
      ({ voucher, decided, terms }) =>
        voucher.entries.every((entry) => !entry.amount.isZero() || !entry.accountingAmount.isZero()) &&
        decided.every((line) =>
          line.taxes.every((tax) =>
            tax.taxAmount.eq(roundMoney(line.lineAmount.times(tax.ratePercent).div(100), terms.currencyDecimals)),
          ),
        ),
    );
  });
});
