import { fromStored, type ColumnFacts, type TableFacts } from '../../entities/columns';
import { inList, join, name, query, raw, sql, type Session } from '../session';

/** What the target holds under an integration key: the source version that was last written, and the legal entity. */
export interface HeldRow {
  readonly sourceVersion: number;
  readonly legalEntityId: string | null;
}

/** The rows that the target holds under these integration keys. */
export async function readHeldRows(
  session: Session, table: TableFacts, keyColumn: string, keys: readonly string[],
): Promise<Map<string, HeldRow>> {
  if (keys.length === 0) return new Map();
  const rows = await query<{ key: string; version: string | number; company: string | null }>(session, sql`
    SELECT t.${name(keyColumn)} AS "key", t.${name(table.property('sourceVersion').column)} AS "version", ${companyOf(table)} AS "company"
    FROM ${name(table.table)} t WHERE ${inList(session, sql`t.${name(keyColumn)}`, keys)}`);
  return new Map(rows.map((row) => [row.key, { sourceVersion: Number(row.version), legalEntityId: row.company }]));
}

/** What the target holds in these columns under these integration keys, in the program's own types. */
export async function readHeldValues(
  session: Session, table: TableFacts, keyColumn: string, columns: readonly ColumnFacts[], keys: readonly string[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  if (keys.length === 0) return new Map();
  const rows = await query<Record<string, unknown>>(session, sql`
    SELECT t.${name(keyColumn)} AS "#", ${join(columns.map(({ column }) => sql`t.${name(column)} AS ${name(column)}`), ', ')}
    FROM ${name(table.table)} t WHERE ${inList(session, sql`t.${name(keyColumn)}`, keys)}`);
  return new Map(rows.map((row) => [row['#'] as string, Object.fromEntries(columns.map((facts) => [facts.column, fromStored(facts, row[facts.column])]))]));
}

/** Which of these keys the target has master records for, each with its legal entity; null where the table has none. */
export async function readMasterKeys(
  session: Session, table: TableFacts, column: string, values: readonly string[],
): Promise<{ value: string; legalEntityId: string | null }[]> {
  if (values.length === 0) return [];
  return query(session, sql`
    SELECT DISTINCT t.${name(column)} AS "value", ${companyOf(table)} AS "legalEntityId"
    FROM ${name(table.table)} t WHERE ${inList(session, sql`t.${name(column)}`, values)}`);
}

/** Which of these keys have arrived in the target. */
export async function readArrivedKeys(session: Session, table: TableFacts, keyColumn: string, keys: readonly string[]): Promise<Set<string>> {
  return new Set((await readHeldRows(session, table, keyColumn, keys)).keys());
}

/** Finance stripes its tables by legal entity in `dataAreaId`. */
export const COMPANY_COLUMN = 'dataAreaId';

function companyOf(table: TableFacts) {
  return table.column(COMPANY_COLUMN) ? sql`t.${name(COMPANY_COLUMN)}` : raw('NULL');
}
