import { ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { ProgressMilestone } from './progress-milestone.type';

@ObjectType('ProgressMilestonePayload', { description: 'The progress milestone as it is now.' })
export class ProgressMilestonePayload extends Payload {
  @RecordField(() => ProgressMilestone, 'The progress milestone; null when refused.') progressMilestone!: Related<ProgressMilestone> | null;
}
