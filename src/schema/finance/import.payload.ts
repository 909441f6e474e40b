import { Field, Int, ObjectType } from 'type-graphql';
import { Run } from '../dual-write/sync.type';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload } from '../shared/user-error.type';
import { IntegrationJournal } from './integration-journal.type';
import { InvoiceProposal } from './invoice-proposal.type';

@ObjectType('ImportFromStagingPayload', { description: 'What *Import from staging* made. The counts are null while the run is still at work.' })
export class ImportFromStagingPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused.') run!: Related<Run> | null;
  @Field(() => Int, { nullable: true, description: 'On-account transactions made of milestones.' }) onAccountTransactionCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Integration journal lines made.' }) journalLineCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Proposals that got their lines; more than `invoiceProposals` holds when there are more than 500.' }) invoiceProposalCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Proposals that still wait for something; ask them for their blockers.' }) waitingProposalCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Staged rows that could not be imported; they say why and are tried again.' }) errorRowCount!: number | null;
  @Field(() => Int, { nullable: true, description: 'Integration journals made; more than `integrationJournals` holds when there are more than 500.' }) integrationJournalCount!: number | null;
  @RecordsField(() => IntegrationJournal, 'The new journals; the first 500 of them.') integrationJournals!: Related<IntegrationJournal>[];
  @RecordsField(() => InvoiceProposal, 'The proposals that got their lines; the first 500 of them.') invoiceProposals!: Related<InvoiceProposal>[];
}
