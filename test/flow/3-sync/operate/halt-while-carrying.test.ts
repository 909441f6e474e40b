import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { raw } from '../../../../src/stores/session';
import type { Database } from '../../../../src/stores/unit-of-work';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { mapNamed, operated } from './operating';
import { sync } from '../rungs';

const { actuals } = TABLE_MAPS;

/** A database that does something between two units of work: before the one with this number, counted from zero. */
function interrupted(database: Database, before: number, interruption: () => Promise<unknown>): Database {
  let count = 0;
  const between: Database = Object.create(database);
  between.write = async (work) => {
    if (count++ === before) await interruption();
    return database.write(work);
  };
  return between;
}

onBothEngines('a map that is halted while a run carries it', (gateway) => {
  const stagedCount = async () => (await selectRows(gateway().database.reader, StagedActual, raw(''))).length;

  it.each(['pauseTableMaps', 'stopTableMaps'] as const)('MAP-04 is left by the run after %s, and goes on when it runs again', async (halt) => {
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
    expect((await mapNamed(gateway(), actuals)).queue).toMatchObject({ changeSets: 1 });
    await sync(gateway());
    expect(await stagedCount() - before).toBe(500);
    await operated(gateway(), 'runTableMaps', actuals);
    await sync(gateway());
    expect(await stagedCount() - before).toBe(1400);
  });
});
