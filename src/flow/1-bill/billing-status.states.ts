import { BillingStatus } from '../../entities/dataverse';
import { checkStateTable, type StateTable } from '../../kernel/state-table';
import type { States } from './transition';

export type BillingAction =
  | 'markReady'
  | 'markNotReady'
  | 'addToProforma'
  | 'removeFromProforma'
  | 'confirm'
  | 'credit'
  | 'cancel';

/** The billing status of an unbilled sales actual (domain facts 6.2). Posted is its end: new actuals continue the story. */
const table: StateTable<BillingStatus, BillingAction> = {
  [BillingStatus.UNBILLED_SALES_CREATED]: { markReady: BillingStatus.READY_TO_INVOICE, cancel: BillingStatus.CANCELED },
  [BillingStatus.READY_TO_INVOICE]: {
    markNotReady: BillingStatus.UNBILLED_SALES_CREATED,
    addToProforma: BillingStatus.CUSTOMER_INVOICE_CREATED,
    cancel: BillingStatus.CANCELED,
  },
  [BillingStatus.CUSTOMER_INVOICE_CREATED]: {
    removeFromProforma: BillingStatus.READY_TO_INVOICE,
    confirm: BillingStatus.CUSTOMER_INVOICE_POSTED,
  },
  [BillingStatus.CUSTOMER_INVOICE_POSTED]: {},
  [BillingStatus.CANCELED]: {},
  [BillingStatus.WORK_ORDER_CLOSED]: {},
};

checkStateTable('billing status', table);

export const BILLING_STATES: States<BillingStatus, BillingAction> = { names: BillingStatus, table };
