import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { previewedFlows } from '../../../../src/flow/3-sync/preview/previewed-flows';
import { previewPage } from '../../../../src/flow/3-sync/preview/preview-sync';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import { fixedClock, timestampOf } from '../../../../src/kernel/clock';
import type { World } from '../../../support/builders';
import { onBothEngines, TEST_NOW } from '../../../support/engines';
import { breakStaging, later } from '../errors/broken-system';
import { actualRow, addChangeSet, errorOf, freshWorld, sync } from '../rungs';

onBothEngines('a preview after system failures', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  beforeEach(async () => { world = await freshWorld(gateway()); });

  const at = (ms: number) => timestampOf(fixedClock(new Date(TEST_NOW.getTime() + ms)));
  const announced = async (ms: number) => {
    const { flows } = await previewedFlows(gateway().database.reader, {}, at(ms));
    const { records } = await previewPage(gateway().database.reader, flows, { first: 100, after: null });
    return records.map(({ recordId, outcome }) => [recordId, outcome]);
  };

  it('PREVIEW-08 announces a change set that was put off when its time has come', async () => {
    const actual = actualRow(gateway(), world);
    await addChangeSet(gateway(), { actuals: [actual] });
    const mend = await breakStaging(gateway());
    await sync(gateway());
    await mend();
    expect([await announced(500), await announced(2_000)]).toEqual([[], [[actual.id, 'CREATE']]]);
    await sync(later(gateway(), 2_000));
    expect(await announced(2_000)).toEqual([]);
  });

  it('PREVIEW-08 announces an open error that is due when a run tries it', async () => {
    const actual = actualRow(gateway(), world);
    await addChangeSet(gateway(), { actuals: [actual] });
    const mend = await breakStaging(gateway());
    for (let tries = 1; tries <= 10; tries += 1) await sync(later(gateway(), tries * 600_000));
    const all = { all: true };
    await retrySyncErrors(later(gateway(), 7_000_000).context, all, { mutation: 'retrySyncErrors', input: all });
    await mend();
    const due = Date.parse((await errorOf(gateway(), actual.id))!.nextTryOn!) - TEST_NOW.getTime();
    expect([await announced(due - 1), await announced(due)]).toEqual([[], [[actual.id, 'CREATE']]]);
    await sync(later(gateway(), due));
    expect(await announced(due)).toEqual([]);
  });
});
