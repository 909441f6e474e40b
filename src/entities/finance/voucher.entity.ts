import { Unique } from 'typeorm';
import { DateOnly, Table, Text, Timestamp } from '../columns';
import { FinanceRecord } from './finance-record';

/** A voucher: the ledger entries of one posting, which balance in transaction and in accounting currency. */
@Table('GeneralJournalEntry')
@Unique(['legalEntityId', 'number'])
export class Voucher extends FinanceRecord {
  @Text('SubledgerVoucher', { length: 40 }) number!: string;
  @DateOnly('AccountingDate') accountingDate!: string;
  @Text('DocumentNumber', { length: 100, nullable: true }) documentNumber!: string | null;
  @Text('AccountingCurrency', { length: 3 }) accountingCurrencyCode!: string;
  @Timestamp('CreatedDateTime') createdOn!: string;
}
