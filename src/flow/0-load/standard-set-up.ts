import {
  BillingTypeLineProperty, CompletionMethod, CostAndRevenueProfile, CustomerPostingProfile, FiscalPeriod, FiscalPeriodStatus, LineProperty,
  MainAccount, NoYes, OnAccountPosting, PostingType, ProjBillingType, ProjectParameters, ProjectPostingProfile, ProjTaxGroupMethod,
  ProjTaxItemGroupMethod, ProjTransType,
} from '../../entities/finance';
import type { RowValues } from './entity-set';

/** Main accounts: those of the documented example (domain facts 7.1), and ours for the posting types that it does not show. */
const ACCOUNTS: readonly [mainAccountId: string, name: string, postingType: PostingType | null][] = [
  ['130100', 'Accounts receivable', null],
  ['161200', 'WIP - cost value', PostingType.WIP_COST_VALUE],
  ['161210', 'WIP - cost value, item', PostingType.WIP_COST_VALUE_ITEM],
  ['161300', 'WIP - sales value', PostingType.WIP_SALES_VALUE],
  ['161400', 'WIP - invoiced on account', PostingType.WIP_INVOICED_ON_ACCOUNT],
  ['202110', 'Sales tax payable', PostingType.SALES_TAX_PAYABLE],
  ['411100', 'Invoiced revenue', PostingType.INVOICED_REVENUE],
  ['411200', 'Invoiced revenue - on account', PostingType.INVOICED_REVENUE_ON_ACCOUNT],
  ['420200', 'Accrued revenue - sales value', PostingType.ACCRUED_REVENUE_SALES_VALUE],
  ['540100', 'Cost', PostingType.COST],
  ['600300', 'Payroll allocation', PostingType.PAYROLL_ALLOCATION],
  ['600400', 'Expense offset', PostingType.EXPENSE_OFFSET],
  ['600500', 'Cost - item', PostingType.COST_ITEM],
  ['801100', 'Exchange rate difference', PostingType.EXCHANGE_RATE_DIFFERENCE],
];

const CHARGEABLE = 'Charge';
const NON_CHARGEABLE = 'NonCharge';
const FIRST_YEAR = 2020;
const LAST_YEAR = 2099;

const fiscalYears = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => String(FIRST_YEAR + index));

/**
 * The rows of a set that a legal entity gets when it brings none: enough for every kind of transaction to post. A set that is
 * not here has no standard rows.
 */
export const STANDARD_SET_UP = new Map<unknown, readonly RowValues[]>([
  [MainAccount, ACCOUNTS.map(([mainAccountId, name]) => ({ mainAccountId, name }))],
  [CustomerPostingProfile, [{ postingProfile: 'GEN', summaryMainAccountId: '130100' }]],
  [LineProperty, [
    { linePropertyId: CHARGEABLE, description: 'Invoiced at its sales value', toBeInvoiced: NoYes.YES, toBeAccrued: NoYes.YES },
    { linePropertyId: NON_CHARGEABLE, description: 'Not invoiced', toBeInvoiced: NoYes.NO, toBeAccrued: NoYes.NO },
  ]],
  [BillingTypeLineProperty, [
    { billingType: ProjBillingType.CHARGEABLE, linePropertyId: CHARGEABLE },
    { billingType: ProjBillingType.NON_CHARGEABLE, linePropertyId: NON_CHARGEABLE },
    { billingType: ProjBillingType.COMPLIMENTARY, linePropertyId: NON_CHARGEABLE },
    { billingType: ProjBillingType.NOT_AVAILABLE, linePropertyId: NON_CHARGEABLE },
  ]],
  [CostAndRevenueProfile, [
    { profileId: 'WIP', accrueRevenue: NoYes.YES, onAccountPosting: OnAccountPosting.PROFIT_AND_LOSS, completionMethod: CompletionMethod.NO_WIP },
    { profileId: 'NOWIP', accrueRevenue: NoYes.NO, onAccountPosting: OnAccountPosting.PROFIT_AND_LOSS, completionMethod: CompletionMethod.NO_WIP },
    { profileId: 'FPNOWIP', accrueRevenue: NoYes.NO, onAccountPosting: OnAccountPosting.PROFIT_AND_LOSS, completionMethod: CompletionMethod.NO_WIP },
    { profileId: 'FPCOMPLETED', accrueRevenue: NoYes.NO, onAccountPosting: OnAccountPosting.BALANCE, completionMethod: CompletionMethod.COMPLETED_CONTRACT },
  ]],
  [ProjectPostingProfile, ACCOUNTS.filter(([, , postingType]) => postingType !== null).map(([mainAccountId, , postingType]) => ({
    postingType, projectTransactionType: ProjTransType.NONE, categoryId: '', mainAccountId,
  }))],
  [FiscalPeriod, fiscalYears.map((year) => ({
    name: year, startDate: `${year}-01-01`, endDate: `${year}-12-31`, status: FiscalPeriodStatus.OPEN,
  }))],
  [ProjectParameters, [{
    salesTaxGroupMethod: ProjTaxGroupMethod.SEARCH, itemSalesTaxGroupMethod: ProjTaxItemGroupMethod.CATEGORY, milestoneItemSalesTaxGroup: null,
    defaultCostAndRevenueProfileId: 'WIP', defaultPostingProfile: 'GEN', maxLinesPerJournal: 200,
  }]],
]);
