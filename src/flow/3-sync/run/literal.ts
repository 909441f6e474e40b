import { DoesNotFitError, toStored, type ColumnFacts, type ColumnKind } from '../../../entities/columns';
import { Decimal } from '../../../kernel/decimal';
import type { FilterLiteral } from './odata-filter';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
const TEXT_CHARACTERS_DEFAULT = 255;

type Literal = { readonly value: unknown } | { readonly problem: string };

/** A value that stands in a map, in the type of the column that it goes to, or why the column cannot hold it. */
export function literalFor(column: ColumnFacts, value: string | number | boolean | null): Literal {
  if (value === null) return { value: null };
  const text = String(value);
  const typed = typedValue(column, text);
  if (typed === undefined) return { problem: `${column.column} is of the type ${column.kind}, which "${text}" is not.` };
  if (column.options && !Object.values(column.options).includes(typed as number)) {
    const known = Object.entries(column.options).filter(([, option]) => typeof option === 'number').map(([name, option]) => `${option} (${name})`);
    return { problem: `${column.column} has no value ${text}; it takes ${known.join(', ')}.` };
  }
  try {
    toStored(column, typed);
    return { value: typed };
  } catch (error) {
    if (error instanceof DoesNotFitError) return { problem: `${error.message} in ${column.column}.` };
    throw error;
  }
}

const NUMBERS: readonly ColumnKind[] = ['integer', 'optionSet', 'money', 'quantity', 'rate'];
const TEXTS: readonly ColumnKind[] = ['id', 'text', 'date', 'timestamp'];

/** Why no record could ever be like a filter's literal: it is of another type than the column, or no option of it. Null where one could. */
export function problemOfComparison(column: ColumnFacts, literal: FilterLiteral): string | null {
  if (literal === null) return null;
  const kinds = literal instanceof Decimal ? NUMBERS : typeof literal === 'boolean' ? ['boolean'] : TEXTS;
  const shown = literal instanceof Decimal ? literal.toFixed() : String(literal);
  if (!kinds.includes(column.kind)) return `${column.column} is of the type ${column.kind}, which ${typeof literal === 'string' ? `'${shown}'` : shown} is not: the filter would take no record for it.`;
  if (!column.options) return null;
  const option = literalFor(column, shown);
  return 'problem' in option ? option.problem : null;
}

/** Undefined where the text is no value of the column's type. */
function typedValue({ kind, length }: ColumnFacts, text: string): unknown {
  switch (kind) {
    case 'money':
    case 'quantity':
    case 'rate': return DECIMAL.test(text) ? new Decimal(text) : undefined;
    case 'integer':
    case 'optionSet': return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'date': return DAY.test(text) && isInstant(`${text}T00:00:00.000Z`) ? text : undefined;
    case 'timestamp': return INSTANT.test(text) && isInstant(text) ? text : undefined;
    case 'json': return undefined;
    default: return [...text].length <= (length ?? TEXT_CHARACTERS_DEFAULT) ? text : undefined;
  }
}

/** A day such as 30 February is of the right form, but none. */
function isInstant(text: string): boolean {
  const instant = new Date(text);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === text;
}
