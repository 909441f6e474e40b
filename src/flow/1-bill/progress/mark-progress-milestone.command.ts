import type { CommandContext } from '../../../context';
import { Decimal } from '../../../kernel/decimal';
import { invalid, refuse, stale } from '../../../kernel/refusal';
import { billedMilestonesOf, changeProgressMilestone } from '../../../stores/dataverse/progress-milestone.store';
import { runCommand, type CommandRequest } from '../../command';
import type { ProgressMilestoneOutcome } from './create-progress-milestone.command';
import { lockProgress, writeSplit, type LockedProgress, type ProgressMilestoneReference } from './locked-progress';
import { decidePart, decideTakingBack, partOf, takenPercentOf, WHOLE, type AskedPart, type Part } from './progress.decision';

export interface NextPartInput extends ProgressMilestoneReference {
  /** Percent of the whole amount; give this or `nextAmount`. */
  readonly nextPercent?: Decimal | null;
  /** Before tax, of all customers together. */
  readonly nextAmount?: Decimal | null;
  readonly milestoneDate?: string | null;
}

/** Says how much of a progress milestone is to be invoiced next, without marking it. Refuses more than what is left. */
export async function updateProgressMilestone(
  context: CommandContext,
  input: NextPartInput,
  request: CommandRequest,
): Promise<ProgressMilestoneOutcome> {
  return runCommand(context, request, async (work) => {
    const locked = await lockProgress(work, input);
    const { progress } = locked;
    const isAsked = (input.nextPercent ?? input.nextAmount ?? null) !== null;
    if (!isAsked && !input.milestoneDate) {
      refuse(invalid('INVALID_INPUT', 'Give nextPercent, nextAmount or milestoneDate.', ['input']));
    }
    const next = isAsked ? partAsked(locked, input) : { percent: progress.nextPercent, amount: progress.nextAmount };
    const changes = { nextPercent: next.percent, nextAmount: next.amount, milestoneDate: input.milestoneDate ?? progress.milestoneDate };
    if (!(await changeProgressMilestone(work, progress, changes))) refuse(stale(`The progress milestone ${progress.name}`, null, null));
    return { progressMilestoneId: progress.id };
  });
}

/**
 * Makes the next part of a progress milestone ready: the one that the input gives, else the one that was decided before (domain
 * facts 6.4). From then on the part is invoiced like any milestone.
 */
export async function markProgressMilestoneReady(
  context: CommandContext,
  input: NextPartInput,
  request: CommandRequest,
): Promise<ProgressMilestoneOutcome> {
  return runCommand(context, request, async (work) => {
    const locked = await lockProgress(work, input);
    const { progress, facts } = locked;
    const isAsked = (input.nextPercent ?? input.nextAmount ?? null) !== null;
    const part = isAsked ? partAsked(locked, input) : partDecided(locked);
    const split = decidePart(facts, part, input.milestoneDate ?? progress.milestoneDate, () => context.ids.next());
    await writeSplit(work, context, locked, split, { nextPercent: null, nextAmount: null });
    return { progressMilestoneId: progress.id };
  });
}

/** Takes the parts back that are ready and on no proforma: they merge into what is left. Refuses when there is none. */
export async function markProgressMilestoneNotReady(
  context: CommandContext,
  input: ProgressMilestoneReference,
  request: CommandRequest,
): Promise<ProgressMilestoneOutcome> {
  return runCommand(context, request, async (work) => {
    const locked = await lockProgress(work, input);
    const billed = await billedMilestonesOf(work, locked.facts.milestones.map(({ id }) => id));
    const split = decideTakingBack(locked.facts, billed);
    if (split.changed.length === 0) {
      const sentence = `The progress milestone ${locked.progress.name} has no part that is ready and on no proforma.`;
      refuse(invalid('NOTHING_READY_TO_INVOICE', sentence, ['input', 'progressMilestoneId']));
    }
    await writeSplit(work, context, locked, split, {});
    return { progressMilestoneId: locked.progress.id };
  });
}

function partAsked({ facts }: LockedProgress, input: NextPartInput): Part {
  const part = partOf(facts, { percent: input.nextPercent ?? null, amount: input.nextAmount ?? null }, (field) => ['input', field]);
  return 'kind' in part ? refuse(part) : part;
}

/** The part that was decided before; what is left may be another by now. */
function partDecided({ progress, facts }: LockedProgress): Part {
  const { nextPercent, nextAmount } = progress;
  if (nextPercent === null || nextAmount === null) {
    const sentence = `Nobody has decided yet how much of the progress milestone ${progress.name} is next.`;
    refuse(invalid('INVALID_INPUT', sentence, ['input', 'nextPercent']));
  }
  const left = WHOLE.minus(takenPercentOf(facts));
  const completes = nextPercent.eq(left);
  const asked: AskedPart = completes ? { percent: nextPercent, amount: null } : { percent: null, amount: nextAmount };
  const part = partOf(facts, asked, () => ['input', 'progressMilestoneId']);
  return 'kind' in part ? refuse(part) : { ...part, percent: Decimal.min(nextPercent, left) };
}
