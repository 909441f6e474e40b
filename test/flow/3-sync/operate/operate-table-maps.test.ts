import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, SyncLogStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { hasSyncWork } from '../../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { execute, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { Process } from '../../../support/process';
import { change, sync } from '../rungs';
import { activitiesOf, mapNamed, operate, operated, runEverything } from './operating';

const { actuals, connections, invoices, milestones } = TABLE_MAPS;

onBothEngines('operating table maps', (gateway) => {
  let world: World;
  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    world = await buildWorld(gateway());
  });
  // Every test begins with maps that run and have no queue.
  beforeEach(async () => {
    await runEverything(gateway());
  });

  const staged = async (actualId: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0];
  const statusOf = async (name: string) => (await mapNamed(gateway(), name)).status;

  it('MAP-01 runs, pauses and stops several maps together, by name or id, each state shown in the answer', async () => {
    const { id } = await mapNamed(gateway(), milestones);
    const { tableMaps } = await operate(gateway(), 'stopTableMaps', [invoices, { id }]);
    expect(tableMaps).toMatchObject([{ name: invoices, status: 'STOPPED' }, { name: milestones, status: 'STOPPED' }]);
    expect(await operated(gateway(), 'runTableMaps', milestones, invoices)).toEqual([[milestones, 'RUNNING'], [invoices, 'RUNNING']]);
    expect(await operated(gateway(), 'pauseTableMaps', milestones)).toEqual([[milestones, 'PAUSED']]);
    expect(await operated(gateway(), 'stopTableMaps', milestones)).toEqual([[milestones, 'STOPPED']]);
  });

  it('MAP-01 changes none of several maps when one is not in a state that allows it', async () => {
    await operated(gateway(), 'pauseTableMaps', milestones);
    const { tableMaps, errors } = await operate(gateway(), 'pauseTableMaps', [invoices, milestones]);
    expect(tableMaps).toEqual([]);
    expect(errors).toMatchObject([{
      __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'PAUSED', to: 'PAUSED', allowed: ['RUNNING', 'RESUMING'], path: ['input', 'tableMaps', '1'],
    }]);
    expect(await statusOf(invoices)).toBe('RUNNING');
    const resumed = await operate(gateway(), 'resumeTableMaps', [milestones, invoices, actuals]);
    expect(resumed.errors.map(({ path, from }) => [path, from])).toEqual([[['input', 'tableMaps', '1'], 'RUNNING'], [['input', 'tableMaps', '2'], 'RUNNING']]);
    expect(await statusOf(milestones)).toBe('PAUSED');
  });

  it('MAP-01 refuses maps that there are not, that are named twice or in no way, and names none at all', async () => {
    const { id } = await mapNamed(gateway(), invoices);
    const codes = async (maps: Parameters<typeof operate>[2]) =>
      (await operate(gateway(), 'pauseTableMaps', maps)).errors.map(({ __typename, code, path }) => [__typename, code, path?.join('.')]);
    expect(await codes(['no such map'])).toEqual([['ValidationError', 'MAP_UNKNOWN', 'input.tableMaps.0.name']]);
    expect(await codes([{ id: '00000000-0000-4000-8000-000000000000' }])).toEqual([['NotFoundError', 'NOT_FOUND', 'input.tableMaps.0.id']]);
    expect(await codes([{ id }, { name: invoices }])).toEqual([['ValidationError', 'INVALID_INPUT', 'input.tableMaps.1']]);
    expect(await codes([{}])).toEqual([['ValidationError', 'INVALID_INPUT', 'input.tableMaps.0']]);
    expect(await codes([{ id, name: invoices }])).toEqual([['ValidationError', 'INVALID_INPUT', 'input.tableMaps.0']]);
    expect(await codes([])).toEqual([['ValidationError', 'INVALID_INPUT', 'input.tableMaps']]);
    expect(await statusOf(invoices)).toBe('RUNNING');
  });

  it('MAP-01 does a thing once for one idempotency key', async () => {
    const key = { idempotencyKey: 'pause-1' };
    const first = await operate(gateway(), 'pauseTableMaps', [milestones], key);
    expect(await operate(gateway(), 'pauseTableMaps', [milestones], key)).toEqual(first);
    expect((await operate(gateway(), 'pauseTableMaps', [invoices], key)).errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('MAP-06 refuses a version that the map no longer has', async () => {
    const { version } = await mapNamed(gateway(), milestones);
    await operated(gateway(), 'pauseTableMaps', milestones);
    const { errors } = await operate(gateway(), 'stopTableMaps', [{ name: milestones, expectedVersion: version }]);
    expect(errors).toMatchObject([{ __typename: 'ConflictError', expectedVersion: version, actualVersion: version + 1, path: ['input', 'tableMaps', '0', 'expectedVersion'] }]);
    const { tableMaps } = await operate(gateway(), 'stopTableMaps', [{ name: milestones, expectedVersion: version + 1 }]);
    expect(tableMaps).toMatchObject([{ status: 'STOPPED', version: version + 2 }]);
  });

  it('MAP-03 pauses the maps that depend on a paused one, and shows how maps hang together', async () => {
    const related = 'relatedTableMaps { dependencies { name } dependents { name } }';
    const answered = await ask(gateway(), `query ($actuals: String!, $connections: String!) {
      actuals: tableMap(name: $actuals) { ${related} } connections: tableMap(name: $connections) { ${related} }
    }`, { actuals, connections });
    expect(answered).toEqual({
      actuals: { relatedTableMaps: { dependencies: [], dependents: [{ name: connections }] } },
      connections: { relatedTableMaps: { dependencies: [{ name: actuals }], dependents: [] } },
    });
    expect(await operated(gateway(), 'pauseTableMaps', actuals)).toEqual([[actuals, 'PAUSED'], [connections, 'PAUSED']]);
    expect((await activitiesOf(gateway(), connections)).at(-1)!.sentence).toBe(`Paused, because it depends on ${actuals}; its changes are queued.`);
    // A dependent that is stopped anyway stays so.
    await operated(gateway(), 'runTableMaps', actuals);
    await operated(gateway(), 'stopTableMaps', connections);
    expect(await operated(gateway(), 'pauseTableMaps', actuals)).toEqual([[actuals, 'PAUSED']]);
  });

  it.each(['pauseTableMaps', 'stopTableMaps'] as const)('MAP-02 queues changes after %s and carries them once the map runs again', async (halt) => {
    await operated(gateway(), halt, actuals);
    const { unbilledId } = await world.unbilled();
    const figures = await new Process(gateway()).sync();
    expect(figures.message).toContain(`Not running, queue kept: ${actuals} (${halt === 'pauseTableMaps' ? 'PAUSED' : 'STOPPED'})`);
    expect(await staged(unbilledId)).toBeUndefined();
    await operated(gateway(), 'runTableMaps', actuals);
    await sync(gateway());
    expect(await staged(unbilledId)).toMatchObject({ sourceVersion: 1 });
  });

  it('MAP-08 shows the queue: change sets, records, and since when', async () => {
    expect((await mapNamed(gateway(), actuals)).queue).toEqual({ changeSets: 0, records: 0, oldest: null });
    await operated(gateway(), 'pauseTableMaps', actuals);
    const [first] = await world.unbilledMany(2);
    expect((await mapNamed(gateway(), actuals)).queue).toEqual({ changeSets: 1, records: 4, oldest: '2026-06-30T12:00:00.000Z' });
    await change(gateway(), Actual, first!.unbilledId, { description: 'Changed again' }, [MAP_FLOWS.actuals]);
    expect((await mapNamed(gateway(), actuals)).queue).toMatchObject({ changeSets: 2, records: 4 });
    expect((await mapNamed(gateway(), connections)).queue).toMatchObject({ changeSets: 1, records: 2 });
  });

  it('MAP-05 catches up after a resume, and runs once what stood in the queue is through', async () => {
    await operated(gateway(), 'pauseTableMaps', actuals);
    const built = await world.unbilledMany(3);
    expect(await operated(gateway(), 'resumeTableMaps', actuals, connections)).toEqual([[actuals, 'RESUMING'], [connections, 'RESUMING']]);
    const later = await world.unbilled();
    await sync(gateway(), { maps: [actuals] });
    expect([await statusOf(actuals), await statusOf(connections)]).toEqual(['RUNNING', 'RESUMING']);
    for (const { unbilledId } of [...built, later]) expect(await staged(unbilledId)).toBeDefined();
    await sync(gateway());
    expect(await statusOf(connections)).toBe('RUNNING');
    expect((await activitiesOf(gateway(), actuals)).slice(-3).map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['PAUSED', 'Paused; its changes are queued.'],
      ['CATCHING_UP', 'Resumed; catching up with 1 queued change set.'],
      ['CAUGHT_UP', 'Caught up with its queue; running.'],
    ]);
  });

  it('MAP-05 runs at once when there is no queue, and can be halted again while it catches up', async () => {
    await operated(gateway(), 'pauseTableMaps', actuals);
    expect(await operated(gateway(), 'resumeTableMaps', actuals)).toEqual([[actuals, 'RUNNING']]);
    await operated(gateway(), 'pauseTableMaps', actuals);
    const { unbilledId } = await world.unbilled();
    await operated(gateway(), 'resumeTableMaps', actuals);
    expect(await operated(gateway(), 'pauseTableMaps', actuals)).toEqual([[actuals, 'PAUSED']]);
    await sync(gateway());
    expect(await staged(unbilledId)).toBeUndefined();
  });

  it('MAP-05 runs once a later run looks, should the process end between the last of the queue and that', async () => {
    await operated(gateway(), 'pauseTableMaps', actuals);
    await world.unbilled();
    await operated(gateway(), 'resumeTableMaps', actuals, connections);
    // Whoever carried the last of it ended there.
    await gateway().database.write((work) => execute(work, sql`UPDATE "gw_synclog" SET "gw_status" = ${SyncLogStatus.DONE}`));
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect([await statusOf(actuals), await statusOf(connections), await hasSyncWork(gateway().context)]).toEqual(['RUNNING', 'RUNNING', false]);
  });

  it('MAP-07 writes every change of state into the activity log, with who asked for it', async () => {
    const before = (await activitiesOf(gateway(), invoices)).length;
    for (const operation of ['pauseTableMaps', 'resumeTableMaps', 'stopTableMaps', 'runTableMaps'] as const) await operate(gateway(), operation, [invoices], {}, 'olga');
    expect((await activitiesOf(gateway(), invoices)).slice(before).map(({ kind, actor }) => [kind, actor])).toEqual([
      ['PAUSED', 'olga'], ['CATCHING_UP', 'olga'], ['STOPPED', 'olga'], ['RUN', 'olga'],
    ]);
  });
});
