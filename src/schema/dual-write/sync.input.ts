import { Field, ID, InputType } from 'type-graphql';
import { LongMutationInput, MutationInput } from '../shared/mutation.input';

@InputType('SyncInput', { description: 'Which table maps to run: all, or named ones, or what belongs to one proforma.' })
export class SyncInput extends LongMutationInput {
  @Field(() => [String], { nullable: true, description: 'Names of table maps; all when left out.' }) maps?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Only records that belong to this proforma.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same, with the proforma named by number.' }) proformaInvoiceNumber?: string | null;
}

@InputType('RetrySyncErrorsInput', { description: 'Which failed records to try again: named ones, or all.' })
export class RetrySyncErrorsInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'Sync errors, by id.' }) errorIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Every open and waiting one.' }) all?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'With all: only of these table maps.' }) maps?: string[] | null;
}

@InputType('DismissSyncErrorsInput', { description: 'Which failed records to give up.' })
export class DismissSyncErrorsInput extends MutationInput {
  @Field(() => [ID], { description: 'Sync errors, by id.' }) errorIds!: string[];
}
