import type { CommandContext } from '../../../context';
import { NotToExceedStatus } from '../../../entities/dataverse';
import { invalid, notFound, refuse, refuseAny, stale, type Refusal } from '../../../kernel/refusal';
import {
  contractsOfTransactions,
  lockActuals,
  lockMilestones,
  moveBillingStatus,
  moveBillingStatusOfContracts,
  moveMilestoneStatus,
  moveMilestoneStatusOfContracts,
} from '../../../stores/dataverse/billing-backlog.store';
import { countFailed } from '../../../stores/dataverse/not-to-exceed.store';
import { lockRetainers, moveRetainerStatus, moveRetainerStatusOfContracts } from '../../../stores/dataverse/retainer.store';
import { lockContracts } from '../../../stores/dataverse/project-contract.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { CONTRACTS_MAX, MARKED_IDS_MAX } from '../bill.limits';
import { BILLING_STATES } from '../billing-status.states';
import { refusalsOfActuals, refusalsOfMilestones, refusalsOfRetainers, type MarkingAction } from './marking.rules';
import { MILESTONE_STATES } from '../milestone.states';
import { LockedLimits, refusalsOfFailed } from '../not-to-exceed/evaluate';
import { RETAINER_STATES } from '../retainers/retainer.states';
import { moveOf } from '../transition';

export interface MarkTransactionsInput {
  readonly actualIds?: readonly string[] | null;
  readonly milestoneIds?: readonly string[] | null;
  readonly retainerIds?: readonly string[] | null;
  /** Every eligible open transaction of these contracts. */
  readonly contractIds?: readonly string[] | null;
  /** With `contractIds`: only transactions up to this day, and on it. */
  readonly transactionsThrough?: string | null;
}

export interface MarkTransactionsOutcome {
  readonly actualCount: number;
  readonly milestoneCount: number;
  readonly retainerCount: number;
  /** Actuals of the contracts that are left because they failed a not-to-exceed limit; zero when marks are taken back. */
  readonly failedActualCount: number;
  /** The named ones; those that were found by contract are counted only. */
  readonly actualIds: string[];
  readonly milestoneIds: string[];
  readonly retainerIds: string[];
}

/**
 * Marks transactions of the billing backlog as ready to invoice: named ones all or none, and, by contract, every eligible one.
 * Refuses adjusted, unadjustable and not-to-exceed-failed actuals (domain facts 6.2). Not-to-exceed limits are evaluated here:
 * a named actual that exceeds one refuses all, one that was found by contract is left as Failed.
 */
export async function markReadyToInvoice(
  context: CommandContext,
  input: MarkTransactionsInput,
  request: CommandRequest,
): Promise<MarkTransactionsOutcome> {
  return runCommand(context, request, (work) => mark(work, 'markReady', input));
}

/** Takes the marks back. */
export async function markNotReadyToInvoice(
  context: CommandContext,
  input: MarkTransactionsInput,
  request: CommandRequest,
): Promise<MarkTransactionsOutcome> {
  return runCommand(context, request, (work) => mark(work, 'markNotReady', input));
}

async function mark(work: UnitOfWork, action: MarkingAction, input: MarkTransactionsInput): Promise<MarkTransactionsOutcome> {
  const { transactionsThrough = null } = input;
  const [actualIds, milestoneIds, contractIds] = [input.actualIds ?? [], input.milestoneIds ?? [], input.contractIds ?? []];
  const retainerIds = input.retainerIds ?? [];
  refuseAny(refusalsOfInput(actualIds.length + milestoneIds.length + retainerIds.length, contractIds));
  const contracts = await lockContracts(work, [
    ...contractIds,
    ...(await contractsOfTransactions(work, actualIds, milestoneIds, retainerIds)),
  ]);
  const actuals = await lockActuals(work, actualIds);
  const milestones = await lockMilestones(work, milestoneIds);
  const retainers = await lockRetainers(work, retainerIds);
  refuseAny([
    ...refusalsOfActuals(action, actualIds, actuals),
    ...refusalsOfMilestones(action, milestoneIds, milestones),
    ...refusalsOfRetainers(action, retainerIds, retainers),
    ...contractIds.flatMap((id, index) =>
      contracts.has(id) ? [] : notFound('project contract', id, ['input', 'contractIds', String(index)]),
    ),
  ]);
  const limits = action === 'markReady' ? await LockedLimits.of(work, contracts) : null;
  const uncommitted = [...actuals.values()].filter((actual) => actual.notToExceedStatus !== NotToExceedStatus.COMMITTED);
  refuseAny(refusalsOfFailed(actualIds, (await limits?.evaluate(uncommitted))?.failedIds ?? []));
  const billingMove = moveOf(BILLING_STATES, action);
  const milestoneMove = moveOf(MILESTONE_STATES, action);
  const retainerMove = moveOf(RETAINER_STATES, action);
  let actualCount = await moveBillingStatus(work, [...actuals.keys()], ...billingMove);
  let milestoneCount = await moveMilestoneStatus(work, [...milestones.keys()], ...milestoneMove);
  let retainerCount = await moveRetainerStatus(work, [...retainers.keys()], ...retainerMove);
  if (actualCount !== actuals.size || milestoneCount !== milestones.size || retainerCount !== retainers.size) {
    refuse(stale('A named transaction', null, null));
  }
  let failedActualCount = 0;
  if (contractIds.length > 0) {
    for (const contractId of limits?.limited(contractIds) ?? []) {
      await limits!.evaluateContract({ contractId, transactionsThrough, withFailed: false });
    }
    const scope = { transactionsThrough, withinLimitsOnly: action === 'markReady' };
    actualCount += await moveBillingStatusOfContracts(work, contractIds, ...billingMove, scope);
    milestoneCount += await moveMilestoneStatusOfContracts(work, contractIds, ...milestoneMove, scope);
    retainerCount += await moveRetainerStatusOfContracts(work, contractIds, ...retainerMove, transactionsThrough);
    if (limits) failedActualCount = await countFailed(work, contractIds, transactionsThrough);
  }
  return {
    ...{ actualCount, milestoneCount, retainerCount, failedActualCount },
    actualIds: [...actuals.keys()],
    milestoneIds: [...milestones.keys()],
    retainerIds: [...retainers.keys()],
  };
}

function refusalsOfInput(named: number, contractIds: readonly string[]): Refusal[] {
  if (named + contractIds.length === 0) {
    return [invalid('INVALID_INPUT', 'Name at least one actual, milestone, retainer or contract.', ['input'])];
  }
  if (named > MARKED_IDS_MAX) {
    return [
      invalid('INVALID_INPUT', `At most ${MARKED_IDS_MAX} transactions can be named; mark larger sets by contract.`, ['input']),
    ];
  }
  if (contractIds.length > CONTRACTS_MAX) {
    return [
      invalid('INVALID_INPUT', `At most ${CONTRACTS_MAX} contracts can be named in one request.`, ['input', 'contractIds']),
    ];
  }
  return [];
}
