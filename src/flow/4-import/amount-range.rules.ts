import type { Decimal } from '../../kernel/decimal';
import { fitsMoney, MONEY_MAX } from '../../kernel/money';

const LIMIT = `more than the ${MONEY_MAX.toFixed()} that can be stored`;

/** The sentence of AMOUNT_OUT_OF_RANGE for an amount that its exchange rate makes too large. */
export function accountingAmountTooLarge(
  facts: { amount: Decimal; rate: Decimal; currencyCode: string; accountingCurrency: string },
): string {
  const { amount, rate, currencyCode, accountingCurrency } = facts;
  return `${amount.toFixed()} ${currencyCode} at the exchange rate ${rate.toString()} is ${accountingCurrency} `
    + `${amount.times(rate).toDecimalPlaces(4).toString()}, ${LIMIT}.`;
}

/** Amounts that belong together, by the names that a sentence gives them. */
export type NamedAmounts = Readonly<Record<string, Decimal>>;

/** The sentence about the first amount that cannot be stored; null when all can. */
export function tooLargeAmong(what: string, amounts: NamedAmounts): string | null {
  const found = Object.entries(amounts).find(([, amount]) => !fitsMoney(amount));
  return found ? `The ${found[0]} of ${what} is ${found[1].toString()}, ${LIMIT}.` : null;
}
