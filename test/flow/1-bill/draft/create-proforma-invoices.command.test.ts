import {
  Actual,
  BillingStatus,
  BillingType,
  Milestone,
  MilestoneInvoiceStatus,
  NotToExceedStatus,
  ProformaInvoice,
  ProformaInvoiceLine,
  ProformaInvoiceLineDetail,
  ProformaInvoiceStatus,
  TransactionClassification,
  TransactionConnection,
} from '../../../../src/entities/dataverse';
import { SyncLogEntry } from '../../../../src/entities/dual-write';
import {
  createProformaInvoices,
  type CreateProformaInvoicesInput,
} from '../../../../src/flow/1-bill/draft/create-proforma-invoices.command';
import { updateRows } from '../../../../src/stores/bulk';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { run } from '../../../support/flow-commands';

onBothEngines('creating proforma invoices', (gateway) => {
  const manager = () => gateway().database.reader.manager;
  const create = (input: CreateProformaInvoicesInput, key?: string) =>
    run(createProformaInvoices, gateway().context, input, key ?? null);
  const header = (id: string) => manager().findOneByOrFail(ProformaInvoice, { id });
  const lines = (proformaInvoiceId: string) =>
    manager().find(ProformaInvoiceLine, { where: { proformaInvoiceId }, order: { lineNumber: 'ASC' } });
  const details = (proformaInvoiceId: string) =>
    manager().find(ProformaInvoiceLineDetail, { where: { proformaInvoiceId }, order: { id: 'ASC' } });
  const billingStatusOf = async (id: string) => (await manager().findOneByOrFail(Actual, { id })).billingStatus;

  it('BILL-09: makes a line per contract line, even without transactions, and a detail per ready transaction', async () => {
    const world = await buildWorld(gateway());
    const ready = await world.unbilled();
    const open = await world.unbilled({ billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    const failed = await world.unbilled({ notToExceedStatus: NotToExceedStatus.FAILED });
    const proformaId = await world.proforma();
    expect(await header(proformaId)).toMatchObject({
      number: expect.stringMatching(/^PI-\d{7}$/),
      name: `Contract ${world.facts.number}`,
      status: ProformaInvoiceStatus.DRAFT,
      customerId: world.facts.customers[0]!.accountId,
      contractCustomerId: world.facts.customers[0]!.contractCustomerId,
      contractId: world.contractId,
      currencyId: world.facts.currencyId,
      createdOn: '2026-06-30T12:00:00.000Z',
      accountingDate: null,
      changeSetId: null,
      billedActualCount: null,
    });
    expect(
      (await lines(proformaId)).map((line) => [line.lineNumber, line.contractLineId, line.chargeableAmount.toString()]),
    ).toEqual([
      [1, world.facts.lines.timeAndMaterial, '1600'],
      [2, world.facts.lines.fixedPrice, '0'],
    ]);
    const [detail, ...others] = await details(proformaId);
    expect(others).toEqual([]);
    expect(detail).toMatchObject({
      unbilledActualId: ready.unbilledId,
      milestoneId: null,
      classification: TransactionClassification.TIME,
      billingType: BillingType.CHARGEABLE,
      customerId: world.facts.customers[0]!.accountId,
      projectId: world.facts.projects.timeAndMaterial.id,
      transactionDate: '2026-06-10',
    });
    expect([detail!.quantity, detail!.price, detail!.amount].map(String)).toEqual(['8', '200', '1600']);
    expect(await billingStatusOf(open.unbilledId)).toBe(BillingStatus.UNBILLED_SALES_CREATED);
    expect(await billingStatusOf(failed.unbilledId)).toBe(BillingStatus.READY_TO_INVOICE);
  });

  it('BILL-10: takes every transaction once', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled();
    const milestoneId = await world.milestone();
    await world.proforma();
    expect(await billingStatusOf(unbilledId)).toBe(BillingStatus.CUSTOMER_INVOICE_CREATED);
    expect((await manager().findOneByOrFail(Milestone, { id: milestoneId })).invoiceStatus).toBe(
      MilestoneInvoiceStatus.CUSTOMER_INVOICE_CREATED,
    );
    const [second] = await create({ contractIds: [world.contractId] });
    expect(second).toMatchObject({
      proformaInvoiceIds: [],
      refusals: [{ code: 'NOTHING_READY_TO_INVOICE', path: ['input', 'contractIds', '0'] }],
    });
  });

  it('BILL-10: leaves one winner when two create at the same time', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(5);
    const attempts = await Promise.all([1, 2, 3].map(() => create({ contractIds: [world.contractId] })));
    expect(attempts.flat().filter((item) => item.proformaInvoiceIds.length === 1)).toHaveLength(1);
    expect(await manager().countBy(ProformaInvoiceLineDetail, { contractId: world.contractId })).toBe(5);
  });

  it("BILL-08: makes one proforma per contract customer; the contract's customer pays what names nobody", async () => {
    const world = await buildWorld(gateway(), { customers: 3 });
    await world.unbilled({ customer: 1, price: '50' });
    await world.unbilled({ customer: null });
    await world.milestone({ customer: 1, amount: '70' });
    await world.milestone({ customer: null });
    const ids = await world.proformas();
    const headers = await Promise.all(ids.map(header));
    expect(headers.map((row) => [row.customerId, row.contractCustomerId, row.totalAmount.toString()])).toEqual([
      [world.facts.customers[0]!.accountId, world.facts.customers[0]!.contractCustomerId, '6600'],
      [world.facts.customers[1]!.accountId, world.facts.customers[1]!.contractCustomerId, '470'],
    ]);
    expect(new Set(headers.map((row) => row.number)).size).toBe(2);
  });

  it('BILL-11: totals the lines and the header by billing type', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled({ tax: '320' });
    await world.unbilled({ quantity: '2', billingType: BillingType.NON_CHARGEABLE, tax: '80' });
    await world.unbilled({ quantity: '1.5', billingType: BillingType.COMPLIMENTARY });
    await world.milestone({ tax: '1000' });
    const proformaId = await world.proforma();
    const amounts = (row: ProformaInvoice | ProformaInvoiceLine) =>
      [row.chargeableAmount, row.nonChargeableAmount, row.complimentaryAmount, row.tax].map(String);
    const [timeAndMaterial, fixedPrice] = await lines(proformaId);
    expect([...amounts(timeAndMaterial!), timeAndMaterial!.extendedAmount.toString()]).toEqual([
      '1600',
      '400',
      '300',
      '320',
      '1920',
    ]);
    expect([...amounts(fixedPrice!), fixedPrice!.extendedAmount.toString()]).toEqual(['5000', '0', '0', '1000', '6000']);
    const row = await header(proformaId);
    expect([...amounts(row), row.totalAmount.toString()]).toEqual(['6600', '400', '300', '1320', '7920']);
  });

  it('BILL-12: refuses a contract with nothing ready, unless an empty proforma is allowed', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled({ billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    expect(await create({ contractIds: [world.contractId] })).toMatchObject([
      { refusals: [{ code: 'NOTHING_READY_TO_INVOICE' }] },
    ]);
    const [item] = await create({ contractIds: [world.contractId], allowEmpty: true });
    expect(await header(item!.proformaInvoiceIds[0]!)).toMatchObject({ customerId: world.facts.customers[0]!.accountId });
    expect(await lines(item!.proformaInvoiceIds[0]!)).toHaveLength(2);
    expect(await details(item!.proformaInvoiceIds[0]!)).toEqual([]);
  });

  it('BILL-12: leaves what is after the given day in the backlog', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled({ date: '2026-06-30' });
    await world.milestone({ date: '2026-07-01' });
    expect(await create({ contractIds: [world.contractId], transactionsThrough: '2026-06-29' })).toMatchObject([
      { refusals: [{ code: 'NOTHING_READY_TO_INVOICE' }] },
    ]);
    const [item] = await create({ contractIds: [world.contractId], transactionsThrough: '2026-06-30' });
    expect(await details(item!.proformaInvoiceIds[0]!)).toMatchObject([{ classification: TransactionClassification.TIME }]);
  });

  it('BILL-13: says what was invoiced on each contract line before', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    await world.unbilled({ billingType: BillingType.NON_CHARGEABLE });
    await world.milestone();
    await world.confirmedProforma();
    await world.unbilled();
    expect((await lines(await world.proforma())).map((line) => line.invoicedTillDate.toString())).toEqual(['1600', '5000']);
  });

  it('BILL-15: bills a milestone whole and chargeable', async () => {
    const world = await buildWorld(gateway());
    const milestoneId = await world.milestone({ amount: '5000', tax: '250' });
    const [detail] = await details(await world.proforma());
    expect(detail).toMatchObject({
      milestoneId,
      unbilledActualId: null,
      classification: TransactionClassification.MILESTONE,
      billingType: BillingType.CHARGEABLE,
      contractLineId: world.facts.lines.fixedPrice,
      transactionDate: '2026-06-15',
      description: 'Go-live',
    });
    expect([detail!.quantity, detail!.price, detail!.amount, detail!.tax].map(String)).toEqual(['1', '5000', '5000', '250']);
  });

  it('BILL-16: names the transaction that is on no line of its contract or in another currency', async () => {
    const world = await buildWorld(gateway());
    const other = await buildWorld(gateway(), { currency: 'GBP' });
    const { unbilledId } = await world.unbilled();
    const spoil = (changes: Partial<Actual>) =>
      gateway().database.write((work) => updateRows(work, Actual, [{ id: unbilledId, ...changes }]));
    await spoil({ contractLineId: other.facts.lines.timeAndMaterial });
    const [foreignLine] = await create({ contractIds: [world.contractId] });
    expect(foreignLine!.refusals).toMatchObject([{ code: 'NO_CONTRACT_LINE', message: expect.stringContaining(unbilledId) }]);
    await spoil({ contractLineId: world.facts.lines.timeAndMaterial, currencyId: other.facts.currencyId });
    const [foreignCurrency] = await create({ contractIds: [world.contractId] });
    expect(foreignCurrency!.refusals).toMatchObject([{ code: 'MIXED_CURRENCIES' }]);
    expect(await manager().countBy(ProformaInvoice, { contractId: world.contractId })).toBe(0);
    await spoil({ currencyId: world.facts.currencyId });
    expect(await world.proforma()).toEqual(expect.any(String));
  });

  it('BILL-17: answers for each contract by itself', async () => {
    const full = await buildWorld(gateway());
    const empty = await buildWorld(gateway());
    await full.unbilled();
    const contractIds = ['unknown', full.contractId, empty.contractId, full.contractId];
    const items = await create({ contractIds });
    expect(
      items.map((item) => [
        item.contractId,
        item.proformaInvoiceIds.length,
        item.refusals.map(({ code, path }) => [code, path?.[2]]),
      ]),
    ).toEqual([
      ['unknown', 0, [['NOT_FOUND', '0']]],
      [full.contractId, 1, []],
      [empty.contractId, 0, [['NOTHING_READY_TO_INVOICE', '2']]],
      [full.contractId, 0, [['INVALID_INPUT', '3']]],
    ]);
  });

  it('BILL-17: creates nothing new under the same key, and refuses the key with another input', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const input = { contractIds: [world.contractId] };
    const first = await create(input, 'create-1');
    await world.unbilled();
    expect(await create(input, 'create-1')).toEqual(first);
    expect(await create({ ...input, allowEmpty: true }, 'create-1')).toMatchObject([
      { refusals: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] },
    ]);
    expect(await manager().countBy(ProformaInvoice, { contractId: world.contractId })).toBe(1);
  });

  it('BILL-18: connects the detail with its unbilled actual, and logs nothing for the sync', async () => {
    const world = await buildWorld(gateway());
    const { unbilledId } = await world.unbilled();
    const logged = await manager().count(SyncLogEntry);
    const [detail] = await details(await world.proforma());
    expect(await manager().findBy(TransactionConnection, { transaction1Id: detail!.id })).toMatchObject([
      {
        transaction1Role: 'Billed Sales',
        transaction1Type: 'msdyn_invoicelinetransaction',
        transaction2Id: unbilledId,
        transaction2Role: 'Unbilled Sales',
        transaction2Type: 'msdyn_actual',
        changeSetId: null,
      },
    ]);
    expect(await manager().count(SyncLogEntry)).toBe(logged);
  });

  it('BILL-09: bills more transactions than one chunk holds, each once', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(1203, (index) => ({ cost: false, price: `${index % 7}.25`, quantity: '1' }));
    const proformaId = await world.proforma();
    const sources = (await details(proformaId)).map((detail) => detail.unbilledActualId);
    expect(new Set(sources).size).toBe(1203);
    const expected = Array.from({ length: 1203 }, (_, index) => (index % 7) * 100 + 25).reduce((a, b) => a + b) / 100;
    expect((await header(proformaId)).totalAmount.toNumber()).toBe(expected);
  });
});
