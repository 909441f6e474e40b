import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Integer, Lookup, Money, Option, Table, Text } from '../columns';
import { FinanceRecord } from './finance-record';
import { Voucher } from './voucher.entity';
import { PostingType } from './enums';

/** A ledger entry of a voucher. Debit is positive, credit negative, in both currencies. */
@Table('GeneralJournalAccountEntry')
@Unique(['voucherId', 'lineNumber'])
export class LedgerEntry extends FinanceRecord {
  @Lookup('GeneralJournalEntry', () => Voucher) voucherId!: string;
  @Integer('gw_linenumber') lineNumber!: number;
  @Index() @Text('MainAccount', { length: 20 }) mainAccountId!: string;
  @Option('PostingType', 'PostingType', PostingType) postingType!: PostingType;
  @Text('TransactionCurrencyCode', { length: 3 }) currencyCode!: string;
  @Money('TransactionCurrencyAmount') amount!: Decimal;
  @Money('AccountingCurrencyAmount') accountingAmount!: Decimal;
  /** Financial dimensions of the journal line, as finance's ledger account has them behind its main account. */
  @Text('gw_defaultdimension', { length: 250, nullable: true }) defaultDimension!: string | null;
  @Text('Text', { length: 255, nullable: true }) text!: string | null;
}
