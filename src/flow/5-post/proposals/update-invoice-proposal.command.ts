import type { CommandContext } from '../../../context';
import type { InvoiceProposal, InvoiceProposalLine } from '../../../entities/finance';
import { sum, ZERO, type Decimal } from '../../../kernel/decimal';
import { invalid, refuse, refuseAny, stale } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { managedInvoiceFormat } from '../../../stores/finance/managed-format.store';
import { changeProposal, proposalLinesAfter, updateProposalLines } from '../../../stores/finance/proposal.store';
import { loadFinanceSetup, type FinanceSetup } from '../../../stores/finance/setup.store';
import type { UnitOfWork } from '../../../stores/session';
import { tooLargeAmong, type NamedAmounts } from '../../4-import/amount-range.rules';
import { totalsByName } from '../../4-import/load-readiness';
import { runCommand, type CommandRequest } from '../../command';
import { loadDefaultTaxGroups } from './default-tax-groups';
import { customerInvoiceDateOf } from './invoice-header.decision';
import { taxesOfLine } from './invoice-line.decision';
import { lockProposalToEdit } from './lock-proposal';
import { postingSetupOf } from '../posting-setup';
import { decidePrintChanges, managedFormatAfter, type PrintChanges, type PrintDecision } from './print-changes.decision';
import { decideProposalUpdate, type ProposalChanges } from './proposal-update.decision';

export interface UpdateInvoiceProposalInput extends ProposalChanges, PrintChanges {
  readonly proposalId: string;
  /** Version that the proposal must still have. */
  readonly expectedVersion?: number | null;
}

/**
 * Changes what finance owns of an open invoice proposal (domain facts 6.7): sales tax group, dates, terms of payment, posting
 * profile, dimensions, and how it is printed. A new sales tax group goes to every line; without one, each line has the group of its
 * on-account transaction or of the set-up again, as import gave it; credits keep the group of what they credit. A new group or invoice
 * date computes every line's tax and the totals anew. Refused: an unknown proposal, another version, a proposal that is not open, values
 * that are not set up.
 */
export async function updateInvoiceProposal(
  context: CommandContext,
  input: UpdateInvoiceProposalInput,
  request: CommandRequest,
): Promise<{ proposalId: string }> {
  return runCommand(context, request, async (work) => {
    const proposal = await lockProposalToEdit(work, input);
    const setup = await loadFinanceSetup(work, [proposal.legalEntityId]);
    const decision = decideProposalUpdate(proposal, input, setup);
    const printing = await decidePrinting(work, proposal, input);
    refuseAny([...decision.refusals, ...printing.refusals]);
    const changes = { ...decision.changes, ...printing.changes };
    const changed = { ...proposal, ...decision.changes };
    const totals = decision.recomputesTax ? await recomputeTax(work, setup, changed, 'salesTaxGroup' in decision.changes) : {};
    if (Object.keys(changes).length > 0) {
      const isChanged = await changeProposal(work, proposal, { ...changes, ...totals });
      if (!isChanged) refuse(stale(`Invoice proposal ${proposal.number}`, null, null));
    }
    return { proposalId: proposal.id };
  });
}

async function decidePrinting(work: UnitOfWork, proposal: InvoiceProposal, input: PrintChanges): Promise<PrintDecision> {
  const formatId = managedFormatAfter(proposal, input);
  const isKnown = formatId !== null && (await managedInvoiceFormat(work, proposal.legalEntityId, formatId)) !== null;
  return decidePrintChanges(proposal, input, isKnown);
}

type Totals = Pick<InvoiceProposal, 'netAmount' | 'taxAmount' | 'invoiceAmount'>;

/** Computes the tax of every line anew, chunk by chunk, and gives the proposal's new totals. */
async function recomputeTax(
  work: UnitOfWork,
  setup: FinanceSetup,
  proposal: InvoiceProposal,
  takesHeaderGroup: boolean,
): Promise<Totals> {
  const breath = breather();
  const postingSetup = postingSetupOf(setup, null, proposal.legalEntityId);
  const currencyDecimals = postingSetup.decimalsOf(proposal.currencyCode);
  if (currencyDecimals === null) refuse(invalid('SETUP_MISSING', `Currency ${proposal.currencyCode} is not set up in finance.`));
  const terms = { invoiceDate: customerInvoiceDateOf(proposal, null), currencyDecimals };
  let netAmount = ZERO;
  let taxAmount = ZERO;
  for (let after = -1; ; ) {
    const lines = await proposalLinesAfter(work, proposal.id, after);
    if (lines.length === 0) break;
    after = lines.at(-1)!.lineNumber;
    const defaultGroups = takesHeaderGroup && !proposal.salesTaxGroup ? await loadDefaultTaxGroups(work, setup, lines) : null;
    const taxed = lines.map((line) => {
      const defaultGroup = defaultGroups ? defaultGroups.get(line.id)! : line.salesTaxGroup;
      const takesGroup = takesHeaderGroup && line.creditedInvoiceLineId === null;
      const salesTaxGroup = takesGroup ? proposal.salesTaxGroup ?? defaultGroup : line.salesTaxGroup;
      const { taxes, refusals } = taxesOfLine({ ...line, salesTaxGroup }, terms, postingSetup);
      refuseAny(refusals);
      const lineTax = sum(taxes.map((tax) => tax.taxAmount));
      refuseTooLarge(`line ${line.lineNumber}`, { 'sales tax': lineTax });
      return { line, salesTaxGroup, taxAmount: lineTax };
    });
    await updateProposalLines(
      work,
      taxed.filter(isDifferent).map((row) => ({
        id: row.line.id,
        salesTaxGroup: row.salesTaxGroup,
        taxAmount: row.taxAmount,
        version: row.line.version + 1,
      })),
    );
    netAmount = netAmount.plus(sum(lines.map((line) => line.lineAmount)));
    taxAmount = taxAmount.plus(sum(taxed.map((row) => row.taxAmount)));
    await breath();
  }
  const totals = { netAmount, taxAmount, invoiceAmount: netAmount.plus(taxAmount) };
  refuseTooLarge(`invoice proposal ${proposal.number}`, totalsByName(totals));
  return totals;
}

function refuseTooLarge(what: string, amounts: NamedAmounts): void {
  const tooLarge = tooLargeAmong(what, amounts);
  if (tooLarge) refuse(invalid('AMOUNT_OUT_OF_RANGE', tooLarge));
}

function isDifferent(row: { line: InvoiceProposalLine; salesTaxGroup: string | null; taxAmount: Decimal }): boolean {
  return row.salesTaxGroup !== row.line.salesTaxGroup || !row.taxAmount.eq(row.line.taxAmount);
}
