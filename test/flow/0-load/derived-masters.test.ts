import { BillingMethod } from '../../../src/entities/dataverse';
import {
  FinanceFundingSource, FinanceProjectContractLine, FiscalPeriod, MainAccount, ProjContractBillingMethod, ProjFundingType,
} from '../../../src/entities/finance';
import { selectRows } from '../../../src/stores/bulk';
import { raw } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { importRecords, Process } from '../../support/process';
import { guid, IDS, load, smallCompany, sourcesOf } from './small-company';

const FIXED_LINE = guid(10);
const OWN_LINE = { dataAreaId: 'tiny', ContractLineId: IDS.line, ProjectContractId: 'CON-1', ProjectId: '', BillingMethod: 'FixedPrice', DefaultDimension: 'BU-1' };
const OWN_PAYER = { dataAreaId: 'tiny', ProjectContractId: 'CON-1', FundingSourceId: 'Payer', CustomerAccount: 'C1', PostingProfile: 'GEN' };

onBothEngines('contract lines and funding sources that finance does not give', (gateway) => {
  const lines = () => selectRows(gateway().database.reader, FinanceProjectContractLine, raw('ORDER BY "ContractLineId"'));
  const payers = () => selectRows(gateway().database.reader, FinanceFundingSource, raw('ORDER BY "FundingSourceId"'));

  it('LOAD-18 are derived from the contract lines and the contract customers of the load, until finance gives its own', async () => {
    const company = smallCompany();
    company.salesorderdetails!.push({ salesorderdetailid: FIXED_LINE, _salesorderid_value: IDS.contract, lineitemnumber: 2, msdyn_billingmethod: BillingMethod.FIXED_PRICE });
    // The same payer for a line of its own: finance knows a funding source by contract and name only.
    company.msdyn_projectcontractsplitbillingrules!.push({
      ...company.msdyn_projectcontractsplitbillingrules![0], msdyn_projectcontractsplitbillingruleid: guid(11), _msdyn_contractline_value: FIXED_LINE,
    });
    await load(gateway().context, sourcesOf(company));
    expect(await lines()).toMatchObject([
      { legalEntityId: 'TINY', contractLineId: IDS.line, projectContractId: 'CON-1', projectId: 'PRJ-1', billingMethod: ProjContractBillingMethod.TIME_MATERIAL, defaultDimension: null },
      { legalEntityId: 'TINY', contractLineId: FIXED_LINE, projectContractId: 'CON-1', projectId: null, billingMethod: ProjContractBillingMethod.FIXED_PRICE },
    ]);
    expect(await payers()).toMatchObject([
      { legalEntityId: 'TINY', projectContractId: 'CON-1', fundingSourceId: 'Payer', fundingType: ProjFundingType.CUSTOMER, customerAccount: 'C1', postingProfile: null },
    ]);
    const derivedIds = (await lines()).map(({ id }) => id);

    const own = sourcesOf({ ProjectContractLines: [OWN_LINE], ProjectFundingSources: [OWN_PAYER] });
    expect((await load(gateway().context, own)).sets.map((set) => set.new)).toEqual([1, 1]);
    expect(await lines()).toMatchObject([
      { id: derivedIds[0], projectId: null, billingMethod: ProjContractBillingMethod.FIXED_PRICE, defaultDimension: 'BU-1' }, { id: derivedIds[1], projectContractId: 'CON-1' },
    ]);
    expect((await payers()).map(({ postingProfile }) => postingProfile)).toEqual(['GEN']);
    expect((await load(gateway().context, own)).sets.map((set) => set.unchanged)).toEqual([1, 1]);
    await load(gateway().context, sourcesOf(company));
    expect((await lines())[0]!.defaultDimension).toBe('BU-1');
  });
});

onBothEngines('contract lines that finance gives', (gateway) => {
  it('LOAD-18 are not derived: not where the row was given before, and not where the load has the set', async () => {
    const { salesorderdetails, ...company } = smallCompany();
    const onLines = ['msdyn_contractlinescheduleofvalues', 'invoices', 'invoicedetails', 'msdyn_invoicelinetransactions', 'msdyn_actuals',
      'msdyn_transactionconnections', 'msdyn_transactionorigins'];
    const before = Object.fromEntries(Object.entries(company).filter(([name]) => !onLines.includes(name)));
    const lines = () => selectRows(gateway().database.reader, FinanceProjectContractLine, raw('ORDER BY "ContractLineId"'));
    await load(gateway().context, sourcesOf({ ...before, ProjectContractLines: [OWN_LINE] }));
    await load(gateway().context, sourcesOf({ salesorderdetails: salesorderdetails! }));
    expect((await lines()).map(({ defaultDimension }) => defaultDimension)).toEqual(['BU-1']);
    const [line] = salesorderdetails!;
    const otherLine = { ...OWN_LINE, ContractLineId: guid(12) };
    await load(gateway().context, sourcesOf({ salesorderdetails: [{ ...line, salesorderdetailid: FIXED_LINE }], ProjectContractLines: [otherLine] }));
    expect((await lines()).map(({ contractLineId }) => contractLineId)).toEqual([IDS.line, guid(12)]);
  });
});

onBothEngines('what finance does not give', (gateway) => {
  it('LOAD-18 holds nothing back: the header, the actuals and the milestone of a company without them all arrive', async () => {
    await importRecords(gateway(), Object.entries(smallCompany()).map(([name, records]) => ({ name, records })));
    const figures = await new Process(gateway()).sync();
    expect(figures).toMatchObject({ status: 'SUCCEEDED' });
    expect(figures.maps.nodes.map(({ failed }) => failed).filter((failed) => failed > 0)).toEqual([]);
  });
});

onBothEngines('standard rows', (gateway) => {
  it('LOAD-15 gives way one by one: an own row replaces the one with its key, the others stay', async () => {
    await load(gateway().context, sourcesOf(smallCompany()));
    const { reader } = gateway().database;
    const accounts = () => selectRows(reader, MainAccount, raw('ORDER BY "MainAccountId"'));
    const before = await accounts();
    const source = sourcesOf({ MainAccounts: [{ MainAccountId: '130100', Name: 'Debtors' }, { MainAccountId: '999999', Name: 'Other' }] });
    expect((await load(gateway().context, source)).sets).toEqual([{ name: 'MainAccounts', read: 2, new: 2, unchanged: 0 }]);
    expect((await accounts()).slice(0, -1)).toEqual(before.map((account) => (account.mainAccountId === '130100' ? { ...account, name: 'Debtors' } : account)));
    expect((await accounts()).at(-1)!.name).toBe('Other');
    expect((await load(gateway().context, source)).sets).toEqual([{ name: 'MainAccounts', read: 2, new: 0, unchanged: 2 }]);
    await load(gateway().context, sourcesOf({ FiscalPeriods: [{ dataAreaId: 'tiny', PeriodName: 'Closed 2026', StartDate: '2026-01-01', EndDate: '2026-12-31', PeriodStatus: 'Closed' }] }));
    const periods = await selectRows(reader, FiscalPeriod, raw('ORDER BY "StartDate"'));
    expect(periods).toHaveLength(80);
    expect(periods[6]!.name).toBe('Closed 2026');
  });
});
