import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { addProformaInvoiceLineDetails } from '../../flow/1-bill/draft/add-line-details.command';
import { addToProformaInvoice } from '../../flow/1-bill/draft/add-to-proforma-invoice.command';
import { MANUAL_LOOKUPS } from '../../flow/1-bill/draft/manual-detail.decision';
import { refreshProformaInvoice } from '../../flow/1-bill/draft/refresh-proforma-invoice.command';
import { removeProformaInvoiceLineDetails } from '../../flow/1-bill/draft/remove-line-details.command';
import { updateProformaInvoiceLineDetails } from '../../flow/1-bill/draft/update-line-details.command';
import {
  AddProformaInvoiceLineDetailsInput, AddToProformaInvoiceInput, RefreshProformaInvoiceInput, RemoveProformaInvoiceLineDetailsInput,
  UpdateProformaInvoiceLineDetailsInput, type ManualLineDetailInput,
} from '../../schema/dataverse/draft.input';
import {
  AddProformaInvoiceLineDetailsPayload, AddToProformaInvoicePayload, RefreshProformaInvoicePayload, RemoveProformaInvoiceLineDetailsPayload,
  UpdateProformaInvoiceLineDetailsPayload,
} from '../../schema/dataverse/draft.payload';
import { keyOf } from '../../stores/reading/global-id';
import { namedProforma } from '../loaders/named-records';
import { answer, keysOf, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const NO_PROFORMA = { proformaInvoice: null as string | null };
const NO_DETAILS = { ...NO_PROFORMA, details: [] as readonly string[] };

/** The line details of a draft proforma. */
@Resolver()
export class DraftResolver {
  @Mutation(() => UpdateProformaInvoiceLineDetailsPayload, { description: 'Edits line details of a draft proforma, up to 1,000 at a time, all or none, and moves its totals with them.' })
  updateProformaInvoiceLineDetails(@Arg('input', { description: 'The edits.' }) input: UpdateProformaInvoiceLineDetailsInput, @Ctx() { command }: RequestContext) {
    return answer(NO_DETAILS, async () => {
      const wanted = {
        ...await namedProforma(command.database.reader, input),
        details: input.details.map((edit, index) => ({ ...edit, detailId: keyOf('ProformaInvoiceLineDetail', edit.detailId, ['input', 'details', String(index), 'detailId']) })),
      };
      const { proformaInvoiceId, detailIds } = await updateProformaInvoiceLineDetails(command, wanted, requestOf('updateProformaInvoiceLineDetails', wanted));
      return { proformaInvoice: proformaInvoiceId, details: detailIds };
    });
  }

  @Mutation(() => AddProformaInvoiceLineDetailsPayload, { description: 'Adds line details of time, expense, material or fee to a draft by hand, up to 1,000 at a time, all or none.' })
  addProformaInvoiceLineDetails(@Arg('input', { description: 'The details.' }) input: AddProformaInvoiceLineDetailsInput, @Ctx() { command }: RequestContext) {
    return answer(NO_DETAILS, async () => {
      const wanted = { ...await namedProforma(command.database.reader, input), details: input.details.map(keyedDetail) };
      const { proformaInvoiceId, detailIds } = await addProformaInvoiceLineDetails(command, wanted, requestOf('addProformaInvoiceLineDetails', wanted));
      return { proformaInvoice: proformaInvoiceId, details: detailIds };
    });
  }

  @Mutation(() => RemoveProformaInvoiceLineDetailsPayload, { description: 'Takes line details off a draft, all or none: transactions and milestones go back to the billing backlog, ready; manual details and corrections just go.' })
  removeProformaInvoiceLineDetails(@Arg('input', { description: 'The details.' }) input: RemoveProformaInvoiceLineDetailsInput, @Ctx() { command }: RequestContext) {
    return answer({ ...NO_PROFORMA, returnedTransactionCount: null as number | null }, async () => {
      const wanted = { ...await namedProforma(command.database.reader, input), detailIds: keysOf('ProformaInvoiceLineDetail', input.detailIds, 'detailIds')! };
      const { proformaInvoiceId, returnedTransactionCount } = await removeProformaInvoiceLineDetails(command, wanted, requestOf('removeProformaInvoiceLineDetails', wanted));
      return { proformaInvoice: proformaInvoiceId, returnedTransactionCount };
    });
  }

  @Mutation(() => RefreshProformaInvoicePayload, { description: 'Brings a draft up to date: what has become ready since, up to a day, arrives as details; what is there stays as it is.' })
  refreshProformaInvoice(@Arg('input', { description: 'Which draft.' }) input: RefreshProformaInvoiceInput, @Ctx() { command }: RequestContext) {
    return answer(NO_PROFORMA, async () => {
      const wanted = await namedProforma(command.database.reader, input);
      return { proformaInvoice: (await refreshProformaInvoice(command, wanted, requestOf('refreshProformaInvoice', wanted))).proformaInvoiceId };
    });
  }

  @Mutation(() => AddToProformaInvoicePayload, { description: 'Puts ready transactions on a draft of their contract and customer, all or none: the only one, else the newest, else a new one.' })
  addToProformaInvoice(@Arg('input', { description: 'Which transactions.' }) input: AddToProformaInvoiceInput, @Ctx() { command }: RequestContext) {
    return answer(NO_PROFORMA, async () => {
      const wanted = {
        ...input, actualIds: keysOf('Actual', input.actualIds, 'actualIds'), milestoneIds: keysOf('Milestone', input.milestoneIds, 'milestoneIds'),
      };
      return { proformaInvoice: (await addToProformaInvoice(command, wanted, requestOf('addToProformaInvoice', wanted))).proformaInvoiceId };
    });
  }
}

const TYPE_OF = {
  contractLineId: 'ProjectContractLine', categoryId: 'TransactionCategory', roleId: 'ResourceRole', resourceId: 'BookableResource', taskId: 'ProjectTask',
  productId: 'Product', unitId: 'Unit',
} as const;

/** A manual detail with everything that it names by key. */
function keyedDetail(manual: ManualLineDetailInput, index: number): ManualLineDetailInput {
  const fields = ['contractLineId', ...MANUAL_LOOKUPS] as const;
  const keys = fields.flatMap((field) => {
    const id = manual[field];
    return (id ?? null) === null ? [] : [[field, keyOf(TYPE_OF[field], id!, ['input', 'details', String(index), field])]];
  });
  return { ...manual, ...Object.fromEntries(keys) as Partial<ManualLineDetailInput> };
}
