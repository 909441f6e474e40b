import type { EntityClass } from '../../src/entities/columns';
import {
  BillingTypeLineProperty,
  CompletionMethod,
  CostAndRevenueProfile,
  CustomerPostingProfile,
  ExchangeRateConversionFactor,
  ExchangeRateEntry,
  FinanceCurrency,
  FinanceCustomer,
  FinanceFundingSource,
  FinanceProject,
  FinanceProjectCategory,
  FinanceProjectContract,
  FinanceProjectContractLine,
  FiscalPeriod,
  FixedExchangeRateAgreement,
  ItemSalesTaxGroup,
  ItemSalesTaxGroupCode,
  LegalEntity,
  LineProperty,
  MainAccount,
  NoYes,
  OnAccountPosting,
  PaymentTerms,
  PostingType,
  ProjBillingType,
  ProjContractBillingMethod,
  ProjectParameters,
  ProjectPostingProfile,
  ProjFundingType,
  ProjTaxGroupMethod,
  ProjTaxItemGroupMethod,
  ProjTransType,
  ProjType,
  SalesTaxCode,
  SalesTaxCodeValue,
  SalesTaxGroup,
  SalesTaxGroupCode,
} from '../../src/entities/finance';
import { addDays, addMonths } from '../../src/kernel/clock';
import { decimal } from '../../src/kernel/decimal';
import type { Ids } from '../../src/kernel/ids';
import { insertRows } from '../../src/stores/bulk';
import type { UnitOfWork } from '../../src/stores/session';

/** What a built world needs of finance. */
export interface FinanceNeeds {
  readonly legalEntityId: string;
  readonly currency: string;
  readonly accountingCurrency: string;
  readonly exchangeRate: string | undefined;
  readonly fixedRate: string | undefined;
  readonly wip: boolean;
  readonly taxRatePercent: string | undefined;
  readonly contractNumber: string;
  readonly contractName: string;
  readonly customers: readonly { accountNumber: string; fundingSourceId: string; name: string }[];
  readonly lines: readonly { contractLineId: string; projectNumber: string; isFixedPrice: boolean }[];
}

/** Main accounts of the documented examples (domain facts 7.1); the others are ours. */
export const MAIN_ACCOUNTS = {
  customerBalance: '130100',
  wipCostValue: '161200',
  wipCostValueItem: '161210',
  wipSalesValue: '161300',
  wipInvoicedOnAccount: '161400',
  salesTaxPayable: '202110',
  invoicedRevenue: '411100',
  invoicedRevenueOnAccount: '411200',
  accruedRevenue: '420200',
  cost: '540100',
  costItem: '540200',
  payrollAllocation: '600300',
  expenseOffset: '600400',
  exchangeRateDifference: '801100',
} as const;

const POSTING_ACCOUNTS: readonly [PostingType, string][] = [
  [PostingType.WIP_COST_VALUE, MAIN_ACCOUNTS.wipCostValue],
  [PostingType.WIP_COST_VALUE_ITEM, MAIN_ACCOUNTS.wipCostValueItem],
  [PostingType.WIP_SALES_VALUE, MAIN_ACCOUNTS.wipSalesValue],
  [PostingType.WIP_INVOICED_ON_ACCOUNT, MAIN_ACCOUNTS.wipInvoicedOnAccount],
  [PostingType.INVOICED_REVENUE, MAIN_ACCOUNTS.invoicedRevenue],
  [PostingType.INVOICED_REVENUE_ON_ACCOUNT, MAIN_ACCOUNTS.invoicedRevenueOnAccount],
  [PostingType.ACCRUED_REVENUE_SALES_VALUE, MAIN_ACCOUNTS.accruedRevenue],
  [PostingType.COST, MAIN_ACCOUNTS.cost],
  [PostingType.COST_ITEM, MAIN_ACCOUNTS.costItem],
  [PostingType.PAYROLL_ALLOCATION, MAIN_ACCOUNTS.payrollAllocation],
  [PostingType.EXPENSE_OFFSET, MAIN_ACCOUNTS.expenseOffset],
  [PostingType.EXCHANGE_RATE_DIFFERENCE, MAIN_ACCOUNTS.exchangeRateDifference],
];

const CATEGORIES: readonly [string, ProjTransType][] = [
  ['Time', ProjTransType.HOUR],
  ['Expense', ProjTransType.COST],
  ['Material', ProjTransType.ITEM],
  ['Fee', ProjTransType.REVENUE],
];

