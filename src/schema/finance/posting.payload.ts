import { Field, Int, ObjectType } from 'type-graphql';
import { Run } from '../dual-write/sync.type';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { Payload, UserError } from '../shared/user-error.type';
import { CustomerInvoice } from './customer-invoice.type';
import { IntegrationJournal } from './integration-journal.type';
import { InvoiceProposal } from './invoice-proposal.type';

@ObjectType('PostIntegrationJournalResult', { description: 'What came of one journal.' })
export class PostIntegrationJournalResult {
  @RecordField(() => IntegrationJournal, 'The journal.') integrationJournal!: Related<IntegrationJournal> | null;
  @Field(() => Int, { description: 'Lines posted now.' }) postedLineCount!: number;
  @Field(() => Int, { description: 'Lines that could not be posted; each says why.' }) failedLineCount!: number;
  @RecordField(() => IntegrationJournal, 'The new journal that took the lines which could not be posted, where the parameters say so; it names this one as its original.') errorJournal!: Related<IntegrationJournal> | null;
  @Field(() => [UserError], { description: 'Why the journal was refused.' }) errors!: UserError[];
}

@ObjectType('PostIntegrationJournalsPayload', { description: 'A result per journal: a refused one leaves the others alone.' })
export class PostIntegrationJournalsPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => [PostIntegrationJournalResult], { nullable: true, description: 'A result per journal; null while the run is still at work.' }) results!: PostIntegrationJournalResult[] | null;
}

@ObjectType('PostInvoiceProposalResult', { description: 'What came of one proposal.' })
export class PostInvoiceProposalResult {
  @RecordField(() => InvoiceProposal, 'The proposal.') invoiceProposal!: Related<InvoiceProposal> | null;
  @RecordField(() => CustomerInvoice, 'The customer invoice; null when refused.') customerInvoice!: Related<CustomerInvoice> | null;
  @Field(() => [UserError], { description: 'Why the proposal was refused.' }) errors!: UserError[];
}

@ObjectType('PostInvoiceProposalsPayload', { description: 'A result per proposal: a refused one leaves the others alone.' })
export class PostInvoiceProposalsPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => [PostInvoiceProposalResult], { nullable: true, description: 'A result per proposal; null while the run is still at work.' }) results!: PostInvoiceProposalResult[] | null;
}

@ObjectType('InvoiceProposalPayload', { description: 'The proposal as it is now.' })
export class InvoiceProposalPayload extends Payload {
  @RecordField(() => InvoiceProposal, 'The proposal; null when refused.') invoiceProposal!: Related<InvoiceProposal> | null;
}

@ObjectType('UpdateInvoiceProposalLinesPayload', { description: 'The proposal with its new tax and totals.' })
export class UpdateInvoiceProposalLinesPayload extends Payload {
  @RecordField(() => InvoiceProposal, 'The proposal; null when refused.') invoiceProposal!: Related<InvoiceProposal> | null;
  @Field(() => Int, { description: 'Lines whose tax groups really changed.' }) changedLineCount!: number;
}

@ObjectType('DeleteInvoiceProposalLinesPayload', { description: 'The proposal without lines.' })
export class DeleteInvoiceProposalLinesPayload extends Payload {
  @RecordField(() => InvoiceProposal, 'The proposal; null when refused.') invoiceProposal!: Related<InvoiceProposal> | null;
  @Field(() => Int, { description: 'Lines deleted; the next import makes as many.' }) deletedLineCount!: number;
}
