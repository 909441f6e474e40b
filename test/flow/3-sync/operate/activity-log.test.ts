import { TABLE_MAPS, TableMapActivityKind } from '../../../../src/entities/dual-write';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { recordActivity } from '../../../../src/stores/dual-write/activity.store';
import { ask } from '../../../support/api';
import { onBothEngines } from '../../../support/engines';

onBothEngines('the activity log', (gateway) => {
  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    await gateway().database.write(async (work) => {
      const { context } = gateway();
      await recordActivity(work, context, { kind: TableMapActivityKind.PAUSED, mapName: TABLE_MAPS.actuals, sentence: 'Paused.', facts: { queue: 3 } });
      await recordActivity(work, { ...context, actor: 'ann' }, { kind: TableMapActivityKind.RUN, mapName: TABLE_MAPS.invoices, sentence: 'x'.repeat(2000) });
    });
  });

  it('has the latest line first, with who did it and the figures', async () => {
    const { tableMapActivities } = await ask(gateway(), '{ tableMapActivities { totalCount nodes { on actor mapName kind sentence facts tableMap { name } } } }');
    expect(tableMapActivities).toEqual({ totalCount: 2, nodes: [
      { on: '2026-06-30T12:00:00.000Z', actor: 'ann', mapName: TABLE_MAPS.invoices, kind: 'RUN', sentence: 'x'.repeat(1000), facts: {}, tableMap: { name: TABLE_MAPS.invoices } },
      { on: '2026-06-30T12:00:00.000Z', actor: 'test', mapName: TABLE_MAPS.actuals, kind: 'PAUSED', sentence: 'Paused.', facts: { queue: 3 }, tableMap: { name: TABLE_MAPS.actuals } },
    ] });
  });

  it('is filtered and sorted like every list, and stands in each map', async () => {
    const { paused, tableMap } = await ask(gateway(), `query ($name: String!) {
      paused: tableMapActivities(filter: { kind: { eq: PAUSED } }, orderBy: [{ field: ACTOR }]) { nodes { sentence } }
      tableMap(name: $name) { activities { nodes { kind } } }
    }`, { name: TABLE_MAPS.invoices });
    expect({ paused, tableMap }).toEqual({ paused: { nodes: [{ sentence: 'Paused.' }] }, tableMap: { activities: { nodes: [{ kind: 'RUN' }] } } });
  });
});
