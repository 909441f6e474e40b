import type { CommandContext } from '../../../context';
import type { NotToExceedLimit } from '../../../entities/dataverse';
import type { Decimal } from '../../../kernel/decimal';
import { invalid, notFound, refuse, refuseAny, refuseStale, stale } from '../../../kernel/refusal';
import {
  addLimit,
  changeLimit,
  contractsOfLimits,
  coverByLimit,
  deleteLimit,
  limitPositionsOf,
  lockLimit,
  lockLimits,
  releaseReserved,
  uncoverByLimit,
} from '../../../stores/dataverse/not-to-exceed.store';
import { accountsInOrder, contractCustomersOf, contractLinesOf, currencyDecimalsOf, lockContracts } from '../../../stores/dataverse/project-contract.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { levelOf, refusalsOfLimit, scopeKeyOf, type LimitScope } from './limit.rules';

export interface SetNotToExceedLimitInput {
  readonly contractId: string;
  readonly contractLineId?: string | null;
  readonly customerId?: string | null;
  /** In the contract's currency, before tax. */
  readonly amount: Decimal;
  readonly expectedVersion?: number | null;
}

export interface NotToExceedLimitOutcome {
  readonly limitId: string;
}

/**
 * Sets a not-to-exceed limit, or changes it when what it covers has one (domain facts 6.2). Refuses an amount below what is
 * billed, on drafts or ready; evaluates nothing: what the limit newly covers waits until it is marked or evaluated again.
 */
export async function setNotToExceedLimit(
  context: CommandContext,
  input: SetNotToExceedLimitInput,
  request: CommandRequest,
): Promise<NotToExceedLimitOutcome> {
  return runCommand(context, request, async (work) => {
    const { contractId, amount, expectedVersion = null } = input;
    const scope: LimitScope = { contractId, contractLineId: input.contractLineId ?? null, customerId: input.customerId ?? null };
    await refuseScope(work, scope, amount);
    const found = (await lockLimits(work, [contractId])).find((limit) => limit.scope === scopeKeyOf(scope));
    refuseStale('The not-to-exceed limit', expectedVersion, found?.version ?? null);
    const limitId = found?.id ?? context.ids.next();
    await write(work, found ?? null, { ...scope, id: limitId, level: levelOf(scope), scope: scopeKeyOf(scope), amount, version: 1 });
    await coverByLimit(work, limitId);
    const { held, committed } = (await limitPositionsOf(work, [limitId])).get(limitId)!;
    if (amount.lt(held)) {
      const sentence = `${held.toFixed()} is billed, on drafts or ready already, which is more than ${amount.toFixed()}.`;
      refuse(invalid('NOT_TO_EXCEED_BELOW_COMMITTED', sentence, ['input', 'amount']));
    }
    if (amount.lt(committed)) await releaseReserved(work, limitId);
    return { limitId };
  });
}

async function refuseScope(work: UnitOfWork, scope: LimitScope, amount: Decimal): Promise<void> {
  const { contractId } = scope;
  const contract =
    (await lockContracts(work, [contractId])).get(contractId) ??
    refuse(notFound('project contract', contractId, ['input', 'contractId']));
  refuseAny(
    refusalsOfLimit(scope, amount, {
      contract,
      lines: await contractLinesOf(work, contractId),
      customers: await contractCustomersOf(work, contractId),
      customer: (await accountsInOrder(work, scope.customerId === null ? [] : [scope.customerId]))[0] ?? null,
      currencyDecimals: await currencyDecimalsOf(work, contract.currencyId),
    }),
  );
}

async function write(work: UnitOfWork, found: NotToExceedLimit | null, limit: NotToExceedLimit): Promise<void> {
  if (found === null) return addLimit(work, limit);
  if (!(await changeLimit(work, found, limit.amount))) refuse(stale('The not-to-exceed limit', null, null));
}

export interface RemoveNotToExceedLimitInput {
  readonly limitId: string;
  readonly expectedVersion?: number | null;
}

/** Removes a limit. What no other limit covers is Not Applicable from then on. */
export async function removeNotToExceedLimit(
  context: CommandContext,
  input: RemoveNotToExceedLimitInput,
  request: CommandRequest,
): Promise<NotToExceedLimitOutcome> {
  return runCommand(context, request, async (work) => {
    const { limitId, expectedVersion = null } = input;
    // The contract first, as everywhere: who holds it may be evaluating against the limit.
    await lockContracts(work, await contractsOfLimits(work, [limitId]));
    const limit = (await lockLimit(work, limitId)) ?? refuse(notFound('not-to-exceed limit', limitId, ['input', 'limitId']));
    refuseStale('The not-to-exceed limit', expectedVersion, limit.version);
    await uncoverByLimit(work, limitId);
    if (!(await deleteLimit(work, limit))) refuse(stale('The not-to-exceed limit', null, null));
    return { limitId };
  });
}
