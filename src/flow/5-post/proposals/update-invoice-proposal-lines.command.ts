import type { CommandContext } from '../../../context';
import { invalid, refuse, refuseAny, stale } from '../../../kernel/refusal';
import { changeProposal, proposalLinesNamed, updateProposalLines } from '../../../stores/finance/proposal.store';
import { loadFinanceSetup } from '../../../stores/finance/setup.store';
import { tooLargeAmong } from '../../4-import/amount-range.rules';
import { totalsByName } from '../../4-import/load-readiness';
import { runCommand, type CommandRequest } from '../../command';
import { customerInvoiceDateOf } from './invoice-header.decision';
import { lockProposalToEdit, type ProposalReference } from './lock-proposal';
import { decideProposalLineUpdate, type ProposalLineEdit } from './proposal-line-update.decision';
import { PROPOSAL_LINES_MAX } from './proposal.limits';

export interface UpdateInvoiceProposalLinesInput extends ProposalReference {
  readonly lines: readonly ProposalLineEdit[];
}

/**
 * Gives lines of an open proposal other tax groups, all or none, and computes their tax and the proposal's totals anew (domain facts
 * 6.7). Refused: an unknown proposal, another version, a proposal that is not open, and lines and groups that are not there.
 */
export async function updateInvoiceProposalLines(
  context: CommandContext,
  input: UpdateInvoiceProposalLinesInput,
  request: CommandRequest,
): Promise<{ proposalId: string; changedLineCount: number }> {
  const { lines: edits } = input;
  if (edits.length === 0 || edits.length > PROPOSAL_LINES_MAX) {
    refuse(invalid('INVALID_INPUT', `Name 1 to ${PROPOSAL_LINES_MAX} lines, not ${edits.length}.`, ['input', 'lines']));
  }
  return runCommand(context, request, async (work) => {
    const proposal = await lockProposalToEdit(work, input);
    const what = `Invoice proposal ${proposal.number}`;
    const setup = await loadFinanceSetup(work, [proposal.legalEntityId]);
    const currencyDecimals = setup.currencyDecimals(proposal.currencyCode);
    if (currencyDecimals === undefined) refuse(invalid('SETUP_MISSING', `Currency ${proposal.currencyCode} is not set up in finance.`));
    const lines = await proposalLinesNamed(work, proposal.id, {
      ids: edits.flatMap((edit) => edit.lineId ?? []),
      lineNumbers: edits.flatMap((edit) => edit.lineNumber ?? []),
    });
    const terms = { invoiceDate: customerInvoiceDateOf(proposal, null), currencyDecimals };
    const { rows, taxChange, refusals } = decideProposalLineUpdate({ proposal, lines, edits, setup, terms });
    refuseAny(refusals);
    if (rows.length === 0) return { proposalId: proposal.id, changedLineCount: 0 };
    const { netAmount } = proposal;
    const taxAmount = proposal.taxAmount.plus(taxChange);
    const totals = { netAmount, taxAmount, invoiceAmount: netAmount.plus(taxAmount) };
    const tooLarge = tooLargeAmong(`invoice proposal ${proposal.number}`, totalsByName(totals));
    if (tooLarge) refuse(invalid('AMOUNT_OUT_OF_RANGE', tooLarge));
    await updateProposalLines(work, rows);
    if (!(await changeProposal(work, proposal, totals))) refuse(stale(what, null, null));
    return { proposalId: proposal.id, changedLineCount: rows.length };
  });
}
