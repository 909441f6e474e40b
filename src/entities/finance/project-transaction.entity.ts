import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Lookup, Money, Option, Quantity, Table, Text } from '../columns';
import { CustomerInvoice } from './customer-invoice.entity';
import { FinanceRecord } from './finance-record';
import { IntegrationJournalLine } from './integration-journal-line.entity';
import { Voucher } from './voucher.entity';
import { ProjCdsTransType, ProjTransStatus, ProjTransType } from './enums';

/**
 * A transaction of the project subledger: cost or sales value of an hour, expense, item or fee. Finance marks an unbilled
 * sales transaction fully invoiced when its customer invoice is posted.
 */
@Table('gw_ProjTrans')
export class ProjectTransaction extends FinanceRecord {
  @Index({ unique: true }) @Lookup('gw_projadvancedjournalline', () => IntegrationJournalLine) journalLineId!: string;
  @Index() @Text('gw_actualid', { length: 36 }) actualId!: string;
  /** COST or SALES. */
  @Option('gw_transtype', 'ProjCdsTransType', ProjCdsTransType) transactionType!: ProjCdsTransType;
  @Option('TransType', 'ProjTransType', ProjTransType) classification!: ProjTransType;
  @Option('TransStatus', 'ProjTransStatus', ProjTransStatus) status!: ProjTransStatus;
  @Index() @Text('ProjId', { length: 20, nullable: true }) projectId!: string | null;
  @Text('CategoryId', { length: 100, nullable: true }) categoryId!: string | null;
  @DateOnly('TransDate') transactionDate!: string;
  @Quantity('Qty') quantity!: Decimal;
  @Money('LineAmount') amount!: Decimal;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Money('AmountMST') accountingAmount!: Decimal;
  @Lookup('gw_generaljournalentry', () => Voucher) voucherId!: string;
  @Text('VoucherJournal', { length: 40 }) voucherNumber!: string;
  /** The customer invoice that invoiced it. */
  @Index() @Lookup('gw_projinvoicejour', () => CustomerInvoice, { nullable: true }) customerInvoiceId!: string | null;
}
