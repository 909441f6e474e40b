import { loadReadiness, type ReadinessSubject } from '../4-import/load-readiness';
import { invoiceDateOf } from '../4-import/proposal-line.decision';
import { haltedTableMaps, type HaltedTableMap } from '../../stores/dual-write/table-map.store';
import type { Session } from '../../stores/session';
import { explainedIssuesOf } from '../../stores/stage/explained-issues.store';
import { leftBehindOf } from '../../stores/stage/left-behind.store';
import { missingWriteBacksOf, proformasOfProposals, progressOfProformas, type ProformaProgress } from '../../stores/stage/progress.store';
import type { ProformaStage, ProposalStage } from '../blockers/blockers';
import { withHaltedMaps } from './halted-maps.rules';
import { postingBlockersOf } from './posting-blockers';
import { phaseOf, proformaStageOf, proposalStageOf, type StageAndBlockers, type StageFacts } from './stage.rules';

/**
 * Stage and blockers of proformas, by proforma id, computed from where their records are `now`. The number of statements does not
 * grow with the number of proformas or of their lines. Ids that name no proforma are left out.
 */
export async function stageAndBlockersOfProformas(
  session: Session, proformaIds: readonly string[], now: Date,
): Promise<Map<string, StageAndBlockers<ProformaStage>>> {
  const facts = await stageFactsOf(session, proformaIds, now);
  const halted = await haltedTableMaps(session);
  return new Map([...facts].map(([proformaId, found]) => [proformaId, held(proformaStageOf(found), halted)]));
}

/** Stage and blockers of invoice proposals, by proposal id. Ids that name no proposal are left out. */
export async function stageAndBlockersOfProposals(
  session: Session, proposalIds: readonly string[], now: Date,
): Promise<Map<string, StageAndBlockers<ProposalStage>>> {
  const proformas = await proformasOfProposals(session, proposalIds);
  const facts = await stageFactsOf(session, [...proformas.values()], now);
  const halted = await haltedTableMaps(session);
  return new Map([...proformas].map(([proposalId, proformaId]) => [proposalId, held(proposalStageOf(facts.get(proformaId)!), halted)]));
}

function held<Stage>({ stage, blockers }: StageAndBlockers<Stage>, halted: readonly HaltedTableMap[]): StageAndBlockers<Stage> {
  return { stage, blockers: withHaltedMaps(blockers, halted) };
}

async function stageFactsOf(session: Session, proformaIds: readonly string[], now: Date): Promise<Map<string, StageFacts>> {
  const all = await progressOfProformas(session, [...new Set(proformaIds)]);
  const inPhase = (phase: ReturnType<typeof phaseOf>) => all.filter((progress) => phaseOf(progress) === phase);
  const readiness = await loadReadiness(session, inPhase('lines').map(subjectOf), { findIssues: explainedIssuesOf, now });
  const leftBehind = await leftBehindOf(session, inPhase('lines').map((progress) => progress.proforma.id));
  const posting = await postingBlockersOf(session, inPhase('posting').flatMap((progress) => progress.proposal ?? []));
  const writeBacks = await missingWriteBacksOf(session, inPhase('write-back').map((progress) => progress.proforma.id));
  return new Map(all.map((progress) => [progress.proforma.id, {
    progress,
    readiness: readiness.get(progress.proforma.number) ?? null,
    leftBehind: leftBehind.get(progress.proforma.id) ?? null,
    posting: posting.get(progress.proposal?.id ?? '') ?? [],
    missingWriteBack: writeBacks.get(progress.proforma.id) ?? null,
  }]));
}

function subjectOf({ proforma, proposal }: ProformaProgress): ReadinessSubject {
  return {
    documentId: proposal?.id ?? proforma.id,
    number: proforma.number,
    expectedCount: proposal?.billedActualCount ?? proforma.billedActualCount ?? 0,
    expectedChecksum: proposal?.billedActualChecksum ?? proforma.billedActualChecksum,
    proposal: proposal && { ...proposal, invoiceDate: invoiceDateOf(proposal) },
  };
}
