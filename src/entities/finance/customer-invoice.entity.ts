import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Lookup, Money, Option, Rate, Table, Text, Timestamp } from '../columns';
import { InvoiceFormat } from './enums';
import { FinanceRecord } from './finance-record';
import { InvoiceProposal } from './invoice-proposal.entity';
import { Voucher } from './voucher.entity';

/** A posted customer invoice. Its number and voucher are taken inside the posting transaction, so they have no gap. */
@Table('ProjInvoiceJour')
@Unique(['legalEntityId', 'number'])
export class CustomerInvoice extends FinanceRecord {
  @Text('ProjInvoiceId', { length: 50 }) number!: string;
  @Index({ unique: true }) @Lookup('gw_projproposaljour', () => InvoiceProposal) proposalId!: string;
  /** The proposal's and the proforma's number; the export map finds the proforma by it. */
  @Index() @Text('ProposalId', { length: 100 }) proposalNumber!: string;
  @Index() @Text('ProjInvoiceProjId', { length: 100 }) contractId!: string;
  @Index() @Text('InvoiceAccount', { length: 20 }) customerAccount!: string;
  @DateOnly('InvoiceDate') invoiceDate!: string;
  @DateOnly('DueDate') dueDate!: string;
  @Text('Payment', { length: 20, nullable: true }) paymentTerms!: string | null;
  @Text('PostingProfile', { length: 20 }) postingProfile!: string;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Rate('ExchRate') exchangeRate!: Decimal;
  @Text('gw_accountingcurrency', { length: 3 }) accountingCurrencyCode!: string;
  @Money('SalesOrderbalance') netAmount!: Decimal;
  @Money('SumTax') taxAmount!: Decimal;
  @Money('InvoiceAmount') invoiceAmount!: Decimal;
  @Money('gw_accountinginvoiceamount') accountingInvoiceAmount!: Decimal;
  /** How it is printed: the proposal's format, else the funding source's, else in detail. */
  @Option('PSAInvoiceFormats', 'InvoiceFormat', InvoiceFormat, { default: InvoiceFormat.DETAIL_INVOICE }) invoiceFormat!: InvoiceFormat;
  @Text('gw_managedinvoiceformat', { length: 20, nullable: true }) managedInvoiceFormatId!: string | null;
  @Text('PSAInvoiceTxtPre', { length: 1000, nullable: true }) textBefore!: string | null;
  @Text('PSAInvoiceTxtPost', { length: 1000, nullable: true }) textAfter!: string | null;
  @Index() @Lookup('gw_generaljournalentry', () => Voucher) voucherId!: string;
  @Text('LedgerVoucher', { length: 40 }) voucherNumber!: string;
  @Timestamp('CreatedDateTime') postedOn!: string;
  @Text('gw_postedby', { length: 100 }) postedBy!: string;
}
