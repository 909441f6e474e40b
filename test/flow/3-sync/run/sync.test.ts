import { ProformaInvoice, ProformaInvoiceStatus, OrderType, BillingType } from '../../../../src/entities/dataverse';
import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, RunStatus, SyncErrorStatus, TABLE_MAPS, TableMap, TableMapField, TableMapStatus } from '../../../../src/entities/dual-write';
import {
  FinanceProject, InvoiceProposal, ProjBillingType, StagedActual, StagedConnection, StagedMilestone,
} from '../../../../src/entities/finance';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { hasSyncWork } from '../../../../src/flow/3-sync/run/run-sync.command';
import { decimal } from '../../../../src/kernel/decimal';
import { insertRows, selectRows, updateRows } from '../../../../src/stores/bulk';
import { sql } from '../../../../src/stores/session';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { actualRow, addChangeSet, addProforma, change, changeAll, connectionRow, deleteRows, errorOf, freshWorld, reported, sync, wholeState } from '../rungs';

onBothEngines('a sync', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  beforeEach(async () => { world = await freshWorld(gateway()); });

  const reader = () => gateway().database.reader;
  const staged = async (actualId: string) => (await selectRows(reader(), StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0];
  const proposalOf = async (id: string) => (await selectRows(reader(), InvoiceProposal, sql`WHERE t."gw_invoiceid" = ${id}`))[0];
  const stagedConnection = async (id: string) => (await selectRows(reader(), StagedConnection, sql`WHERE t."ConnectionId" = ${id}`))[0];

  const addProject = (projectId: string) => gateway().database.write((work) => insertRows(work, FinanceProject, [{
    id: gateway().context.ids.next(), legalEntityId: 'USPM', projectId, name: 'Mended', projectType: 0,
  }]));

  it('SYNC-01 carries the header of a confirmed proforma as a proposal under its number', async () => {
    await world.unbilled();
    const id = await world.confirmedProforma();
    await sync(gateway());
    const [proforma] = await selectRows(reader(), ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`);
    expect(await proposalOf(id)).toMatchObject({
      number: proforma!.number, legalEntityId: 'USPM', contractId: world.facts.contractNumber, customerAccount: world.facts.customers[0]!.accountNumber,
      fundingSourceId: world.facts.customers[0]!.fundingSourceId, currencyCode: 'USD', headerText: proforma!.name, billedActualCount: 1,
      billedActualChecksum: proforma!.billedActualChecksum, accountingDate: proforma!.accountingDate, paymentTerms: 'Net30',
      sourceVersion: proforma!.version, version: 1, hasLines: false, changeSetId: null, createdOn: '2026-06-30T12:00:00.000Z',
    });
  });

  it('SYNC-01 carries a proforma whose total is zero', async () => {
    await world.unbilled({ billingType: BillingType.NON_CHARGEABLE });
    const id = await world.confirmedProforma();
    await sync(gateway());
    expect(await proposalOf(id)).toMatchObject({ billedActualCount: 1 });
  });

  it('SYNC-01 carries the day of confirmation when the proforma has no accounting date', async () => {
    const { id } = await addProforma(gateway(), world, { accountingDate: null, confirmedOn: '2026-05-04T23:59:00.000Z' });
    await sync(gateway());
    expect(await proposalOf(id)).toMatchObject({ accountingDate: '2026-05-04' });
  });

  it.each([
    ['a draft', { status: ProformaInvoiceStatus.DRAFT }, false],
    ['one in review', { status: ProformaInvoiceStatus.IN_REVIEW }, false],
    ['an item-based one', { orderType: OrderType.ITEM_BASED }, false],
    ['a paid one', { status: ProformaInvoiceStatus.PAID }, true],
  ])('SYNC-02 of the proformas, %s %j arrives: %s', async (_title, changes, arrives) => {
    const { id } = await addProforma(gateway(), world, changes);
    await sync(gateway());
    expect(await proposalOf(id) !== undefined).toBe(arrives);
  });

  it('SYNC-02 never carries the reversal that a confirmation makes, nor its connection', async () => {
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    const id = await world.confirmedProforma();
    const report = await sync(gateway());
    expect(reported(report, MAP_FLOWS.actuals)).toMatchObject({ written: 1, failed: 0, waiting: 0 });
    expect(reported(report, MAP_FLOWS.connections)).toMatchObject({ written: 1, failed: 0, waiting: 0 });
    const skipped = await selectRows(reader(), Actual, sql`WHERE t."gw_skipsync" = true AND t."msdyn_salescontract" = ${world.contractId}`);
    expect(skipped).toHaveLength(1);
    for (const actual of skipped) expect(await staged(actual.id)).toBeUndefined();
    const billed = await selectRows(reader(), StagedActual, sql`WHERE t."InvoiceId" = ${(await proposalOf(id))!.number}`);
    expect(billed).toHaveLength(1);
    const [connection] = await selectRows(reader(), StagedConnection, sql`WHERE t."Transaction1Id" = ${billed[0]!.actualId}`);
    expect(connection).toMatchObject({ transaction2Id: unbilledId, legalEntityId: 'USPM' });
  });

  it('SYNC-12 carries an actual with everything that it names', async () => {
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    expect(await staged(unbilledId)).toMatchObject({
      contractId: world.facts.contractNumber, contractLineId: world.facts.lines.timeAndMaterial, customerAccount: world.facts.customers[0]!.accountNumber,
      projectId: world.facts.projects.timeAndMaterial.number, taskId: world.facts.taskId, categoryId: 'Time', unit: 'Hour',
      resourceName: `Consultant ${world.facts.number}`, description: 'Work', accountingDate: '2026-06-10', documentDate: '2026-06-10',
      quantity: decimal('8'), unitPrice: decimal('200'), amount: decimal('1600'), currencyCode: 'USD', isProcessed: false, voucherNumber: null,
    });
  });

  it('carries milestones with the contract’s customer where they name none', async () => {
    const id = await world.milestone({ customer: null });
    await sync(gateway());
    const [milestone] = await selectRows(reader(), StagedMilestone, sql`WHERE t."TransactionId" = ${id}`);
    expect(milestone).toMatchObject({
      contractLineId: world.facts.lines.fixedPrice, customerAccount: world.facts.customers[0]!.accountNumber, invoiceDate: '2026-06-15',
      projectId: world.facts.projects.fixedPrice.number, amount: decimal('5000'), currencyCode: 'USD',
    });
  });

  it('SYNC-03 lists a bad row with code and sentence, and carries the others', async () => {
    const other = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', other.facts.projects.timeAndMaterial.number);
    const bad = await other.unbilled({ cost: false });
    const good = await world.unbilled({ cost: false });
    const report = await sync(gateway());
    expect(report.run).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, message: expect.stringContaining('failed 1') });
    expect(await staged(good.unbilledId)).toBeDefined();
    expect(await staged(bad.unbilledId)).toBeUndefined();
    expect(await errorOf(gateway(), bad.unbilledId)).toMatchObject({
      mapName: TABLE_MAPS.actuals, status: SyncErrorStatus.OPEN, code: 'LOOKUP_NOT_FOUND', column: 'msdyn_project.msdynce_projectnumber', attempts: 1,
      message: `Projects has no row with ProjectId "${other.facts.projects.timeAndMaterial.number}" in legal entity USPM; create it there, then retry.`,
    });

    await sync(gateway());
    expect((await errorOf(gateway(), bad.unbilledId))!.attempts).toBe(1);
    await addProject(other.facts.projects.timeAndMaterial.number);
    await change(gateway(), Actual, bad.unbilledId, { description: 'Once more' }, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await staged(bad.unbilledId)).toMatchObject({ description: 'Once more', sourceVersion: 2 });
    expect(await errorOf(gateway(), bad.unbilledId)).toMatchObject({ status: SyncErrorStatus.RESOLVED });
  });

  it('SYNC-03 names the proforma that a failed record belongs to', async () => {
    const other = await buildWorld(gateway());
    await other.unbilled({ cost: false });
    const id = await other.confirmedProforma();
    await deleteRows(gateway(), 'CustomersV3', 'CustomerAccount', other.facts.customers[0]!.accountNumber);
    await sync(gateway());
    const [proforma] = await selectRows(reader(), ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`);
    expect(await errorOf(gateway(), id)).toMatchObject({ code: 'LOOKUP_NOT_FOUND', proformaNumber: proforma!.number });
  });

  it('SYNC-03 lists a row that the database refuses, and carries the rest of the chunk', async () => {
    const taken = await addProforma(gateway(), world);
    const other = await addProforma(gateway(), world);
    await sync(gateway(), { maps: [TABLE_MAPS.invoices] });
    const proposal = (await proposalOf(taken.id))!;
    // Another number under the same proforma: what only a broken installation has.
    await gateway().database.write((work) => updateRows(work, InvoiceProposal, [{ id: proposal.id, number: 'FOREIGN', sourceVersion: 0 }]));
    await changeAll(gateway(), ProformaInvoice, [{ id: taken.id, name: 'Again' }, { id: other.id, name: 'Good' }], [MAP_FLOWS.invoices]);
    const report = await sync(gateway());
    expect(reported(report, MAP_FLOWS.invoices)).toEqual({ read: 2, written: 1, skipped: 0, failed: 1, waiting: 0 });
    expect(await errorOf(gateway(), taken.id)).toMatchObject({ code: 'WRITE_REFUSED', status: SyncErrorStatus.OPEN });
    expect(await proposalOf(other.id)).toMatchObject({ headerText: 'Good' });
    await gateway().database.write((work) => updateRows(work, InvoiceProposal, [{ id: proposal.id, number: taken.number }]));
  });

  it('SYNC-05 keeps a connection waiting until its end arrives, and sends it in that run', async () => {
    const first = actualRow(gateway(), world);
    const second = actualRow(gateway(), world, { billingType: BillingType.CHARGEABLE });
    const connection = connectionRow(gateway(), first.id, second.id);
    await addChangeSet(gateway(), { actuals: [first, second], connections: [connection] });
    const report = await sync(gateway(), { maps: [TABLE_MAPS.connections] });
    expect(reported(report, MAP_FLOWS.connections)).toEqual({ read: 1, written: 0, skipped: 0, failed: 0, waiting: 1 });
    expect(report.run.status).toBe(RunStatus.SUCCEEDED);
    expect(await errorOf(gateway(), connection.id)).toMatchObject({ status: SyncErrorStatus.WAITING, waitsFor: first.id, code: 'REFERENCE_NOT_ARRIVED' });
    expect(await stagedConnection(connection.id)).toBeUndefined();

    const secondRun = await sync(gateway());
    expect(reported(secondRun, MAP_FLOWS.connections)).toEqual({ read: 1, written: 1, skipped: 0, failed: 0, waiting: 0 });
    expect(await stagedConnection(connection.id)).toBeDefined();
    expect(await errorOf(gateway(), connection.id)).toMatchObject({ status: SyncErrorStatus.RESOLVED, waitsFor: null });
  });

  it('SYNC-05 sends a waiting connection when its end has been mended', async () => {
    const { number } = world.facts.projects.timeAndMaterial;
    await deleteRows(gateway(), 'Projects', 'ProjectId', number);
    const { unbilledId, costId } = await world.unbilled();
    const report = await sync(gateway());
    expect(reported(report, MAP_FLOWS.actuals)).toMatchObject({ failed: 2 });
    expect(reported(report, MAP_FLOWS.connections)).toEqual({ read: 1, written: 0, skipped: 0, failed: 0, waiting: 1 });
    expect(await hasSyncWork(gateway().context)).toBe(false);
    await addProject(number);
    await change(gateway(), Actual, unbilledId, {}, [MAP_FLOWS.actuals]);
    await change(gateway(), Actual, costId!, {}, [MAP_FLOWS.actuals]);
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect(await selectRows(reader(), StagedConnection, sql`WHERE t."Transaction1Id" = ${unbilledId}`)).toHaveLength(1);
  });

  it('SYNC-15 leaves a connection out with its skipped end, and lists one with an end that does not exist', async () => {
    const sent = actualRow(gateway(), world);
    const skipped = actualRow(gateway(), world, { skipSync: true });
    const toSkipped = connectionRow(gateway(), sent.id, skipped.id);
    const toNowhere = connectionRow(gateway(), sent.id, gateway().context.ids.next());
    await addChangeSet(gateway(), { actuals: [sent, skipped], connections: [toSkipped, toNowhere] });
    const report = await sync(gateway());
    expect(reported(report, MAP_FLOWS.connections)).toEqual({ read: 2, written: 0, skipped: 1, failed: 1, waiting: 0 });
    expect(await errorOf(gateway(), toSkipped.id)).toBeNull();
    expect(await errorOf(gateway(), toNowhere.id)).toMatchObject({ code: 'REFERENCE_MISSING', column: 'msdyn_transaction2' });
  });

  it('SYNC-06 changes nothing when it runs again', async () => {
    await world.unbilled();
    await world.confirmedProforma();
    await sync(gateway());
    const before = await wholeState(reader());
    const report = await sync(gateway());
    expect(await wholeState(reader())).toEqual(before);
    expect(report.maps.every((map) => map.written === 0)).toBe(true);
    expect(await hasSyncWork(gateway().context)).toBe(false);
  });

  it('SYNC-07 keeps the newest version, whichever change set comes first', async () => {
    const actual = actualRow(gateway(), world, { description: 'one' });
    await addChangeSet(gateway(), { actuals: [actual] });
    await change(gateway(), Actual, actual.id, { description: 'two' }, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await staged(actual.id)).toMatchObject({ description: 'two', sourceVersion: 2 });
    await gateway().database.write((work) => updateRows(work, Actual, [{ id: actual.id, description: 'older', version: 1 }]));
    await change(gateway(), Actual, actual.id, { version: 2 }, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await staged(actual.id)).toMatchObject({ description: 'two', sourceVersion: 2 });
  });

  it('SYNC-07 leaves what finance has set alone when a newer version comes', async () => {
    const { id } = await addProforma(gateway(), world);
    await sync(gateway());
    const proposal = (await proposalOf(id))!;
    await gateway().database.write((work) => updateRows(work, InvoiceProposal, [{ id: proposal.id, paymentTerms: 'Net60', dueDate: '2026-09-01', version: 2 }]));
    await change(gateway(), ProformaInvoice, id, { name: 'New name' }, [MAP_FLOWS.invoices]);
    await sync(gateway());
    expect(await proposalOf(id)).toEqual({ ...proposal, headerText: 'New name', sourceVersion: 2, paymentTerms: 'Net60', dueDate: '2026-09-01', version: 2 });
  });

  it('SYNC-09 carries the named maps only and keeps the queues of the others', async () => {
    const { unbilledId } = await world.unbilled();
    const { id } = await addProforma(gateway(), world);
    const report = await sync(gateway(), { maps: [TABLE_MAPS.invoices] });
    expect(report.maps.map((map) => map.mapName)).toEqual([TABLE_MAPS.invoices]);
    expect(await proposalOf(id)).toBeDefined();
    expect(await staged(unbilledId)).toBeUndefined();
    await sync(gateway());
    expect(await staged(unbilledId)).toBeDefined();
  });

  it('SYNC-09 refuses a name that no table map has', async () => {
    await expect(sync(gateway(), { maps: [TABLE_MAPS.actuals, 'Actuals'] })).rejects.toMatchObject({
      refusals: [{ code: 'MAP_UNKNOWN', path: ['input', 'maps', '1'] }],
    });
  });

  it('SYNC-10 carries what belongs to one proforma and nothing else', async () => {
    const other = await buildWorld(gateway());
    const stranger = await other.unbilled();
    const { unbilledId, costId } = await world.unbilled();
    await world.milestone();
    const unrelated = await world.milestone({ invoiceStatus: 192350000 });
    const id = await world.confirmedProforma();
    const report = await sync(gateway(), { proformaInvoiceId: id });
    expect(reported(report, MAP_FLOWS.invoices)).toMatchObject({ read: 1, written: 1 });
    // Two billed actuals, the unbilled one, and the reversal, which is skipped.
    expect(reported(report, MAP_FLOWS.actuals)).toMatchObject({ written: 3 });
    expect(reported(report, MAP_FLOWS.milestones)).toMatchObject({ read: 1, written: 1 });
    expect(reported(report, MAP_FLOWS.connections)).toMatchObject({ written: 1, waiting: 0, failed: 0 });
    expect(await staged(unbilledId)).toBeDefined();
    expect(await staged(costId!)).toBeUndefined();
    expect(await staged(stranger.unbilledId)).toBeUndefined();
    expect(await selectRows(reader(), StagedMilestone, sql`WHERE t."TransactionId" = ${unrelated}`)).toEqual([]);
    expect(await selectRows(reader(), StagedActual, sql`WHERE t."InvoiceId" = ${(await proposalOf(id))!.number}`)).toHaveLength(2);

    const rest = await sync(gateway());
    expect(reported(rest, MAP_FLOWS.invoices)).toMatchObject({ written: 0, skipped: 1 });
    expect(await staged(costId!)).toBeDefined();
    expect(await staged(stranger.unbilledId)).toBeDefined();
  });

  it('SYNC-10 refuses a proforma that does not exist', async () => {
    await expect(sync(gateway(), { proformaInvoiceId: gateway().context.ids.next() })).rejects.toMatchObject({
      refusals: [{ kind: 'notFound', path: ['input', 'proformaInvoiceId'] }],
    });
  });

  it('SYNC-11 leaves a stopped map out and keeps its queue', async () => {
    const [map] = await selectRows(reader(), TableMap, sql`WHERE t."ProjectName" = ${TABLE_MAPS.actuals}`);
    const setStatus = (status: TableMapStatus) => gateway().database.write((work) => updateRows(work, TableMap, [{ id: map!.id, status }]));
    const { unbilledId } = await world.unbilled();
    await setStatus(TableMapStatus.STOPPED);
    const report = await sync(gateway());
    await setStatus(TableMapStatus.RUNNING);
    expect(report.maps.map((row) => row.mapName)).not.toContain(TABLE_MAPS.actuals);
    expect(report.run.message).toContain(`Not running, queue kept: ${TABLE_MAPS.actuals} (STOPPED).`);
    expect(await staged(unbilledId)).toBeUndefined();
    await sync(gateway());
    expect(await staged(unbilledId)).toBeDefined();
  });

  it('SYNC-12 obeys a map as the database holds it, and seeding it again changes nothing', async () => {
    const [map] = await selectRows(reader(), TableMap, sql`WHERE t."ProjectName" = ${TABLE_MAPS.actuals}`);
    const [field] = await selectRows(reader(), TableMapField, sql`WHERE t."gw_dualwriteprojectconfiguration" = ${map!.id} AND t."gw_target" = 'BillingType'`);
    const setTo = (filter: string, valueMap: TableMapField['valueMap']) => gateway().database.write(async (work) => {
      await updateRows(work, TableMap, [{ id: map!.id, filter }]);
      await updateRows(work, TableMapField, [{ id: field!.id, valueMap }]);
    });
    await setTo("gw_skipsync eq false and msdyn_description ne 'secret'", { '*': ProjBillingType.COMPLIMENTARY });
    await ensureTableMaps(gateway().context);
    const secret = actualRow(gateway(), world, { description: 'secret' });
    const open = actualRow(gateway(), world);
    await addChangeSet(gateway(), { actuals: [secret, open] });
    await sync(gateway());
    await setTo(map!.filter, field!.valueMap);
    expect(await staged(secret.id)).toBeUndefined();
    expect(await staged(open.id)).toMatchObject({ billingType: ProjBillingType.COMPLIMENTARY });
    expect(await selectRows(reader(), TableMap, sql``)).toHaveLength(5);
  });

  it('SYNC-16 reports what every table map did', async () => {
    await world.unbilledMany(3);
    const report = await sync(gateway());
    expect(report.run).toMatchObject({
      status: RunStatus.SUCCEEDED, actor: 'test', startedOn: '2026-06-30T12:00:00.000Z', finishedOn: '2026-06-30T12:00:00.000Z',
      message: 'Read 9, wrote 9, skipped 0, failed 0, waiting 0.',
    });
    expect(report.maps.map((map) => [map.mapName, map.direction, map.read, map.written])).toEqual([
      [TABLE_MAPS.invoices, 0, 0, 0], [TABLE_MAPS.actuals, 0, 6, 6], [TABLE_MAPS.milestones, 0, 0, 0], [TABLE_MAPS.connections, 0, 3, 3],
      [TABLE_MAPS.actuals, 1, 0, 0], [TABLE_MAPS.customerInvoices, 1, 0, 0],
    ]);
    expect(report.maps.every((map) => Number.isInteger(map.durationMs) && map.durationMs >= 0)).toBe(true);
  });
});
