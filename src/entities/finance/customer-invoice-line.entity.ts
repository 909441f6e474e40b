import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Integer, Lookup, Money, Option, Quantity, Table, Text } from '../columns';
import { CustomerInvoice } from './customer-invoice.entity';
import { FinanceRecord } from './finance-record';
import { InvoiceProposalLine } from './invoice-proposal-line.entity';
import { ProjOrigin, ProjTransType } from './enums';

/** A line of a posted customer invoice. */
@Table('gw_ProjInvoiceTrans')
@Unique(['customerInvoiceId', 'lineNumber'])
export class CustomerInvoiceLine extends FinanceRecord {
  @Lookup('gw_projinvoicejour', () => CustomerInvoice) customerInvoiceId!: string;
  @Index({ unique: true }) @Lookup('gw_projproposaltrans', () => InvoiceProposalLine) proposalLineId!: string;
  @Index() @Text('gw_actualid', { length: 36 }) actualId!: string;
  @Integer('LineNumber') lineNumber!: number;
  @Option('TransType', 'ProjTransType', ProjTransType) classification!: ProjTransType;
  /** Prepayment or deduction of a retainer, or milestone; empty on everything else. */
  @Option('gw_projorigin', 'ProjOrigin', ProjOrigin, { nullable: true }) origin!: ProjOrigin | null;
  @Text('ProjId', { length: 20, nullable: true }) projectId!: string | null;
  @Text('CategoryId', { length: 100, nullable: true }) categoryId!: string | null;
  @DateOnly('ProjTransDate') transactionDate!: string;
  @Text('Txt', { length: 255, nullable: true }) description!: string | null;
  @Quantity('Qty') quantity!: Decimal;
  @Money('SalesPrice', { nullable: true }) salesPrice!: Decimal | null;
  @Money('LineAmount') lineAmount!: Decimal;
  @Money('TaxAmount') taxAmount!: Decimal;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Money('LineAmountMST') accountingAmount!: Decimal;
}
