import { createHash } from 'node:crypto';
import { tableOf, toStored, type ColumnFacts, type Stored } from '../../entities/columns';
import type { Decimal } from '../../kernel/decimal';
import { quoted, type Problem } from './bad-row';
import { decodeValue, isEmpty } from './decode-value';
import type { EntitySet, RowValues } from './entity-set';
import { ExactNumber } from './read-rows';

/** Columns that the gateway fills itself; the input's are ignored. */
const OWN_COLUMNS = ['versionnumber', 'gw_changesetid', 'gw_sourceversion', 'gw_bulkconfirmationstatus', 'RecVersion'];

/** What decoding needs to know besides the row. */
export interface DecodeFacts {
  readonly set: EntitySet;
  /** The columns that the input can give. */
  readonly columns: readonly ColumnFacts[];
  /** The columns' defaults by property. */
  readonly defaults: Readonly<RowValues>;
  readonly loadedOn: string;
  /** Decimals and code of a currency by its id. */
  currency(id: string): { readonly code: string; readonly decimals: number } | undefined;
}

export interface DecodedRow {
  readonly values: RowValues;
  /** The key by which the record is recognised; null when a part of it is missing or bad. */
  readonly key: string | null;
  /** SHA-256 over the canonical source: known columns with a value, in the order of their names. */
  readonly hash: string;
  readonly problems: Problem[];
}

/** The column as the input spells it: Dataverse gives lookups as `_logicalname_value`. */
export function inputColumn(set: EntitySet, facts: ColumnFacts): string {
  return set.side === 'dataverse' && facts.kind === 'id' && !facts.primary ? `_${facts.column}_value` : facts.column;
}

/** The columns that the input can give. */
export function loadableColumns(set: EntitySet): ColumnFacts[] {
  return tableOf(set.entity).columns.filter((facts) => !OWN_COLUMNS.includes(facts.column) && facts.column !== 'gw_id');
}

function rawValue(set: EntitySet, facts: ColumnFacts, row: Record<string, unknown>): unknown {
  const name = inputColumn(set, facts);
  if (Object.hasOwn(row, name)) return row[name];
  // A lookup without its decoration is understood; an expanded record in its place is not.
  return Object.hasOwn(row, facts.column) && typeof row[facts.column] === 'string' ? row[facts.column] : undefined;
}

/** The part of a key that a value is: text that is the same for the same value. */
export function keyPart(facts: ColumnFacts, value: unknown): string {
  return String(toStored(facts, value) ?? '').replaceAll('|', '\\|');
}

export function keyOf(set: EntitySet, columns: readonly string[], values: RowValues): string | null {
  const table = tableOf(set.entity);
  const facts = columns.map((column) => table.column(column)!);
  if (facts.some(({ property }) => values[property] === null || values[property] === undefined)) return null;
  return facts.map((part) => keyPart(part, values[part.property])).join('|');
}

function hashOf(given: [string, Stored][]): string {
  return createHash('sha256').update(JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex');
}

function currencyProblems(facts: DecodeFacts, values: RowValues, givenColumns: readonly ColumnFacts[]): Problem[] {
  const { set } = facts;
  if (!set.currencyColumn) return [];
  const currencyId = values[tableOf(set.entity).column(set.currencyColumn)!.property];
  const currency = typeof currencyId === 'string' ? facts.currency(currencyId) : undefined;
  if (!currency) return [];
  return givenColumns
    .filter((column) => column.kind === 'money' && !set.otherCurrencyColumns?.includes(column.column))
    .filter((column) => ((values[column.property] as Decimal | null)?.decimalPlaces() ?? 0) > currency.decimals)
    .map((column): Problem => ({
      code: 'TOO_MANY_DECIMALS',
      column: inputColumn(set, column),
      sentence: `${(values[column.property] as Decimal).toFixed()} has more decimals than ${currency.code} has (${currency.decimals})`,
    }));
}

function missing(set: EntitySet, column: ColumnFacts): Problem {
  return { code: 'MANDATORY_COLUMN_MISSING', column: inputColumn(set, column), sentence: 'the column is mandatory and has no value' };
}

/** Decodes a row of the input: its values with defaults, its key, its hash, and everything that is wrong with it by itself. */
export function decodeRow(facts: DecodeFacts, row: unknown): DecodedRow {
  const { set, columns } = facts;
  if (typeof row !== 'object' || row === null || Array.isArray(row) || row instanceof ExactNumber) {
    const sentence = `${quoted(row)} is not an object with columns`;
    return { values: {}, key: null, hash: '', problems: [{ code: 'NOT_A_RECORD', column: '', sentence }] };
  }
  const values: RowValues = {};
  const problems: Problem[] = [];
  const given: [string, Stored][] = [];
  const givenColumns: ColumnFacts[] = [];
  const badColumns = new Set<ColumnFacts>();
  for (const column of columns) {
    const raw = rawValue(set, column, row as Record<string, unknown>);
    values[column.property] = facts.defaults[column.property] ?? null;
    if (isEmpty(column, set.side, raw)) continue;
    const decoded = decodeValue(column, set, raw);
    if ('value' in decoded) {
      values[column.property] = decoded.value;
      given.push([column.column, toStored(column, decoded.value)]);
      givenColumns.push(column);
    } else {
      problems.push({ column: inputColumn(set, column), ...decoded });
      badColumns.add(column);
    }
  }
  set.complete?.(values, facts.loadedOn);
  const absent = columns.filter((column) => !column.nullable && values[column.property] === null && !badColumns.has(column)
    && !(badColumns.size > 0 && set.completedColumns?.includes(column.column)));
  problems.push(...absent.map((column) => missing(set, column)), ...currencyProblems(facts, values, givenColumns));
  if (badColumns.size === 0 && absent.length === 0) problems.push(...(set.check?.(values) ?? []));
  return { values, key: keyOf(set, set.key, values), hash: hashOf(given), problems };
}
