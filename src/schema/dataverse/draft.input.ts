import { Field, ID, InputType, Int } from 'type-graphql';
import { BillingType, TransactionClassification } from '../../entities/dataverse/option-sets';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DecimalScalar } from '../shared/scalars';
import './enums';

/** Which proforma a mutation is about. */
@InputType()
export abstract class ProformaInvoiceInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proforma, by id; give this or its number.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proforma, by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('LineDetailEditInput', { description: 'New values of one line detail; what is left out stays as it is. Which fields can be edited depends on what it bills: on a milestone not the quantity, on a product only the tax.' })
export class LineDetailEditInput {
  @Field(() => ID, { description: 'The line detail.' }) detailId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'What the customer is to be billed, never negative. Of time, expense and material the rest is billed as non-chargeable.' }) quantity?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Price per unit, up to 4 decimals. The amount is quantity times price, rounded to the currency.' }) price?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'The estimate of sales tax.' }) tax?: Decimal | null;
  @Field(() => BillingType, { nullable: true, description: 'Chargeable, non-chargeable or complimentary.' }) billingType?: BillingType | null;
  @Field(() => String, { nullable: true, description: 'What it is for, up to 200 characters; null empties it.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'What the customer reads, up to 200 characters; null empties it.' }) externalDescription?: string | null;
  @Field(() => TransactionClassification, { nullable: true, description: 'Always refused: the kind of transaction never changes.' }) classification?: TransactionClassification | null;
}

@InputType('UpdateProformaInvoiceLineDetailsInput', { description: 'Edits of line details of one draft: all of them are made, or none.' })
export class UpdateProformaInvoiceLineDetailsInput extends ProformaInvoiceInput {
  @Field(() => [LineDetailEditInput], { description: 'The edits, one per line detail.' }) details!: LineDetailEditInput[];
}
