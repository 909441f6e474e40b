import { RunKind, RunStatus } from '../../src/entities/dual-write';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { systemClock } from '../../src/kernel/clock';
import { insertRun, readRun } from '../../src/stores/dual-write/run.store';
import { periodicJobs } from '../../src/worker/jobs';
import { Worker } from '../../src/worker/worker';
import { onBothEngines } from '../support/engines';

onBothEngines('the periodic jobs', (gateway) => {
  it('WORKER-08 the sweep ends a run whose process died, and says which', async () => {
    const { context, database } = gateway();
    await ensureTableMaps(context);
    const id = context.ids.next();
    await database.write((work) => insertRun(work, {
      id, kind: RunKind.POST_JOURNALS, startedOn: '2026-01-01T00:00:00.000Z', actor: 'somebody', aliveUntil: '2026-01-01T00:01:00.000Z',
    }));
    const jobs = periodicJobs({ syncIntervalMs: null, importIntervalMs: null, quarantineAfterMs: null });
    const worker = new Worker({ context, jobs, name: 'worker', clock: systemClock });
    await worker.register();
    await worker.tick();
    expect(await readRun(database.reader, id)).toMatchObject({ status: RunStatus.FAILED, message: expect.stringContaining('Its process ended') });
  });

  it('WORKER-04 sync and import without work start no run', async () => {
    const { context, database } = gateway();
    const jobs = periodicJobs({ syncIntervalMs: 1_000, importIntervalMs: 1_000, quarantineAfterMs: null });
    const worker = new Worker({ context, jobs, name: 'worker', clock: systemClock });
    await worker.register();
    await worker.tick();
    const before = await database.reader.manager.query('SELECT COUNT(*) AS runs FROM "gw_run"');
    await worker.tick();
    expect(await database.reader.manager.query('SELECT COUNT(*) AS runs FROM "gw_run"')).toEqual(before);
    expect(Number(before[0].runs)).toBe(1);
  });
});
