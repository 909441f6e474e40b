import { InvoiceProposalStatus, type InvoiceProposal } from '../../../entities/finance';
import { notFound, refuse, refuseStale, wrongStateTo } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { lockProposal } from '../../../stores/finance/proposal.store';
import type { UnitOfWork } from '../../../stores/session';
import { INVOICE_PROPOSAL_STATES } from './invoice-proposal.states';

/** Which invoice proposal a command is about, and the version that the caller has read, if that matters to him. */
export interface ProposalReference {
  readonly proposalId: string;
  readonly expectedVersion?: number | null;
}

/** Locks a proposal that somebody edits, or refuses it: unknown, changed meanwhile, or not open any more. */
export async function lockProposalToEdit(work: UnitOfWork, { proposalId, expectedVersion = null }: ProposalReference): Promise<InvoiceProposal> {
  const proposal = await lockProposal(work, proposalId);
  if (!proposal) refuse(notFound('invoice proposal', proposalId, ['input', 'proposalId']));
  const what = `Invoice proposal ${proposal.number}`;
  refuseStale(what, expectedVersion, proposal.version);
  if (INVOICE_PROPOSAL_STATES[proposal.status].edit === undefined) {
    const allowed = statesAllowing(INVOICE_PROPOSAL_STATES, 'edit').map((state) => InvoiceProposalStatus[Number(state)]!);
    refuse(wrongStateTo({ what, from: InvoiceProposalStatus[proposal.status], done: 'edited', allowed }));
  }
  return proposal;
}
