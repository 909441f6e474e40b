import { setTimeout as pause } from 'node:timers/promises';
import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, MasterSide, SyncErrorStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { startOperations } from '../../../../src/flow/3-sync/operate/continue-operations';
import { runTableMaps } from '../../../../src/flow/3-sync/operate/run-table-maps.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { insertRows, selectRows } from '../../../../src/stores/bulk';
import { raw, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { ERRORS, Process } from '../../../support/process';
import { actualRow, change, deleteRows, dyingAfter, errorOf, laterContext, sync, wholeState } from '../rungs';
import { activitiesOf, mapNamed, operated, runEverything } from './operating';

const { actuals, connections, customerInvoices, invoices, milestones } = TABLE_MAPS;

interface MapToRun {
  readonly name: string;
  readonly initialSync?: boolean;
  readonly master?: 'DATAVERSE' | 'FINANCE';
}

/** Runs maps by the API, and gives what the run did in each. */
async function run(gateway: TestGateway, tableMaps: readonly MapToRun[], more: object = {}) {
  const { runTableMaps: answered } = await ask(gateway, `mutation ($input: RunTableMapsInput!) { runTableMaps(input: $input) {
    tableMaps { name status } run { kind status maps { nodes { mapName direction read written skipped total } } } ${ERRORS}
  } }`, { input: { tableMaps, ...more } });
  return answered;
}

onBothEngines('an initial sync', (gateway) => {
  let world: World;
  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    world = await buildWorld(gateway());
  });
  // Every test begins with maps 2 and 3 stopped and nothing queued.
  beforeEach(async () => {
    await runEverything(gateway());
    await operated(gateway(), 'stopTableMaps', actuals, connections);
  });

  const staged = async (actualId: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0];
  const count = async (table: string) => (await gateway().database.reader.manager.query(`SELECT COUNT(*) AS "count" FROM "${table}"`) as [{ count: number | string }])[0];
  const inDataverse = async () => Number((await count('msdyn_actual')).count);
  /** Actuals that no command has logged: as they stand before dual-write is set up. */
  const unlogged = async (howMany: number) => {
    const rows = Array.from({ length: howMany }, () => actualRow(gateway(), world));
    await gateway().database.write((work) => insertRows(work, Actual, rows));
    return rows.map((row) => row.id);
  };

  it('MAP-13 pushes every record, runs then, and carries what changed meanwhile', async () => {
    const [first] = await unlogged(3);
    const answered = await run(gateway(), [{ name: actuals, initialSync: true }]);
    const total = await inDataverse();
    expect(answered).toMatchObject({
      errors: [], tableMaps: [{ name: actuals, status: 'RUNNING' }],
      run: { kind: 'OPERATE', status: 'SUCCEEDED', maps: { nodes: [{ mapName: actuals, direction: 'DATAVERSE_TO_FINANCE', read: total, written: 3, skipped: total - 3, total }] } },
    });
    expect(await staged(first!)).toMatchObject({ sourceVersion: 1 });
    expect((await activitiesOf(gateway(), actuals)).slice(-2).map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['INITIAL_SYNC_BEGUN', `Initial sync begun: ${total} records of msdyn_actual.`],
      ['INITIAL_SYNC_ENDED', `Initial sync done: read ${total}, wrote 3, skipped ${total - 3}, failed 0, waiting 0; running.`],
    ]);
  });

  it('MAP-13 keeps what changes during the initial sync in the queue, and leaves the map to it', async () => {
    const [id] = await unlogged(1);
    const input = { tableMaps: [{ name: actuals, initialSync: true }] };
    await runTableMaps(gateway().context, input, { mutation: 'runTableMaps', input });
    await change(gateway(), Actual, id!, { description: 'Meanwhile' }, [MAP_FLOWS.actuals]);
    const input2 = { maps: [connections] };
    const { run: report } = await sync(gateway(), input2);
    expect(report.message).toContain(`${connections} (STOPPED)`);
    expect(await mapNamed(gateway(), actuals)).toMatchObject({ status: 'INITIALIZING', queue: { changeSets: 1 } });
    const { errors } = await run(gateway(), [{ name: actuals }]);
    expect(errors).toMatchObject([{ __typename: 'StateTransitionError', from: 'INITIALIZING', allowed: ['STOPPED', 'PAUSED'] }]);
    await sync(gateway());
    expect(await mapNamed(gateway(), actuals)).toMatchObject({ status: 'RUNNING', queue: { changeSets: 0 } });
    expect(await staged(id!)).toMatchObject({ description: 'Meanwhile', sourceVersion: 2 });
  });

  it('MAP-14 changes nothing the second time', async () => {
    await unlogged(2);
    await run(gateway(), [{ name: actuals, initialSync: true }]);
    const before = await wholeState(gateway().database.reader);
    await operated(gateway(), 'pauseTableMaps', actuals);
    const { run: second } = await run(gateway(), [{ name: actuals, initialSync: true }]);
    expect(second.maps.nodes).toMatchObject([{ written: 0, skipped: await inDataverse() }]);
    expect(await wholeState(gateway().database.reader)).toEqual(before);
  });

  it('MAP-15 pushes from finance where the map has the way back, and refuses a side from which it does not carry', async () => {
    const { run: back } = await run(gateway(), [{ name: actuals, initialSync: true, master: 'FINANCE' }]);
    expect(back.maps.nodes).toMatchObject([{ mapName: actuals, direction: 'FINANCE_TO_DATAVERSE' }]);
    await operated(gateway(), 'stopTableMaps', invoices, customerInvoices);
    const refused = await run(gateway(), [
      { name: invoices, initialSync: true, master: 'FINANCE' }, { name: customerInvoices, initialSync: true, master: 'DATAVERSE' }, { name: connections },
    ]);
    expect(refused.errors).toMatchObject([
      { __typename: 'OneWayDirectionError', owner: 'Dataverse', path: ['input', 'tableMaps', '0', 'master'] },
      { __typename: 'OneWayDirectionError', owner: 'finance', path: ['input', 'tableMaps', '1', 'master'] },
    ]);
    expect(refused.tableMaps).toEqual([]);
    const { run: own } = await run(gateway(), [{ name: customerInvoices, initialSync: true }]);
    expect(own.maps.nodes).toMatchObject([{ mapName: customerInvoices, direction: 'FINANCE_TO_DATAVERSE' }]);
  });

  it('MAP-16 goes on after the process died in the middle, once the lease has expired', async () => {
    const ids = await unlogged(1100);
    const input = { tableMaps: [{ name: actuals, initialSync: true, master: MasterSide.DATAVERSE }] };
    await runTableMaps(gateway().context, input, { mutation: 'runTableMaps', input });
    // A run begins, claims the initial sync, adds its report and the total, and pushes one chunk.
    const { dying, bury } = dyingAfter(gateway().database, 5);
    const died = await startOperations({ ...gateway().context, database: dying }, [actuals], { mutation: 'runTableMaps (work)', input });
    await pause(2500);
    bury();
    await died.finished.catch(() => undefined);
    const { initialSyncs } = await ask(gateway(), '{ initialSyncs(filter: { status: { eq: RUNNING } }) { nodes { status read total tableMap { name status } } } }');
    expect(initialSyncs.nodes).toEqual([{ status: 'RUNNING', read: 500, total: await inDataverse(), tableMap: { name: actuals, status: 'INITIALIZING' } }]);
    await sync(gateway());
    expect((await mapNamed(gateway(), actuals)).status).toBe('INITIALIZING');
    await sync({ database: gateway().database, context: laterContext(gateway().context) });
    expect((await mapNamed(gateway(), actuals)).status).toBe('RUNNING');
    const arrived = new Set((await selectRows(gateway().database.reader, StagedActual, raw(''))).map((row) => row.actualId));
    expect(ids.filter((id) => !arrived.has(id))).toEqual([]);
  });

  it('MAP-16 is given up when somebody stops the map', async () => {
    const input = { tableMaps: [{ name: actuals, initialSync: true }] };
    await runTableMaps(gateway().context, input, { mutation: 'runTableMaps', input });
    await operated(gateway(), 'stopTableMaps', actuals);
    expect((await activitiesOf(gateway(), actuals)).at(-1)!.sentence).toBe(`Stopped; its changes are queued. Its initial sync was given up after 0 of ${await inDataverse()} records.`);
    await sync(gateway());
    const { tableMap } = await ask(gateway(), 'query ($name: String!) { tableMap(name: $name) { status initialSyncs(first: 1) { nodes { status finishedOn } } } }', { name: actuals });
    expect(tableMap).toEqual({ status: 'STOPPED', initialSyncs: { nodes: [{ status: 'GIVEN_UP', finishedOn: '2026-06-30T12:00:00.000Z' }] } });
  });

  it('MAP-17 pushes related maps in their order, so that nothing waits, and runs what a map depends on', async () => {
    const { unbilledId } = await world.unbilled();
    const answered = await run(gateway(), [{ name: connections, initialSync: true }, { name: actuals, initialSync: true }]);
    expect(answered.run.maps.nodes.map((map: { mapName: string }) => map.mapName)).toEqual([actuals, connections]);
    expect(await staged(unbilledId)).toBeDefined();
    const { syncErrors } = await ask(gateway(), '{ syncErrors(filter: { status: { eq: WAITING } }) { totalCount } }');
    expect(syncErrors.totalCount).toBe(0);
    await operated(gateway(), 'stopTableMaps', actuals, connections);
    const related = await run(gateway(), [{ name: connections }], { withRelated: true });
    expect(related.tableMaps).toEqual([{ name: connections, status: 'RUNNING' }, { name: actuals, status: 'RUNNING' }]);
    expect((await activitiesOf(gateway(), actuals)).at(-1)!.sentence).toBe(`Running, because ${connections} depends on it.`);
  });

  it('MAP-18 shows its progress while nobody waits for it', async () => {
    await unlogged(600);
    const { run: begun } = await run(gateway(), [{ name: actuals, initialSync: true }], { waitMs: 0 });
    expect(begun.status).toBe('RUNNING');
    for (let looks = 0; (await mapNamed(gateway(), actuals)).status === 'INITIALIZING' && looks < 200; looks += 1) await pause(50);
    const { tableMap } = await ask(gateway(), 'query ($name: String!) { tableMap(name: $name) { status initialSyncs(first: 1) { nodes { status read written total } } } }', { name: actuals });
    const total = await inDataverse();
    expect(tableMap).toEqual({ status: 'RUNNING', initialSyncs: { nodes: [{ status: 'DONE', read: total, written: 600, total }] } });
  });

  it('MAP-13 lists what cannot be carried and goes on', async () => {
    const unknown = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', unknown.facts.projects.timeAndMaterial.number);
    const bad = actualRow(gateway(), unknown);
    await gateway().database.write((work) => insertRows(work, Actual, [bad]));
    const { run: report } = await run(gateway(), [{ name: actuals, initialSync: true }]);
    expect(report.status).toBe('FINISHED_WITH_ERRORS');
    expect(await errorOf(gateway(), bad.id)).toMatchObject({ code: 'LOOKUP_NOT_FOUND', status: SyncErrorStatus.OPEN });
  });

  it('MAP-13 brings milestones and their on-account transactions, as the live map and a resumed one do', async () => {
    const process = new Process(gateway());
    const onAccount = async (id: string) => {
      await process.importFromStaging();
      const { onAccountTransactions } = await ask(gateway(), 'query ($id: String!) { onAccountTransactions(filter: { milestoneId: { eq: $id } }) { nodes { amount } } }', { id });
      return onAccountTransactions.nodes;
    };
    await operated(gateway(), 'stopTableMaps', milestones);
    const before = await world.milestone({ amount: '1000' });
    expect(await onAccount(before)).toEqual([]);
    await run(gateway(), [{ name: milestones, initialSync: true }]);
    expect(await onAccount(before)).toEqual([{ amount: '1000' }]);
    const live = await world.milestone({ amount: '1100' });
    await sync(gateway());
    expect(await onAccount(live)).toEqual([{ amount: '1100' }]);
    await operated(gateway(), 'pauseTableMaps', milestones);
    const queued = await world.milestone({ amount: '1200' });
    await sync(gateway());
    expect(await onAccount(queued)).toEqual([]);
    expect(await operated(gateway(), 'resumeTableMaps', milestones)).toEqual([[milestones, 'RESUMING']]);
    await sync(gateway());
    expect(await onAccount(queued)).toEqual([{ amount: '1200' }]);
    expect((await mapNamed(gateway(), milestones)).status).toBe('RUNNING');
  });
});
