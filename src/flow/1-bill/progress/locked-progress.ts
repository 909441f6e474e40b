import type { CommandContext } from '../../../context';
import { Milestone, type ProgressMilestone } from '../../../entities/dataverse';
import { notFound, refuse, refuseStale, stale } from '../../../kernel/refusal';
import { addMilestones } from '../../../stores/dataverse/milestone.store';
import {
  changeMilestones,
  changeProgressMilestone,
  lineOfProgressMilestone,
  lockMilestonesOfProgress,
  lockProgressMilestone,
} from '../../../stores/dataverse/progress-milestone.store';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import type { UnitOfWork } from '../../../stores/session';
import { lockLine } from '../milestones/create-milestone.command';
import type { MilestoneChange, ProgressFacts, Split } from './progress.decision';

/** Which progress milestone a command is about, and the version that the caller has read, if that matters to him. */
export interface ProgressMilestoneReference {
  readonly progressMilestoneId: string;
  readonly expectedVersion?: number | null;
}

/** A progress milestone with its milestones, locked together with its contract. */
export interface LockedProgress {
  readonly progress: ProgressMilestone;
  readonly facts: ProgressFacts;
}

/** Locks a progress milestone, or refuses it as unknown or changed meanwhile. */
export async function lockProgress(work: UnitOfWork, reference: ProgressMilestoneReference): Promise<LockedProgress> {
  const { progressMilestoneId, expectedVersion = null } = reference;
  const path = ['input', 'progressMilestoneId'];
  const contractLineId =
    (await lineOfProgressMilestone(work, progressMilestoneId)) ?? refuse(notFound('progress milestone', progressMilestoneId, path));
  // The contract first, as everywhere: marking and creating proformas wait there.
  const { currencyDecimals } = await lockLine(work, contractLineId, path);
  const progress = await lockProgressMilestone(work, progressMilestoneId);
  refuseStale(`The progress milestone ${progress.name}`, expectedVersion, progress.version);
  const milestones = await lockMilestonesOfProgress(work, progressMilestoneId);
  return { progress, facts: { amount: progress.amount, currencyDecimals, milestones } };
}

/**
 * Writes a split and the header's own changes. Milestones that are new or whose mapped columns changed are a change set for
 * finance; only the amount and the date of a milestone are mapped.
 */
export async function writeSplit(
  work: UnitOfWork,
  context: CommandContext,
  { progress, facts }: LockedProgress,
  { changed, added }: Split,
  changes: Partial<ProgressMilestone>,
): Promise<void> {
  const changeSetId = context.ids.next();
  const before = new Map(facts.milestones.map((milestone) => [milestone.id, milestone]));
  await changeMilestones(
    work,
    changed.map((change) => {
      const milestone = before.get(change.id)!;
      const isMapped = !change.amount.eq(milestone.amount) || change.milestoneDate !== milestone.milestoneDate;
      return { ...columnsOf(change), version: milestone.version + 1, changeSetId: isMapped ? changeSetId : milestone.changeSetId };
    }),
  );
  await addMilestones(
    work,
    added.map(({ from, change }) => ({ ...from, ...columnsOf(change), version: 1, sourceVersion: 0, changeSetId })),
  );
  await logChangeSet(work, context, changeSetId, [Milestone]);
  if (!(await changeProgressMilestone(work, progress, changes))) refuse(stale(`The progress milestone ${progress.name}`, null, null));
}

/** A part has no tax estimate of its own: finance computes the tax of what it invoices. */
function columnsOf(change: MilestoneChange): Partial<Milestone> {
  return { ...change, amountAfterTax: change.amount, invoiceDate: change.milestoneDate };
}
