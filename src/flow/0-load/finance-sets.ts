import {
  BillingTypeLineProperty, CostAndRevenueProfile, CostPosting, CustomerPostingProfile, ExchangeRateEntry, FinanceCurrency, FinanceCustomer,
  FinanceFundingSource, FinanceProject, FinanceProjectCategory, FinanceProjectContract, FinanceProjectContractLine, FinanceProjectGroup, FiscalPeriod,
  FixedExchangeRateAgreement, ItemSalesTaxGroup, ItemSalesTaxGroupCode, LegalEntity, LineProperty, MainAccount, ManagedInvoiceFormat, PaymentTerms,
  ProjectParameters, ProjectPostingProfile, ReleasedProduct, SalesTaxCode, SalesTaxCodeValue, SalesTaxGroup, SalesTaxGroupCode,
  type InvoiceFormat,
} from '../../entities/finance';
import type { Problem } from './bad-row';
import { problemOfFormatChoice, problemOfGroupFields } from '../managed-format.rules';
import type { EntitySet, NaturalReference, RowValues } from './entity-set';

const to = (set: string, ...by: string[]): NaturalReference => ({ to: set, by });
/** A reference to a set that is kept per legal entity. */
const within = (set: string, ...by: string[]): NaturalReference => ({ to: set, by: ['dataAreaId', ...by] });

const DECIMALS: readonly [string, string] = ['0', '4'];
const DAYS: readonly [string, string] = ['0', '36500'];
/** From the smallest rate that Dataverse keeps to its largest. */
const RATE: readonly [string, string] = ['0.0000000001', '100000000000'];
const TAX_PERCENT: readonly [string, string] = ['0', '1000'];

/** Sets that every legal entity has for itself: their key begins with `dataAreaId`, which names a legal entity. */
function perLegalEntity({ key, refersTo = [], ...set }: Omit<EntitySet, 'side'>): EntitySet {
  return { side: 'finance', ...set, key: ['dataAreaId', ...key], refersTo: [to('LegalEntities', 'dataAreaId'), ...refersTo] };
}

/** Cost of hours may stay out of the ledger; that of expenses and items goes to the balance or to profit and loss (domain facts 7.2). */
function checkProfile({ postCostsExpense, postCostsItem }: RowValues): Problem[] {
  const inLedger: readonly unknown[] = [undefined, null, CostPosting.BALANCE, CostPosting.PROFIT_AND_LOSS];
  return Object.entries({ PostCostsExpense: postCostsExpense, PostCostsItem: postCostsItem })
    .filter(([, posting]) => !inLedger.includes(posting))
    .map(([column]) => ({ code: 'OUT_OF_RANGE', column, sentence: 'cost of expenses and items posts to Balance or ProfitAndLoss' }));
}

const shared = (set: Omit<EntitySet, 'side'>): EntitySet => ({ side: 'finance', ...set });

/**
 * The entity sets of finance's OData interface in load order. Legal entities compare without case, as finance does; an empty text
 * and the date 1900-01-01 are how finance spells "no value". An absent optional set means what stands beside it; where it
 * says "standard", every new legal entity gets the rows of standard-set-up.ts.
 */
