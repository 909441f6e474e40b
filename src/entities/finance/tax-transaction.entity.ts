import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Lookup, Money, Rate, Table, Text } from '../columns';
import { CustomerInvoiceLine } from './customer-invoice-line.entity';
import { CustomerInvoice } from './customer-invoice.entity';
import { FinanceRecord } from './finance-record';

/** Sales tax of one invoice line and tax code. */
@Table('TaxTrans')
export class TaxTransaction extends FinanceRecord {
  @Index() @Lookup('gw_projinvoicejour', () => CustomerInvoice) customerInvoiceId!: string;
  @Index() @Lookup('gw_projinvoicetrans', () => CustomerInvoiceLine) invoiceLineId!: string;
  @Text('Voucher', { length: 40 }) voucherNumber!: string;
  @Text('TaxCode', { length: 20 }) taxCode!: string;
  @Rate('TaxValue') ratePercent!: Decimal;
  @Text('CurrencyCode', { length: 3 }) currencyCode!: string;
  @Money('TaxBaseAmountCur') baseAmount!: Decimal;
  @Money('TaxAmountCur') taxAmount!: Decimal;
  @Money('TaxAmount') accountingTaxAmount!: Decimal;
}
