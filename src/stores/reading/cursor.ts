import type { ColumnFacts } from '../../entities/columns';
import { invalid, refuse } from '../../kernel/refusal';

/** A cursor holds the stored values of the order's columns: reading goes on behind them, wherever the row is by then. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

export function decodeCursor(cursor: string, columns: readonly ColumnFacts[], argument: 'after' | 'before'): unknown[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    values = null;
  }
  if (!Array.isArray(values) || values.length !== columns.length || !columns.every((column, index) => isOf(column, (values as unknown[])[index]))) {
    refuse(invalid('INVALID_INPUT', `The cursor in ${argument} is not one that this list, in this order, has given.`, [argument]));
  }
  return values as unknown[];
}

const NUMBERS: readonly string[] = ['money', 'quantity', 'integer', 'optionSet'];

/** Whether a stored value can be one of the column: cursors come from outside, whoever made them. */
function isOf(column: ColumnFacts, value: unknown): boolean {
  if (value === null) return column.nullable;
  if (NUMBERS.includes(column.kind)) return Number.isSafeInteger(value);
  if (column.kind === 'boolean') return typeof value === 'boolean' || value === 0 || value === 1;
  return typeof value === 'string' && !value.includes('\u0000');
}
