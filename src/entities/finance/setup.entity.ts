import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Integer, Option, Rate, Table, Text } from '../columns';
import { LegalEntitySetup } from './finance-record';
import { FinanceSetup } from './finance-record';
import { CompletionMethod, CustVendorBlocked, CostPosting, ExchangeRateConversionFactor, FiscalPeriodStatus, InvoiceFormat, JournalGrouping, NetCurrent, NoYes, OnAccountPosting, PostingType, ProjBillingType, ProjContractBillingMethod, ProjFundingType, ProjTaxGroupMethod, ProjTaxItemGroupMethod, ProjTransType, ProjType } from './enums';

/**
 * Set-up of finance, in the names of its public data entities. A load brings it; nothing in the gateway changes it.
 */
@Table('LegalEntities')
export class LegalEntity extends FinanceSetup {
  @Index({ unique: true }) @Text('LegalEntityId', { length: 4 }) legalEntityId!: string;
  @Text('Name', { length: 100 }) name!: string;
  @Text('AccountingCurrency', { length: 3 }) accountingCurrency!: string;
  /** The exchange rate type whose table converts to the accounting currency. */
  @Text('ExchangeRateType', { length: 20 }) exchangeRateType!: string;
  @Text('Address', { length: 500, nullable: true }) address!: string | null;
}

@Table('Currencies')
export class FinanceCurrency extends FinanceSetup {
  @Index({ unique: true }) @Text('CurrencyCode', { length: 3 }) code!: string;
  @Text('Name', { length: 100 }) name!: string;
  /** Decimals that amounts of this currency are rounded to. */
  @Integer('RoundingDecimals', { default: 2 }) decimals!: number;
}

