import {
  Actual,
  BillingStatus,
  Milestone,
  MilestoneInvoiceStatus,
  ProformaInvoice,
  ProformaInvoiceLine,
  ProformaInvoiceLineDetail,
  ProformaInvoiceStatus,
  RECORD_TYPES,
  TransactionConnection,
} from '../../../../src/entities/dataverse';
import { deleteProformaInvoice } from '../../../../src/flow/1-bill/draft/delete-proforma-invoice.command';
import { updateRows } from '../../../../src/stores/bulk';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { refusalsOf, run } from '../../../support/flow-commands';

onBothEngines('deleting a proforma invoice', (gateway) => {
  const manager = () => gateway().database.reader.manager;
  const remove = (proformaInvoiceId: string, expectedVersion: number | null = null) =>
    run(deleteProformaInvoice, gateway().context, { proformaInvoiceId, expectedVersion });

  it.each([ProformaInvoiceStatus.DRAFT, ProformaInvoiceStatus.IN_REVIEW])(
    'BILL-14: returns its transactions as ready (status %s)',
    async (status) => {
      const world = await buildWorld(gateway());
      const transactions = await world.unbilledMany(3);
      const milestoneId = await world.milestone();
      const proformaId = await world.proforma();
      await gateway().database.write((work) => updateRows(work, ProformaInvoice, [{ id: proformaId, status }]));
      const { number } = await manager().findOneByOrFail(ProformaInvoice, { id: proformaId });
      const detailIds = (await manager().findBy(ProformaInvoiceLineDetail, { proformaInvoiceId: proformaId })).map(
        (detail) => detail.id,
      );

      expect(await remove(proformaId)).toEqual({ proformaInvoiceId: proformaId, number, returnedTransactionCount: 4 });
      expect(await manager().countBy(ProformaInvoice, { id: proformaId })).toBe(0);
      expect(await manager().countBy(ProformaInvoiceLine, { proformaInvoiceId: proformaId })).toBe(0);
      expect(await manager().countBy(ProformaInvoiceLineDetail, { proformaInvoiceId: proformaId })).toBe(0);
      const left = await manager().findBy(TransactionConnection, { transaction1Type: RECORD_TYPES.invoiceLineDetail });
      expect(left.filter((connection) => detailIds.includes(connection.transaction1Id))).toEqual([]);
      for (const { unbilledId } of transactions) {
        expect(await manager().findOneByOrFail(Actual, { id: unbilledId })).toMatchObject({
          billingStatus: BillingStatus.READY_TO_INVOICE,
          version: 3,
        });
      }
      expect((await manager().findOneByOrFail(Milestone, { id: milestoneId })).invoiceStatus).toBe(
        MilestoneInvoiceStatus.READY_FOR_INVOICING,
      );
      expect(await manager().countBy(TransactionConnection, { transaction1Id: transactions[0]!.unbilledId })).toBe(1);
      expect(await world.proforma()).not.toBe(proformaId);
    },
  );

  it('BILL-14: refuses a confirmed one, and says what to do instead', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const proformaId = await world.confirmedProforma();
    expect(await refusalsOf(remove(proformaId))).toMatchObject([
      {
        kind: 'state',
        from: 'CONFIRMED',
        to: null,
        allowed: ['DRAFT', 'IN_REVIEW'],
        message: expect.stringContaining('corrected by another one, not deleted'),
      },
    ]);
    expect(await manager().countBy(ProformaInvoiceLineDetail, { proformaInvoiceId: proformaId })).toBe(1);
  });

  it('BILL-14: refuses one that nobody knows and one that changed since it was read', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const proformaId = await world.proforma();
    expect(await refusalsOf(remove('unknown'))).toMatchObject([{ code: 'NOT_FOUND', type: 'proforma invoice' }]);
    expect(await refusalsOf(remove(proformaId, 1))).toMatchObject([{ code: 'CONFLICT', expectedVersion: 1, actualVersion: 2 }]);
    expect(await remove(proformaId, 2)).toMatchObject({ returnedTransactionCount: 1 });
  });

  it('BILL-14: deletes once under the same key', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const input = { proformaInvoiceId: await world.proforma() };
    const first = await run(deleteProformaInvoice, gateway().context, input, 'delete-1');
    expect(await run(deleteProformaInvoice, gateway().context, input, 'delete-1')).toEqual(first);
  });
});
