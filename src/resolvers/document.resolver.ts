import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { InvoiceFormat } from '../entities/finance';
import { documentLink, documentSecretOf } from '../flow/documents/document-link';
import { invalid, refuse } from '../kernel/refusal';
import { ProformaInvoice } from '../schema/dataverse/proforma-invoice.type';
import { CustomerInvoice } from '../schema/finance/customer-invoice.type';
import { InvoiceProposal } from '../schema/finance/invoice-proposal.type';
import { DocumentArguments, DocumentLink } from '../schema/shared/document.type';
import type { NodeClass } from '../schema/shared/node';
import type { DocumentKind } from '../stores/documents/document-lines.store';
import type { GraphRow } from '../stores/reading/plan';
import { loaderAt, reading } from './loaders/read';
import type { ResolverClass } from './queries';
import type { RequestContext } from './request-context';

/** The secret of the request: read once, however many documents it asks for. */
function secretOf(context: RequestContext): Promise<string> {
  return loaderAt(context, documentSecretOf, async (keys) => {
    const secret = await documentSecretOf(context.command, context.session);
    return keys.map(() => secret);
  }).load('documents');
}

function refuseMismatch({ layout, managedInvoiceFormatId }: DocumentArguments): void {
  const wantsManaged = layout === InvoiceFormat.MANAGE_INVOICE;
  if (wantsManaged === Boolean(managedInvoiceFormatId)) return;
  refuse(invalid('INVALID_INPUT', wantsManaged
    ? 'The layout MANAGE_INVOICE needs a managedInvoiceFormatId.'
    : 'A managedInvoiceFormatId goes with the layout MANAGE_INVOICE.', ['managedInvoiceFormatId']));
}

/** The field `document` of a type whose records a person can have as a file. */
function documentResolver(type: NodeClass, kind: DocumentKind, description: string): ResolverClass {
  @Resolver(() => type)
  class DocumentResolver {
    @FieldResolver(() => DocumentLink, { description })
    document(@Root() record: GraphRow, @Args(() => DocumentArguments) args: DocumentArguments, @Ctx() context: RequestContext): Promise<DocumentLink> {
      return reading(async () => {
        refuseMismatch(args);
        const { format, layout = null, managedInvoiceFormatId = null } = args;
        return documentLink(context.command, await secretOf(context), { kind, id: record['#'], format, layout, managedFormatId: managedInvoiceFormatId });
      });
    }
  }
  return DocumentResolver;
}

export const documentResolvers = (): ResolverClass[] => [
  documentResolver(ProformaInvoice, 'ProformaInvoice', 'The proforma as a file, marked as such.'),
  documentResolver(InvoiceProposal, 'InvoiceProposal', 'The invoice as it would be posted now, as a file that is marked as pro forma.'),
  documentResolver(CustomerInvoice, 'CustomerInvoice', 'The invoice, or credit note, as a file to send.'),
];
