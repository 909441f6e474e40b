import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from '../context';
import { RunStatus, type RunKind } from '../entities/dual-write';
import { timestampOf } from '../kernel/clock';
import { Refused } from '../kernel/refusal';
import { Unavailable, UNAVAILABLE_CODES } from '../kernel/unavailable';
import {
  endRun, failOverdueRuns, forgetRunKey, hasOverdueRuns, insertRun, keepRunAlive, readRun, type RunEnd,
} from '../stores/dual-write/run.store';
import { patiently } from '../stores/outage';
import type { UnitOfWork } from '../stores/session';
import type { Database } from '../stores/unit-of-work';
import { runCommand, type CommandRequest } from './command';

/** Milliseconds that a mutation waits for its run when the caller says nothing. */
export const RUN_WAIT_MS_DEFAULT = 30_000;
/** Longest time in milliseconds that a mutation may wait for its run: below what proxies on the way cut off. */
export const RUN_WAIT_MS_MAX = 120_000;

/** How long a run counts as alive after its process last said so, and how often it says so, in milliseconds. */
const RUN_LEASE_MS = 60_000;
const RUN_HEARTBEAT_MS = 15_000;

/** Milliseconds between two looks at a run that another process works on. */
const OTHER_PROCESS_POLL_MS = 100;

const PROCESS_ENDED = 'Its process ended; what it had done is kept, ask again for the rest.';

function leaseEnd({ clock }: CommandContext): string {
  return new Date(clock.now().getTime() + RUN_LEASE_MS).toISOString();
}

/** What long work hands back when it did what was asked, perhaps but for single records. */
export interface RunResult {
  readonly status: RunStatus.SUCCEEDED | RunStatus.FINISHED_WITH_ERRORS;
  /** A sentence for people. */
  readonly message?: string | null;
  /** Ids of what was produced or refused, not data. */
  readonly outcome?: unknown;
  /** False when some items were refused: refusals are not stored, so the same key may ask for them again. */
  readonly keepsKey?: boolean;
}

/** A run that has begun. `finished` settles when its work has; it rejects with what the work threw. */
export interface StartedRun {
  readonly id: string;
  /** The same idempotency key came before: this is that run, and nothing was started. */
  readonly isRepeated: boolean;
  readonly finished: Promise<void>;
}

/** The runs that this process is working on. Only for waiting: what a run did is in the database. */
const inProgress = new WeakMap<Database, Map<string, Promise<void>>>();

function runsOf(database: Database): Map<string, Promise<void>> {
  const runs = inProgress.get(database) ?? new Map<string, Promise<void>>();
  inProgress.set(database, runs);
  return runs;
}

/**
 * Starts long work that outlives the request for it: stores the run in a unit of work of its own, then works, then stores how
 * it ended. The work goes on whether or not somebody waits. With an idempotency key, the same request leads to the same run; a
 * run that threw, or whose process died, is forgotten under its key, so that the same request begins a new one.
 *
 * `check` refuses what the state of the records does not allow. A request that was made before under its key is not checked: it gets
 * its run, whatever became of the records since.
 */
export async function startRun(
  context: CommandContext, kind: RunKind, request: CommandRequest, work: (run: { readonly id: string }) => Promise<RunResult>,
  check?: (unitOfWork: UnitOfWork) => Promise<void>,
): Promise<StartedRun> {
  const { mutation, idempotencyKey } = request;
  await endOrphanedRuns(context);
  const id = context.ids.next();
  const begun = await runCommand(context, request, async (unitOfWork) => {
    await check?.(unitOfWork);
    await insertRun(unitOfWork, { id, kind, startedOn: timestampOf(context.clock), actor: context.actor, aliveUntil: leaseEnd(context) });
    return { runId: id };
  });
  const runs = runsOf(context.database);
  if (begun.runId !== id) {
    const finished = runs.get(begun.runId) ?? endedElsewhere(context, begun.runId);
    finished.catch(() => undefined);
    return { id: begun.runId, isRepeated: true, finished };
  }
  const finished = perform(context, id, work, idempotencyKey ? mutation : null);
  runs.set(id, finished);
  finished.catch(() => undefined).finally(() => runs.delete(id));
  return { id, isRepeated: false, finished };
}

/** Stores long work that has ended already, for whom nobody could wait. */
export async function recordRun(context: CommandContext, kind: RunKind, startedOn: string, result: RunEnd): Promise<void> {
  const id = context.ids.next();
  await context.database.write(async (unitOfWork) => {
    await insertRun(unitOfWork, { id, kind, startedOn, actor: context.actor, aliveUntil: null });
    await endRun(unitOfWork, id, timestampOf(context.clock), result);
  });
}

