import { InvoiceProposalStatus } from '../../../entities/finance';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';

/**
 * An invoice proposal: Open from the sync until it is posted, then Invoiced for ever. Finance's other states belong to its
 * approval workflow, which the integration does not run.
 */
export const INVOICE_PROPOSAL_STATES: StateTable<InvoiceProposalStatus, 'edit' | 'post'> = {
  [InvoiceProposalStatus.OPEN]: { edit: InvoiceProposalStatus.OPEN, post: InvoiceProposalStatus.INVOICED },
  [InvoiceProposalStatus.SUBMITTED]: {},
  [InvoiceProposalStatus.APPROVED]: {},
  [InvoiceProposalStatus.REJECTED]: {},
  [InvoiceProposalStatus.CANCELED]: {},
  [InvoiceProposalStatus.INVOICED]: {},
};

checkStateTable('invoice proposal', INVOICE_PROPOSAL_STATES);
