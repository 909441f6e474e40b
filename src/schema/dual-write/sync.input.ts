import { Field, ID, InputType } from 'type-graphql';
import type { Filter } from '../../stores/reading/plan';
import { filterOf } from '../shared/connection';
import { LongMutationInput } from '../shared/mutation.input';
import { SyncError } from './sync.type';

@InputType('SyncInput', { description: 'Which table maps to run: all, or named ones, or what belongs to one proforma.' })
export class SyncInput extends LongMutationInput {
  @Field(() => [String], { nullable: true, description: 'Names of table maps; all when left out.' }) maps?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Only records that belong to this proforma.' }) proformaInvoiceId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same, with the proforma named by number.' }) proformaInvoiceNumber?: string | null;
}

/** Which errors of the list a retry or a dismissal takes. */
@InputType()
abstract class SyncErrorSelectionInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'Sync errors, by id: 10,000 at most. Give these, or the other fields.' }) errorIds?: string[] | null;
  @Field(() => filterOf(SyncError), {
    nullable: true,
    description: 'All that this filter takes, the same as that of syncErrors: by code, class, status, legal entity, proforma, or when they failed. Any number of them.',
  })
  filter?: Filter | null;
  @Field(() => [String], { nullable: true, description: 'Only of these table maps.' }) maps?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Every open and waiting one.' }) all?: boolean | null;
}

@InputType('RetrySyncErrorsInput', { description: 'Which failed records to try again: named ones, those that a filter takes, those of some table maps, or all.' })
export class RetrySyncErrorsInput extends SyncErrorSelectionInput {}

@InputType('DismissSyncErrorsInput', { description: 'Which failed records to give up: named ones, those that a filter takes, those of some table maps, or all.' })
export class DismissSyncErrorsInput extends SyncErrorSelectionInput {}
