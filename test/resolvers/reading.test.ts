import { RunKind } from '../../src/entities/dual-write';
import { insertRun } from '../../src/stores/dual-write/run.store';
import { ask, send } from '../support/api';
import { buildWorld, type World } from '../support/builders';
import { onBothEngines } from '../support/engines';

onBothEngines('reading the graph', (gateway) => {
  let world: World;
  beforeAll(async () => {
    world = await buildWorld(gateway());
    await world.unbilledMany(30, (index) => ({ quantity: String(index + 1) }));
    await world.milestone();
  });

  const backlog = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: BillingBacklogItemFilter, $orderBy: [BillingBacklogItemOrder!]) {
    billingBacklog(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      totalCount nodes { quantity classification } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const byQuantity = [{ field: 'QUANTITY' }];
  const time = { classification: { eq: 'TIME' } };

  it('pages forwards through a whole list, each row once, in the order asked for', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { billingBacklog: page } = await ask(gateway(), backlog, { first: 7, after, filter: time, orderBy: byQuantity });
      expect(page.totalCount).toBe(30);
      seen.push(...page.nodes.map((node: { quantity: string }) => node.quantity));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => String(index + 1)));
  });

  it('pages backwards from the end', async () => {
    const { billingBacklog: end } = await ask(gateway(), backlog, { last: 3, filter: time, orderBy: byQuantity });
    expect(end.nodes.map((node: { quantity: string }) => node.quantity)).toEqual(['28', '29', '30']);
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = end.pageInfo.startCursor;
    const { billingBacklog: earlier } = await ask(gateway(), backlog, { last: 2, before, filter: time, orderBy: byQuantity });
    expect(earlier.nodes.map((node: { quantity: string }) => node.quantity)).toEqual(['26', '27']);
  });

  it('combines filters of values, of related records and of values taken over from them', async () => {
    const filter = {
      and: [{ quantity: { gte: '5' } }, { quantity: { lt: '8' } }, { contract: { number: { eq: world.facts.contractNumber } } }],
      currencyCode: { eq: world.facts.currency },
      not: { quantity: { in: ['6'] } },
    };
    const { billingBacklog: page } = await ask(gateway(), backlog, { filter, orderBy: [{ field: 'QUANTITY', direction: 'DESC' }] });
    expect(page.nodes.map((node: { quantity: string }) => node.quantity)).toEqual(['7', '5']);
  });

  it.each([
    ['eq', '{ quantity: { eq: "3" } }', 1], ['ne', '{ quantity: { ne: "3" } }', 29], ['in', '{ quantity: { in: ["1", "2", "99"] } }', 2],
    ['gt', '{ quantity: { gt: "28" } }', 2], ['gte', '{ quantity: { gte: "28" } }', 3], ['lt', '{ quantity: { lt: "3" } }', 2], ['lte', '{ quantity: { lte: "3" } }', 3],
    ['isNull', '{ adjustmentStatus: { isNull: true } }', 30], ['eq null', '{ voucherNumber: { eq: null } }', 30], ['ne null', '{ voucherNumber: { ne: null } }', 0],
    ['ne with empty values', '{ adjustmentStatus: { ne: ADJUSTED } }', 30], ['a date', '{ transactionDate: { gte: "2026-06-10", lt: "2026-06-11" } }', 30],
    ['a boolean', '{ skipSync: { eq: false } }', 30], ['text', '{ contract: { number: { startsWith: "C", contains: "O" } } }', 30],
    ['or', '{ or: [{ quantity: { eq: "1" } }, { quantity: { eq: "2" } }] }', 2], ['an empty or', '{ or: [] }', 0], ['not', '{ not: { voucherNumber: { eq: "x" } } }', 30],
    ['a record behind a table in between', '{ timeEntry: { durationMinutes: { eq: 480 } } }', 1],
  ])('filters by %s alike on both engines', async (_what, filter, count) => {
    const { actuals } = await ask(gateway(), `{ actuals(filter: { and: [{ transactionType: { eq: UNBILLED_SALES } }, ${filter}] }) { totalCount } }`);
    expect(actuals.totalCount).toBe(count);
  });

  it('filters by instants, to the millisecond', async () => {
    await gateway().database.write((work) => insertRun(work, {
      id: gateway().context.ids.next(), kind: RunKind.SYNC, startedOn: '2026-06-30T12:00:00.000Z', actor: 'test', aliveUntil: '2026-06-30T12:01:00.000Z',
    }));
    const count = async (filter: string) => (await ask(gateway(), `{ runs(filter: { startedOn: ${filter} }) { totalCount } }`)).runs.totalCount;
    const at = '"2026-06-30T12:00:00.000Z"';
    expect([await count(`{ eq: ${at} }`), await count(`{ gt: ${at} }`), await count(`{ gte: ${at} }`), await count(`{ in: [${at}] }`)]).toEqual([1, 0, 1, 1]);
  });

  it('nests relations both ways and keeps two aliases of one list apart', async () => {
    const { projectContract: contract } = await ask(gateway(), `query ($number: String!) {
      projectContract(number: $number) {
        number currencyCode legalEntityId customer { name contracts { nodes { number } } }
        few: actuals(first: 2, filter: { transactionType: { eq: COST } }) { totalCount nodes { transactionType contract { number } } }
        many: actuals(first: 5, filter: { transactionType: { eq: UNBILLED_SALES } }) {
          nodes { currencyCode timeEntry { durationMinutes actuals { totalCount } } connections { nodes { transaction2Role transaction2 { transactionType } } } }
        }
      }
    }`, { number: world.facts.contractNumber });
    expect(contract).toMatchObject({ number: world.facts.contractNumber, currencyCode: world.facts.currency, legalEntityId: world.facts.legalEntityId });
    expect(contract.customer.contracts.nodes).toContainEqual({ number: world.facts.contractNumber });
    expect(contract.few.nodes).toHaveLength(2);
    expect(contract.few.totalCount).toBe(30);
    expect(contract.many.nodes).toHaveLength(5);
    expect(contract.many.nodes[0].timeEntry.actuals.totalCount).toBe(2);
    expect(contract.many.nodes[0].connections.nodes).toEqual([{ transaction2Role: 'Cost', transaction2: { transactionType: 'COST' } }]);
  });

  it('sends as many statements for thirty rows as for two', async () => {
    const nested = `query ($first: Int!) { actuals(first: $first) { totalCount nodes {
      currencyCode legalEntityId contract { number customer { name } lines { nodes { name } } } project { name } timeEntry { resource { name } } connections { nodes { transaction2 { amount } } }
    } } }`;
    const two = await send(gateway(), nested, { first: 2 });
    const thirty = await send(gateway(), nested, { first: 30 });
    expect([two.errors, thirty.errors]).toEqual([[], []]);
    expect(thirty.data.actuals.nodes).toHaveLength(30);
    expect(thirty.statements).toBe(two.statements);
    expect(thirty.statements).toBeLessThanOrEqual(16);
  });

  it('reads any record again by its id', async () => {
    const { projectContract } = await ask(gateway(), 'query ($number: String!) { projectContract(number: $number) { id lines { nodes { id } } } }', { number: world.facts.contractNumber });
    const ids = [projectContract.id, ...projectContract.lines.nodes.map((line: { id: string }) => line.id)];
    const { node, nodes } = await ask(gateway(), `query ($id: ID!, $ids: [ID!]!) {
      node(id: $id) { id ... on ProjectContract { number } } nodes(ids: $ids) { __typename id ... on ProjectContractLine { contract { number } } }
    }`, { id: ids[0], ids });
    expect(node).toEqual({ id: ids[0], number: world.facts.contractNumber });
    expect(nodes.map((found: { id: string }) => found.id)).toEqual(ids);
    expect(nodes[1]).toMatchObject({ __typename: 'ProjectContractLine', contract: { number: world.facts.contractNumber } });
  });

  it.each([
    ['a page that is too large', '{ actuals(first: 501) { totalCount nodes { id } } }', 'a page has 0 to 500 rows'],
    ['first together with last', '{ actuals(first: 1, last: 1) { nodes { id } } }', 'not both'],
    ['a cursor of another list', '{ actuals(after: "abc") { nodes { id } } }', 'cursor'],
    ['a cursor that somebody forged', '{ actuals(after: "WyJ4IiwieSJd", orderBy: { field: QUANTITY }) { nodes { id } } }', 'cursor'],
    ['an id with the character NUL', '{ node(id: "QWN0dWFsOgA") { id } }', 'not an id'],
    ['an id of another type', '{ actuals(filter: { id: { eq: "Q3VzdG9tZXI6MQ" } }) { nodes { id } } }', 'of a Customer'],
    ['a lookup without a key', '{ projectContract { id } }', 'Give projectContract'],
  ])('refuses %s and says so', async (_what, source, sentence) => {
    const { errors } = await send(gateway(), source);
    expect(errors[0]?.message).toContain(sentence);
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
