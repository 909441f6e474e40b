import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Id, Integer, Rate, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';

/** A currency with the number of decimals (0 to 4) that its amounts are rounded to. */
@Table('transactioncurrency')
export class TransactionCurrency extends DataverseRecord {
  @Id('transactioncurrencyid') id!: string;
  @Index({ unique: true }) @Text('isocurrencycode', { length: 5 }) code!: string;
  @Text('currencyname', { length: 100 }) name!: string;
  @Text('currencysymbol', { length: 10, nullable: true }) symbol!: string | null;
  @Integer('currencyprecision') decimals!: number;
  /** Units of this currency per unit of the organisation's base currency. */
  @Rate('exchangerate') exchangeRate!: Decimal;
}
