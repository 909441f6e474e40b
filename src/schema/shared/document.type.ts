import { ArgsType, Field, ObjectType } from 'type-graphql';
import { InvoiceFormat } from '../../entities/finance/enums';
import '../finance/enums';
import { graphEnum } from './enums';
import { TimestampScalar } from './scalars';

export const DocumentFormat = { PDF: 'PDF', CSV: 'CSV' } as const;
graphEnum(DocumentFormat, 'DocumentFormat', 'What kind of file a document is.', {
  PDF: 'Pages to send or print.',
  CSV: 'The lines, for a spreadsheet or a program.',
});

@ArgsType()
export class DocumentArguments {
  @Field(() => DocumentFormat, { description: 'PDF or CSV.', defaultValue: DocumentFormat.PDF }) format!: 'PDF' | 'CSV';
  @Field(() => InvoiceFormat, { nullable: true, description: 'How the PDF is laid out. Unless given: as the record, else its funding source says, else in detail.' }) layout?: InvoiceFormat | null;
  @Field(() => String, { nullable: true, description: 'With the layout MANAGE_INVOICE: the id of the managed invoice format.' }) managedInvoiceFormatId?: string | null;
}

@ObjectType('DocumentLink', { description: 'Where a document can be fetched with a plain GET. The address is its own authentication: whoever has it may fetch the document until it expires.' })
export class DocumentLink {
  @Field(() => String, { description: 'Path and query, to be resolved against the gateway\'s own address.' }) url!: string;
  @Field(() => TimestampScalar, { description: 'When the address ends.' }) expiresAt!: string;
}
