import fc from 'fast-check';
import {
  AdjustmentStatus,
  BillingStatus,
  BillingType,
  MilestoneInvoiceStatus,
  TransactionClassification,
  TransactionType,
  type Actual,
} from '../../../src/entities/dataverse';
import { decideConfirmation, type DetailDecision, type DetailFacts } from '../../../src/flow/2-confirm/confirm.decision';
import { decimal, sum, ZERO } from '../../../src/kernel/decimal';
import { amountOf, roundMoney } from '../../../src/kernel/money';
import { billedActual, confirmation, correctionDetail, milestoneOf } from './confirm-facts';

function decided(facts: DetailFacts): DetailDecision {
  const decision = decideConfirmation(confirmation(), facts);
  if ('kind' in decision) throw new Error(decision.message);
  return decision;
}

const refusalCode = (facts: DetailFacts) => {
  const decision = decideConfirmation(confirmation(), facts);
  return 'kind' in decision ? decision.code : null;
};

/** A row of the table of domain facts 6.8: kind, quantity, amount, billing type, adjustment, billing status, whether it is sent. */
const row = (actual: Actual) => [
  actual.transactionType === TransactionType.BILLED_SALES ? 'B' : 'U',
  actual.quantity.toString(),
  actual.amount.toString(),
  BillingType[actual.billingType],
  actual.adjustmentStatus === null ? '-' : AdjustmentStatus[actual.adjustmentStatus],
  BillingStatus[actual.billingStatus!],
  actual.skipSync ? 'skipped' : 'sent',
].join(' ');

const POSTED = 'CUSTOMER_INVOICE_POSTED';
const edited = (quantity: string, price = '200', tax = '0') => ({
  quantity: decimal(quantity),
  price: decimal(price),
  amount: amountOf(decimal(quantity), decimal(price), 2),
  tax: decimal(tax),
});

