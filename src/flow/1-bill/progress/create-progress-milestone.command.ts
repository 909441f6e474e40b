import type { CommandContext } from '../../../context';
import { Milestone } from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { refuseAny } from '../../../kernel/refusal';
import { addMilestones, milestoneCoverageOf } from '../../../stores/dataverse/milestone.store';
import { addProgressMilestone } from '../../../stores/dataverse/progress-milestone.store';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import { runCommand, type CommandRequest } from '../../command';
import { lockSharedLine, milestonesOf } from '../milestones/create-milestone.command';
import { refusalsOfMilestone } from '../milestones/milestone.rules';

export interface CreateProgressMilestoneInput {
  readonly contractLineId: string;
  readonly name: string;
  readonly description?: string | null;
  /** Before tax, in the contract's currency, of all customers together. */
  readonly amount: Decimal;
  readonly milestoneDate: string;
}

export interface ProgressMilestoneOutcome {
  readonly progressMilestoneId: string;
}

/**
 * Adds a progress milestone to a fixed-price line: a header, and for each customer who shares the line a milestone over his
 * share of the whole amount, not ready (domain facts 1.8). Refuses more than the line is contracted at.
 */
export async function createProgressMilestone(
  context: CommandContext,
  input: CreateProgressMilestoneInput,
  request: CommandRequest,
): Promise<ProgressMilestoneOutcome> {
  return runCommand(context, request, async (work) => {
    const { contractLineId, name, amount, milestoneDate, description = null } = input;
    const locked = await lockSharedLine(work, contractLineId, ['input', 'contractLineId']);
    const coverage = (await milestoneCoverageOf(work, [contractLineId])).get(contractLineId)!;
    const planned = { name, description, amount, tax: ZERO };
    refuseAny(refusalsOfMilestone(locked.line, coverage, planned, locked.currencyDecimals));
    const [progressMilestoneId, changeSetId] = [context.ids.next(), context.ids.next()];
    await addProgressMilestone(work, {
      id: progressMilestoneId,
      contractId: locked.contract.id,
      contractLineId,
      name,
      description,
      amount,
      milestoneDate,
      nextPercent: null,
      nextAmount: null,
      version: 1,
    });
    await addMilestones(
      work,
      milestonesOf(locked, planned).map((milestone) => ({
        ...milestone,
        id: context.ids.next(),
        progressMilestoneId,
        description,
        milestoneDate,
        invoiceDate: milestoneDate,
        changeSetId,
      })),
    );
    await logChangeSet(work, context, changeSetId, [Milestone]);
    return { progressMilestoneId };
  });
}
