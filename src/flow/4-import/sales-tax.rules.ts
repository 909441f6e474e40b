import { ZERO, type Decimal } from '../../kernel/decimal';
import { roundMoney } from '../../kernel/money';

export interface TaxedLine {
  /** What the customer pays for the line, in transaction currency. */
  readonly netAmount: Decimal;
  /** The codes that the line's sales tax group and item sales tax group have in common, with the rates valid at the date. */
  readonly codes: readonly { readonly taxCode: string; readonly ratePercent: Decimal }[];
  /** Decimals of the transaction currency, 0 to 4. */
  readonly currencyDecimals: number;
}

export interface TaxOfCode {
  readonly taxCode: string;
  readonly ratePercent: Decimal;
  readonly baseAmount: Decimal;
  readonly taxAmount: Decimal;
}

export interface SalesTax {
  readonly perCode: readonly TaxOfCode[];
  readonly taxAmount: Decimal;
}

/** Sales tax of a line: rounded per line and tax code, half away from zero, then added up (design 7.8). */
export function salesTaxOf({ netAmount, codes, currencyDecimals }: TaxedLine): SalesTax {
  const perCode = codes.map(({ taxCode, ratePercent }) => ({
    taxCode,
    ratePercent,
    baseAmount: netAmount,
    taxAmount: roundMoney(netAmount.times(ratePercent).div(100), currencyDecimals),
  }));
  return { perCode, taxAmount: perCode.reduce((total, code) => total.plus(code.taxAmount), ZERO) };
}
