import { addDays, addMonths } from '../kernel/clock';
import { CATEGORIES, CURRENCIES, LEGAL_ENTITIES, type LegalEntityCode, type LegalEntityPlan, type Row, type Sink } from './shared-masters';

/** Main accounts: those of the documented example (domain facts 7.1) and, for what it does not show, neighbours of them. */
const MAIN_ACCOUNTS: readonly [mainAccountId: string, name: string][] = [
  ['130100', 'Accounts receivable'],
  ['161200', 'WIP - cost value'],
  ['161210', 'WIP - cost value, item'],
  ['161300', 'WIP - sales value'],
  ['161400', 'WIP - invoiced on account'],
  ['202110', 'Sales tax payable'],
  ['411100', 'Invoiced revenue'],
  ['411200', 'Invoiced revenue - on account'],
  ['420200', 'Accrued revenue - sales value'],
  ['540100', 'Project cost'],
  ['540200', 'Project cost - expenses'],
  ['540210', 'Project cost - mileage'],
  ['540300', 'Project cost - materials'],
  ['600300', 'Payroll allocation'],
  ['600400', 'Expense offset'],
  ['600500', 'Cost - item'],
  ['801100', 'Exchange rate difference'],
];

/** The project posting profile under finance's own names of the posting types; the more specific row wins. */
const POSTINGS: readonly [postingType: string, mainAccountId: string, transactionType?: string, categoryId?: string][] = [
  ['StatusAccount', '161200'], ['OnAccountAccount', '411200'], ['CostAccount', '540100'], ['OffsetAccount', '600400'], ['ExchRateDiff', '801100'],
  ['PayrollAllocation', '600300'], ['RevenueAccount', '411100'], ['SalesValue', '420200'], ['SalesOffsetAccount', '161300'],
  ['OffsetAccountItem', '600500'], ['StatusAccountItem', '161210'], ['WIPInvoicedOnAccount', '161400'],
  ['CostAccount', '540200', 'Cost'], ['CostAccount', '540300', 'Item'], ['CostAccount', '540210', 'Cost', 'Mileage'],
];

const LINE_PROPERTIES: readonly [linePropertyId: string, description: string, invoiced: 'Yes' | 'No', accrued: 'Yes' | 'No', billingType: string][] = [
  ['Charge', 'Chargeable', 'Yes', 'Yes', 'Chargeable'],
  ['NonCharge', 'Not chargeable', 'No', 'No', 'NonChargeable'],
  ['Complim', 'Complimentary', 'No', 'No', 'Complimentary'],
  ['NotAvail', 'Billing type not available', 'No', 'No', 'NotAvailable'],
];

const PROFILES: readonly [profileId: string, accrueRevenue: 'Yes' | 'No', onAccount: string, completion: string][] = [
  ['WIP', 'Yes', 'ProfitAndLoss', 'NoWIP'],
  ['NOWIP', 'No', 'ProfitAndLoss', 'NoWIP'],
  ['FPNOWIP', 'No', 'ProfitAndLoss', 'NoWIP'],
  ['FPCOMPLETED', 'No', 'Balance', 'CompletedContract'],
];

interface TaxPlan {
  readonly group: string;
  readonly description: string;
  readonly full: string;
  readonly zero: string;
  /** Percent by the day from which it holds. */
  readonly rates: readonly [from: string, to: string | null, percent: number][];
}

/** The sales tax of a legal entity: one code at the full rate, one at zero. */
export const SALES_TAX: Readonly<Record<LegalEntityCode, TaxPlan>> = {
  USPM: { group: 'CA', description: 'California', full: 'CA-SALES', zero: 'CA-ZERO', rates: [['2020-01-01', null, 8.5]] },
  GBPM: { group: 'UK-DOM', description: 'United Kingdom, domestic', full: 'VAT-STD', zero: 'VAT-ZERO', rates: [['2011-01-04', null, 20]] },
  JPPM: {
    group: 'JP-DOM', description: 'Japan, domestic', full: 'CT-STD', zero: 'CT-ZERO',
    rates: [['2014-04-01', '2019-09-30', 8], ['2019-10-01', null, 10]],
  },
};

