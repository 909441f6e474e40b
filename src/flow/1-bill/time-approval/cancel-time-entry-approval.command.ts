import type { CommandContext } from '../../../context';
import { Actual, TransactionConnection } from '../../../entities/dataverse';
import { timestampOf, todayOf } from '../../../kernel/clock';
import { refuse, refuseAny, stale, type Refusal } from '../../../kernel/refusal';
import { lockContracts } from '../../../stores/dataverse/project-contract.store';
import {
  cancelActuals,
  contractsOfTimeEntries,
  lockActualsOfTimeEntries,
  lockTimeEntries,
  moveTimeEntryStatus,
} from '../../../stores/dataverse/time-entry.store';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfNames } from '../../named-list';
import { moveOf } from '../transition';
import { decideCancellation, type ApprovalDecision, type ApprovalFacts } from './approval.decision';
import { isOpen, namedTimeEntries, refusalOfEntry, refusalOfInvoiced } from './approval.rules';
import { writeDecisions, type TimeApprovalOutcome } from './approve-time-entries.command';
import { TIME_ENTRY_STATES } from './time-entry.states';

export interface CancelTimeEntryApprovalInput {
  readonly timeEntryIds: readonly string[];
  /** When the reversals count in the books; today unless given. */
  readonly accountingDate?: string | null;
}

/**
 * Takes the approval of time back, of all entries or none: the actuals become Adjusted and get unadjustable reversals, which the
 * next sync carries; the time is submitted again (domain facts 6.8 F). Refuses what is on a proforma or invoiced.
 */
export async function cancelTimeEntryApproval(
  context: CommandContext,
  input: CancelTimeEntryApprovalInput,
  request: CommandRequest,
): Promise<TimeApprovalOutcome> {
  return runCommand(context, request, async (work) => {
    const { timeEntryIds } = input;
    const pathOf = (index: number) => ['input', 'timeEntryIds', String(index)];
    refuseAny(refusalsOfNames(timeEntryIds, namedTimeEntries(pathOf)));
    await lockContracts(work, await contractsOfTimeEntries(work, timeEntryIds));
    const entries = await lockTimeEntries(work, timeEntryIds);
    const cancellation: ApprovalFacts = {
      changeSetId: context.ids.next(),
      now: timestampOf(context.clock),
      accountingDate: input.accountingDate ?? todayOf(context.clock),
      newId: () => context.ids.next(),
    };
    const liveOf = await lockActualsOfTimeEntries(work, timeEntryIds);
    const refusals: Refusal[] = [];
    const decisions: ApprovalDecision[] = [];
    const openIds: string[] = [];
    for (const [index, timeEntryId] of timeEntryIds.entries()) {
      const live = liveOf.get(timeEntryId) ?? [];
      const refusal =
        refusalOfEntry('cancelApproval', timeEntryId, entries.get(timeEntryId), pathOf(index)) ??
        refusalOfInvoiced(timeEntryId, live, pathOf(index));
      if (refusal) refusals.push(refusal);
      const open = live.filter(isOpen);
      openIds.push(...open.map(({ id }) => id));
      decisions.push(decideCancellation(cancellation, timeEntryId, open));
    }
    refuseAny(refusals);
    const moved = await moveTimeEntryStatus(work, timeEntryIds, ...moveOf(TIME_ENTRY_STATES, 'cancelApproval'));
    const cancelled = await cancelActuals(work, openIds);
    if (moved !== timeEntryIds.length || cancelled !== openIds.length) refuse(stale('A time entry', null, null));
    const actualIds = await writeDecisions(work, decisions);
    await logChangeSet(work, context, cancellation.changeSetId, [Actual, TransactionConnection]);
    return { timeEntryIds, actualIds };
  });
}
