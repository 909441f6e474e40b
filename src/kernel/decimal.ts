import { Decimal } from 'decimal.js';

/**
 * The one decimal type of the gateway: money, quantities, percents and exchange rates are computed with it and never with
 * `number`. Sixty significant digits hold every product of two stored values exactly.
 */
Decimal.set({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 });

export { Decimal };

export const ZERO = new Decimal(0);
export const ONE = new Decimal(1);

/** Reads a decimal from text or a safe integer. Floating point numbers are refused: they have already lost digits. */
export function decimal(value: string | number | Decimal): Decimal {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError(`${value} is not a safe integer; pass decimals as text`);
  }
  return new Decimal(value);
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

/** The number of digits after the decimal point that a value really uses: 1.50 uses one. */
export function decimalsOf(value: Decimal): number {
  return value.decimalPlaces();
}
