import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Money, Table, Text } from '../columns';
import { StagedRecord } from './staged-record';

/** A milestone as the table map carried it; import makes its on-account transaction. */
@Table('ProjCDSContractLineMilestoneImport')
export class StagedMilestone extends StagedRecord {
  /** The milestone's Dataverse id. */
  @Index({ unique: true }) @Text('TransactionId', { length: 36 }) milestoneId!: string;
  @Text('ContractLineRef', { length: 36 }) contractLineId!: string;
  @Text('ProjectContractId', { length: 100 }) contractId!: string;
  @Text('CustomerAccountNumber', { length: 20, nullable: true }) customerAccount!: string | null;
  @Text('ProjectId', { length: 20, nullable: true }) projectId!: string | null;
  @DateOnly('InvoiceDate') invoiceDate!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Money('Amount') amount!: Decimal;
  @Bool('gw_isprocessed', { default: false }) isProcessed!: boolean;
}
