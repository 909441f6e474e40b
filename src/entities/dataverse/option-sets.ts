/**
 * Dataverse option sets with the numbers that Dataverse itself stores (domain facts 1.5). The members' names are the GraphQL
 * enum values.
 */
export enum TransactionType {
  COST = 192350000,
  PROJECT_CONTRACT = 192350004,
  UNBILLED_SALES = 192350005,
  BILLED_SALES = 192350006,
  RESOURCING_UNIT_COST = 192350007,
  INTER_ORGANIZATIONAL_SALES = 192350008,
}

/** RETAINER has no documented number; 690970003 is ours (glossary). */
export enum TransactionClassification {
  TIME = 192350000,
  EXPENSE = 192350001,
  MATERIAL = 192350002,
  MILESTONE = 192350003,
  FEE = 192350004,
  COMMISSION = 690970000,
  ADDITIONAL = 690970001,
  TAX = 690970002,
  RETAINER = 690970003,
}

export enum BillingType {
  NON_CHARGEABLE = 192350000,
  CHARGEABLE = 192350001,
  COMPLIMENTARY = 192350002,
  NOT_AVAILABLE = 192350003,
}

export enum BillingStatus {
  UNBILLED_SALES_CREATED = 192350000,
  CUSTOMER_INVOICE_CREATED = 192350001,
  CUSTOMER_INVOICE_POSTED = 192350002,
  CANCELED = 192350003,
  READY_TO_INVOICE = 192350004,
  WORK_ORDER_CLOSED = 690970000,
}

export enum AdjustmentStatus {
  IN_PROCESS = 192350000,
  ADJUSTED = 192350001,
  UNADJUSTABLE = 192350002,
}

/** POSTED came with the Enhanced proforma and has no documented number; 192350004 is ours (glossary). */
export enum ProformaInvoiceStatus {
  DRAFT = 192350000,
  IN_REVIEW = 192350001,
  CONFIRMED = 192350002,
  PAID = 192350003,
  POSTED = 192350004,
}

export enum InvoiceState {
  ACTIVE = 0,
  CLOSED = 1,
  PAID = 2,
  CANCELED = 3,
}

export enum MilestoneInvoiceStatus {
  NOT_READY_FOR_INVOICING = 192350000,
  READY_FOR_INVOICING = 192350001,
  CUSTOMER_INVOICE_CREATED = 192350002,
  CUSTOMER_INVOICE_POSTED = 192350003,
}

/** Numbers are ours: the product documents the display names only (glossary). */
export enum RetainerInvoiceStatus {
  NOT_READY = 192350000,
  READY_TO_INVOICE = 192350001,
  CUSTOMER_INVOICE_CREATED = 192350002,
  INVOICED = 192350003,
}

/** Numbers are ours, as those of the invoice status. */
export enum RetainerRefundStatus {
  BLANK = 0,
  READY_TO_REFUND = 192350000,
  REFUNDED = 192350001,
}

/** What a line detail does with its retainer. Numbers are ours. */
export enum RetainerUse {
  INVOICE = 0,
  APPLICATION = 1,
  REFUND = 2,
}

export enum BillingMethod {
  TIME_AND_MATERIAL = 192350000,
  FIXED_PRICE = 192350001,
}

export enum OrderType {
  ITEM_BASED = 192350000,
  WORK_BASED = 192350001,
  SERVICE_MAINTENANCE_BASED = 690970002,
}

export enum CustomerType {
  ACCOUNT = 192350001,
  CONTACT = 192350002,
}

export enum ContractState {
  DRAFT = 192350000,
  ON_HOLD = 192350001,
  ACTIVE = 192350002,
  CLOSED = 192350003,
}

export enum ProductType {
  PRODUCT = 1,
  BUNDLE = 2,
  REQUIRED_BUNDLE_PRODUCT = 3,
  OPTIONAL_BUNDLE_PRODUCT = 4,
  PROJECT_BASED_SERVICE = 5,
}

export enum TimeEntryStatus {
  DRAFT = 192350000,
  RETURNED = 192350001,
  APPROVED = 192350002,
  SUBMITTED = 192350003,
  RECALL_REQUESTED = 192350004,
}

/** Numbers are ours: the product documents the display names only (domain facts 1.4). */
export enum NotToExceedStatus {
  NOT_APPLICABLE = 0,
  NOT_EVALUATED = 1,
  COMMITTED = 2,
  FAILED = 3,
}

/** Why a row of the billing backlog is not on the next proforma. Numbers are ours: it is computed, and stored nowhere. */
export enum NotReadyReason {
  NOT_MARKED = 0,
  NOT_TO_EXCEED_FAILED = 1,
  NO_CONTRACT_LINE = 2,
}

/**
 * How far the bulk confirmation of a proforma is (domain facts 6.3); empty: in none. Numbers are ours: the product documents the
 * display names only. They go up on the way.
 */
export enum BulkConfirmationStatus {
  SCHEDULED = 0,
  PROCESSING = 1,
  COMPLETE = 2,
  FAILED = 3,
}

/** What a not-to-exceed limit covers, the narrowest first. Numbers are ours: the product documents the four levels only. */
export enum NotToExceedLevel {
  CONTRACT_LINE_CUSTOMER = 0,
  CONTRACT_LINE = 1,
  CUSTOMER = 2,
  CONTRACT = 3,
}

/** Roles of the two ends of a transaction connection, spelled as the product spells them (domain facts 1.6). */
export const CONNECTION_ROLES = {
  unbilledSales: 'Unbilled Sales',
  billedSales: 'Billed Sales',
  cost: 'Cost',
  reversing: 'Reversing',
  original: 'Original',
  replacing: 'Replacing',
} as const;

/** Logical names of the tables that connections and origins point at. */
export const RECORD_TYPES = {
  actual: 'msdyn_actual',
  invoice: 'invoice',
  invoiceLine: 'invoicedetail',
  invoiceLineDetail: 'msdyn_invoicelinetransaction',
  journalLine: 'msdyn_journalline',
  milestone: 'msdyn_contractlinescheduleofvalue',
  retainer: 'gw_retainer',
  timeEntry: 'msdyn_timeentry',
} as const;
