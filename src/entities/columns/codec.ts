import { Decimal, decimal } from '../../kernel/decimal';
import { MONEY_SCALE, QUANTITY_SCALE } from '../../kernel/money';
import type { ColumnFacts } from './facts';

/** A value as both database drivers take it. */
export type Stored = string | number | boolean | null;

/** A decimal that the database cannot hold exactly: too large, or with more digits than its column keeps. */
export class DoesNotFitError extends RangeError {
  constructor(value: Decimal, readonly reason: 'tooLarge' | 'tooManyDecimals') {
    super(`${value.toString()} ${reason === 'tooLarge' ? 'is too large' : 'has too many decimals'} to be stored exactly`);
    this.name = 'DoesNotFitError';
  }
}

function toScaledInteger(value: Decimal, scale: number): number {
  const scaled = value.times(new Decimal(10).pow(scale));
  if (!scaled.isInteger()) throw new DoesNotFitError(value, 'tooManyDecimals');
  const integer = scaled.toNumber();
  if (!Number.isSafeInteger(integer)) throw new DoesNotFitError(value, 'tooLarge');
  return integer;
}

function fromScaledInteger(raw: unknown, scale: number): Decimal {
  return new Decimal(raw as string | number).div(new Decimal(10).pow(scale));
}

/** The value of a column as it goes into a statement's parameter. */
export function toStored(facts: Pick<ColumnFacts, 'kind'>, value: unknown): Stored {
  if (value === null || value === undefined) return null;
  switch (facts.kind) {
    case 'money': return toScaledInteger(value as Decimal, MONEY_SCALE);
    case 'quantity': return toScaledInteger(value as Decimal, QUANTITY_SCALE);
    case 'rate': return decimal(value as Decimal | string).toFixed();
    case 'json': return JSON.stringify(value);
    default: return value as Stored;
  }
}

/** The value of a column as the program uses it, from either driver's raw row. */
export function fromStored(facts: Pick<ColumnFacts, 'kind'>, raw: unknown): unknown {
  if (raw === null || raw === undefined) return null;
  switch (facts.kind) {
    case 'money': return fromScaledInteger(raw, MONEY_SCALE);
    case 'quantity': return fromScaledInteger(raw, QUANTITY_SCALE);
    case 'rate': return new Decimal(raw as string);
    case 'integer':
    case 'optionSet': return Number(raw);
    case 'boolean': return raw === true || raw === 1 || raw === '1';
    case 'json': return JSON.parse(raw as string);
    default: return raw;
  }
}

/** A sum of a money column: the databases give it as text or number in the column's own scale. */
export function moneyFromSum(raw: unknown): Decimal {
  return raw === null || raw === undefined ? new Decimal(0) : fromScaledInteger(raw, MONEY_SCALE);
}
