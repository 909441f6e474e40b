import { Field, ID, InputType, Int } from 'type-graphql';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DecimalScalar } from '../shared/scalars';

@InputType('SetNotToExceedLimitInput', { description: 'A limit and what it covers: the contract, or only one of its lines, one of its customers, or both. What it covers has one limit; setting it again changes it.' })
export class SetNotToExceedLimitInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The contract, by id; give this or its number.' }) contractId?: string | null;
  @Field(() => String, { nullable: true, description: 'The contract, by number.' }) contractNumber?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only this line of the contract.' }) contractLineId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only what this customer pays.' }) customerId?: string | null;
  @Field(() => DecimalScalar, { description: 'The most that may be billed, in the contract\'s currency, before tax.' }) amount!: Decimal;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('RemoveNotToExceedLimitInput', { description: 'The limit to remove.' })
export class RemoveNotToExceedLimitInput extends MutationInput {
  @Field(() => ID, { description: 'The limit.' }) limitId!: string;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('ReevaluateNotToExceedInput', { description: 'Which transactions of the backlog to evaluate against their limits again.' })
export class ReevaluateNotToExceedInput extends MutationInput {
  @Field(() => [ID], { nullable: true, description: 'Unbilled sales actuals, by id.' }) actualIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Every open transaction of these contracts that is not committed.' }) contractIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'The same, with the contracts named by number.' }) contractNumbers?: string[] | null;
}
