import type { CommandContext } from '../context';
import { PeriodicJobOutcome, type PeriodicJob } from '../entities/gateway';
import { timestampOf, type Clock } from '../kernel/clock';
import { Unavailable } from '../kernel/unavailable';
import { patiently } from '../stores/outage';
import { addPeriodicJob, changePeriodicJob, readPeriodicJobs } from '../stores/periodic-job.store';
import type { Job } from './job';
import { isDue, nextDueAfter, pauseAfter } from './periodic-job.rules';
import { IDLE_NOTE_MS, JOB_LEASE_MS, JOB_RENEW_MS } from './worker.limits';

/** Who works, on what, and by which clock: the periods' own, which goes on where `CLOCK` makes the business stand still. */
export interface WorkerOptions {
  readonly context: CommandContext;
  readonly jobs: readonly Job[];
  /** Unique among all workers on the database. */
  readonly name: string;
  readonly clock: Clock;
  /** Milliseconds between two renewals of a lease; a test may shorten them. */
  readonly renewMs?: number;
}

const MESSAGE_CHARACTERS_MAX = 1_000;

/** How a job ended. */
interface Ended {
  readonly outcome: PeriodicJobOutcome;
  readonly message: string | null;
}

/**
 * Looks after periodic jobs, beside any number of others on the same database. All that they know of each other is a row per job:
 * who runs it, until when, and when it is due. Each change of it is a compare-and-set on its version, so that of all who find a job
 * due one gets it, and a worker that was given up for dead cannot undo what its successor wrote.
 */
export class Worker {
  /** What this worker is at, by job: a job does not overlap itself. */
  private readonly atWork = new Map<string, Promise<void>>();
  /** The jobs that it could not look at the last time. */
  private readonly unseen = new Set<string>();

  constructor(private readonly options: WorkerOptions) {}

  /** Makes the jobs known to the database; each is due at once, the first time. */
  async register(): Promise<void> {
    const { context: { database, ids }, jobs, clock } = this.options;
    const known = await readPeriodicJobs(database.reader, jobs.map((job) => job.name));
    const added = jobs.filter((job) => !known.has(job.name));
    if (added.length === 0) return;
    await database.write(async (work) => {
      for (const { name, everyMs } of added) await addPeriodicJob(work, { id: ids.next(), name, everyMs, nextDueOn: timestampOf(clock) });
    });
  }

  /** Looks at every job once, and runs those that are due; resolves when they have ended. Never rejects. */
  async tick(): Promise<void> {
    await Promise.all(this.options.jobs.map((job) => this.look(job)));
  }

  /** The same for one job; while this worker is still at it from an earlier look, that is what it waits for. */
  look(job: Job): Promise<void> {
    const running = this.atWork.get(job.name);
    if (running) return running;
    const looking = this.lookAt(job)
      .then(() => void this.unseen.delete(job.name), (error: unknown) => this.noteUnseen(job, error))
      .finally(() => this.atWork.delete(job.name));
    this.atWork.set(job.name, looking);
    return looking;
  }

  /** Said once, not at every look, while the database is away. */
  private noteUnseen(job: Job, error: unknown): void {
    if (!this.unseen.has(job.name)) this.options.context.log.warn({ job: job.name, err: error }, 'a periodic job could not be looked at');
    this.unseen.add(job.name);
  }

  private async lookAt(job: Job): Promise<void> {
    const { context, clock } = this.options;
    const row = (await readPeriodicJobs(context.database.reader, [job.name])).get(job.name);
    if (!row) return this.register();
    if (!isDue(row, job.everyMs, clock.now())) return;
    if (job.hasWork && !(await job.hasWork(context))) return this.noteIdle(job, row);
    const version = await this.claim(job, row);
    if (version !== null) await this.perform(job, { ...row, version });
  }

  private async noteIdle(job: Job, row: PeriodicJob): Promise<void> {
    const { context, clock } = this.options;
    const now = clock.now();
    const silence = now.getTime() - Date.parse(row.lastEndedOn ?? '');
    if (row.heldBy === null && silence >= 0 && silence < IDLE_NOTE_MS) return;
    const on = now.toISOString();
    await context.database.write((work) => changePeriodicJob(work, row, {
      everyMs: job.everyMs, nextDueOn: nextDueAfter(row, job.everyMs, now), heldBy: null, heldUntil: null, lastStartedOn: on, lastEndedOn: on,
      lastOutcome: PeriodicJobOutcome.NOTHING_TO_DO, lastMessage: null, failuresInARow: 0,
    }));
  }

