import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { InvoiceGroupField } from '../../entities/finance/enums';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { BoolField, IntField, NodeType, TextField, type Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import './enums';

@NodeType('ManagedInvoiceFormat', 'A format of *Manage invoice* that an accountant made: what the lines of an invoice are grouped by when it is printed.')
export class ManagedInvoiceFormat {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('Its id in the legal entity.') formatId!: string;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @TextField('What it groups by, the outermost first: names of InvoiceGroupField with commas between.') groupBy!: string;
  @BoolField('Whether the lines of each group are shown above its sum.') showsLines!: boolean;
  @IntField('Grows with every change.') version!: number;
}

@InputType('SetInvoiceFormatInput', { description: 'A managed invoice format to make, or to change when the legal entity has one of this id.' })
export class SetInvoiceFormatInput extends MutationInput {
  @Field(() => String, { description: 'The legal entity.' }) legalEntityId!: string;
  @Field(() => String, { description: 'Its id in the legal entity, at most 20 characters.' }) formatId!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' }) description?: string | null;
  @Field(() => [InvoiceGroupField], { description: 'What it groups by, the outermost first; at least one, each once.' }) groupBy!: InvoiceGroupField[];
  @Field(() => Boolean, { nullable: true, description: 'Whether the lines of each group are shown above its sum; false unless given.' }) showsLines?: boolean | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@ObjectType('SetInvoiceFormatPayload', { description: 'The format as it is now.' })
export class SetInvoiceFormatPayload extends Payload {
  @RecordField(() => ManagedInvoiceFormat, 'The format; null when refused.') invoiceFormat!: Related<ManagedInvoiceFormat> | null;
}
