import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { CONTRACTS_MAX } from '../../flow/1-bill/bill.limits';
import { reevaluateNotToExceed } from '../../flow/1-bill/not-to-exceed/reevaluate-not-to-exceed.command';
import { removeNotToExceedLimit, setNotToExceedLimit } from '../../flow/1-bill/not-to-exceed/set-not-to-exceed-limit.command';
import type { Decimal } from '../../kernel/decimal';
import { ReevaluateNotToExceedInput, RemoveNotToExceedLimitInput, SetNotToExceedLimitInput } from '../../schema/dataverse/not-to-exceed.input';
import { ReevaluateNotToExceedPayload, RemoveNotToExceedLimitPayload, SetNotToExceedLimitPayload } from '../../schema/dataverse/not-to-exceed.payload';
import { NotToExceedLimit } from '../../schema/dataverse/not-to-exceed.type';
import { DecimalScalar } from '../../schema/shared/scalars';
import { limitPositionsOf, type LimitPosition } from '../../stores/dataverse/not-to-exceed.store';
import { globalIdOf, keyOf } from '../../stores/reading/global-id';
import type { GraphRow } from '../../stores/reading/plan';
import { projectContractSource } from '../../stores/reading/sources';
import { CONTRACT_FIELDS, CONTRACT_LIST_FIELDS, namedRecord, namedRecords } from '../loaders/named-records';
import { loaderAt } from '../loaders/read';
import { answer, keysOf, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver(() => NotToExceedLimit)
export class NotToExceedResolver {
  @Mutation(() => SetNotToExceedLimitPayload, { description: 'Sets how much of a contract, of one of its lines, or of one customer of either may be billed. Refused below what is billed, on drafts or ready; evaluates nothing by itself.' })
  setNotToExceedLimit(@Arg('input', { description: 'The limit.' }) input: SetNotToExceedLimitInput, @Ctx() { command }: RequestContext) {
    return answer({ notToExceedLimit: null as string | null }, async () => {
      const { contractId: id, contractNumber: number, contractLineId, customerId, ...rest } = input;
      const wanted = {
        ...rest,
        contractId: await namedRecord(command.database.reader, projectContractSource, { id, number }, CONTRACT_FIELDS),
        contractLineId: contractLineId ? keyOf('ProjectContractLine', contractLineId, ['input', 'contractLineId']) : null,
        customerId: customerId ? keyOf('Customer', customerId, ['input', 'customerId']) : null,
      };
      const { limitId } = await setNotToExceedLimit(command, wanted, requestOf('setNotToExceedLimit', wanted));
      return { notToExceedLimit: limitId };
    });
  }

  @Mutation(() => RemoveNotToExceedLimitPayload, { description: 'Removes a not-to-exceed limit. What no other limit covers is Not Applicable from then on.' })
  removeNotToExceedLimit(@Arg('input', { description: 'Which limit.' }) input: RemoveNotToExceedLimitInput, @Ctx() { command }: RequestContext) {
    return answer({ removedLimitId: null as string | null }, async () => {
      const wanted = { ...input, limitId: keyOf('NotToExceedLimit', input.limitId, ['input', 'limitId']) };
      const { limitId } = await removeNotToExceedLimit(command, wanted, requestOf('removeNotToExceedLimit', wanted));
      return { removedLimitId: globalIdOf('NotToExceedLimit', limitId) };
    });
  }

  @Mutation(() => ReevaluateNotToExceedPayload, { description: 'Evaluates transactions of the backlog that failed a limit, or were never evaluated, again: in the order of their dates. Committed ones keep their place.' })
  reevaluateNotToExceed(@Arg('input', { description: 'Which transactions.' }) input: ReevaluateNotToExceedInput, @Ctx() { command }: RequestContext) {
    return answer({ committedCount: 0, failedCount: 0, actuals: [] as string[] }, async () => {
      const { contractIds: ids, contractNumbers: numbers, ...rest } = input;
      const wanted = {
        ...rest,
        actualIds: keysOf('Actual', input.actualIds, 'actualIds'),
        contractIds: await namedRecords(command.database.reader, projectContractSource, { ids, numbers }, CONTRACT_LIST_FIELDS, CONTRACTS_MAX),
      };
      const { committedCount, failedCount, actualIds } = await reevaluateNotToExceed(command, wanted, requestOf('reevaluateNotToExceed', wanted));
      return { committedCount, failedCount, actuals: [...actualIds] };
    });
  }

  @FieldResolver(() => DecimalScalar, { description: 'What is billed, on drafts, ready or committed under it; credits and adjusted transactions do not count.' })
  async committedAmount(@Root() limit: GraphRow, @Ctx() context: RequestContext): Promise<Decimal> {
    return (await positionOf(context, limit)).committed;
  }

  @FieldResolver(() => DecimalScalar, { description: 'What may still be committed; negative when something was billed that no limit held back, as before its limit was set.' })
  async remainingAmount(@Root() limit: GraphRow, @Ctx() context: RequestContext): Promise<Decimal> {
    const { amount, committed } = await positionOf(context, limit);
    return amount.minus(committed);
  }
}

/** Positions are computed when asked, together for all limits of the request. */
function positionOf(context: RequestContext, limit: GraphRow): Promise<LimitPosition> {
  return loaderAt<LimitPosition>(context, limitPositionsOf, async (keys) => {
    const found = await limitPositionsOf(context.session, keys);
    return keys.map((key) => found.get(key)!);
  }).load(limit['#']);
}
