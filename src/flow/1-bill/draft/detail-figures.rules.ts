import { decimalsOf, type Decimal } from '../../../kernel/decimal';
import { many } from '../../../kernel/many';
import { MONEY_SCALE, QUANTITY_SCALE } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';
import { DETAIL_DESCRIPTION_CHARACTERS_MAX, DETAIL_VALUE_MAX } from './line-detail.limits';

/** Figures of a line detail that somebody typed; what is left out is not checked. */
export interface DetailFigures {
  readonly quantity?: Decimal | null;
  readonly price?: Decimal | null;
  readonly tax?: Decimal | null;
}

/**
 * What is wrong with typed figures. None is ever negative: what a customer gets back is a correction. Money has the currency's
 * decimals; unit prices and quantities may have as many as are stored.
 */
export function refusalsOfFigures({ quantity, price, tax }: DetailFigures, currencyDecimals: number, path: string[]): Refusal[] {
  return [
    ...refusalOfFigure('quantity', quantity, QUANTITY_SCALE, path),
    ...refusalOfFigure('price', price, MONEY_SCALE, path),
    ...refusalOfFigure('tax', tax, currencyDecimals, path),
  ];
}

function refusalOfFigure(field: keyof DetailFigures, value: Decimal | null | undefined, decimals: number, path: string[]): Refusal[] {
  if (!value) return [];
  const at = [...path, field];
  if (value.isNegative() && !value.isZero()) {
    return [invalid('NEGATIVE_FIGURE', `The ${field} is ${value.toFixed()}; it cannot be negative.`, at)];
  }
  if (decimalsOf(value) > decimals) {
    const most = many(decimals, 'decimal');
    return [invalid('TOO_MANY_DECIMALS', `The ${field} is ${value.toFixed()}; it can have ${most} at the most.`, at)];
  }
  return refusalOfSize(field, value, at);
}

function refusalOfSize(what: string, value: Decimal, path: string[]): Refusal[] {
  if (value.abs().lte(DETAIL_VALUE_MAX)) return [];
  return [invalid('AMOUNT_OUT_OF_RANGE', `The ${what} is ${value.toFixed()}; ${DETAIL_VALUE_MAX} is the most.`, path)];
}

/** A quantity of nothing has no tax: it bills nothing that could carry it to the customer. */
export function refusalsOfUntaxed(quantity: Decimal, tax: Decimal | null | undefined, path: string[]): Refusal[] {
  if (!quantity.isZero() || !tax || tax.isZero()) return [];
  return [invalid('INVALID_INPUT', `The quantity 0 has no tax, so it cannot be ${tax.toFixed()}.`, [...path, 'tax'])];
}

/** Why the amount that typed figures give cannot be billed. */
export function refusalsOfAmount(amount: Decimal, path: string[]): Refusal[] {
  return refusalOfSize('amount', amount, path);
}

export interface DetailTexts {
  readonly description?: string | null;
  readonly externalDescription?: string | null;
}

export function refusalsOfTexts(texts: DetailTexts, path: string[]): Refusal[] {
  return (['description', 'externalDescription'] as const).flatMap((field) => {
    const length = texts[field]?.length ?? 0;
    if (length <= DETAIL_DESCRIPTION_CHARACTERS_MAX) return [];
    const message = `The text has ${length} characters; ${DETAIL_DESCRIPTION_CHARACTERS_MAX} is the most.`;
    return invalid('INVALID_INPUT', message, [...path, field]);
  });
}
