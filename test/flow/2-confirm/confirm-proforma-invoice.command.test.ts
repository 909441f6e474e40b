import { createHash } from 'node:crypto';
import {
  Actual,
  AdjustmentStatus,
  BillingStatus,
  BillingType,
  Milestone,
  MilestoneInvoiceStatus,
  ProformaInvoice,
  ProformaInvoiceLine,
  ProformaInvoiceLineDetail,
  ProformaInvoiceStatus,
  TransactionConnection,
  TransactionOrigin,
  TransactionType,
} from '../../../src/entities/dataverse';
import { SyncLogEntry, SyncLogStatus, TABLE_MAPS } from '../../../src/entities/dual-write';
import { createProformaInvoices } from '../../../src/flow/1-bill/draft/create-proforma-invoices.command';
import { deleteProformaInvoice } from '../../../src/flow/1-bill/draft/delete-proforma-invoice.command';
import {
  confirmProformaInvoice,
  type ConfirmProformaInvoiceInput,
} from '../../../src/flow/2-confirm/confirm-proforma-invoice.command';
import { decimal } from '../../../src/kernel/decimal';
import { CHUNK_ROWS, updateRows } from '../../../src/stores/bulk';
import { buildWorld } from '../../support/builders';
import { onBothEngines } from '../../support/engines';
import { refusalsOf, run } from '../../support/flow-commands';

