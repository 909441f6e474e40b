import {
  Actual, Milestone, NotToExceedStatus, OrderType, ProformaInvoice, ProformaInvoiceLineDetail, ProjectContract, TransactionConnection, TransactionCurrency,
} from '../../../src/entities/dataverse';
import {
  BillingTypeLineProperty, CostAndRevenueProfile, FinanceCustomer, FinanceProject, FiscalPeriod, LegalEntity, MainAccount, ProjectParameters, ProjectPostingProfile, ProjType,
} from '../../../src/entities/finance';
import { IdChecksum } from '../../../src/kernel/id-checksum';
import { selectRows } from '../../../src/stores/bulk';
import { raw } from '../../../src/stores/session';
import { onBothEngines, TEST_NOW } from '../../support/engines';
import { guid, IDS, load, refusalsOf, smallCompany, sourcesOf } from './small-company';

onBothEngines('what a load fills in', (gateway) => {
  beforeAll(async () => {
    await load(gateway().context, sourcesOf(smallCompany()));
  });
  const all = <T>(entity: new () => T, rest = '') => selectRows(gateway().database.reader, entity, raw(rest));

  it('LOAD-04 gives columns that no real interface has their defaults', async () => {
    const [cost] = await all(Actual, `WHERE "msdyn_actualid" = '${IDS.cost}'`);
    expect(cost).toMatchObject({ skipSync: false, notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE, voucherNumber: null, transactionDate: '2026-06-10', accountingDate: '2026-06-10' });
    expect(cost!.tax.toFixed()).toBe('0');
    const [contract] = await all(ProjectContract);
    expect(contract!.orderType).toBe(OrderType.WORK_BASED);
  });

  it('LOAD-14 derives the customers, the funding source, the line detail and the actual behind it', async () => {
    const actuals = await all(Actual, 'ORDER BY "msdyn_actualid"');
    expect(actuals.map((actual) => actual.customerId)).toEqual([null, IDS.account, IDS.account, IDS.account]);
    expect(actuals.map((actual) => actual.lineDetailId)).toEqual([null, null, IDS.detail, null]);
    const [detail] = await all(ProformaInvoiceLineDetail);
    expect([detail!.unbilledActualId, detail!.transactionDate]).toEqual([IDS.unbilled, '2026-06-10']);
    const [invoice] = await all(ProformaInvoice);
    const checksum = new IdChecksum();
    checksum.add(IDS.billed);
    expect(invoice).toMatchObject({ contractCustomerId: IDS.payer, billedActualCount: 1, billedActualChecksum: checksum.digest(), createdOn: TEST_NOW.toISOString() });
  });

  it('LOAD-11 brings GUIDs to lower case, and takes the day out of a timestamp', async () => {
    const [connection] = await all(TransactionConnection);
    expect([connection!.transaction1Id, connection!.transaction2Id]).toEqual([IDS.detail, IDS.unbilled]);
    const [milestone] = await all(Milestone);
    expect([milestone!.milestoneDate, milestone!.invoiceDate]).toEqual(['2026-06-15', '2026-06-15']);
  });

  it('LOAD-11 compares legal entities without case, and takes finance\'s empty text for no value', async () => {
    expect((await all(LegalEntity)).map((entity) => [entity.legalEntityId, entity.address])).toEqual([['TINY', null]]);
    expect((await all(FinanceCustomer)).map((customer) => [customer.legalEntityId, customer.salesTaxGroup])).toEqual([['TINY', null]]);
    expect((await all(FinanceProject)).map((project) => project.projectType)).toEqual([ProjType.TIME_MATERIAL]);
  });

  it('LOAD-15 gives the new legal entity the standard set-up', async () => {
    expect((await all(ProjectParameters)).map((row) => [row.legalEntityId, row.defaultCostAndRevenueProfileId])).toEqual([['TINY', 'WIP']]);
    expect(await all(BillingTypeLineProperty)).toHaveLength(4);
    expect((await all(CostAndRevenueProfile)).map((row) => row.profileId).sort()).toEqual(['FPCOMPLETED', 'FPNOWIP', 'NOWIP', 'WIP']);
    const periods = await all(FiscalPeriod, 'ORDER BY "StartDate"');
    expect([periods[0]!.startDate, periods.at(-1)!.endDate]).toEqual(['2020-01-01', '2099-12-31']);
    const accounts = new Set((await all(MainAccount)).map((row) => row.mainAccountId));
    expect((await all(ProjectPostingProfile)).every((row) => accounts.has(row.mainAccountId))).toBe(true);
  });

  it('LOAD-15 replaces standard rows by the legal entity\'s own with their key, when they come', async () => {
    const own = { dataAreaId: 'TINY', PeriodName: 'On hold', StartDate: '2020-01-01', EndDate: '2020-12-31', PeriodStatus: 'OnHold' };
    const source = { name: 'FiscalPeriods', file: 'FiscalPeriods.json', rows: [own] };
    expect((await load(gateway().context, [source])).sets).toEqual([{ name: 'FiscalPeriods', read: 1, new: 1, unchanged: 0 }]);
    expect((await all(FiscalPeriod, 'ORDER BY "StartDate"')).map((period) => period.name).slice(0, 3)).toEqual(['On hold', '2021', '2022']);
    expect((await load(gateway().context, [source])).sets).toEqual([{ name: 'FiscalPeriods', read: 1, new: 0, unchanged: 1 }]);
    const more = { ...own, PeriodName: 'More', StartDate: '2100-01-01', EndDate: '2100-12-31' };
    await load(gateway().context, [{ ...source, rows: [own, more] }]);
    expect(await all(FiscalPeriod)).toHaveLength(81);
  });

  it('LOAD-07 counts a repeated row with the same content as unchanged, however it is spelled', async () => {
    const row = { TransactionCurrencyId: 'ignored', '@odata.etag': 'W/"1"', transactioncurrencyid: guid(90).toUpperCase(), isocurrencycode: 'EUR', currencyname: 'Euro', currencyprecision: 2, exchangerate: '0.920' };
    const same = { currencyprecision: 2, currencyname: 'Euro', isocurrencycode: 'EUR', currencysymbol: null, exchangerate: 0.92, transactioncurrencyid: guid(90) };
    const outcome = await load(gateway().context, [{ name: 'transactioncurrencies', file: 'a.json', rows: [row, same] }]);
    expect(outcome).toEqual({ changeSetId: null, sets: [{ name: 'transactioncurrencies', read: 2, new: 1, unchanged: 1 }] });
    expect(await all(TransactionCurrency, `WHERE "isocurrencycode" = 'EUR'`)).toHaveLength(1);
  });

  it('LOAD-09 reads amounts from the text of the JSON, not through floating point', async () => {
    const [first] = smallCompany().msdyn_actuals!;
    const text = JSON.stringify({ value: [{ ...first, msdyn_actualid: guid(91), msdyn_quantity: '0' }] })
      .replace('"msdyn_quantity":"0"', '"msdyn_quantity":123456789.123456');
    await load(gateway().context, [{ name: 'msdyn_actuals', file: 'a.json', text }]);
    const [loaded] = await all(Actual, `WHERE "msdyn_actualid" = '${guid(91)}'`);
    expect(loaded!.quantity.toFixed()).toBe('123456789.123456');
    const given = { ...first, msdyn_actualid: guid(92), msdyn_amount: 0.1 + 0.2 };
    const refusals = await refusalsOf(load(gateway().context, [{ name: 'msdyn_actuals', file: 'a.json', rows: [given] }]));
    expect(refusals[0]!.message).toContain('write it as text');
  });

  it('LOAD-07 refuses a record under a number that the gateway has given away', async () => {
    const [invoice] = smallCompany().invoices!;
    const refusals = await refusalsOf(load(gateway().context, [{ name: 'invoices', file: 'a.json', rows: [{ ...invoice, invoiceid: guid(93) }] }]));
    expect(refusals.map((refusal) => refusal.path)).toEqual([['a.json', '1', 'invoicenumber']]);
  });
});
