import { RunStatus, SyncErrorClass, SyncErrorStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import { pauseMsAfter } from '../../../../src/flow/3-sync/errors/system-failure.rules';
import { PAUSE_MS_MAX, SYSTEM_TRIES_MAX } from '../../../../src/flow/3-sync/sync-limits';
import { selectRows } from '../../../../src/stores/bulk';
import { raw } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { deleteRows, errorOf, sync } from '../rungs';
import { breakStaging, later } from './broken-system';

const { actuals } = TABLE_MAPS;
const ID = '019f1800-0000-7000-8000-00000000ffff';

it('ERROR-01 pauses double from a second to five minutes, each a little longer by its own share', () => {
  const pauses = Array.from({ length: 12 }, (_, index) => pauseMsAfter(index + 1, ID.replace('ffff', '0000')));
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1000));
  expect(pauseMsAfter(1, ID)).toBe(1250);
});

onBothEngines('system failures', (gateway) => {
  let world: World;
  let mend: (() => Promise<void>) | null = null;
  beforeEach(async () => { world = await buildWorld(gateway()); });
  afterEach(async () => {
    await mend?.();
    mend = null;
    await sync(later(gateway(), 24 * 3_600_000));
  });

  const stagedIds = async () => new Set((await selectRows(gateway().database.reader, StagedActual, raw(''))).map((row) => row.actualId));
  const queue = async () => (await ask(gateway(), `{ tableMap(name: "${actuals}") { queue { changeSets brokenOff nextTryOn lastFailure } } }`)).tableMap.queue;

  it('ERROR-02 puts off the change set of a record that meets one, and carries everything else', async () => {
    const bad = await world.unbilled();
    mend = await breakStaging(gateway(), [bad.unbilledId]);
    const good = await world.unbilled();
    const { run } = await sync(gateway());
    expect(run.status).toBe(RunStatus.FINISHED_WITH_ERRORS);
    expect(run.message).toMatch(/1 change set is put off until 12:00:01 UTC or later by a system failure: .+/);
    const staged = await stagedIds();
    expect([bad.unbilledId, bad.costId!, good.unbilledId].map((id) => staged.has(id))).toEqual([false, true, true]);
    expect(await errorOf(gateway(), bad.unbilledId)).toBeNull();
    expect(await queue()).toMatchObject({ changeSets: 1, brokenOff: 1, lastFailure: expect.any(String) });
    await mend();
    mend = null;
    await sync(later(gateway(), 500));
    expect((await stagedIds()).has(bad.unbilledId)).toBe(false);
    await sync(later(gateway(), 1_500));
    expect((await stagedIds()).has(bad.unbilledId)).toBe(true);
    expect(await queue()).toMatchObject({ changeSets: 0, brokenOff: 0, nextTryOn: null });
  });

  it('ERROR-04 finishes with errors and says what is put off: a whole chunk, when the system fails more than a few of its records', async () => {
    await world.unbilledMany(10);
    mend = await breakStaging(gateway());
    const { run } = await sync(gateway());
    expect(run.status).toBe(RunStatus.FINISHED_WITH_ERRORS);
    expect(run.message).toContain('1 change set is put off until 12:00:01 UTC or later by a system failure: ');
    expect(await queue()).toMatchObject({ brokenOff: 1 });
    await mend();
    mend = null;
    await sync(later(gateway(), 2_000));
    expect(await queue()).toMatchObject({ changeSets: 0 });
  });

  it('ERROR-03 lists the records after the last try as SYSTEM errors, and a retry carries them', async () => {
    const bad = await world.unbilled();
    mend = await breakStaging(gateway(), [bad.unbilledId]);
    for (let tries = 1; tries < SYSTEM_TRIES_MAX; tries += 1) {
      await sync(later(gateway(), tries * 2 * PAUSE_MS_MAX));
      expect(await errorOf(gateway(), bad.unbilledId)).toBeNull();
    }
    const last = await sync(later(gateway(), SYSTEM_TRIES_MAX * 2 * PAUSE_MS_MAX));
    expect(last.run.status).toBe(RunStatus.FINISHED_WITH_ERRORS);
    const error = (await errorOf(gateway(), bad.unbilledId))!;
    expect(error).toMatchObject({ class: SyncErrorClass.SYSTEM, status: SyncErrorStatus.OPEN, code: 'SYSTEM_FAILURE', attempts: 1 });
    expect(await errorOf(gateway(), bad.costId!)).toBeNull();
    expect(await queue()).toMatchObject({ changeSets: 0 });
    const retry = () => retrySyncErrors(gateway().context, { errorIds: [error.id] }, { mutation: 'retrySyncErrors', input: {} });
    expect(await retry()).toMatchObject({ failed: 1, errorIds: [error.id] });
    expect(await errorOf(gateway(), bad.unbilledId)).toMatchObject({ class: SyncErrorClass.SYSTEM, attempts: 2 });
    await mend();
    mend = null;
    expect(await retry()).toMatchObject({ resolved: 1, errorIds: [error.id] });
    expect((await stagedIds()).has(bad.unbilledId)).toBe(true);
  });

  it('ERROR-05 never tries a record again by itself whose own data failed', async () => {
    const { unbilledId } = await world.unbilled();
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
    await sync(gateway());
    await sync(later(gateway(), 2 * PAUSE_MS_MAX));
    expect(await errorOf(gateway(), unbilledId)).toMatchObject({ class: SyncErrorClass.APPLICATION, status: SyncErrorStatus.OPEN, attempts: 1 });
  });
});
