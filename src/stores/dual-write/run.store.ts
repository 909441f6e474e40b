import { Run, RunMap, RunStatus, type MapFlow, type RunKind } from '../../entities/dual-write';
import { insertRows, selectRows, updateRows } from '../bulk';
import { execute, executeReturning, join, query, sql, type Session, type UnitOfWork } from '../session';

export async function insertRun(work: UnitOfWork, run: { id: string; kind: RunKind; startedOn: string; actor: string; aliveUntil: string | null }): Promise<void> {
  await insertRows(work, Run, [{ ...run, status: RunStatus.RUNNING }]);
}

/** How a run ended. */
export interface RunEnd {
  readonly status: RunStatus.SUCCEEDED | RunStatus.FINISHED_WITH_ERRORS | RunStatus.FAILED;
  /** A sentence for people, cut to what the column holds. */
  readonly message: string | null;
  readonly outcome: unknown;
}

const MESSAGE_CHARACTERS_MAX = 1000;

export async function endRun(work: UnitOfWork, id: string, finishedOn: string, end: RunEnd): Promise<void> {
  const run = await readRun(work, id);
  // A run that fell silent for too long has been ended by somebody else.
  if (run?.status !== RunStatus.RUNNING) return;
  await updateRows(work, Run, [{
    id, status: end.status, finishedOn, message: end.message?.slice(0, MESSAGE_CHARACTERS_MAX) ?? null, outcome: end.outcome ?? null,
  }]);
}

/** Says that a run's process lives until then, unless the run has ended. */
export async function keepRunAlive(work: UnitOfWork, id: string, aliveUntil: string): Promise<void> {
  await execute(work, sql`UPDATE "gw_run" SET "gw_aliveuntil" = ${aliveUntil} WHERE "gw_id" = ${id} AND "gw_status" = ${RunStatus.RUNNING}`);
}

/** Whether a run has lost its process: past its time, and still RUNNING. */
export async function hasOverdueRuns(session: Session, now: string): Promise<boolean> {
  const rows = await query(session, sql`SELECT 1 AS "overdue" FROM "gw_run" WHERE "gw_status" = ${RunStatus.RUNNING} AND "gw_aliveuntil" < ${now} LIMIT 1`);
  return rows.length > 0;
}

/**
 * Ends the runs that have lost their process as FAILED, but for the given ones, and gives their ids. Their idempotency keys are
 * forgotten, whatever mutation they belong to, so that the same request can begin them anew.
 */
export async function failOverdueRuns(work: UnitOfWork, now: string, message: string, except: readonly string[]): Promise<string[]> {
  const others = except.length === 0 ? sql`` : sql` AND "gw_id" NOT IN (${join(except.map((id) => sql`${id}`), ', ')})`;
  const ended = await executeReturning<{ gw_id: string }>(work, sql`UPDATE "gw_run"
    SET "gw_status" = ${RunStatus.FAILED}, "gw_finishedon" = ${now}, "gw_message" = ${message}
    WHERE "gw_status" = ${RunStatus.RUNNING} AND "gw_aliveuntil" < ${now}${others} RETURNING "gw_id"`);
  const ids = ended.map((row) => row.gw_id);
  for (const runId of ids) await execute(work, sql`DELETE FROM "gw_idempotency" WHERE "gw_outcome" = ${JSON.stringify({ runId })}`);
  return ids;
}

/** Forgets that an idempotency key led to this run: it did nothing, so the same key may ask again. */
export async function forgetRunKey(work: UnitOfWork, mutation: string, outcome: unknown): Promise<void> {
  await execute(work, sql`DELETE FROM "gw_idempotency" WHERE "gw_mutation" = ${mutation} AND "gw_outcome" = ${JSON.stringify(outcome)}`);
}

export async function readRun(session: Session, id: string): Promise<Run | null> {
  const [run] = await selectRows(session, Run, sql`WHERE t."gw_id" = ${id}`);
  return run ?? null;
}

/** The outcomes of runs by their ids; null while a run is at work, or when it has none. */
export async function readOutcomes(session: Session, ids: readonly string[]): Promise<Map<string, unknown>> {
  const runs = await selectRows(session, Run, sql`WHERE t."gw_id" IN (${join(ids.map((id) => sql`${id}`), ', ')})`);
  return new Map(runs.map((run) => [run.id, run.outcome]));
}

/** What a run did in each table map and direction, those towards finance first, in the order in which they were added. */
export async function readRunMaps(session: Session, runId: string): Promise<RunMap[]> {
  return selectRows(session, RunMap, sql`WHERE t."gw_run" = ${runId} ORDER BY t."gw_id"`);
}

/** Records of a table map by what became of them, and how long it took in milliseconds. */
export interface RunMapCounts {
  readonly read: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly waiting: number;
  /** Of a skipped queue, moved to the error list. */
  readonly kept?: number;
  readonly durationMs: number;
}

/** Adds a report of a run for each table map and direction that has none in it yet. */
export async function insertRunMaps(work: UnitOfWork, runId: string, flows: readonly (MapFlow & { id: string })[]): Promise<void> {
  await insertRows(work, RunMap, flows.map((flow) => ({ id: flow.id, runId, mapName: flow.map, direction: flow.direction })), { ifAbsent: true });
}

/** Adds to what a run did in a table map, in the unit of work that did it. */
export async function addToRunMap(work: UnitOfWork, runMapId: string, counts: RunMapCounts): Promise<void> {
  await execute(work, sql`UPDATE "gw_runmap" SET
    "gw_read" = "gw_read" + ${counts.read},
    "gw_written" = "gw_written" + ${counts.written},
    "gw_skipped" = "gw_skipped" + ${counts.skipped},
    "gw_failed" = "gw_failed" + ${counts.failed},
    "gw_waiting" = "gw_waiting" + ${counts.waiting},
    "gw_kept" = "gw_kept" + ${counts.kept ?? 0},
    "gw_durationms" = "gw_durationms" + ${counts.durationMs}
    WHERE "gw_id" = ${runMapId}`);
}

/** Sets how many records a table map has left waiting. */
export async function setWaiting(work: UnitOfWork, runMapId: string, waiting: number): Promise<void> {
  await execute(work, sql`UPDATE "gw_runmap" SET "gw_waiting" = ${waiting} WHERE "gw_id" = ${runMapId}`);
}

/** Says how many records an initial sync has to push in a run. */
export async function setTotal(work: UnitOfWork, runMapId: string, total: number): Promise<void> {
  await execute(work, sql`UPDATE "gw_runmap" SET "gw_total" = ${total} WHERE "gw_id" = ${runMapId}`);
}

/** Says why nothing of a table map and direction could be carried in a run. */
export async function setFailure(work: UnitOfWork, runId: string, flow: MapFlow, { code, sentence }: { code: string; sentence: string }): Promise<void> {
  await execute(work, sql`UPDATE "gw_runmap" SET "gw_failurecode" = ${code}, "gw_failure" = ${sentence}
    WHERE "gw_run" = ${runId} AND "gw_map" = ${flow.map} AND "gw_direction" = ${flow.direction}`);
}
