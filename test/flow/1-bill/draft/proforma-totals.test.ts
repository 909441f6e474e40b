import { BillingType } from '../../../../src/entities/dataverse';
import { extendedAmountOf, NO_TOTALS, refusalOfTotals, sumOfTotals, withDetail } from '../../../../src/flow/1-bill/draft/proforma-totals';
import { decimal } from '../../../../src/kernel/decimal';

const detail = (billingType: BillingType, amount: string, tax = '0', previous = { amount: '0', tax: '0' }) => ({
  billingType,
  amount: decimal(amount),
  tax: decimal(tax),
  previousAmount: decimal(previous.amount),
  previousTax: decimal(previous.tax),
});
const plain = (totals: object) => Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, String(value)]));

describe('the totals of a proforma', () => {
  it('BILL-11: count chargeable details with their tax, and show the others apart', () => {
    const totals = [
      detail(BillingType.CHARGEABLE, '1600', '320'),
      detail(BillingType.CHARGEABLE, '-100.50', '-20.10'),
      detail(BillingType.NON_CHARGEABLE, '400', '80'),
      detail(BillingType.COMPLIMENTARY, '250', '50'),
      detail(BillingType.NOT_AVAILABLE, '99', '1'),
    ].reduce(withDetail, NO_TOTALS);
    expect(plain(totals)).toEqual({
      chargeableAmount: '1499.5',
      nonChargeableAmount: '400',
      complimentaryAmount: '250',
      tax: '299.9',
    });
    expect(extendedAmountOf(totals).toString()).toBe('1799.4');
  });

  it('CORRECT-02: count of a correction the difference to what was billed before, and CORRECT-13: by its billing type', () => {
    const before = { amount: '1600', tax: '320' };
    const credit = withDetail(NO_TOTALS, detail(BillingType.CHARGEABLE, '0', '0', before));
    expect(extendedAmountOf(credit).toString()).toBe('-1920');
    const raised = withDetail(credit, detail(BillingType.CHARGEABLE, '2000', '400', before));
    expect(extendedAmountOf(raised).toString()).toBe('-1440');
    expect(plain(withDetail(NO_TOTALS, detail(BillingType.NON_CHARGEABLE, '0', '0', before)))).toMatchObject({
      chargeableAmount: '0',
      nonChargeableAmount: '-1600',
      tax: '0',
    });
  });

  it('BILL-11: of the header are the sums of its lines', () => {
    const line = withDetail(NO_TOTALS, detail(BillingType.CHARGEABLE, '1600', '320'));
    const other = withDetail(NO_TOTALS, detail(BillingType.COMPLIMENTARY, '5000'));
    expect(plain(sumOfTotals([line, other]))).toEqual({
      chargeableAmount: '1600',
      nonChargeableAmount: '0',
      complimentaryAmount: '5000',
      tax: '320',
    });
  });

  it('are refused when a money column cannot hold them, and taken up to there', () => {
    const most = withDetail(NO_TOTALS, detail(BillingType.CHARGEABLE, '900719925474.0991'));
    expect(refusalOfTotals(most)).toBeNull();
    expect(refusalOfTotals(withDetail(most, detail(BillingType.CHARGEABLE, '0.0001')))).toMatchObject({
      code: 'AMOUNT_OUT_OF_RANGE',
    });
  });
});
