import * as fc from 'fast-check';
import { partsOf, sharesOf } from '../../../../src/flow/1-bill/split/split-billing.rules';
import { decimal, sum } from '../../../../src/kernel/decimal';
import { ask } from '../../../support/api';
import { ApprovalDesk, share, submitTime } from '../../../support/approval-desk';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { ERRORS, importRecords } from '../../../support/process';

const contract = { number: 'CON-1', customerId: 'own' };
const customer = (customerId: string, percent: string, contractLineId: string | null = null) => ({ customerId, contractLineId, splitPercent: decimal(percent) });

describe('the shares of a contract line', () => {
  const percentsOf = (...customers: ReturnType<typeof customer>[]) => {
    const shares = sharesOf(contract, 'line1', customers);
    return 'kind' in shares ? shares.code : shares.map(({ customerId, percent }) => `${customerId} ${percent.toFixed()}`);
  };

  it('SPLIT-01: are the line\'s own, else the contract\'s, else all the contract\'s customer\'s', () => {
    expect(percentsOf(customer('a', '100'), customer('b', '60', 'line1'), customer('c', '40', 'line1'))).toEqual(['b 60', 'c 40']);
    expect(percentsOf(customer('a', '70'), customer('b', '30'), customer('c', '100', 'line2'))).toEqual(['a 70', 'b 30']);
    expect(percentsOf(customer('c', '100', 'line2'))).toEqual(['own 100']);
  });

  it('SPLIT-02: sum to 100, and a share of nothing gets nothing', () => {
    expect(percentsOf(customer('a', '33.33'), customer('b', '33.33'), customer('c', '33.33'))).toBe('SPLIT_NOT_WHOLE');
    expect(percentsOf(customer('a', '33.33'), customer('b', '33.33'), customer('c', '33.34'))).toHaveLength(3);
    expect(percentsOf(customer('a', '60'), customer('b', '40.000001'))).toBe('SPLIT_NOT_WHOLE');
    expect(percentsOf(customer('a', '100'), customer('b', '0'))).toEqual(['a 100']);
  });

  it('SPLIT-03: parts of whatever is shared sum to the whole, and none is off by more than its last digit', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(weights, fc.bigInt({ min: 0n, max: 10n ** 13n }), fc.integer({ min: 0, max: 6 }), (percents, units, decimals) => {
      const whole = decimal(units.toString()).div(decimal(10).pow(decimals));
      const parts = partsOf(whole, percents.map((percent, index) => ({ customerId: String(index), percent: decimal(percent) })), decimals);
      expect(sum(parts).eq(whole)).toBe(true);
      const total = sum(percents.map((percent) => decimal(percent)));
      parts.forEach((part, index) => {
        expect(part.minus(whole.times(percents[index]!).div(total)).abs().lt(decimal(10).pow(-decimals))).toBe(true);
      });
    }));
  });
});

