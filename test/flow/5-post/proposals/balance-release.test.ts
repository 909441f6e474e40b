import fc from 'fast-check';
import { CompletionMethod, PostingType, ProjTransStatus, ProjTransType } from '../../../../src/entities/finance';
import { decideInvoiceLine, type InvoicedLine, type InvoiceTerms } from '../../../../src/flow/5-post/proposals/invoice-line.decision';
import { addLines, decideInvoiceVoucher, NO_LINES_YET } from '../../../../src/flow/5-post/proposals/invoice-voucher.decision';
import { imbalancesOf } from '../../../../src/flow/5-post/voucher-balance.rules';
import { decimal, sum, type Decimal } from '../../../../src/kernel/decimal';
import { profile, stubSetup } from '../posting-setup-stub';

const termsAt = (rate: string): InvoiceTerms => ({
  contractId: 'C1', invoiceDate: '2026-06-20', currencyCode: 'GBP', currencyDecimals: 2, exchangeRate: decimal(rate), accountingDecimals: 2,
});

/** The credit of a milestone of 1,000 GBP. */
const line: InvoicedLine = {
  lineNumber: 1, classification: ProjTransType.ON_ACCOUNT, categoryId: null, projectId: 'P1', contractLineId: 'CL1', quantity: decimal('-1'),
  lineAmount: decimal('-1000'), currencyCode: 'GBP', salesTaxGroup: null, itemSalesTaxGroup: null, creditedInvoiceLineId: 'IL1', taxDate: null, origin: null,
};

const releasedFrom = (accountingAmount: Decimal) =>
  ({ postingType: PostingType.WIP_INVOICED_ON_ACCOUNT, mainAccountId: 'WIP_INVOICED_ON_ACCOUNT', currencyCode: 'GBP', accountingAmount });

function creditAt(rate: string, posted: string | null, setup = stubSetup()) {
  const terms = termsAt(rate);
  const onAccount = { version: 1, status: ProjTransStatus.CREDIT_NOTE_PROPOSAL, amount: decimal('1000') };
  const creditedBalance = posted === null ? null : releasedFrom(decimal(posted));
  const decision = decideInvoiceLine({ line, unbilled: null, onAccount, creditedBalance }, terms, setup);
  const totals = addLines(NO_LINES_YET, terms, [{ ...decision, lineAmount: line.lineAmount }]);
  return { decision, voucherOf: () => decideInvoiceVoucher(totals, terms, { mainAccountId: 'AR', invoiceNumber: 'CN-1' }) };
}

const onBalance = stubSetup({ costAndRevenueProfile: () => profile({ completionMethod: CompletionMethod.COMPLETED_CONTRACT }) });

describe('what releases a balance of an earlier invoice', () => {
  const ledgerOf = (credit: ReturnType<typeof creditAt>) => credit.voucherOf().entries.map(
    (entry) => [PostingType[entry.postingType], entry.amount.toFixed(), entry.accountingAmount.toFixed()]);

  it('POST-27 credits the customer at the rate of the credit note and takes the milestone off as it was posted', () => {
    expect(ledgerOf(creditAt('1.30', '-1250', onBalance))).toEqual([
      ['CUSTOMER_BALANCE', '-1000', '-1300'],
      ['WIP_INVOICED_ON_ACCOUNT', '1000', '1250'],
      ['EXCHANGE_RATE_DIFFERENCE', '0', '50'],
    ]);
  });

  it('POST-27 gains what a lower rate leaves', () => {
    expect(ledgerOf(creditAt('1.20', '-1250', onBalance))[2]).toEqual(['EXCHANGE_RATE_DIFFERENCE', '0', '-50']);
  });

  it('POST-27 has no difference at the same rate, nor where nothing is released', () => {
    expect(ledgerOf(creditAt('1.25', '-1250', onBalance))).toHaveLength(2);
    expect(ledgerOf(creditAt('1.30', null))).toEqual([
      ['CUSTOMER_BALANCE', '-1000', '-1300'],
      ['INVOICED_REVENUE_ON_ACCOUNT', '1000', '1300'],
    ]);
  });

  it('POST-27 is refused where the set-up has no account for the difference', () => {
    const setup = { ...onBalance, profileAccount: (type: PostingType) => (type === PostingType.EXCHANGE_RATE_DIFFERENCE ? null : 'A') };
    expect(creditAt('1.30', '-1250', setup).decision.refusals.map(({ code, message }) => [code, message])).toEqual([
      ['SETUP_MISSING', 'The project posting profile of USPM has no main account for EXCHANGE_RATE_DIFFERENCE of ON_ACCOUNT.'],
    ]);
    expect(creditAt('1.25', '-1250', setup).decision.refusals).toEqual([]);
  });

  it('POST-27 leaves nothing on the balance, whatever it was posted at, and the voucher balances with the customer at its own rate', () => {
    const cents = fc.integer({ min: -90_000_000, max: 90_000_000 });
    fc.assert(
      fc.property(cents.filter((amount) => amount !== 0), cents, fc.integer({ min: 1, max: 40_000 }), (amount, accounting, rate) => {
        const terms = termsAt(decimal(rate).div(10_000).toFixed());
        const posted = releasedFrom(decimal(accounting).div(100));
        const credited = { ...line, lineAmount: decimal(amount).div(100), salesTaxGroup: 'TAX', itemSalesTaxGroup: 'FULL' };
        const decision = decideInvoiceLine({ line: credited, unbilled: null, onAccount: null, creditedBalance: posted }, terms, onBalance);
        const totals = addLines(NO_LINES_YET, terms, [{ ...decision, lineAmount: credited.lineAmount }]);
        const { entries } = decideInvoiceVoucher(totals, terms, { mainAccountId: 'AR', invoiceNumber: 'CN-1' });
        const on = (type: PostingType) => sum(entries.filter((entry) => entry.postingType === type).map((entry) => entry.accountingAmount));
        const receivable = sum([decision.accountingAmount, ...decision.taxes.map((tax) => tax.accountingTaxAmount)]);
        return imbalancesOf(entries).length === 0
          && on(PostingType.CUSTOMER_BALANCE).eq(receivable)
          && on(PostingType.WIP_INVOICED_ON_ACCOUNT).plus(posted.accountingAmount).isZero();
      }),
      { seed: 20_260_630, numRuns: 300 },
    );
  });
});
