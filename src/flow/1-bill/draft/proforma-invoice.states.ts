import { ProformaInvoiceStatus } from '../../../entities/dataverse';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';
import type { States } from '../transition';

export type ProformaInvoiceAction = 'submitForReview' | 'returnToDraft' | 'confirm' | 'post' | 'markPaid' | 'revise';

/**
 * The states of a proforma (domain facts 6.3).
 *
 * A draft can be changed and deleted. In review it waits for somebody's approval; its transactions stay on it. Confirming is
 * one way: from then on the proforma, its lines and details are read-only for ever, and mistakes are corrected by another
 * proforma: revising leads to a draft of its own and leaves the revised one as it is. Finance makes it posted when the customer invoice is posted; paid is marked by hand.
 */
const table: StateTable<ProformaInvoiceStatus, ProformaInvoiceAction> = {
  [ProformaInvoiceStatus.DRAFT]: { submitForReview: ProformaInvoiceStatus.IN_REVIEW, confirm: ProformaInvoiceStatus.CONFIRMED },
  [ProformaInvoiceStatus.IN_REVIEW]: { returnToDraft: ProformaInvoiceStatus.DRAFT, confirm: ProformaInvoiceStatus.CONFIRMED },
  [ProformaInvoiceStatus.CONFIRMED]: {
    post: ProformaInvoiceStatus.POSTED,
    markPaid: ProformaInvoiceStatus.PAID,
    revise: ProformaInvoiceStatus.CONFIRMED,
  },
  [ProformaInvoiceStatus.POSTED]: { markPaid: ProformaInvoiceStatus.PAID, revise: ProformaInvoiceStatus.POSTED },
  [ProformaInvoiceStatus.PAID]: { revise: ProformaInvoiceStatus.PAID },
};

checkStateTable('proforma invoice', table);

export const PROFORMA_INVOICE_STATES: States<ProformaInvoiceStatus, ProformaInvoiceAction> = {
  names: ProformaInvoiceStatus,
  table,
};

/** The states before confirmation, in which a proforma can be deleted. */
export const UNCONFIRMED_STATUSES: readonly ProformaInvoiceStatus[] = [
  ProformaInvoiceStatus.DRAFT,
  ProformaInvoiceStatus.IN_REVIEW,
];
