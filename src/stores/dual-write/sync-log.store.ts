import { tableOf, type EntityClass } from '../../entities/columns';
import { SyncDirection, SyncLogEntry, SyncLogStatus, type MapFlow } from '../../entities/dual-write';
import type { Clock } from '../../kernel/clock';
import type { Ids } from '../../kernel/ids';
import { decodeRow, insertRows } from '../bulk';
import { isUnheld, LeaseLostError, type Lease } from '../lease';
import { execute, executeReturning, forUpdateOfFree, inList, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';

/** The table maps and directions that carry records of these tables, in the order in which the maps run. */
async function readFlowsFrom(session: Session, tables: readonly string[]): Promise<MapFlow[]> {
  const comesFrom = (direction: SyncDirection, column: Sql) => sql`(f."gw_direction" = ${direction} AND ${inList(session, column, tables)})`;
  return query<MapFlow>(session, sql`SELECT DISTINCT m."gw_sequence" AS "sequence", m."ProjectName" AS "map", f."gw_direction" AS "direction"
    FROM "DualWriteProjectConfiguration" m JOIN "DualWriteProjectFieldConfiguration" f ON f."gw_dualwriteprojectconfiguration" = m."gw_id"
    WHERE ${comesFrom(SyncDirection.DATAVERSE_TO_FINANCE, raw('m."ExternalEntityName"'))}
      OR ${comesFrom(SyncDirection.FINANCE_TO_DATAVERSE, raw('m."InternalEntityName"'))}
    ORDER BY "sequence", "map", "direction"`);
}

/**
 * Logs that records of a change set wait to be carried, in the same transaction as the change itself: for every table map that has
 * one of the touched tables as its source, whichever these are and whatever their states. The records carry the change set's
 * id (`changeSetId`) and a higher `version`; the log refers to them and holds no data. Says for how many maps and directions.
 */
export async function logChangeSet(
  work: UnitOfWork, { clock, ids }: { clock: Clock; ids: Ids }, changeSetId: string, touched: readonly EntityClass[],
): Promise<number> {
  const now = clock.now();
  const flows = touched.length === 0 ? [] : await readFlowsFrom(work, touched.map((entity) => tableOf(entity).table));
  return insertRows(work, SyncLogEntry, flows.map((flow) => ({
    id: ids.next(),
    sequence: now.getTime(),
    mapName: flow.map,
    direction: flow.direction,
    changeSetId,
    status: SyncLogStatus.OPEN,
    createdOn: now.toISOString(),
  })));
}

/** Change sets that are still to be worked on: carried, or moved to the error list. */
export type UnfinishedStatus = SyncLogStatus.OPEN | SyncLogStatus.KEEPING;

function ofFlow(flow: MapFlow, status: UnfinishedStatus): Sql {
  return sql`"gw_status" = ${status} AND "gw_map" = ${flow.map} AND "gw_direction" = ${flow.direction}`;
}

function isFree(now: string): Sql {
  return sql`${isUnheld(now)} AND ${isDue(now)}`;
}

/** Not put off after a system failure, or its time has come. */
function isDue(now: string): Sql {
  return sql`("gw_nexttryon" IS NULL OR "gw_nexttryon" <= ${now})`;
}

/**
 * Takes the oldest open change set of a table map and direction that nobody holds; null when there is none. Several runs at
 * once never get the same one: PostgreSQL skips rows that another run is just taking.
 */
export async function claimLogEntry(
  work: UnitOfWork, flow: MapFlow, lease: Lease, status: UnfinishedStatus = SyncLogStatus.OPEN,
): Promise<SyncLogEntry | null> {
  const [row] = await executeReturning<Record<string, unknown>>(work, sql`
    UPDATE "gw_synclog" SET "gw_leaseowner" = ${lease.owner}, "gw_leaseexpires" = ${lease.expires}
    WHERE "gw_id" = (
      SELECT "gw_id" FROM "gw_synclog"
      WHERE ${ofFlow(flow, status)} AND ${isFree(lease.now)}
      ORDER BY "gw_sequence", "gw_id" LIMIT 1${forUpdateOfFree(work)})
    RETURNING *`);
  return row ? (decodeRow(tableOf(SyncLogEntry), row) as SyncLogEntry) : null;
}

/** Whether change sets of a table map and direction are not carried yet, by whomever. */
export async function hasOpenLogEntries(session: Session, flow: MapFlow, status: UnfinishedStatus = SyncLogStatus.OPEN): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "open" FROM "gw_synclog" WHERE ${ofFlow(flow, status)} LIMIT 1`)).length > 0;
}

/** The same without those that system failures have put off until later. */
export async function hasDueLogEntries(session: Session, flow: MapFlow, now: string, status: UnfinishedStatus): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "open" FROM "gw_synclog" WHERE ${ofFlow(flow, status)} AND ${isDue(now)} LIMIT 1`)).length > 0;
}

/** Whether change sets of a table map and direction wait for a run: open, and held by none. */
export async function hasFreeLogEntries(session: Session, flow: MapFlow, now: string): Promise<boolean> {
  const rows = await query(session, sql`SELECT 1 AS "free" FROM "gw_synclog" WHERE ${ofFlow(flow, SyncLogStatus.OPEN)} AND ${isFree(now)} LIMIT 1`);
  return rows.length > 0;
}

/** How many open change sets of a table map and direction others hold, and until when: the last of them, or null for none. */
export async function readHeld(
  session: Session, flow: MapFlow, now: string, status: UnfinishedStatus = SyncLogStatus.OPEN,
): Promise<{ count: number; until: string | null }> {
  const [row] = await query<{ held: number | string; until: string | null }>(session, sql`
    SELECT COUNT(*) AS "held", MAX("gw_leaseexpires") AS "until" FROM "gw_synclog"
    WHERE ${ofFlow(flow, status)} AND "gw_leaseexpires" > ${now}`);
  return { count: Number(row!.held), until: row!.until };
}

