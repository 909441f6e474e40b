import {
  AdjustmentStatus,
  BillingStatus,
  CustomerType,
  NotToExceedStatus,
  TransactionType,
  type Actual,
  type ProformaInvoiceLineDetail,
} from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { MONEY_SCALE, roundMoney } from '../../kernel/money';
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

/**
 * The negative of an unbilled actual that becomes Adjusted. Sent, because finance holds the original in WIP and no billed row
 * will release it (design 7.2); an original that was never sent has nothing to release.
 */
export function reversalOfAdjusted(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual): Actual {
  const skipSync = source.skipSync || confirmation.skipReversalsOfAdjusted;
  return {
    ...reversalOf(confirmation, detail, source),
    skipSync,
    changeSetId: skipSync ? null : confirmation.changeSetId,
  };
}

/** What the customer is billed: the detail's figures, and what only the unbilled actual knows. */
export function billedActualOf(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual | null): Actual {
  return { ...salesOf(confirmation, detail, source), transactionType: TransactionType.BILLED_SALES };
}

/** The unbilled sales that a detail's own figures stand for, where they are not those of its source. Sent, to be posted to WIP. */
export function unbilledActualOf(confirmation: ConfirmationFacts, detail: ProformaInvoiceLineDetail, source: Actual | null): Actual {
  return { ...salesOf(confirmation, detail, source), transactionType: TransactionType.UNBILLED_SALES };
}

function salesOf(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  source: Actual | null,
): Omit<Actual, 'transactionType'> {
  return {
    ...bornAtConfirmation(confirmation, detail),
    id: confirmation.newId(),
    changeSetId: confirmation.changeSetId,
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
    amountBase: source && amountBaseOf(source, detail.amount),
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

/**
 * An amount in the organisation's base currency, at the rate of the actual that it is a share of; that actual's own where it is the
 * same amount (domain facts 1.0).
 */
export function amountBaseOf({ amount: whole, amountBase, exchangeRate }: Actual, amount: Decimal): Decimal | null {
  if (amountBase === null || amount.eq(whole)) return amountBase;
  return exchangeRate === null || exchangeRate.isZero() ? null : roundMoney(amount.div(exchangeRate), MONEY_SCALE);
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
