import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { updateProformaInvoiceLineDetails } from '../../flow/1-bill/update-line-details.command';
import { UpdateProformaInvoiceLineDetailsInput, type ProformaInvoiceInput } from '../../schema/dataverse/draft.input';
import { UpdateProformaInvoiceLineDetailsPayload } from '../../schema/dataverse/draft.payload';
import { keyOf } from '../../stores/reading/global-id';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import type { Session } from '../../stores/session';
import { namedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const NO_DETAILS = { proformaInvoice: null as string | null, details: [] as readonly string[] };

/** What a project manager does with a draft proforma. */
@Resolver()
export class DraftResolver {
  @Mutation(() => UpdateProformaInvoiceLineDetailsPayload, { description: 'Edits line details of a draft proforma, up to 1,000 at a time, all or none, and moves its totals with them.' })
  updateProformaInvoiceLineDetails(@Arg('input', { description: 'The edits.' }) input: UpdateProformaInvoiceLineDetailsInput, @Ctx() { command }: RequestContext) {
    return answer(NO_DETAILS, async () => {
      const wanted = {
        ...await namedProforma(command.database.reader, input),
        details: input.details.map((edit, index) => ({ ...edit, detailId: detailKeyOf(edit.detailId, ['input', 'details', String(index), 'detailId']) })),
      };
      const { proformaInvoiceId, detailIds } = await updateProformaInvoiceLineDetails(command, wanted, requestOf('updateProformaInvoiceLineDetails', wanted));
      return { proformaInvoice: proformaInvoiceId, details: detailIds };
    });
  }
}

/** An input with its proforma named by key, whichever way the caller named it. */
async function namedProforma<Input extends ProformaInvoiceInput>(session: Session, input: Input) {
  const { proformaInvoiceNumber: number, proformaInvoiceId: id, ...rest } = input;
  return { ...rest, proformaInvoiceId: await namedRecord(session, proformaInvoiceSource, { id, number }, PROFORMA_FIELDS) };
}

function detailKeyOf(id: string, path: string[]): string {
  return keyOf('ProformaInvoiceLineDetail', id, path);
}
