import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { createRetainer, deleteRetainer, updateRetainer } from '../../flow/1-bill/manage-retainers.command';
import { markRetainerReadyToRefund } from '../../flow/1-bill/refund-retainer.command';
import {
  CreateRetainerInput,
  DeleteRetainerInput,
  MarkRetainerReadyToRefundInput,
  UpdateRetainerInput,
} from '../../schema/dataverse/retainer.input';
import { DeleteRetainerPayload, RetainerPayload } from '../../schema/dataverse/retainer.payload';
import { globalIdOf, keyOf } from '../../stores/reading/global-id';
import { projectContractSource } from '../../stores/reading/sources';
import { namedRecord } from '../loaders/named-records';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const CONTRACT_FIELDS = { id: 'contractId', number: 'contractNumber' };
const NO_RETAINER = { retainer: null as string | null };

const keyIn = (input: { retainerId: string }) => keyOf('Retainer', input.retainerId, ['input', 'retainerId']);

function optionalKey(type: string, id: string | null | undefined, field: string): string | null {
  return id ? keyOf(type, id, ['input', field]) : null;
}

/** Retainers and advances, and their refunds. */
@Resolver()
export class RetainerResolver {
  @Mutation(() => RetainerPayload, { description: 'Adds a retainer or advance to a contract.' })
  createRetainer(@Arg('input', { description: 'What the customer is to pay before the work.' }) input: CreateRetainerInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const { contractNumber, ...rest } = input;
      const named = { id: input.contractId, number: contractNumber };
      const wanted = {
        ...rest,
        contractId: await namedRecord(command.database.reader, projectContractSource, named, CONTRACT_FIELDS),
        contractLineId: optionalKey('ProjectContractLine', input.contractLineId, 'contractLineId'),
        customerId: optionalKey('Customer', input.customerId, 'customerId'),
      };
      const { retainerId } = await createRetainer(command, wanted, requestOf('createRetainer', wanted));
      return { retainer: retainerId as string | null };
    });
  }

  @Mutation(() => RetainerPayload, { description: 'Changes a retainer until it is on a draft.' })
  updateRetainer(@Arg('input', { description: 'What to change.' }) input: UpdateRetainerInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const contractLineId = optionalKey('ProjectContractLine', input.contractLineId, 'contractLineId');
      const wanted = { ...input, retainerId: keyIn(input), contractLineId };
      const { retainerId } = await updateRetainer(command, wanted, requestOf('updateRetainer', wanted));
      return { retainer: retainerId as string | null };
    });
  }

  @Mutation(() => DeleteRetainerPayload, { description: 'Deletes a retainer that is not ready to invoice.' })
  deleteRetainer(@Arg('input', { description: 'Which retainer.' }) input: DeleteRetainerInput, @Ctx() { command }: RequestContext) {
    return answer({ deletedRetainerId: null as string | null }, async () => {
      const wanted = { ...input, retainerId: keyIn(input) };
      const { retainerId } = await deleteRetainer(command, wanted, requestOf('deleteRetainer', wanted));
      return { deletedRetainerId: globalIdOf('Retainer', retainerId) as string | null };
    });
  }

  @Mutation(() => RetainerPayload, { description: 'Marks the balance of an invoiced retainer as ready to refund. The next proforma of its contract and customer carries the refund; until then nothing else can claim the amount.' })
  markRetainerReadyToRefund(@Arg('input', { description: 'Which retainer, and how much of it.' }) input: MarkRetainerReadyToRefundInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const wanted = { ...input, retainerId: keyIn(input) };
      const { retainerId } = await markRetainerReadyToRefund(command, wanted, requestOf('markRetainerReadyToRefund', wanted));
      return { retainer: retainerId as string | null };
    });
  }
}
