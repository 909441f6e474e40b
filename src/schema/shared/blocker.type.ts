import { Field, ID, Int, ObjectType } from 'type-graphql';
import { graphEnum } from './enums';

/** The stages of a proforma between draft and done. */
export enum ProformaStage {
  DRAFT = 'DRAFT',
  IN_REVIEW = 'IN_REVIEW',
  AWAITING_SYNC = 'AWAITING_SYNC',
  AWAITING_IMPORT = 'AWAITING_IMPORT',
  AWAITING_POSTING = 'AWAITING_POSTING',
  AWAITING_WRITE_BACK = 'AWAITING_WRITE_BACK',
  DONE = 'DONE',
}

export enum ProposalStage {
  AWAITING_LINES = 'AWAITING_LINES',
  READY_TO_POST = 'READY_TO_POST',
  INVOICED = 'INVOICED',
}

graphEnum(ProformaStage, 'ProformaStage', 'Where a proforma stands in the process, over both systems.', {
  DRAFT: 'The project manager still works on it.',
  IN_REVIEW: 'It waits for its reviewers.',
  AWAITING_SYNC: 'Confirmed; its header, actuals or connections are not all in finance yet.',
  AWAITING_IMPORT: 'All in finance; *Import from staging* has not made its proposal lines yet.',
  AWAITING_POSTING: 'Its proposal lines are there; the customer invoice is not posted yet.',
  AWAITING_WRITE_BACK: 'Posted; the accounting detail is not back in Dataverse yet.',
  DONE: 'Posted and written back.',
});
graphEnum(ProposalStage, 'ProposalStage', 'Where an invoice proposal stands.', {
  AWAITING_LINES: 'Its lines are not here yet: all of them come, or none.',
  READY_TO_POST: 'Its lines are here.',
  INVOICED: 'Its customer invoice is posted.',
});

@ObjectType('Blocker', { description: 'One thing that holds a proforma or a proposal back: the answer to "why has this invoice no lines".' })
export class Blocker {
  @Field({ description: 'A stable code; docs/api.md lists all of them.' }) code!: string;
  @Field({ description: 'One sentence with the numbers in it.' }) message!: string;
  @Field(() => Int, { description: 'How many records hold back.' }) count!: number;
  @Field(() => String, { nullable: true, description: 'The mutation to call next; null where the mending lies outside.' }) nextStep!: string | null;
  @Field(() => [ID], { description: 'Ids of up to ten of the records; nodes(ids:) reads them.' }) recordIds!: string[];
}
