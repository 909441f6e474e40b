import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { CommandContext } from '../../context';
import type { CommandRequest } from '../../flow/command';
import { createProgressMilestone, type ProgressMilestoneOutcome } from '../../flow/1-bill/progress/create-progress-milestone.command';
import { markProgressMilestoneNotReady, markProgressMilestoneReady, updateProgressMilestone } from '../../flow/1-bill/progress/mark-progress-milestone.command';
import { progressStatusOf } from '../../flow/1-bill/progress/progress.states';
import type { Decimal } from '../../kernel/decimal';
import { CreateProgressMilestoneInput, MarkProgressMilestoneNotReadyInput, MarkProgressMilestoneReadyInput, UpdateProgressMilestoneInput } from '../../schema/dataverse/progress-milestone.input';
import { ProgressMilestonePayload } from '../../schema/dataverse/progress-milestone.payload';
import { ProgressMilestone, ProgressStatus } from '../../schema/dataverse/progress-milestone.type';
import { DecimalScalar } from '../../schema/shared/scalars';
import { progressPositionsOf, type ProgressPosition } from '../../stores/dataverse/progress-milestone.store';
import { keyOf } from '../../stores/reading/global-id';
import type { GraphRow } from '../../stores/reading/plan';
import { loaderAt } from '../loaders/read';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver(() => ProgressMilestone)
export class ProgressMilestoneResolver {
  @Mutation(() => ProgressMilestonePayload, { description: 'Adds a progress milestone to a fixed-price line. Refused when the milestones would sum to more than the line is contracted at.' })
  createProgressMilestone(@Arg('input', { description: 'The progress milestone.' }) input: CreateProgressMilestoneInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING, async () => {
      const wanted = { ...input, contractLineId: keyOf('ProjectContractLine', input.contractLineId, ['input', 'contractLineId']) };
      const { progressMilestoneId } = await createProgressMilestone(command, wanted, requestOf('createProgressMilestone', wanted));
      return { progressMilestone: progressMilestoneId };
    });
  }

  @Mutation(() => ProgressMilestonePayload, { description: 'Decides how much of a progress milestone is to be invoiced next, in percent or as an amount, without marking it. More than what is left is refused.' })
  updateProgressMilestone(@Arg('input', { description: 'The next part.' }) input: UpdateProgressMilestoneInput, @Ctx() { command }: RequestContext) {
    return progress(command, 'updateProgressMilestone', input, updateProgressMilestone);
  }

  @Mutation(() => ProgressMilestonePayload, { description: 'Marks the next part of a progress milestone ready: splits it off as milestones that are Ready for invoicing; what is left stays Not ready.' })
  markProgressMilestoneReady(@Arg('input', { description: 'The next part.' }) input: MarkProgressMilestoneReadyInput, @Ctx() { command }: RequestContext) {
    return progress(command, 'markProgressMilestoneReady', input, markProgressMilestoneReady);
  }

  @Mutation(() => ProgressMilestonePayload, { description: 'Takes back the parts of a progress milestone that are ready and on no proforma: they merge into what is left.' })
  markProgressMilestoneNotReady(@Arg('input', { description: 'Which progress milestone.' }) input: MarkProgressMilestoneNotReadyInput, @Ctx() { command }: RequestContext) {
    return progress(command, 'markProgressMilestoneNotReady', input, markProgressMilestoneNotReady);
  }

  @FieldResolver(() => ProgressStatus, { description: 'How far it has been invoiced.' })
  async status(@Root() row: GraphRow, @Ctx() context: RequestContext): Promise<ProgressStatus> {
    return progressStatusOf(await positionOf(context, row)) as ProgressStatus;
  }

  @FieldResolver(() => DecimalScalar, { description: 'What no part has taken yet.' })
  async remainingAmount(@Root() row: GraphRow, @Ctx() context: RequestContext): Promise<Decimal> {
    return (await positionOf(context, row)).remaining;
  }

  @FieldResolver(() => DecimalScalar, { description: 'What is ready for the next proforma.' })
  async readyAmount(@Root() row: GraphRow, @Ctx() context: RequestContext): Promise<Decimal> {
    return (await positionOf(context, row)).ready;
  }

  @FieldResolver(() => DecimalScalar, { description: 'What is on confirmed proformas.' })
  async invoicedToDate(@Root() row: GraphRow, @Ctx() context: RequestContext): Promise<Decimal> {
    return (await positionOf(context, row)).invoiced;
  }
}

const NOTHING = { progressMilestone: null as string | null };

interface Reference {
  readonly progressMilestoneId: string;
}

function progress<Input extends Reference>(
  command: CommandContext,
  mutation: string,
  input: Input,
  perform: (context: CommandContext, input: Input, request: CommandRequest) => Promise<ProgressMilestoneOutcome>,
) {
  return answer(NOTHING, async () => {
    const wanted = { ...input, progressMilestoneId: keyOf('ProgressMilestone', input.progressMilestoneId, ['input', 'progressMilestoneId']) };
    const { progressMilestoneId } = await perform(command, wanted, requestOf(mutation, wanted));
    return { progressMilestone: progressMilestoneId };
  });
}

/** Positions are computed when asked, together for all progress milestones of the request. */
function positionOf(context: RequestContext, row: GraphRow): Promise<ProgressPosition> {
  return loaderAt<ProgressPosition>(context, progressPositionsOf, async (keys) => {
    const found = await progressPositionsOf(context.session, keys);
    return keys.map((key) => found.get(key)!);
  }).load(row['#']);
}
