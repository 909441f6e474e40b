import { Field, ID, InputType, Int } from 'type-graphql';
import { EXPECTED_VERSION, LongMutationInput, MutationInput } from '../shared/mutation.input';
import { DateScalar } from '../shared/scalars';

@InputType('MarkTransactionsInput', { description: 'Which transactions of the billing backlog to mark: named ones, all or none, and every eligible one of whole contracts.' })
export class MarkTransactionsInput extends MutationInput {
  @Field(() => [ID], { nullable: true, description: 'Unbilled sales actuals, by id.' }) actualIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Milestones, by id.' }) milestoneIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Retainers, by id.' }) retainerIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Every eligible transaction of these contracts.' }) contractIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'The same, with the contracts named by number.' }) contractNumbers?: string[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'With contractIds: only transactions up to this day, and on it.' }) transactionsThrough?: string | null;
}

@InputType('CreateProformaInvoicesInput', { description: 'The contracts whose ready transactions go on new draft proformas, one per contract customer.' })
export class CreateProformaInvoicesInput extends MutationInput {
  @Field(() => [ID], { nullable: true, description: 'The contracts, by id.' }) contractIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'The contracts, by number; they follow those named by id.' }) contractNumbers?: string[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'Only transactions up to this day, and on it.' }) transactionsThrough?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Make a proforma without details for a contract that has nothing ready, instead of refusing.' }) allowEmpty?: boolean | null;
}

@InputType('DeleteProformaInvoiceInput', { description: 'The draft to delete; its transactions go back to the billing backlog.' })
export class DeleteProformaInvoiceInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proforma, by id; give this or its number.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proforma, by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('ReviseProformaInvoiceInput', { description: 'The confirmed, posted or paid proforma to correct, and what of it.' })
export class ReviseProformaInvoiceInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proforma, by id; give this or its number.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proforma, by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => [ID], { nullable: true, description: 'Only these of its line details, all or none. Left out: every one that can still be corrected.' }) lineDetailIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Put the corrections on this draft of the same contract and customer, by id, instead of a new one.' }) intoProformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same draft, by number.' }) intoProformaInvoiceNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('ConfirmProformaInvoiceInput', { description: 'The proforma to confirm.' })
export class ConfirmProformaInvoiceInput extends LongMutationInput {
  @Field(() => ID, { nullable: true, description: 'The proforma, by id; give this or its number.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proforma, by number.' }) proformaInvoiceNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('ConfirmProformaInvoicesInput', { description: 'The proformas to confirm, 250 at the most. They are confirmed one after the other; a refused one does not stop the others.' })
export class ConfirmProformaInvoicesInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'The proformas, by id.' }) proformaInvoiceIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'The proformas, by number; they follow those named by id.' }) proformaInvoiceNumbers?: string[] | null;
}
