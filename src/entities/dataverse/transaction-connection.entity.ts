import { Index } from 'typeorm';
import { Id, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** How two transactions belong together: which reverses, bills or replaces which. */
@Table('msdyn_transactionconnection')
export class TransactionConnection extends DataverseRecord {
  @Id('msdyn_transactionconnectionid') id!: string;
  @Text('msdyn_name', { length: 100, nullable: true }) name!: string | null;
  @Index() @Text('msdyn_transaction1', { length: 100 }) transaction1Id!: string;
  @Text('msdyn_transaction1role', { length: 50 }) transaction1Role!: string;
  @Text('msdyn_transaction1type', { length: 100 }) transaction1Type!: string;
  @Index() @Text('msdyn_transaction2', { length: 100 }) transaction2Id!: string;
  @Text('msdyn_transaction2role', { length: 50 }) transaction2Role!: string;
  @Text('msdyn_transaction2type', { length: 100 }) transaction2Type!: string;
}
