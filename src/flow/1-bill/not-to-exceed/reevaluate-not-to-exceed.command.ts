import type { CommandContext } from '../../../context';
import { BillingStatus, NotToExceedStatus, TransactionType, type Actual } from '../../../entities/dataverse';
import { invalid, notFound, refuseAny, wrongState, type Refusal } from '../../../kernel/refusal';
import { contractsOfTransactions, lockActuals } from '../../../stores/dataverse/billing-backlog.store';
import { coverByLimit, lockLimits } from '../../../stores/dataverse/not-to-exceed.store';
import { lockContracts } from '../../../stores/dataverse/project-contract.store';
import { runCommand, type CommandRequest } from '../../command';
import { CONTRACTS_MAX, MARKED_IDS_MAX } from '../bill.limits';
import { LockedLimits } from './evaluate';

export interface ReevaluateNotToExceedInput {
  readonly actualIds?: readonly string[] | null;
  /** Every open transaction of these contracts that is not committed. */
  readonly contractIds?: readonly string[] | null;
}

export interface ReevaluateNotToExceedOutcome {
  readonly committedCount: number;
  readonly failedCount: number;
  /** The named ones. */
  readonly actualIds: readonly string[];
}

/**
 * Evaluates transactions of the backlog against the not-to-exceed limits again, as after a limit was raised: those that failed
 * and those that were never evaluated. Committed ones keep their place (domain facts 6.1).
 */
export async function reevaluateNotToExceed(
  context: CommandContext,
  input: ReevaluateNotToExceedInput,
  request: CommandRequest,
): Promise<ReevaluateNotToExceedOutcome> {
  return runCommand(context, request, async (work) => {
    const [actualIds, contractIds] = [input.actualIds ?? [], input.contractIds ?? []];
    refuseAny(refusalsOfInput(actualIds, contractIds));
    const contracts = await lockContracts(work, [...contractIds, ...(await contractsOfTransactions(work, actualIds, []))]);
    const actuals = await lockActuals(work, actualIds);
    refuseAny([
      ...actualIds.flatMap((id, index) => refusalOfNamed(id, actuals.get(id), ['input', 'actualIds', String(index)]) ?? []),
      ...contractIds.flatMap((id, index) =>
        contracts.has(id) ? [] : notFound('project contract', id, ['input', 'contractIds', String(index)]),
      ),
    ]);
    // What was loaded after its limit was set: ready and on drafts it counts, so it is committed.
    for (const limit of await lockLimits(work, contractIds)) await coverByLimit(work, limit.id);
    const limits = await LockedLimits.of(work, contracts);
    const named = await limits.evaluate([...actuals.values()].filter(isUncommitted));
    let [committedCount, failedCount] = [named.committedIds.length, named.failedIds.length];
    for (const contractId of new Set(contractIds)) {
      const found = await limits.evaluateContract({ contractId, transactionsThrough: null, withFailed: true });
      committedCount += found.committed;
      failedCount += found.failed;
    }
    return { committedCount, failedCount, actualIds };
  });
}

/** Whether a transaction takes nothing from a limit yet: what is ready counts already, unless it failed. */
function isUncommitted({ notToExceedStatus, billingStatus }: Actual): boolean {
  if (notToExceedStatus === NotToExceedStatus.FAILED) return true;
  return notToExceedStatus !== NotToExceedStatus.COMMITTED && billingStatus === BillingStatus.UNBILLED_SALES_CREATED;
}

const OPEN_STATUSES: readonly (BillingStatus | null)[] = [BillingStatus.UNBILLED_SALES_CREATED, BillingStatus.READY_TO_INVOICE];

function refusalOfNamed(id: string, actual: Actual | undefined, path: string[]): Refusal | null {
  if (!actual) return notFound('actual', id, path);
  const what = `The actual ${id}`;
  if (actual.transactionType !== TransactionType.UNBILLED_SALES) {
    return invalid('NOT_UNBILLED_SALES', `${what} is ${TransactionType[actual.transactionType]}; limits are for unbilled sales.`, path);
  }
  if (actual.adjustmentStatus !== null) return invalid('ADJUSTED', `${what} was replaced, or is a reversal.`, path);
  if (OPEN_STATUSES.includes(actual.billingStatus)) return null;
  const from = actual.billingStatus === null ? 'NONE' : BillingStatus[actual.billingStatus];
  const allowed = OPEN_STATUSES.map((status) => BillingStatus[status!]);
  return wrongState({ what, from, to: 'EVALUATED', allowed, path });
}

function refusalsOfInput(actualIds: readonly string[], contractIds: readonly string[]): Refusal[] {
  if (actualIds.length + contractIds.length === 0) return [invalid('INVALID_INPUT', 'Name at least one actual or contract.', ['input'])];
  if (actualIds.length > MARKED_IDS_MAX) {
    return [invalid('INVALID_INPUT', `At most ${MARKED_IDS_MAX} actuals can be named; evaluate larger sets by contract.`, ['input', 'actualIds'])];
  }
  if (contractIds.length > CONTRACTS_MAX) {
    return [invalid('INVALID_INPUT', `At most ${CONTRACTS_MAX} contracts can be named in one request.`, ['input', 'contractIds'])];
  }
  return [];
}