/** The sales tax group of customers abroad: it holds no tax code, so nothing is taxed. */
export const EXPORT_TAX_GROUP = 'EXPORT';

/** Percent of sales tax that a category bears for a customer of a sales tax group, at the rates of 2026. */
export function taxPercent(legalEntity: LegalEntityCode, taxGroup: string, itemTaxGroup: string): number {
  const plan = SALES_TAX[legalEntity];
  return taxGroup === plan.group && itemTaxGroup === 'FULL' ? plan.rates.at(-1)![2] : 0;
}

const PAYMENT_TERMS: readonly [name: string, description: string, days: number, months: number][] = [
  ['Net14', '14 days', 14, 0], ['Net30', '30 days', 30, 0], ['Net45', '45 days', 45, 0], ['1M', 'One month', 0, 1],
];

/** Exchange rates from 2024 on: units of the second currency for `factor` units of the first. */
const EXCHANGE_RATES: readonly [from: string, to: string, start: string, rate: number, factor?: 'OneHundred'][] = [
  ['EUR', 'USD', '2024-01-01', 1.1], ['EUR', 'USD', '2025-01-01', 1.04], ['EUR', 'USD', '2026-01-01', 1.08], ['EUR', 'USD', '2026-04-01', 1.0925],
  ['GBP', 'USD', '2024-01-01', 1.27], ['GBP', 'USD', '2025-01-01', 1.25], ['GBP', 'USD', '2026-01-01', 1.26],
  ['USD', 'GBP', '2024-01-01', 0.787], ['USD', 'GBP', '2025-01-01', 0.8], ['USD', 'GBP', '2026-01-01', 0.794],
  ['EUR', 'GBP', '2024-01-01', 0.865], ['EUR', 'GBP', '2026-01-01', 0.857],
  ['USD', 'JPY', '2024-01-01', 141.2], ['USD', 'JPY', '2025-01-01', 157.3], ['USD', 'JPY', '2026-01-01', 150.25],
  ['EUR', 'JPY', '2024-01-01', 155.4], ['EUR', 'JPY', '2026-01-01', 162.5],
  ['GBP', 'JPY', '2024-01-01', 179.7], ['GBP', 'JPY', '2026-01-01', 189.4],
  ['JPY', 'USD', '2024-01-01', 0.708, 'OneHundred'], ['JPY', 'USD', '2026-01-01', 0.6656, 'OneHundred'],
];

