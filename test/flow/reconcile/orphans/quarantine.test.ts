import { StagedActual } from '../../../../src/entities/finance';
import { sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { onBothEngines } from '../../../support/engines';
import { ImportDesk } from '../../4-import/import-desk';
import { loseActual, quarantine, release } from './quarantine-desk';

onBothEngines('the quarantine of orphans', (gateway) => {
  const orphanOf = async (sourceId: string): Promise<{ id: string; kind: string; quarantinedOn: string | null; quarantinedBy: string | null }> =>
    (await ask(gateway(), '{ orphans(first: 500) { nodes { id kind sourceId quarantinedOn quarantinedBy } } }')).orphans.nodes
      .find((orphan: { sourceId: string }) => orphan.sourceId === sourceId);
  const rowOf = async (sourceId: string) =>
    (await ask(gateway(), '{ quarantinedRows(first: 500) { nodes { id sourceId legalEntityId amount currencyCode quarantinedOn quarantinedBy reason message isSourceBack } } }'))
      .quarantinedRows.nodes.find((row: { sourceId: string }) => row.sourceId === sourceId);

  it('ORPHAN-03 keeps an orphan as it is, says when, why and by whom, and keeps import from it with prevalidation off', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    await desk.sync();
    const before = await desk.staged(unbilledId);
    const bringBack = await loseActual(desk, unbilledId);
    const { id } = await orphanOf(unbilledId);
    expect(await quarantine(gateway(), { ids: [id] })).toMatchObject({ stagedActualCount: 1, stagedMilestoneCount: 0, errors: [], run: { status: 'SUCCEEDED', kind: 'QUARANTINE' } });
    expect(await quarantine(gateway(), { ids: [id] })).toMatchObject({ stagedActualCount: 0, errors: [] });
    expect((await desk.import()).journalLineCount).toBe(0);
    expect(await desk.staged(unbilledId)).toEqual({
      ...before, version: before.version + 1, quarantinedOn: '2026-06-30T12:00:00.000Z', quarantinedBy: gateway().context.actor, quarantineReason: 0,
    });
    expect(await orphanOf(unbilledId)).toMatchObject({ kind: 'ACTUAL_GONE', quarantinedOn: '2026-06-30T12:00:00.000Z', quarantinedBy: gateway().context.actor });
    expect(await rowOf(unbilledId)).toEqual({
      id, sourceId: unbilledId, legalEntityId: desk.legalEntityId, amount: '1600', currencyCode: desk.world.facts.currency, quarantinedOn: '2026-06-30T12:00:00.000Z',
      quarantinedBy: gateway().context.actor, reason: 'ACTUAL_GONE', message: 'Dataverse does not hold the staged actual any more.', isSourceBack: false,
    });
    await bringBack();
    expect(await rowOf(unbilledId)).toMatchObject({ isSourceBack: true });
    expect(await release(gateway(), { ids: [id] })).toMatchObject({ stagedActualCount: 1, errors: [] });
    expect(await desk.staged(unbilledId)).toEqual({ ...before, version: before.version + 2 });
    expect((await desk.import()).journalLineCount).toBe(1);
  });

  it('ORPHAN-03 lists what is in quarantine of some legal entities or for some reasons only, and counts the whole list', async () => {
    const desk = await ImportDesk.open(gateway());
    const actuals = await desk.world.unbilledMany(2, { cost: false });
    const milestoneId = await desk.world.milestone({ amount: '500' });
    await desk.sync();
    for (const { unbilledId } of actuals) await loseActual(desk, unbilledId);
    await desk.change(sql`UPDATE "msdyn_contractlinescheduleofvalue" SET "msdyn_contractlinescheduleofvalueid" = ${gateway().context.ids.next()} WHERE "msdyn_contractlinescheduleofvalueid" = ${milestoneId}`);
    const listed = async (variables: object) => {
      const { quarantinedRows } = await ask(gateway(), `query ($entities: [String!], $reasons: [OrphanKind!], $first: Int, $after: String) {
        quarantinedRows(legalEntityIds: $entities, reasons: $reasons, first: $first, after: $after) { totalCount nodes { sourceId } pageInfo { hasNextPage endCursor } } }`, { entities: [desk.legalEntityId], ...variables });
      return { ...quarantinedRows, sources: (quarantinedRows.nodes as { sourceId: string }[]).map(({ sourceId }) => sourceId) };
    };
    expect(await listed({})).toMatchObject({ totalCount: 0, sources: [] });
    expect(await quarantine(gateway(), { all: true })).toMatchObject({ stagedActualCount: 2, stagedMilestoneCount: 1, errors: [] });
    const lost = actuals.map(({ unbilledId }) => unbilledId);
    const all = await listed({});
    expect([all.totalCount, [...all.sources].sort()]).toEqual([3, [...lost, milestoneId].sort()]);
    const first = await listed({ first: 1 });
    expect(first).toMatchObject({ totalCount: 3, sources: [all.sources[0]], pageInfo: { hasNextPage: true } });
    expect(await listed({ after: first.pageInfo.endCursor })).toMatchObject({ totalCount: 3, sources: all.sources.slice(1) });
    expect(await listed({ reasons: ['MILESTONE_GONE'] })).toMatchObject({ totalCount: 1, sources: [milestoneId] });
    expect(await listed({ reasons: ['ACTUAL_GONE', 'CONNECTION_GONE'] })).toMatchObject({ totalCount: 2, sources: all.sources.slice(0, 2) });
    expect(await listed({ reasons: [] })).toMatchObject({ totalCount: 0, sources: [] });
    expect(await listed({ entities: ['nowhere'] })).toMatchObject({ totalCount: 0, sources: [] });
    expect((await listed({ entities: null })).totalCount).toBeGreaterThanOrEqual(3);
  });

  it('a quarantine and a release that are repeated under their keys give the stored outcomes, whatever became of the rows since', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    await desk.sync();
    const bringBack = await loseActual(desk, unbilledId);
    const { id } = await orphanOf(unbilledId);
    const [taking, giving] = ['taken', 'given back'].map((key) => ({ ids: [id], idempotencyKey: `${key} ${gateway().engine}` })) as [object, object];
    const taken = await quarantine(gateway(), taking);
    await bringBack();
    const given = await release(gateway(), giving);
    expect([taken, given]).toMatchObject([{ stagedActualCount: 1, errors: [] }, { stagedActualCount: 1, errors: [] }]);
    expect(await quarantine(gateway(), taking)).toEqual(taken);
    expect(await quarantine(gateway(), { ids: [id] })).toMatchObject({ run: null, errors: [{ code: 'BLOCKED' }] });
    await loseActual(desk, unbilledId);
    await quarantine(gateway(), { ids: [id] });
    expect(await release(gateway(), giving)).toEqual(given);
    expect(await release(gateway(), { ids: [id] })).toMatchObject({ run: null, errors: [{ code: 'BLOCKED' }] });
  });

  it('ORPHAN-04 refuses what finance has gone on with, what is no orphan and what does not exist, and nothing of the request moves', async () => {
    const desk = await ImportDesk.open(gateway());
    const [taken, whole, lost] = [await desk.world.unbilled({ cost: false }), await desk.world.unbilled({ cost: false }), await desk.world.unbilled({ cost: false })];
    await desk.sync();
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "IsProcessed" = true WHERE "ActualId" = ${taken.unbilledId}`);
    for (const { unbilledId } of [taken, lost]) await loseActual(desk, unbilledId);
    const idOf = async (actualId: string) => (await ask(gateway(), 'query ($id: String!) { stagedActuals(filter: { actualId: { eq: $id } }) { nodes { id } } }', { id: actualId })).stagedActuals.nodes[0].id as string;
    const ids = await Promise.all([taken, whole, lost].map(({ unbilledId }) => idOf(unbilledId)));
    const unknown = Buffer.from(`StagedActual:${gateway().context.ids.next()}`).toString('base64url');
    const { errors, run } = await quarantine(gateway(), { ids: [...ids, unknown] });
    expect(run).toBeNull();
    expect(errors.map(({ code, path }: { code: string; path: string[] }) => [code, path.at(-1)])).toEqual([['BLOCKED', '0'], ['BLOCKED', '1'], ['NOT_FOUND', '3']]);
    expect(errors[0].message).toMatch(/^Finance has gone on with /);
    await quarantine(gateway(), { all: true });
    const moved = await desk.rows(StagedActual, sql`WHERE t."dataAreaId" = ${desk.legalEntityId} AND t."gw_quarantinedon" IS NOT NULL`);
    expect(moved.map((row) => row.actualId)).toEqual([lost.unbilledId]);
  });
});
