import type { CategoryName, CurrencyCode } from './shared-masters';

/** What a service costs the company and what the customer pays, per unit and currency. Yen have no decimals. */
interface PriceRange {
  readonly cost: readonly [min: number, max: number];
  /** Percent that the sales price lies above cost. */
  readonly markup: readonly [min: number, max: number];
}

/** Prices in US dollars, whole units. */
const RANGES: Readonly<Record<CategoryName, PriceRange>> = {
  Consulting: { cost: [80, 120], markup: [70, 130] },
  Development: { cost: [65, 100], markup: [70, 130] },
  Training: { cost: [60, 85], markup: [60, 110] },
  Airfare: { cost: [180, 900], markup: [0, 0] },
  Hotel: { cost: [110, 240], markup: [0, 0] },
  Mileage: { cost: [1, 1], markup: [0, 0] },
  Hardware: { cost: [90, 900], markup: [10, 35] },
  'Licence fee': { cost: [0, 0], markup: [0, 0] },
};

/** Rough worth of a US dollar, in hundredths, to bring prices into a currency's usual size. */
const PER_DOLLAR_HUNDREDTHS: Readonly<Record<CurrencyCode, number>> = { USD: 100, GBP: 80, EUR: 92, JPY: 15_000 };

/** A price in hundredths of a dollar, in a currency: with cents, or in whole yen. */
function inCurrency(dollarHundredths: number, currency: CurrencyCode): string {
  const hundredths = Math.round((dollarHundredths * PER_DOLLAR_HUNDREDTHS[currency]) / 100);
  if (currency === 'JPY') return String(Math.round(hundredths / 100));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

export interface Prices {
  readonly costPrice: string;
  readonly price: string;
}

/** Cost in the legal entity's currency and sales price in the contract's; `between` chooses within the range. */
export function pricesOf(
  category: CategoryName, contractCurrency: CurrencyCode, costCurrency: CurrencyCode, between: (min: number, max: number) => number,
): Prices {
  const { cost, markup } = RANGES[category];
  const costHundredths = between(cost[0] * 100, cost[1] * 100);
  const salesHundredths = Math.round((costHundredths * (100 + between(markup[0], markup[1]))) / 100);
  return { costPrice: inCurrency(costHundredths, costCurrency), price: inCurrency(salesHundredths, contractCurrency) };
}

/** A fee or a milestone: a round amount. */
export function roundAmount(dollars: number, currency: CurrencyCode): string {
  return inCurrency(dollars * 100, currency);
}
