import {
  CompletionMethod,
  CostPosting,
  IntegrationJournalLineStatus,
  NetCurrent,
  OnAccountPosting,
  PostingType,
  ProjCdsTransType,
  ProjTransStatus,
  ProjTransType,
} from '../../../src/entities/finance';
import {
  decideInvoiceLine,
  onAccountPostingType,
  type InvoicedLine,
  type InvoiceTerms,
} from '../../../src/flow/5-post/proposals/invoice-line.decision';
import { addLines, decideInvoiceVoucher, NO_LINES_YET } from '../../../src/flow/5-post/proposals/invoice-voucher.decision';
import { decideJournalLine, type JournalLineFacts } from '../../../src/flow/5-post/journals/journal-voucher.decision';
import { dueDateOf, paymentTermsOf } from '../../../src/flow/5-post/proposals/due-date.rules';
import { isCalendarDate } from '../../../src/flow/5-post/calendar-date.rules';
import { assertBalanced, imbalancesOf } from '../../../src/flow/5-post/voucher-balance.rules';
import { decimal, ONE, ZERO } from '../../../src/kernel/decimal';
import { InternalError } from '../../../src/kernel/refusal';
import { profile, stubSetup } from './posting-setup-stub';

const journalLine = (changes: Partial<JournalLineFacts> = {}): JournalLineFacts => ({
  id: 'line',
  transactionType: ProjCdsTransType.SALES,
  classification: ProjTransType.HOUR,
  categoryId: 'Time',
  accountingDate: '2026-06-10',
  currencyCode: 'GBP',
  exchangeRate: decimal('1.25'),
  amount: decimal('1000'),
  accountingAmount: decimal('1250'),
  accruesRevenue: true,
  costPosting: CostPosting.PROFIT_AND_LOSS,
  ...changes,
});

const invoicedLine = (changes: Partial<InvoicedLine> = {}): InvoicedLine => ({
  lineNumber: 1,
  classification: ProjTransType.HOUR,
  origin: null,
  categoryId: 'Time',
  projectId: 'P1',
  contractLineId: 'CL1',
  quantity: decimal('4'),
  lineAmount: decimal('1000'),
  currencyCode: 'GBP',
  salesTaxGroup: null,
  itemSalesTaxGroup: 'FULL',
  taxDate: null,
  creditedInvoiceLineId: null,
  ...changes,
});

const terms: InvoiceTerms = {
  contractId: 'C1',
  invoiceDate: '2026-06-20',
  currencyCode: 'GBP',
  currencyDecimals: 2,
  exchangeRate: decimal('1.25'),
  accountingDecimals: 2,
};

describe('what a journal line posts', () => {
  const failure = (changes: Partial<JournalLineFacts>, setup = stubSetup()) => {
    const decision = decideJournalLine(journalLine(changes), setup);
    return decision.outcome !== 'post' ? [decision.refusal.code, decision.refusal.message] : decision;
  };

  it('POST-05 fails, in this order, for a closed period, a missing rate, a currency that is not set up', () => {
    const closed = stubSetup({ isPeriodOpen: () => false });
    expect(failure({ exchangeRate: ZERO }, closed)).toEqual([
      'PERIOD_CLOSED',
      'The fiscal period of 2026-06-10 is not open in USPM.',
    ]);
    expect(failure({ exchangeRate: ZERO })).toEqual(['EXCHANGE_RATE_MISSING', 'The line has no exchange rate from GBP to USD.']);
    expect(failure({ exchangeRate: decimal('-1') })).toEqual([
      'EXCHANGE_RATE_MISSING',
      'The line has no exchange rate from GBP to USD.',
    ]);
    expect(failure({ currencyCode: 'XXX' })).toEqual(['SETUP_MISSING', 'Currency XXX is not set up in finance.']);
  });

  it('POST-05 fails for a posting type without account and for an account that the chart does not hold', () => {
    const noAccount = stubSetup({ profileAccount: (type) => (type === PostingType.ACCRUED_REVENUE_SALES_VALUE ? null : '1') });
    expect(failure({}, noAccount)).toEqual([
      'SETUP_MISSING',
      'The project posting profile of USPM has no main account for ACCRUED_REVENUE_SALES_VALUE of HOUR of category Time.',
    ]);
    const unknown = stubSetup({ hasMainAccount: () => false });
    expect(failure({}, unknown)).toEqual([
      'SETUP_MISSING',
      'The project posting profile of USPM names main account WIP_SALES_VALUE, which the chart of accounts does not hold.',
    ]);
  });

  it('POST-05 fails for a cost of which finance has no kind', () => {
    expect(failure({ transactionType: ProjCdsTransType.COST, classification: ProjTransType.REVENUE })).toEqual([
      'INVALID_INPUT',
      'Finance has no posting for COST of REVENUE in an integration journal.',
    ]);
  });

  it('POST-04 asks for no account where nothing goes to the ledger', () => {
    const bare = stubSetup({ profileAccount: () => null });
    expect(decideJournalLine(journalLine({ accruesRevenue: false }), bare)).toEqual({ outcome: 'post', entries: [], accountingDate: '2026-06-10' });
    expect(decideJournalLine(journalLine({ amount: ZERO, accountingAmount: ZERO }), bare)).toEqual({
      outcome: 'post',
      entries: [],
      accountingDate: '2026-06-10',
    });
  });

  it('POST-03 accrues a fee like hours', () => {
    const decision = decideJournalLine(journalLine({ classification: ProjTransType.REVENUE }), stubSetup());
    expect(decision.outcome === 'post' && decision.entries.map((entry) => entry.mainAccountId)).toEqual([
      'WIP_SALES_VALUE',
      'ACCRUED_REVENUE_SALES_VALUE',
    ]);
  });
});