describe('the confirmation of a correction', () => {
  it('CORRECT-07: E1, a full credit: the reversal of what was billed, and the transaction back in the backlog, open', () => {
    const decision = decided(correctionDetail());
    expect(decision.actuals.map(row)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent`,
      'U 8 1600 CHARGEABLE - UNBILLED_SALES_CREATED sent',
    ]);
    expect(decision.adjustedActualIds).toEqual(['billed']);
    const [reversal, returned] = decision.actuals;
    expect([reversal!.proformaInvoiceId, returned!.proformaInvoiceId]).toEqual(['proforma', null]);
    expect([reversal!.lineDetailId, returned!.lineDetailId]).toEqual(['detail', 'detail']);
    expect([reversal!.tax.toString(), returned!.tax.toString()]).toEqual(['-320', '320']);
    expect([returned!.amountBase?.toString(), returned!.transactionDate, returned!.accountingDate]).toEqual(['2000', '2026-06-10', '2026-06-30']);
    expect([returned!.voucherNumber, returned!.externalReference, returned!.accountingAmount]).toEqual([null, null, null]);
  });

  it('CORRECT-08: E2, 8 hours become 6: six are billed anew, two are back in the backlog, chargeable and open', () => {
    const decision = decided(correctionDetail(billedActual(), edited('6', '200', '240')));
    expect(decision.actuals.map(row)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent`,
      `U 6 1200 CHARGEABLE - ${POSTED} sent`,
      `U -6 -1200 CHARGEABLE UNADJUSTABLE ${POSTED} skipped`,
      `B 6 1200 CHARGEABLE - ${POSTED} sent`,
      'U 2 400 CHARGEABLE - UNBILLED_SALES_CREATED sent',
    ]);
    expect(decision.actuals.map((actual) => actual.tax.toString())).toEqual(['-320', '240', '-240', '240', '80']);
    expect(decision.actuals.map((actual) => actual.amountBase?.toString())).toEqual(['-2000', '1500', '-1500', '1500', '500']);
  });

  it('CORRECT-09: E3, 8 hours become 10: ten are billed anew, nothing returns', () => {
    expect(decided(correctionDetail(billedActual(), edited('10'))).actuals.map(row)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent`,
      `U 10 2000 CHARGEABLE - ${POSTED} sent`,
      `U -10 -2000 CHARGEABLE UNADJUSTABLE ${POSTED} skipped`,
      `B 10 2000 CHARGEABLE - ${POSTED} sent`,
    ]);
  });

  it('CORRECT-09: another price bills the same hours anew, and CORRECT-08: fewer hours return at the price that was billed', () => {
    expect(decided(correctionDetail(billedActual(), edited('8', '150'))).actuals.map(row).slice(3)).toEqual([
      `B 8 1200 CHARGEABLE - ${POSTED} sent`,
    ]);
    expect(decided(correctionDetail(billedActual(), edited('6', '150'))).actuals.map(row).slice(3)).toEqual([
      `B 6 900 CHARGEABLE - ${POSTED} sent`,
      'U 2 400 CHARGEABLE - UNBILLED_SALES_CREATED sent',
    ]);
  });

  it('CORRECT-10: E4 and E5, a fee: credited in full it returns, in part it does not', () => {
    const fee = billedActual({ classification: TransactionClassification.FEE, quantity: decimal(1), price: decimal(500), amount: decimal(500) });
    expect(decided(correctionDetail(fee)).actuals.map(row)).toEqual([
      `B -1 -500 CHARGEABLE UNADJUSTABLE ${POSTED} sent`,
      'U 1 500 CHARGEABLE - UNBILLED_SALES_CREATED sent',
    ]);
    for (const changes of [edited('0.5', '500'), edited('1', '250')]) {
      expect(decided(correctionDetail(fee, changes)).actuals.map(row)).toEqual([
        `B -1 -500 CHARGEABLE UNADJUSTABLE ${POSTED} sent`,
        `U ${changes.quantity} 250 CHARGEABLE - ${POSTED} sent`,
        `U ${changes.quantity.neg()} -250 CHARGEABLE UNADJUSTABLE ${POSTED} skipped`,
        `B ${changes.quantity} 250 CHARGEABLE - ${POSTED} sent`,
      ]);
    }
  });

  const billedMilestone = () => billedActual({
    classification: TransactionClassification.MILESTONE, milestoneId: 'milestone', quantity: decimal(1), price: decimal(5000), amount: decimal(5000),
  });
  const postedMilestone = () => milestoneOf({ invoiceStatus: MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED });

  it('CORRECT-11: E6, a milestone: a billed reversal only, and the milestone is ready again', () => {
    const decision = decided(correctionDetail(billedMilestone(), {}, { milestone: postedMilestone() }));
    expect(decision.actuals.map(row)).toEqual([`B -1 -5000 CHARGEABLE UNADJUSTABLE ${POSTED} sent`]);
    expect([decision.creditedMilestoneId, decision.invoicedMilestoneId, decision.adjustedActualIds]).toEqual(['milestone', null, ['billed']]);
  });

  it('CORRECT-11: E7, a part of a milestone, or of a manual fixed-price detail, is refused; the whole of the latter is credited', () => {
    expect(refusalCode(correctionDetail(billedMilestone(), edited('0.5', '5000'), { milestone: postedMilestone() }))).toBe('CREDITED_WHOLE_ONLY');
    expect(refusalCode(correctionDetail(billedActual(), edited('6'), { billsUnbilled: false }))).toBe('CREDITED_WHOLE_ONLY');
    expect(decided(correctionDetail(billedActual(), {}, { billsUnbilled: false })).actuals.map(row)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent`,
    ]);
  });

  it('CORRECT-11: a milestone that is not invoiced any more is not credited', () => {
    expect(refusalCode(correctionDetail(billedMilestone(), {}, { milestone: milestoneOf({ invoiceStatus: MilestoneInvoiceStatus.READY_FOR_INVOICING }) }))).toBe('INVALID_STATE');
  });

  it('CORRECT-13: what the customer does not pay is corrected in its own billing type, and never in another', () => {
    const free = billedActual({ billingType: BillingType.NON_CHARGEABLE });
    expect(decided(correctionDetail(free, edited('6'))).actuals.map((actual) => BillingType[actual.billingType])).toEqual(
      Array(5).fill('NON_CHARGEABLE'),
    );
    expect(refusalCode(correctionDetail(free, { billingType: BillingType.CHARGEABLE }))).toBe('DETAIL_EDITED');
  });

  it('CORRECT-04: what was adjusted since is not corrected again', () => {
    expect(refusalCode(correctionDetail(billedActual({ adjustmentStatus: AdjustmentStatus.ADJUSTED })))).toBe('ADJUSTED');
    expect(refusalCode({ ...correctionDetail(), corrected: null })).toBe('NOT_FOUND');
  });

  it('CORRECT-07: a full credit has neither amount nor tax of its own, and CORRECT-09: a quantity keeps its sign', () => {
    expect(refusalCode(correctionDetail(billedActual(), { tax: decimal(1) }))).toBe('DETAIL_EDITED');
    expect(refusalCode(correctionDetail(billedActual(), { amount: decimal(1) }))).toBe('DETAIL_EDITED');
    expect(refusalCode(correctionDetail(billedActual(), edited('-2')))).toBe('DETAIL_EDITED');
    expect(refusalCode(correctionDetail(billedActual({ quantity: decimal(-8), amount: decimal(-1600) }), edited('-2')))).toBeNull();
  });

  it('CORRECT-12: connections of every pair, of which finance gets those between sent actuals', () => {
    const { actuals, connections } = decided(correctionDetail(billedActual(), edited('6')));
    const [reversal, unbilled, unbilledReversal, rebilled, returned] = actuals.map(({ id }) => id);
    expect(connections.map((one) => [one.transaction1Id, one.transaction1Role, one.transaction2Id, one.transaction2Role, one.changeSetId])).toEqual([
      [reversal, 'Reversing', 'billed', 'Original', 'change-set'],
      [unbilled, 'Replacing', 'billed', 'Original', 'change-set'],
      [unbilledReversal, 'Reversing', unbilled, 'Original', null],
      [rebilled, 'Billed Sales', unbilled, 'Unbilled Sales', 'change-set'],
      [returned, 'Replacing', 'billed', 'Original', 'change-set'],
    ]);
  });

  it('CORRECT-12: the reversal comes from the earlier invoice, new unbilled actuals from both, the new billed one from its own', () => {
    const { actuals, origins } = decided(correctionDetail(billedActual(), edited('6')));
    const originsOf = ({ id }: Actual) => origins.filter((one) => one.transactionId === id).map((one) => one.originId);
    const [reversal, unbilled, unbilledReversal, rebilled, returned] = actuals.map(originsOf);
    const first = ['first-proforma', 'first-line', 'first-detail'];
    const own = ['proforma', 'line', 'detail'];
    const work = ['journal-line', 'time-entry'];
    expect(reversal).toEqual([...first, ...work]);
    expect(unbilled).toEqual([...first, ...own, ...work]);
    expect(unbilledReversal).toEqual(work);
    expect(rebilled).toEqual([...own, ...work]);
    expect(returned).toEqual([...first, ...own, ...work]);
  });

  it('CORRECT-14: for any correction the sums are those of the table, whatever quantities, prices and rounding', () => {
    const quantities = fc.integer({ min: 1, max: 100_000 }).map((hundredths) => decimal(hundredths).div(100));
    const prices = fc.integer({ min: 0, max: 10_000_000 }).map((tenThousandths) => decimal(tenThousandths).div(10_000));
    fc.assert(
      fc.property(fc.record({
        before: quantities, after: fc.oneof(fc.constant(ZERO), quantities), price: prices, newPrice: prices, isRepriced: fc.boolean(),
        sign: fc.constantFrom(1, -1), isFee: fc.boolean(), tax: prices, decimals: fc.constantFrom(0, 2, 3),
      }), ({ before, after, price, newPrice, isRepriced, sign, isFee, tax, decimals }) => {
        const quantity = before.times(sign);
        const billed = billedActual({
          quantity, price, amount: amountOf(quantity, price, decimals), tax: roundMoney(tax, decimals),
          classification: isFee ? TransactionClassification.FEE : TransactionClassification.EXPENSE,
        });
        const usedPrice = isRepriced ? newPrice : price;
        const newQuantity = after.times(sign);
        const amount = amountOf(newQuantity, usedPrice, decimals);
        const decision = decideConfirmation(
          { ...confirmation(), currencyDecimals: decimals },
          correctionDetail(billed, { quantity: newQuantity, price: usedPrice, amount }),
        );
        if ('kind' in decision) throw new Error(decision.message);
        const of = (type: TransactionType) => decision.actuals.filter((actual) => actual.transactionType === type);
        const billedQuantity = sum([billed, ...of(TransactionType.BILLED_SALES)].map((actual) => actual.quantity));
        const billedAmount = sum([billed, ...of(TransactionType.BILLED_SALES)].map((actual) => actual.amount));
        const unbilled = of(TransactionType.UNBILLED_SALES);
        const rest = before.minus(after);
        const returns = after.isZero() || (!isFee && rest.gt(0));
        expect(billedQuantity.toString()).toBe(newQuantity.toString());
        expect(billedAmount.toString()).toBe(amount.toString());
        expect(sum(unbilled.map((actual) => actual.quantity)).toString()).toBe((returns ? rest.times(sign) : ZERO).toString());
        if (returns && (after.isZero() || !isRepriced)) {
          expect(sum(unbilled.map((actual) => actual.amount)).plus(billedAmount).toString()).toBe(billed.amount.toString());
        }
        const open = unbilled.filter((actual) => actual.billingStatus === BillingStatus.UNBILLED_SALES_CREATED);
        expect(open.length).toBe(returns ? 1 : 0);
        expect(unbilled.filter((actual) => actual.skipSync).every((actual) => actual.adjustmentStatus === AdjustmentStatus.UNADJUSTABLE)).toBe(true);
      }),
      { seed: 20260630 },
    );
  });
});
