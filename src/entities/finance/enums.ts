/** Enums of finance and operations with finance's own numbers (domain facts 2.4), unless said otherwise. */
export enum ProjTransType {
  NONE = 0,
  REVENUE = 1,
  HOUR = 2,
  COST = 3,
  ITEM = 4,
  ON_ACCOUNT = 5,
}

export enum ProjCdsTransType {
  COST = 0,
  SALES = 1,
  TAX = 2,
  BILLED_SALES = 3,
  INTER_ORG_SALES = 4,
  RESOURCING_UNIT_COST = 5,
}

export enum ProjBillingType {
  NOT_SPECIFIED = 0,
  CHARGEABLE = 1,
  NON_CHARGEABLE = 2,
  COMPLIMENTARY = 3,
  NOT_AVAILABLE = 4,
}

export enum ProjTransStatus {
  NO_STATUS = 0,
  REGISTERED = 1,
  POSTED = 2,
  INVOICE_PROPOSAL = 3,
  INVOICED = 4,
  MARKED_CREDIT_NOTE = 5,
  CREDIT_NOTE_PROPOSAL = 6,
  ESTIMATED = 7,
  ELIMINATED = 8,
  ADJUSTED = 9,
}

export enum IntegrationJournalStatus {
  DRAFT = 0,
  POSTED = 1,
  PROCESSING = 2,
  ERROR = 3,
}

/** Which imported lines share an integration journal: those of an accounting day, month or year, or all. The numbers are ours. */
export enum JournalGrouping {
  DAYS = 0,
  MONTHS = 1,
  YEARS = 2,
  ALL = 3,
}

/** The product documents the names of the line statuses, not their numbers; the numbers are ours. */
export enum IntegrationJournalLineStatus {
  DRAFT = 0,
  POSTED = 1,
  PROCESSING = 2,
  ERROR = 3,
  UNRECOVERABLE = 4,
  INVALID_ACTUALS = 5,
}

/** ProjLinePropertyCode: the status of an invoice proposal. */
export enum InvoiceProposalStatus {
  OPEN = 0,
  APPROVED = 1,
  CANCELED = 2,
  INVOICED = 3,
  SUBMITTED = 4,
  REJECTED = 5,
}

export enum ProjInvoiceType {
  INVOICE = 0,
  ON_ACCOUNT = 1,
}

export enum ProjTaxGroupMethod {
  PROJECT = 0,
  INVOICE_PROJECT = 1,
  ACCOUNT_RECEIVABLE = 2,
  SEARCH = 3,
}

export enum ProjTaxItemGroupMethod {
  ITEM_NUMBER = 0,
  CATEGORY = 1,
}

export enum ProjType {
  TIME_MATERIAL = 0,
  FIXED_PRICE = 1,
  INVESTMENT = 2,
  COST = 3,
  INTERNAL = 4,
  TIME = 5,
  NONE = 6,
}

/** The opposite order to Dataverse. */
export enum ProjContractBillingMethod {
  FIXED_PRICE = 0,
  TIME_MATERIAL = 1,
}

export enum ProjFundingType {
  CUSTOMER = 0,
  ORGANIZATION = 1,
  GRANT = 2,
  ON_HOLD = 3,
}

/**
 * Posting types. 0 to 20 are ProjAccountType of finance; from 101 on they are ours, for the accounts that the customer and
 * tax sub-ledgers post to.
 */
export enum PostingType {
  WIP_COST_VALUE = 0,
  INVOICED_REVENUE_ON_ACCOUNT = 1,
  COST = 2,
  EXPENSE_OFFSET = 3,
  EXCHANGE_RATE_DIFFERENCE = 4,
  PAYROLL_ALLOCATION = 5,
  INVOICED_REVENUE = 6,
  ACCRUED_REVENUE_SALES_VALUE = 7,
  WIP_SALES_VALUE = 8,
  COST_ITEM = 9,
  WIP_COST_VALUE_ITEM = 10,
  WIP_INVOICED_ON_ACCOUNT = 18,
  CUSTOMER_BALANCE = 101,
  SALES_TAX_PAYABLE = 102,
}

/** Where the cost of a transaction posts by its cost and revenue profile (domain facts 7.2). The numbers are ours. */
export enum CostPosting {
  /** Not posted with the journal. */
  NO_LEDGER = 0,
  /** Dr WIP cost value. */
  BALANCE = 1,
  /** Dr Cost. */
  PROFIT_AND_LOSS = 2,
  /** Never posted. */
  NEVER_LEDGER = 3,
}

/** Where on-account invoices post: to the balance sheet (WIP) or to profit and loss. */
export enum OnAccountPosting {
  BALANCE = 0,
  PROFIT_AND_LOSS = 1,
}

/** How revenue of a fixed-price project is recognised (domain facts 7.2). */
export enum CompletionMethod {
  NO_WIP = 0,
  COMPLETED_CONTRACT = 1,
  COMPLETED_PERCENTAGE = 2,
}

/** Where a line of a proposal or invoice comes from, as far as finance's ProjOrigin names it. */
export enum ProjOrigin {
  PREPAYMENT = 21,
  DEDUCTION = 22,
  MILESTONE = 23,
}

export enum FiscalPeriodStatus {
  OPEN = 0,
  ON_HOLD = 1,
  CLOSED = 2,
}

/** What finance holds back of a customer's documents. */
export enum CustVendorBlocked {
  NO = 0,
  INVOICE = 1,
  ALL = 2,
  PAYMENT = 3,
  REQUISITION = 4,
  NEVER = 5,
}

/** The day from which terms of payment count: the invoice date itself, or the end of its month, quarter, year or week. */
export enum NetCurrent {
  NET = 0,
  CURRENT_MONTH = 1,
  CURRENT_QUARTER = 2,
  CURRENT_YEAR = 3,
  CURRENT_WEEK = 4,
  COD = 5,
}

export enum NoYes {
  NO = 0,
  YES = 1,
}

/** Units of the from-currency that a stored exchange rate is for. */
export enum ExchangeRateConversionFactor {
  ONE = 1,
  TEN = 10,
  ONE_HUNDRED = 100,
  ONE_THOUSAND = 1000,
  TEN_THOUSAND = 10000,
}

/** PsaInvoiceFormats: how a customer invoice is printed. */
export enum InvoiceFormat {
  DETAIL_INVOICE = 0,
  SUMMARY_INVOICE = 1,
  SUMMARY_BY_CATEGORY = 2,
  /** *Manage invoice*: grouped as a managed format of the legal entity says. */
  MANAGE_INVOICE = 3,
}

/** What a managed invoice format can group lines by; ours. */
export enum InvoiceGroupField {
  CONTRACT_LINE = 'CONTRACT_LINE',
  PROJECT = 'PROJECT',
  CATEGORY = 'CATEGORY',
  CLASSIFICATION = 'CLASSIFICATION',
  RESOURCE = 'RESOURCE',
}

/**
 * What has lost its source in Dataverse: a staged actual or milestone itself, or a connection that begins at a staged actual, as a whole
 * or one of its ends. In this order it is the reason for which a staged row is in quarantine.
 */
export enum OrphanKind {
  ACTUAL_GONE = 0,
  MILESTONE_GONE = 1,
  CONNECTION_GONE = 2,
  CONNECTION_END_GONE = 3,
}
