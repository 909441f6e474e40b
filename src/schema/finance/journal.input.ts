import { Field, ID, InputType, Int } from 'type-graphql';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';

/** Which integration journal a mutation is about. */
@InputType()
export abstract class JournalInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The journal, by id; give this or its number.' }) journalId?: string | null;
  @Field(() => String, { nullable: true, description: 'The journal, by number.' }) journalNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('ResetIntegrationJournalInput', { description: 'The journal in Error that becomes a draft again, with its lines.' })
export class ResetIntegrationJournalInput extends JournalInput {}

@InputType('DeleteIntegrationJournalLinesInput', { description: 'Lines of one journal that are not posted; all or none are deleted.' })
export class DeleteIntegrationJournalLinesInput extends JournalInput {
  @Field(() => [ID], { description: 'The lines, by id.' }) lineIds!: string[];
}

@InputType('DeleteIntegrationJournalInput', { description: 'The journal to delete; no line of it may be posted.' })
export class DeleteIntegrationJournalInput extends MutationInput {
  @Field(() => ID, { description: 'The journal, by id.' }) journalId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}
