import { setTimeout as pause } from 'node:timers/promises';
import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, ResumeMode, SyncError, SyncErrorClass, SyncErrorStatus, SyncLogEntry, SyncLogStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { startOperations } from '../../../../src/flow/3-sync/operate/continue-operations';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import { resumeTableMaps } from '../../../../src/flow/3-sync/operate/resume-table-maps.command';
import { hasSyncWork } from '../../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { raw, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { addChangeSet, actualRow, change, clearErrors, deleteRows, dyingAfter, errorOf, laterContext, sync } from '../rungs';
import { activitiesOf, mapNamed, operate, operated } from './operating';

const { actuals, connections } = TABLE_MAPS;
const KEEPING = { mode: 'SKIP_TO_LIVE_KEEPING_QUEUE' };
const DISCARDING = { mode: 'SKIP_TO_LIVE_DISCARDING_QUEUE' };

onBothEngines('skipping to live', (gateway) => {
  let world: World;
  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    world = await buildWorld(gateway());
  });
  // Every test begins with a paused map that has no queue and no errors.
  beforeEach(async () => {
    for (const name of [actuals, connections]) if ((await mapNamed(gateway(), name)).status !== 'RUNNING') await operated(gateway(), 'runTableMaps', name);
    await sync(gateway());
    await clearErrors(gateway());
    await operated(gateway(), 'pauseTableMaps', actuals);
    await operated(gateway(), 'runTableMaps', connections);
  });

  const staged = async (actualId: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0];
  const errors = () => selectRows(gateway().database.reader, SyncError, raw('ORDER BY t."RecordIdentifier"'));
  const retry = () => retrySyncErrors(gateway().context, { all: true }, { mutation: 'retrySyncErrors', input: { all: true } });

  it('MAP-09 keeps the queue as errors of the class CATCH_UP, carries new changes at once, and the kept ones by a retry', async () => {
    const kept = await world.unbilled();
    const { tableMaps, errors: refused } = await operate(gateway(), 'resumeTableMaps', [actuals], KEEPING);
    expect([tableMaps.map((map) => map.status), refused]).toEqual([['RUNNING'], []]);
    const { syncErrors } = await ask(gateway(), '{ syncErrors(filter: { class: { eq: CATCH_UP } }) { nodes { recordId status code } } }');
    const listed = (recordId: string | null) => ({ recordId, status: 'OPEN', code: 'KEPT_FROM_QUEUE' });
    expect(syncErrors.nodes).toEqual(expect.arrayContaining([listed(kept.unbilledId), listed(kept.costId)]));
    expect(syncErrors.nodes).toHaveLength(2);
    const live = await world.unbilled();
    await sync(gateway());
    expect([await staged(kept.unbilledId), (await staged(live.unbilledId))?.sourceVersion]).toEqual([undefined, 1]);
    expect(await retry()).toMatchObject({ resolved: 3 });
    expect(await staged(kept.unbilledId)).toMatchObject({ sourceVersion: 1 });
    expect((await errors()).every((error) => error.status === SyncErrorStatus.RESOLVED)).toBe(true);
  });

  it('MAP-09 lists nothing that needs no carrying, and a newer change of a kept record carries it and resolves its error', async () => {
    const { unbilledId } = await world.unbilled();
    const hidden = actualRow(gateway(), world, { skipSync: true });
    await addChangeSet(gateway(), { actuals: [hidden] });
    await operate(gateway(), 'resumeTableMaps', [actuals], KEEPING);
    expect(await errorOf(gateway(), hidden.id)).toBeNull();
    await change(gateway(), Actual, unbilledId, { description: 'Changed while live' }, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await staged(unbilledId)).toMatchObject({ description: 'Changed while live', sourceVersion: 2 });
    expect(await errorOf(gateway(), unbilledId)).toMatchObject({ status: SyncErrorStatus.RESOLVED });
  });

  it('MAP-09 says what a kept record fails with once a retry has tried it', async () => {
    const unknown = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', unknown.facts.projects.timeAndMaterial.number);
    const { unbilledId } = await unknown.unbilled();
    await operate(gateway(), 'resumeTableMaps', [actuals], KEEPING);
    expect(await errorOf(gateway(), unbilledId)).toMatchObject({ class: SyncErrorClass.CATCH_UP, attempts: 1 });
    await retry();
    expect(await errorOf(gateway(), unbilledId)).toMatchObject({ class: SyncErrorClass.APPLICATION, code: 'LOOKUP_NOT_FOUND', status: SyncErrorStatus.OPEN });
  });

  it('MAP-10 lists every record once, wherever the process that moves the queue ends', async () => {
    // 1,200 actuals: three chunks.
    const built = await world.unbilledMany(600);
    const input = { tableMaps: [{ name: actuals }], mode: ResumeMode.SKIP_TO_LIVE_KEEPING_QUEUE };
    await resumeTableMaps(gateway().context, input, { mutation: 'resumeTableMaps', input });
    expect(await hasSyncWork(gateway().context)).toBe(true);
    // A run begins, adds its report, claims the change set, then moves chunks: the first process dies before its first chunk. The
    // second, which ends that one's run before, dies after its first chunk.
    for (const unitsOfWork of [3, 5]) {
      const { dying, bury } = dyingAfter(gateway().database, unitsOfWork);
      const context = { ...laterContext(gateway().context, unitsOfWork * 5), database: dying };
      const run = await startOperations(context, [actuals], { mutation: 'resumeTableMaps (work)', input });
      await pause(1500);
      bury();
      await run.finished.catch(() => undefined);
    }
    const before = (await errors()).length;
    expect(before).toBe(500);
    const later = { database: gateway().database, context: laterContext(gateway().context, 60) };
    const { maps } = await sync(later);
    expect(maps.find((map) => map.mapName === actuals)).toMatchObject({ kept: 1200 - before });
    const listed = await errors();
    expect(listed.filter((error) => error.class === SyncErrorClass.CATCH_UP).map((error) => [error.recordId, error.attempts]))
      .toEqual(built.flatMap(({ unbilledId, costId }) => [unbilledId, costId!]).sort().map((id) => [id, 1]));
    expect(await hasSyncWork(gateway().context)).toBe(false);
  });

  it('MAP-11 discards the queue, and remembers what that was', async () => {
    const { unbilledId } = await world.unbilled();
    await world.unbilled();
    await operate(gateway(), 'resumeTableMaps', [actuals], DISCARDING, 'olga');
    expect(await mapNamed(gateway(), actuals)).toMatchObject({ status: 'RUNNING', queue: { changeSets: 0, records: 0 } });
    await sync(gateway());
    expect([await staged(unbilledId), await errorOf(gateway(), unbilledId)]).toEqual([undefined, null]);
    const [actual] = await selectRows(gateway().database.reader, Actual, sql`WHERE t."msdyn_actualid" = ${unbilledId}`);
    const entries = await selectRows(gateway().database.reader, SyncLogEntry, sql`WHERE t."gw_changesetid" = ${actual!.changeSetId} AND t."gw_map" = ${actuals}`);
    expect(entries.map((entry) => entry.status)).toEqual([SyncLogStatus.DISCARDED]);
    expect((await activitiesOf(gateway(), actuals)).at(-1)).toEqual({
      kind: 'SKIPPED_TO_LIVE', actor: 'olga', sentence: 'Skipped to live; 2 queued change sets with 4 records were discarded.',
      facts: { mode: 'SKIP_TO_LIVE_DISCARDING_QUEUE', changeSets: 2, records: 4 },
    });
    // A discarded record comes with its next change.
    await change(gateway(), Actual, unbilledId, { description: 'Changed again' }, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await staged(unbilledId)).toMatchObject({ description: 'Changed again' });
  });

  it.each([KEEPING, DISCARDING])('MAP-12 leaves the rest of the queue behind while it catches up: $mode', async (mode) => {
    const { unbilledId } = await world.unbilled();
    expect(await operated(gateway(), 'resumeTableMaps', actuals)).toEqual([[actuals, 'RESUMING']]);
    expect((await operate(gateway(), 'resumeTableMaps', [actuals])).errors).toMatchObject([{ from: 'RESUMING', allowed: ['PAUSED'] }]);
    const { tableMaps } = await operate(gateway(), 'resumeTableMaps', [actuals], mode);
    expect(tableMaps).toMatchObject([{ status: 'RUNNING' }]);
    await sync(gateway());
    expect(await staged(unbilledId)).toBeUndefined();
    expect((await errorOf(gateway(), unbilledId))?.class ?? null).toBe(mode === KEEPING ? SyncErrorClass.CATCH_UP : null);
  });

  it('MAP-12 refuses to skip to live what neither waits nor catches up', async () => {
    await operated(gateway(), 'runTableMaps', actuals);
    const { errors: refused } = await operate(gateway(), 'resumeTableMaps', [actuals], DISCARDING);
    expect(refused).toMatchObject([{ __typename: 'StateTransitionError', from: 'RUNNING', to: 'RUNNING', allowed: ['PAUSED', 'RESUMING'] }]);
  });

  it('MAP-08 lists the records of the queue page by page, the oldest change first, and finds one by its key', async () => {
    const [first] = await world.unbilledMany(2);
    const second = await world.unbilled();
    await change(gateway(), Actual, first!.unbilledId, { description: 'Changed again' }, [MAP_FLOWS.actuals]);
    const page = (more: string) => ask(gateway(), `query ($name: String!) { tableMap(name: $name) { queuedRecords${more} {
      totalCount nodes { recordId integrationKey direction queuedSince changeSetId } pageInfo { hasNextPage endCursor }
    } } }`, { name: actuals }).then(({ tableMap }) => tableMap.queuedRecords);
    const one = await page('(first: 4)');
    expect(one).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: true } });
    const two = await page(`(first: 4, after: ${JSON.stringify(one.pageInfo.endCursor)})`);
    expect(two).toMatchObject({ pageInfo: { hasNextPage: false } });
    const ids = [...one.nodes, ...two.nodes].map((node: { recordId: string }) => node.recordId);
    expect([ids.length, new Set(ids).size, ids.at(-1)]).toEqual([6, 6, first!.unbilledId]);
    const found = await page(`(integrationKey: "${second.unbilledId}")`);
    expect(found).toMatchObject({ totalCount: 1, nodes: [{ recordId: second.unbilledId, integrationKey: second.unbilledId, direction: 'DATAVERSE_TO_FINANCE', queuedSince: '2026-06-30T12:00:00.000Z' }] });
    await expect(page('(after: "nonsense")')).rejects.toThrow(/cursor/);
    await expect(page('(first: 501)')).rejects.toThrow(/500/);
  });
});
