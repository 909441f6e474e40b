import { Field, ID, InputType } from 'type-graphql';
import { LongMutationInput } from '../shared/mutation.input';

@InputType('ImportFromStagingInput', { description: 'What to import from staging: everything, one legal entity, or one proposal.' })
export class ImportFromStagingInput extends LongMutationInput {
  @Field(() => String, { nullable: true, description: 'Only this legal entity, for example USPM.' }) legalEntityId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only what belongs to this proposal, by id.' }) proposalId?: string | null;
  @Field(() => String, { nullable: true, description: 'The same, with the proposal named by number.' }) proposalNumber?: string | null;
}
