import {
  CustomerPostingProfile, FinanceCurrency, FiscalPeriod, FiscalPeriodStatus, ItemSalesTaxGroupCode, LegalEntity, NoYes, PostingType, ProjectPostingProfile,
  ProjTransType, SalesTaxCode, SalesTaxCodeValue, SalesTaxGroupCode,
} from '../../../src/entities/finance';
import type { EntityClass } from '../../../src/entities/columns';
import { decimal } from '../../../src/kernel/decimal';
import { insertRows } from '../../../src/stores/bulk';
import { loadFinanceMasters } from '../../../src/stores/finance/setup-masters.store';
import { loadFinanceSetup, type FinanceSetup } from '../../../src/stores/finance/setup.store';
import { buildWorld } from '../../support/builders';
import { onBothEngines } from '../../support/engines';

onBothEngines('the set-up of finance', (gateway) => {
  let setup: FinanceSetup;

  beforeAll(async () => {
    const { context, database } = gateway();
    await database.write(async (work) => {
      const add = <T>(entity: EntityClass<T>, ...rows: object[]) =>
        insertRows(work, entity, rows.map((row) => ({ id: context.ids.next(), legalEntityId: 'USPM', ...row })) as unknown as Partial<T>[]);
      await insertRows(work, FinanceCurrency, [{ id: context.ids.next(), code: 'JPY', name: 'Yen', decimals: 0 }]);
      await add(LegalEntity, { name: 'Contoso', accountingCurrency: 'JPY', exchangeRateType: 'Default' });
      await add(LegalEntity, { legalEntityId: 'GBPM', name: 'Contoso UK', accountingCurrency: 'GBP', exchangeRateType: 'Default' });
      const account = (projectTransactionType: ProjTransType, categoryId: string, mainAccountId: string) =>
        ({ postingType: PostingType.COST, projectTransactionType, categoryId, mainAccountId });
      await add(ProjectPostingProfile, account(ProjTransType.HOUR, 'Travel', '4'), account(ProjTransType.NONE, 'Travel', '3'),
        account(ProjTransType.HOUR, '', '2'), account(ProjTransType.NONE, '', '1'));
      await add(CustomerPostingProfile, { legalEntityId: 'GBPM', postingProfile: 'GEN', summaryMainAccountId: '130100' });
      await add(FiscalPeriod,
        { name: '06', startDate: '2026-06-01', endDate: '2026-06-30', status: FiscalPeriodStatus.OPEN },
        { name: '05', startDate: '2026-05-01', endDate: '2026-05-31', status: FiscalPeriodStatus.CLOSED },
        { name: '08', startDate: '2026-08-01', endDate: '2026-08-31', status: FiscalPeriodStatus.OPEN });
      await add(SalesTaxCode, ...['A', 'B', 'C', 'D'].map((taxCode) => ({ taxCode, name: taxCode, payableMainAccountId: `2-${taxCode}` })));
      await add(SalesTaxGroupCode, ...['D', 'C', 'B', 'A'].map((taxCode) => ({ salesTaxGroup: 'G', taxCode, isExempt: taxCode === 'C' ? NoYes.YES : NoYes.NO })));
      await add(ItemSalesTaxGroupCode, ...['A', 'C', 'D'].map((taxCode) => ({ itemSalesTaxGroup: 'I', taxCode })));
      await add(SalesTaxCodeValue,
        { taxCode: 'A', fromDate: '2020-01-01', toDate: null, ratePercent: decimal('19') },
        { taxCode: 'A', fromDate: '2026-06-01', toDate: '2026-06-30', ratePercent: decimal('16') },
        { taxCode: 'D', fromDate: '2020-01-01', toDate: '2025-12-31', ratePercent: decimal('5') });
    });
    setup = await loadFinanceSetup(database.reader, ['USPM']);
  });

  it('knows the legal entities that were asked for, with the decimals of their currency', async () => {
    expect(setup.legalEntity('USPM')).toMatchObject({ accountingCurrency: 'JPY', accountingDecimals: 0 });
    expect([setup.legalEntity('GBPM'), setup.customerPostingProfile('GBPM', 'GEN')]).toEqual([undefined, undefined]);
    const everything = await loadFinanceSetup(gateway().database.reader);
    expect(everything.legalEntity('GBPM')).toMatchObject({ accountingCurrency: 'GBP', accountingDecimals: null });
    expect(everything.customerPostingProfile('GBPM', 'GEN')?.summaryMainAccountId).toBe('130100');
  });

  it('takes the most specific main account: category before transaction type', () => {
    const accountOf = (type: ProjTransType, category: string | null) => setup.mainAccount('USPM', PostingType.COST, type, category);
    expect(accountOf(ProjTransType.HOUR, 'Travel')).toBe('4');
    expect(accountOf(ProjTransType.COST, 'Travel')).toBe('3');
    expect(accountOf(ProjTransType.HOUR, 'Other')).toBe('2');
    expect(accountOf(ProjTransType.COST, null)).toBe('1');
    expect(setup.mainAccount('USPM', PostingType.INVOICED_REVENUE, ProjTransType.HOUR, null)).toBeUndefined();
  });

  it('finds the fiscal period of a day, first and last day included, and none in a gap', () => {
    const periodOf = (date: string) => setup.fiscalPeriodAt('USPM', date)?.name;
    expect(['2026-04-30', '2026-05-01', '2026-05-31', '2026-06-01', '2026-06-30', '2026-07-15', '2026-08-31', '2099-01-01'].map(periodOf))
      .toEqual([undefined, '05', '05', '06', '06', undefined, '08', undefined]);
  });

  it('taxes with the codes of both groups, at the newest value of the day, zero where exempt and null without value', () => {
    const codesAt = (date: string) => setup.taxCodesAt('USPM', 'G', 'I', date).map((code) => [code.taxCode, code.ratePercent?.toFixed() ?? null]);
    expect(codesAt('2026-05-31')).toEqual([['A', '19'], ['C', '0'], ['D', null]]);
    expect(codesAt('2026-06-15')).toEqual([['A', '16'], ['C', '0'], ['D', null]]);
    expect(codesAt('2025-12-31')).toEqual([['A', '19'], ['C', '0'], ['D', '5']]);
    expect(setup.taxCodesAt('USPM', 'G', null, '2026-06-15')).toEqual([]);
    expect(setup.taxCodesAt('USPM', null, 'I', '2026-06-15')).toEqual([]);
  });

  it('reads only the masters that are named, within their legal entity', async () => {
    const one = await buildWorld(gateway(), { currency: 'EUR', accountingCurrency: 'EUR' });
    const other = await buildWorld(gateway(), { currency: 'EUR', accountingCurrency: 'EUR' });
    const { contractNumber, customers, lines, projects } = one.facts;
    const masters = await loadFinanceMasters(gateway().database.reader, {
      legalEntityIds: ['EUPM'], contractIds: [contractNumber, contractNumber], contractLineIds: [lines.fixedPrice, null],
      projectIds: [projects.fixedPrice.number], customerAccounts: [customers[0]!.accountNumber],
    });
    expect(masters.contract('EUPM', contractNumber)?.projectContractId).toBe(contractNumber);
    expect(masters.contract('EUPM', other.facts.contractNumber)).toBeUndefined();
    expect(masters.contract('USPM', contractNumber)).toBeUndefined();
    expect(masters.contractLine('EUPM', lines.fixedPrice)?.projectId).toBe(projects.fixedPrice.number);
    expect(masters.project('EUPM', projects.fixedPrice.number)).toBeDefined();
    expect(masters.customer('EUPM', customers[0]!.accountNumber)).toBeDefined();
    expect(masters.fundingSource('EUPM', contractNumber, customers[0]!.fundingSourceId)?.customerAccount).toBe(customers[0]!.accountNumber);
  });
});
