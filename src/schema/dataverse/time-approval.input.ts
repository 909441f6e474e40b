import { Field, ID, InputType } from 'type-graphql';
import { BillingType } from '../../entities/dataverse/option-sets';
import type { Decimal } from '../../kernel/decimal';
import { MutationInput } from '../shared/mutation.input';
import { DateScalar, DecimalScalar } from '../shared/scalars';
import './enums';

@InputType('ApproveTimeEntryInput', { description: 'A submitted time entry, and the figures under which it is approved.' })
export class ApproveTimeEntryInput {
  @Field(() => ID, { description: 'The time entry.' }) timeEntryId!: string;
  @Field(() => DecimalScalar, { description: 'Cost per hour, in the currency of the contracting unit.' }) costPrice!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: 'Sales price per hour, in the contract\'s currency. Needed unless the contract line has a fixed price.' }) salesPrice?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: 'Hours that the customer pays; the hours worked unless given. What is left of those worked becomes non-chargeable.' }) billableHours?: Decimal | null;
  @Field(() => BillingType, { nullable: true, description: 'CHARGEABLE unless given.' }) billingType?: BillingType | null;
  @Field(() => ID, { nullable: true, description: 'The transaction category of the actuals; finance finds accounts and tax by it.' }) categoryId?: string | null;
}

@InputType('ApproveTimeEntriesInput', { description: 'Time to approve, all entries or none.' })
export class ApproveTimeEntriesInput extends MutationInput {
  @Field(() => [ApproveTimeEntryInput], { description: 'The entries.' }) entries!: ApproveTimeEntryInput[];
  @Field(() => DateScalar, { nullable: true, description: 'When the actuals count in the books; the day of the work unless given.' }) accountingDate?: string | null;
}

@InputType('CancelTimeEntryApprovalInput', { description: 'Approved time whose approval is taken back, all entries or none.' })
export class CancelTimeEntryApprovalInput extends MutationInput {
  @Field(() => [ID], { description: 'The time entries.' }) timeEntryIds!: string[];
  @Field(() => DateScalar, { nullable: true, description: 'When the reversals count in the books; today unless given.' }) accountingDate?: string | null;
}

@InputType('CreateMilestoneInput', { description: 'A milestone of a fixed-price line. On a line that several customers share, each gets one with a share of the amount.' })
export class CreateMilestoneInput extends MutationInput {
  @Field(() => ID, { description: 'The contract line.' }) contractLineId!: string;
  @Field(() => String, { description: 'Its name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' }) description?: string | null;
  @Field(() => DecimalScalar, { description: 'Amount before tax, of all customers together, in the contract\'s currency.' }) amount!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: 'The project manager\'s estimate of sales tax; zero unless given.' }) tax?: Decimal | null;
  @Field(() => DateScalar, { description: 'The day it falls due.' }) milestoneDate!: string;
}
