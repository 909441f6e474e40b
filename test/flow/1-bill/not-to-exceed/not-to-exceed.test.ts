import { BillingStatus, BillingType, MilestoneInvoiceStatus, NotToExceedStatus, TransactionClassification } from '../../../../src/entities/dataverse';
import { Database } from '../../../../src/stores/unit-of-work';
import { ask } from '../../../support/api';
import { ApprovalDesk, submitTime } from '../../../support/approval-desk';
import { buildWorld, type World } from '../../../support/builders';
import { contextOn, onBothEngines } from '../../../support/engines';
import { ERRORS, importRecords, Process } from '../../../support/process';

const OPEN = { billingStatus: BillingStatus.UNBILLED_SALES_CREATED, quantity: '1', price: '100' };

onBothEngines('not-to-exceed limits', (gateway) => {
  let process: Process;
  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });

  const mutate = async (mutation: string, inputType: string, input: object, selection: string, on = gateway()) =>
    (await ask(on, `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`, { input }))[mutation];
  const setLimit = async (world: World, amount: string, scope: object = {}) => mutate(
    'setNotToExceedLimit', 'SetNotToExceedLimitInput', { contractId: world.contractId, amount, ...scope },
    'notToExceedLimit { id level amount committedAmount remainingAmount currencyCode version contractLine { id } customer { accountNumber } }',
  );
  const mark = async (input: object, on = gateway()) =>
    mutate('markReadyToInvoice', 'MarkTransactionsInput', input, 'actualCount milestoneCount failedActualCount', on);
  const reevaluate = async (input: object) =>
    mutate('reevaluateNotToExceed', 'ReevaluateNotToExceedInput', input, 'committedCount failedCount actuals { notToExceedStatus }');
  const remove = async (limitId: string, expectedVersion: number | null = null) =>
    mutate('removeNotToExceedLimit', 'RemoveNotToExceedLimitInput', { limitId, expectedVersion }, 'removedLimitId');

  /** Not-to-exceed and billing status of each actual. */
  const statusesOf = async (ids: readonly { unbilledId: string }[]) => {
    const found = await Promise.all(ids.map(async ({ unbilledId }) =>
      (await ask(gateway(), 'query ($id: ID!) { actual(id: $id) { notToExceedStatus billingStatus } }', { id: unbilledId })).actual));
    return found.map(({ notToExceedStatus, billingStatus }) => `${notToExceedStatus} ${billingStatus === 'UNBILLED_SALES_CREATED' ? 'open' : billingStatus}`);
  };
  const positionOf = async (world: World) => {
    const { projectContract } = await ask(gateway(), `query ($id: ID!) { projectContract(id: $id) {
      notToExceedLimits { nodes { level amount committedAmount remainingAmount } }
    } }`, { id: world.contractId });
    return projectContract.notToExceedLimits.nodes;
  };

  it('NTE-06: marking by contract makes ready what fits in the order of the dates, and says how many are left', async () => {
    const world = await buildWorld(gateway());
    const late = await world.unbilled({ ...OPEN, date: '2026-06-03' });
    const [first, second] = await world.unbilledMany(2, { ...OPEN, date: '2026-06-01' });
    const small = await world.unbilled({ ...OPEN, price: '40', date: '2026-06-02' });
    await world.milestone({ invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING });
    expect((await setLimit(world, '240')).notToExceedLimit).toMatchObject({ level: 'CONTRACT', amount: '240', committedAmount: '0', remainingAmount: '240', currencyCode: 'USD' });
    expect(await statusesOf([first!])).toEqual(['NOT_EVALUATED open']);
    expect(await mark({ contractIds: [world.contractId] })).toEqual({ actualCount: 3, milestoneCount: 1, failedActualCount: 1, errors: [] });
    expect(await statusesOf([first!, second!, small, late])).toEqual([
      'COMMITTED READY_TO_INVOICE', 'COMMITTED READY_TO_INVOICE', 'COMMITTED READY_TO_INVOICE', 'FAILED open',
    ]);
    expect(await positionOf(world)).toEqual([{ level: 'CONTRACT', amount: '240', committedAmount: '240', remainingAmount: '0' }]);
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 0, failedActualCount: 1 });
  });

  it('NTE-05: named transactions are ready at exactly the limit, and refused all and by name one cent above it', async () => {
    const world = await buildWorld(gateway());
    const three = await world.unbilledMany(3, OPEN);
    const actualIds = three.map(({ unbilledId }) => unbilledId);
    await setLimit(world, '299.99');
    const refused = await mark({ actualIds: [...actualIds].reverse() });
    expect(refused.errors).toMatchObject([{ code: 'NOT_TO_EXCEED_FAILED', path: ['input', 'actualIds', '0'], message: expect.stringContaining(actualIds[2]!) }]);
    expect(await statusesOf(three)).toEqual(Array(3).fill('NOT_EVALUATED open'));
    await setLimit(world, '300');
    expect(await mark({ actualIds })).toMatchObject({ actualCount: 3, errors: [] });
  });

  it.each([
    ['CONTRACT_LINE_CUSTOMER', (world: World) => ({ contractLineId: world.facts.lines.timeAndMaterial, customerId: world.facts.customers[1]!.accountId })],
    ['CONTRACT_LINE', (world: World) => ({ contractLineId: world.facts.lines.timeAndMaterial })],
    ['CUSTOMER', (world: World) => ({ customerId: world.facts.customers[1]!.accountId })],
    ['CONTRACT', () => ({})],
  ] as const)('NTE-01: a limit of the level %s holds what it covers', async (level, scopeOf) => {
    const world = await buildWorld(gateway(), { customers: 2 });
    const [own, more] = await world.unbilledMany(2, { ...OPEN, customer: 1 });
    const other = await world.unbilled({ ...OPEN, customer: 0, date: '2026-07-01' });
    expect((await setLimit(world, '100', scopeOf(world))).notToExceedLimit).toMatchObject({ level, remainingAmount: '100' });
    await mark({ contractIds: [world.contractId] });
    const uncovered = level.includes('CUSTOMER') ? 'NOT_APPLICABLE READY_TO_INVOICE' : 'FAILED open';
    expect(await statusesOf([own!, more!, other])).toEqual(['COMMITTED READY_TO_INVOICE', 'FAILED open', uncovered]);
    expect(await positionOf(world)).toMatchObject([{ committedAmount: '100', remainingAmount: '0' }]);
  });

  it('NTE-02: cost, non-chargeable and complimentary sales take nothing from a limit and are marked', async () => {
    const world = await buildWorld(gateway());
    const free = [await world.unbilled({ ...OPEN, billingType: BillingType.NON_CHARGEABLE }), await world.unbilled({ ...OPEN, billingType: BillingType.COMPLIMENTARY })];
    const fee = await world.unbilled({ ...OPEN, classification: TransactionClassification.FEE });
    await setLimit(world, '100');
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 3, failedActualCount: 0 });
    expect(await statusesOf([...free, fee])).toEqual([
      'NOT_APPLICABLE READY_TO_INVOICE', 'NOT_APPLICABLE READY_TO_INVOICE', 'COMMITTED READY_TO_INVOICE',
    ]);
  });

  it('NTE-08: what failed waits until it is evaluated again; what is committed keeps its place without its mark', async () => {
    const world = await buildWorld(gateway());
    const [first, second] = await world.unbilledMany(2, OPEN);
    await setLimit(world, '100');
    await mark({ contractIds: [world.contractId] });
    await mutate('markNotReadyToInvoice', 'MarkTransactionsInput', { actualIds: [first!.unbilledId] }, 'actualCount failedActualCount');
    expect(await statusesOf([first!, second!])).toEqual(['COMMITTED open', 'FAILED open']);
    expect(await positionOf(world)).toMatchObject([{ committedAmount: '100' }]);
    await setLimit(world, '200');
    expect((await mark({ actualIds: [second!.unbilledId] })).errors).toMatchObject([{ code: 'NOT_TO_EXCEED_FAILED' }]);
    expect(await reevaluate({ actualIds: [second!.unbilledId, first!.unbilledId] })).toEqual({
      committedCount: 1, failedCount: 0, actuals: [{ notToExceedStatus: 'COMMITTED' }, { notToExceedStatus: 'COMMITTED' }], errors: [],
    });
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 2, failedActualCount: 0 });
  });

  it('NTE-08: a whole contract is evaluated again by number, in order', async () => {
    const world = await buildWorld(gateway());
    const three = await world.unbilledMany(3, (index) => ({ ...OPEN, date: `2026-06-0${3 - index}` }));
    await setLimit(world, '0');
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 0, failedActualCount: 3 });
    await setLimit(world, '250');
    expect(await reevaluate({ contractNumbers: [world.facts.contractNumber] })).toMatchObject({ committedCount: 2, failedCount: 1 });
    expect(await statusesOf(three)).toEqual(['FAILED open', 'COMMITTED open', 'COMMITTED open']);
    expect((await reevaluate({ actualIds: [three[0]!.costId] })).errors).toMatchObject([{ code: 'NOT_UNBILLED_SALES', path: ['input', 'actualIds', '0'] }]);
    expect((await reevaluate({})).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('NTE-07: billed sales count once, whatever became of them', async () => {
    const world = await buildWorld(gateway());
    await setLimit(world, '300');
    const one = await world.unbilled(OPEN);
    await mark({ contractIds: [world.contractId] });
    const committed = async () => (await positionOf(world))[0].committedAmount;
    expect(await committed()).toBe('100');
    const [draft] = await process.createDrafts([world.contractId]);
    expect(await committed()).toBe('100');
    await process.confirm(draft!.id);
    expect(await committed()).toBe('100');
    await world.unbilledMany(3, OPEN);
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 2, failedActualCount: 1 });
    expect(await committed()).toBe('300');
    expect((await reevaluate({ actualIds: [one.unbilledId] })).errors).toMatchObject([{ code: 'INVALID_STATE', from: 'CUSTOMER_INVOICE_POSTED' }]);
  });

  it('NTE-07: a credited invoice gives its amount back, and what is open again is evaluated again', async () => {
    const world = await buildWorld(gateway());
    await setLimit(world, '100');
    await world.unbilled(OPEN);
    await mark({ contractIds: [world.contractId] });
    const [draft] = await process.createDrafts([world.contractId]);
    await process.confirm(draft!.id);
    const { proformaInvoice: credit } = await mutate('reviseProformaInvoice', 'ReviseProformaInvoiceInput', { proformaInvoiceId: draft!.id }, 'proformaInvoice { id }');
    await process.confirm(credit.id);
    expect(await positionOf(world)).toMatchObject([{ committedAmount: '0', remainingAmount: '100' }]);
    await world.unbilled({ ...OPEN, price: '0.01' });
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 1, failedActualCount: 1 });
  });

  it('NTE-07: time whose approval is cancelled gives its amount back', async () => {
    const world = await buildWorld(gateway());
    const desk = new ApprovalDesk(gateway);
    await setLimit(world, '1600');
    const timeEntryId = await submitTime(gateway(), world);
    expect((await desk.approve(timeEntryId)).actuals.map(({ notToExceedStatus }) => notToExceedStatus)).toEqual(['NOT_APPLICABLE', 'NOT_EVALUATED']);
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 1 });
    await desk.cancel([timeEntryId]);
    expect(await positionOf(world)).toMatchObject([{ committedAmount: '0', remainingAmount: '1600' }]);
  });

  it('NTE-09: a limit is not set below what is ready, and nothing is changed', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(2, { quantity: '1', price: '100' });
    expect((await setLimit(world, '199.99')).errors).toMatchObject([{ code: 'NOT_TO_EXCEED_BELOW_COMMITTED', path: ['input', 'amount'] }]);
    expect(await positionOf(world)).toEqual([]);
    expect((await setLimit(world, '200')).notToExceedLimit).toMatchObject({ committedAmount: '200', remainingAmount: '0', version: 1 });
  });

  it('NTE-10: a new limit commits what is ready; removing it leaves what no other limit covers Not Applicable', async () => {
    const world = await buildWorld(gateway());
    const ready = await world.unbilled({ quantity: '1', price: '100' });
    const failed = await world.unbilled({ ...OPEN, price: '1000' });
    const both = await setLimit(world, '500');
    const line = await setLimit(world, '900', { contractLineId: world.facts.lines.timeAndMaterial });
    await mark({ contractIds: [world.contractId] });
    expect(await statusesOf([ready, failed])).toEqual(['COMMITTED READY_TO_INVOICE', 'FAILED open']);
    expect((await remove(both.notToExceedLimit.id, 7)).errors).toMatchObject([{ code: 'CONFLICT', expectedVersion: 7, actualVersion: 1 }]);
    expect(await remove(both.notToExceedLimit.id)).toEqual({ removedLimitId: both.notToExceedLimit.id, errors: [] });
    expect(await statusesOf([ready, failed])).toEqual(['COMMITTED READY_TO_INVOICE', 'FAILED open']);
    await remove(line.notToExceedLimit.id);
    expect(await statusesOf([ready, failed])).toEqual(['NOT_APPLICABLE READY_TO_INVOICE', 'NOT_APPLICABLE open']);
    expect((await remove(line.notToExceedLimit.id)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('NTE-11: a lowered limit sends the committed ones that are not ready back to evaluation', async () => {
    const world = await buildWorld(gateway());
    const [kept, back] = await world.unbilledMany(2, OPEN);
    await setLimit(world, '200');
    await mark({ contractIds: [world.contractId] });
    await mutate('markNotReadyToInvoice', 'MarkTransactionsInput', { actualIds: [back!.unbilledId] }, 'actualCount');
    expect((await setLimit(world, '150', { expectedVersion: 1 })).notToExceedLimit).toMatchObject({ version: 2, committedAmount: '100' });
    expect(await statusesOf([kept!, back!])).toEqual(['COMMITTED READY_TO_INVOICE', 'NOT_EVALUATED open']);
    expect((await setLimit(world, '160', { expectedVersion: 1 })).errors).toMatchObject([{ code: 'CONFLICT', actualVersion: 2 }]);
  });

  it('NTE-13: a limit on another contract\'s line, or of no contract, is refused', async () => {
    const [world, other] = [await buildWorld(gateway()), await buildWorld(gateway())];
    expect((await setLimit(world, '10', { contractLineId: other.facts.lines.timeAndMaterial })).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'contractLineId'] }]);
    expect((await setLimit(world, '10.001', { customerId: other.facts.customers[0]!.accountId })).errors.map(({ path }: { path: string[] }) => path[1])).toEqual(['amount', 'customerId']);
    expect((await setLimit(world, '10', { contractId: null, contractNumber: 'CON-0' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('NTE-04: thousands of transactions are evaluated in pages, none forgotten and none twice', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(1_203, (index) => ({ ...OPEN, price: '1', date: `2026-06-${String((index % 3) + 1).padStart(2, '0')}` }));
    await setLimit(world, '1200');
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 1_200, failedActualCount: 3 });
    const { actuals } = await ask(gateway(), `query ($contract: ID!) { actuals(filter: { contract: { id: { eq: $contract } }, notToExceedStatus: { eq: FAILED } }) {
      nodes { transactionDate }
    } }`, { contract: world.contractId });
    expect(actuals.nodes.map(({ transactionDate }: { transactionDate: string }) => transactionDate)).toEqual(Array(3).fill('2026-06-03'));
  });

  it('NTE-12: two markings at the same time, from two processes, commit no more than the limit', async () => {
    const world = await buildWorld(gateway());
    const ten = await world.unbilledMany(10, OPEN);
    await setLimit(world, '500');
    const database = await Database.open(gateway().location);
    try {
      const other = { ...gateway(), database, context: contextOn(database) };
      const named = (half: typeof ten) => ({ actualIds: half.map(({ unbilledId }) => unbilledId) });
      const answers = await Promise.all([
        mark(named(ten.slice(0, 4))), mark(named(ten.slice(4, 8)), other), mark({ contractIds: [world.contractId] }), mark(named(ten.slice(8)), other),
      ]);
      const ready = (await statusesOf(ten)).filter((status) => status === 'COMMITTED READY_TO_INVOICE').length;
      expect(ready).toBe(answers.reduce((sum, { actualCount }) => sum + actualCount, 0));
      expect(ready).toBe(5);
      expect(await positionOf(world)).toMatchObject([{ committedAmount: '500', remainingAmount: '0' }]);
    } finally {
      await database.close();
    }
  });

  it('BILL-04: a loaded status Failed keeps an actual from being marked without any limit', async () => {
    const world = await buildWorld(gateway());
    const failed = await world.unbilled({ ...OPEN, notToExceedStatus: NotToExceedStatus.FAILED });
    expect(await mark({ contractIds: [world.contractId] })).toMatchObject({ actualCount: 0, failedActualCount: 1 });
    expect(await reevaluate({ contractIds: [world.contractId] })).toMatchObject({ committedCount: 0, failedCount: 0 });
    expect(await statusesOf([failed])).toEqual(['NOT_APPLICABLE open']);
  });
});
