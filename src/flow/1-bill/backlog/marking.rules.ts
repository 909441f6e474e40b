import { AdjustmentStatus, NotToExceedStatus, TransactionType, type Actual, type Milestone, type Retainer } from '../../../entities/dataverse';
import { invalid, notFound, type Refusal } from '../../../kernel/refusal';
import { BILLING_STATES } from '../billing-status.states';
import { MILESTONE_STATES } from '../milestone.states';
import { RETAINER_STATES } from '../retainers/retainer.states';
import { refusalOf } from '../transition';

export type MarkingAction = 'markReady' | 'markNotReady';

/** What the marking of an actual depends on. */
export type MarkableActual = Pick<
  Actual,
  'id' | 'transactionType' | 'billingStatus' | 'adjustmentStatus' | 'notToExceedStatus' | 'contractLineId'
>;
export type MarkableMilestone = Pick<Milestone, 'id' | 'name' | 'invoiceStatus'> & Partial<Pick<Milestone, 'progressMilestoneId'>>;
export type MarkableRetainer = Pick<Retainer, 'id' | 'invoiceStatus'>;

/** Why this actual cannot be marked; null when it can. The first reason in the codes' order of precedence is reported. */
export function refusalOfActual(action: MarkingAction, actual: MarkableActual, path: string[]): Refusal | null {
  const what = `The actual ${actual.id}`;
  if (actual.transactionType !== TransactionType.UNBILLED_SALES) {
    return invalid(
      'NOT_UNBILLED_SALES',
      `${what} is ${TransactionType[actual.transactionType]}; only unbilled sales are invoiced.`,
      path,
    );
  }
  if (action === 'markReady') {
    if (actual.adjustmentStatus === AdjustmentStatus.ADJUSTED)
      return invalid('ADJUSTED', `${what} was replaced by a later one.`, path);
    if (actual.adjustmentStatus !== null) return invalid('UNADJUSTABLE', `${what} is a reversal or is being adjusted.`, path);
    if (actual.notToExceedStatus === NotToExceedStatus.FAILED) {
      return invalid(
        'NOT_TO_EXCEED_FAILED',
        `${what} failed a not-to-exceed limit; raise the limit and evaluate it again.`,
        path,
      );
    }
  }
  const wrong = refusalOf(BILLING_STATES, what, actual.billingStatus, action, path);
  if (wrong) return wrong;
  return actual.contractLineId === null ? invalid('NO_CONTRACT_LINE', `${what} is on no contract line.`, path) : null;
}

/** The refusals of a list of named actuals; every one that cannot be marked, under its place in the input. */
export function refusalsOfActuals(
  action: MarkingAction,
  ids: readonly string[],
  found: ReadonlyMap<string, MarkableActual>,
): Refusal[] {
  return ids.flatMap((id, index) => {
    const path = ['input', 'actualIds', String(index)];
    const actual = found.get(id);
    return (actual ? refusalOfActual(action, actual, path) : notFound('actual', id, path)) ?? [];
  });
}

export function refusalsOfMilestones(
  action: MarkingAction,
  ids: readonly string[],
  found: ReadonlyMap<string, MarkableMilestone>,
): Refusal[] {
  return ids.flatMap((id, index) => {
    const path = ['input', 'milestoneIds', String(index)];
    const milestone = found.get(id);
    if (!milestone) return notFound('milestone', id, path);
    if (milestone.progressMilestoneId) {
      const sentence = `The milestone ${milestone.name} is part of a progress milestone; mark that with markProgressMilestoneReady or markProgressMilestoneNotReady.`;
      return invalid('PROGRESS_MILESTONE', sentence, path);
    }
    return refusalOf(MILESTONE_STATES, `The milestone ${milestone.name}`, milestone.invoiceStatus, action, path) ?? [];
  });
}

export function refusalsOfRetainers(
  action: MarkingAction,
  ids: readonly string[],
  found: ReadonlyMap<string, MarkableRetainer>,
): Refusal[] {
  return ids.flatMap((id, index) => {
    const path = ['input', 'retainerIds', String(index)];
    const retainer = found.get(id);
    if (!retainer) return notFound('retainer', id, path);
    return refusalOf(RETAINER_STATES, `The retainer ${id}`, retainer.invoiceStatus, action, path) ?? [];
  });
}
