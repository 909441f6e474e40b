import { tableOf } from '../../../src/entities/columns';
import { Actual, ProformaInvoice, ProformaInvoiceStatus } from '../../../src/entities/dataverse';
import { MAP_FLOWS, RunStatus, SyncErrorStatus, SyncLogEntry, TABLE_MAPS } from '../../../src/entities/dual-write';
import { CustomerInvoice, InvoiceProposal, StagedActual, Voucher } from '../../../src/entities/finance';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { runWriteBack } from '../../../src/flow/6-write-back/write-back.command';
import { decimal } from '../../../src/kernel/decimal';
import { insertRows, selectRows, updateRows } from '../../../src/stores/bulk';
import { logChangeSet } from '../../../src/stores/dual-write/sync-log.store';
import { query, raw, sql } from '../../../src/stores/session';
import { buildWorld, type World } from '../../support/builders';
import { onBothEngines } from '../../support/engines';
import { addProforma, change, changeAll, deleteRows, errorOf, freshWorld, reported, sync, wholeState } from '../3-sync/rungs';

onBothEngines('the write-back', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  beforeEach(async () => { world = await freshWorld(gateway()); });

  const reader = () => gateway().database.reader;
  const actualOf = async (id: string) => (await selectRows(reader(), Actual, sql`WHERE t."msdyn_actualid" = ${id}`))[0]!;
  const stagedOf = async (id: string) => (await selectRows(reader(), StagedActual, sql`WHERE t."ActualId" = ${id}`))[0]!;
  const proformaOf = async (id: string) => (await selectRows(reader(), ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`))[0]!;
  const writeBack = (maps?: string[]) => runWriteBack(gateway().context, { maps }, { mutation: 'sync', input: { maps } });
  const DETAIL = {
    voucherNumber: 'USPM-PJV-1', accountingAmount: decimal('2000.5'), accountingExchangeRate: decimal('1.25'), salesTaxAmount: decimal('12.34'),
  };

  /** What posting an integration journal leaves behind in the staging table. */
  async function post(actualId: string, detail: Partial<StagedActual> = DETAIL): Promise<void> {
    await change(gateway(), StagedActual, (await stagedOf(actualId)).id, detail, [MAP_FLOWS.actualsWriteBack]);
  }

  /** What posting a proposal leaves behind: a customer invoice with its voucher. */
  async function postInvoice(proformaId: string, changes: Partial<Omit<CustomerInvoice, 'changeSetId'>> = {}): Promise<string> {
    const { ids } = gateway().context;
    const [proposal] = await selectRows(reader(), InvoiceProposal, sql`WHERE t."gw_invoiceid" = ${proformaId}`);
    const { legalEntityId, number, contractId, customerAccount } = proposal!;
    const voucher = { id: ids.next(), legalEntityId, number: `V-${ids.next()}`, accountingDate: '2026-06-30', accountingCurrencyCode: 'USD', createdOn: '2026-06-30T12:00:00.000Z' };
    const invoice = {
      id: ids.next(), legalEntityId, number: `INV-${number}`, proposalId: proposal!.id, proposalNumber: number, contractId, customerAccount,
      invoiceDate: '2026-07-01', dueDate: '2026-07-31', postingProfile: 'GEN', currencyCode: 'USD', exchangeRate: decimal('1'), accountingCurrencyCode: 'USD',
      netAmount: decimal('100'), taxAmount: decimal('7.5'), invoiceAmount: decimal('107.5'), accountingInvoiceAmount: decimal('107.5'), voucherId: voucher.id,
      voucherNumber: voucher.number, postedOn: '2026-07-01T00:00:00.000Z', postedBy: 'test', changeSetId: ids.next(), ...changes,
    };
    await gateway().database.write(async (work) => {
      await insertRows(work, Voucher, [voucher]);
      await insertRows(work, CustomerInvoice, [invoice]);
      await logChangeSet(work, gateway().context, invoice.changeSetId, [CustomerInvoice]);
    });
    return invoice.id;
  }

  it('WRITEBACK-01 carries accounting amount, exchange rate, voucher number and sales tax to the actual', async () => {
    const { unbilledId, costId } = await world.unbilled();
    await sync(gateway());
    await post(unbilledId);
    const report = await sync(gateway());
    expect(reported(report, MAP_FLOWS.actualsWriteBack)).toEqual({ read: 1, written: 1, skipped: 0, failed: 0, waiting: 0 });
    expect(await actualOf(unbilledId)).toMatchObject(DETAIL);
    expect(await actualOf(costId!)).toMatchObject({ voucherNumber: null, accountingAmount: null, sourceVersion: 0 });
  });

  it('WRITEBACK-02 carries number, date, sales tax and the status Posted to the proforma', async () => {
    const { id, number } = await addProforma(gateway(), world);
    await sync(gateway());
    await postInvoice(id);
    const report = await writeBack();
    expect(report.maps.map((map) => map.mapName)).toEqual([TABLE_MAPS.actuals, TABLE_MAPS.customerInvoices]);
    expect(await proformaOf(id)).toMatchObject({
      customerInvoiceNumber: `INV-${number}`, customerInvoiceDate: '2026-07-01', customerInvoiceTax: decimal('7.5'), status: ProformaInvoiceStatus.POSTED,
    });
  });

  it('WRITEBACK-03 a paid proforma stays paid and gets the rest', async () => {
    const { id, number } = await addProforma(gateway(), world);
    await sync(gateway());
    await postInvoice(id);
    await gateway().database.write((work) => updateRows(work, ProformaInvoice, [{ id, status: ProformaInvoiceStatus.PAID }]));
    await sync(gateway());
    expect(await proformaOf(id)).toMatchObject({ status: ProformaInvoiceStatus.PAID, customerInvoiceNumber: `INV-${number}`, customerInvoiceTax: decimal('7.5') });
  });

  it('WRITEBACK-04 touches the mapped columns and the version of the finance record, and no other', async () => {
    const { unbilledId } = await world.unbilled();
    const { id } = await addProforma(gateway(), world);
    await sync(gateway());
    const rawRow = async (table: string, key: string, value: string) => (await query<Record<string, unknown>>(reader(), sql`SELECT * FROM ${raw(`"${table}"`)} WHERE ${raw(`"${key}"`)} = ${value}`))[0]!;
    const changedColumns = async (table: string, key: string, value: string, work: () => Promise<unknown>) => {
      const before = await rawRow(table, key, value);
      await work();
      const after = await rawRow(table, key, value);
      return Object.keys(after).filter((column) => after[column] !== before[column]).sort();
    };
    await post(unbilledId);
    await postInvoice(id);
    expect(await changedColumns('msdyn_actual', 'msdyn_actualid', unbilledId, () => writeBack([TABLE_MAPS.actuals])))
      .toEqual(['gw_accountingamount', 'gw_accountingexchangerate', 'gw_salestaxamount', 'gw_sourceversion', 'gw_vouchernumber']);
    expect(await changedColumns('invoice', 'invoiceid', id, () => writeBack([TABLE_MAPS.customerInvoices])))
      .toEqual(['gw_customerinvoicedate', 'gw_sourceversion', 'msdyn_invoicenumber', 'msdyn_projectinvoicestatus', 'msdyn_totaltax']);
  });

  it('WRITEBACK-05 logs nothing, stamps nothing and changes nothing when it runs again', async () => {
    const { unbilledId } = await world.unbilled();
    const { id } = await addProforma(gateway(), world);
    await sync(gateway());
    await post(unbilledId);
    await postInvoice(id);
    const entries = await selectRows(reader(), SyncLogEntry, raw(''));
    const stamp = (await actualOf(unbilledId)).changeSetId;
    await sync(gateway());
    expect(await selectRows(reader(), SyncLogEntry, raw(''))).toHaveLength(entries.length);
    expect((await actualOf(unbilledId)).changeSetId).toBe(stamp);
    const state = await wholeState(reader());
    const report = await sync(gateway());
    expect(report.maps.every((map) => map.read === 0)).toBe(true);
    expect(await wholeState(reader())).toEqual(state);
  });

  it('WRITEBACK-05 a newer version of the actual still goes to finance, and leaves the accounting detail there alone', async () => {
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    await post(unbilledId);
    await sync(gateway());
    await change(gateway(), Actual, unbilledId, { externalDescription: 'Told later' }, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await stagedOf(unbilledId)).toMatchObject({ ...DETAIL, externalDescription: 'Told later', sourceVersion: 2, version: 2 });
  });

  it('WRITEBACK-06 lists a proforma that is missing, inserts none, and carries the others', async () => {
    const missing = await addProforma(gateway(), world);
    const there = await addProforma(gateway(), world);
    await sync(gateway());
    const missingInvoice = await postInvoice(missing.id, { proposalNumber: 'NOWHERE' });
    await postInvoice(there.id);
    const count = async () => (await selectRows(reader(), ProformaInvoice, raw(''))).length;
    const before = await count();
    const report = await sync(gateway());
    expect(report.run.status).toBe(RunStatus.FINISHED_WITH_ERRORS);
    expect(await errorOf(gateway(), missingInvoice)).toMatchObject({
      code: 'TARGET_NOT_FOUND', status: SyncErrorStatus.OPEN, proformaNumber: 'NOWHERE', message: 'invoice has no row with invoicenumber "NOWHERE" that could be updated.',
    });
    expect((await proformaOf(there.id)).status).toBe(ProformaInvoiceStatus.POSTED);
    expect(await count()).toBe(before);
  });

  it('WRITEBACK-01 keeps the newest of two postings', async () => {
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    await post(unbilledId);
    await post(unbilledId, { ...DETAIL, voucherNumber: 'USPM-PJV-2' });
    await sync(gateway());
    expect(await actualOf(unbilledId)).toMatchObject({ voucherNumber: 'USPM-PJV-2', sourceVersion: (await stagedOf(unbilledId)).version });
  });

  it('WRITEBACK-01 carries the detail of one proforma only, when asked to', async () => {
    const { unbilledId } = await world.unbilled();
    const proformaId = await world.confirmedProforma();
    const other = await buildWorld(gateway());
    const stranger = await other.unbilled();
    await sync(gateway());
    const [billed] = await selectRows(reader(), Actual, sql`WHERE t."msdyn_invoice" = ${proformaId} AND t."msdyn_transactiontypecode" = 192350006`);
    const staged = await Promise.all([unbilledId, billed!.id, stranger.unbilledId].map(stagedOf));
    await changeAll(gateway(), StagedActual, staged.map(({ id }) => ({ id, ...DETAIL })), [MAP_FLOWS.actualsWriteBack]);
    await sync(gateway(), { proformaInvoiceId: proformaId });
    expect(await actualOf(unbilledId)).toMatchObject(DETAIL);
    expect(await actualOf(billed!.id)).toMatchObject(DETAIL);
    expect((await actualOf(stranger.unbilledId)).voucherNumber).toBeNull();
    await sync(gateway());
    expect(await actualOf(stranger.unbilledId)).toMatchObject(DETAIL);
  });

  it('WRITEBACK-04 has no field pair for any other column of an actual', async () => {
    const columns = tableOf(Actual).columns.filter((facts) => facts.column.startsWith('gw_'));
    const written = ['gw_accountingamount', 'gw_accountingexchangerate', 'gw_vouchernumber', 'gw_salestaxamount'];
    expect(columns.map((facts) => facts.column)).toEqual(expect.arrayContaining(written));
    const rows = await query<{ target: string }>(reader(), raw('SELECT "gw_target" AS "target" FROM "DualWriteProjectFieldConfiguration" WHERE "gw_direction" = 1 ORDER BY "gw_target"'));
    expect(rows.map((row) => row.target)).toEqual([
      'gw_accountingamount', 'gw_accountingexchangerate', 'gw_customerinvoicedate', 'gw_salestaxamount', 'gw_vouchernumber', 'invoicenumber', 'msdyn_actualid',
      'msdyn_invoicenumber', 'msdyn_projectinvoicestatus', 'msdyn_totaltax',
    ]);
  });

  it('WRITEBACK-06 lists an actual that is missing in Dataverse', async () => {
    const { unbilledId } = await world.unbilled({ cost: false });
    await sync(gateway());
    await post(unbilledId);
    const staged = await stagedOf(unbilledId);
    await deleteRows(gateway(), 'msdyn_actual', 'msdyn_actualid', unbilledId);
    await sync(gateway());
    expect(await errorOf(gateway(), staged.id)).toMatchObject({ code: 'TARGET_NOT_FOUND', mapName: TABLE_MAPS.actuals });
  });
});
