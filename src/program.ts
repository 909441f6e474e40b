import type { Logger } from 'pino';
import { loadSettings, readEnvironment, type Settings } from './config';
import type { CommandContext } from './context';
import { keepConfirmingInBulk } from './flow/2-confirm/bulk/bulk-confirmation.worker';
import { keepDelivering } from './flow/3-sync/errors/alerts/keep-delivering';
import { ensureTableMaps } from './flow/3-sync/seed-table-maps';
import { drainRuns, endOrphanedRuns } from './flow/runs';
import { systemClock } from './kernel/clock';
import { timeOrderedIds } from './kernel/ids';
import { explainStartFailure, openDatabase } from './server/start-failure';
import { hasCompanies } from './stores/health.store';
import { periodicJobs, type WorkerSettings } from './worker/jobs';
import { keepWorking } from './worker/live';
import { workerName } from './worker/name';
import { Worker } from './worker/worker';

/** Who does periodic work, and loads the sample: stored with what they did. */
export const PROGRAM = 'gateway';

/** Runs a program with the settings of the environment; says why, and ends, when it cannot begin. */
export function begin(run: (settings: Settings) => Promise<void>): void {
  let settings: Settings | undefined;
  const start = async () => {
    settings = loadSettings(readEnvironment());
    await run(settings);
  };
  start().catch((error: unknown) => {
    process.stderr.write(`${explainStartFailure(error, settings)}\n`);
    process.exit(1);
  });
}

/** What the server and the worker have in common: an open database that is ready for either. */
export interface Program {
  readonly shared: Omit<CommandContext, 'actor'>;
  /** Whether the database held nothing. */
  readonly isNew: boolean;
  /** Aborts `shared.stopping`. */
  readonly stopLongWork: () => void;
}

/** Opens and migrates the database, and ends the runs whose process died. */
export async function openProgram(settings: Settings, log: Logger): Promise<Program> {
  const database = await openDatabase(settings.location, log);
  try {
    const isNew = !(await hasCompanies(database.reader));
    // Under a clock that stands still ids repeat from start to start: a database that has records already holds them.
    const ids = settings.reproducible && !isNew ? timeOrderedIds() : settings.ids;
    const stopping = new AbortController();
    const shared = { database, clock: settings.clock, ids, settings: settings.flow, log, stopping: stopping.signal };
    await ensureTableMaps(shared);
    await endOrphanedRuns(shared);
    return { shared, isNew, stopLongWork: () => stopping.abort() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Confirms what is scheduled in bulk. Gives what stops it. */
export function confirmInBulk({ shared }: Program): () => Promise<void> {
  return keepConfirmingInBulk(shared);
}

/** Sends the notifications of alerts. Gives what stops it. */
export function deliver({ shared }: Program): () => Promise<void> {
  return keepDelivering({ ...shared, actor: PROGRAM });
}

/** Begins periodic work. Gives what stops it: the jobs end behind the chunk that they are at, because nobody waits for them. */
export async function startWorking({ shared }: Program, settings: WorkerSettings): Promise<() => Promise<void>> {
  const jobs = periodicJobs(settings);
  const stopping = new AbortController();
  const context = { ...shared, actor: PROGRAM, stopping: stopping.signal };
  const worker = new Worker({ context, jobs, name: workerName(), clock: systemClock });
  await worker.register();
  shared.log.info({ jobs: jobs.map(({ name, everyMs }) => ({ name, everyMs })) }, 'periodic work begins');
  const stop = keepWorking(worker, jobs);
  return async () => {
    stopping.abort();
    await stop();
  };
}

/** Has the long work of requests end behind its next chunk, waits for it, and closes the database. */
export async function closeProgram({ shared: { database }, stopLongWork }: Program): Promise<void> {
  stopLongWork();
  await drainRuns(database);
  await database.close();
}