export const FINANCE_SETS: readonly EntitySet[] = [
  shared({ name: 'Currencies', entity: FinanceCurrency, key: ['CurrencyCode'], isOptional: false, limits: { RoundingDecimals: DECIMALS } }),
  shared({ name: 'LegalEntities', entity: LegalEntity, key: ['LegalEntityId'], isOptional: false, refersTo: [to('Currencies', 'AccountingCurrency')] }),
  // Absent: standard.
  shared({ name: 'MainAccounts', entity: MainAccount, key: ['MainAccountId'], isOptional: true }),
  // The six sets of sales tax, absent: no sales tax.
  perLegalEntity({
    name: 'SalesTaxCodes', entity: SalesTaxCode, key: ['TaxCode'], isOptional: true,
    refersTo: [to('MainAccounts', 'SalesTaxPayableMainAccountId')],
  }),
  perLegalEntity({
    name: 'SalesTaxCodeValues', entity: SalesTaxCodeValue, key: ['TaxCode', 'FromDate'], isOptional: true, limits: { Rate: TAX_PERCENT },
    refersTo: [within('SalesTaxCodes', 'TaxCode')],
  }),
  perLegalEntity({ name: 'SalesTaxGroups', entity: SalesTaxGroup, key: ['TaxGroupCode'], isOptional: true }),
  perLegalEntity({
    name: 'SalesTaxGroupCodes', entity: SalesTaxGroupCode, key: ['TaxGroupCode', 'TaxCode'], isOptional: true,
    refersTo: [within('SalesTaxGroups', 'TaxGroupCode'), within('SalesTaxCodes', 'TaxCode')],
  }),
  perLegalEntity({ name: 'ItemSalesTaxGroups', entity: ItemSalesTaxGroup, key: ['TaxItemGroupCode'], isOptional: true }),
  perLegalEntity({
    name: 'ItemSalesTaxGroupCodes', entity: ItemSalesTaxGroupCode, key: ['TaxItemGroupCode', 'TaxCode'], isOptional: true,
    refersTo: [within('ItemSalesTaxGroups', 'TaxItemGroupCode'), within('SalesTaxCodes', 'TaxCode')],
  }),
  // Absent: invoices are due at once.
  perLegalEntity({ name: 'PaymentTerms', entity: PaymentTerms, key: ['Name'], isOptional: true, limits: { NumberOfDays: DAYS, NumberOfMonths: DAYS } }),
  // Absent: standard.
  perLegalEntity({
    name: 'CustomerPostingProfiles', entity: CustomerPostingProfile, key: ['PostingProfile'], isOptional: true,
    refersTo: [to('MainAccounts', 'SummaryMainAccountId')],
  }),
  // Absent: standard.
  perLegalEntity({ name: 'ProjectLineProperties', entity: LineProperty, key: ['LinePropertyId'], isOptional: true }),
  // Absent: standard.
  perLegalEntity({
    name: 'BillingTypeLineProperties', entity: BillingTypeLineProperty, key: ['BillingType'], isOptional: true,
    refersTo: [within('ProjectLineProperties', 'LinePropertyId')],
  }),
  // Absent: standard.
  perLegalEntity({ name: 'ProjectCostAndRevenueProfiles', entity: CostAndRevenueProfile, key: ['ProfileId'], isOptional: true, check: checkProfile }),
  // Absent: project groups have no cost and revenue profile.
  perLegalEntity({
    name: 'ProjectGroups', entity: FinanceProjectGroup, key: ['ProjectGroup'], isOptional: true,
    refersTo: [within('ProjectCostAndRevenueProfiles', 'CostAndRevenueProfileId')],
  }),
  // Absent: the item sales tax group of material comes from its category, which is why the method Item number needs this set.
  perLegalEntity({
    name: 'ReleasedProductsV2', entity: ReleasedProduct, key: ['ItemNumber'], isOptional: true,
    refersTo: [within('ItemSalesTaxGroups', 'SalesSalesTaxItemGroupCode')],
  }),
  // Absent: actuals without transaction category.
  perLegalEntity({
    name: 'ProjectCategories', entity: FinanceProjectCategory, key: ['CategoryId'], isOptional: true,
    refersTo: [within('ItemSalesTaxGroups', 'ItemSalesTaxGroup')],
  }),
  // Absent: standard. Defaults: every transaction type (None), every category (empty).
  perLegalEntity({
    name: 'ProjectPostingProfiles', entity: ProjectPostingProfile, key: ['PostingType', 'ProjTransType', 'CategoryId'], isOptional: true,
    refersTo: [to('MainAccounts', 'MainAccountId'), within('ProjectCategories', 'CategoryId')],
  }),
  // Absent: standard.
  perLegalEntity({
    name: 'FiscalPeriods', entity: FiscalPeriod, key: ['StartDate'], isOptional: true,
    check: ({ startDate, endDate }) => (String(endDate) < String(startDate)
      ? [{ code: 'OUT_OF_RANGE', column: 'EndDate', sentence: `the period ends on ${String(endDate)}, before it starts on ${String(startDate)}` }]
      : []),
  }),
  // Absent: standard.
  perLegalEntity({
    name: 'ProjectParameters', entity: ProjectParameters, key: [], isOptional: true, limits: { MaxLinesPerJournal: ['1', '1000'], PrevalidationMinutes: ['0', '1440'] },
    refersTo: [
      within('ItemSalesTaxGroups', 'MilestoneItemSalesTaxGroup'),
      within('ProjectCostAndRevenueProfiles', 'DefaultCostAndRevenueProfileId'),
      within('CustomerPostingProfiles', 'DefaultPostingProfile'),
    ],
  }),
  // Absent: only transactions in the accounting currency can be posted.
  shared({
    name: 'ExchangeRates', entity: ExchangeRateEntry, key: ['RateTypeName', 'FromCurrency', 'ToCurrency', 'StartDate'], isOptional: true,
    limits: { Rate: RATE }, refersTo: [to('Currencies', 'FromCurrency'), to('Currencies', 'ToCurrency')],
  }),
  perLegalEntity({
    name: 'CustomersV3', entity: FinanceCustomer, key: ['CustomerAccount'], isOptional: false,
    refersTo: [
      to('Currencies', 'SalesCurrencyCode'), within('SalesTaxGroups', 'SalesTaxGroup'), within('PaymentTerms', 'PaymentTerms'),
      within('CustomerPostingProfiles', 'CustomerPostingProfile'),
    ],
  }),
  perLegalEntity({
    name: 'ProjectContractHeaders', entity: FinanceProjectContract, key: ['ProjectContractId'], isOptional: false,
    refersTo: [
      to('Currencies', 'CurrencyCode'), within('SalesTaxGroups', 'SalesTaxGroup'), within('PaymentTerms', 'PaymentTerms'),
      within('ProjectCostAndRevenueProfiles', 'CostAndRevenueProfileId'),
    ],
  }),
  // Absent: contracts whose actuals have no project.
  perLegalEntity({
    name: 'Projects', entity: FinanceProject, key: ['ProjectId'], isOptional: true,
    refersTo: [
      within('ProjectContractHeaders', 'ProjectContractId'), within('SalesTaxGroups', 'SalesTaxGroup'),
      within('ProjectCostAndRevenueProfiles', 'CostAndRevenueProfileId'),
    ],
  }),
  // Absent: derived from the contract lines of Dataverse in the same load; the contract's and the project's own sales tax group and
  // dimensions hold.
  perLegalEntity({
    name: 'ProjectContractLines', entity: FinanceProjectContractLine, key: ['ContractLineId'], isOptional: true, guidColumns: ['ContractLineId'],
    refersTo: [within('ProjectContractHeaders', 'ProjectContractId'), within('Projects', 'ProjectId'), within('SalesTaxGroups', 'SalesTaxGroup')],
  }),
  // Absent: no managed format; the mutation `setInvoiceFormat` makes them.
  perLegalEntity({
    name: 'InvoiceFormats', entity: ManagedInvoiceFormat, key: ['FormatId'], isOptional: true,
    check: ({ groupBy }) => {
      const problem = problemOfGroupFields(String(groupBy).split(','));
      return problem ? [{ code: 'UNKNOWN_OPTION', column: 'GroupBy', sentence: `the format ${problem}` }] : [];
    },
  }),
  // Absent: derived from the contract customers of Dataverse in the same load; their own terms of payment and posting profile hold.
  perLegalEntity({
    name: 'ProjectFundingSources', entity: FinanceFundingSource, key: ['ProjectContractId', 'FundingSourceId'], isOptional: true,
    refersTo: [
      within('ProjectContractHeaders', 'ProjectContractId'), within('CustomersV3', 'CustomerAccount'), within('PaymentTerms', 'PaymentTerms'),
      within('CustomerPostingProfiles', 'PostingProfile'), within('InvoiceFormats', 'gw_managedinvoiceformat'),
    ],
    check: ({ invoiceFormat, managedInvoiceFormatId }) => {
      const problem = problemOfFormatChoice((invoiceFormat ?? null) as InvoiceFormat | null, (managedInvoiceFormatId ?? null) as string | null);
      return problem ? [{ code: 'MANDATORY_COLUMN_MISSING', column: 'gw_managedinvoiceformat', sentence: problem }] : [];
    },
  }),
  // Absent: the legal entity's exchange rates hold.
  perLegalEntity({
    name: 'ProjectContractFixedExchangeRates', entity: FixedExchangeRateAgreement, key: ['ProjectContractId', 'CurrencyCode'], isOptional: true,
    limits: { Rate: RATE }, refersTo: [within('ProjectContractHeaders', 'ProjectContractId'), to('Currencies', 'CurrencyCode')],
  }),
];