/** Whether a run has lost its process. */
export function hasOrphanedRuns({ database, clock }: Pick<CommandContext, 'database' | 'clock'>): Promise<boolean> {
  return hasOverdueRuns(database.reader, timestampOf(clock));
}

/**
 * Ends the runs whose process is gone as FAILED, and gives their ids: nobody else would. Called when the program starts, before each
 * new run, and by a worker every now and then.
 */
export async function endOrphanedRuns({ database, clock, log }: Pick<CommandContext, 'database' | 'clock' | 'log'>): Promise<string[]> {
  const now = timestampOf(clock);
  if (!(await hasOverdueRuns(database.reader, now))) return [];
  const ended = await database.write((unitOfWork) => failOverdueRuns(unitOfWork, now, PROCESS_ENDED, [...runsOf(database).keys()]));
  for (const run of ended) log.warn({ run }, 'a run had lost its process');
  return ended;
}

/** Resolves when a run of another process has ended or fallen silent, after the longest wait at the latest; throws why it failed. */
async function endedElsewhere({ database, clock }: CommandContext, id: string): Promise<void> {
  for (const giveUpAt = performance.now() + RUN_WAIT_MS_MAX; performance.now() < giveUpAt;) {
    const run = await readRun(database.reader, id);
    if (run?.status === RunStatus.FAILED) throw failureOf(run.message ?? PROCESS_ENDED);
    if (run?.status !== RunStatus.RUNNING || (run.aliveUntil ?? '') < timestampOf(clock)) return;
    await pause(OTHER_PROCESS_POLL_MS, undefined, { ref: false });
  }
}

/** Why a run of another process failed. When that process ended, the same request may be made again: its key is forgotten. */
function failureOf(message: string): Error {
  return [PROCESS_ENDED, UNAVAILABLE_CODES.STOPPING].includes(message) ? new Unavailable('STOPPING', { message }) : new Error(message);
}

async function perform(
  context: CommandContext, id: string, work: (run: { readonly id: string }) => Promise<RunResult>, keyedMutation: string | null,
): Promise<void> {
  const started = performance.now();
  const end = async (result: RunEnd, isForgotten = false) => {
    await patiently(() => context.database.write(async (unitOfWork) => {
      await endRun(unitOfWork, id, timestampOf(context.clock), result);
      if (isForgotten && keyedMutation) await forgetRunKey(unitOfWork, keyedMutation, { runId: id });
    }), context.stopping);
    const durationMs = Math.round(performance.now() - started);
    context.log.info({ run: id, status: RunStatus[result.status], message: result.message, durationMs }, 'run ended');
  };
  const heartbeat = setInterval(() => {
    context.database.write((unitOfWork) => keepRunAlive(unitOfWork, id, leaseEnd(context)))
      .catch((problem: unknown) => context.log.warn({ run: id, error: problem }, 'a run could not say that it is alive'));
  }, RUN_HEARTBEAT_MS);
  try {
    const { status, message = null, outcome = null, keepsKey = true } = await patiently(() => work({ id }), context.stopping);
    await end({ status, message, outcome }, !keepsKey);
  } catch (error) {
    await end(endOf(error), true).catch((problem: unknown) => context.log.error({ run: id, error: problem }, 'the end of a run was not stored'));
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A refusal is an answer, listed in the outcome; anything else is a failure. */
function endOf(error: unknown): RunEnd {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Refused) return { status: RunStatus.FINISHED_WITH_ERRORS, message, outcome: { refusals: error.refusals } };
  return { status: RunStatus.FAILED, message, outcome: null };
}

/** Whether a promise settled in time: with its value, or not yet. */
export type WithinWait<T> = { readonly isFinished: true; readonly value: T } | { readonly isFinished: false };

/**
 * Waits for long work, but no longer than `waitMs` (30,000 unless told, 120,000 at most). What it does after that is its own
 * affair: the work goes on, and a failure is in its run. A failure within the wait is thrown.
 */
export async function withinWait<T>(promise: Promise<T>, waitMs?: number | null): Promise<WithinWait<T>> {
  const milliseconds = Math.min(Math.max(waitMs ?? RUN_WAIT_MS_DEFAULT, 0), RUN_WAIT_MS_MAX);
  // From here on a rejection has a listener, so that a late one does not end the process.
  const settled = promise.then((value) => ({ isFinished: true, value }) as const);
  settled.catch(() => undefined);
  const timer = new AbortController();
  const late = pause(milliseconds, { isFinished: false } as const, { signal: timer.signal });
  late.catch(() => undefined);
  try {
    return await Promise.race([settled, late]);
  } finally {
    timer.abort();
  }
}

/** Resolves when this process works on no run of a database any more, whatever became of them. For an orderly end. */
export async function drainRuns(database: Database): Promise<void> {
  await Promise.allSettled(runsOf(database).values());
}
