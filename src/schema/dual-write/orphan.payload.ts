import { Field, Int, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Run } from './sync.type';

@ObjectType('QuarantinePayload', { description: 'What went into quarantine, or came out. The counts are null while the run is still at work.' })
export class QuarantinePayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => Int, { nullable: true, description: 'Staged actuals that moved now: none of those that were there already.' }) stagedActualCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Staged milestones that moved now.' }) stagedMilestoneCount!: number | null;
}
