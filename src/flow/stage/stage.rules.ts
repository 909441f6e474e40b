import { ProformaInvoiceStatus } from '../../entities/dataverse';
import { SyncErrorStatus } from '../../entities/dual-write';
import { InvoiceProposalStatus, type InvoiceProposal } from '../../entities/finance';
import type { LeftBehind } from '../../stores/stage/left-behind.store';
import type { MissingWriteBack, ProformaProgress } from '../../stores/stage/progress.store';
import { lineBlockersOf, type LineReadiness } from '../4-import/readiness.rules';
import { blocker, inProcessOrder, type Blocker } from '../blockers/blocker';
import { BLOCKERS, ProformaStage, ProposalStage } from '../blockers/blockers';

export interface StageAndBlockers<Stage> {
  readonly stage: Stage;
  /** What holds it back, in the order of the process; empty when nothing does. */
  readonly blockers: readonly Blocker[];
}

/** Which of the three waits a proforma is in, if it is confirmed. */
export type Phase = 'unconfirmed' | 'lines' | 'posting' | 'write-back';

export function phaseOf({ proforma, proposal }: Pick<ProformaProgress, 'proforma' | 'proposal'>): Phase {
  if (proposal?.status === InvoiceProposalStatus.INVOICED) return 'write-back';
  if (proposal?.hasLines) return 'posting';
  const isOpen = proforma.status === ProformaInvoiceStatus.DRAFT || proforma.status === ProformaInvoiceStatus.IN_REVIEW;
  return isOpen ? 'unconfirmed' : 'lines';
}

/** What is known about a proforma; each phase has its own facts. */
export interface StageFacts {
  readonly progress: ProformaProgress;
  /** Phase `lines`. */
  readonly readiness: LineReadiness | null;
  /** Phase `lines`: null when nothing was left behind. */
  readonly leftBehind: LeftBehind | null;
  /** Phase `posting`. */
  readonly posting: readonly Blocker[];
  /** Phase `write-back`: null when every billed actual has its accounting detail. */
  readonly missingWriteBack: MissingWriteBack | null;
}

/** The stage of a proforma and what holds it there. */
export function proformaStageOf(facts: StageFacts): StageAndBlockers<ProformaStage> {
  const { progress } = facts;
  switch (phaseOf(progress)) {
    case 'unconfirmed': return unconfirmed(progress);
    case 'lines': {
      const blockers = inProcessOrder([...leftBehindBlockers(facts), ...headerBlockers(progress), ...awaitedLines(facts)]);
      const isSynced = blockers.every((found) => BLOCKERS[found.code].stage !== ProformaStage.AWAITING_SYNC);
      return { stage: isSynced ? ProformaStage.AWAITING_IMPORT : ProformaStage.AWAITING_SYNC, blockers };
    }
    case 'posting': return { stage: ProformaStage.AWAITING_POSTING, blockers: facts.posting };
    case 'write-back': return writtenBack(facts);
  }
}

/** The stage of a proposal and what holds it there. */
export function proposalStageOf(facts: StageFacts): StageAndBlockers<ProposalStage> {
  switch (phaseOf(facts.progress)) {
    case 'write-back': return { stage: ProposalStage.INVOICED, blockers: [] };
    case 'posting': return { stage: ProposalStage.READY_TO_POST, blockers: facts.posting };
    default: return { stage: ProposalStage.AWAITING_LINES, blockers: [...leftBehindBlockers(facts), ...awaitedLines(facts)] };
  }
}

function unconfirmed({ proforma }: ProformaProgress): StageAndBlockers<ProformaStage> {
  const isInReview = proforma.status === ProformaInvoiceStatus.IN_REVIEW;
  return {
    stage: isInReview ? ProformaStage.IN_REVIEW : ProformaStage.DRAFT,
    blockers: [blocker('NOT_CONFIRMED', { details: [isInReview ? 'in review' : 'a draft'], recordIds: [proforma.id] })],
  };
}

/** WAITING is not a failure: what it waits for is told, and the next sync tries again. */
function headerBlockers({ proforma, proposal, headerError }: ProformaProgress): Blocker[] {
  if (proposal) return [];
  const facts = { details: headerError ? [headerError.message] : [], recordIds: [proforma.id] };
  const hasFailed = headerError !== null && headerError.status !== SyncErrorStatus.WAITING;
  return [blocker(hasFailed ? 'HEADER_SYNC_FAILED' : 'HEADER_NOT_SYNCED', facts)];
}

/** What nobody will carry by itself: a retry takes no dismissed error, and a sync no discarded queue. */
function leftBehindBlockers({ progress: { proforma }, leftBehind }: StageFacts): Blocker[] {
  if (!leftBehind) return [];
  const { dismissed, discarded } = leftBehind;
  const details = [
    ...(dismissed > 0 ? [`somebody dismissed the sync errors of ${dismissed}`] : []),
    ...(discarded > 0 ? [`the queue with ${discarded} was discarded`] : []),
  ];
  return [blocker('LEFT_BEHIND', { count: dismissed + discarded, details, recordIds: [proforma.id] })];
}

function awaitedLines({ progress: { proposal }, readiness }: StageFacts): Blocker[] {
  const blockers = readiness ? lineBlockersOf(readiness) : [];
  return blockers.length === 0 && proposal ? [readyForImport(proposal)] : blockers;
}

function readyForImport(proposal: InvoiceProposal): Blocker {
  return blocker('LINES_NOT_IMPORTED', { count: 1, total: proposal.billedActualCount, recordIds: [proposal.id] });
}

function writtenBack({ progress, missingWriteBack }: StageFacts): StageAndBlockers<ProformaStage> {
  const { proforma, proposal } = progress;
  const hasNumber = proforma.customerInvoiceNumber !== null;
  if (hasNumber && !missingWriteBack) return { stage: ProformaStage.DONE, blockers: [] };
  const { count = 0, recordIds = [] } = missingWriteBack ?? {};
  const details = [
    ...(hasNumber ? [] : ['the invoice number']),
    ...(count === 0 ? [] : [`${count} of ${proposal!.billedActualCount} billed sales actuals`]),
  ];
  return {
    stage: ProformaStage.AWAITING_WRITE_BACK,
    blockers: [blocker('WRITE_BACK_PENDING', { count: count + (hasNumber ? 0 : 1), details, recordIds })],
  };
}
