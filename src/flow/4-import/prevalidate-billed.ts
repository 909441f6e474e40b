import { actualsById, brokenConnectionsOf } from '../../stores/dual-write/orphan.store';
import { prevalidationMinutesOf, unprevalidatedIssuesOf } from '../../stores/finance/prevalidation.store';
import { stagedActualsByActualId } from '../../stores/finance/staging.store';
import type { ReadinessIssue } from '../../stores/finance/staging-readiness.store';
import type { Session } from '../../stores/session';
import { MINUTE_MS, prevalidationProblemOf } from './prevalidation.rules';

/** A proposal whose billed actuals are looked at before it gets its lines. */
export interface PrevalidatedProposal {
  readonly number: string;
  readonly legalEntityId: string;
}

/**
 * What prevalidation holds back of the staged billed actuals of proposals: one that has just arrived, or that is not what Dataverse
 * holds, itself or in its connections, keeps all lines of its proposal away, because they come all or none. Nothing where the parameters have it off.
 */
export async function prevalidationIssuesOf(session: Session, proposals: readonly PrevalidatedProposal[], now: Date): Promise<ReadinessIssue[]> {
  if (proposals.length === 0) return [];
  const minutesOf = await prevalidationMinutesOf(session, [...new Set(proposals.map((proposal) => proposal.legalEntityId))]);
  const issues = await unprevalidatedIssuesOf(session, [...minutesOf].map(([entity, minutes]) => ({
    numbers: proposals.filter(({ legalEntityId }) => legalEntityId === entity).map(({ number }) => number),
    arrivedUpTo: new Date(now.getTime() - minutes * MINUTE_MS).toISOString(),
  })));
  if (issues.length === 0) return [];
  const examples = issues.flatMap((issue) => issue.recordIds);
  const staged = await stagedActualsByActualId(session, examples);
  const sources = await actualsById(session, examples);
  const broken = await brokenConnectionsOf(session, examples);
  const sentences = (actualId: string): string[] => {
    const row = staged.get(actualId);
    const minutes = row && minutesOf.get(row.legalEntityId);
    const problem = row && prevalidationProblemOf(row, sources.get(actualId) ?? null, broken.get(actualId) ?? null, { minutes: minutes ?? 0, now });
    return problem ? [problem.message] : [];
  };
  return issues.map((issue) => ({ ...issue, details: [...new Set(issue.recordIds.flatMap(sentences))] }));
}