onBothEngines('split billing', (gateway) => {
  const desk = new ApprovalDesk(gateway);
  beforeAll(async () => void (await importRecords(gateway(), [])));

  const createMilestone = async (world: World, input: object) => (await ask(gateway(), `mutation ($input: CreateMilestoneInput!) {
    createMilestone(input: $input) { milestones { id name amount tax invoiceStatus milestoneDate customer { accountNumber } } ${ERRORS} }
  }`, { input: { contractLineId: world.facts.lines.fixedPrice, name: 'Go-live', milestoneDate: '2026-06-20', ...input } })).createMilestone;
  const remainingOf = async (world: World) => (await ask(gateway(), 'query ($id: ID!) { projectContract(id: $id) { lines { nodes { lineNumber contractedAmount remainingMilestoneAmount } } } }',
    { id: world.contractId })).projectContract.lines.nodes[1].remainingMilestoneAmount;

  it('SPLIT-03: approved time becomes an unbilled actual per customer, each with its part of hours and amount', async () => {
    const world = await buildWorld(gateway(), { customers: 3 });
    await share(gateway(), world, ['33.33', '33.33', '33.34']);
    const { actuals } = await desk.approve(await submitTime(gateway(), world, { minutes: 460 }), { salesPrice: '131.07', costPrice: '77.77' });
    const [cost, ...unbilled] = actuals;
    expect([cost!.quantity, cost!.amount]).toEqual(['7.666667', '596.24']);
    expect(unbilled.map(({ quantity, amount, price, customer: payer }) => [payer!.accountNumber, quantity, price, amount])).toEqual([
      [world.facts.customers[0]!.accountNumber, '2.5553', '131.07', '334.92'],
      [world.facts.customers[1]!.accountNumber, '2.5553', '131.07', '334.92'],
      [world.facts.customers[2]!.accountNumber, '2.556067', '131.07', '335.03'],
    ]);
    expect(sum(unbilled.map(({ amount }) => decimal(amount))).toFixed()).toBe('1004.87');
    expect(sum(unbilled.map(({ quantity }) => decimal(quantity))).toFixed()).toBe('7.666667');
  });

  it('SPLIT-05: the cost of shared work is one actual, connected with every customer\'s', async () => {
    const world = await buildWorld(gateway(), { customers: 2 });
    await share(gateway(), world, ['60', '40']);
    const { actuals: [cost, ...unbilled] } = await desk.approve(await submitTime(gateway(), world), { billableHours: '6' });
    expect(unbilled.map(({ quantity, amount, billingType }) => [quantity, amount, billingType])).toEqual([
      ['3.6', '720', 'CHARGEABLE'], ['2.4', '480', 'CHARGEABLE'], ['1.2', '240', 'NON_CHARGEABLE'], ['0.8', '160', 'NON_CHARGEABLE'],
    ]);
    for (const { connections } of unbilled) expect(connections.nodes.map(({ transaction2 }) => transaction2.id)).toEqual([cost!.id]);
  });

  it('SPLIT-02: a line whose percentages are not whole takes neither time nor milestones', async () => {
    const world = await buildWorld(gateway(), { customers: 3 });
    expect((await desk.approve(await submitTime(gateway(), world))).errors).toMatchObject([{ code: 'SPLIT_NOT_WHOLE', path: ['input', 'entries', '0', 'timeEntryId'] }]);
    expect((await createMilestone(world, { amount: '100' })).errors).toMatchObject([{ code: 'SPLIT_NOT_WHOLE', path: ['input', 'contractLineId'] }]);
    expect((await desk.approve(await submitTime(gateway(), world, { project: 'fixedPrice' }))).actuals).toHaveLength(1);
  });

  it('SPLIT-01: customers of one line share that line only', async () => {
    const world = await buildWorld(gateway(), { customers: 2 });
    await share(gateway(), world, ['60', '40'], world.facts.lines.fixedPrice);
    const own = world.facts.customers[0]!.accountNumber;
    const { actuals } = await desk.approve(await submitTime(gateway(), world));
    expect(actuals.slice(1).map(({ customer: payer, amount }) => [payer!.accountNumber, amount])).toEqual([[own, '1600']]);
    expect((await createMilestone(world, { amount: '100' })).milestones.map(({ amount }: { amount: string }) => amount)).toEqual(['60', '40']);
  });

  it('SPLIT-04: a milestone becomes one per customer, to the last cent of amount and tax', async () => {
    const world = await buildWorld(gateway(), { customers: 3 });
    await share(gateway(), world, ['33.33', '33.33', '33.34']);
    const { milestones } = await createMilestone(world, { amount: '100.01', tax: '0.02' });
    expect(milestones.map(({ amount, tax, invoiceStatus }: Record<string, string>) => [amount, tax, invoiceStatus])).toEqual([
      ['33.33', '0.01', 'NOT_READY_FOR_INVOICING'], ['33.33', '0', 'NOT_READY_FOR_INVOICING'], ['33.35', '0.01', 'NOT_READY_FOR_INVOICING'],
    ]);
    expect(new Set(milestones.map((one: { customer: { accountNumber: string } }) => one.customer.accountNumber)).size).toBe(3);
  });

  it('SPLIT-07: milestones cover a line up to its contracted amount, and the line says what is missing', async () => {
    const world = await buildWorld(gateway());
    expect(await remainingOf(world)).toBe('100000');
    await createMilestone(world, { amount: '99999.99' });
    expect((await createMilestone(world, { amount: '0.02' })).errors).toMatchObject([{ code: 'MILESTONES_EXCEED_LINE', path: ['input', 'amount'] }]);
    expect(await remainingOf(world)).toBe('0.01');
    expect((await createMilestone(world, { amount: '0.01' })).errors).toEqual([]);
    expect(await remainingOf(world)).toBe('0');
  });

  it('SPLIT-08: a milestone of a time and material line, of nothing, or of parts of a cent is refused', async () => {
    const world = await buildWorld(gateway());
    const pathsOf = async (input: object) => (await createMilestone(world, input)).errors.map(({ path }: { path: string[] }) => path.at(-1));
    expect(await pathsOf({ amount: '1', contractLineId: world.facts.lines.timeAndMaterial })).toEqual(['contractLineId']);
    expect(await pathsOf({ amount: '0', name: ' ' })).toEqual(['name', 'amount']);
    expect(await pathsOf({ amount: '1.001', tax: '-1' })).toEqual(['amount', 'tax']);
    expect(await pathsOf({ amount: '1', contractLineId: '00000000-0000-4000-8000-000000000001' })).toEqual(['contractLineId']);
    const long = await createMilestone(world, { amount: '1', description: 'x'.repeat(2_001) });
    expect(long.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'description'] }]);
  });
});
