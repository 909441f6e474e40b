import { Index } from 'typeorm';
import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** Where a transaction came from: time entry, journal line, invoice, invoice line, line detail. */
@Table('msdyn_transactionorigin')
export class TransactionOrigin extends DataverseRecord {
  @Id('msdyn_transactionoriginid') id!: string;
  @Index() @Text('msdyn_origin', { length: 100 }) originId!: string;
  @Text('msdyn_origintype', { length: 100 }) originType!: string;
  @Index() @Text('msdyn_transaction', { length: 100 }) transactionId!: string;
  @Text('msdyn_transactiontype', { length: 100 }) transactionType!: string;
}
