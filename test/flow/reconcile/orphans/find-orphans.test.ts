import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { execute, raw, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { actualRow, addChangeSet, connectionRow, sync } from '../../3-sync/rungs';

onBothEngines('orphans', (gateway) => {
  beforeAll(() => ensureTableMaps(gateway().context));

  const orphans = async (variables: Record<string, unknown> = {}) => (await ask(gateway(), `query ($kinds: [OrphanKind!], $first: Int, $after: String) {
    orphans(kinds: $kinds, first: $first, after: $after) {
      nodes { kind sourceId legalEntityId documentNumber amount currencyCode isTakenUp } pageInfo { hasNextPage endCursor }
    } }`, variables)).orphans;
  const remove = (table: string, column: string, ...ids: string[]) => gateway().database.write(async (work) => {
    for (const id of ids) await execute(work, sql`DELETE FROM ${raw(`"${table}"`)} WHERE ${raw(`"${column}"`)} = ${id}`);
  });

  it('ORPHAN-01 lists what finance holds and Dataverse has lost, kind by kind', async () => {
    const world = await buildWorld(gateway());
    const [whole, other, lost] = [actualRow(gateway(), world), actualRow(gateway(), world), actualRow(gateway(), world)];
    const [halfLost, gone, kept] = [connectionRow(gateway(), whole.id, lost.id), connectionRow(gateway(), other.id, whole.id), connectionRow(gateway(), whole.id, other.id)];
    await addChangeSet(gateway(), { actuals: [whole, other, lost], connections: [halfLost, gone, kept] });
    const milestone = await world.milestone();
    await sync(gateway());
    expect((await orphans()).nodes).toEqual([]);
    await remove('msdyn_transactionconnection', 'msdyn_transactionconnectionid', gone.id);
    await remove('msdyn_contractlinescheduleofvalue', 'msdyn_contractlinescheduleofvalueid', milestone);
    await remove('msdyn_actual', 'msdyn_actualid', lost.id);
    const shared = { legalEntityId: 'USPM', documentNumber: null, amount: null, currencyCode: null, isTakenUp: false };
    const expected = [
      { ...shared, kind: 'ACTUAL_GONE', sourceId: lost.id, amount: '100', currencyCode: 'USD' },
      { ...shared, kind: 'MILESTONE_GONE', sourceId: milestone, amount: '5000', currencyCode: 'USD' },
      { ...shared, kind: 'CONNECTION_GONE', sourceId: gone.id },
      { ...shared, kind: 'CONNECTION_END_GONE', sourceId: halfLost.id },
    ];
    expect((await orphans()).nodes).toEqual(expected);
    expect((await orphans({ kinds: ['ACTUAL_GONE'] })).nodes).toEqual([expected[0]]);
    const first = await orphans({ first: 2 });
    expect(first).toMatchObject({ nodes: expected.slice(0, 2), pageInfo: { hasNextPage: true } });
    expect((await orphans({ after: first.pageInfo.endCursor })).nodes).toEqual(expected.slice(2));
  });

  it('ORPHAN-02 lists a staged connection that is gone, and one that has lost an actual, but none that is whole', async () => {
    const world = await buildWorld(gateway());
    const [first, second, lost] = [actualRow(gateway(), world), actualRow(gateway(), world), actualRow(gateway(), world)];
    const [gone, halfLost] = [connectionRow(gateway(), first.id, second.id), connectionRow(gateway(), second.id, lost.id)];
    await addChangeSet(gateway(), { actuals: [first, second, lost], connections: [gone, halfLost, connectionRow(gateway(), second.id, first.id)] });
    await sync(gateway());
    const known = new Set((await orphans()).nodes.map((orphan: { sourceId: string }) => orphan.sourceId));
    await remove('msdyn_transactionconnection', 'msdyn_transactionconnectionid', gone.id);
    await remove('msdyn_actual', 'msdyn_actualid', lost.id);
    const found = (await orphans({ kinds: ['CONNECTION_GONE', 'CONNECTION_END_GONE'] })).nodes as { kind: string; sourceId: string }[];
    expect(found.filter(({ sourceId }) => !known.has(sourceId)).map(({ kind, sourceId }) => [kind, sourceId])).toEqual([
      ['CONNECTION_GONE', gone.id], ['CONNECTION_END_GONE', halfLost.id],
    ]);
  });
});
