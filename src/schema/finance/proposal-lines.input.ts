import { Field, ID, InputType, Int } from 'type-graphql';
import { ProjBillingType, ProjTransType } from '../../entities/finance/enums';
import type { Decimal } from '../../kernel/decimal';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { DateScalar, DecimalScalar } from '../shared/scalars';
import './enums';

const OWNED = 'Owned by Dataverse: always refused.';

/** Which invoice proposal a mutation of its lines is about. */
@InputType()
export abstract class ProposalLinesInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proposal, by id; give this or its number.' }) proposalId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proposal, by number.' }) proposalNumber?: string | null;
  @Field(() => Int, { nullable: true, description: `Of the proposal. ${EXPECTED_VERSION}` }) expectedVersion?: number | null;
}

@InputType('ProposalLineEditInput', { description: 'New tax groups of one proposal line. Fields that Dataverse owns can be sent, and are refused one by one.' })
export class ProposalLineEditInput {
  @Field(() => ID, { nullable: true, description: 'The line, by id; give this or its line number.' }) lineId?: string | null;
  @Field(() => Int, { nullable: true, description: 'The line, by its place on the proposal.' }) lineNumber?: number | null;
  @Field(() => String, { nullable: true, description: 'Sales tax group; null clears it, left out it stays.' }) salesTaxGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'Item sales tax group; null clears it, left out it stays.' }) itemSalesTaxGroup?: string | null;
  @Field(() => ID, { nullable: true, description: OWNED }) actualId?: string | null;
  @Field(() => ProjTransType, { nullable: true, description: OWNED }) classification?: ProjTransType | null;
  @Field(() => ProjBillingType, { nullable: true, description: OWNED }) billingType?: ProjBillingType | null;
  @Field(() => String, { nullable: true, description: OWNED }) contractLineId?: string | null;
  @Field(() => String, { nullable: true, description: OWNED }) projectId?: string | null;
  @Field(() => String, { nullable: true, description: OWNED }) categoryId?: string | null;
  @Field(() => String, { nullable: true, description: OWNED }) resourceName?: string | null;
  @Field(() => DateScalar, { nullable: true, description: OWNED }) transactionDate?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: OWNED }) quantity?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: OWNED }) salesPrice?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: OWNED }) lineAmount?: Decimal | null;
  @Field(() => String, { nullable: true, description: OWNED }) currencyCode?: string | null;
}

@InputType('UpdateInvoiceProposalLinesInput', { description: 'Lines of one open proposal that get other tax groups: all of them, or none.' })
export class UpdateInvoiceProposalLinesInput extends ProposalLinesInput {
  @Field(() => [ProposalLineEditInput], { description: 'The lines, each once; 1,000 at the most.' }) lines!: ProposalLineEditInput[];
}

@InputType('DeleteInvoiceProposalLinesInput', { description: 'The open proposal whose lines are all deleted; the next import makes them anew.' })
export class DeleteInvoiceProposalLinesInput extends ProposalLinesInput {}
