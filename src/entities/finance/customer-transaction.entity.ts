import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Lookup, Money, Table, Text } from '../columns';
import { CustomerInvoice } from './customer-invoice.entity';
import { FinanceRecord } from './finance-record';

/** A transaction of the customer subledger: what a customer owes for an invoice. */
@Table('CustTrans')
export class CustomerTransaction extends FinanceRecord {
  @Index({ unique: true }) @Lookup('gw_projinvoicejour', () => CustomerInvoice) customerInvoiceId!: string;
  @Index() @Text('AccountNum', { length: 20 }) customerAccount!: string;
  @Text('Invoice', { length: 50 }) invoiceNumber!: string;
  @Text('Voucher', { length: 40 }) voucherNumber!: string;
  @DateOnly('TransDate') date!: string;
  @DateOnly('DueDate') dueDate!: string;
  @Text('CurrencyCode', { length: 3 }) currencyCode!: string;
  @Money('AmountCur') amount!: Decimal;
  @Money('AmountMST') accountingAmount!: Decimal;
}
