import { invalid, refuse } from '../../kernel/refusal';

/** A cursor holds the stored values of the order's columns: reading goes on behind them, wherever the row is by then. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

export function decodeCursor(cursor: string, length: number, argument: 'after' | 'before'): unknown[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    values = null;
  }
  const isPlain = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);
  if (!Array.isArray(values) || values.length !== length || !values.every(isPlain)) {
    refuse(invalid('INVALID_INPUT', `The cursor in ${argument} is not one that this list, in this order, has given.`, [argument]));
  }
  return values as unknown[];
}
