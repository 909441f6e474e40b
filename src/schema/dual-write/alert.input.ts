import { Field, ID, InputType, Int } from 'type-graphql';
import { AlertAction, AlertErrorClass } from '../../entities/dual-write/enums';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';

const SECRET = 'What signs the notifications: "whsec_" and 24 to 64 random bytes in base64. It is never shown again.';

@InputType('CreateAlertRuleInput', { description: 'When a rule fires, and what it does then.' })
export class CreateAlertRuleInput extends MutationInput {
  @Field(() => String, { description: 'A name of its own, up to 100 characters.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Name of the table map to watch; every map by itself when left out.' }) mapName?: string | null;
  @Field(() => Int, { description: 'How many failures fire it.' }) threshold!: number;
  @Field(() => Int, { description: 'Within how many minutes, up to 10,080: a week.' }) minutes!: number;
  @Field(() => AlertErrorClass, { description: 'Which failures count.' }) errorClass!: AlertErrorClass;
  @Field(() => AlertAction, { description: 'What it does.' }) action!: AlertAction;
  @Field(() => String, { nullable: true, description: 'Where its alerts are sent, by HTTP POST: an http or https address. Nowhere when left out; then they are only listed.' }) webhookUrl?: string | null;
  @Field(() => String, { nullable: true, description: `${SECRET} Needed with webhookUrl.` }) webhookSecret?: string | null;
}

@InputType('UpdateAlertRuleInput', { description: 'What to change of an alert rule; what is left out stays.' })
export class UpdateAlertRuleInput extends MutationInput {
  @Field(() => ID, { description: 'The rule.' }) ruleId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the table map to watch; null watches every map by itself.' }) mapName?: string | null;
  @Field(() => Int, { nullable: true, description: 'How many failures fire it.' }) threshold?: number | null;
  @Field(() => Int, { nullable: true, description: 'Within how many minutes.' }) minutes?: number | null;
  @Field(() => AlertErrorClass, { nullable: true, description: 'Which failures count.' }) errorClass?: AlertErrorClass | null;
  @Field(() => AlertAction, { nullable: true, description: 'What it does.' }) action?: AlertAction | null;
  @Field(() => String, { nullable: true, description: 'Where its alerts are sent; null sends them nowhere.' }) webhookUrl?: string | null;
  @Field(() => String, { nullable: true, description: `${SECRET} A new one signs what is sent from then on.` }) webhookSecret?: string | null;
}

@InputType('DeleteAlertRuleInput', { description: 'The alert rule to delete.' })
export class DeleteAlertRuleInput extends MutationInput {
  @Field(() => ID, { description: 'The rule.' }) ruleId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('SendAlertAgainInput', { description: 'The alert whose notification is to be sent again.' })
export class SendAlertAgainInput extends MutationInput {
  @Field(() => ID, { description: 'The alert; its notification has FAILED.' }) alertId!: string;
}
