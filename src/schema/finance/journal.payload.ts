import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { IntegrationJournal, IntegrationJournalLine } from './integration-journal.type';
import { StagedActual } from './staging.type';

@ObjectType('UpdateIntegrationJournalLinesPayload', { description: 'The journal and its lines as they are now.' })
export class UpdateIntegrationJournalLinesPayload extends Payload {
  @RecordField(() => IntegrationJournal, 'The journal; null when refused.') integrationJournal!: Related<IntegrationJournal> | null;
  @Field(() => Int, { description: 'Lines that were changed; more than `lines` holds when the input names more than 500.' }) updatedLineCount!: number;
  @RecordsField(() => IntegrationJournalLine, 'The lines of the input, in its order; the first 500 of them.') lines!: Related<IntegrationJournalLine>[];
}

@ObjectType('ResetIntegrationJournalPayload', { description: 'The journal as a draft.' })
export class ResetIntegrationJournalPayload extends Payload {
  @RecordField(() => IntegrationJournal, 'The journal; null when refused.') integrationJournal!: Related<IntegrationJournal> | null;
  @Field(() => Int, { description: 'Lines that are drafts again.' }) resetLineCount!: number;
}

@ObjectType('DeleteIntegrationJournalLinesPayload', { description: 'The journal without the lines; the next import makes lines of their staged actuals again.' })
export class DeleteIntegrationJournalLinesPayload extends Payload {
  @RecordField(() => IntegrationJournal, 'The journal; null when refused.') integrationJournal!: Related<IntegrationJournal> | null;
  @Field(() => Int, { description: 'Lines that were deleted; more than `stagedActuals` holds when the input names more than 500.' }) deletedLineCount!: number;
  @RecordsField(() => StagedActual, 'Their staged actuals, unprocessed again; the first 500 of them.') stagedActuals!: Related<StagedActual>[];
}

@ObjectType('DeleteIntegrationJournalPayload', { description: 'What was deleted; the next import makes lines of the staged actuals again.' })
export class DeleteIntegrationJournalPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the journal that no longer exists; null when refused.' }) deletedIntegrationJournalId!: string | null;
  @Field(() => Int, { description: 'Lines that were deleted.' }) deletedLineCount!: number;
}
