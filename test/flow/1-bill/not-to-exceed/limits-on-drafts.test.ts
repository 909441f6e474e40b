import { BillingStatus } from '../../../../src/entities/dataverse';
import type { World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { Story, type StoryDetail } from '../../../support/story';

const HOUR = { quantity: '1', price: '100' };
const EDIT = 'updateProformaInvoiceLineDetails';
const ADD = 'addProformaInvoiceLineDetails';

onBothEngines('not-to-exceed limits on drafts, by queries only', (gateway) => {
  const committed = async (story: Story) => {
    const { projectContract } = await story.ask(
      'query ($id: ID!) { projectContract(id: $id) { notToExceedLimits { nodes { committedAmount } } } }', { id: story.world.contractId },
    );
    return projectContract.notToExceedLimits.nodes[0].committedAmount;
  };
  const setLimit = (story: Story, amount: string, scope: object = {}) =>
    story.does('setNotToExceedLimit', { contractId: story.world.contractId, amount, ...scope });
  const drafted = async (limit: string, scopeOf: (world: World) => object = () => ({})) => {
    const story = await Story.begin(gateway());
    await story.world.unbilledMany(2, HOUR);
    await setLimit(story, limit, scopeOf(story.world));
    const { id, number, lines: [first, second] } = await story.draft();
    const edit = (detail: StoryDetail, change: object) => story.tell(EDIT, { proformaInvoiceNumber: number, details: [{ detailId: detail.id, ...change }] });
    return { story, id, proformaInvoiceNumber: number, first: first!, second: second!, edit };
  };

  it.each([
    ['customer of a contract line', (world: World) => ({ contractLineId: world.facts.lines.timeAndMaterial, customerId: world.facts.customers[0]!.accountId })],
    ['contract line', (world: World) => ({ contractLineId: world.facts.lines.timeAndMaterial })],
    ['customer', (world: World) => ({ customerId: world.facts.customers[0]!.accountId })],
    ['contract', () => ({})],
  ] as const)('NTE-14: a draft is edited up to the limit of the %s exactly, and not a cent above it', async (level, scopeOf) => {
    const { story, proformaInvoiceNumber, first, second } = await drafted('240', scopeOf);
    const raise = (price: string) => story.tell(EDIT, { proformaInvoiceNumber, details: [{ detailId: second.id, description: 'x' }, { detailId: first.id, price }] });
    expect((await raise('140.01')).errors).toMatchObject([{
      code: 'NOT_TO_EXCEED_FAILED', path: ['input', 'details', '1'], message: expect.stringContaining(`of the ${level} is 240, of which 40 are left, and the change takes 40.01`),
    }]);
    expect(await story.details(proformaInvoiceNumber)).toMatchObject([{ price: '100', version: 1 }, { version: 1 }]);
    expect((await raise('140')).errors).toEqual([]);
    expect(await committed(story)).toBe('240');
  });

  it('NTE-14: a limit of another contract line holds no edit back', async () => {
    const { edit, first } = await drafted('0', (world) => ({ contractLineId: world.facts.lines.fixedPrice }));
    expect((await edit(first, { price: '1000' })).errors).toEqual([]);
  });

  it('NTE-14: a detail by hand takes its place under a limit, and gives it back when it is taken off', async () => {
    const { story, proformaInvoiceNumber } = await drafted('240');
    const manual = { contractLineId: story.world.facts.lines.timeAndMaterial, classification: 'TIME', quantity: '1' };
    const add = (details: readonly object[]) => story.tell(ADD, { proformaInvoiceNumber, details });
    expect((await add([{ ...manual, price: '40' }, { ...manual, price: '1' }])).errors.map(({ code }) => code)).toEqual(['NOT_TO_EXCEED_FAILED', 'NOT_TO_EXCEED_FAILED']);
    expect((await add([{ ...manual, price: '40' }, { ...manual, price: '1', billingType: 'NON_CHARGEABLE' }])).errors).toEqual([]);
    expect(await committed(story)).toBe('240');
    const [added] = (await story.details(proformaInvoiceNumber)).filter(({ price }) => price === '40');
    await story.does('removeProformaInvoiceLineDetails', { proformaInvoiceNumber, detailIds: [added!.id] });
    expect(await committed(story)).toBe('200');
  });

  it('NTE-15: what an edit lowers is given back at confirmation, what it raises is taken at once', async () => {
    const { story, id, first, second, edit } = await drafted('210');
    await edit(first, { price: '50' });
    expect(await committed(story)).toBe('200');
    expect((await edit(second, { price: '110.01' })).errors).toMatchObject([{ code: 'NOT_TO_EXCEED_FAILED' }]);
    expect((await edit(second, { price: '110' })).errors).toEqual([]);
    const open = await story.world.unbilled({ ...HOUR, price: '1', billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    const mark = async () => (await story.ask(
      'mutation ($input: MarkTransactionsInput!) { markReadyToInvoice(input: $input) { errors { code } } }', { input: { actualIds: [open.unbilledId] } },
    )).markReadyToInvoice;
    expect((await mark()).errors).toMatchObject([{ code: 'NOT_TO_EXCEED_FAILED' }]);
    await story.process.confirm(id);
    expect(await committed(story)).toBe('160');
    expect((await mark()).errors).toEqual([]);
  });

  it('NTE-16: what a correction returns to the backlog is evaluated, and billed more only within the limit', async () => {
    const { story, id, proformaInvoiceNumber } = await drafted('220');
    await story.process.confirm(id);
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { id: string; number: string } }>(
      'reviseProformaInvoice', { proformaInvoiceNumber }, 'proformaInvoice { id number }',
    );
    const [kept, credited] = await story.details(proformaInvoice.number);
    const correct = (change: object) => story.tell(EDIT, { proformaInvoiceNumber: proformaInvoice.number, details: [{ detailId: kept!.id, ...change }] });
    expect((await correct({ quantity: '1', price: '120.01' })).errors).toMatchObject([{ code: 'NOT_TO_EXCEED_FAILED', path: ['input', 'details', '0'] }]);
    expect((await correct({ quantity: '1', price: '120' })).errors).toEqual([]);
    expect(credited!.amount).toBe('0');
    await story.process.confirm(proformaInvoice.id);
    expect(await committed(story)).toBe('120');
    const { actuals } = await story.ask(
      `query ($contract: String!) { actuals(filter: { contract: { number: { eq: $contract } }, billingStatus: { eq: UNBILLED_SALES_CREATED } }) { nodes { amount notToExceedStatus } } }`,
      { contract: story.contractNumber },
    );
    expect(actuals.nodes.filter(({ amount }: { amount: string }) => amount === '100')).toEqual([{ amount: '100', notToExceedStatus: 'NOT_EVALUATED' }]);
  });
});
