import { Field, ID, InputType, Int } from 'type-graphql';
import { InvoiceFormat } from '../../entities/finance/enums';
import './enums';
import { EXPECTED_VERSION, LongMutationInput, MutationInput } from '../shared/mutation.input';
import { DateScalar } from '../shared/scalars';

@InputType('PostIntegrationJournalsInput', { description: 'Which integration journals to post: named ones, or all that are not posted.' })
export class PostIntegrationJournalsInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'Journals, by id.' }) journalIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Journals, by number; they follow those named by id.' }) journalNumbers?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Every journal in Draft or Error.' }) allDraft?: boolean | null;
  @Field(() => String, { nullable: true, description: 'With allDraft: only of this legal entity.' }) legalEntityId?: string | null;
}

@InputType('PostInvoiceProposalsInput', { description: 'Which invoice proposals to post: named ones, or all that have their lines.' })
export class PostInvoiceProposalsInput extends LongMutationInput {
  @Field(() => [ID], { nullable: true, description: 'Proposals, by id.' }) proposalIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Proposals, by number; they follow those named by id.' }) proposalNumbers?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Every open proposal that has its lines, those included that get them while the batch runs; 1,000 in one batch, the next one goes on.' }) allReady?: boolean | null;
  @Field(() => String, { nullable: true, description: 'With allReady: only of this legal entity.' }) legalEntityId?: string | null;
  @Field(() => String, { nullable: true, description: 'With allReady: only of this customer account.' }) customerAccount?: string | null;
  @Field(() => String, { nullable: true, description: 'With allReady: only of this project contract, by number.' }) contractId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'With allReady: only proposals whose own invoice date, else accounting date, is not after this day.' }) invoiceDateUpTo?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Invoice date; the proposal\'s own, or its accounting date, unless given.' }) invoiceDate?: string | null;
  @Field(() => Int, { nullable: true, description: `With one proposal. ${EXPECTED_VERSION}` }) expectedVersion?: number | null;
}

@InputType('CreateInvoiceProposalInput', { description: 'What a client would want a proposal to be. It is always refused: proposals come of confirmed proformas.' })
export class CreateInvoiceProposalInput extends MutationInput {
  @Field(() => String, { nullable: true, description: 'The proposal\'s number.' }) number?: string | null;
  @Field(() => String, { nullable: true, description: 'The project contract\'s number.' }) contractId?: string | null;
}

@InputType('DeleteInvoiceProposalInput', { description: 'The proposal that a client would want to be gone. It is always refused.' })
export class DeleteInvoiceProposalInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proposal, by id; give this or its number.' }) proposalId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proposal, by number.' }) proposalNumber?: string | null;
}

@InputType('UpdateInvoiceProposalInput', { description: 'What to change on an open proposal. Fields that Dataverse owns can be sent, and are refused one by one.' })
export class UpdateInvoiceProposalInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The proposal, by id; give this or its number.' }) proposalId?: string | null;
  @Field(() => String, { nullable: true, description: 'The proposal, by number.' }) proposalNumber?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
  @Field(() => DateScalar, { nullable: true, description: 'Invoice date. Sales tax is computed again at it.' }) invoiceDate?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due date.' }) dueDate?: string | null;
  @Field(() => String, { nullable: true, description: 'Terms of payment.' }) paymentTerms?: string | null;
  @Field(() => String, { nullable: true, description: 'Sales tax group. Sales tax of every line is computed again.' }) salesTaxGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'Customer posting profile.' }) postingProfile?: string | null;
  @Field(() => String, { nullable: true, description: 'Financial dimensions of the header.' }) defaultDimension?: string | null;
  @Field(() => InvoiceFormat, { nullable: true, description: 'How the invoice is printed; null: as its funding source says. Another one than before drops the managed format.' }) invoiceFormat?: InvoiceFormat | null;
  @Field(() => String, { nullable: true, description: 'With MANAGE_INVOICE: the id of a managed invoice format of the legal entity.' }) managedInvoiceFormatId?: string | null;
  @Field(() => String, { nullable: true, description: 'Printed before the lines; at most 1,000 characters.' }) textBefore?: string | null;
  @Field(() => String, { nullable: true, description: 'Printed after the totals; at most 1,000 characters.' }) textAfter?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) number?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) contractId?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) customerAccount?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) fundingSourceId?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) currencyCode?: string | null;
  @Field(() => String, { nullable: true, description: 'Owned by Dataverse: always refused.' }) headerText?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Owned by Dataverse: always refused.' }) accountingDate?: string | null;
}