  private leaseEnd(): string {
    return new Date(this.options.clock.now().getTime() + JOB_LEASE_MS).toISOString();
  }

  private async claim(job: Job, row: PeriodicJob): Promise<number | null> {
    const { context, clock, name } = this.options;
    if (row.heldBy !== null) context.log.warn({ job: job.name, heldBy: row.heldBy }, 'a periodic job is taken over: its worker fell silent');
    const now = clock.now();
    return context.database.write((work) => changePeriodicJob(work, row, {
      everyMs: job.everyMs, nextDueOn: nextDueAfter(row, job.everyMs, now), heldBy: name, heldUntil: this.leaseEnd(), lastStartedOn: now.toISOString(),
    }));
  }

  private async perform(job: Job, claimed: Pick<PeriodicJob, 'id' | 'version' | 'failuresInARow'>): Promise<void> {
    const { context, clock, renewMs = JOB_RENEW_MS } = this.options;
    const started = performance.now();
    const lease = new Lease(claimed, (held, changes) => context.database.write((work) => changePeriodicJob(work, held, changes)));
    const renewal = setInterval(() => {
      lease.change({ heldUntil: this.leaseEnd() })
        .catch((error: unknown) => context.log.warn({ job: job.name, err: error }, 'a periodic job could not renew its lease'));
    }, renewMs).unref();
    const { outcome, message } = await this.outcomeOf(job).finally(() => clearInterval(renewal));
    const isKept = await lease.change({
      heldBy: null, heldUntil: null, lastEndedOn: timestampOf(clock), lastOutcome: outcome, lastMessage: message?.slice(0, MESSAGE_CHARACTERS_MAX) ?? null,
      ...this.consequence(job, outcome, claimed.failuresInARow),
    });
    const facts = { job: job.name, outcome: PeriodicJobOutcome[outcome], message, durationMs: Math.round(performance.now() - started) };
    if (!isKept) context.log.warn(facts, 'a periodic job ended after another worker had taken it over');
    else if (outcome === PeriodicJobOutcome.DONE) context.log.info(facts, 'periodic job done');
  }

  /** What was given back is due for whoever comes next, and does not tell whether it would have gone well; what fails again and again is tried ever later. */
  private consequence({ everyMs }: Job, outcome: PeriodicJobOutcome, failedBefore: number): Partial<PeriodicJob> {
    const now = this.options.clock.now();
    if (outcome === PeriodicJobOutcome.STOPPED) return { nextDueOn: now.toISOString() };
    if (outcome !== PeriodicJobOutcome.FAILED) return { failuresInARow: 0 };
    const failuresInARow = failedBefore + 1;
    if (failuresInARow === 1) return { failuresInARow };
    return { failuresInARow, nextDueOn: new Date(now.getTime() + pauseAfter(failuresInARow, everyMs)).toISOString() };
  }

  private async outcomeOf(job: Job): Promise<Ended> {
    const { context } = this.options;
    try {
      const message = await patiently(() => job.run(context), context.stopping);
      return { outcome: message === null ? PeriodicJobOutcome.NOTHING_TO_DO : PeriodicJobOutcome.DONE, message };
    } catch (error) {
      if (error instanceof Unavailable && error.code === 'STOPPING') return { outcome: PeriodicJobOutcome.STOPPED, message: error.message };
      context.log.error({ job: job.name, err: error }, 'a periodic job failed');
      return { outcome: PeriodicJobOutcome.FAILED, message: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** A claimed job: its changes go one after the other, each from the version that the one before has made. */
class Lease {
  private last: Promise<number | null>;

  constructor(
    private readonly claimed: { readonly id: string; readonly version: number },
    private readonly write: (held: { id: string; version: number }, changes: Partial<PeriodicJob>) => Promise<number | null>,
  ) {
    this.last = Promise.resolve(claimed.version);
  }

  /** False when another worker has taken the job over. A change that could not be written leaves the version as it was. */
  async change(changes: Partial<PeriodicJob>): Promise<boolean> {
    const before = this.last;
    const after = before.then((version) => (version === null ? null : this.write({ id: this.claimed.id, version }, changes)));
    this.last = after.catch(() => before);
    return (await after) !== null;
  }
}
