import { MilestoneInvoiceStatus } from '../../entities/dataverse';
import { checkStateTable, type StateTable } from '../../kernel/state-table';
import type { BillingAction } from './billing-status.states';
import type { States } from './transition';

/** The invoice status of a milestone (domain facts 6.4). Confirming its credit makes it ready to be invoiced again. */
const table: StateTable<MilestoneInvoiceStatus, BillingAction> = {
  [MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING]: { markReady: MilestoneInvoiceStatus.READY_FOR_INVOICING },
  [MilestoneInvoiceStatus.READY_FOR_INVOICING]: {
    markNotReady: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING, addToProforma: MilestoneInvoiceStatus.CUSTOMER_INVOICE_CREATED,
  },
  [MilestoneInvoiceStatus.CUSTOMER_INVOICE_CREATED]: {
    removeFromProforma: MilestoneInvoiceStatus.READY_FOR_INVOICING, confirm: MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED,
  },
  [MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED]: { credit: MilestoneInvoiceStatus.READY_FOR_INVOICING },
};

checkStateTable('milestone', table);

export const MILESTONE_STATES: States<MilestoneInvoiceStatus, BillingAction> = { names: MilestoneInvoiceStatus, table };
