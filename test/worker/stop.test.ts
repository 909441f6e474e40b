import { setTimeout as pause } from 'node:timers/promises';
import { RunKind, RunStatus } from '../../src/entities/dual-write';
import { PeriodicJobOutcome } from '../../src/entities/gateway';
import { runSync, startSync } from '../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { systemClock } from '../../src/kernel/clock';
import { Unavailable } from '../../src/kernel/unavailable';
import { readRun } from '../../src/stores/dual-write/run.store';
import { readPeriodicJobs } from '../../src/stores/periodic-job.store';
import { query, sql } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';
import { periodicJobs } from '../../src/worker/jobs';
import { Worker } from '../../src/worker/worker';
import { sync } from '../flow/3-sync/rungs';
import { buildWorld } from '../support/builders';
import { onBothEngines } from '../support/engines';

const RECORDS = 3_000;

onBothEngines('a process that is told to end', (gateway) => {
  const staged = async (): Promise<number> =>
    Number((await query<{ n: number }>(gateway().database.reader, sql`SELECT COUNT(*) AS "n" FROM "ProjCDSActualsImport"`))[0]!.n);
  const held = async (): Promise<number> =>
    Number((await query<{ n: number }>(gateway().database.reader, sql`SELECT COUNT(*) AS "n" FROM "gw_synclog" WHERE "gw_leaseowner" IS NOT NULL`))[0]!.n);

  async function beginAndStop<T>(begin: (stopping: AbortSignal) => T): Promise<T> {
    const stopping = new AbortController();
    const before = await staged();
    const begun = begin(stopping.signal);
    while ((await staged()) === before) await pause(1);
    stopping.abort();
    return begun;
  }

  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    await (await buildWorld(gateway())).unbilledMany(RECORDS / 2);
  });

  it('WORKER-09 gives a sync back behind the chunk that it is at, says so in its run, and the next one goes on at once', async () => {
    const { context, database } = gateway();
    const begun = await beginAndStop((stopping) => startSync({ ...context, stopping }, {}, { mutation: 'sync', input: {} }));
    const stopped = begun.finished;
    await expect(stopped).rejects.toMatchObject({ name: 'Unavailable', code: 'STOPPING' } satisfies Partial<Unavailable>);
    const carried = await staged();
    expect([carried > 0 && carried < RECORDS, await held()]).toEqual([true, 0]);
    expect(await readRun(database.reader, begun.id)).toMatchObject({ status: RunStatus.FAILED, kind: RunKind.SYNC, message: expect.stringContaining('told to end') });
    expect((await sync(gateway())).run.status).toBe(RunStatus.SUCCEEDED);
    expect(await staged()).toBe(RECORDS);
  });

  it('WORKER-09 tells whoever waits for it in another process that the same request may be made again', async () => {
    const { context, location } = gateway();
    await (await buildWorld(gateway())).unbilledMany(RECORDS / 2);
    const request = { mutation: 'sync', input: {}, idempotencyKey: 'the same' };
    const other = await Database.open(location);
    let waiting: Promise<void> | undefined;
    await beginAndStop(async (stopping) => {
      const begun = await startSync({ ...context, stopping }, {}, request);
      const repeated = await startSync({ ...context, database: other }, {}, request);
      waiting = repeated.finished;
      await expect(begun.finished).rejects.toBeInstanceOf(Unavailable);
      expect([repeated.isRepeated, repeated.id]).toEqual([true, begun.id]);
    });
    await expect(waiting).rejects.toMatchObject({ name: 'Unavailable', code: 'STOPPING' });
    await runSync({ ...context, database: other }, {}, request);
    expect(await staged()).toBe(2 * RECORDS);
    await other.close();
  });

  it('WORKER-09 gives a periodic job back, which is due at once for the next worker', async () => {
    const { context, database } = gateway();
    await (await buildWorld(gateway())).unbilledMany(RECORDS / 2);
    const jobs = periodicJobs({ syncIntervalMs: 3_600_000, importIntervalMs: null, quarantineAfterMs: null });
    const worker = (name: string, stopping?: AbortSignal) => new Worker({
      context: { ...context, ...(stopping && { stopping }) }, jobs, name, clock: systemClock,
    });
    await worker('first').register();
    await beginAndStop((stopping) => worker('first', stopping).tick());
    const job = async () => (await readPeriodicJobs(database.reader, ['sync'])).get('sync')!;
    expect(await job()).toMatchObject({ heldBy: null, lastOutcome: PeriodicJobOutcome.STOPPED });
    expect(await held()).toBe(0);
    await worker('second').tick();
    expect(await job()).toMatchObject({ heldBy: null, lastOutcome: PeriodicJobOutcome.DONE });
    expect(await staged()).toBe(3 * RECORDS);
  });
});
