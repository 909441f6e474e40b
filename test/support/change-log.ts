import { execute, name, query, raw, sql, type Engine, type Session, type Sql, type UnitOfWork } from '../../src/stores/session';
import type { Database } from '../../src/stores/unit-of-work';

/**
 * Tables that a refused request may write to: SQLite's lock counts units of work, and long work stores its run before it begins.
 * What a run refused item by item is stored with it.
 */
const LEFT_OUT = ['gw_writelock', 'gw_run', 'gw_runmap', 'gw_bulkconfirmationitem', 'gw_migrations'];

/** The whole row as text, as a trigger sees it: `OLD` or `NEW`. */
const sqliteRow = (row: 'OLD' | 'NEW', columns: readonly string[]): Sql => raw(`json_object(${columns.map((column) => `'${column}', ${row}."${column}"`).join(', ')})`);

function sqliteTriggers(table: string, columns: readonly string[]): Sql[] {
  const [was, is] = [sqliteRow('OLD', columns), sqliteRow('NEW', columns)];
  const nothing = raw('NULL');
  return ([['INSERT', nothing, is], ['UPDATE', was, is], ['DELETE', was, nothing]] as const).map(([event, before, after]) => sql`
    CREATE TRIGGER ${name(`test_${event}_${table}`)} AFTER ${raw(event)} ON ${name(table)}
    BEGIN INSERT INTO "test_change" ("table", "was", "is") VALUES (${raw(`'${table}'`)}, ${before}, ${after}); END`);
}

const LOG: Readonly<Record<Engine, readonly Sql[]>> = {
  sqlite: [sql`CREATE TABLE "test_change" ("id" INTEGER PRIMARY KEY, "table" TEXT, "was" TEXT, "is" TEXT)`],
  postgres: [
    sql`CREATE TABLE "test_change" ("id" SERIAL PRIMARY KEY, "table" TEXT, "was" TEXT, "is" TEXT)`,
    sql`CREATE FUNCTION "test_log_change"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO "test_change" ("table", "was", "is") VALUES (TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)); RETURN NULL; END $$`,
  ],
};

const TABLES: Readonly<Record<Engine, Sql>> = {
  sqlite: sql`SELECT "name" AS "table" FROM "sqlite_master" WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite%'`,
  postgres: sql`SELECT "tablename" AS "table" FROM "pg_tables" WHERE "schemaname" = 'public'`,
};

async function triggersOf(work: UnitOfWork, table: string): Promise<Sql[]> {
  if (work.engine === 'postgres') {
    return [sql`CREATE TRIGGER "test_change" AFTER INSERT OR UPDATE OR DELETE ON ${name(table)} FOR EACH ROW EXECUTE FUNCTION "test_log_change"()`];
  }
  const columns = await query<{ name: string }>(work, sql`SELECT "name" FROM pragma_table_info(${table})`);
  return sqliteTriggers(table, columns.map((column) => column.name));
}

/** From now on the database itself writes down every change of a row, so that what a request changed can be asked at the price of one query. */
export async function logChanges(database: Database): Promise<void> {
  await database.write(async (work) => {
    const tables = await query<{ table: string }>(work, TABLES[work.engine]);
    for (const statement of LOG[work.engine]) await execute(work, statement);
    for (const { table } of tables.filter((one) => !LEFT_OUT.includes(one.table))) {
      for (const statement of await triggersOf(work, table)) await execute(work, statement);
    }
  });
}

/** A row that was inserted, updated or deleted; a row that is not there is null. */
export interface Change {
  readonly id: number;
  readonly table: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** A point in the log of changes: what comes later has a higher number. */
export async function lastChange(session: Session): Promise<number> {
  const [row] = await query<{ last: number }>(session, sql`SELECT COALESCE(MAX("id"), 0) AS "last" FROM "test_change"`);
  return row!.last;
}

/** What was changed since then and stored; what was rolled back was not. An update to the same values is no change. */
export function changesSince(session: Session, last: number): Promise<Change[]> {
  return query<Change>(session, sql`SELECT "id", "table", "was", "is" FROM "test_change" WHERE "id" > ${last} AND "was" IS DISTINCT FROM "is" ORDER BY "id"`);
}