@Table('CustomersV3')
@Unique(['legalEntityId', 'customerAccount'])
export class FinanceCustomer extends LegalEntitySetup {
  @Text('CustomerAccount', { length: 20 }) customerAccount!: string;
  @Text('OrganizationName', { length: 160 }) name!: string;
  @Text('SalesCurrencyCode', { length: 3, nullable: true }) currencyCode!: string | null;
  @Text('SalesTaxGroup', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('PaymentTerms', { length: 20, nullable: true }) paymentTerms!: string | null;
  @Text('CustomerPostingProfile', { length: 20, nullable: true }) postingProfile!: string | null;
  /** What finance holds back of this customer's documents. */
  @Option('OnHoldStatus', 'CustVendorBlocked', CustVendorBlocked, { default: CustVendorBlocked.NO }) onHoldStatus!: CustVendorBlocked;
}

@Table('ProjectContractHeaders')
@Unique(['legalEntityId', 'projectContractId'])
export class FinanceProjectContract extends LegalEntitySetup {
  @Text('ProjectContractId', { length: 100 }) projectContractId!: string;
  @Text('ContractName', { length: 300, nullable: true }) name!: string | null;
  @Text('CurrencyCode', { length: 3 }) currencyCode!: string;
  @Text('SalesTaxGroup', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('PaymentTerms', { length: 20, nullable: true }) paymentTerms!: string | null;
  @Text('CostAndRevenueProfileId', { length: 30, nullable: true }) costAndRevenueProfileId!: string | null;
}

@Table('ProjectContractLines')
@Unique(['legalEntityId', 'contractLineId'])
export class FinanceProjectContractLine extends LegalEntitySetup {
  /** The contract line's Dataverse id, lower case. */
  @Text('ContractLineId', { length: 36 }) contractLineId!: string;
  @Text('ProjectContractId', { length: 100 }) projectContractId!: string;
  @Text('ProjectId', { length: 20, nullable: true }) projectId!: string | null;
  @Option('BillingMethod', 'ProjContractBillingMethod', ProjContractBillingMethod) billingMethod!: ProjContractBillingMethod;
  @Text('SalesTaxGroup', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('DefaultDimension', { length: 250, nullable: true }) defaultDimension!: string | null;
}

@Table('ProjectFundingSources')
@Unique(['legalEntityId', 'projectContractId', 'fundingSourceId'])
export class FinanceFundingSource extends LegalEntitySetup {
  @Text('ProjectContractId', { length: 100 }) projectContractId!: string;
  @Text('FundingSourceId', { length: 100 }) fundingSourceId!: string;
  @Option('FundingType', 'ProjFundingType', ProjFundingType, { default: ProjFundingType.CUSTOMER }) fundingType!: ProjFundingType;
  @Text('CustomerAccount', { length: 20 }) customerAccount!: string;
  @Text('PaymentTerms', { length: 20, nullable: true }) paymentTerms!: string | null;
  @Text('PostingProfile', { length: 20, nullable: true }) postingProfile!: string | null;
  /** How this customer's invoices are printed, unless the proposal says otherwise; empty is in detail. */
  @Option('PSAInvoiceFormats', 'InvoiceFormat', InvoiceFormat, { nullable: true }) invoiceFormat!: InvoiceFormat | null;
  /** With *Manage invoice*: which managed format. */
  @Text('gw_managedinvoiceformat', { length: 20, nullable: true }) managedInvoiceFormatId!: string | null;
}

/** A project group: its projects without a cost and revenue profile of their own have the group's. */
@Table('ProjectGroups')
@Unique(['legalEntityId', 'projectGroup'])
export class FinanceProjectGroup extends LegalEntitySetup {
  @Text('ProjectGroup', { length: 20 }) projectGroup!: string;
  @Text('ProjectGroupName', { length: 100, nullable: true }) name!: string | null;
  @Text('CostAndRevenueProfileId', { length: 30, nullable: true }) costAndRevenueProfileId!: string | null;
}

/** A product released to a legal entity, under the number that Dataverse sends with material. */
@Table('ReleasedProductsV2')
@Unique(['legalEntityId', 'itemNumber'])
export class ReleasedProduct extends LegalEntitySetup {
  @Text('ItemNumber', { length: 100 }) itemNumber!: string;
  @Text('SalesSalesTaxItemGroupCode', { length: 20, nullable: true }) itemSalesTaxGroup!: string | null;
}

@Table('Projects')
@Unique(['legalEntityId', 'projectId'])
export class FinanceProject extends LegalEntitySetup {
  @Text('ProjectId', { length: 20 }) projectId!: string;
  @Text('ProjectName', { length: 200 }) name!: string;
  @Text('ProjectContractId', { length: 100, nullable: true }) projectContractId!: string | null;
  @Option('ProjectType', 'ProjType', ProjType) projectType!: ProjType;
  @Text('ProjectGroup', { length: 20, nullable: true }) projectGroup!: string | null;
  @Text('SalesTaxGroup', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('DefaultDimension', { length: 250, nullable: true }) defaultDimension!: string | null;
  @Text('CostAndRevenueProfileId', { length: 30, nullable: true }) costAndRevenueProfileId!: string | null;
}

@Table('ProjectCategories')
@Unique(['legalEntityId', 'categoryId'])
export class FinanceProjectCategory extends LegalEntitySetup {
  @Text('CategoryId', { length: 100 }) categoryId!: string;
  @Text('CategoryName', { length: 100, nullable: true }) name!: string | null;
  @Option('TransactionType', 'ProjTransType', ProjTransType) transactionType!: ProjTransType;
  @Text('ItemSalesTaxGroup', { length: 20, nullable: true }) itemSalesTaxGroup!: string | null;
}

@Table('MainAccounts')
export class MainAccount extends FinanceSetup {
  @Index({ unique: true }) @Text('MainAccountId', { length: 20 }) mainAccountId!: string;
  @Text('Name', { length: 100 }) name!: string;
}

@Table('ExchangeRates')
@Unique(['rateType', 'fromCurrency', 'toCurrency', 'startDate'])
export class ExchangeRateEntry extends FinanceSetup {
  @Text('RateTypeName', { length: 20 }) rateType!: string;
  @Text('FromCurrency', { length: 3 }) fromCurrency!: string;
  @Text('ToCurrency', { length: 3 }) toCurrency!: string;
  @DateOnly('StartDate') startDate!: string;
  /** Units of the to-currency for as many units of the from-currency as the conversion factor says. */
  @Rate('Rate') rate!: Decimal;
  @Option('ConversionFactor', 'ExchangeRateConversionFactor', ExchangeRateConversionFactor, { default: ExchangeRateConversionFactor.ONE }) conversionFactor!: ExchangeRateConversionFactor;
}

/** A fixed-rate agreement of a project contract and a currency; it wins over the legal entity's table. */
@Table('ProjectContractFixedExchangeRates')
@Unique(['legalEntityId', 'projectContractId', 'currencyCode'])
export class FixedExchangeRateAgreement extends LegalEntitySetup {
  @Text('ProjectContractId', { length: 100 }) projectContractId!: string;
  @Text('CurrencyCode', { length: 3 }) currencyCode!: string;
  @Text('AgreementId', { length: 30, nullable: true }) agreementId!: string | null;
  @Rate('Rate') rate!: Decimal;
  @Option('ConversionFactor', 'ExchangeRateConversionFactor', ExchangeRateConversionFactor, { default: ExchangeRateConversionFactor.ONE_HUNDRED }) conversionFactor!: ExchangeRateConversionFactor;
}

@Table('SalesTaxGroups')
@Unique(['legalEntityId', 'salesTaxGroup'])
export class SalesTaxGroup extends LegalEntitySetup {
  @Text('TaxGroupCode', { length: 20 }) salesTaxGroup!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
}

/** A sales tax code that a sales tax group contains. */
@Table('SalesTaxGroupCodes')
@Unique(['legalEntityId', 'salesTaxGroup', 'taxCode'])
export class SalesTaxGroupCode extends LegalEntitySetup {
  @Text('TaxGroupCode', { length: 20 }) salesTaxGroup!: string;
  @Text('TaxCode', { length: 20 }) taxCode!: string;
  @Option('IsExempt', 'NoYes', NoYes, { default: NoYes.NO }) isExempt!: NoYes;
}

@Table('ItemSalesTaxGroups')
@Unique(['legalEntityId', 'itemSalesTaxGroup'])
export class ItemSalesTaxGroup extends LegalEntitySetup {
  @Text('TaxItemGroupCode', { length: 20 }) itemSalesTaxGroup!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
}

@Table('ItemSalesTaxGroupCodes')
@Unique(['legalEntityId', 'itemSalesTaxGroup', 'taxCode'])
export class ItemSalesTaxGroupCode extends LegalEntitySetup {
  @Text('TaxItemGroupCode', { length: 20 }) itemSalesTaxGroup!: string;
  @Text('TaxCode', { length: 20 }) taxCode!: string;
}

@Table('SalesTaxCodes')
@Unique(['legalEntityId', 'taxCode'])
export class SalesTaxCode extends LegalEntitySetup {
  @Text('TaxCode', { length: 20 }) taxCode!: string;
  @Text('Name', { length: 100 }) name!: string;
  /** The main account that tax payable of this code is posted to. */
  @Text('SalesTaxPayableMainAccountId', { length: 20 }) payableMainAccountId!: string;
}

@Table('SalesTaxCodeValues')
@Unique(['legalEntityId', 'taxCode', 'fromDate'])
export class SalesTaxCodeValue extends LegalEntitySetup {
  @Text('TaxCode', { length: 20 }) taxCode!: string;
  @DateOnly('FromDate') fromDate!: string;
  @DateOnly('ToDate', { nullable: true }) toDate!: string | null;
  /** Percent of the net amount. */
  @Rate('Rate') ratePercent!: Decimal;
}

@Table('PaymentTerms')
@Unique(['legalEntityId', 'name'])
export class PaymentTerms extends LegalEntitySetup {
  @Text('Name', { length: 20 }) name!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
  /** The day that months and days are counted from: the invoice date, or the end of its week, month, quarter or year. */
  @Option('PaymentMethod', 'NetCurrent', NetCurrent, { default: NetCurrent.NET }) method!: NetCurrent;
  @Integer('NumberOfDays', { default: 0 }) days!: number;
  @Integer('NumberOfMonths', { default: 0 }) months!: number;
}

/** The customer posting profile: which main account holds what customers owe. */
@Table('CustomerPostingProfiles')
@Unique(['legalEntityId', 'postingProfile'])
export class CustomerPostingProfile extends LegalEntitySetup {
  @Text('PostingProfile', { length: 20 }) postingProfile!: string;
  @Text('SummaryMainAccountId', { length: 20 }) summaryMainAccountId!: string;
}

/** The project posting profile: the main account of each posting type, the most specific category first. */
@Table('ProjectPostingProfiles')
@Unique(['legalEntityId', 'postingType', 'projectTransactionType', 'categoryId'])
export class ProjectPostingProfile extends LegalEntitySetup {
  @Option('PostingType', 'PostingType', PostingType) postingType!: PostingType;
  /** NONE stands for every transaction type. */
  @Option('ProjTransType', 'ProjTransType', ProjTransType, { default: ProjTransType.NONE }) projectTransactionType!: ProjTransType;
  /** Empty stands for every category. */
  @Text('CategoryId', { length: 100, default: '' }) categoryId!: string;
  @Text('MainAccountId', { length: 20 }) mainAccountId!: string;
}

@Table('ProjectLineProperties')
@Unique(['legalEntityId', 'linePropertyId'])
export class LineProperty extends LegalEntitySetup {
  @Text('LinePropertyId', { length: 20 }) linePropertyId!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
  /** Whether transactions with this property are invoiced at their sales value. */
  @Option('ToBeInvoiced', 'NoYes', NoYes) toBeInvoiced!: NoYes;
  /** Whether they accrue revenue (WIP) where the profile does. */
  @Option('ToBeAccrued', 'NoYes', NoYes) toBeAccrued!: NoYes;
}

/** The line property that each billing type gets in a legal entity. */
@Table('BillingTypeLineProperties')
@Unique(['legalEntityId', 'billingType'])
export class BillingTypeLineProperty extends LegalEntitySetup {
  @Option('BillingType', 'ProjBillingType', ProjBillingType) billingType!: ProjBillingType;
  @Text('LinePropertyId', { length: 20 }) linePropertyId!: string;
}

/** A project cost and revenue profile: where cost posts, whether unbilled sales accrue revenue, and where on-account invoices post. */
@Table('ProjectCostAndRevenueProfiles')
@Unique(['legalEntityId', 'profileId'])
export class CostAndRevenueProfile extends LegalEntitySetup {
  @Text('ProfileId', { length: 30 }) profileId!: string;
  /** Revenue accrues only for transactions whose cost goes to profit and loss. */
  @Option('AccrueRevenue', 'NoYes', NoYes) accrueRevenue!: NoYes;
  @Option('PostCostsHour', 'CostPosting', CostPosting, { default: CostPosting.PROFIT_AND_LOSS }) postCostsHour!: CostPosting;
  /** Expenses and items go to the balance or to profit and loss. */
  @Option('PostCostsExpense', 'CostPosting', CostPosting, { default: CostPosting.PROFIT_AND_LOSS }) postCostsExpense!: CostPosting;
  @Option('PostCostsItem', 'CostPosting', CostPosting, { default: CostPosting.PROFIT_AND_LOSS }) postCostsItem!: CostPosting;
  @Option('OnAccountPosting', 'OnAccountPosting', OnAccountPosting, { default: OnAccountPosting.PROFIT_AND_LOSS }) onAccountPosting!: OnAccountPosting;
  @Option('CompletionMethod', 'CompletionMethod', CompletionMethod, { default: CompletionMethod.NO_WIP }) completionMethod!: CompletionMethod;
}

@Table('FiscalPeriods')
@Unique(['legalEntityId', 'startDate'])
export class FiscalPeriod extends LegalEntitySetup {
  @Text('PeriodName', { length: 40 }) name!: string;
  @DateOnly('StartDate') startDate!: string;
  @DateOnly('EndDate') endDate!: string;
  @Option('PeriodStatus', 'FiscalPeriodStatus', FiscalPeriodStatus, { default: FiscalPeriodStatus.OPEN }) status!: FiscalPeriodStatus;
}

/** Project management and accounting parameters of a legal entity (ProjCDSParameters). */
@Table('ProjectParameters')
@Unique(['legalEntityId'])
export class ProjectParameters extends LegalEntitySetup {
  @Option('SalesTaxGroupMethod', 'ProjTaxGroupMethod', ProjTaxGroupMethod, { default: ProjTaxGroupMethod.SEARCH }) salesTaxGroupMethod!: ProjTaxGroupMethod;
  @Option('ItemSalesTaxGroupMethod', 'ProjTaxItemGroupMethod', ProjTaxItemGroupMethod, { default: ProjTaxItemGroupMethod.CATEGORY }) itemSalesTaxGroupMethod!: ProjTaxItemGroupMethod;
  @Text('MilestoneItemSalesTaxGroup', { length: 20, nullable: true }) milestoneItemSalesTaxGroup!: string | null;
  @Text('DefaultCostAndRevenueProfileId', { length: 30 }) defaultCostAndRevenueProfileId!: string;
  @Text('DefaultPostingProfile', { length: 20 }) defaultPostingProfile!: string;
  /** Minutes that staged actuals wait before import prevalidates and takes them; 0 is no prevalidation. */
  @Integer('PrevalidationMinutes', { default: 0 }) prevalidationMinutes!: number;
  /** Whether an invoice proposal's header may have financial dimensions of its own, for the customer balance. */
  @Option('AllowInvoiceHeaderDimensions', 'NoYes', NoYes, { default: NoYes.NO }) allowInvoiceHeaderDimensions!: NoYes;
  /** Lines per integration journal header. */
  @Integer('MaxLinesPerJournal', { default: 200 }) maxLinesPerJournal!: number;
  /** Which imported lines share a header, by their accounting dates. */
  @Option('JournalGrouping', 'JournalGrouping', JournalGrouping, { default: JournalGrouping.ALL }) journalGrouping!: JournalGrouping;
  /** Whether posting moves journal lines out of a period that is not open to the first day of the next one that is. */
  @Option('MoveToNextOpenPeriod', 'NoYes', NoYes, { default: NoYes.NO }) moveToNextOpenPeriod!: NoYes;
  /** Whether posting moves the lines that cannot be posted to a journal of their own, so that the rest is done with. */
  @Option('MoveErrorLinesToNewJournal', 'NoYes', NoYes, { default: NoYes.NO }) moveErrorLinesToNewJournal!: NoYes;
}
