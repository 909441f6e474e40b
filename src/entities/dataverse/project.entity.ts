import { Index } from 'typeorm';
import { Id, Lookup, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { TransactionCurrency } from './transaction-currency.entity';

/** A project. Finance knows it by its project number. */
@Table('msdyn_project')
export class Project extends DataverseRecord {
  @Id('msdyn_projectid') id!: string;
  @Index({ unique: true }) @Text('msdynce_projectnumber', { length: 20 }) number!: string;
  @Text('msdyn_subject', { length: 200 }) name!: string;
  @Lookup('msdyn_customer', () => Account, { nullable: true }) customerId!: string | null;
  @Lookup('transactioncurrencyid', () => TransactionCurrency, { nullable: true }) currencyId!: string | null;
}
