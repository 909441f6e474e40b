import { RetainerInvoiceStatus, RetainerRefundStatus } from '../../../entities/dataverse';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';
import type { BillingAction } from '../billing-status.states';
import type { States } from '../transition';

/** The invoice status of a retainer (domain facts 6.5). Once invoiced, its balance is available; that is its end. */
const invoiceTable: StateTable<RetainerInvoiceStatus, BillingAction> = {
  [RetainerInvoiceStatus.NOT_READY]: { markReady: RetainerInvoiceStatus.READY_TO_INVOICE },
  [RetainerInvoiceStatus.READY_TO_INVOICE]: {
    markNotReady: RetainerInvoiceStatus.NOT_READY,
    addToProforma: RetainerInvoiceStatus.CUSTOMER_INVOICE_CREATED,
  },
  [RetainerInvoiceStatus.CUSTOMER_INVOICE_CREATED]: {
    removeFromProforma: RetainerInvoiceStatus.READY_TO_INVOICE,
    confirm: RetainerInvoiceStatus.INVOICED,
  },
  [RetainerInvoiceStatus.INVOICED]: {},
};

checkStateTable('retainer', invoiceTable);

export const RETAINER_STATES: States<RetainerInvoiceStatus, BillingAction> = { names: RetainerInvoiceStatus, table: invoiceTable };

export type RefundAction = 'requestRefund' | 'cancelRefund' | 'confirmRefund';

/**
 * The refund status of a retainer (domain facts 6.5). A refund that is asked for holds its amount until it is canceled or confirmed,
 * whether a draft carries it already or not. What a partial refund leaves can be refunded later.
 */
const refundTable: StateTable<RetainerRefundStatus, RefundAction> = {
  [RetainerRefundStatus.BLANK]: { requestRefund: RetainerRefundStatus.READY_TO_REFUND },
  [RetainerRefundStatus.READY_TO_REFUND]: {
    cancelRefund: RetainerRefundStatus.BLANK,
    confirmRefund: RetainerRefundStatus.REFUNDED,
  },
  [RetainerRefundStatus.REFUNDED]: { requestRefund: RetainerRefundStatus.READY_TO_REFUND },
};

checkStateTable('retainer refund', refundTable);

export const RETAINER_REFUND_STATES: States<RetainerRefundStatus, RefundAction> = { names: RetainerRefundStatus, table: refundTable };