/** The item sales tax group that every category and milestone has: it holds every tax code that a world asks for. */
const ITEM_SALES_TAX_GROUP = 'FULL';

function months(year: number): { name: string; startDate: string; endDate: string }[] {
  return Array.from({ length: 12 }, (_, index) => {
    const startDate = addMonths(`${year}-01-01`, index);
    return { name: startDate.slice(0, 7), startDate, endDate: addDays(addMonths(startDate, 1), -1) };
  });
}

const PERIODS = [
  { name: 'Before', startDate: '2020-01-01', endDate: '2025-12-31' },
  ...months(2026),
  { name: 'After', startDate: '2027-01-01', endDate: '2099-12-31' },
];

/** Adds what finance needs to take a world's actuals up, post and invoice them. What another world added already stays. */
export async function addFinanceSetup(work: UnitOfWork, ids: Ids, needs: FinanceNeeds): Promise<void> {
  const { legalEntityId } = needs;
  const add = async <T>(entity: EntityClass<T>, rows: readonly object[]): Promise<void> => {
    await insertRows(work, entity, rows.map((row) => ({ id: ids.next(), ...row })) as unknown as Partial<T>[], {
      ifAbsent: true,
    });
  };
  const addHere = <T>(entity: EntityClass<T>, rows: readonly object[]) =>
    add(
      entity,
      rows.map((row) => ({ legalEntityId, ...row })),
    );

  for (const code of new Set([needs.currency, needs.accountingCurrency])) {
    await add(FinanceCurrency, [{ code, name: code, decimals: code === 'JPY' ? 0 : code === 'KWD' ? 3 : 2 }]);
  }
  await add(
    MainAccount,
    Object.entries(MAIN_ACCOUNTS).map(([name, mainAccountId]) => ({ mainAccountId, name })),
  );
  await addHere(LegalEntity, [
    { name: `Contoso ${legalEntityId}`, accountingCurrency: needs.accountingCurrency, exchangeRateType: 'Default' },
  ]);
  await addHere(FiscalPeriod, PERIODS);
  await addHere(PaymentTerms, [{ name: 'Net30', description: '30 days', days: 30, months: 0 }]);
  await addHere(CustomerPostingProfile, [{ postingProfile: 'GEN', summaryMainAccountId: MAIN_ACCOUNTS.customerBalance }]);
  await addHere(
    ProjectPostingProfile,
    POSTING_ACCOUNTS.map(([postingType, mainAccountId]) => ({
      postingType,
      projectTransactionType: ProjTransType.NONE,
      categoryId: '',
      mainAccountId,
    })),
  );
  await addLineProperties(addHere);
  await addHere(ItemSalesTaxGroup, [{ itemSalesTaxGroup: ITEM_SALES_TAX_GROUP }]);
  await addHere(
    FinanceProjectCategory,
    CATEGORIES.map(([categoryId, transactionType]) => ({
      categoryId,
      name: categoryId,
      transactionType,
      itemSalesTaxGroup: ITEM_SALES_TAX_GROUP,
    })),
  );
  await addHere(ProjectParameters, [
    {
      salesTaxGroupMethod: ProjTaxGroupMethod.SEARCH,
      itemSalesTaxGroupMethod: ProjTaxItemGroupMethod.CATEGORY,
      milestoneItemSalesTaxGroup: ITEM_SALES_TAX_GROUP,
      defaultCostAndRevenueProfileId: 'NOWIP',
      defaultPostingProfile: 'GEN',
      maxLinesPerJournal: 200,
    },
  ]);
  const salesTaxGroup = await addSalesTax(addHere, needs.taxRatePercent);
  await addRates(add, addHere, needs);
  await addContract(addHere, needs, salesTaxGroup);
}

type AddHere = <T>(entity: EntityClass<T>, rows: readonly object[]) => Promise<void>;

