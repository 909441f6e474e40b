import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { reviseProformaInvoice } from '../../flow/1-bill/corrections/revise-proforma-invoice.command';
import type { Decimal } from '../../kernel/decimal';
import { ReviseProformaInvoiceInput } from '../../schema/dataverse/billing.input';
import { ReviseProformaInvoicePayload } from '../../schema/dataverse/billing.payload';
import { ProformaInvoiceLineDetail } from '../../schema/dataverse/proforma-invoice.type';
import { DecimalScalar } from '../../schema/shared/scalars';
import { invoiceAmountsOf } from '../../stores/dataverse/correction.store';
import type { GraphRow } from '../../stores/reading/plan';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import { namedRecord, optionalNamedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
import { loaderAt } from '../loaders/read';
import { answer, keysOf, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const DRAFT_FIELDS = { id: 'intoProformaInvoiceId', number: 'intoProformaInvoiceNumber' };

@Resolver(() => ProformaInvoiceLineDetail)
export class ReviseResolver {
  @Mutation(() => ReviseProformaInvoicePayload, { description: 'Corrects a confirmed, posted or paid proforma: puts a correction of its details on a draft, at first a full credit, and leaves the proforma as it is. Edit the quantity or price that is to be invoiced instead, then confirm the draft. Refused for details that were credited in full, that another draft corrects, and for product lines.' })
  reviseProformaInvoice(@Arg('input', { description: 'What to correct.' }) input: ReviseProformaInvoiceInput, @Ctx() { command }: RequestContext) {
    return answer({ proformaInvoice: null as string | null, correctionCount: 0 }, async () => {
      const { proformaInvoiceNumber, intoProformaInvoiceNumber, ...rest } = input;
      const { reader } = command.database;
      const named = { id: input.proformaInvoiceId, number: proformaInvoiceNumber };
      const draft = { id: input.intoProformaInvoiceId, number: intoProformaInvoiceNumber };
      const wanted = {
        ...rest,
        proformaInvoiceId: await namedRecord(reader, proformaInvoiceSource, named, PROFORMA_FIELDS),
        intoProformaInvoiceId: await optionalNamedRecord(reader, proformaInvoiceSource, draft, DRAFT_FIELDS),
        lineDetailIds: keysOf('ProformaInvoiceLineDetail', input.lineDetailIds, 'lineDetailIds'),
      };
      const { proformaInvoiceId, correctionCount } = await reviseProformaInvoice(command, wanted, requestOf('reviseProformaInvoice', wanted));
      return { proformaInvoice: proformaInvoiceId, correctionCount };
    });
  }

  @FieldResolver(() => DecimalScalar, { description: 'Amount minus previous amount, before tax: what a correction adds to the invoice, negative for a credit. The amount itself on any other detail.' })
  async invoiceAmount(@Root() detail: GraphRow, @Ctx() context: RequestContext): Promise<Decimal> {
    return loaderAt<Decimal>(context, invoiceAmountsOf, async (keys) => {
      const found = await invoiceAmountsOf(context.session, keys);
      return keys.map((key) => found.get(key)!);
    }).load(detail['#']);
  }
}
