import { ProjectContractLine, TimeEntryStatus } from '../../../../src/entities/dataverse';
import { updateRows } from '../../../../src/stores/bulk';
import { Database } from '../../../../src/stores/unit-of-work';
import { decimal, sum } from '../../../../src/kernel/decimal';
import { ask } from '../../../support/api';
import { ApprovalDesk, submitTime, type ApprovedActual } from '../../../support/approval-desk';
import { buildWorld } from '../../../support/builders';
import { contextOn, onBothEngines } from '../../../support/engines';
import { importRecords, Process } from '../../../support/process';
import { countingStatements } from '../../../support/statements';

const rowOf = ({ transactionType, quantity, amount, billingType, adjustmentStatus, billingStatus, skipSync }: ApprovedActual) =>
  [transactionType, quantity, amount, billingType, adjustmentStatus, billingStatus, skipSync];
const COST = ['COST', '8', '800', 'CHARGEABLE', null, null, false];
const unbilled = (quantity: string, amount: string, billingType = 'CHARGEABLE') =>
  ['UNBILLED_SALES', quantity, amount, billingType, null, 'UNBILLED_SALES_CREATED', false];

onBothEngines('approving time', (gateway) => {
  const desk = new ApprovalDesk(gateway);
  let process: Process;
  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });
  const newTime = async (options = {}) => {
    const world = await buildWorld(gateway());
    return { world, timeEntryId: await submitTime(gateway(), world, options) };
  };

  it('APPROVE-01: eight hours become their cost and their unbilled sales', async () => {
    const { timeEntryId } = await newTime();
    const { actuals, timeEntries, errors } = await desk.approve(timeEntryId);
    expect(errors).toEqual([]);
    expect(timeEntries).toEqual([{ id: expect.any(String), status: 'APPROVED' }]);
    expect(actuals.map(rowOf)).toEqual([COST, unbilled('8', '1600')]);
    expect(actuals.map(({ accountingDate, currencyCode }) => [accountingDate, currencyCode])).toEqual(Array(2).fill(['2026-06-10', 'USD']));
  });

  it('APPROVE-09: the unbilled actual is connected with its cost, and both come from the time entry', async () => {
    const { timeEntryId } = await newTime();
    const { actuals: [cost, sales] } = await desk.approve(timeEntryId);
    expect(sales!.connections.nodes).toEqual([{ transaction1Role: 'Unbilled Sales', transaction2Role: 'Cost', transaction2: { id: cost!.id } }]);
    expect(cost!.timeEntry).toEqual(sales!.timeEntry);
    expect(await desk.actualsOf(timeEntryId)).toHaveLength(2);
  });

  it('APPROVE-02: fewer billable hours leave the rest non-chargeable', async () => {
    const { timeEntryId } = await newTime();
    const { actuals } = await desk.approve(timeEntryId, { billableHours: '6' });
    expect(actuals.map(rowOf)).toEqual([COST, unbilled('6', '1200'), unbilled('2', '400', 'NON_CHARGEABLE')]);
    const none = await newTime();
    expect((await desk.approve(none.timeEntryId, { billableHours: '0' })).actuals.map(rowOf)).toEqual([COST, unbilled('8', '1600', 'NON_CHARGEABLE')]);
  });

  it('APPROVE-03: more billable hours raise the sales alone', async () => {
    const { timeEntryId } = await newTime();
    expect((await desk.approve(timeEntryId, { billableHours: '10' })).actuals.map(rowOf)).toEqual([COST, unbilled('10', '2000')]);
  });

  it('APPROVE-04: time on a fixed-price line becomes cost only, and needs no sales price', async () => {
    const { timeEntryId } = await newTime({ project: 'fixedPrice' });
    const { actuals } = await desk.approve(timeEntryId, { salesPrice: null });
    expect(actuals.map(rowOf)).toEqual([['COST', '8', '800', 'NOT_AVAILABLE', null, null, false]]);
  });

  it('APPROVE-05: a cancelled approval adjusts and reverses, syncs to nothing in WIP, and the time can be approved again', async () => {
    const { timeEntryId, world } = await newTime();
    await desk.approve(timeEntryId);
    await process.markReady([world.contractId]);
    await process.sync();
    await process.importFromStaging();
    await process.postJournals();
    const { timeEntries, actuals } = await desk.cancel([timeEntryId]);
    expect(timeEntries).toMatchObject([{ status: 'SUBMITTED' }]);
    expect(actuals.map(rowOf)).toEqual([
      ['COST', '-8', '-800', 'CHARGEABLE', 'UNADJUSTABLE', null, false],
      ['UNBILLED_SALES', '-8', '-1600', 'CHARGEABLE', 'UNADJUSTABLE', 'CANCELED', false],
    ]);
    expect(actuals[1]!.connections.nodes).toMatchObject([{ transaction1Role: 'Reversing', transaction2Role: 'Original' }]);
    const originals = (await desk.actualsOf(timeEntryId)).filter(({ quantity }) => quantity === '8');
    expect(originals.map(({ adjustmentStatus, billingStatus }) => [adjustmentStatus, billingStatus])).toEqual([['ADJUSTED', null], ['ADJUSTED', 'CANCELED']]);
    await desk.approve(timeEntryId, { billableHours: '4' });
    await process.settleFinance();
    const { projectPostings } = await ask(gateway(), `query ($project: String!) {
      projectPostings(filter: { projectId: { eq: $project }, mainAccountId: { eq: "161300" } }) { nodes { accountingAmount } }
    }`, { project: world.facts.projects.timeAndMaterial.number });
    const wip = sum(projectPostings.nodes.map(({ accountingAmount }: { accountingAmount: string }) => decimal(accountingAmount)));
    // 4 chargeable hours; the non-chargeable ones accrue nothing.
    expect(wip.toFixed()).toBe('800');
  });

  it('APPROVE-06: time on a draft or invoiced keeps its approval', async () => {
    const { timeEntryId, world } = await newTime();
    await desk.approve(timeEntryId);
    await process.markReady([world.contractId]);
    const [draft] = await process.createDrafts([world.contractId]);
    expect((await desk.cancel([timeEntryId])).errors).toMatchObject([{ code: 'TIME_INVOICED', path: ['input', 'timeEntryIds', '0'] }]);
    await process.confirm(draft!.id);
    expect((await desk.cancel([timeEntryId])).errors).toMatchObject([{ code: 'TIME_INVOICED' }]);
    expect((await desk.actualsOf(timeEntryId)).every(({ adjustmentStatus }) => adjustmentStatus !== 'ADJUSTED')).toBe(true);
  });

  it('APPROVE-07: time is approved from Submitted only, and cancelled from Approved only', async () => {
    const { timeEntryId, world } = await newTime();
    const draft = await submitTime(gateway(), world, { status: TimeEntryStatus.DRAFT });
    expect((await desk.cancel([timeEntryId])).errors).toMatchObject([{ code: 'INVALID_STATE', from: 'SUBMITTED', allowed: ['APPROVED'] }]);
    expect((await desk.approve(draft)).errors).toMatchObject([{ code: 'INVALID_STATE', from: 'DRAFT', allowed: ['SUBMITTED'] }]);
    await desk.approve(timeEntryId);
    expect((await desk.approve(timeEntryId)).errors).toMatchObject([{ code: 'INVALID_STATE', from: 'APPROVED' }]);
  });

  it('APPROVE-07: of two approvals at the same time, from two processes, one wins', async () => {
    const { timeEntryId } = await newTime();
    const database = await Database.open(gateway().location);
    try {
      const other = { ...gateway(), database, context: contextOn(database) };
      const entry = [{ timeEntryId, salesPrice: '200', costPrice: '100' }];
      const answers = await Promise.all([desk.approveMany(entry), desk.approveMany(entry, other)]);
      expect(answers.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
      expect(await desk.actualsOf(timeEntryId)).toHaveLength(2);
    } finally {
      await database.close();
    }
  });

  it('APPROVE-08: one bad entry refuses all, by its place', async () => {
    const { timeEntryId, world } = await newTime();
    const other = await submitTime(gateway(), world);
    const good = { timeEntryId, salesPrice: '200', costPrice: '100' };
    const unknown = '00000000-0000-4000-8000-000000000001';
    const pathsOf = async (entries: object[]) => (await desk.approveMany(entries)).errors.map(({ code, path }: { code: string; path: string[] }) => [code, path.slice(1).join('.')]);
    expect(await pathsOf([good, { ...good, timeEntryId: unknown }])).toEqual([['NOT_FOUND', 'entries.1.timeEntryId']]);
    expect(await pathsOf([good, good])).toEqual([['INVALID_INPUT', 'entries.1.timeEntryId']]);
    expect(await pathsOf([good, { ...good, timeEntryId: other, categoryId: unknown }])).toEqual([['NOT_FOUND', 'entries.1.categoryId']]);
    expect(await pathsOf([good, { ...good, timeEntryId: other, salesPrice: null }])).toEqual([['INVALID_INPUT', 'entries.1.salesPrice']]);
    expect((await desk.approveMany([])).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(await desk.actualsOf(timeEntryId)).toEqual([]);
  });

  it('APPROVE-12: prices and hours below zero or with too many digits are refused', async () => {
    const { timeEntryId } = await newTime();
    const pathOf = async (figures: object) => (await desk.approve(timeEntryId, figures)).errors.map(({ path }) => path?.at(-1));
    expect(await pathOf({ salesPrice: '-1' })).toEqual(['salesPrice']);
    expect(await pathOf({ salesPrice: '0.001', costPrice: '0.001' })).toEqual(['costPrice', 'salesPrice']);
    expect(await pathOf({ billableHours: '-1' })).toEqual(['billableHours']);
    expect(await pathOf({ billableHours: '0.0000001' })).toEqual(['billableHours']);
    expect(await pathOf({ billableHours: '1', billingType: 'NON_CHARGEABLE' })).toEqual(['billableHours']);
    expect(await pathOf({ billingType: 'NOT_AVAILABLE' })).toEqual(['billingType']);
    expect((await desk.approve(timeEntryId, { salesPrice: '900000000000' })).errors).toMatchObject([{ code: 'AMOUNT_OUT_OF_RANGE' }]);
    expect((await desk.approve(timeEntryId, { billingType: 'COMPLIMENTARY' })).actuals.map(rowOf)).toEqual([
      ['COST', '8', '800', 'COMPLIMENTARY', null, null, false], unbilled('8', '1600', 'COMPLIMENTARY'),
    ]);
  });

  it('APPROVE-12: the cost is in the currency of the contracting unit, the sales in the contract\'s', async () => {
    const world = await buildWorld(gateway(), { currency: 'JPY', accountingCurrency: 'USD' });
    const { actuals } = await desk.approve(await submitTime(gateway(), world, { minutes: 20 }), { salesPrice: '1001', costPrice: '10.01' });
    expect(actuals.map(({ quantity, amount, currencyCode }) => [quantity, amount, currencyCode])).toEqual([['0.333333', '3.34', 'USD'], ['0.333333', '334', 'JPY']]);
  });

  it('APPROVE-11: time of a project on no contract line that includes time is refused', async () => {
    const { timeEntryId, world } = await newTime();
    await gateway().database.write((work) => updateRows(work, ProjectContractLine, [{ id: world.facts.lines.timeAndMaterial, includesTime: false }]));
    expect((await desk.approve(timeEntryId)).errors).toMatchObject([{ code: 'NO_CONTRACT_LINE', path: ['input', 'entries', '0', 'timeEntryId'] }]);
  });

  it('APPROVE-13: approving and cancelling take as many statements for time on many contracts as for one entry', async () => {
    const newEntries = async (count: number) => {
      const entries: string[] = [];
      for (let index = 0; index < count; index += 1) entries.push((await newTime(index % 2 === 0 ? {} : { project: 'fixedPrice' })).timeEntryId);
      return entries;
    };
    const statementsFor = async (ids: readonly string[]) => ({
      approve: await countingStatements(gateway(), async (context) => {
        const { errors } = await desk.approveMany(ids.map((timeEntryId) => ({ timeEntryId, salesPrice: '200', costPrice: '100' })), { ...gateway(), context });
        expect(errors).toEqual([]);
      }),
      cancel: await countingStatements(gateway(), async (context) => {
        const { errors } = await desk.cancel(ids, { ...gateway(), context });
        expect(errors).toEqual([]);
      }),
    });
    const few = await statementsFor(await newEntries(2));
    expect(await statementsFor(await newEntries(12))).toEqual(few);
  });

  it('APPROVE-10: approved actuals and connections reach finance with the next sync, none twice', async () => {
    const { timeEntryId } = await newTime();
    const { actuals } = await desk.approve(timeEntryId);
    await process.sync();
    await process.sync();
    const { actual } = await ask(gateway(), 'query ($id: ID!) { actual(id: $id) { stagedActual { id amount } syncErrors { totalCount } } }', { id: actuals[1]!.id });
    expect(actual).toMatchObject({ stagedActual: { amount: '1600' }, syncErrors: { totalCount: 0 } });
    const { stagedConnections } = await ask(gateway(), `query ($id: ID!) {
      stagedConnections(filter: { transaction1: { id: { eq: $id } } }) { nodes { transaction1Role transaction2Role } }
    }`, { id: actual.stagedActual.id });
    expect(stagedConnections.nodes).toEqual([{ transaction1Role: 'Unbilled Sales', transaction2Role: 'Cost' }]);
  });
});
