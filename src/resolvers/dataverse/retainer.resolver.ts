import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { createRetainer, deleteRetainer, updateRetainer, type RetainerOutcome } from '../../flow/1-bill/retainers/manage-retainers.command';
import { markRetainerReadyToRefund } from '../../flow/1-bill/retainers/refund-retainer.command';
import { cancelRetainerRefund, createRetainerOnDraft, refundRetainer } from '../../flow/1-bill/retainers/retainers-on-draft.command';
import { updateAppliedRetainers } from '../../flow/1-bill/retainers/update-applied-retainers.command';
import { invalid, refuseAny, type Refusal } from '../../kernel/refusal';
import {
  CancelRetainerRefundInput,
  CreateRetainerInput,
  DeleteRetainerInput,
  MarkRetainerReadyToRefundInput,
  RefundRetainerInput,
  UpdateAppliedRetainersInput,
  UpdateRetainerInput,
} from '../../schema/dataverse/retainer.input';
import { DeleteRetainerPayload, RetainerPayload, UpdateAppliedRetainersPayload } from '../../schema/dataverse/retainer.payload';
import { globalIdOf, keyOf } from '../../stores/reading/global-id';
import { proformaInvoiceSource, projectContractSource } from '../../stores/reading/sources';
import { namedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
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
  @Mutation(() => RetainerPayload, { description: 'Adds a retainer or advance to a contract, or right to a draft, which invoices it.' })
  createRetainer(@Arg('input', { description: 'What the customer is to pay before the work.' }) input: CreateRetainerInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const { contractId, contractNumber, proformaInvoiceId, proformaInvoiceNumber, customerId, ...rest } = input;
      const facts = { ...rest, contractLineId: optionalKey('ProjectContractLine', input.contractLineId, 'contractLineId') };
      const session = command.database.reader;
      if (proformaInvoiceId || proformaInvoiceNumber) {
        refuseAny(refusalsOfTwoPlaces(input));
        const named = { id: proformaInvoiceId, number: proformaInvoiceNumber };
        const wanted = { ...facts, proformaInvoiceId: await namedRecord(session, proformaInvoiceSource, named, PROFORMA_FIELDS) };
        return retainerOf(await createRetainerOnDraft(command, wanted, requestOf('createRetainer', wanted)));
      }
      const named = { id: contractId, number: contractNumber };
      const wanted = {
        ...facts,
        contractId: await namedRecord(session, projectContractSource, named, CONTRACT_FIELDS),
        customerId: optionalKey('Customer', customerId, 'customerId'),
      };
      return retainerOf(await createRetainer(command, wanted, requestOf('createRetainer', wanted)));
    });
  }

  @Mutation(() => RetainerPayload, { description: 'Changes a retainer until it is on a draft.' })
  updateRetainer(@Arg('input', { description: 'What to change.' }) input: UpdateRetainerInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const contractLineId = optionalKey('ProjectContractLine', input.contractLineId, 'contractLineId');
      const wanted = { ...input, retainerId: keyIn(input), contractLineId };
      return retainerOf(await updateRetainer(command, wanted, requestOf('updateRetainer', wanted)));
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
      return retainerOf(await markRetainerReadyToRefund(command, wanted, requestOf('markRetainerReadyToRefund', wanted)));
    });
  }

  @Mutation(() => RetainerPayload, { description: 'Refunds an invoiced retainer on a draft of its contract and customer, in whole or in part. It is refunded once the draft is confirmed.' })
  refundRetainer(@Arg('input', { description: 'Which retainer, how much of it, and on which draft.' }) input: RefundRetainerInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const { proformaInvoiceId: id, proformaInvoiceNumber: number, ...rest } = input;
      const proformaInvoiceId = await namedRecord(command.database.reader, proformaInvoiceSource, { id, number }, PROFORMA_FIELDS);
      const wanted = { ...rest, retainerId: keyIn(input), proformaInvoiceId };
      return retainerOf(await refundRetainer(command, wanted, requestOf('refundRetainer', wanted)));
    });
  }

  @Mutation(() => RetainerPayload, { description: 'Cancels a refund that was asked for; a draft that carries it loses that detail. Refused once it is confirmed.' })
  cancelRetainerRefund(@Arg('input', { description: 'Which retainer.' }) input: CancelRetainerRefundInput, @Ctx() { command }: RequestContext) {
    return answer(NO_RETAINER, async () => {
      const wanted = { ...input, retainerId: keyIn(input) };
      return retainerOf(await cancelRetainerRefund(command, wanted, requestOf('cancelRetainerRefund', wanted)));
    });
  }

  @Mutation(() => UpdateAppliedRetainersPayload, { description: 'Changes how much of its retainers a draft applies: less, nothing, or as much as is free of them and as the draft has chargeable transactions. All or none.' })
  updateAppliedRetainers(@Arg('input', { description: 'The draft and the new amounts.' }) input: UpdateAppliedRetainersInput, @Ctx() { command }: RequestContext) {
    return answer({ proformaInvoice: null as string | null, details: [] as readonly string[] }, async () => {
      const { proformaInvoiceId: id, proformaInvoiceNumber: number, ...rest } = input;
      const proformaInvoiceId = await namedRecord(command.database.reader, proformaInvoiceSource, { id, number }, PROFORMA_FIELDS);
      const details = input.details.map(({ detailId, amount }, index) => ({
        detailId: keyOf('ProformaInvoiceLineDetail', detailId, ['input', 'details', String(index), 'detailId']),
        amount,
      }));
      const wanted = { ...rest, proformaInvoiceId, details };
      const outcome = await updateAppliedRetainers(command, wanted, requestOf('updateAppliedRetainers', wanted));
      return { proformaInvoice: outcome.proformaInvoiceId as string | null, details: outcome.detailIds };
    });
  }
}

const retainerOf = ({ retainerId }: RetainerOutcome) => ({ retainer: retainerId as string | null });

/** A draft has its contract and customer: naming others as well is a mistake somewhere. */
function refusalsOfTwoPlaces(input: CreateRetainerInput): Refusal[] {
  return (['contractId', 'contractNumber', 'customerId'] as const)
    .filter((field) => Boolean(input[field]))
    .map((field) => invalid('INVALID_INPUT', `Give a proforma or ${field}, not both.`, ['input', field]));
}
