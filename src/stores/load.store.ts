import { createHash } from 'node:crypto';
import { fromStored, tableOf, toStored, type EntityClass } from '../entities/columns';
import { TransactionCurrency } from '../entities/dataverse';
import { LoadedRecord } from '../entities/gateway';
import { chunksOf, insertRows, jsonRows, selectRows, updateRows } from './bulk';
import { execute, inList, join, name, query, raw, sql, type Session, type UnitOfWork } from './session';

/** Rows from which a load is large enough that the databases' planners need new statistics. */
const STATISTICS_ROWS_MIN = 2_000;

/** The hash of a record of the standard set-up, which gives way to a loaded one. */
export const STANDARD_SOURCE = 'standard set-up';

/** The hash of a record of finance that was derived from one of Dataverse, which gives way to a loaded one. */
export const DERIVED_SOURCE = 'derived from Dataverse';

export const GIVES_WAY: readonly string[] = [STANDARD_SOURCE, DERIVED_SOURCE];

/** Any number that nothing else in the database takes as an advisory lock. */
const LOAD_LOCK = 7_204_312;

/** Waits until no other load runs; held until the unit of work ends. A unit of work on SQLite is alone anyway. */
export async function loadAlone(work: UnitOfWork): Promise<void> {
  if (work.engine === 'postgres') await execute(work, sql`SELECT pg_advisory_xact_lock(${raw(String(LOAD_LOCK))})`);
}

/** The id under which the source of a loaded record is remembered. */
export function loadedRecordId(entitySet: string, key: string): string {
  return createHash('sha256').update(`${entitySet}\n${key}`).digest('hex').slice(0, 36);
}

/** What the columns of an entity hold when a row does not give them, by property, in the program's values. */
export function columnDefaults(session: Session, entity: EntityClass): Record<string, unknown> {
  const facts = tableOf(entity);
  const metadata = session.manager.dataSource.getMetadata(entity);
  const given = metadata.columns.filter((column) => column.default !== undefined);
  return Object.fromEntries(given.map((column) => [column.propertyName, fromStored(facts.property(column.propertyName), column.default)]));
}

/** The hash of the source under which each key of an entity set was loaded before. */
export async function loadedHashes(session: Session, entitySet: string, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = keys.map((key) => loadedRecordId(entitySet, key));
  const rows = await selectRows(session, LoadedRecord, sql`WHERE ${inList(session, raw('t."gw_id"'), ids)}`);
  return new Map(rows.map((row) => [row.key, row.hash]));
}

/** Which of the ids a table holds. */
export async function existingIds(session: Session, entity: EntityClass, ids: readonly string[]): Promise<Set<string>> {
  const { table, key } = tableOf(entity);
  const rows = await query<{ id: string }>(session, sql`SELECT ${name(key.column)} AS id FROM ${name(table)}
    WHERE ${inList(session, name(key.column), ids)}`);
  return new Set(rows.map((row) => row.id));
}

/** The rows of a table whose last unique column has one of the values, as lists of all the unique columns' values. */
export async function rowsWithUnique(
  session: Session, entity: EntityClass, columns: readonly string[], lastValues: readonly string[],
): Promise<string[][]> {
  const list = join(columns.map((column) => name(column)), ', ');
  const rows = await query<Record<string, string>>(session, sql`SELECT ${list} FROM ${name(tableOf(entity).table)}
    WHERE ${inList(session, name(columns.at(-1)!), lastValues)}`);
  return rows.map((row) => columns.map((column) => row[column]!));
}

export async function currencyDecimals(session: Session): Promise<{ id: string; code: string; decimals: number }[]> {
  return selectRows(session, TransactionCurrency, raw('ORDER BY "transactioncurrencyid"'));
}

/** Inserts new records of an entity set and remembers the hash of each source. */
export async function insertLoaded(
  work: UnitOfWork, entitySet: string, entity: EntityClass, records: readonly { key: string; hash: string; values: Record<string, unknown> }[],
): Promise<void> {
  await insertRows(work, entity, records.map(({ values }) => values));
  await insertRows(work, LoadedRecord, records.map(({ key, hash }) => ({ id: loadedRecordId(entitySet, key), entitySet, key, hash })));
}

/** Writes loaded records over the rows with their keys, which were the gateway's own so far, and remembers the hash of each source. */
export async function replaceByLoaded(
  work: UnitOfWork, entitySet: string, entity: EntityClass, keyColumns: readonly string[],
  records: readonly { key: string; hash: string; values: Record<string, unknown> }[],
): Promise<void> {
  const { table, columns } = tableOf(entity);
  for (const chunk of chunksOf(records)) {
    const given = columns.filter((facts) => !facts.primary && facts.property in chunk[0]!.values);
    const rows = chunk.map(({ values }) => given.map((facts) => toStored(facts, values[facts.property])));
    const sets = given.map((facts) => sql`${name(facts.column)} = given.${name(facts.column)}`);
    const sameKey = keyColumns.map((column) => sql`${name(table)}.${name(column)} = given.${name(column)}`);
    await execute(work, sql`UPDATE ${name(table)} SET ${join(sets, ', ')}
      FROM (${jsonRows(work, given, rows)}) AS given WHERE ${join(sameKey, ' AND ')}`);
  }
  await updateRows(work, LoadedRecord, records.map(({ key, hash }) => ({ id: loadedRecordId(entitySet, key), hash })));
}

/** Whether a finance set-up table holds rows of a legal entity, or any rows where the table has none of its own per legal entity. */
export async function hasRows(session: Session, entity: EntityClass, legalEntityId: string | null): Promise<boolean> {
  const { table } = tableOf(entity);
  const where = legalEntityId === null ? raw('') : sql`WHERE "dataAreaId" = ${legalEntityId}`;
  const rows = await query<unknown>(session, sql`SELECT 1 AS one FROM ${name(table)} ${where} LIMIT 1`);
  return rows.length > 0;
}

/** Brings the planner's statistics up to date after a large load; without them PostgreSQL was ten times slower. */
export async function refreshStatistics(work: UnitOfWork, entities: readonly EntityClass[], newRows: number): Promise<void> {
  if (newRows < STATISTICS_ROWS_MIN) return;
  for (const entity of [...entities, LoadedRecord]) await execute(work, sql`ANALYZE ${name(tableOf(entity).table)}`);
}

/** Sets a lookup of rows to other rows of the same table, after all of them are there. */
export async function setLookups(
  work: UnitOfWork, entity: EntityClass, property: string, pairs: readonly { id: string; to: string }[],
): Promise<void> {
  const { key } = tableOf(entity);
  await updateRows(work, entity, pairs.map(({ id, to }) => ({ [key.property]: id, [property]: to })));
}
