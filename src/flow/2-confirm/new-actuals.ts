import {
  AdjustmentStatus,
  BillingStatus,
  CustomerType,
  NotToExceedStatus,
  TransactionType,
  type Actual,
  type ProformaInvoiceLineDetail,
} from '../../entities/dataverse';
import type { ConfirmationFacts } from './detail-decision';

/** The negative of an unbilled actual. Not sent: finance marks the posted unbilled transaction as invoiced instead. */
export function reversalOf(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual): Actual {
  return {
    ...source,
    ...bornAtConfirmation(confirmation, detail),
    id: confirmation.newId(),
    changeSetId: null,
    transactionType: TransactionType.UNBILLED_SALES,
    adjustmentStatus: AdjustmentStatus.UNADJUSTABLE,
    skipSync: true,
    quantity: source.quantity.neg(),
    amount: source.amount.neg(),
    tax: source.tax.neg(),
    amountBase: source.amountBase?.neg() ?? null,
  };
}

/** What the customer is billed: the detail's figures, and what only the unbilled actual knows. */
export function billedActualOf(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual | null): Actual {
  return {
    ...bornAtConfirmation(confirmation, detail),
    id: confirmation.newId(),
    changeSetId: confirmation.changeSetId,
    transactionType: TransactionType.BILLED_SALES,
    adjustmentStatus: null,
    skipSync: false,
    classification: detail.classification,
    billingType: detail.billingType,
    description: detail.description,
    externalDescription: detail.externalDescription,
    quantity: detail.quantity,
    price: detail.price,
    amount: detail.amount,
    tax: detail.tax,
    amountBase: source?.amountBase ?? null,
    exchangeRate: source?.exchangeRate ?? null,
    currencyId: detail.currencyId,
    transactionDate: detail.transactionDate,
    documentDate: detail.documentDate,
    startDateTime: source?.startDateTime ?? null,
    endDateTime: source?.endDateTime ?? null,
    contractId: detail.contractId,
    contractLineId: detail.contractLineId,
    customerType: source?.customerType ?? CustomerType.ACCOUNT,
    customerId: detail.customerId,
    projectId: detail.projectId,
    taskId: detail.taskId,
    resourceId: detail.resourceId,
    roleId: detail.roleId,
    categoryId: detail.categoryId,
    productId: detail.productId,
    unitId: detail.unitId,
    contractingUnitId: source?.contractingUnitId ?? confirmation.contractingUnitId,
    resourcingUnitId: source?.resourcingUnitId ?? null,
    milestoneId: detail.milestoneId,
    retainerId: detail.retainerId,
  };
}

/** What all actuals have that a confirmation makes. */
export function bornAtConfirmation(
  { proformaInvoiceId, accountingDate, confirmedOn }: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
) {
  return {
    version: 1,
    sourceVersion: 0,
    billingStatus: BillingStatus.CUSTOMER_INVOICE_POSTED,
    notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE,
    proformaInvoiceId,
    lineDetailId: detail.id,
    accountingDate,
    createdOn: confirmedOn,
    externalReference: null,
    accountingAmount: null,
    accountingExchangeRate: null,
    voucherNumber: null,
    salesTaxAmount: null,
  };
}