async function addLineProperties(addHere: AddHere): Promise<void> {
  await addHere(LineProperty, [
    { linePropertyId: 'Charge', toBeInvoiced: NoYes.YES, toBeAccrued: NoYes.YES },
    { linePropertyId: 'NonCharge', toBeInvoiced: NoYes.NO, toBeAccrued: NoYes.NO },
    { linePropertyId: 'Complim', toBeInvoiced: NoYes.NO, toBeAccrued: NoYes.NO },
  ]);
  await addHere(BillingTypeLineProperty, [
    { billingType: ProjBillingType.CHARGEABLE, linePropertyId: 'Charge' },
    { billingType: ProjBillingType.NON_CHARGEABLE, linePropertyId: 'NonCharge' },
    { billingType: ProjBillingType.COMPLIMENTARY, linePropertyId: 'Complim' },
    { billingType: ProjBillingType.NOT_AVAILABLE, linePropertyId: 'NonCharge' },
  ]);
  const profile = { onAccountPosting: OnAccountPosting.PROFIT_AND_LOSS, completionMethod: CompletionMethod.NO_WIP };
  await addHere(CostAndRevenueProfile, [
    { ...profile, profileId: 'WIP', accrueRevenue: NoYes.YES },
    { ...profile, profileId: 'NOWIP', accrueRevenue: NoYes.NO },
  ]);
}

/** The sales tax group of a rate; null where nothing is taxed. */
async function addSalesTax(addHere: AddHere, ratePercent: string | undefined): Promise<string | null> {
  if (ratePercent === undefined) return null;
  const taxCode = `VAT${ratePercent}`;
  await addHere(SalesTaxCode, [
    { taxCode, name: `Sales tax ${ratePercent} %`, payableMainAccountId: MAIN_ACCOUNTS.salesTaxPayable },
  ]);
  await addHere(SalesTaxCodeValue, [{ taxCode, fromDate: '2020-01-01', ratePercent: decimal(ratePercent) }]);
  await addHere(SalesTaxGroup, [{ salesTaxGroup: taxCode }]);
  await addHere(SalesTaxGroupCode, [{ salesTaxGroup: taxCode, taxCode, isExempt: NoYes.NO }]);
  await addHere(ItemSalesTaxGroupCode, [{ itemSalesTaxGroup: ITEM_SALES_TAX_GROUP, taxCode }]);
  return taxCode;
}

async function addRates(add: AddHere, addHere: AddHere, needs: FinanceNeeds): Promise<void> {
  if (needs.exchangeRate !== undefined) {
    await add(ExchangeRateEntry, [
      {
        rateType: 'Default',
        fromCurrency: needs.currency,
        toCurrency: needs.accountingCurrency,
        startDate: '2020-01-01',
        rate: decimal(needs.exchangeRate),
        conversionFactor: ExchangeRateConversionFactor.ONE,
      },
    ]);
  }
  if (needs.fixedRate !== undefined) {
    await addHere(FixedExchangeRateAgreement, [
      {
        projectContractId: needs.contractNumber,
        currencyCode: needs.currency,
        rate: decimal(needs.fixedRate).times(100),
        conversionFactor: ExchangeRateConversionFactor.ONE_HUNDRED,
      },
    ]);
  }
}

async function addContract(addHere: AddHere, needs: FinanceNeeds, salesTaxGroup: string | null): Promise<void> {
  const { contractNumber: projectContractId } = needs;
  await addHere(
    FinanceCustomer,
    needs.customers.map((customer) => ({
      customerAccount: customer.accountNumber,
      name: customer.name,
      currencyCode: needs.currency,
      paymentTerms: 'Net30',
      postingProfile: 'GEN',
    })),
  );
  await addHere(FinanceProjectContract, [
    {
      projectContractId,
      name: needs.contractName,
      currencyCode: needs.currency,
      salesTaxGroup,
      paymentTerms: 'Net30',
      costAndRevenueProfileId: needs.wip ? 'WIP' : 'NOWIP',
    },
  ]);
  await addHere(
    FinanceFundingSource,
    needs.customers.map((customer) => ({
      projectContractId,
      fundingSourceId: customer.fundingSourceId,
      fundingType: ProjFundingType.CUSTOMER,
      customerAccount: customer.accountNumber,
      paymentTerms: 'Net30',
      postingProfile: 'GEN',
    })),
  );
  await addHere(
    FinanceProject,
    needs.lines.map((line) => ({
      projectId: line.projectNumber,
      name: line.projectNumber,
      projectContractId,
      projectType: line.isFixedPrice ? ProjType.FIXED_PRICE : ProjType.TIME_MATERIAL,
      costAndRevenueProfileId: line.isFixedPrice ? 'NOWIP' : null,
    })),
  );
  await addHere(
    FinanceProjectContractLine,
    needs.lines.map((line) => ({
      projectContractId,
      contractLineId: line.contractLineId,
      projectId: line.projectNumber,
      billingMethod: line.isFixedPrice ? ProjContractBillingMethod.FIXED_PRICE : ProjContractBillingMethod.TIME_MATERIAL,
    })),
  );
}
