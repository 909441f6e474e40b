import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { createMilestone } from '../../flow/1-bill/milestones/create-milestone.command';
import { approveTimeEntries, type TimeApprovalOutcome } from '../../flow/1-bill/time-approval/approve-time-entries.command';
import { cancelTimeEntryApproval } from '../../flow/1-bill/time-approval/cancel-time-entry-approval.command';
import type { Decimal } from '../../kernel/decimal';
import { ProjectContractLine } from '../../schema/dataverse/project-contract.type';
import { ApproveTimeEntriesInput, CancelTimeEntryApprovalInput, CreateMilestoneInput } from '../../schema/dataverse/time-approval.input';
import { CreateMilestonePayload, TimeApprovalPayload } from '../../schema/dataverse/time-approval.payload';
import { DecimalScalar } from '../../schema/shared/scalars';
import { milestoneCoverageOf, type MilestoneCoverage } from '../../stores/dataverse/milestone.store';
import { keyOf } from '../../stores/reading/global-id';
import type { GraphRow } from '../../stores/reading/plan';
import { loaderAt } from '../loaders/read';
import { answer, keysOf, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const NOTHING = { timeEntries: [] as string[], actuals: [] as string[] };

/** What brings transactions into the billing backlog: approved time and milestones. */
@Resolver(() => ProjectContractLine)
export class TimeApprovalResolver {
  @Mutation(() => TimeApprovalPayload, { description: 'Approves submitted time, all entries or none: creates its cost and, for each customer who shares the contract line, its unbilled sales.' })
  approveTimeEntries(@Arg('input', { description: 'What to approve.' }) input: ApproveTimeEntriesInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING, async () => {
      const entries = input.entries.map((entry, index) => ({
        ...entry,
        timeEntryId: keyOf('TimeEntry', entry.timeEntryId, ['input', 'entries', String(index), 'timeEntryId']),
        categoryId: entry.categoryId ? keyOf('TransactionCategory', entry.categoryId, ['input', 'entries', String(index), 'categoryId']) : null,
      }));
      const wanted = { ...input, entries };
      return approved(await approveTimeEntries(command, wanted, requestOf('approveTimeEntries', wanted)));
    });
  }

  @Mutation(() => TimeApprovalPayload, { description: 'Takes the approval of time back, all entries or none: its actuals are adjusted and reversed. Refused for time that is on a proforma or invoiced.' })
  cancelTimeEntryApproval(@Arg('input', { description: 'Which time.' }) input: CancelTimeEntryApprovalInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING, async () => {
      const wanted = { ...input, timeEntryIds: keysOf('TimeEntry', input.timeEntryIds, 'timeEntryIds') ?? [] };
      return approved(await cancelTimeEntryApproval(command, wanted, requestOf('cancelTimeEntryApproval', wanted)));
    });
  }

  @Mutation(() => CreateMilestonePayload, { description: 'Adds a milestone to a fixed-price line: one for each customer who shares it, not ready yet. Refused when the milestones would sum to more than the line is contracted at.' })
  createMilestone(@Arg('input', { description: 'The milestone.' }) input: CreateMilestoneInput, @Ctx() { command }: RequestContext) {
    return answer({ milestones: [] as string[] }, async () => {
      const wanted = { ...input, contractLineId: keyOf('ProjectContractLine', input.contractLineId, ['input', 'contractLineId']) };
      const { milestoneIds } = await createMilestone(command, wanted, requestOf('createMilestone', wanted));
      return { milestones: [...milestoneIds] };
    });
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: 'What the milestones of a fixed-price line do not cover of its contracted amount yet: zero on a complete schedule; null without a contracted amount.' })
  async remainingMilestoneAmount(@Root() line: GraphRow, @Ctx() context: RequestContext): Promise<Decimal | null> {
    const { contracted, planned } = await coverageOf(context, line);
    return contracted?.minus(planned) ?? null;
  }
}

function approved({ timeEntryIds, actualIds }: TimeApprovalOutcome) {
  return { timeEntries: [...timeEntryIds], actuals: [...actualIds] };
}

function coverageOf(context: RequestContext, line: GraphRow): Promise<MilestoneCoverage> {
  return loaderAt<MilestoneCoverage>(context, milestoneCoverageOf, async (keys) => {
    const found = await milestoneCoverageOf(context.session, keys);
    return keys.map((key) => found.get(key)!);
  }).load(line['#']);
}
