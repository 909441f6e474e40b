import {
  Actual,
  AdjustmentStatus,
  BillingStatus,
  Milestone,
  MilestoneInvoiceStatus,
  NotToExceedStatus,
} from '../../../../src/entities/dataverse';
import { markNotReadyToInvoice, markReadyToInvoice } from '../../../../src/flow/1-bill/backlog/mark-transactions.command';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { refusalsOf, run } from '../../../support/flow-commands';

const { UNBILLED_SALES_CREATED, READY_TO_INVOICE } = BillingStatus;
const OPEN = { billingStatus: UNBILLED_SALES_CREATED };
const NOT_READY = { invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING };

onBothEngines('marking transactions of the backlog', (gateway) => {
  const actual = (id: string) => gateway().database.reader.manager.findOneByOrFail(Actual, { id });
  const milestone = (id: string) => gateway().database.reader.manager.findOneByOrFail(Milestone, { id });

  it('BILL-01: makes a named actual ready and takes it back, with a higher version each time', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled(OPEN);
    const outcome = await run(markReadyToInvoice, gateway().context, { actualIds: [unbilledId] });
    expect(outcome).toEqual({
      actualCount: 1,
      milestoneCount: 0,
      retainerCount: 0,
      failedActualCount: 0,
      actualIds: [unbilledId],
      milestoneIds: [],
      retainerIds: [],
    });
    expect(await actual(unbilledId)).toMatchObject({ billingStatus: READY_TO_INVOICE, version: 2 });
    await run(markNotReadyToInvoice, gateway().context, { actualIds: [unbilledId] });
    expect(await actual(unbilledId)).toMatchObject({ billingStatus: UNBILLED_SALES_CREATED, version: 3 });
  });

  it('BILL-05: makes a milestone ready and takes it back', async () => {
    const world = await buildWorld(gateway());
    const id = await world.milestone(NOT_READY);
    await run(markReadyToInvoice, gateway().context, { milestoneIds: [id] });
    expect(await milestone(id)).toMatchObject({ invoiceStatus: MilestoneInvoiceStatus.READY_FOR_INVOICING, version: 2 });
    await run(markNotReadyToInvoice, gateway().context, { milestoneIds: [id] });
    expect((await milestone(id)).invoiceStatus).toBe(MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING);
  });

  it('BILL-06: marks nothing when one of the named is refused, and says which and why', async () => {
    const world = await buildWorld(gateway());
    const good = await world.unbilled(OPEN);
    const adjusted = await world.unbilled({ ...OPEN, adjustmentStatus: AdjustmentStatus.ADJUSTED });
    const reversal = await world.unbilled({ ...OPEN, adjustmentStatus: AdjustmentStatus.UNADJUSTABLE });
    const failed = await world.unbilled({ ...OPEN, notToExceedStatus: NotToExceedStatus.FAILED });
    const posted = await world.unbilled({ billingStatus: BillingStatus.CUSTOMER_INVOICE_POSTED });
    const actualIds = [
      good.unbilledId,
      adjusted.unbilledId,
      reversal.unbilledId,
      failed.unbilledId,
      posted.unbilledId,
      good.costId!,
      'unknown',
    ];
    const refusals = await refusalsOf(run(markReadyToInvoice, gateway().context, { actualIds, milestoneIds: ['nowhere'] }));
    expect(refusals.map(({ code, path }) => [code, path?.join('.')])).toEqual([
      ['ADJUSTED', 'input.actualIds.1'],
      ['UNADJUSTABLE', 'input.actualIds.2'],
      ['NOT_TO_EXCEED_FAILED', 'input.actualIds.3'],
      ['INVALID_STATE', 'input.actualIds.4'],
      ['NOT_UNBILLED_SALES', 'input.actualIds.5'],
      ['NOT_FOUND', 'input.actualIds.6'],
      ['NOT_FOUND', 'input.milestoneIds.0'],
    ]);
    expect((await actual(good.unbilledId)).billingStatus).toBe(UNBILLED_SALES_CREATED);
  });

  it('BILL-07: takes every eligible open transaction of a contract up to a day', async () => {
    const world = await buildWorld(gateway());
    const neighbour = await buildWorld(gateway());
    const early = await world.unbilled({ ...OPEN, date: '2026-05-31' });
    const late = await world.unbilled({ ...OPEN, date: '2026-06-01' });
    const failed = await world.unbilled({ ...OPEN, date: '2026-05-31', notToExceedStatus: NotToExceedStatus.FAILED });
    const adjusted = await world.unbilled({ ...OPEN, date: '2026-05-31', adjustmentStatus: AdjustmentStatus.ADJUSTED });
    const foreign = await neighbour.unbilled({ ...OPEN, date: '2026-05-31' });
    const due = await world.milestone({ ...NOT_READY, date: '2026-05-31' });
    const future = await world.milestone({ ...NOT_READY, date: '2026-06-01' });
    const outcome = await run(markReadyToInvoice, gateway().context, {
      contractIds: [world.contractId],
      transactionsThrough: '2026-05-31',
    });
    expect(outcome).toEqual({
      actualCount: 1,
      milestoneCount: 1,
      retainerCount: 0,
      failedActualCount: 1,
      actualIds: [],
      milestoneIds: [],
      retainerIds: [],
    });
    expect((await actual(early.unbilledId)).billingStatus).toBe(READY_TO_INVOICE);
    for (const { unbilledId } of [late, failed, adjusted, foreign])
      expect((await actual(unbilledId)).billingStatus).toBe(UNBILLED_SALES_CREATED);
    expect((await milestone(due)).invoiceStatus).toBe(MilestoneInvoiceStatus.READY_FOR_INVOICING);
    expect((await milestone(future)).invoiceStatus).toBe(MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING);
    expect((await actual(early.costId!)).version).toBe(1);
  });

  it('BILL-07: without a day takes all of them, and takes all of them back', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(3, OPEN);
    await world.unbilled({ notToExceedStatus: NotToExceedStatus.FAILED });
    const input = { contractIds: [world.contractId] };
    expect(await run(markReadyToInvoice, gateway().context, input)).toMatchObject({ actualCount: 3 });
    expect(await run(markNotReadyToInvoice, gateway().context, input)).toMatchObject({ actualCount: 4 });
  });

  it('BILL-06: refuses contracts that do not exist and requests that name nothing', async () => {
    expect(await refusalsOf(run(markReadyToInvoice, gateway().context, { contractIds: ['unknown'] }))).toMatchObject([
      { code: 'NOT_FOUND', type: 'project contract', path: ['input', 'contractIds', '0'] },
    ]);
    expect(await refusalsOf(run(markReadyToInvoice, gateway().context, {}))).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('BILL-06: answers a repetition under the same key with the first outcome', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled(OPEN);
    const input = { actualIds: [unbilledId] };
    const first = await run(markReadyToInvoice, gateway().context, input, 'mark-1');
    expect(await run(markReadyToInvoice, gateway().context, input, 'mark-1')).toEqual(first);
    expect((await actual(unbilledId)).version).toBe(2);
  });
});