describe('what an invoice line posts', () => {
  it('POST-17 chooses the account of on-account invoices by the profile', () => {
    expect(onAccountPostingType(profile({}))).toBe(PostingType.INVOICED_REVENUE_ON_ACCOUNT);
    expect(onAccountPostingType(profile({ onAccountPosting: OnAccountPosting.BALANCE }))).toBe(
      PostingType.WIP_INVOICED_ON_ACCOUNT,
    );
    expect(onAccountPostingType(profile({ completionMethod: CompletionMethod.COMPLETED_CONTRACT }))).toBe(
      PostingType.WIP_INVOICED_ON_ACCOUNT,
    );
    expect(onAccountPostingType(profile({ completionMethod: CompletionMethod.COMPLETED_PERCENTAGE }))).toBe(
      PostingType.WIP_INVOICED_ON_ACCOUNT,
    );
  });

  it('POST-17 refuses an on-account line to which no profile applies', () => {
    const line = invoicedLine({ classification: ProjTransType.ON_ACCOUNT });
    const decision = decideInvoiceLine(
      { line, unbilled: null, onAccount: null },
      terms,
      stubSetup({ costAndRevenueProfile: () => null }),
    );
    expect(decision.refusals.map((refusal) => refusal.message)).toEqual([
      'No cost and revenue profile applies to project P1 of contract C1.',
    ]);
  });

  it('POST-18 taxes each code by itself and sums its tax under its own account', () => {
    const lines = ['10.10', '20.20'].map((amount) => {
      const line = invoicedLine({ lineAmount: decimal(amount), salesTaxGroup: 'TAX' });
      return { ...decideInvoiceLine({ line, unbilled: null, onAccount: null }, terms, stubSetup()), lineAmount: line.lineAmount };
    });
    const voucher = decideInvoiceVoucher(addLines(NO_LINES_YET, terms, lines), terms, {
      mainAccountId: 'AR',
      invoiceNumber: 'INV-1',
    });
    // 6.25 %: 0.63 + 1.26; 1.375 %: 0.14 + 0.28.
    expect(voucher.entries.map((entry) => [entry.mainAccountId, entry.text, entry.amount.toFixed()])).toEqual([
      ['AR', 'INV-1', '32.61'],
      ['INVOICED_REVENUE', undefined, '-30.3'],
      ['PAYABLE STATE', 'STATE', '-1.89'],
      ['PAYABLE CITY', 'CITY', '-0.42'],
    ]);
    expect(voucher.invoiceAmount.toFixed()).toBe('32.61');
  });

  it('POST-12 names a tax code without rate, without set-up, and with an unknown account', () => {
    const line = invoicedLine({ salesTaxGroup: 'TAX' });
    const setup = stubSetup({
      taxCodes: () => [
        { taxCode: 'A', ratePercent: null, payableMainAccountId: '1' },
        { taxCode: 'B', ratePercent: ONE, payableMainAccountId: null },
        { taxCode: 'C', ratePercent: ONE, payableMainAccountId: '999' },
      ],
      hasMainAccount: (account) => account !== '999',
    });
    expect(
      decideInvoiceLine({ line, unbilled: null, onAccount: null }, terms, setup).refusals.map((refusal) => refusal.message),
    ).toEqual([
      'Sales tax code A of USPM has no rate on 2026-06-20.',
      'Sales tax code B of USPM is not set up.',
      'Sales tax code C of USPM posts to main account 999, which the chart of accounts does not hold.',
    ]);
  });

  it('POST-12 refuses a line in another currency than its proposal', () => {
    const decision = decideInvoiceLine(
      { line: invoicedLine({ currencyCode: 'EUR' }), unbilled: null, onAccount: null },
      terms,
      stubSetup(),
    );
    expect(decision.refusals.map((refusal) => refusal.message)).toEqual(['Line 1 is in EUR, the proposal in GBP.']);
  });

  it('POST-16 tells a reversal by the invoice line that it credits: a negative line alone bills negative unbilled sales', () => {
    const decide = (quantity: string, creditedInvoiceLineId: string | null, partner: object = {}) =>
      decideInvoiceLine(
        {
          line: invoicedLine({ quantity: decimal(quantity), lineAmount: decimal(quantity).times(250), creditedInvoiceLineId }),
          unbilled: {
            journalLineStatus: IntegrationJournalLineStatus.POSTED,
            quantity: decimal(quantity),
            amount: decimal(quantity).times(250),
            transactionStatus: ProjTransStatus.POSTED,
            accrued: [],
          },
          onAccount: { version: 1, status: ProjTransStatus.INVOICED, amount: decimal('5000') },
          ...partner,
        },
        terms,
        stubSetup(),
      );
    expect(['4', '-4'].map((quantity) => decide(quantity, null).invoicesUnbilled)).toEqual([true, true]);
    const credit = decide('-4', 'invoiced line', { unbilled: null });
    expect([credit.invoicesUnbilled, credit.onAccountStatus, credit.refusals]).toEqual([false, ProjTransStatus.NO_STATUS, []]);
  });

  it('CORRECT-17: the tax of a credit is computed with the rates of the day of the invoice that it credits', () => {
    const dates: string[] = [];
    const setup = stubSetup({
      taxCodes: (_group, _item, date) => {
        dates.push(date);
        return [];
      },
    });
    for (const taxDate of [null, '2026-05-31']) {
      decideInvoiceLine({ line: invoicedLine({ taxDate }), unbilled: null, onAccount: null }, terms, setup);
    }
    expect(dates).toEqual(['2026-06-20', '2026-05-31']);
  });
});

