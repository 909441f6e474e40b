import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Lookup, Money, Table, Text } from '../columns';
import { CustomerInvoice } from './customer-invoice.entity';
import { FinanceRecord } from './finance-record';

/** What a customer invoice credits of an earlier one: the reference that a credit note has to name. */
@Table('gw_ProjInvoiceCredit')
@Unique(['customerInvoiceId', 'creditedInvoiceId'])
export class InvoiceCredit extends FinanceRecord {
  @Lookup('gw_projinvoicejour', () => CustomerInvoice) customerInvoiceId!: string;
  @Index() @Lookup('gw_creditedinvoice', () => CustomerInvoice) creditedInvoiceId!: string;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  /** Sums of the lines that credit it, both negative where they give back what was billed. */
  @Money('LineAmount') netAmount!: Decimal;
  @Money('TaxAmount') taxAmount!: Decimal;
}
