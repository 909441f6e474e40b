import fc from 'fast-check';
import { salesTaxOf } from '../../../src/flow/4-import/sales-tax.rules';
import { decimal, Decimal, sum } from '../../../src/kernel/decimal';

const codes = (...rates: string[]) => rates.map((rate, index) => ({ taxCode: `T${index}`, ratePercent: decimal(rate) }));
const taxOf = (netAmount: string, currencyDecimals: number, ...rates: string[]) =>
  salesTaxOf({ netAmount: decimal(netAmount), codes: codes(...rates), currencyDecimals });

const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((units) => decimal(units).div(100));
const rates = fc.array(fc.integer({ min: 0, max: 100_000 }).map((rate) => ({ taxCode: 'T', ratePercent: decimal(rate).div(1000) })), { maxLength: 4 });

describe('sales tax', () => {
  it('IMPORT-14 rounds each code by itself, half away from zero, and adds up', () => {
    const { perCode, taxAmount } = taxOf('0.50', 2, '5', '9');
    // 0.025 and 0.045: three cents and five.
    expect(perCode.map((code) => code.taxAmount.toFixed())).toEqual(['0.03', '0.05']);
    expect(taxAmount.toFixed()).toBe('0.08');
    expect(taxOf('-0.50', 2, '5', '9').taxAmount.toFixed()).toBe('-0.08');
  });

  it('IMPORT-14 keeps to the decimals of the currency', () => {
    expect(taxOf('1005', 0, '10').taxAmount.toFixed()).toBe('101');
    expect(taxOf('1.005', 3, '10').taxAmount.toFixed()).toBe('0.101');
    expect(taxOf('100', 2).taxAmount.toFixed()).toBe('0');
  });

  it('IMPORT-14 is odd in the amount, never further off than half a unit per code, and the sum of its codes', () => {
    fc.assert(fc.property(amounts, rates, fc.integer({ min: 0, max: 4 }), (netAmount, ratesOfLine, currencyDecimals) => {
      const tax = salesTaxOf({ netAmount, codes: ratesOfLine, currencyDecimals });
      const credit = salesTaxOf({ netAmount: netAmount.neg(), codes: ratesOfLine, currencyDecimals });
      expect(credit.taxAmount.plus(tax.taxAmount).isZero()).toBe(true);
      expect(sum(tax.perCode.map((code) => code.taxAmount)).eq(tax.taxAmount)).toBe(true);
      const half = new Decimal(10).pow(-currencyDecimals).div(2);
      for (const code of tax.perCode) {
        expect(code.taxAmount.decimalPlaces()).toBeLessThanOrEqual(currencyDecimals);
        expect(code.taxAmount.minus(netAmount.times(code.ratePercent).div(100)).abs().lte(half)).toBe(true);
      }
    }));
  });
});