/** What system failures have put off, change sets or records: how many, until when the first of them, and what was said of that one. */
export interface PutOff {
  readonly count: number;
  readonly until: string;
  readonly failure: string;
}

/** The change sets of table maps that are put off, queued or to be moved to the error list; null for none. */
export async function summarizePutOffChangeSets(session: Session, mapNames: readonly string[], now: string): Promise<PutOff | null> {
  const [row] = await query<{ count: number | string; until: string; failure: string }>(session, sql`
    SELECT COUNT(*) OVER () AS "count", "gw_nexttryon" AS "until", "gw_lastfailure" AS "failure" FROM "gw_synclog"
    WHERE "gw_status" IN (${SyncLogStatus.OPEN}, ${SyncLogStatus.KEEPING}) AND ${inList(session, raw('"gw_map"'), mapNames)} AND "gw_nexttryon" > ${now}
    ORDER BY "gw_nexttryon", "gw_id" LIMIT 1`);
  return row ? { ...row, count: Number(row.count) } : null;
}

/** A change set as it was claimed: it loses its lease also when somebody skips the queue that it is in. */
export type ClaimedEntry = Pick<SyncLogEntry, 'id' | 'status'>;

/** Stores how far a change set was carried and renews its lease, in the unit of work that wrote the chunk. */
export async function saveProgress(work: UnitOfWork, entry: ClaimedEntry, cursor: string | null, lease: Lease): Promise<void> {
  const changed = await execute(work, sql`UPDATE "gw_synclog" SET "gw_cursor" = ${cursor}, "gw_leaseexpires" = ${lease.expires}
    WHERE "gw_id" = ${entry.id} AND "gw_status" = ${entry.status} AND "gw_leaseowner" = ${lease.owner}`);
  if (changed !== 1) throw new LeaseLostError(`the change set of log entry ${entry.id}`);
}

/** Closes a change set: all of its records were carried, or are listed as errors. */
export async function completeLogEntry(work: UnitOfWork, entry: ClaimedEntry, cursor: string | null, lease: Lease): Promise<void> {
  const changed = await execute(work, sql`UPDATE "gw_synclog" SET "gw_status" = ${SyncLogStatus.DONE}, "gw_doneon" = ${lease.now},
    "gw_cursor" = COALESCE(${cursor}, "gw_cursor"), "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL
    WHERE "gw_id" = ${entry.id} AND "gw_status" = ${entry.status} AND "gw_leaseowner" = ${lease.owner}`);
  if (changed !== 1) throw new LeaseLostError(`the change set of log entry ${entry.id}`);
}

/** What a system failure makes of a change set. */
export type BrokenOff = Pick<SyncLogEntry, 'status' | 'attempts' | 'nextTryOn' | 'lastFailure'>;

/** Puts a change set off, or gives it up to the error list, after a system failure; what was carried of it stays carried. */
export async function breakOff(work: UnitOfWork, entry: ClaimedEntry, to: BrokenOff, lease: Lease): Promise<void> {
  const changed = await execute(work, sql`UPDATE "gw_synclog" SET "gw_status" = ${to.status}, "gw_attempts" = ${to.attempts},
    "gw_nexttryon" = ${to.nextTryOn}, "gw_lastfailedon" = ${lease.now}, "gw_lastfailure" = ${to.lastFailure}, "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL
    WHERE "gw_id" = ${entry.id} AND "gw_status" = ${entry.status} AND "gw_leaseowner" = ${lease.owner}`);
  if (changed !== 1) throw new LeaseLostError(`the change set of log entry ${entry.id}`);
}

/** Gives a change set back, so that the next run need not wait for the lease to expire. */
export async function releaseLogEntry(work: UnitOfWork, entryId: string, owner: string): Promise<void> {
  await execute(work, sql`UPDATE "gw_synclog" SET "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL
    WHERE "gw_id" = ${entryId} AND "gw_leaseowner" = ${owner}`);
}

/** Takes everything that is in a map's queue out of it, whoever is carrying it. Says how many change sets these are. */
export async function skipQueue(
  work: UnitOfWork, mapName: string, status: SyncLogStatus.KEEPING | SyncLogStatus.DISCARDED, now: string,
): Promise<number> {
  const doneOn = status === SyncLogStatus.DISCARDED ? now : null;
  return execute(work, sql`UPDATE "gw_synclog" SET "gw_status" = ${status}, "gw_doneon" = ${doneOn}, "gw_nexttryon" = NULL,
    "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL
    WHERE "gw_status" = ${SyncLogStatus.OPEN} AND "gw_map" = ${mapName}`);
}

/** The table maps and directions of which skipped change sets are still to be moved to the error list. */
export async function readFlowsToKeep(session: Session): Promise<MapFlow[]> {
  return query<MapFlow>(session, sql`SELECT DISTINCT "gw_map" AS "map", "gw_direction" AS "direction" FROM "gw_synclog"
    WHERE "gw_status" = ${SyncLogStatus.KEEPING} ORDER BY "gw_map", "gw_direction"`);
}

/** Those of which some change sets are held by no run. */
export async function readFreeFlowsToKeep(session: Session, now: string): Promise<MapFlow[]> {
  return query<MapFlow>(session, sql`SELECT DISTINCT "gw_map" AS "map", "gw_direction" AS "direction" FROM "gw_synclog"
    WHERE "gw_status" = ${SyncLogStatus.KEEPING} AND ${isFree(now)}`);
}
