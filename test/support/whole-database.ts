import { allTables } from '../../src/entities/columns';
import { name, query, sql, type Session } from '../../src/stores/session';

/**
 * Tables that a refused request may write to: SQLite's lock counts units of work, and long work stores its run before it begins.
 * Views show what the tables hold.
 */
const LEFT_OUT = ['gw_writelock', 'gw_run', 'gw_runmap', 'gw_bulkconfirmationitem', 'gw_billingbacklog'];

/** Every row of every table as text. */
export type Snapshot = ReadonlyMap<string, string>;

export async function snapshotOf(session: Session): Promise<Snapshot> {
  const snapshot = new Map<string, string>();
  for (const { table } of allTables()) {
    if (LEFT_OUT.includes(table)) continue;
    const rows = await query<object>(session, sql`SELECT * FROM ${name(table)}`);
    snapshot.set(table, rows.map((row) => JSON.stringify(row)).sort().join('\n'));
  }
  return snapshot;
}

/** The rows that one snapshot has and the other has not, by table. Empty when nothing changed. */
export function changesBetween(before: Snapshot, after: Snapshot): string[] {
  return [...after].flatMap(([table, text]) => {
    const was = before.get(table) ?? '';
    if (was === text) return [];
    const [old, now] = [new Set(was.split('\n')), new Set(text.split('\n'))];
    return [...[...old].filter((row) => !now.has(row)).map((row) => `${table} - ${row}`), ...[...now].filter((row) => !old.has(row)).map((row) => `${table} + ${row}`)];
  });
}
