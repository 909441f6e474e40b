import { setTimeout as pause } from 'node:timers/promises';
import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, Run, RunKind, RunStatus } from '../../../../src/entities/dual-write';
import { runSync, startSync } from '../../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { TABLE_MAP_DEFINITIONS } from '../../../../src/flow/3-sync/table-maps';
import { drainRuns, endOrphanedRuns, startRun, withinWait, type RunResult } from '../../../../src/flow/runs';
import { invalid, refuse } from '../../../../src/kernel/refusal';
import { readRun, readRunMaps } from '../../../../src/stores/dual-write/run.store';
import { hasOpenLogEntries, logChangeSet } from '../../../../src/stores/dual-write/sync-log.store';
import { readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { selectRows } from '../../../../src/stores/bulk';
import { raw } from '../../../../src/stores/session';
import { Database } from '../../../../src/stores/unit-of-work';
import { contextOn, freshLocation, onBothEngines, TEST_NOW } from '../../../support/engines';
import { dyingAfter } from '../rungs';

/** Work that ends when a test says so. */
function heldWork() {
  let end!: (result: RunResult) => void;
  let fail!: (error: unknown) => void;
  const work = new Promise<RunResult>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { work: () => work, end, fail };
}

const SUCCEEDED: RunResult = { status: RunStatus.SUCCEEDED, message: 'Done.', outcome: { ids: ['a'] } };

onBothEngines('a run', (gateway) => {
  const start = (work: (run: { id: string }) => Promise<RunResult>, idempotencyKey?: string) =>
    startRun(gateway().context, RunKind.IMPORT, { mutation: 'importFromStaging', input: {}, idempotencyKey }, work);
  const runOf = async (id: string) => (await readRun(gateway().database.reader, id)) as Run;

  it('SYNC-20 is stored before its work begins, and goes on when nobody waits any more', async () => {
    const { work, end } = heldWork();
    const { id, finished } = await start(work);
    expect(await withinWait(finished, 0)).toEqual({ isFinished: false });
    expect(await runOf(id)).toMatchObject({ kind: RunKind.IMPORT, status: RunStatus.RUNNING, actor: 'test', finishedOn: null, outcome: null });
    end(SUCCEEDED);
    await drainRuns(gateway().database);
    expect(await runOf(id)).toMatchObject({ status: RunStatus.SUCCEEDED, message: 'Done.', outcome: { ids: ['a'] }, finishedOn: '2026-06-30T12:00:00.000Z' });
  });

  it('SYNC-20 answers with what it did when that is within the wait', async () => {
    expect(await withinWait(Promise.resolve(7))).toEqual({ isFinished: true, value: 7 });
    const { finished } = await start(async () => SUCCEEDED);
    expect(await withinWait(finished, 10_000)).toEqual({ isFinished: true, value: undefined });
  });

  it('SYNC-20 stores why it failed, throws within the wait, and harms nobody behind it', async () => {
    const failed = await start(async () => { throw new Error('The disk is full'); });
    await expect(withinWait(failed.finished)).rejects.toThrow('The disk is full');
    expect(await runOf(failed.id)).toMatchObject({ status: RunStatus.FAILED, message: 'The disk is full' });

    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const late = heldWork();
    const { id, finished } = await start(late.work);
    expect(await withinWait(finished, 1)).toEqual({ isFinished: false });
    late.fail(new Error('Too late'));
    await drainRuns(gateway().database);
    await pause(5);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(await runOf(id)).toMatchObject({ status: RunStatus.FAILED, message: 'Too late' });
  });

  it('SYNC-20 lists a refusal in its outcome', async () => {
    const { id, finished } = await start(async () => refuse(invalid('NO_PROPOSAL_LINES', 'Nothing to post.')));
    await expect(finished).rejects.toMatchObject({ refusals: [{ code: 'NO_PROPOSAL_LINES' }] });
    expect(await runOf(id)).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, outcome: { refusals: [{ code: 'NO_PROPOSAL_LINES' }] } });
  });

  it('SYNC-20 the same key leads to the same run, and waits for it while it goes on', async () => {
    const { work, end } = heldWork();
    const first = await start(work, 'twice');
    const second = await start(() => Promise.reject(new Error('not again')), 'twice');
    expect(second).toMatchObject({ id: first.id, isRepeated: true });
    expect(await withinWait(second.finished, 1)).toEqual({ isFinished: false });
    end(SUCCEEDED);
    await second.finished;
    expect((await runOf(first.id)).status).toBe(RunStatus.SUCCEEDED);
    const third = await start(work, 'twice');
    await third.finished;
    expect(third.id).toBe(first.id);
  });

  /** A second process on the same database. */
  const elsewhere = async (test: (database: Database) => Promise<void>) => {
    const database = await Database.open(gateway().location);
    await test(database).finally(() => database.close());
  };
  const later = new Date(TEST_NOW.getTime() + 10 * 60_000);
  const PROCESS_ENDED = { status: RunStatus.FAILED, message: 'Its process ended; what it had done is kept, ask again for the rest.' };

  it('SYNC-20 a repeated request waits for a run of another process as long as that lives', () => elsewhere(async (database) => {
    const { work, end } = heldWork();
    const { id, finished } = await start(work, 'living');
    const repeated = await startRun(contextOn(database, new Date(TEST_NOW.getTime() + 1)), RunKind.IMPORT, { mutation: 'importFromStaging', input: {}, idempotencyKey: 'living' }, async () => SUCCEEDED);
    expect(repeated).toMatchObject({ id, isRepeated: true });
    expect(await withinWait(repeated.finished, 250)).toEqual({ isFinished: false });
    end(SUCCEEDED);
    await finished;
    expect(await withinWait(repeated.finished, 10_000)).toMatchObject({ isFinished: true });
  }));

  it('SYNC-20 a run whose process died is ended, and a request with its key begins it anew, once', () => elsewhere(async (database) => {
    const dead = heldWork();
    const { id, finished } = await start(dead.work, 'orphan');
    const context = contextOn(database, later);
    const repeat = (work: () => Promise<RunResult>) =>
      startRun(context, RunKind.IMPORT, { mutation: 'importFromStaging', input: {}, idempotencyKey: 'orphan' }, work);
    const anew = await repeat(async () => SUCCEEDED);
    await anew.finished;
    expect(anew.id).not.toBe(id);
    expect(await runOf(id)).toMatchObject({ ...PROCESS_ENDED, finishedOn: later.toISOString() });
    const again = await repeat(() => Promise.reject(new Error('done already')));
    await again.finished;
    expect(again.id).toBe(anew.id);
    expect(await runOf(anew.id)).toMatchObject({ status: RunStatus.SUCCEEDED, message: 'Done.' });

    dead.fail(new Error('the dead do not end runs'));
    await expect(finished).rejects.toThrow();
    expect(await runOf(id)).toMatchObject(PROCESS_ENDED);
  }));

  it('SYNC-20 a run without a key is ended too once its process has died, one that lives here never', () => elsewhere(async (database) => {
    const { work, end } = heldWork();
    const { id, finished } = await start(work);
    await endOrphanedRuns(contextOn(database));
    await endOrphanedRuns(contextOn(gateway().database, later));
    expect(await runOf(id)).toMatchObject({ status: RunStatus.RUNNING });
    await endOrphanedRuns(contextOn(database, later));
    expect(await runOf(id)).toMatchObject(PROCESS_ENDED);
    end(SUCCEEDED);
    await finished;
    expect(await runOf(id)).toMatchObject(PROCESS_ENDED);
  }));

  it('SYNC-20 a sync whose process died in the middle is done by a request with its key', () => elsewhere(async (database) => {
    const { context } = gateway();
    await ensureTableMaps(context);
    const changeSetId = context.ids.next();
    await gateway().database.write((work) => logChangeSet(work, context, changeSetId, [Actual]));
    const request = { mutation: 'sync', input: {}, idempotencyKey: 'sync orphan' };
    const { dying, bury } = dyingAfter(gateway().database, 3);
    const dead = await startSync({ ...context, database: dying }, {}, request);
    expect(await withinWait(dead.finished, 300)).toEqual({ isFinished: false });
    expect(await readRunMaps(gateway().database.reader, dead.id)).not.toEqual([]);

    const report = await runSync(contextOn(database, new Date(later.getTime() + 1)), {}, request);
    expect(report.run).toMatchObject({ status: RunStatus.SUCCEEDED });
    expect(report.maps.length).toBeGreaterThan(0);
    expect(await runOf(dead.id)).toMatchObject(PROCESS_ENDED);
    expect(await hasOpenLogEntries(gateway().database.reader, MAP_FLOWS.actuals)).toBe(false);
    bury();
    await expect(dead.finished).rejects.toThrow('buried');
  }));

  it('the table maps are there once when several processes start together', async () => {
    const location = await freshLocation(gateway().engine);
    const databases = await Promise.all([Database.open(location), Database.open(location)]);
    try {
      await Promise.all(databases.map((database, index) => ensureTableMaps(contextOn(database, new Date(TEST_NOW.getTime() + index)))));
      const maps = await readTableMaps(databases[0].reader);
      expect(maps.map((map) => [map.name, map.fields.length])).toEqual(TABLE_MAP_DEFINITIONS.map((map) => [map.name, map.fields.length]));
    } finally {
      for (const database of databases) await database.close();
    }
  });

  it('SYNC-20 a run that threw does not hold its key', async () => {
    const first = await start(() => Promise.reject(new Error('no')), 'mended');
    await expect(first.finished).rejects.toThrow('no');
    const second = await start(async () => SUCCEEDED, 'mended');
    expect(second).toMatchObject({ isRepeated: false });
    await second.finished;
    const other = startRun(gateway().context, RunKind.IMPORT, { mutation: 'importFromStaging', input: { other: 1 }, idempotencyKey: 'mended' }, async () => SUCCEEDED);
    await expect(other).rejects.toMatchObject({ refusals: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
  });

  it('SYNC-20 a sync under the same key is one run', async () => {
    await ensureTableMaps(gateway().context);
    const request = { mutation: 'sync', input: {}, idempotencyKey: 'sync-once' };
    const report = await runSync(gateway().context, {}, request);
    const before = await selectRows(gateway().database.reader, Run, raw(''));
    const again = await startSync(gateway().context, {}, request);
    await again.finished;
    expect(again).toMatchObject({ id: report.run.id, isRepeated: true });
    expect(await selectRows(gateway().database.reader, Run, raw(''))).toHaveLength(before.length);
  });
});