describe('the balance of a voucher', () => {
  const entry = (amount: string, accountingAmount: string, currencyCode = 'GBP') => ({
    postingType: PostingType.COST,
    mainAccountId: '1',
    currencyCode,
    amount: decimal(amount),
    accountingAmount: decimal(accountingAmount),
  });

  it('POST-14 is checked in each transaction currency and in accounting currency before anything is written', () => {
    expect(imbalancesOf([entry('1', '2'), entry('-1', '-2')])).toEqual([]);
    expect(imbalancesOf([entry('1', '2'), entry('-1', '-1.99')])).toEqual(['0.01 in accounting currency']);
    expect(imbalancesOf([entry('1', '2'), entry('-1', '-2', 'EUR')])).toEqual(['1 GBP', '-1 EUR']);
    expect(() => assertBalanced('invoice 1', [entry('1', '2')])).toThrow(InternalError);
    expect(() => assertBalanced('invoice 1', [])).not.toThrow();
  });
});

describe('dates of an invoice', () => {
  it('POST-11 takes the terms of payment that are named nearest to the invoice', () => {
    const sources = { proposal: 'A', fundingSource: 'B', contract: 'C', customer: 'D' };
    expect(paymentTermsOf(sources)).toBe('A');
    expect(paymentTermsOf({ ...sources, proposal: null })).toBe('B');
    expect(paymentTermsOf({ ...sources, proposal: null, fundingSource: '' })).toBe('C');
    expect(paymentTermsOf({ proposal: null, fundingSource: null, contract: null, customer: 'D' })).toBe('D');
    expect(paymentTermsOf({ proposal: null, fundingSource: null, contract: null, customer: null })).toBeNull();
  });

  it('POST-11 adds months, then days; without terms the invoice is due at once', () => {
    expect(dueDateOf('2026-01-31', { method: NetCurrent.NET, months: 1, days: 0 })).toBe('2026-02-28');
    expect(dueDateOf('2026-06-20', { method: NetCurrent.NET, months: 0, days: 30 })).toBe('2026-07-20');
    expect(dueDateOf('2026-01-31', { method: NetCurrent.NET, months: 1, days: 10 })).toBe('2026-03-10');
    expect(dueDateOf('2026-06-20', null)).toBe('2026-06-20');
  });

  it('POST-10 knows the days of the calendar', () => {
    expect(['2024-02-29', '2026-12-31'].every(isCalendarDate)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '2026-6-1', '', '2026-06-30T00:00'].some(isCalendarDate)).toBe(false);
  });
});
