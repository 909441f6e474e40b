import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext, Log } from '../../src/context';
import { PeriodicJob, PeriodicJobOutcome } from '../../src/entities/gateway';
import type { Clock } from '../../src/kernel/clock';
import { timeOrderedIds } from '../../src/kernel/ids';
import { selectRows } from '../../src/stores/bulk';
import { raw } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';
import type { Job } from '../../src/worker/job';
import { Worker } from '../../src/worker/worker';
import { IDLE_NOTE_MS, JOB_LEASE_MS } from '../../src/worker/worker.limits';
import { ask } from '../support/api';
import { onBothEngines, TEST_NOW } from '../support/engines';

const PERIOD_MS = 10_000;

/** A clock that a test moves. */
class MovedClock implements Clock {
  private at = TEST_NOW.getTime();
  now(): Date {
    return new Date(this.at);
  }
  move(ms: number): void {
    this.at += ms;
  }
}

onBothEngines('periodic work', (gateway) => {
  let clock: MovedClock;
  let others: Database[];
  let lines: { level: string; facts: object; message: string }[];
  let names = 0;

  beforeEach(() => {
    clock = new MovedClock();
    others = [];
    lines = [];
    names += 1;
  });
  afterEach(async () => {
    await Promise.all(others.map((database) => database.close()));
  });

  const jobName = () => `job ${names}`;
  const line = (level: string) => (facts: object, message: string) => { lines.push({ level, facts, message }); };
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };

  /** A worker with a connection of its own, as in another process. */
  async function worker(name: string, jobs: readonly Job[], renewMs = 60_000): Promise<Worker> {
    const database = await Database.open(gateway().location);
    others.push(database);
    const context: CommandContext = { ...gateway().context, database, clock, ids: timeOrderedIds(), log };
    const made = new Worker({ context, jobs, name, clock, renewMs });
    await made.register();
    return made;
  }

  async function stored(): Promise<PeriodicJob> {
    const rows = await selectRows(gateway().database.reader, PeriodicJob, raw(''));
    return rows.find((row) => row.name === jobName())!;
  }

  const counting = (count: { runs: number }, extra: Partial<Job> = {}): Job => ({
    name: jobName(), everyMs: PERIOD_MS, run: async () => `run ${(count.runs += 1)}`, ...extra,
  });

  it('WORKER-01 of three workers that look at the same moment, over and over, one runs the job once per period', async () => {
    const count = { runs: 0 };
    const workers = await Promise.all(['one', 'two', 'three'].map((name) => worker(name, [counting(count)])));
    for (let period = 1; period <= 10; period += 1) {
      for (let look = 0; look < 4; look += 1) {
        await Promise.all(workers.map((each) => each.tick()));
        expect(count.runs).toBe(period);
        clock.move(PERIOD_MS / 4);
      }
    }
  });

  it('WORKER-01 a job keeps its rhythm when it is begun late', async () => {
    const count = { runs: 0 };
    const only = await worker('one', [counting(count)]);
    await only.tick();
    clock.move(PERIOD_MS + 3_000);
    await only.tick();
    expect(await stored()).toMatchObject({ nextDueOn: new Date(TEST_NOW.getTime() + 2 * PERIOD_MS).toISOString() });
  });

  it('WORKER-02 a job that takes longer than its period and its lease is left to its worker while that one renews', async () => {
    let finish = (): void => undefined;
    const count = { runs: 0 };
    const long = counting(count, { run: () => new Promise((resolve) => { finish = () => resolve('done'); }) });
    const [first, second] = [await worker('first', [long], 5), await worker('second', [counting(count)])];
    const atWork = first.tick();
    await until(async () => (await stored()).heldBy === 'first');
    for (let minutes = 0; minutes < 5; minutes += 1) {
      clock.move(JOB_LEASE_MS - 5_000);
      const { version } = await stored();
      await until(async () => (await stored()).version > version + 1);
      await second.tick();
    }
    expect([count.runs, (await stored()).heldBy]).toEqual([0, 'first']);
    finish();
    await atWork;
    expect(await stored()).toMatchObject({ heldBy: null, lastOutcome: PeriodicJobOutcome.DONE, lastMessage: 'done' });
  });

  it('WORKER-02 the job of a worker that fell silent is taken over when its lease has expired, and the silent one undoes nothing', async () => {
    let wake = (): void => undefined;
    const count = { runs: 0 };
    const stuck = counting(count, { everyMs: 24 * 3_600_000, run: () => new Promise((resolve) => { wake = () => resolve('too late'); }) });
    const [silent, heir] = [await worker('silent', [stuck]), await worker('heir', [counting(count, { everyMs: 24 * 3_600_000 })])];
    const asleep = silent.tick();
    await until(async () => (await stored()).heldBy === 'silent');
    clock.move(JOB_LEASE_MS - 1);
    await heir.tick();
    expect(count.runs).toBe(0);
    clock.move(1);
    await heir.tick();
    expect([count.runs, (await stored()).lastMessage]).toEqual([1, 'run 1']);
    wake();
    await asleep;
    expect((await stored()).lastMessage).toBe('run 1');
    expect(lines.map(({ message }) => message)).toContain('a periodic job ended after another worker had taken it over');
  });

  it('WORKER-03 a job that throws is logged and recorded, and tried at its next period; its neighbours run on', async () => {
    const count = { runs: 0 };
    const failing = counting(count, { run: async () => { throw new Error(`no ${(count.runs += 1)}`); } });
    const neighbour = { runs: 0 };
    const other: Job = { name: `${jobName()} neighbour`, everyMs: PERIOD_MS, run: async () => `${(neighbour.runs += 1)}` };
    const only = await worker('one', [failing, other]);
    await only.tick();
    await only.tick();
    expect(await stored()).toMatchObject({ lastOutcome: PeriodicJobOutcome.FAILED, lastMessage: 'no 1', heldBy: null });
    expect(lines).toContainEqual({ level: 'error', facts: { job: jobName(), err: new Error('no 1') }, message: 'a periodic job failed' });
    clock.move(PERIOD_MS);
    await only.tick();
    expect([count.runs, neighbour.runs, (await stored()).lastMessage]).toEqual([2, 2, 'no 2']);
  });

  it('WORKER-03 a job that fails again and again is tried ever later, also by other workers, and at its period again once it has gone well', async () => {
    const count = { runs: 0 };
    const failing = counting(count, { run: async () => { if ((count.runs += 1) <= 4) throw new Error('no'); return 'yes'; } });
    const workers = [await worker('one', [failing]), await worker('two', [failing])];
    const triesIn = async (periods: number): Promise<number> => {
      const before = count.runs;
      for (let period = 0; period < periods; period += 1) {
        await Promise.all(workers.map((each) => each.tick()));
        clock.move(PERIOD_MS);
      }
      return count.runs - before;
    };
    expect(await triesIn(1 + 1 + 2 + 3)).toBe(3);
    expect(await stored()).toMatchObject({ failuresInARow: 3, lastOutcome: PeriodicJobOutcome.FAILED });
    expect(await triesIn(1 + 7)).toBe(1);
    expect(await stored()).toMatchObject({ failuresInARow: 4 });
    expect(await triesIn(4)).toBe(4);
    expect(await stored()).toMatchObject({ failuresInARow: 0, lastOutcome: PeriodicJobOutcome.DONE, lastMessage: 'yes' });
  });

  it('WORKER-03 a look that fails, as when the database is away, ends nothing', async () => {
    const count = { runs: 0 };
    let isBroken = true;
    const only = await worker('one', [counting(count, { hasWork: async () => { if (isBroken) throw new Error('away'); return true; } })]);
    await only.tick();
    await only.tick();
    expect(lines).toEqual([{ level: 'warn', facts: { job: jobName(), err: new Error('away') }, message: 'a periodic job could not be looked at' }]);
    isBroken = false;
    await only.tick();
    expect(count.runs).toBe(1);
  });

  it('WORKER-04 a job without work is noted once a minute, and not run', async () => {
    const count = { runs: 0 };
    const only = await worker('one', [counting(count, { hasWork: async () => false })]);
    const versions = new Set<number>();
    for (let passed = 0; passed < 3 * IDLE_NOTE_MS; passed += PERIOD_MS) {
      await only.tick();
      versions.add((await stored()).version);
      clock.move(PERIOD_MS);
    }
    expect([versions.size, count.runs]).toEqual([3, 0]);
    expect(await stored()).toMatchObject({ lastOutcome: PeriodicJobOutcome.NOTHING_TO_DO, heldBy: null });
  });

  it('WORKER-04 work that comes to an idle job is begun at the next look', async () => {
    const count = { runs: 0 };
    let isThere = false;
    const only = await worker('one', [counting(count, { hasWork: async () => isThere })]);
    await only.tick();
    clock.move(PERIOD_MS);
    isThere = true;
    await only.tick();
    expect(count.runs).toBe(1);
  });

  it.each([['forward by a year', 365 * 86_400_000], ['back by a year', -365 * 86_400_000]])('WORKER-05 a clock that is set %s makes one run, and the rhythm goes on', async (_title, jump) => {
    const count = { runs: 0 };
    const only = await worker('one', [counting(count)]);
    await only.tick();
    clock.move(jump);
    await only.tick();
    await only.tick();
    expect(count.runs).toBe(2);
    clock.move(PERIOD_MS);
    await only.tick();
    expect(count.runs).toBe(3);
  });

  it('WORKER-05 a lease that was taken before the clock was set back holds nobody up', async () => {
    const count = { runs: 0 };
    const stuck = counting(count, { run: () => new Promise(() => undefined) });
    const [dead, heir] = [await worker('dead', [stuck]), await worker('heir', [counting(count)])];
    void dead.tick();
    await until(async () => (await stored()).heldBy === 'dead');
    clock.move(-86_400_000);
    await heir.tick();
    expect(count.runs).toBe(1);
  });

  it('WORKER-07 periodicJobs shows what the jobs did, when they are due and who is at them', async () => {
    const count = { runs: 0 };
    await (await worker('one', [counting(count)])).tick();
    const { periodicJobs, periodicJob } = await ask(gateway(), `query ($name: String!) {
      periodicJobs(filter: { name: { eq: $name } }) { totalCount nodes { name everyMs lastStartedOn lastEndedOn lastOutcome lastMessage nextDueOn heldBy heldUntil } }
      periodicJob(name: $name) { lastOutcome }
    }`, { name: jobName() });
    expect(periodicJobs).toEqual({ totalCount: 1, nodes: [{
      name: jobName(), everyMs: PERIOD_MS, lastStartedOn: TEST_NOW.toISOString(), lastEndedOn: TEST_NOW.toISOString(), lastOutcome: 'DONE', lastMessage: 'run 1',
      nextDueOn: new Date(TEST_NOW.getTime() + PERIOD_MS).toISOString(), heldBy: null, heldUntil: null,
    }] });
    expect(periodicJob).toEqual({ lastOutcome: 'DONE' });
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(2);
}
