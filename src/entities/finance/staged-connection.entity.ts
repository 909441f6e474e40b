import { Index } from 'typeorm';
import { Table, Text } from '../columns';
import { FinanceRecord } from './finance-record';

/** A transaction connection whose two ends are both staged actuals. */
@Table('ProjCDSTransactionRelationshipImport')
export class StagedConnection extends FinanceRecord {
  @Index({ unique: true }) @Text('ConnectionId', { length: 36 }) connectionId!: string;
  @Index() @Text('Transaction1Id', { length: 36 }) transaction1Id!: string;
  @Text('Transaction1Role', { length: 50 }) transaction1Role!: string;
  @Text('Transaction1Type', { length: 100 }) transaction1Type!: string;
  @Index() @Text('Transaction2Id', { length: 36 }) transaction2Id!: string;
  @Text('Transaction2Role', { length: 50 }) transaction2Role!: string;
  @Text('Transaction2Type', { length: 100 }) transaction2Type!: string;
}