onBothEngines('confirming a proforma invoice', (gateway) => {
  const manager = () => gateway().database.reader.manager;
  const confirm = (input: ConfirmProformaInvoiceInput, key: string | null = null) =>
    run(confirmProformaInvoice, gateway().context, input, key);
  const header = (id: string) => manager().findOneByOrFail(ProformaInvoice, { id });
  const newActuals = (proformaInvoiceId: string) =>
    manager().find(Actual, { where: { proformaInvoiceId }, order: { id: 'ASC' } });
  const change = (id: string, changes: Partial<ProformaInvoice>) =>
    gateway().database.write((work) => updateRows(work, ProformaInvoice, [{ id, ...changes }]));
  const row = (actual: Actual) => [
    actual.transactionType,
    actual.quantity.toString(),
    actual.amount.toString(),
    actual.adjustmentStatus,
    actual.skipSync,
  ];

  it('CONFIRM-01: bills 8 hours at 200 with a reversal and a billed actual, and touches the cost not at all', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId, costId } = await world.unbilled();
    const proformaId = await world.proforma();
    expect(await confirm({ proformaInvoiceId: proformaId })).toEqual({ proformaInvoiceId: proformaId, billedActualCount: 1 });
    expect((await newActuals(proformaId)).map(row)).toEqual([
      [TransactionType.UNBILLED_SALES, '-8', '-1600', AdjustmentStatus.UNADJUSTABLE, true],
      [TransactionType.BILLED_SALES, '8', '1600', null, false],
    ]);
    expect(await manager().findOneByOrFail(Actual, { id: costId! })).toMatchObject({ version: 1, billingStatus: null });
    expect(await manager().findOneByOrFail(Actual, { id: unbilledId })).toMatchObject({
      proformaInvoiceId: null,
      adjustmentStatus: null,
      skipSync: false,
    });
  });

  it('CONFIRM-02: bills a milestone with a billed actual only', async () => {
    const world = await buildWorld(gateway());
    const milestoneId = await world.milestone();
    const actuals = await newActuals(await world.confirmedProforma());
    expect(actuals.map(row)).toEqual([[TransactionType.BILLED_SALES, '1', '5000', null, false]]);
    expect(actuals[0]).toMatchObject({ milestoneId, contractingUnitId: world.facts.organizationalUnitId });
  });

  it('CONFIRM-04: moves the transactions to posted, and leaves what finance reads of them alone', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled();
    const milestoneId = await world.milestone();
    const before = await manager().findOneByOrFail(Actual, { id: unbilledId });
    await world.confirmedProforma();
    const after = await manager().findOneByOrFail(Actual, { id: unbilledId });
    expect(after).toMatchObject({
      billingStatus: BillingStatus.CUSTOMER_INVOICE_POSTED,
      version: 3,
      changeSetId: before.changeSetId,
    });
    expect(await manager().findOneByOrFail(Milestone, { id: milestoneId })).toMatchObject({
      invoiceStatus: MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED,
    });
  });

  it("CONFIRM-06: stores both connections beside the draft's", async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled();
    await world.confirmedProforma();
    const stored = await manager().find(TransactionConnection, {
      where: { transaction2Id: unbilledId },
      order: { transaction1Role: 'ASC', transaction1Type: 'ASC' },
    });
    expect(stored.map((one) => [one.transaction1Type, one.transaction1Role, one.transaction2Role])).toEqual([
      ['msdyn_actual', 'Billed Sales', 'Unbilled Sales'],
      ['msdyn_invoicelinetransaction', 'Billed Sales', 'Unbilled Sales'],
      ['msdyn_actual', 'Reversing', 'Original'],
    ]);
  });

  it('CONFIRM-07: stores the origins of both new actuals', async () => {
    const world = await buildWorld(gateway());
    const { timeEntryId, journalLineId } = await world.unbilled();
    const proformaId = await world.confirmedProforma();
    const [reversal, billed] = await newActuals(proformaId);
    const [detail] = await manager().findBy(ProformaInvoiceLineDetail, { proformaInvoiceId: proformaId });
    const originsOf = async (transactionId: string) =>
      Object.fromEntries(
        (await manager().findBy(TransactionOrigin, { transactionId })).map((one) => [one.originType, one.originId]),
      );
    const work = { msdyn_timeentry: timeEntryId, msdyn_journalline: journalLineId };
    expect(await originsOf(billed!.id)).toEqual({
      ...work,
      invoice: proformaId,
      invoicedetail: detail!.lineId,
      msdyn_invoicelinetransaction: detail!.id,
    });
    expect(await originsOf(reversal!.id)).toEqual(work);
  });

  it('CONFIRM-08: dates the new actuals and the header by the day of confirmation, unless the proforma says another', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const today = await world.confirmedProforma();
    expect(await header(today)).toMatchObject({
      accountingDate: '2026-06-30',
      invoiceDate: '2026-06-30',
      confirmedOn: '2026-06-30T12:00:00.000Z',
    });
    await world.unbilled();
    const dated = await world.proforma();
    await change(dated, { accountingDate: '2026-05-31' });
    await confirm({ proformaInvoiceId: dated });
    expect(await header(dated)).toMatchObject({ accountingDate: '2026-05-31', invoiceDate: '2026-05-31' });
    for (const actual of await newActuals(dated))
      expect(actual).toMatchObject({ accountingDate: '2026-05-31', transactionDate: '2026-06-10' });
  });

  it('CONFIRM-09: counts its billed actuals and stores the checksum of their ids, over several chunks', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(620, { cost: false });
    await world.milestone();
    const proformaId = await world.proforma();
    expect(await confirm({ proformaInvoiceId: proformaId })).toMatchObject({ billedActualCount: 621 });
    const billed = (await newActuals(proformaId))
      .filter((actual) => actual.transactionType === TransactionType.BILLED_SALES)
      .map((actual) => actual.id);
    const checksum = createHash('sha256')
      .update([...billed].sort().join('\n'))
      .digest('hex');
    expect(await header(proformaId)).toMatchObject({ billedActualCount: 621, billedActualChecksum: checksum });
  });

  it('CONFIRM-10: stamps what finance gets with one change set, logged once per table map', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(2);
    await world.milestone();
    const proformaId = await world.confirmedProforma();
    const { changeSetId } = await header(proformaId);
    const logged = await manager().findBy(SyncLogEntry, { changeSetId: changeSetId! });
    expect(logged.map((entry) => [entry.mapName, entry.status])).toEqual(
      expect.arrayContaining([
        [TABLE_MAPS.invoices, SyncLogStatus.OPEN],
        [TABLE_MAPS.actuals, SyncLogStatus.OPEN],
        [TABLE_MAPS.connections, SyncLogStatus.OPEN],
      ]),
    );
    expect(logged).toHaveLength(3);
    const stamped = await manager().findBy(Actual, { changeSetId: changeSetId! });
    expect(stamped.map((actual) => [actual.transactionType, actual.skipSync])).toEqual(
      Array(3).fill([TransactionType.BILLED_SALES, false]),
    );
    expect(
      (await manager().findBy(TransactionConnection, { changeSetId: changeSetId! })).map((one) => one.transaction1Role),
    ).toEqual(['Billed Sales', 'Billed Sales']);
  });

  it('CONFIRM-11: refuses a proforma without details, and confirms one of zero', async () => {
    const world = await buildWorld(gateway());
    const input = { contractIds: [world.contractId], allowEmpty: true };
    const [empty] = await run(createProformaInvoices, gateway().context, input);
    const proformaInvoiceId = empty!.proformaInvoiceIds[0]!;
    expect(await refusalsOf(confirm({ proformaInvoiceId }))).toMatchObject([
      { code: 'EMPTY_PROFORMA', path: ['input', 'proformaInvoiceId'] },
    ]);
    expect(await header(proformaInvoiceId)).toMatchObject({
      status: ProformaInvoiceStatus.DRAFT,
      version: 2,
      accountingDate: null,
    });
    await world.unbilled({ billingType: BillingType.NON_CHARGEABLE });
    const zero = await world.confirmedProforma();
    const confirmed = await header(zero);
    expect([confirmed.status, confirmed.totalAmount.toString(), confirmed.billedActualCount]).toEqual([
      ProformaInvoiceStatus.CONFIRMED,
      '0',
      1,
    ]);
  });

  it('CONFIRM-12: confirms once, from review too', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const proformaInvoiceId = await world.proforma();
    await change(proformaInvoiceId, { status: ProformaInvoiceStatus.IN_REVIEW });
    await confirm({ proformaInvoiceId });
    expect(await refusalsOf(confirm({ proformaInvoiceId }))).toMatchObject([
      {
        kind: 'state',
        code: 'INVALID_STATE',
        from: 'CONFIRMED',
        to: 'CONFIRMED',
        allowed: ['DRAFT', 'IN_REVIEW'],
      },
    ]);
    expect(await newActuals(proformaInvoiceId)).toHaveLength(2);
  });

  it('CONFIRM-12: of several confirmations at the same time one wins', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(3);
    const proformaInvoiceId = await world.proforma();
    const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => confirm({ proformaInvoiceId })));
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
    const lost = attempts.flatMap((attempt) =>
      attempt.status === 'rejected' ? [attempt.reason as { refusals: { code: string }[] }] : [],
    );
    expect(lost.map((reason) => reason.refusals[0]!.code)).toEqual(['INVALID_STATE', 'INVALID_STATE', 'INVALID_STATE']);
    expect(await newActuals(proformaInvoiceId)).toHaveLength(6);
  });

  it('CONFIRM-12: confirming and deleting at the same time leaves one of the two done, and no transaction lost', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled();
    const proformaInvoiceId = await world.proforma();
    await Promise.allSettled([
      confirm({ proformaInvoiceId }),
      run(deleteProformaInvoice, gateway().context, { proformaInvoiceId }),
    ]);
    const left = await manager().findOneBy(ProformaInvoice, { id: proformaInvoiceId });
    const { billingStatus } = await manager().findOneByOrFail(Actual, { id: unbilledId });
    expect(billingStatus).toBe(left ? BillingStatus.CUSTOMER_INVOICE_POSTED : BillingStatus.READY_TO_INVOICE);
    expect(await newActuals(proformaInvoiceId)).toHaveLength(left ? 2 : 0);
  });

  it('CONFIRM-12: refuses a version that is not the newest, and one that nobody knows', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const proformaInvoiceId = await world.proforma();
    expect(await refusalsOf(confirm({ proformaInvoiceId, expectedVersion: 1 }))).toMatchObject([
      { code: 'CONFLICT', expectedVersion: 1, actualVersion: 2, path: ['input', 'expectedVersion'] },
    ]);
    await confirm({ proformaInvoiceId, expectedVersion: 2 });
    expect(await header(proformaInvoiceId)).toMatchObject({ status: ProformaInvoiceStatus.CONFIRMED, version: 3 });
    expect(await refusalsOf(confirm({ proformaInvoiceId: 'unknown' }))).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('CONFIRM-12: answers a repetition under the same key, and refuses the key with another input', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const proformaInvoiceId = await world.proforma();
    const first = await confirm({ proformaInvoiceId }, 'confirm-1');
    expect(await confirm({ proformaInvoiceId }, 'confirm-1')).toEqual(first);
    expect(await newActuals(proformaInvoiceId)).toHaveLength(2);
    expect(await refusalsOf(confirm({ proformaInvoiceId, expectedVersion: 3 }, 'confirm-1'))).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
  });

  it('CONFIRM-13: confirms edited details of a large invoice among others, chunk by chunk', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(CHUNK_ROWS + 30, { cost: false });
    const proformaInvoiceId = await world.proforma();
    const details = await manager().find(ProformaInvoiceLineDetail, { where: { proformaInvoiceId }, order: { id: 'ASC' } });
    const edited = details.filter((_, index) => index % 50 === 0);
    await gateway().database.write((work) =>
      updateRows(
        work,
        ProformaInvoiceLineDetail,
        edited.map(({ id }) => ({ id, quantity: decimal(6), amount: decimal(1200) })),
      ),
    );
    const { billedActualCount } = await confirm({ proformaInvoiceId });
    expect(billedActualCount).toBe(details.length + edited.length);
    const actuals = await newActuals(proformaInvoiceId);
    expect(actuals).toHaveLength((details.length - edited.length) * 2 + edited.length * 7);
    const adjusted = await manager().countBy(Actual, { contractId: world.contractId, adjustmentStatus: AdjustmentStatus.ADJUSTED });
    expect(adjusted).toBe(edited.length);
  });

  it('CONFIRM-15: leaves lines and details exactly as they were drafted, whatever is tried afterwards', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(2);
    const proformaInvoiceId = await world.proforma();
    const document = async () => ({
      lines: await manager().find(ProformaInvoiceLine, { where: { proformaInvoiceId }, order: { id: 'ASC' } }),
      details: await manager().find(ProformaInvoiceLineDetail, { where: { proformaInvoiceId }, order: { id: 'ASC' } }),
    });
    const drafted = await document();
    await confirm({ proformaInvoiceId });
    const confirmed = await header(proformaInvoiceId);
    await refusalsOf(confirm({ proformaInvoiceId }));
    await refusalsOf(run(deleteProformaInvoice, gateway().context, { proformaInvoiceId }));
    expect(await document()).toEqual(drafted);
    expect(await header(proformaInvoiceId)).toEqual(confirmed);
  });

  it('CONFIRM-16: refuses when a transaction was adjusted since it was drafted', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled();
    const proformaInvoiceId = await world.proforma();
    await gateway().database.write((work) =>
      updateRows(work, Actual, [{ id: unbilledId, adjustmentStatus: AdjustmentStatus.ADJUSTED }]),
    );
    expect(await refusalsOf(confirm({ proformaInvoiceId }))).toMatchObject([{ code: 'ADJUSTED' }]);
  });
});
