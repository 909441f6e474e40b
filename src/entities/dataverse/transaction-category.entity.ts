import { Index } from 'typeorm';
import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** A transaction category; the project category of the same name holds its accounting in finance. */
@Table('msdyn_transactioncategory')
export class TransactionCategory extends DataverseRecord {
  @Id('msdyn_transactioncategoryid') id!: string;
  @Index({ unique: true }) @Text('msdyn_name', { length: 100 }) name!: string;
}
