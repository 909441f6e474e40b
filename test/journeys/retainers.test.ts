import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { buildWorld } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { asker } from '../support/process';
import { billed, RetainerDesk, unbilled } from './retainer-desk';

onBothEngines('a retainer in Dataverse, by queries only', (gateway) => {
  beforeAll(() => ensureTableMaps(gateway().context));

  const open = async (options = {}) => new RetainerDesk(asker(gateway()), await buildWorld(gateway(), options));

  it('RETAINER-01 becomes ready, comes on a draft, and its balance is available once that is confirmed', async () => {
    const desk = await open();
    const created = await desk.retainer('createRetainer', { contractId: desk.world.contractId, amount: '1000', description: 'Advance' });
    expect(created).toMatchObject({ invoiceStatus: 'NOT_READY', availableAmount: '0', refundStatus: 'BLANK', version: 1 });
    expect(await desk.mark('markReadyToInvoice', { retainerIds: [created.id] })).toBe(1);
    const draft = await desk.draft();
    expect(draft.totalAmount).toBe('1000');
    expect(await desk.details(draft.id)).toMatchObject([
      { retainerUse: 'INVOICE', classification: 'RETAINER', billingType: 'CHARGEABLE', quantity: '1', amount: '1000', retainer: { id: created.id } },
    ]);
    expect(await desk.read(created.id)).toMatchObject({ invoiceStatus: 'CUSTOMER_INVOICE_CREATED', availableAmount: '0' });
    await desk.confirm(draft);
    expect(await desk.read(created.id)).toMatchObject({ invoiceStatus: 'INVOICED', availableAmount: '1000', usedAmount: '0' });
  });

  it('RETAINER-06 is billed and held', async () => {
    const desk = await open();
    const { id } = await desk.ready('1000');
    const draft = await desk.draft();
    await desk.confirm(draft);
    expect(await desk.rows(id, draft.number)).toEqual([billed('1', '1000'), unbilled('-1', '-1000')]);
  });

  it('RETAINER-08 sends only its billed rows to finance', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled();
    await desk.confirm(await desk.draft());
    await desk.process.sync();
    const { retainer } = await desk.ask(`query ($id: ID!) { retainer(id: $id) { actuals(orderBy: [{ field: TRANSACTION_TYPE }, { field: AMOUNT, direction: DESC }]) { nodes {
      transactionType amount stagedActual { amount classification }
    } } } }`, { id });
    expect(retainer.actuals.nodes).toEqual([
      { transactionType: 'UNBILLED_SALES', amount: '1000', stagedActual: null },
      { transactionType: 'UNBILLED_SALES', amount: '-1000', stagedActual: null },
      { transactionType: 'BILLED_SALES', amount: '1000', stagedActual: { amount: '1000', classification: 'ON_ACCOUNT' } },
      { transactionType: 'BILLED_SALES', amount: '-1000', stagedActual: { amount: '-1000', classification: 'ON_ACCOUNT' } },
    ]);
  });

  it('RETAINER-04 pays later drafts by itself, in part and then fully', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled({ quantity: '2', price: '200' });
    const first = await desk.draft();
    expect((await desk.details(first.id)).map(({ retainerUse, quantity, amount }) => [retainerUse, quantity, amount])).toEqual([
      [null, '2', '400'],
      ['APPLICATION', '-1', '-400'],
    ]);
    expect(first.totalAmount).toBe('0');
    expect(await desk.read(id)).toMatchObject({ availableAmount: '1000', usedAmount: '0' });
    await desk.confirm(first);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '600', usedAmount: '400' });

    await desk.world.unbilled();
    const second = await desk.draft();
    expect(second.totalAmount).toBe('1000');
    await desk.confirm(second);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '0', usedAmount: '1000' });
    await desk.world.unbilled();
    expect((await desk.draft()).totalAmount).toBe('1600');
  });

  it('RETAINER-07 releases what was held, bills what is applied as negative, and holds the rest', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled({ quantity: '2', price: '200' });
    const first = await desk.draft();
    await desk.confirm(first);
    expect(await desk.rows(id, first.number)).toEqual([unbilled('1', '1000'), billed('-1', '-400'), unbilled('-1', '-600')]);
    await desk.world.unbilled();
    const second = await desk.draft();
    await desk.confirm(second);
    expect(await desk.rows(id, second.number)).toEqual([unbilled('1', '600'), billed('-1', '-600')]);
  });

  it('RETAINER-03 is of a line and a customer of its contract, and has an amount in its currency', async () => {
    const desk = await open({ currency: 'JPY', accountingCurrency: 'JPY' });
    const { contractId } = desk.world;
    expect(await desk.refused('createRetainer', { contractId, amount: '0' })).toEqual(['INVALID_INPUT']);
    expect(await desk.refused('createRetainer', { contractId, amount: '10.5', tax: '-1' })).toEqual(['INVALID_INPUT', 'TOO_MANY_DECIMALS']);
    expect(await desk.refused('createRetainer', { contractId, amount: '1000000001' })).toEqual(['AMOUNT_OUT_OF_RANGE']);
    const other = await open({ customers: 2 });
    expect(await desk.refused('createRetainer', { contractId, amount: '10', contractLineId: other.world.facts.lines.fixedPrice })).toEqual(['NOT_FOUND']);
    expect(await desk.refused('createRetainer', { contractId, amount: '10', customerId: other.world.facts.customers[0]!.accountId })).toEqual(['NOT_FOUND']);
    expect(await desk.refused('createRetainer', { contractNumber: 'none', amount: '10' })).toEqual(['NOT_FOUND']);
  });

  it('RETAINER-02 is changed and deleted until a draft has it', async () => {
    const desk = await open({ currency: 'JPY', accountingCurrency: 'JPY' });
    const { contractId } = desk.world;
    const created = await desk.retainer('createRetainer', { contractId, amount: '5000', contractLineId: desk.world.facts.lines.fixedPrice });
    const changed = await desk.retainer('updateRetainer', { retainerId: created.id, amount: '7000', expectedVersion: 1 });
    expect(changed).toMatchObject({ amount: '7000', version: 2 });
    expect(await desk.refused('updateRetainer', { retainerId: created.id, amount: '1', expectedVersion: 1 })).toEqual(['CONFLICT']);
    expect(await desk.refused('updateRetainer', { retainerId: created.id, tax: '0.5' })).toEqual(['TOO_MANY_DECIMALS']);
    await desk.mark('markReadyToInvoice', { contractIds: [contractId] });
    expect(await desk.refused('deleteRetainer', { retainerId: created.id }, 'deletedRetainerId')).toEqual(['INVALID_STATE']);
    expect(await desk.mark('markNotReadyToInvoice', { retainerIds: [created.id] })).toBe(1);
    const spare = await desk.retainer('createRetainer', { contractId, amount: '1' });
    expect(await desk.refused('deleteRetainer', { retainerId: spare.id }, 'deletedRetainerId')).toEqual([]);
    expect(await desk.read(spare.id)).toBeNull();

    await desk.mark('markReadyToInvoice', { retainerIds: [created.id] });
    const draft = await desk.draft();
    expect(draft.totalAmount).toBe('7000');
    expect(await desk.refused('updateRetainer', { retainerId: created.id, amount: '1' })).toEqual(['INVALID_STATE']);
    expect(await desk.refused('deleteRetainer', { retainerId: created.id }, 'deletedRetainerId')).toEqual(['INVALID_STATE']);
    const answer = await desk.ask(`mutation { deleteProformaInvoice(input: { proformaInvoiceId: "${draft.id}" }) { errors { code } } }`);
    expect(answer.deleteProformaInvoice.errors).toEqual([]);
    expect(await desk.read(created.id)).toMatchObject({ invoiceStatus: 'READY_TO_INVOICE' });
  });

  it('RETAINER-05 is shared by two drafts, never more than once, and free again when one is deleted', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled({ quantity: '3', price: '200' });
    const first = await desk.draft();
    await desk.world.unbilled();
    const second = await desk.draft();
    expect([first.totalAmount, second.totalAmount]).toEqual(['0', '1200']);
    await desk.ask(`mutation { deleteProformaInvoice(input: { proformaInvoiceId: "${first.id}" }) { errors { code } } }`);
    const third = await desk.draft();
    expect(third.totalAmount).toBe('0');
    await desk.confirm(second);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '600', usedAmount: '400' });
    await desk.confirm(third);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '0', usedAmount: '1000' });
    expect(await desk.rows(id, third.number)).toEqual([unbilled('1', '600'), billed('-1', '-600')]);
  });

  it('RETAINER-04 the oldest is applied first, and only for its own customer', async () => {
    const desk = await open({ customers: 2 });
    const [one, other] = desk.world.facts.customers;
    const young = await desk.ready('500', { date: '2026-03-01' });
    const old = await desk.ready('300', { date: '2026-01-01' });
    const foreign = await desk.ready('900', { customerId: other!.accountId });
    for (const draft of await desk.process.createDrafts([desk.world.contractId])) await desk.confirm(draft);
    await desk.world.unbilled({ quantity: '2', price: '200', customer: 0 });
    const draft = await desk.draft();
    expect(one!.accountId).not.toBe(other!.accountId);
    const applied = (await desk.details(draft.id)).flatMap(({ retainer, amount }) => (retainer ? [[retainer.id, amount]] : []));
    expect(applied).toEqual([[young.id, '-100'], [old.id, '-300']]);
    await desk.confirm(draft);
    expect(await desk.read(old.id)).toMatchObject({ availableAmount: '0' });
    expect(await desk.read(young.id)).toMatchObject({ availableAmount: '400' });
    expect(await desk.read(foreign.id)).toMatchObject({ availableAmount: '900' });
  });

  it('RETAINER-09 gives its balance back with the next draft, in part and then fully', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    expect(await desk.refused('markRetainerReadyToRefund', { retainerId: id, amount: '1000.01' })).toEqual(['RETAINER_EXCEEDED']);
    expect(await desk.refused('markRetainerReadyToRefund', { retainerId: id, amount: '0' })).toEqual(['INVALID_INPUT']);
    const marked = await desk.retainer('markRetainerReadyToRefund', { retainerId: id, amount: '400' });
    expect(marked).toMatchObject({ refundStatus: 'READY_TO_REFUND', refundAmount: '400', availableAmount: '1000' });
    expect(await desk.refused('markRetainerReadyToRefund', { retainerId: id })).toEqual(['INVALID_STATE']);
    const draft = await desk.draft();
    expect(draft.totalAmount).toBe('-400');
    await desk.confirm(draft);
    expect(await desk.rows(id, draft.number)).toEqual([unbilled('1', '1000'), billed('-1', '-400'), unbilled('-1', '-600')]);
    expect(await desk.read(id)).toMatchObject({ refundStatus: 'REFUNDED', refundedAmount: '400', refundAmount: '0', availableAmount: '600' });
    await desk.retainer('markRetainerReadyToRefund', { retainerId: id });
    const last = await desk.draft();
    await desk.confirm(last);
    expect(await desk.rows(id, last.number)).toEqual([unbilled('1', '600'), billed('-1', '-600')]);
    expect(await desk.read(id)).toMatchObject({ refundStatus: 'REFUNDED', refundedAmount: '1000', availableAmount: '0' });
    expect(await desk.refused('markRetainerReadyToRefund', { retainerId: id })).toEqual(['INVALID_INPUT']);
  });
});
