import { ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Actual } from './actual.type';
import { Milestone, TimeEntry } from './project-contract.type';

@ObjectType('TimeApprovalPayload', { description: 'The time entries, and the actuals that came of the approval or its cancellation.' })
export class TimeApprovalPayload extends Payload {
  @RecordsField(() => TimeEntry, 'The time entries as they are now.') timeEntries!: Related<TimeEntry>[];
  @RecordsField(() => Actual, 'The new actuals: cost and unbilled sales per customer, or their reversals.') actuals!: Related<Actual>[];
}

@ObjectType('CreateMilestonePayload', { description: 'The new milestones.' })
export class CreateMilestonePayload extends Payload {
  @RecordsField(() => Milestone, 'One milestone per customer who shares the line.') milestones!: Related<Milestone>[];
}
