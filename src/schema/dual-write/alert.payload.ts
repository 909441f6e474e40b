import { Field, ID, ObjectType } from 'type-graphql';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { Alert, AlertRule } from './alert.type';

@ObjectType('AlertRulePayload', { description: 'The alert rule as it is now.' })
export class AlertRulePayload extends Payload {
  @RecordField(() => AlertRule, 'The rule; null when refused.') alertRule!: Related<AlertRule> | null;
}

@ObjectType('DeleteAlertRulePayload', { description: 'What was deleted.' })
export class DeleteAlertRulePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the rule that no longer exists; null when refused.' }) deletedRuleId!: string | null;
}

@ObjectType('AlertPayload', { description: 'The alert as it is now.' })
export class AlertPayload extends Payload {
  @RecordField(() => Alert, 'The alert; null when refused.') alert!: Related<Alert> | null;
}
