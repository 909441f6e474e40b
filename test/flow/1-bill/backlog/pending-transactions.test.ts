import { BillingStatus, MilestoneInvoiceStatus, NotToExceedStatus } from '../../../../src/entities/dataverse';
import { RetainerDesk } from '../../../journeys/retainer-desk';
import { onBothEngines } from '../../../support/engines';
import { Story } from '../../../support/story';

interface Pending {
  readonly isReady: boolean;
  readonly notReadyReason: string | null;
  readonly amount: string;
  readonly payer: { readonly id: string };
}

onBothEngines('what is pending besides a proforma, by queries only', (gateway) => {
  const PENDING = `query ($number: String!, $filter: BillingBacklogItemFilter) { proformaInvoice(number: $number) {
    customer { id } pendingTransactions(filter: $filter, orderBy: [{ field: AMOUNT }]) { totalCount nodes { classification isReady notReadyReason amount payer { id } } }
    invoicedRetainers { nodes { amount availableAmount } }
  } }`;

  async function pendingOf(story: Story, number: string, filter: object | null = null) {
    const { proformaInvoice } = await story.ask(PENDING, { number, filter });
    const { nodes, totalCount } = proformaInvoice.pendingTransactions as { nodes: Pending[]; totalCount: number };
    expect(new Set(nodes.map(({ payer }) => payer.id))).toEqual(new Set(nodes.length === 0 ? [] : [proformaInvoice.customer.id]));
    return { totalCount, rows: nodes.map(({ isReady, notReadyReason, amount }) => [amount, isReady, notReadyReason]), retainers: proformaInvoice.invoicedRetainers.nodes };
  }

  it('BILL-30: lists ready ones and says why the others are not, of its customer only', async () => {
    const story = await Story.begin(gateway(), { customers: 2 });
    await story.world.unbilled();
    const { number } = await story.draft();
    await story.world.unbilled({ quantity: '1', customer: null });
    await story.world.unbilled({ quantity: '2', billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    await story.world.unbilled({ quantity: '3', billingStatus: BillingStatus.UNBILLED_SALES_CREATED, notToExceedStatus: NotToExceedStatus.FAILED });
    await story.world.unbilled({ quantity: '4', customer: 1 });
    await story.world.milestone({ invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING });
    await story.does('createRetainer', { contractId: story.world.contractId, amount: '700' });
    expect(await pendingOf(story, number)).toEqual({ totalCount: 5, retainers: [], rows: [
      ['200', true, null], ['400', false, 'NOT_MARKED'], ['600', false, 'NOT_TO_EXCEED_FAILED'], ['700', false, 'NOT_MARKED'], ['5000', false, 'NOT_MARKED'],
    ] });
    expect(await pendingOf(story, number, { isReady: { eq: true } })).toMatchObject({ totalCount: 1, rows: [['200', true, null]] });
    expect(await pendingOf(story, number, { notReadyReason: { eq: 'NOT_TO_EXCEED_FAILED' } })).toMatchObject({ totalCount: 1 });
    await story.does('refreshProformaInvoice', { proformaInvoiceNumber: number });
    expect((await pendingOf(story, number)).rows[0]).toEqual(['400', false, 'NOT_MARKED']);
  });

  it('BILL-30: a ready retainer is in the backlog until a draft takes it, and available once it is invoiced', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { number } = await story.draft();
    await new RetainerDesk(story.ask, story.world).ready('700');
    expect((await pendingOf(story, number)).rows).toEqual([['700', true, null]]);
    const { id, number: second } = await story.draft();
    expect((await pendingOf(story, second)).rows).toEqual([]);
    await story.process.confirm(id);
    expect(await pendingOf(story, number)).toEqual({ totalCount: 0, rows: [], retainers: [{ amount: '700', availableAmount: '700' }] });
  });
});
