import { Index, Unique } from 'typeorm';
import { DateOnly, Option, Table, Text, Timestamp } from '../columns';
import { FinanceRecord } from './finance-record';
import { IntegrationJournalStatus } from './enums';

/** The header of a project integration journal, which posts cost and unbilled sales. */
@Table('ProjAdvancedJournal')
@Unique(['legalEntityId', 'number'])
export class IntegrationJournal extends FinanceRecord {
  @Text('ProjAdvancedJournalId', { length: 40 }) number!: string;
  @Text('Description', { length: 255 }) description!: string;
  @Index() @Option('Status', 'IntegrationJournalStatus', IntegrationJournalStatus, { default: IntegrationJournalStatus.DRAFT }) status!: IntegrationJournalStatus;
  /** First day of the period whose lines it holds; empty where the parameters put all lines together. */
  @DateOnly('PeriodStartDate', { nullable: true }) periodStartDate!: string | null;
  @Timestamp('PostedDateTime', { nullable: true }) postedOn!: string | null;
  @Text('PostedUserId', { length: 100, nullable: true }) postedBy!: string | null;
  @Text('OriginalProjAdvancedJournalId', { length: 40, nullable: true }) originalNumber!: string | null;
  @Timestamp('CreatedDateTime') createdOn!: string;
}
