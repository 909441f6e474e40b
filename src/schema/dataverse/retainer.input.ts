import { Field, ID, InputType, Int } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DateScalar, DecimalScalar } from '../shared/scalars';
import { ProformaInvoiceInput } from './draft.input';

const LINE = 'The contract line on whose proforma line it is invoiced and applied.';

@InputType('CreateRetainerInput', { description: 'A new retainer: of a contract, when it is not ready to be invoiced before it is marked so, or right on a draft.' })
export class CreateRetainerInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The contract, by id; give this, its number, or a proforma.' }) contractId?: string | null;
  @Field(() => String, { nullable: true, description: 'The contract, by number.' }) contractNumber?: string | null;
  @Field(() => ID, { nullable: true, description: 'The draft that invoices it, by id: it is of the draft\'s contract and customer, and ready by that.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same, with the draft named by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => ID, { nullable: true, description: `${LINE} The contract's first unless given.` }) contractLineId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who pays it: the contract\'s customer unless given, else one of its contract customers. Not with a proforma, which has its own.' }) customerId?: string | null;
  @Field(() => DecimalScalar, { description: 'Amount before tax, more than zero, in the contract\'s currency.' }) amount!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: 'The estimate of sales tax on it; none unless given.' }) tax?: Decimal | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day it falls due; today unless given.' }) date?: string | null;
  @Field(() => String, { nullable: true, description: 'What it is for, up to 200 characters.' }) description?: string | null;
}

@InputType()
abstract class RetainerInput extends MutationInput {
  @Field(() => ID, { description: 'The retainer.' }) retainerId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('UpdateRetainerInput', { description: 'New values of a retainer that no draft has; what is left out stays as it is.' })
export class UpdateRetainerInput extends RetainerInput {
  @Field(() => ID, { nullable: true, description: LINE }) contractLineId?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Amount before tax, more than zero.' }) amount?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'The estimate of sales tax on it.' }) tax?: Decimal | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day it falls due.' }) date?: string | null;
  @Field(() => String, { nullable: true, description: 'What it is for, up to 200 characters; null empties it.' }) description?: string | null;
}

@InputType('DeleteRetainerInput', { description: 'The retainer to delete; it must not be ready to invoice.' })
export class DeleteRetainerInput extends RetainerInput {}

@InputType('MarkRetainerReadyToRefundInput', { description: 'The invoiced retainer whose balance is to go back with the next proforma of its contract and customer.' })
export class MarkRetainerReadyToRefundInput extends RetainerInput {
  @Field(() => DecimalScalar, { nullable: true, description: 'What to refund: everything that is left, and that no draft applies, unless given.' }) amount?: Decimal | null;
}

@InputType('RefundRetainerInput', { description: 'The invoiced retainer to refund, and the draft that is to carry the refund.' })
export class RefundRetainerInput extends RetainerInput {
  @Field(() => ID, { nullable: true, description: 'The draft, by id; give this or its number.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The draft, by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'What to refund: everything that is left, and that no draft applies, unless given.' }) amount?: Decimal | null;
}

@InputType('CancelRetainerRefundInput', { description: 'The retainer whose refund is not to be.' })
export class CancelRetainerRefundInput extends RetainerInput {}

@InputType('AppliedRetainerInput', { description: 'How much of a retainer pays for the draft.' })
export class AppliedRetainerInput {
  @Field(() => ID, { description: 'The line detail that applies the retainer.' }) detailId!: string;
  @Field(() => DecimalScalar, { description: 'The amount as a positive number, or 0 to keep the retainer for later; no more than is free of it.' }) amount!: Decimal;
}

@InputType('UpdateAppliedRetainersInput', { description: 'What one draft applies of its retainers: all of it is changed, or none.' })
export class UpdateAppliedRetainersInput extends ProformaInvoiceInput {
  @Field(() => [AppliedRetainerInput], { description: 'The new amounts, one per line detail.' }) details!: AppliedRetainerInput[];
}
