import { fromStored, tableOf, toStored, type ColumnFacts, type ColumnKind, type EntityClass, type Stored, type TableFacts } from '../entities/columns';
import { breather } from '../kernel/yielding';
import { execute, join, name, query, raw, sql, type Session, type Sql, type UnitOfWork } from './session';

/** Rows that a command reads and decides at a time. */
export const CHUNK_ROWS = 500;
/** Rows that one statement writes: a wide row takes some 80 microseconds, and SQLite holds the event loop for the whole statement. */
const STATEMENT_ROWS = 100;

const breath = breather();

const POSTGRES_TYPES: Record<ColumnKind, string> = {
  id: 'varchar', text: 'varchar', date: 'varchar', timestamp: 'varchar', rate: 'varchar', json: 'text',
  integer: 'bigint', money: 'bigint', quantity: 'bigint', optionSet: 'integer', boolean: 'boolean',
};

export function chunksOf<T>(items: readonly T[], size = CHUNK_ROWS): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** `SELECT` of rows that come in as one JSON parameter, a column each. */
export function jsonRows(session: Session, columns: readonly ColumnFacts[], rows: readonly Stored[][]): Sql {
  const text = JSON.stringify(rows);
  if (session.engine === 'sqlite') {
    const list = columns.map((facts, index) => raw(`value ->> ${index} AS "${facts.column}"`));
    return sql`SELECT ${join(list, ', ')} FROM json_each(${text}) WHERE true`;
  }
  const list = columns.map((facts, index) => raw(`(value ->> ${index})::${POSTGRES_TYPES[facts.kind]} AS "${facts.column}"`));
  return sql`SELECT ${join(list, ', ')} FROM jsonb_array_elements(${text}::jsonb) AS element(value)`;
}

function storedRow(columns: readonly ColumnFacts[], row: object): Stored[] {
  return columns.map((facts) => toStored(facts, (row as Record<string, unknown>)[facts.property]));
}

/** The columns that at least one row gives; the others take their default. */
function givenColumns(facts: TableFacts, rows: readonly object[]): ColumnFacts[] {
  const given = new Set(rows.flatMap((row) => Object.entries(row).filter(([, value]) => value !== undefined).map(([key]) => key)));
  return facts.columns.filter((column) => given.has(column.property));
}

/**
 * Inserts rows and says how many were new. With `ifAbsent`, a row whose unique key is taken is left out silently: derived rows
 * have derived keys, so a repeated import cannot double them.
 */
export async function insertRows<T>(
  work: UnitOfWork, entity: EntityClass<T>, rows: readonly Partial<T>[], { ifAbsent = false } = {},
): Promise<number> {
  const facts = tableOf(entity);
  let inserted = 0;
  for (const chunk of chunksOf(rows, STATEMENT_ROWS)) {
    await breath();
    const columns = givenColumns(facts, chunk as object[]);
    const values = chunk.map((row) => storedRow(columns, row as object));
    const conflict = raw(ifAbsent ? ' ON CONFLICT DO NOTHING' : '');
    const names = join(columns.map((column) => name(column.column)), ', ');
    inserted += await execute(work, sql`INSERT INTO ${name(facts.table)} (${names}) ${jsonRows(work, columns, values)}${conflict}`);
  }
  return inserted;
}

/** Updates rows by primary key, each with its own values; every row gives the same properties. Says how many it changed. */
export async function updateRows<T>(work: UnitOfWork, entity: EntityClass<T>, rows: readonly Partial<T>[]): Promise<number> {
  const facts = tableOf(entity);
  let changed = 0;
  for (const chunk of chunksOf(rows, STATEMENT_ROWS)) {
    await breath();
    const columns = givenColumns(facts, chunk as object[]);
    const values = chunk.map((row) => storedRow(columns, row as object));
    const sets = columns.filter((column) => !column.primary).map((column) => sql`${name(column.column)} = given.${name(column.column)}`);
    changed += await execute(work, sql`UPDATE ${name(facts.table)} SET ${join(sets, ', ')}
      FROM (${jsonRows(work, columns, values)}) AS given
      WHERE ${name(facts.table)}.${name(facts.key.column)} = given.${name(facts.key.column)}`);
  }
  return changed;
}

/** Reads whole rows of a table with a condition in the tables' own column names, as plain objects in the program's values. */
export async function selectRows<T>(session: Session, entity: EntityClass<T>, rest: Sql): Promise<T[]> {
  const facts = tableOf(entity);
  const list = join(facts.columns.map((column) => sql`t.${name(column.column)}`), ', ');
  const rows = await query<Record<string, unknown>>(session, sql`SELECT ${list} FROM ${name(facts.table)} t ${rest}`);
  return rows.map((row) => decodeRow(facts, row) as T);
}

/** A raw row under column names turned into the program's properties and values. */
export function decodeRow(facts: TableFacts, row: Record<string, unknown>): object {
  const decoded: Record<string, unknown> = {};
  for (const column of facts.columns) if (column.column in row) decoded[column.property] = fromStored(column, row[column.column]);
  return decoded;
}
