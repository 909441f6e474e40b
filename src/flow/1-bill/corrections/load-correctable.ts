import type { Actual, ProjectContractLine } from '../../../entities/dataverse';
import { correctionDetailsOf, lockBilledActualsOf } from '../../../stores/dataverse/correction.store';
import type { UnitOfWork } from '../../../stores/session';
import { isNewest, isReplaced, type CorrectableFacts } from './correction.decision';

/** A detail of the invoice that is revised. */
export interface RevisedDetail {
  readonly id: string;
  readonly contractLineId: string;
}

/**
 * What is left of details to correct. Where a detail was corrected before, its story goes on in the correction: the newest billed
 * actuals are found by following the corrections to their end, a level at a time.
 */
export async function loadCorrectable(
  work: UnitOfWork, details: readonly RevisedDetail[], contractLines: ReadonlyMap<string, ProjectContractLine>,
): Promise<CorrectableFacts[]> {
  const newest = new Map<string, Actual[]>();
  const billedRoots = new Set<string>();
  /** The revised detail that each detail at hand belongs to. */
  let roots = new Map(details.map(({ id }) => [id, id]));
  while (roots.size > 0) {
    const billed = await lockBilledActualsOf(work, [...roots.keys()]);
    for (const actual of billed) billedRoots.add(roots.get(actual.lineDetailId!)!);
    for (const actual of billed.filter(isNewest)) {
      const root = roots.get(actual.lineDetailId!)!;
      newest.set(root, [...(newest.get(root) ?? []), actual]);
    }
    const replaced = new Map(billed.filter(isReplaced).map((actual) => [actual.id, roots.get(actual.lineDetailId!)!]));
    const corrections = await correctionDetailsOf(work, [...replaced.keys()]);
    roots = new Map(corrections.map(({ detailId, billedActualId }) => [detailId, replaced.get(billedActualId)!]));
  }
  const inProgress = await correctionDetailsOf(work, [...newest.values()].flat().map(({ id }) => id));
  return details.map(({ id, contractLineId }) => {
    const own = newest.get(id) ?? [];
    return {
      detailId: id,
      isBilled: billedRoots.has(id),
      newest: own,
      inProgress: inProgress.filter(({ billedActualId }) => own.some((actual) => actual.id === billedActualId)),
      contractLine: contractLines.get(contractLineId) ?? null,
    };
  });
}