interface Period {
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

const MONTHLY_FROM = 2025;
const YEARLY_FROM = 2028;
const LAST_YEAR = 2099;

/** Months from 2025 to 2027, then years to 2099. */
function fiscalPeriods(): Period[] {
  const months = Array.from({ length: (YEARLY_FROM - MONTHLY_FROM) * 12 }, (_, index): Period => {
    const start = addMonths(`${MONTHLY_FROM}-01-01`, index);
    return { name: start.slice(0, 7), start, end: addDays(addMonths(start, 1), -1) };
  });
  const years = Array.from({ length: LAST_YEAR - YEARLY_FROM + 1 }, (_, index): Period => {
    const year = YEARLY_FROM + index;
    return { name: String(year), start: `${year}-01-01`, end: `${year}-12-31` };
  });
  return [...months, ...years];
}

function writeSalesTax(sink: Sink, dataAreaId: LegalEntityCode): void {
  const { group, description, full, zero, rates } = SALES_TAX[dataAreaId];
  for (const [taxCode, name] of [[full, `${description}, full rate`], [zero, `${description}, zero rate`]] as const) {
    sink('SalesTaxCodes', { dataAreaId, TaxCode: taxCode, Name: name, SalesTaxPayableMainAccountId: '202110' });
    sink('SalesTaxGroupCodes', { dataAreaId, TaxGroupCode: group, TaxCode: taxCode, IsExempt: 'No' });
  }
  for (const [FromDate, ToDate, Rate] of rates) sink('SalesTaxCodeValues', { dataAreaId, TaxCode: full, FromDate, ToDate, Rate });
  sink('SalesTaxCodeValues', { dataAreaId, TaxCode: zero, FromDate: rates[0]![0], ToDate: null, Rate: 0 });
  sink('SalesTaxGroups', { dataAreaId, TaxGroupCode: group, Description: description });
  sink('SalesTaxGroups', { dataAreaId, TaxGroupCode: EXPORT_TAX_GROUP, Description: 'Customers abroad, not taxed' });
  for (const [TaxItemGroupCode, Description, TaxCode] of [['FULL', 'Full rate', full], ['ZERO', 'Zero rate', zero]] as const) {
    sink('ItemSalesTaxGroups', { dataAreaId, TaxItemGroupCode, Description });
    sink('ItemSalesTaxGroupCodes', { dataAreaId, TaxItemGroupCode, TaxCode });
  }
}

function writeLegalEntity(sink: Sink, { code: dataAreaId, name, currency, address }: LegalEntityPlan, periods: readonly Period[]): void {
  const here = (set: string, row: Row) => sink(set, { dataAreaId, ...row });
  sink('LegalEntities', { LegalEntityId: dataAreaId, Name: name, AccountingCurrency: currency, ExchangeRateType: 'Default', Address: address });
  writeSalesTax(sink, dataAreaId);
  for (const [Name, Description, NumberOfDays, NumberOfMonths] of PAYMENT_TERMS) here('PaymentTerms', { Name, Description, NumberOfDays, NumberOfMonths });
  here('CustomerPostingProfiles', { PostingProfile: 'GEN', SummaryMainAccountId: '130100' });
  for (const [LinePropertyId, Description, ToBeInvoiced, ToBeAccrued, BillingType] of LINE_PROPERTIES) {
    here('ProjectLineProperties', { LinePropertyId, Description, ToBeInvoiced, ToBeAccrued });
    here('BillingTypeLineProperties', { BillingType, LinePropertyId });
  }
  for (const [ProfileId, AccrueRevenue, OnAccountPosting, CompletionMethod] of PROFILES) {
    here('ProjectCostAndRevenueProfiles', { ProfileId, AccrueRevenue, OnAccountPosting, CompletionMethod });
  }
  for (const { name: CategoryId, kind, tax } of CATEGORIES) {
    here('ProjectCategories', { CategoryId, CategoryName: CategoryId, TransactionType: kind, ItemSalesTaxGroup: tax });
  }
  for (const [PostingType, MainAccountId, ProjTransType = 'None', CategoryId = ''] of POSTINGS) {
    here('ProjectPostingProfiles', { PostingType, ProjTransType, CategoryId, MainAccountId });
  }
  // The months of 2025 are closed; everything later is open.
  for (const { name: PeriodName, start: StartDate, end: EndDate } of periods) {
    here('FiscalPeriods', { PeriodName, StartDate, EndDate, PeriodStatus: StartDate < '2026-01-01' ? 'Closed' : 'Open' });
  }
  here('ProjectParameters', {
    SalesTaxGroupMethod: 'Search', ItemSalesTaxGroupMethod: 'Category', MilestoneItemSalesTaxGroup: 'FULL',
    DefaultCostAndRevenueProfileId: 'WIP', DefaultPostingProfile: 'GEN', MaxLinesPerJournal: 200,
  });
}

/** Finance's set-up that belongs to no contract. The same in every folder, so a second folder finds it unchanged. */
export function writeFinanceSetUp(sink: Sink): void {
  for (const { code, name, decimals } of CURRENCIES) sink('Currencies', { CurrencyCode: code, Name: name, RoundingDecimals: decimals });
  for (const [MainAccountId, Name] of MAIN_ACCOUNTS) sink('MainAccounts', { MainAccountId, Name });
  for (const [FromCurrency, ToCurrency, StartDate, Rate, ConversionFactor = 'One'] of EXCHANGE_RATES) {
    sink('ExchangeRates', { RateTypeName: 'Default', FromCurrency, ToCurrency, StartDate, Rate, ConversionFactor });
  }
  const periods = fiscalPeriods();
  for (const entity of LEGAL_ENTITIES) writeLegalEntity(sink, entity, periods);
}
