import type { CommandContext } from '../../../context';
import { ProjTransStatus, type InvoiceProposalLine } from '../../../entities/finance';
import { ZERO } from '../../../kernel/decimal';
import { InternalError, invalid, refuse, stale } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { changeProposal, deleteProposalLines, proposalLinesAfter } from '../../../stores/finance/proposal.store';
import { moveOnAccountStatus, returnToStaging } from '../../../stores/finance/staging.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { lockProposalToEdit, type ProposalReference } from './lock-proposal';

/**
 * Deletes all lines of an open proposal, *Delete all* of finance (domain facts 6.7): it is open with no lines and a total of zero, the
 * milestones that it held are released, and its billed actuals are staged and unprocessed again. The next import makes the lines anew,
 * with the set-up, dimensions and tax groups of then. Refused: an unknown proposal, another version, a proposal that is not open or has
 * no lines.
 */
export async function deleteInvoiceProposalLines(
  context: CommandContext,
  input: ProposalReference,
  request: CommandRequest,
): Promise<{ proposalId: string; deletedLineCount: number }> {
  return runCommand(context, request, async (work) => {
    const proposal = await lockProposalToEdit(work, input);
    const what = `Invoice proposal ${proposal.number}`;
    if (!proposal.hasLines) refuse(invalid('NO_PROPOSAL_LINES', `${what} has no lines to delete.`));
    const deletedLineCount = await deleteAll(work, proposal.id);
    const totals = { netAmount: ZERO, taxAmount: ZERO, invoiceAmount: ZERO };
    if (!(await changeProposal(work, proposal, { hasLines: false, ...totals }))) refuse(stale(what, null, null));
    return { proposalId: proposal.id, deletedLineCount };
  });
}

/** Deletes chunk by chunk, in line order, and says how many. */
async function deleteAll(work: UnitOfWork, proposalId: string): Promise<number> {
  const breath = breather();
  let deleted = 0;
  for (let after = -1; ; ) {
    const lines = await proposalLinesAfter(work, proposalId, after);
    if (lines.length === 0) return deleted;
    after = lines.at(-1)!.lineNumber;
    await releaseOnAccount(work, lines);
    await deleteProposalLines(work, lines.map((line) => line.id));
    const returned = await returnToStaging(work, lines.map((line) => line.stagedActualId));
    if (returned !== lines.length) throw new InternalError(`${lines.length} lines were deleted, but ${returned} staged actuals are unprocessed again`);
    deleted += lines.length;
    await breath();
  }
}

/** What import did when it took the milestones up, undone. */
async function releaseOnAccount(work: UnitOfWork, lines: readonly InvoiceProposalLine[]): Promise<void> {
  const idsOf = (chosen: readonly InvoiceProposalLine[]) => chosen.flatMap((line) => line.onAccountTransactionId ?? []);
  const billed = idsOf(lines.filter((line) => line.creditedInvoiceLineId === null));
  const credited = idsOf(lines.filter((line) => line.creditedInvoiceLineId !== null));
  const released = await moveOnAccountStatus(work, billed, { from: ProjTransStatus.INVOICE_PROPOSAL, to: ProjTransStatus.NO_STATUS });
  const invoicedAgain = await moveOnAccountStatus(work, credited, { from: ProjTransStatus.CREDIT_NOTE_PROPOSAL, to: ProjTransStatus.INVOICED });
  if (released !== billed.length || invoicedAgain !== credited.length) {
    throw new InternalError(`${billed.length + credited.length} milestones were held, but ${released + invoicedAgain} are released`);
  }
}
