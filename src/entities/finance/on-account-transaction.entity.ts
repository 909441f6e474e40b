import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Money, Option, Table, Text } from '../columns';
import { FinanceRecord } from './finance-record';
import { ProjTransStatus } from './enums';

/** An on-account transaction (milestone) of the project subledger. */
@Table('ProjOnAccTrans')
export class OnAccountTransaction extends FinanceRecord {
  @Index({ unique: true }) @Text('gw_milestoneid', { length: 36 }) milestoneId!: string;
  @Text('ProjContractId', { length: 100 }) contractId!: string;
  @Text('gw_contractlineid', { length: 36 }) contractLineId!: string;
  @Text('ProjId', { length: 20, nullable: true }) projectId!: string | null;
  @DateOnly('TransDate') date!: string;
  @Text('Description', { length: 100, nullable: true }) description!: string | null;
  @Money('Amount') amount!: Decimal;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Text('TaxGroupId', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('TaxItemGroupId', { length: 20, nullable: true }) itemSalesTaxGroup!: string | null;
  @Option('TransStatus', 'ProjTransStatus', ProjTransStatus, { default: ProjTransStatus.NO_STATUS }) status!: ProjTransStatus;
}
