import {
  BillingMethod, BillingStatus, BillingType, CONNECTION_ROLES, MilestoneInvoiceStatus, RECORD_TYPES, TimeEntryStatus, TransactionClassification, TransactionType,
} from '../../src/entities/dataverse';
import type { EntitySetRecords } from '../support/process';

/** The documented examples as records of the two systems' interfaces, for `importRecords`: made here, read from no file. */

/** A GUID that is easy to tell in messages: its group says what kind of record it is, its end which one. */
export const guid = (group: number, number: number): string => `${String(group).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const COMPANY = guid(1, 1);
const CURRENCIES = { USD: guid(2, 1), GBP: guid(2, 2) };
const CATEGORIES = { Consulting: guid(3, 1), Travel: guid(3, 2), Parts: guid(3, 3), Licence: guid(3, 4) };
const RESOURCE = guid(4, 1);
const ROLE = guid(4, 2);
const HOUR = guid(5, 1);
export const WORKED_ON = '2026-06-10';
export const MILESTONE_DATE = '2026-06-15';

export type Work = 'time' | 'expense' | 'material' | 'fee';
const CATEGORY_OF = { time: 'Consulting', expense: 'Travel', material: 'Parts', fee: 'Licence' } as const;
const CLASSIFICATION_OF = {
  time: TransactionClassification.TIME, expense: TransactionClassification.EXPENSE, material: TransactionClassification.MATERIAL, fee: TransactionClassification.FEE,
};

interface Transaction {
  readonly work: Work;
  readonly quantity: string;
  /** Per unit, in US dollars; a fee has no cost. */
  readonly cost?: string;
  readonly costAmount?: string;
  /** Per unit, in contract currency; cost on a fixed price has no sales. */
  readonly price?: string;
  readonly amount?: string;
  readonly billingType?: BillingType;
}

export interface Example {
  readonly name: string;
  readonly currency: keyof typeof CURRENCIES;
  /** California's 8.5 percent, where the customer is taxed at all. */
  readonly isTaxed?: boolean;
  /** Units of contract currency per 100, as finance stores a fixed-rate agreement: US dollars per 100 of it. */
  readonly fixedRate?: string;
  readonly profile: 'WIP' | 'NOWIP' | 'FPNOWIP' | 'FPCOMPLETED';
  readonly transactions: readonly Transaction[];
  readonly milestone?: string;
}

/** Domain facts 6.8 A1, B and C1, 7.1 and 7.2, each a contract of its own. */
export const EXAMPLES = {
  'CON-TIME': {
    name: '8 h at cost 100 and sales 200, with WIP', currency: 'USD', isTaxed: true, profile: 'WIP',
    transactions: [{ work: 'time', quantity: '8', cost: '100', costAmount: '800', price: '200', amount: '1600' }],
  },
  'CON-RATE': {
    name: '4 h at 250 GBP under the fixed rate of 125 per 100', currency: 'GBP', fixedRate: '125', profile: 'WIP',
    transactions: [{ work: 'time', quantity: '4', cost: '120', costAmount: '480', price: '250', amount: '1000' }],
  },
  'CON-FIXED': {
    name: 'A milestone of 5,000, and cost on the fixed price', currency: 'USD', isTaxed: true, profile: 'FPNOWIP',
    transactions: [{ work: 'time', quantity: '3', cost: '100', costAmount: '300' }], milestone: '5000',
  },
  'CON-NOWIP': {
    name: 'Cost 50 and sales 75 without WIP', currency: 'USD', profile: 'NOWIP',
    transactions: [{ work: 'time', quantity: '1', cost: '50', costAmount: '50', price: '75', amount: '75' }],
  },
  'CON-MIXED': {
    name: 'Expense, material, fee and a non-chargeable hour, with WIP', currency: 'USD', profile: 'WIP',
    transactions: [
      { work: 'expense', quantity: '1', cost: '100.25', costAmount: '100.25', price: '120.5', amount: '120.5' },
      { work: 'material', quantity: '3', cost: '20', costAmount: '60', price: '33.33', amount: '99.99' },
      { work: 'fee', quantity: '1', price: '300', amount: '300' },
      { work: 'time', quantity: '2', cost: '50', costAmount: '100', price: '150', amount: '300', billingType: BillingType.NON_CHARGEABLE },
    ],
  },
  'CON-COMPLETED': {
    name: 'A milestone of 2,000 under completed contract', currency: 'USD', profile: 'FPCOMPLETED', transactions: [], milestone: '2000',
  },
} as const satisfies Record<string, Example>;

export type ExampleNumber = keyof typeof EXAMPLES;

type Rows = Record<string, Record<string, unknown>[]>;

function add(rows: Rows, set: string, ...records: Record<string, unknown>[]): void {
  (rows[set] ??= []).push(...records);
}

/** What all contracts of a legal entity share. */
function masters(rows: Rows): void {
  add(rows, 'Currencies', { CurrencyCode: 'USD', Name: 'US Dollar', RoundingDecimals: 2 }, { CurrencyCode: 'GBP', Name: 'Pound', RoundingDecimals: 2 });
  add(rows, 'LegalEntities', { LegalEntityId: 'USPM', Name: 'Contoso Consulting', AccountingCurrency: 'USD', ExchangeRateType: 'Default' });
  add(rows, 'SalesTaxCodes', { dataAreaId: 'USPM', TaxCode: 'CA-SALES', Name: 'California', SalesTaxPayableMainAccountId: '202110' });
  add(rows, 'SalesTaxCodeValues', { dataAreaId: 'USPM', TaxCode: 'CA-SALES', FromDate: '2020-01-01', Rate: '8.5' });
  add(rows, 'SalesTaxGroups', { dataAreaId: 'USPM', TaxGroupCode: 'CA', Description: 'California' });
  add(rows, 'SalesTaxGroupCodes', { dataAreaId: 'USPM', TaxGroupCode: 'CA', TaxCode: 'CA-SALES', IsExempt: 'No' });
  add(rows, 'ItemSalesTaxGroups', { dataAreaId: 'USPM', TaxItemGroupCode: 'FULL', Description: 'Full rate' });
  add(rows, 'ItemSalesTaxGroupCodes', { dataAreaId: 'USPM', TaxItemGroupCode: 'FULL', TaxCode: 'CA-SALES' });
  add(rows, 'PaymentTerms', { dataAreaId: 'USPM', Name: 'Net30', Description: '30 days', NumberOfDays: 30, NumberOfMonths: 0 });
  add(rows, 'ProjectParameters', {
    dataAreaId: 'USPM', SalesTaxGroupMethod: 'Search', ItemSalesTaxGroupMethod: 'Category', MilestoneItemSalesTaxGroup: 'FULL',
    DefaultCostAndRevenueProfileId: 'WIP', DefaultPostingProfile: 'GEN', MaxLinesPerJournal: 200,
  });
  const categories = [['Consulting', 'Hour'], ['Travel', 'Cost'], ['Parts', 'Item'], ['Licence', 'Revenue']] as const;
  for (const [CategoryId, TransactionType] of categories) {
    add(rows, 'ProjectCategories', { dataAreaId: 'USPM', CategoryId, CategoryName: CategoryId, TransactionType, ItemSalesTaxGroup: 'FULL' });
    add(rows, 'msdyn_transactioncategories', { msdyn_transactioncategoryid: CATEGORIES[CategoryId], msdyn_name: CategoryId });
  }
  add(rows, 'cdm_companies', { cdm_companyid: COMPANY, cdm_companycode: 'USPM', cdm_name: 'Contoso Consulting' });
  add(rows, 'transactioncurrencies',
    { transactioncurrencyid: CURRENCIES.USD, isocurrencycode: 'USD', currencyname: 'US Dollar', currencyprecision: 2, exchangerate: 1 },
    { transactioncurrencyid: CURRENCIES.GBP, isocurrencycode: 'GBP', currencyname: 'Pound', currencyprecision: 2, exchangerate: '0.8' });
  add(rows, 'bookableresources', { bookableresourceid: RESOURCE, name: 'Nadia Haddad' });
  add(rows, 'bookableresourcecategories', { bookableresourcecategoryid: ROLE, name: 'Consultant' });
  add(rows, 'uoms', { uomid: HOUR, name: 'Hour' });
}

interface Contract {
  readonly number: string;
  readonly index: number;
  readonly example: Example;
}

/** Customer, contract, line, funding source and project, on both sides under the same natural keys. */
function contractRows(rows: Rows, { number, index, example }: Contract): void {
  const isFixed = example.milestone !== undefined;
  const [account, contract, line, project] = [guid(10, index), guid(11, index), guid(12, index), guid(13, index)];
  const entity = { dataAreaId: 'USPM', ProjectContractId: number };
  add(rows, 'accounts', { accountid: account, accountnumber: `C-${index}`, name: `Customer ${index}`, _msdyn_company_value: COMPANY, customertypecode: 3 });
  add(rows, 'CustomersV3', {
    dataAreaId: 'USPM', CustomerAccount: `C-${index}`, OrganizationName: `Customer ${index}`, SalesCurrencyCode: example.currency,
    SalesTaxGroup: example.isTaxed ? 'CA' : '', PaymentTerms: 'Net30', CustomerPostingProfile: '',
  });
  add(rows, 'salesorders', {
    salesorderid: contract, ordernumber: number, name: example.name, _customerid_value: account, _transactioncurrencyid_value: CURRENCIES[example.currency],
    _msdyn_company_value: COMPANY,
  });
  add(rows, 'ProjectContractHeaders', { ...entity, ContractName: example.name, CurrencyCode: example.currency, PaymentTerms: '', CostAndRevenueProfileId: example.profile });
  add(rows, 'msdyn_projects', { msdyn_projectid: project, msdynce_projectnumber: `PRJ-${index}`, msdyn_subject: example.name });
  add(rows, 'Projects', { ...entity, ProjectId: `PRJ-${index}`, ProjectName: example.name, ProjectType: isFixed ? 'FixedPrice' : 'TimeMaterial' });
  add(rows, 'salesorderdetails', {
    salesorderdetailid: line, _salesorderid_value: contract, salesorderdetailname: 'Work', _msdyn_project_value: project,
    msdyn_billingmethod: isFixed ? BillingMethod.FIXED_PRICE : BillingMethod.TIME_AND_MATERIAL,
  });
  add(rows, 'ProjectContractLines', { ...entity, ContractLineId: line, ProjectId: `PRJ-${index}`, BillingMethod: isFixed ? 'FixedPrice' : 'TimeMaterial' });
  add(rows, 'msdyn_projectcontractsplitbillingrules', {
    msdyn_projectcontractsplitbillingruleid: guid(14, index), msdyn_name: `Funding ${index}`, _msdyn_projectcontract_value: contract,
    _msdyn_accountcustomer_value: account, msdyn_splitpercent: 100,
  });
  add(rows, 'ProjectFundingSources', { ...entity, FundingSourceId: `Funding ${index}`, FundingType: 'Customer', CustomerAccount: `C-${index}` });
  if (example.fixedRate) {
    add(rows, 'ProjectContractFixedExchangeRates', {
      ...entity, CurrencyCode: example.currency, AgreementId: 'Agreed', Rate: example.fixedRate, ConversionFactor: 'OneHundred',
    });
  }
  if (example.milestone) {
    add(rows, 'msdyn_contractlinescheduleofvalues', {
      msdyn_contractlinescheduleofvalueid: guid(15, index), msdyn_name: 'Go-live', _msdyn_contract_value: contract, _msdyn_contractlineid_value: line,
      _msdyn_project_value: project, _transactioncurrencyid_value: CURRENCIES[example.currency], msdyn_amount: example.milestone,
      msdyn_milestonedate: MILESTONE_DATE, msdyn_invoicestatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING,
    });
  }
}

/** Ids of the records of one transaction: tens of the contract, ones of the transaction. */
export const transactionIds = (contract: number, transaction: number) => ({
  cost: guid(20, contract * 10 + transaction),
  unbilled: guid(21, contract * 10 + transaction),
  timeEntry: guid(22, contract * 10 + transaction),
  journalLine: guid(23, contract * 10 + transaction),
});

/** What the approval of work leaves in Dataverse: cost and unbilled sales, connected, with their origins. */
function transactionRows(rows: Rows, { index, example }: Contract, transaction: Transaction, place: number): void {
  const ids = transactionIds(index, place);
  const { work, quantity } = transaction;
  const actual = {
    msdyn_transactionclassification: CLASSIFICATION_OF[work], msdyn_quantity: quantity, msdyn_documentdate: WORKED_ON, msdyn_description: `${work} of ${index}`,
    _msdyn_salescontract_value: guid(11, index), _msdyn_salescontractlineid_value: guid(12, index), _msdyn_project_value: guid(13, index),
    _msdyn_transactioncategory_value: CATEGORIES[CATEGORY_OF[work]],
    ...(work === 'time' && { _msdyn_bookableresource_value: RESOURCE, _msdyn_resourcecategory_value: ROLE, _msdyn_unit_value: HOUR }),
  };
  const origins = (transactionId: string, place: number) => [
    ...(work === 'time' ? [{ msdyn_transactionoriginid: guid(24 + place, index * 100), msdyn_origin: ids.timeEntry, msdyn_origintype: RECORD_TYPES.timeEntry }] : []),
    { msdyn_transactionoriginid: guid(24 + place, index * 100 + 1), msdyn_origin: ids.journalLine, msdyn_origintype: RECORD_TYPES.journalLine },
  ].map((origin) => ({ ...origin, msdyn_transaction: transactionId, msdyn_transactiontype: RECORD_TYPES.actual }));
  if (work === 'time') {
    add(rows, 'msdyn_timeentries', {
      msdyn_timeentryid: ids.timeEntry, msdyn_date: WORKED_ON, msdyn_duration: Number(quantity) * 60, _msdyn_bookableresource_value: RESOURCE,
      _msdyn_project_value: guid(13, index), msdyn_entrystatus: TimeEntryStatus.APPROVED,
    });
  }
  if (transaction.cost) {
    add(rows, 'msdyn_actuals', {
      ...actual, msdyn_actualid: ids.cost, msdyn_transactiontypecode: TransactionType.COST, msdyn_billingtype: BillingType.NOT_AVAILABLE,
      msdyn_price: transaction.cost, msdyn_amount: transaction.costAmount, _transactioncurrencyid_value: CURRENCIES.USD,
    });
    add(rows, 'msdyn_transactionorigins', ...origins(ids.cost, place * 2));
  }
  if (!transaction.price) return;
  add(rows, 'msdyn_actuals', {
    ...actual, msdyn_actualid: ids.unbilled, msdyn_transactiontypecode: TransactionType.UNBILLED_SALES,
    msdyn_billingtype: transaction.billingType ?? BillingType.CHARGEABLE, msdyn_billingstatus: BillingStatus.UNBILLED_SALES_CREATED,
    msdyn_price: transaction.price, msdyn_amount: transaction.amount, _transactioncurrencyid_value: CURRENCIES[example.currency],
  });
  add(rows, 'msdyn_transactionorigins', ...origins(ids.unbilled, place * 2 + 1));
  if (transaction.cost) {
    add(rows, 'msdyn_transactionconnections', {
      msdyn_transactionconnectionid: guid(40, index * 10 + place), msdyn_transaction1: ids.unbilled, msdyn_transaction1role: CONNECTION_ROLES.unbilledSales,
      msdyn_transaction1type: RECORD_TYPES.actual, msdyn_transaction2: ids.cost, msdyn_transaction2role: CONNECTION_ROLES.cost, msdyn_transaction2type: RECORD_TYPES.actual,
    });
  }
}

/** The place of an example among all, which its records' ids hold. */
export const indexOf = (number: ExampleNumber): number => Object.keys(EXAMPLES).indexOf(number) + 1;

/** Every record of some contracts of one company, by entity set. */
export function recordsOf(examples: Readonly<Record<string, Example>>): EntitySetRecords[] {
  const rows: Rows = {};
  masters(rows);
  Object.entries(examples).forEach(([number, example], place) => {
    const contract = { number, index: place + 1, example };
    contractRows(rows, contract);
    example.transactions.forEach((transaction, index) => transactionRows(rows, contract, transaction, index + 1));
  });
  return Object.entries(rows).map(([name, records]) => ({ name, records }));
}

export const documentedExamples = (): EntitySetRecords[] => recordsOf(EXAMPLES);
