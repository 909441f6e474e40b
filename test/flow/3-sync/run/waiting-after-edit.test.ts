import { SyncErrorStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedConnection } from '../../../../src/entities/finance';
import { hasSyncWork } from '../../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { sql } from '../../../../src/stores/session';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { edited } from '../edit/editing';
import { operated, runEverything } from '../operate/operating';
import { actualRow, addChangeSet, clearErrors, connectionRow, deleteRows, errorOf, freshWorld, sync } from '../rungs';

const { actuals, connections } = TABLE_MAPS;
const SHIPPED = { [actuals]: '1.0.0.22', [connections]: '1.0.0.1' };

onBothEngines('records that wait when a table map is changed', (gateway) => {
  let waiting: string;
  let refused: string;
  beforeAll(() => ensureTableMaps(gateway().context));
  // A connection waits for an actual that finance refuses.
  beforeEach(async () => {
    const world = await freshWorld(gateway());
    const other = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', other.facts.projects.timeAndMaterial.number);
    const [good, bad] = [actualRow(gateway(), world), actualRow(gateway(), other)];
    const connection = connectionRow(gateway(), good.id, bad.id);
    await addChangeSet(gateway(), { actuals: [good, bad], connections: [connection] });
    await sync(gateway());
    [waiting, refused] = [connection.id, bad.id];
    expect(await errorOf(gateway(), waiting)).toMatchObject({ status: SyncErrorStatus.WAITING, waitsFor: bad.id, nextTryOn: null, attempts: 1 });
  });
  afterEach(async () => {
    await runEverything(gateway());
    for (const [name, number] of Object.entries(SHIPPED)) await change(name, 'activateTableMapVersion', { number });
    await clearErrors(gateway());
  });

  const change = async (name: string, mutation: 'updateTableMap' | 'activateTableMapVersion', input: object) => {
    await operated(gateway(), 'stopTableMaps', name);
    await edited(gateway(), mutation, { name, ...input });
    await operated(gateway(), 'runTableMaps', name);
  };
  const arrived = async () => (await selectRows(gateway().database.reader, StagedConnection, sql`WHERE t."ConnectionId" = ${waiting}`)).length;

  it('SYNC-23 a record whose map does not ask for the other one any more goes with the next run', async () => {
    await change(connections, 'updateTableMap', { references: [{ column: 'msdyn_transaction1', map: actuals }] });
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect([await arrived(), (await errorOf(gateway(), waiting))!.status]).toEqual([1, SyncErrorStatus.RESOLVED]);
    expect(await hasSyncWork(gateway().context)).toBe(false);
  });

  it('SYNC-23 a record waits no more for one that its own map leaves out by now', async () => {
    await change(actuals, 'updateTableMap', { filter: `msdyn_actualid ne '${refused}'` });
    await sync(gateway());
    expect([await arrived(), (await errorOf(gateway(), waiting))!.status]).toEqual([0, SyncErrorStatus.RESOLVED]);
  });

  it('SYNC-23 a record that goes on waiting is tried once for each change', async () => {
    await change(connections, 'updateTableMap', { filter: "msdyn_transaction1type eq 'msdyn_actual'" });
    await sync(gateway());
    expect(await errorOf(gateway(), waiting)).toMatchObject({ status: SyncErrorStatus.WAITING, waitsFor: refused, nextTryOn: null, attempts: 2 });
    expect(await hasSyncWork(gateway().context)).toBe(false);
    await sync(gateway());
    expect(await errorOf(gateway(), waiting)).toMatchObject({ attempts: 2 });
    await change(connections, 'activateTableMapVersion', { number: SHIPPED[connections] });
    await sync(gateway());
    expect(await errorOf(gateway(), waiting)).toMatchObject({ status: SyncErrorStatus.WAITING, attempts: 3 });
  });
});
