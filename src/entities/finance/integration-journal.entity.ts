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
  /** The journal out of which posting moved these lines, because they could not be posted. */
  @Text('OriginalProjAdvancedJournalId', { length: 40, nullable: true }) originalNumber!: string | null;
  /** When and by whom it was last put back to draft. */
  @Timestamp('gw_reseton', { nullable: true }) resetOn!: string | null;
  @Text('gw_resetby', { length: 100, nullable: true }) resetBy!: string | null;
  @Timestamp('CreatedDateTime') createdOn!: string;
}
