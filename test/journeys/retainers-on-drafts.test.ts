import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { globalIdOf } from '../../src/stores/reading/global-id';
import { buildWorld, type WorldOptions } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { asker, type Draft } from '../support/process';
import { billed, RetainerDesk, unbilled } from './retainer-desk';

onBothEngines('retainers on a draft, by queries only', (gateway) => {
  beforeAll(() => ensureTableMaps(gateway().context));

  const open = async (options: WorldOptions = {}) => new RetainerDesk(asker(gateway()), await buildWorld(gateway(), options));
  const totalOf = async (desk: RetainerDesk, { id }: Draft) =>
    (await desk.ask('query ($id: ID!) { proformaInvoice(id: $id) { totalAmount } }', { id })).proformaInvoice.totalAmount;

  it('RETAINER-15 can be entered on a draft, which invoices it', async () => {
    const desk = await open();
    await desk.world.unbilled();
    const draft = await desk.draft();
    const { id, invoiceStatus } = await desk.retainer('createRetainer', { proformaInvoiceId: draft.id, amount: '500', tax: '25' });
    expect(invoiceStatus).toBe('CUSTOMER_INVOICE_CREATED');
    expect(await totalOf(desk, draft)).toBe('2125');
    const { contractId } = desk.world;
    expect(await desk.refused('createRetainer', { proformaInvoiceNumber: draft.number, contractId, amount: '5' })).toEqual(['INVALID_INPUT']);
    await desk.confirm(draft);
    expect(await desk.rows(id, draft.number)).toEqual([billed('1', '500'), unbilled('-1', '-500')]);
    expect(await desk.refused('createRetainer', { proformaInvoiceId: draft.id, amount: '5' })).toEqual(['INVALID_STATE']);
  });

  it('RETAINER-15 and RETAINER-17 can be entered and refunded on a contract line that came after the draft', async () => {
    const desk = await open();
    await desk.world.unbilled({ quantity: '1', price: '200' });
    const draft = await desk.draft();
    const contractLineId = await desk.world.lateLine();
    await desk.retainer('createRetainer', { proformaInvoiceId: draft.id, contractLineId, amount: '500' });
    expect(await totalOf(desk, draft)).toBe('700');
    await desk.confirm(draft);

    await desk.world.unbilled({ quantity: '1', price: '200' });
    const next = await desk.draft();
    const later = await desk.world.lateLine();
    const { id } = await desk.invoiced('1000', { contractLineId: later });
    await desk.retainer('refundRetainer', { retainerId: id, proformaInvoiceId: next.id, amount: '1000' });
    expect(await totalOf(desk, next)).toBe('-1000');
  });

  it('RETAINER-16 the applied amount can be lowered and raised again, never above what is free', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled();
    const draft = await desk.draft();
    expect(await desk.apply(draft, '1000.01')).toEqual(['RETAINER_EXCEEDED']);
    expect(await desk.apply(draft, '-1')).toEqual(['INVALID_INPUT']);
    expect(await desk.apply(draft, '10.001')).toEqual(['TOO_MANY_DECIMALS']);
    expect(await desk.apply(draft, '300')).toEqual([]);
    expect(await totalOf(desk, draft)).toBe('1300');
    await desk.world.unbilled({ quantity: '2', price: '200' });
    const other = await desk.draft();
    expect(other.totalAmount).toBe('0');
    // The other draft holds 400 of the 700 that this one gave up.
    expect(await desk.apply(draft, '600.01')).toEqual(['RETAINER_EXCEEDED']);
    expect(await desk.apply(other, '400.01')).toEqual(['RETAINERS_EXCEED_CHARGEABLE']);
    expect(await desk.apply(draft, '600')).toEqual([]);
    const [time] = (await desk.details(draft.id)).filter(({ retainerUse }) => retainerUse === null);
    const input = { proformaInvoiceId: draft.id, details: [{ detailId: time!.id, amount: '1' }] };
    expect(await desk.refused('updateAppliedRetainers', input, 'proformaInvoice { id }')).toEqual(['NOT_EDITABLE']);
    await desk.confirm(draft);
    expect(await desk.rows(id, draft.number)).toEqual([unbilled('1', '1000'), unbilled('-1', '-400'), billed('-1', '-600')]);
    expect(await desk.apply(other, '0')).toEqual([]);
    await desk.confirm(other);
    expect(await desk.rows(id, other.number)).toEqual([]);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '400', usedAmount: '600' });
  });

  it('RETAINER-11 is refused at confirmation where edits left less than it applies', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled();
    const draft = await desk.draft();
    const [time] = (await desk.details(draft.id)).filter(({ retainerUse }) => retainerUse === null);
    const edit = { proformaInvoiceId: draft.id, details: [{ detailId: time!.id, quantity: '2' }] };
    expect(await desk.refused('updateProformaInvoiceLineDetails', edit, 'proformaInvoice { id }')).toEqual([]);
    expect(await desk.refused('confirmProformaInvoice', { proformaInvoiceId: draft.id }, 'proformaInvoice { id }')).toEqual(['RETAINERS_EXCEED_CHARGEABLE']);
    expect(await desk.apply(draft, '500')).toEqual([]);
    expect(await desk.apply(draft, '400')).toEqual([]);
    await desk.confirm(draft);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '600', usedAmount: '400' });
  });

  it('RETAINER-11 pays for what a correction adds, not for what was billed before', async () => {
    const desk = await open();
    await desk.world.unbilled();
    const billedBefore = await desk.draft();
    await desk.confirm(billedBefore);
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled({ quantity: '2', price: '200' });
    const draft = await desk.draft();
    const revise = { proformaInvoiceId: billedBefore.id, intoProformaInvoiceId: draft.id };
    expect(await desk.refused('reviseProformaInvoice', revise, 'correctionCount')).toEqual([]);
    const { proformaInvoice } = await desk.ask('query ($id: ID!) { proformaInvoice(id: $id) { details(filter: { isCorrection: { eq: true } }) { nodes { id } } } }', { id: draft.id });
    const invoiceHours = (quantity: string) => desk.refused(
      'updateProformaInvoiceLineDetails',
      { proformaInvoiceId: draft.id, details: [{ detailId: proformaInvoice.details.nodes[0].id, quantity }] },
      'proformaInvoice { id }',
    );
    expect(await invoiceHours('9')).toEqual([]);
    expect(await desk.apply(draft, '600.01')).toEqual(['RETAINERS_EXCEED_CHARGEABLE']);
    expect(await desk.apply(draft, '600')).toEqual([]);
    expect(await totalOf(desk, draft)).toBe('0');
    // A credit of 200 leaves 200 of the 400 to be paid.
    expect(await invoiceHours('7')).toEqual([]);
    expect(await desk.refused('confirmProformaInvoice', { proformaInvoiceId: draft.id }, 'proformaInvoice { id }')).toEqual(['RETAINERS_EXCEED_CHARGEABLE']);
    expect(await desk.apply(draft, '200')).toEqual([]);
    await desk.confirm(draft);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '800', usedAmount: '200' });
  });

  it('RETAINER-21 a draft that corrects an earlier proforma takes no retainer, however it is brought up to date', async () => {
    const desk = await open();
    await desk.world.unbilled();
    const billedBefore = await desk.draft();
    await desk.confirm(billedBefore);
    const revised = await desk.ask(
      `mutation ($input: ReviseProformaInvoiceInput!) { reviseProformaInvoice(input: $input) { proformaInvoice { id } } }`,
      { input: { proformaInvoiceId: billedBefore.id } },
    );
    const { id: proformaInvoiceId } = revised.reviseProformaInvoice.proformaInvoice;
    const { id } = await desk.ready('500');
    expect(await desk.refused('refreshProformaInvoice', { proformaInvoiceId }, 'proformaInvoice { id }')).toEqual([]);
    expect(await desk.read(id)).toMatchObject({ invoiceStatus: 'READY_TO_INVOICE' });
    expect(await desk.refused('createRetainer', { proformaInvoiceId, amount: '5' })).toEqual(['INVALID_INPUT']);
  });

  it('RETAINER-19 pays a draft that was made before it was available, and leaves what the draft was told', async () => {
    const desk = await open();
    await desk.world.unbilled({ quantity: '2', price: '200' });
    const draft = await desk.draft();
    const { id } = await desk.invoiced('1000');
    const refresh = () => desk.refused('refreshProformaInvoice', { proformaInvoiceId: draft.id }, 'proformaInvoice { id }');
    expect(await refresh()).toEqual([]);
    expect(await desk.appliedOnDrafts(id)).toEqual(['-400']);
    expect(await desk.apply(draft, '0')).toEqual([]);
    await desk.world.unbilled({ quantity: '1', price: '200' });
    expect(await refresh()).toEqual([]);
    expect(await totalOf(desk, draft)).toBe('600');
    expect(await desk.apply(draft, '600')).toEqual([]);
    await desk.confirm(draft);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '400', usedAmount: '600' });

    const { unbilledId } = await desk.world.unbilled();
    expect(await desk.refused('addToProformaInvoice', { actualIds: [globalIdOf('Actual', unbilledId)] }, 'proformaInvoice { id }')).toEqual([]);
    expect(await desk.appliedOnDrafts(id)).toEqual(['-400']);
  });

  it('RETAINER-19 carries a refund that was asked for, but puts nothing of retainers on corrections', async () => {
    const desk = await open();
    await desk.world.unbilled({ quantity: '2', price: '200' });
    const draft = await desk.draft();
    const { id } = await desk.invoiced('1000');
    await desk.retainer('markRetainerReadyToRefund', { retainerId: id, amount: '900' });
    const refresh = (proformaInvoiceId: string) => desk.refused('refreshProformaInvoice', { proformaInvoiceId }, 'proformaInvoice { id }');
    expect(await refresh(draft.id)).toEqual([]);
    expect((await desk.details(draft.id)).map(({ retainerUse, amount }) => [retainerUse, amount])).toEqual([
      [null, '400'], ['APPLICATION', '-100'], ['REFUND', '-900'],
    ]);
    await desk.confirm(draft);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '0', refundedAmount: '900', usedAmount: '100' });
    await desk.invoiced('50');
    const { reviseProformaInvoice } = await desk.ask(
      'mutation ($input: ReviseProformaInvoiceInput!) { reviseProformaInvoice(input: $input) { proformaInvoice { id } } }',
      { input: { proformaInvoiceId: draft.id } },
    );
    await desk.world.unbilled();
    expect(await refresh(reviseProformaInvoice.proformaInvoice.id)).toEqual([]);
    expect((await desk.details(reviseProformaInvoice.proformaInvoice.id)).filter(({ retainerUse }) => retainerUse !== null)).toEqual([]);
  });

  it('RETAINER-05 is claimed once, whoever asks for it at the same time', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled();
    const one = await desk.draft();
    await desk.apply(one, '0');
    await desk.world.unbilled();
    const other = await desk.draft();
    await desk.apply(other, '0');
    const codes = await Promise.all([
      desk.apply(one, '700'),
      desk.apply(other, '700'),
      desk.refused('markRetainerReadyToRefund', { retainerId: id, amount: '700' }),
    ]);
    expect(codes.filter((code) => code.length === 0)).toHaveLength(1);
    expect(codes.flat()).toEqual(['RETAINER_EXCEEDED', 'RETAINER_EXCEEDED']);
  });

  it('RETAINER-17 is refunded on a draft of its contract and customer', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    await desk.world.unbilled({ quantity: '1', price: '200' });
    const draft = await desk.draft();
    expect(draft.totalAmount).toBe('0');
    expect(await desk.refused('refundRetainer', { retainerId: id, proformaInvoiceId: draft.id, amount: '800.01' })).toEqual(['RETAINER_EXCEEDED']);
    await desk.retainer('refundRetainer', { retainerId: id, proformaInvoiceId: draft.id });
    expect(await totalOf(desk, draft)).toBe('-800');
    expect(await desk.refused('refundRetainer', { retainerId: id, proformaInvoiceId: draft.id })).toEqual(['INVALID_STATE']);
    await desk.confirm(draft);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '0', usedAmount: '200', refundedAmount: '800', refundStatus: 'REFUNDED' });
    expect((await desk.rows(id, draft.number)).map(([type, , amount]) => [type, amount])).toEqual([
      ['U', '1000'], ['U', '800'], ['B', '-200'], ['B', '-800'], ['U', '-800'],
    ]);
    const stranger = await open();
    await stranger.world.unbilled();
    const foreign = await stranger.draft();
    expect(await desk.refused('refundRetainer', { retainerId: id, proformaInvoiceId: foreign.id })).toEqual(['INVALID_INPUT']);
    expect(await desk.refused('refundRetainer', { retainerId: id, proformaInvoiceId: draft.id })).toEqual(['INVALID_STATE']);
  });

  it('RETAINER-18 a refund is canceled with its detail, until it is confirmed', async () => {
    const desk = await open();
    const { id } = await desk.invoiced('1000');
    expect(await desk.refused('cancelRetainerRefund', { retainerId: id })).toEqual(['INVALID_STATE']);
    await desk.retainer('markRetainerReadyToRefund', { retainerId: id, amount: '700' });
    expect(await desk.retainer('cancelRetainerRefund', { retainerId: id })).toMatchObject({ refundStatus: 'BLANK', refundAmount: '0' });
    await desk.retainer('markRetainerReadyToRefund', { retainerId: id, amount: '700' });
    await desk.world.unbilled();
    const draft = await desk.draft();
    // 300 pay for the work of 1,600, and 700 go back.
    expect(draft.totalAmount).toBe('600');
    expect(await desk.retainer('cancelRetainerRefund', { retainerId: id })).toMatchObject({ refundStatus: 'BLANK', availableAmount: '1000' });
    expect(await totalOf(desk, draft)).toBe('1300');
    await desk.retainer('refundRetainer', { retainerId: id, proformaInvoiceId: draft.id, amount: '100' });
    await desk.confirm(draft);
    expect(await desk.refused('cancelRetainerRefund', { retainerId: id })).toEqual(['INVALID_STATE']);
    expect(await desk.read(id)).toMatchObject({ availableAmount: '600', usedAmount: '300', refundedAmount: '100', refundStatus: 'REFUNDED' });
  });
});
