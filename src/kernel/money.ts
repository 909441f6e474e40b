import { Decimal, ZERO } from './decimal';

/** Digits after the point in which money is stored (`msdyn_actual` declares precision 4; domain facts 1.0). */
export const MONEY_SCALE = 4;
/** Digits after the point in which quantities and percents are stored. */
export const QUANTITY_SCALE = 6;

/** Largest amount that a money column holds exactly: about 9 * 10^11. */
export const MONEY_MAX = new Decimal(Number.MAX_SAFE_INTEGER).div(new Decimal(10).pow(MONEY_SCALE));

/** Whether an amount is within what a money column holds; writing a larger one fails. */
export function fitsMoney(value: Decimal): boolean {
  return value.abs().lte(MONEY_MAX);
}

/** Rounds an amount to its currency's own decimals (0 to 4), half away from zero. */
export function roundMoney(amount: Decimal, currencyDecimals: number): Decimal {
  return amount.toDecimalPlaces(currencyDecimals, Decimal.ROUND_HALF_UP);
}

/** Quantity times unit price, rounded once to the currency's decimals. */
export function amountOf(quantity: Decimal, price: Decimal, currencyDecimals: number): Decimal {
  return roundMoney(quantity.times(price), currencyDecimals);
}

/** An amount in transaction currency expressed in accounting currency; `rate` is accounting units per transaction unit. */
export function toAccountingCurrency(amount: Decimal, rate: Decimal, accountingDecimals: number): Decimal {
  return roundMoney(amount.times(rate), accountingDecimals);
}

/**
 * Splits `total` in proportion to `weights` so that the parts always sum to the whole: what rounding leaves over goes, one
 * smallest unit at a time, to the parts that rounding cut most, the earlier part first.
 */
export function allocate(total: Decimal, weights: readonly Decimal[], currencyDecimals: number): Decimal[] {
  const whole = weights.reduce((a, b) => a.plus(b), ZERO);
  if (whole.isZero()) throw new RangeError('allocate needs at least one weight that is not zero');
  const unit = new Decimal(10).pow(-currencyDecimals);
  const exact = weights.map((weight) => total.times(weight).div(whole));
  const parts = exact.map((part) => part.toDecimalPlaces(currencyDecimals, Decimal.ROUND_DOWN));
  let left = total.minus(parts.reduce((a, b) => a.plus(b), ZERO));
  const step = left.isNegative() ? unit.neg() : unit;
  const byLoss = exact
    .map((part, index) => ({ index, loss: part.minus(parts[index]!).abs() }))
    .sort((a, b) => b.loss.comparedTo(a.loss) || a.index - b.index);
  for (let i = 0; !left.isZero() && left.abs().gte(unit); i = (i + 1) % byLoss.length) {
    const { index } = byLoss[i]!;
    parts[index] = parts[index]!.plus(step);
    left = left.minus(step);
  }
  return parts;
}
