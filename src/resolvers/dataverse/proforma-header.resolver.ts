import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { CommandContext } from '../../context';
import type { CommandRequest } from '../../flow/command';
import { markProformaInvoicePaid, returnProformaInvoiceToDraft, submitProformaInvoiceForReview } from '../../flow/1-bill/draft/move-proforma-invoice.command';
import { updateProformaInvoice } from '../../flow/1-bill/draft/update-proforma-invoice.command';
import {
  MarkProformaInvoicePaidInput, ReturnProformaInvoiceToDraftInput, SubmitProformaInvoiceForReviewInput, UpdateProformaInvoiceInput, type ProformaInvoiceInput,
} from '../../schema/dataverse/draft.input';
import {
  MarkProformaInvoicePaidPayload, ReturnProformaInvoiceToDraftPayload, SubmitProformaInvoiceForReviewPayload, UpdateProformaInvoicePayload,
} from '../../schema/dataverse/draft.payload';
import { namedProforma } from '../loaders/named-records';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

/** The header of a proforma and its way from draft to paid, but for the confirmation. */
@Resolver()
export class ProformaHeaderResolver {
  @Mutation(() => UpdateProformaInvoicePayload, { description: 'Edits the header of a proforma that is not confirmed: name, remarks, dates and the address it goes to. In review as well.' })
  updateProformaInvoice(@Arg('input', { description: 'The new values.' }) input: UpdateProformaInvoiceInput, @Ctx() { command }: RequestContext) {
    return changed(command, 'updateProformaInvoice', input, updateProformaInvoice);
  }

  @Mutation(() => SubmitProformaInvoiceForReviewPayload, { description: 'Gives a draft to its reviewers; from then on only its header can be edited.' })
  submitProformaInvoiceForReview(@Arg('input', { description: 'Which draft.' }) input: SubmitProformaInvoiceForReviewInput, @Ctx() { command }: RequestContext) {
    return changed(command, 'submitProformaInvoiceForReview', input, submitProformaInvoiceForReview);
  }

  @Mutation(() => ReturnProformaInvoiceToDraftPayload, { description: 'Takes a proforma back from its reviewers.' })
  returnProformaInvoiceToDraft(@Arg('input', { description: 'Which proforma.' }) input: ReturnProformaInvoiceToDraftInput, @Ctx() { command }: RequestContext) {
    return changed(command, 'returnProformaInvoiceToDraft', input, returnProformaInvoiceToDraft);
  }

  @Mutation(() => MarkProformaInvoicePaidPayload, { description: 'Marks a confirmed or posted proforma as paid by its customer. A customer invoice that finance posts later leaves it paid.' })
  markProformaInvoicePaid(@Arg('input', { description: 'Which proforma.' }) input: MarkProformaInvoicePaidInput, @Ctx() { command }: RequestContext) {
    return changed(command, 'markProformaInvoicePaid', input, markProformaInvoicePaid);
  }
}

type Named<Input> = Omit<Input, 'proformaInvoiceNumber' | 'proformaInvoiceId'> & { readonly proformaInvoiceId: string };

function changed<Input extends ProformaInvoiceInput>(
  command: CommandContext, mutation: string, input: Input,
  perform: (context: CommandContext, wanted: Named<Input>, request: CommandRequest) => Promise<{ readonly proformaInvoiceId: string }>,
) {
  return answer({ proformaInvoice: null as string | null }, async () => {
    const wanted = await namedProforma(command.database.reader, input);
    return { proformaInvoice: (await perform(command, wanted, requestOf(mutation, wanted))).proformaInvoiceId };
  });
}
