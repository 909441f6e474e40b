import { InvoiceProposalStatus, type InvoiceProposal, type InvoiceProposalLine } from '../../../entities/finance';
import { InternalError, invalid, type Refusal, refuse, refuseAny, refuseStale, wrongState } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { breather } from '../../../kernel/yielding';
import { invoicesOfLines } from '../../../stores/finance/customer-invoice.store';
import { billsTwice, countProposalLines, proposalLinesAfter } from '../../../stores/finance/proposal.store';
import { loadFinanceSetup, type FinanceSetup, type LegalEntityFacts } from '../../../stores/finance/setup.store';
import type { Session } from '../../../stores/session';
import { loadInvoiceLineFacts, loadLineSetup, loadProposalMasters, loadProposalRate, type Deductions } from './invoice-facts';
import { customerInvoiceDateOf, decideInvoiceHeader, type InvoiceHeader } from './invoice-header.decision';
import { decideInvoiceLine, type InvoiceLineFacts } from './invoice-line.decision';
import { INVOICE_PROPOSAL_STATES } from './invoice-proposal.states';
import { decideInvoiceVoucher, tooLargeInVoucher, type InvoiceTotals, type InvoiceVoucher, type TotalledLine } from './invoice-voucher.decision';

/**
 * What posting a proposal decides, for whoever asks: the command that writes it down and the preview that only shows it. Both read
 * through here, so that a preview is exactly what posting would write.
 */

/** Refusals of one posting that are reported together: enough to mend the set-up, few enough to read. */
const REFUSALS_REPORTED_MAX = 20;

/** What is said of a proposal that would invoice something twice. */
export const BILLED_TWICE = 'Two lines of the proposal bill the same unbilled sales or the same milestone.';

/** What the caller wants of the posting. */
export interface AskedPosting {
  /** Date of the customer invoice; null for the proposal's own. */
  readonly invoiceDate: string | null;
  /** Version that the proposal must still have. */
  readonly expectedVersion: number | null;
}

/** A proposal that can be posted as far as its header says. */
export interface ProposalPosting {
  readonly proposal: InvoiceProposal;
  readonly setup: FinanceSetup;
  readonly legalEntity: LegalEntityFacts;
  readonly header: InvoiceHeader;
  readonly lineCount: number;
  /** Lets other requests in between two steps of a chunk. */
  readonly breath: () => Promise<void>;
}

export interface DecidedLine extends TotalledLine {
  readonly source: InvoiceProposalLine;
  readonly facts: InvoiceLineFacts;
}

/**
 * Decides what the lines of a proposal share. Refused: a proposal that is not open, lacks lines, has another version, or whose
 * header cannot be posted.
 */
export async function beginPosting(session: Session, proposal: InvoiceProposal, asked: AskedPosting): Promise<ProposalPosting> {
  const lineCount = await refuseUnready(session, proposal, asked);
  const { legalEntityId } = proposal;
  const setup = await loadFinanceSetup(session, [legalEntityId]);
  const legalEntity = setup.legalEntity(legalEntityId);
  if (!legalEntity) refuse(invalid('SETUP_MISSING', `Legal entity ${legalEntityId} is not set up in finance.`));
  const masters = await loadProposalMasters(session, proposal);
  const exchangeRate = await loadProposalRate(session, proposal, legalEntity, customerInvoiceDateOf(proposal, asked.invoiceDate));
  const decision = decideInvoiceHeader({ proposal, legalEntity, setup, masters, exchangeRate, requestedInvoiceDate: asked.invoiceDate });
  if (decision.refusals) {
    refuseAny(decision.refusals);
    throw new InternalError('A header decision without header gave no refusal');
  }
  return { proposal, setup, legalEntity, header: decision.header, lineCount, breath: breather() };
}

/** Refuses what cannot be posted whatever the set-up says; gives the number of lines. */
async function refuseUnready(session: Session, proposal: InvoiceProposal, { expectedVersion }: AskedPosting): Promise<number> {
  const what = `Invoice proposal ${proposal.number}`;
  refuseStale(what, expectedVersion, proposal.version);
  if (INVOICE_PROPOSAL_STATES[proposal.status].post === undefined) {
    refuse(
      wrongState({
        what,
        from: InvoiceProposalStatus[proposal.status],
        to: InvoiceProposalStatus[InvoiceProposalStatus.INVOICED],
        allowed: statesAllowing(INVOICE_PROPOSAL_STATES, 'post').map((state) => InvoiceProposalStatus[Number(state)]!),
      }),
    );
  }
  const lineCount = await countProposalLines(session, proposal.id);
  if (lineCount === 0) {
    refuse(invalid('NO_PROPOSAL_LINES', `${what} has no lines yet; its blockers say what they wait for.`));
  }
  if (lineCount !== proposal.billedActualCount) {
    refuse(
      invalid('BLOCKED', `${what} has ${lineCount} of the ${proposal.billedActualCount} lines that the confirmation billed.`),
    );
  }
  if (await billsTwice(session, proposal.id)) refuse(invalid('BLOCKED', BILLED_TWICE));
  return lineCount;
}

/** Decides the lines chunk by chunk, in line order, so that no invoice is in memory whole. Refused: lines that cannot be invoiced. */
export async function* decidedChunks(session: Session, posting: ProposalPosting): AsyncGenerator<readonly DecidedLine[]> {
  const deductions: Deductions = new Map();
  for (let after = -1; ; ) {
    const lines = await proposalLinesAfter(session, posting.proposal.id, after);
    if (lines.length === 0) return;
    after = lines.at(-1)!.lineNumber;
    yield await decideChunk(session, posting, lines, deductions);
    await posting.breath();
  }
}

async function decideChunk(
  session: Session,
  { setup, proposal, header }: ProposalPosting,
  lines: readonly InvoiceProposalLine[],
  deductions: Deductions,
): Promise<readonly DecidedLine[]> {
  const lineSetup = await loadLineSetup(session, setup, proposal, lines);
  const facts = await loadInvoiceLineFacts(session, lines, deductions);
  const credited = await invoicesOfLines(session, lines.flatMap((line) => line.creditedInvoiceLineId ?? []));
  const decided = lines.map((source, index): DecidedLine => ({
    ...decideInvoiceLine(facts[index]!, header.terms, lineSetup),
    source,
    facts: facts[index]!,
    lineAmount: source.lineAmount,
    creditedInvoiceId: credited.get(source.creditedInvoiceLineId ?? '') ?? null,
  }));
  refuseAny(distinct(decided.flatMap((line) => line.refusals)));
  return decided;
}

function distinct(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((refusal) => [refusal.message, refusal])).values()].slice(0, REFUSALS_REPORTED_MAX);
}

/** Decides the voucher of all lines together. Refused: an amount that cannot be stored. */
export function voucherOf({ proposal, header, lineCount }: ProposalPosting, totals: InvoiceTotals, invoiceNumber: string): InvoiceVoucher {
  if (totals.lineCount !== lineCount) {
    throw new InternalError(`Proposal ${proposal.number} has ${lineCount} lines, but ${totals.lineCount} were decided`);
  }
  const voucher = decideInvoiceVoucher(totals, header.terms, {
    mainAccountId: header.receivableAccountId, invoiceNumber, defaultDimension: proposal.defaultDimension,
  });
  const tooLarge = tooLargeInVoucher(`invoice proposal ${proposal.number}`, totals, voucher);
  if (tooLarge) refuse(invalid('AMOUNT_OUT_OF_RANGE', tooLarge));
  return voucher;
}
