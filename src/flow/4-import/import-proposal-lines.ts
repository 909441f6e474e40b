import type { CommandContext } from '../../context';
import { InvoiceProposalStatus, ProjTransStatus, type InvoiceProposal, type OnAccountTransaction, type StagedActual } from '../../entities/finance';
import { ZERO, type Decimal } from '../../kernel/decimal';
import { IdChecksum } from '../../kernel/id-checksum';
import { InternalError } from '../../kernel/refusal';
import {
  creditedLinesOf, insertProposalLines, markProposalWithLines, onAccountByMilestone, postedPartnerLines, proposalsWithoutLines, stagedBilledActuals,
} from '../../stores/finance/import-proposal.store';
import { lockProposal } from '../../stores/finance/proposal.store';
import { loadFinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import { markProcessed, moveOnAccountStatus, type StagingScope } from '../../stores/finance/staging.store';
import type { UnitOfWork } from '../../stores/session';
import { stopHere } from '../stop';
import { tooLargeAmong } from './amount-range.rules';
import { loadReadiness, masterKeysOf, totalsByName } from './load-readiness';
import { prevalidationIssuesOf } from './prevalidate-billed';
import { decideProposalLine, invoiceDateOf, type ProposalLineContent } from './proposal-line.decision';
import { lineBlockersOf } from './readiness.rules';

/** Proposals whose readiness is looked at together. */
const PROPOSALS_PER_BATCH = 50;

export interface ImportedProposals {
  /** Proposals that have got their lines. */
  readonly proposalIds: readonly string[];
  /** Proposals that still wait; their blockers say for what. */
  readonly waiting: number;
}

/** The billed actuals changed between the look at their readiness and the lock: the next import tries again. */
class NoLongerReady extends Error {}

/** Gives every open proposal whose billed actuals are complete and ready its lines: all of them in one unit of work. */
export async function importProposalLines(
  context: CommandContext, scope: StagingScope, setup: FinanceSetup, breath: () => Promise<void>,
): Promise<ImportedProposals> {
  const proposalIds: string[] = [];
  let waiting = 0;
  for (let after = '', more = true; more;) {
    const batch = await proposalsWithoutLines(context.database.reader, scope, after, PROPOSALS_PER_BATCH);
    const readiness = await loadReadiness(context.database.reader, batch.map(subjectOf), { setup, breath, now: context.clock.now() });
    for (const proposal of batch) {
      stopHere(context);
      const isReady = lineBlockersOf(readiness.get(proposal.number)!).length === 0;
      const outcome = isReady ? await importLines(context, proposal.id, setup, breath) : 'waiting';
      if (outcome === 'imported') proposalIds.push(proposal.id);
      if (outcome === 'waiting') waiting += 1;
    }
    after = batch.at(-1)?.id ?? after;
    more = batch.length === PROPOSALS_PER_BATCH;
  }
  return { proposalIds, waiting };
}

function subjectOf(proposal: InvoiceProposal) {
  return {
    number: proposal.number,
    documentId: proposal.id,
    expectedCount: proposal.billedActualCount,
    expectedChecksum: proposal.billedActualChecksum,
    proposal: { ...proposal, invoiceDate: invoiceDateOf(proposal) },
  };
}

/** Somebody else may give the proposal its lines meanwhile: then there is nothing left to do. */
async function importLines(
  context: CommandContext, proposalId: string, setup: FinanceSetup, breath: () => Promise<void>,
): Promise<'imported' | 'waiting' | 'done by another'> {
  try {
    return await context.database.write(async (work) => {
      const proposal = await lockProposal(work, proposalId);
      if (!proposal || proposal.hasLines || proposal.status !== InvoiceProposalStatus.OPEN) return 'done by another';
      if ((await prevalidationIssuesOf(work, [proposal], context.clock.now())).length > 0) return 'waiting';
      await addLines(context, work, proposal, setup, breath);
      return 'imported';
    });
  } catch (error) {
    if (error instanceof NoLongerReady) return 'waiting';
    throw error;
  }
}

/** Adds a line for each staged billed actual, chunk by chunk in the order of their ids, and checks count and checksum as it goes. */
async function addLines(
  context: CommandContext, work: UnitOfWork, proposal: InvoiceProposal, setup: FinanceSetup, breath: () => Promise<void>,
): Promise<void> {
  const checksum = new IdChecksum();
  let netAmount: Decimal = ZERO;
  let taxAmount: Decimal = ZERO;
  for (let after = ''; ;) {
    const staged = await stagedBilledActuals(work, proposal.number, after);
    if (staged.length === 0) break;
    after = staged.at(-1)!.actualId;
    const lines = await decideChunk(work, proposal, staged, setup);
    const added = await insertProposalLines(work, lines.map((line, index) => ({
      ...line, id: context.ids.next(), proposalId: proposal.id, proposalNumber: proposal.number, lineNumber: checksum.count + index + 1,
    })));
    if (added !== staged.length) {
      throw new InternalError(`Proposal ${proposal.number} has no lines, but ${staged.length - added} of its actuals have`);
    }
    for (const row of staged) checksum.add(row.actualId);
    for (const line of lines) {
      netAmount = netAmount.plus(line.lineAmount);
      taxAmount = taxAmount.plus(line.taxAmount);
    }
    if (await markProcessed(work, staged.map((row) => row.id)) !== staged.length) throw new NoLongerReady('One of its actuals is in quarantine.');
    await breath();
  }
  if (checksum.count !== proposal.billedActualCount || checksum.digest() !== proposal.billedActualChecksum) throw new NoLongerReady();
  const totals = { netAmount, taxAmount, invoiceAmount: netAmount.plus(taxAmount) };
  const tooLarge = tooLargeAmong('the proposal', totalsByName(totals));
  if (tooLarge) throw new NoLongerReady(tooLarge);
  if (!await markProposalWithLines(work, proposal, totals)) throw new InternalError(`Proposal ${proposal.number} changed while it was locked`);
}

async function decideChunk(
  work: UnitOfWork, proposal: InvoiceProposal, staged: readonly StagedActual[], setup: FinanceSetup,
): Promise<ProposalLineContent[]> {
  const masters = await loadFinanceMasters(work, masterKeysOf(staged));
  const partners = await postedPartnerLines(work, staged.map((row) => row.actualId));
  const onAccount = await onAccountByMilestone(work, staged.flatMap((row) => row.milestoneId ?? []));
  const credited = await creditedLinesOf(work, staged.map((row) => row.actualId));
  const facts = { setup, masters, date: invoiceDateOf(proposal), currencyCode: proposal.currencyCode, salesTaxGroup: proposal.salesTaxGroup };
  const lines = staged.map((row) => {
    const decision = decideProposalLine(row, {
      journalLine: partners.get(row.actualId) ?? null,
      onAccount: row.milestoneId === null ? null : onAccount.get(row.milestoneId) ?? null,
      credited: credited.get(row.actualId) ?? null,
    }, facts);
    if (decision.problem) throw new NoLongerReady(decision.problem.message);
    return decision.line;
  });
  await holdOnAccount(work, staged, onAccount);
  return lines;
}

/**
 * The on-account transactions of billed milestones are in a proposal now, those of credited ones in a credit note's. One that
 * another proposal holds meanwhile is waited for.
 */
async function holdOnAccount(
  work: UnitOfWork, staged: readonly StagedActual[], onAccount: ReadonlyMap<string, OnAccountTransaction>,
): Promise<void> {
  const idsOf = (rows: readonly StagedActual[]) => rows.flatMap((row) => onAccount.get(row.milestoneId ?? '')?.id ?? []);
  const billed = idsOf(staged.filter((row) => !row.quantity.isNegative()));
  const credited = idsOf(staged.filter((row) => row.quantity.isNegative()));
  const moved = await moveOnAccountStatus(work, billed, { from: ProjTransStatus.NO_STATUS, to: ProjTransStatus.INVOICE_PROPOSAL })
    + await moveOnAccountStatus(work, credited, { from: ProjTransStatus.INVOICED, to: ProjTransStatus.CREDIT_NOTE_PROPOSAL });
  if (moved !== billed.length + credited.length) throw new NoLongerReady('Another proposal holds a milestone of this one.');
}
