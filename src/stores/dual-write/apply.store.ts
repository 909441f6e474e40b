import { QueryFailedError } from 'typeorm';
import { toStored, type ColumnFacts, type Stored, type TableFacts } from '../../entities/columns';
import type { Ids } from '../../kernel/ids';
import { InternalError } from '../../kernel/refusal';
import { jsonRows } from '../bulk';
import { isSystemFailure } from '../passing-failure';
import { execute, join, name, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';
import { COMPANY_COLUMN } from './target.store';

/** Where a table map writes: a table, the column of its integration key, and the mapped columns. */
export interface TargetWrite {
  readonly table: TableFacts;
  readonly keyColumn: string;
  /** The mapped columns, the key among them. */
  readonly columns: readonly string[];
  /** Per column the values of the target that stay; `*` keeps whatever is there once the row is. */
  readonly keep: Readonly<Record<string, readonly (string | number)[]>>;
}

/** A decided row: the mapped values by column, in the program's own types. */
export interface TargetRow {
  readonly key: string;
  /** Row version of the source record: the target takes it only when it holds a lower one. */
  readonly sourceVersion: number;
  readonly legalEntityId: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** In a keep list: the column is set when the row is inserted and never again. */
const KEEP_ANY = '*';

/** Finance's own column for the instant at which a row came into being; set once. */
const CREATED_COLUMN = 'CreatedDateTime';

function columnsOf(target: TargetWrite, extra: readonly string[]): ColumnFacts[] {
  return [...extra, ...target.columns].map((column) => {
    const facts = target.table.column(column);
    if (!facts) throw new InternalError(`${target.table.table} has no column ${column}`);
    return facts;
  });
}

function stored(columns: readonly ColumnFacts[], rows: readonly Record<string, unknown>[]): Stored[][] {
  return rows.map((row) => columns.map((facts) => toStored(facts, row[facts.column])));
}

/** `SET` of the mapped columns but the key, and of the source version; a column whose value is to stay keeps it. */
function assignments(target: TargetWrite, from: 'excluded' | 'given'): Sql {
  const held = (column: string) => sql`${name(target.table.table)}.${name(column)}`;
  const given = (column: string) => sql`${raw(from)}.${name(column)}`;
  const versionColumn = target.table.property('sourceVersion').column;
  const isOverwritten = (column: string) => column !== target.keyColumn && !target.keep[column]?.includes(KEEP_ANY);
  const columns = [...target.columns.filter(isOverwritten), versionColumn];
  return join(columns.map((column) => {
    const keep = target.keep[column] ?? [];
    if (keep.length === 0) return sql`${name(column)} = ${given(column)}`;
    const kept = join(keep.map((value) => sql`${value}`), ', ');
    return sql`${name(column)} = CASE WHEN ${held(column)} IN (${kept}) THEN ${held(column)} ELSE ${given(column)} END`;
  }), ', ');
}

function isNewer(target: TargetWrite, from: 'excluded' | 'given'): Sql {
  const column = name(target.table.property('sourceVersion').column);
  return sql`${name(target.table.table)}.${column} < ${raw(from)}.${column}`;
}

/** The columns of the unique key that a column makes, alone or together with the legal entity; undefined where it makes none. */
function findUniqueKey(session: Session, table: TableFacts, keyColumn: string): string[] | undefined {
  const metadata = session.manager.dataSource.getMetadata(table.entity);
  const uniqueKeys = [...metadata.uniques, ...metadata.indices.filter((index) => index.isUnique)]
    .map((unique) => unique.columns.map((column) => column.databaseName));
  return [...uniqueKeys, metadata.primaryColumns.map((column) => column.databaseName)].find((columns) =>
    columns.includes(keyColumn) && columns.every((column) => column === keyColumn || column === COMPANY_COLUMN));
}

/** Whether a column identifies a row, alone or together with the legal entity, so that it can be an integration key. */
export function isUniqueKey(session: Session, table: TableFacts, column: string): boolean {
  return findUniqueKey(session, table, column) !== undefined;
}

function uniqueKeyOf(work: UnitOfWork, target: TargetWrite): string[] {
  const found = findUniqueKey(work, target.table, target.keyColumn);
  if (!found) throw new InternalError(`${target.table.table} has no unique key over ${target.keyColumn}`);
  return found;
}

/**
 * Inserts rows under their integration key, or updates the ones that are there, only where the target holds a lower source
 * version: one statement for all rows, and the newest version wins whoever writes first. The only place of the gateway that
 * inserts invoice proposals and staged records. Says how many rows it wrote.
 */
export async function upsertTargetRows(
  work: UnitOfWork, target: TargetWrite, rows: readonly TargetRow[], { ids, now }: { ids: Ids; now: string },
): Promise<number> {
  if (rows.length === 0) return 0;
  const { table } = target;
  const versionColumn = table.property('sourceVersion').column;
  const hasCreated = table.column(CREATED_COLUMN) !== undefined;
  const columns = columnsOf(target, [table.key.column, COMPANY_COLUMN, versionColumn, ...(hasCreated ? [CREATED_COLUMN] : [])]);
  const values = stored(columns, rows.map((row) => ({
    ...row.values, [table.key.column]: ids.next(), [COMPANY_COLUMN]: row.legalEntityId, [versionColumn]: row.sourceVersion, [CREATED_COLUMN]: now,
  })));
  return execute(work, sql`INSERT INTO ${name(table.table)} (${join(columns.map((facts) => name(facts.column)), ', ')})
    ${jsonRows(work, columns, values)}
    ON CONFLICT (${join(uniqueKeyOf(work, target).map(name), ', ')})
    DO UPDATE SET ${assignments(target, 'excluded')} WHERE ${isNewer(target, 'excluded')}`);
}

/**
 * Updates rows under their integration key where they hold a lower source version, and touches no column but the mapped ones
 * and that version: the write-back. Says how many rows it wrote.
 */
export async function updateTargetRows(work: UnitOfWork, target: TargetWrite, rows: readonly TargetRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const { table, keyColumn } = target;
  const versionColumn = table.property('sourceVersion').column;
  const columns = columnsOf(target, [versionColumn]);
  const values = stored(columns, rows.map((row) => ({ ...row.values, [versionColumn]: row.sourceVersion })));
  return execute(work, sql`UPDATE ${name(table.table)} SET ${assignments(target, 'given')}
    FROM (${jsonRows(work, columns, values)}) AS given
    WHERE ${name(table.table)}.${name(keyColumn)} = given.${name(keyColumn)} AND ${isNewer(target, 'given')}`);
}

/** Why the database did not take a write: a constraint, or a failure of the system that says nothing about the row. */
export interface WriteRefusal {
  readonly isSystem: boolean;
  readonly error: Error;
}

/**
 * Runs a write of its own inside a unit of work: when the database refuses it, only this write is undone. Gives the refusal, or null.
 */
export async function tryWrite(work: UnitOfWork, write: () => Promise<unknown>): Promise<WriteRefusal | null> {
  await execute(work, raw('SAVEPOINT gw_row'));
  try {
    await write();
    await execute(work, raw('RELEASE SAVEPOINT gw_row'));
    return null;
  } catch (error) {
    const isSystem = isSystemFailure(error);
    if (!isSystem && !isConstraintViolation(error)) throw error;
    // SQLite ends the whole transaction on some system failures: then there is nothing to go on with.
    await execute(work, raw('ROLLBACK TO SAVEPOINT gw_row')).catch(() => { throw error; });
    await execute(work, raw('RELEASE SAVEPOINT gw_row'));
    return { isSystem, error: error as Error };
  }
}

/** Whether the database refused a statement because of a unique key, a foreign key or another constraint. */
export function isConstraintViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const code = (error.driverError as { code?: unknown }).code;
  return typeof code === 'string' && (code.startsWith('SQLITE_CONSTRAINT') || /^23\d{3}$/.test(code));
}
