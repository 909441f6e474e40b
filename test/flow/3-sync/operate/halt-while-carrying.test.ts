import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { raw } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { mapNamed, operated } from './operating';
import { interrupted, sync } from '../rungs';

const { actuals } = TABLE_MAPS;

onBothEngines('a map that is halted while a run carries it', (gateway) => {
  const stagedCount = async () => (await selectRows(gateway().database.reader, StagedActual, raw(''))).length;

  it.each(['pauseTableMaps', 'stopTableMaps'] as const)('MAP-04 MAP-08 is left by the run after %s, and goes on when it runs again', async (halt) => {
    await ensureTableMaps(gateway().context);
    const world = await buildWorld(gateway());
    // 1,400 actuals: three chunks.
    await world.unbilledMany(700);
    const before = await stagedCount();
    // Begin the run, add its report, claim the change set, carry a chunk; then somebody halts the map.
    const database = interrupted(gateway().database, 4, () => operated(gateway(), halt, actuals));
    const { run } = await sync({ database, context: { ...gateway().context, database } }, { maps: [actuals] });
    expect(await stagedCount() - before).toBe(500);
    expect(run.message).toContain(`Paused or stopped meanwhile, queue kept: ${actuals}`);
    // What of the change set is still to be sent, and not what went with the first chunk.
    expect((await mapNamed(gateway(), actuals)).queue).toMatchObject({ changeSets: 1, records: 900 });
    const { tableMap } = await ask(gateway(), `query ($name: String!) { tableMap(name: $name) {
      queuedRecords(first: 200) { totalCount nodes { integrationKey } }
    } }`, { name: actuals });
    const sent = new Set((await selectRows(gateway().database.reader, StagedActual, raw(''))).map((actual) => actual.actualId));
    expect(tableMap.queuedRecords.totalCount).toBe(900);
    expect(tableMap.queuedRecords.nodes.filter(({ integrationKey }: { integrationKey: string }) => sent.has(integrationKey))).toEqual([]);
    await sync(gateway());
    expect(await stagedCount() - before).toBe(500);
    await operated(gateway(), 'runTableMaps', actuals);
    await sync(gateway());
    expect(await stagedCount() - before).toBe(1400);
  });
});
