import { fromStored, type TableFacts } from '../../entities/columns';
import { inList, join, name, query, raw, sql, type Session, type Sql } from '../session';
import type { SourcePath } from './source-path';

/** A record that a table map reads: its id, its row version, and its values by path. */
export interface SourceRecord {
  readonly key: string;
  readonly version: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The ids of a change set's records behind `after`, in key order, at most `limit`. */
export async function readKeysOfChangeSet(
  session: Session, table: TableFacts, changeSetId: string, after: string | null, limit: number,
): Promise<string[]> {
  const key = name(table.key.column);
  const rows = await query<{ key: string }>(session, sql`SELECT t.${key} AS "key" FROM ${name(table.table)} t
    WHERE t.${name(table.property('changeSetId').column)} = ${changeSetId} AND t.${key} > ${after ?? ''}
    ORDER BY t.${key} LIMIT ${limit}`);
  return rows.map((row) => row.key);
}

/** The ids of all records of a table behind `after`, in key order, at most `limit`. */
export async function readKeysBehind(session: Session, table: TableFacts, after: string | null, limit: number): Promise<string[]> {
  const key = name(table.key.column);
  const rows = await query<{ key: string }>(session, sql`SELECT t.${key} AS "key" FROM ${name(table.table)} t
    WHERE t.${key} > ${after ?? ''} ORDER BY t.${key} LIMIT ${limit}`);
  return rows.map((row) => row.key);
}

/**
 * Reads the newest version of the records with these ids, in key order, with every lookup path expanded: one statement, a
 * join per lookup, whatever the number of records.
 */
export async function readSourceRecords(
  session: Session, table: TableFacts, paths: readonly SourcePath[], keys: readonly string[],
): Promise<SourceRecord[]> {
  const { aliasOf, joins } = joinsOf(paths);
  const columns = paths.map((path, index) => sql`${raw(aliasOf(path))}.${name(path.column.column)} AS ${name(`c${index}`)}`);
  const key = name(table.key.column);
  const version = name(table.property('version').column);
  const rows = await query<Record<string, unknown>>(session, sql`
    SELECT t.${key} AS "key", t.${version} AS "version"${columns.length > 0 ? raw(', ') : raw('')}${join(columns, ', ')}
    FROM ${name(table.table)} t ${joins} WHERE ${inList(session, sql`t.${key}`, keys)} ORDER BY t.${key}`);
  return rows.map((row) => ({
    key: row.key as string,
    version: Number(row.version),
    values: Object.fromEntries(paths.map((path, index) => [path.path, fromStored(path.column, row[`c${index}`])])),
  }));
}

/** One LEFT JOIN for every lookup that some path takes; paths with the same beginning share it. */
function joinsOf(paths: readonly SourcePath[]): { aliasOf: (path: SourcePath) => string; joins: Sql } {
  const aliases = new Map<string, string>([['', 't']]);
  const joins: Sql[] = [];
  const aliasOf = (path: SourcePath): string => {
    let prefix = '';
    for (const step of path.steps) {
      const from = aliases.get(prefix)!;
      prefix = `${prefix}.${step.column}`;
      if (aliases.has(prefix)) continue;
      const alias = `l${aliases.size}`;
      aliases.set(prefix, alias);
      joins.push(sql`LEFT JOIN ${name(step.to.table)} ${raw(alias)}
        ON ${raw(alias)}.${name(step.to.key.column)} = ${raw(from)}.${name(step.column)}`);
    }
    return aliases.get(prefix)!;
  };
  paths.forEach(aliasOf);
  return { aliasOf, joins: join(joins, ' ') };
}
