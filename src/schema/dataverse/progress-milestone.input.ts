import { Field, ID, InputType, Int } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DateScalar, DecimalScalar } from '../shared/scalars';

@InputType('CreateProgressMilestoneInput', { description: 'A progress milestone of a fixed-price line.' })
export class CreateProgressMilestoneInput extends MutationInput {
  @Field(() => ID, { description: 'The contract line.' }) contractLineId!: string;
  @Field(() => String, { description: 'Its name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' }) description?: string | null;
  @Field(() => DecimalScalar, { description: 'The whole amount before tax, of all customers together, in the contract\'s currency.' }) amount!: Decimal;
  @Field(() => DateScalar, { description: 'The day on which its parts fall due, unless their marking says otherwise.' }) milestoneDate!: string;
}

@InputType()
abstract class NextPartInput extends MutationInput {
  @Field(() => ID, { description: 'The progress milestone.' }) progressMilestoneId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'Percent of the whole amount; give this or nextAmount.' }) nextPercent?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'An amount before tax, of all customers together.' }) nextAmount?: Decimal | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which the part falls due.' }) milestoneDate?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('UpdateProgressMilestoneInput', { description: 'How much of a progress milestone is to be invoiced next, and when.' })
export class UpdateProgressMilestoneInput extends NextPartInput {}

@InputType('MarkProgressMilestoneReadyInput', { description: 'Which part of a progress milestone to mark ready: the one given here, else the one decided before.' })
export class MarkProgressMilestoneReadyInput extends NextPartInput {}

@InputType('MarkProgressMilestoneNotReadyInput', { description: 'The progress milestone whose ready parts are taken back.' })
export class MarkProgressMilestoneNotReadyInput extends MutationInput {
  @Field(() => ID, { description: 'The progress milestone.' }) progressMilestoneId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}
