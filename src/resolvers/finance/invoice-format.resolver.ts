import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { setInvoiceFormat } from '../../flow/documents/set-invoice-format.command';
import { SetInvoiceFormatInput, SetInvoiceFormatPayload } from '../../schema/finance/invoice-format.type';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver()
export class InvoiceFormatResolver {
  @Mutation(() => SetInvoiceFormatPayload, { description: 'Makes or changes a managed invoice format: what the lines of an invoice are grouped by when it is printed.' })
  setInvoiceFormat(@Arg('input', { description: 'The format.' }) input: SetInvoiceFormatInput, @Ctx() { command }: RequestContext) {
    return answer({ invoiceFormat: null as string | null }, async () => {
      const { formatKey } = await setInvoiceFormat(command, input, requestOf('setInvoiceFormat', input));
      return { invoiceFormat: formatKey as string | null };
    });
  }
}
