import { ResumeMode, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual, StagedConnection } from '../../../../src/entities/finance';
import { resumeTableMaps } from '../../../../src/flow/3-sync/operate/resume-table-maps.command';
import type { SyncInput } from '../../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { sql } from '../../../../src/stores/session';
import type { World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { edited, placeOf } from '../edit/editing';
import { mapNamed, operated } from '../operate/operating';
import { actualRow, addChangeSet, connectionRow, freshWorld, interrupted, sync } from '../rungs';

const { actuals, connections } = TABLE_MAPS;
/** Two chunks and a half. */
const RECORDS = 1200;

/** Before the second chunk of a run of one map: the run, its report, the claim of the change set and a chunk are stored by then. */
const SECOND_CHUNK = 4;

onBothEngines('a map that is edited and run again while a run carries it', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  beforeEach(async () => {
    await operated(gateway(), 'stopTableMaps', actuals);
    await edited(gateway(), 'activateTableMapVersion', { name: actuals, number: '1.0.0.22' });
    await operated(gateway(), 'runTableMaps', actuals);
    world = await freshWorld(gateway());
  });

  const edit = async (changes: object) => {
    await operated(gateway(), 'stopTableMaps', actuals);
    await edited(gateway(), 'updateTableMap', { name: actuals, ...changes });
    await operated(gateway(), 'runTableMaps', actuals);
  };
  /** A run in which somebody does something before the unit of work with this number. */
  const syncWith = (interruption: () => Promise<unknown>, input: SyncInput, before = SECOND_CHUNK) => {
    const database = interrupted(gateway().database, before, interruption);
    return sync({ database, context: { ...gateway().context, database } }, input);
  };
  const describedAs = async (description: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."Description" = ${description}`)).length;
  const manyActuals = (changes: object = {}) => Array.from({ length: RECORDS }, () => actualRow(gateway(), world, changes));
  const describeByDefault = async (defaultValue: string) => ({
    changeFields: [{ sequence: await placeOf(gateway(), actuals, 'Description'), field: { target: 'Description', transform: 'DEFAULT', defaultValue } }],
  });

  it('MAPEDIT-01 SYNC-21 what had been carried before the edit stays, and the same run carries the rest by the new definition', async () => {
    const old = `old ${world.contractId}`.slice(0, 30);
    const changed = `new ${world.contractId}`.slice(0, 30);
    await addChangeSet(gateway(), { actuals: manyActuals({ description: old }) });
    const { run, maps } = await syncWith(async () => edit(await describeByDefault(changed)), { maps: [actuals] });
    expect([await describedAs(old), await describedAs(changed)]).toEqual([500, 700]);
    expect(run.message).toContain(`Read ${RECORDS}, wrote ${RECORDS}`);
    expect(maps.find((map) => map.mapName === actuals)).toMatchObject({ read: RECORDS, written: RECORDS });
    expect((await mapNamed(gateway(), actuals)).queue).toMatchObject({ changeSets: 0 });
  });

  it('SYNC-21 an edit of a map that a carried one refers to counts as well', async () => {
    const ends = [actualRow(gateway(), world), actualRow(gateway(), world)];
    await addChangeSet(gateway(), { actuals: ends });
    await sync(gateway());
    const rows = Array.from({ length: RECORDS }, () => connectionRow(gateway(), ends[0]!.id, ends[1]!.id));
    await addChangeSet(gateway(), { connections: rows });
    const { maps } = await syncWith(() => edit({ filter: 'gw_skipsync eq true' }), { maps: [connections] });
    // By the new filter their ends do not go, so neither do they.
    expect(maps.find((map) => map.mapName === connections)).toMatchObject({ written: 500, skipped: RECORDS - 500 });
    expect(await selectRows(gateway().database.reader, StagedConnection, sql`WHERE t."Transaction1Id" = ${ends[0]!.id}`)).toHaveLength(500);
  });

  it('SYNC-21 a skipped queue is listed by the new definition too', async () => {
    await operated(gateway(), 'pauseTableMaps', actuals);
    await addChangeSet(gateway(), { actuals: manyActuals() });
    const resume = { mode: ResumeMode.SKIP_TO_LIVE_KEEPING_QUEUE, tableMaps: [{ name: actuals }] };
    await resumeTableMaps(gateway().context, resume, { mutation: 'resumeTableMaps', input: resume });
    const { maps } = await syncWith(() => edit({ filter: 'gw_skipsync eq true' }), { maps: [actuals] });
    expect(maps.find((map) => map.mapName === actuals)).toMatchObject({ read: RECORDS, kept: 500, skipped: RECORDS - 500 });
  });
});
