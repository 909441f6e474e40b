import { tableOf, type TableFacts } from '../../entities/columns';
import { InitialSync, InitialSyncStatus } from '../../entities/dual-write';
import { decodeRow, insertRows, selectRows } from '../bulk';
import { isUnheld, LeaseLostError, type Lease } from '../lease';
import { execute, executeReturning, name, query, sql, type Session, type UnitOfWork } from '../session';
import type { RunMapCounts } from './run.store';

/** Begins an initial sync: it counts what it has to push. */
export async function insertInitialSync(
  work: UnitOfWork, source: TableFacts, sync: Pick<InitialSync, 'id' | 'tableMapId' | 'direction' | 'actor' | 'startedOn'>,
): Promise<number> {
  const [row] = await query<{ count: number | string }>(work, sql`SELECT COUNT(*) AS "count" FROM ${name(source.table)}`);
  const total = Number(row!.count);
  await insertRows(work, InitialSync, [{ ...sync, status: InitialSyncStatus.RUNNING, total }]);
  return total;
}

/** The initial syncs that are not through, by whomever they are pushed. */
export async function readUnfinishedInitialSyncs(session: Session): Promise<InitialSync[]> {
  return selectRows(session, InitialSync, sql`WHERE t."gw_status" = ${InitialSyncStatus.RUNNING} ORDER BY t."gw_id"`);
}

/** Takes an initial sync that nobody holds, as it stands now; null when somebody does, or when it has ended. */
export async function claimInitialSync(work: UnitOfWork, id: string, lease: Lease): Promise<InitialSync | null> {
  const [row] = await executeReturning<Record<string, unknown>>(work, sql`
    UPDATE "gw_initialsync" SET "gw_leaseowner" = ${lease.owner}, "gw_leaseexpires" = ${lease.expires}
    WHERE "gw_id" = ${id} AND "gw_status" = ${InitialSyncStatus.RUNNING} AND ${isUnheld(lease.now)}
    RETURNING *`);
  return row ? (decodeRow(tableOf(InitialSync), row) as InitialSync) : null;
}

/** Stores how far an initial sync has come and renews its lease, in the unit of work that wrote the chunk. */
export async function saveInitialSync(
  work: UnitOfWork, id: string, cursor: string, counts: Omit<RunMapCounts, 'durationMs' | 'kept'>, lease: Lease,
): Promise<void> {
  const changed = await execute(work, sql`UPDATE "gw_initialsync" SET "gw_cursor" = ${cursor}, "gw_leaseexpires" = ${lease.expires},
    "gw_read" = "gw_read" + ${counts.read}, "gw_written" = "gw_written" + ${counts.written}, "gw_skipped" = "gw_skipped" + ${counts.skipped},
    "gw_failed" = "gw_failed" + ${counts.failed}, "gw_waiting" = "gw_waiting" + ${counts.waiting}
    WHERE "gw_id" = ${id} AND "gw_status" = ${InitialSyncStatus.RUNNING} AND "gw_leaseowner" = ${lease.owner}`);
  if (changed !== 1) throw new LeaseLostError(`the initial sync ${id}`);
}

/** Gives an initial sync back, so that the next run need not wait for the lease to expire. */
export async function releaseInitialSync(work: UnitOfWork, id: string, owner: string): Promise<void> {
  await execute(work, sql`UPDATE "gw_initialsync" SET "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL WHERE "gw_id" = ${id} AND "gw_leaseowner" = ${owner}`);
}

/** Ends the initial sync of a map, if one is not through. Gives it as it ended; null for none. */
export async function endInitialSync(
  work: UnitOfWork, tableMapId: string, status: InitialSyncStatus.DONE | InitialSyncStatus.GIVEN_UP, now: string,
): Promise<InitialSync | null> {
  const [row] = await executeReturning<Record<string, unknown>>(work, sql`
    UPDATE "gw_initialsync" SET "gw_status" = ${status}, "gw_finishedon" = ${now}, "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL
    WHERE "gw_dualwriteprojectconfiguration" = ${tableMapId} AND "gw_status" = ${InitialSyncStatus.RUNNING} RETURNING *`);
  return row ? (decodeRow(tableOf(InitialSync), row) as InitialSync) : null;
}
