import {
  AdjustmentStatus,
  CONNECTION_ROLES,
  ProductType,
  TransactionClassification,
  type Actual,
  type ProjectContractLine,
} from '../../../entities/dataverse';
import { ZERO } from '../../../kernel/decimal';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { CorrectionDetail } from '../../../stores/dataverse/correction.store';
import { detailOfActual, type DetailFacts, type DraftDetail } from '../draft/draft.decision';

/** What the correction of one detail of an invoice depends on. */
export interface CorrectableFacts {
  readonly detailId: string;
  /** Whether its confirmation created billed actuals at all. */
  readonly isBilled: boolean;
  /** What it billed that no later actual has replaced: its own billed actuals, or those of the newest correction of it. */
  readonly newest: readonly Actual[];
  /** Corrections of those that are on drafts. */
  readonly inProgress: readonly CorrectionDetail[];
  readonly contractLine: Pick<ProjectContractLine, 'name' | 'productType'> | null;
}

/** Why a detail cannot be corrected; null when it can. */
export function refusalOfCorrection(facts: CorrectableFacts, path: string[]): Refusal | null {
  const { detailId, isBilled, newest, contractLine } = facts;
  const what = `The line detail ${detailId}`;
  const [inProgress] = facts.inProgress;
  if (!isBilled) return invalid('NOT_REVISABLE', `${what} has no billed actual, so there is nothing to correct.`, path);
  if (newest.length === 0) return invalid('CREDITED_ALREADY', `${what} was credited in full; nothing of it is left to correct.`, path);
  if (inProgress) return invalid('CORRECTION_IN_PROGRESS', `${what} is being corrected on the draft ${inProgress.proformaNumber}.`, path);
  if (contractLine && contractLine.productType !== ProductType.PROJECT_BASED_SERVICE) {
    return invalid('NOT_REVISABLE', `${what} is on the product line ${contractLine.name ?? ''}, which journals adjust.`, path);
  }
  if (newest.some((billed) => billed.classification === TransactionClassification.RETAINER)) {
    return invalid('NOT_REVISABLE', `${what} bills a retainer, which is refunded, not corrected.`, path);
  }
  return null;
}

/** Whether a billed actual is neither a reversal nor replaced by a later one. */
export function isNewest(billed: Pick<Actual, 'adjustmentStatus'>): boolean {
  return billed.adjustmentStatus === null;
}

/** Whether later actuals replaced a billed actual. */
export function isReplaced(billed: Pick<Actual, 'adjustmentStatus'>): boolean {
  return billed.adjustmentStatus === AdjustmentStatus.ADJUSTED;
}

/**
 * The detail that corrects a billed actual (domain facts 6.8 E). It starts as a full credit: its quantity is what is to be
 * invoiced instead, not what is credited. Its billing type is that of the billed actual, whatever that is: a correction of
 * something that the customer does not pay for credits nothing.
 */
export function decideCorrectionDetail(facts: DetailFacts, billed: Actual): DraftDetail | Refusal {
  const own = {
    quantity: ZERO,
    amount: ZERO,
    tax: ZERO,
    previousAmount: billed.amount,
    previousTax: billed.tax,
    isCorrection: true,
    originalDetailId: billed.lineDetailId,
    originalBilledActualId: billed.id,
    unbilledActualId: null,
    milestoneId: billed.milestoneId,
  };
  const roles = { ofDetail: CONNECTION_ROLES.replacing, ofActual: CONNECTION_ROLES.original };
  return detailOfActual(facts, `The billed actual ${billed.id}`, billed, own, roles);
}
