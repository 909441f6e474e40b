import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Integer, Lookup, Money, Option, Table, Text, Timestamp } from '../columns';
import { ProformaInvoice } from '../dataverse/proforma-invoice.entity';
import { FinanceRecord } from './finance-record';
import { InvoiceFormat, InvoiceProposalStatus } from './enums';

/**
 * The header of a project invoice proposal. Only the table map inserts one, out of a proforma that exists (foreign key) and
 * that has none yet (unique key). `DueDate`, `InvoiceDate`, tax and posting columns belong to finance.
 */
@Table('ProjProposalJour')
@Unique(['legalEntityId', 'number'])
export class InvoiceProposal extends FinanceRecord {
  /** The proforma's number. */
  @Text('ProposalId', { length: 100 }) number!: string;
  @Index({ unique: true }) @Lookup('gw_invoiceid', () => ProformaInvoice) proformaInvoiceId!: string;
  @Index() @Text('ProjInvoiceProjId', { length: 100 }) contractId!: string;
  @Text('InvoiceAccount', { length: 20 }) customerAccount!: string;
  @Text('FundingSource', { length: 100, nullable: true }) fundingSourceId!: string | null;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Text('gw_invoiceheadertext', { length: 300, nullable: true }) headerText!: string | null;
  @Integer('gw_billedactualcount') billedActualCount!: number;
  @Text('HashedListOfBillableSalesActualIds', { length: 64 }) billedActualChecksum!: string;
  /** The proforma's accounting date: the invoice date unless finance sets another. */
  @DateOnly('gw_accountingdate') accountingDate!: string;

  @Index() @Option('LineProperty', 'InvoiceProposalStatus', InvoiceProposalStatus, { default: InvoiceProposalStatus.OPEN }) status!: InvoiceProposalStatus;
  /** Whether *Import from staging* has made the lines. */
  @Bool('gw_haslines', { default: false }) hasLines!: boolean;
  @DateOnly('InvoiceDate', { nullable: true }) invoiceDate!: string | null;
  @DateOnly('DueDate', { nullable: true }) dueDate!: string | null;
  @Text('Payment', { length: 20, nullable: true }) paymentTerms!: string | null;
  @Text('TaxGroupId', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('PostingProfile', { length: 20, nullable: true }) postingProfile!: string | null;
  @Text('DefaultDimension', { length: 250, nullable: true }) defaultDimension!: string | null;
  /** How the customer invoice is printed; empty: as the funding source says. */
  @Option('PSAInvoiceFormats', 'InvoiceFormat', InvoiceFormat, { nullable: true }) invoiceFormat!: InvoiceFormat | null;
  @Text('gw_managedinvoiceformat', { length: 20, nullable: true }) managedInvoiceFormatId!: string | null;
  /** Printed before the lines, and after the totals. */
  @Text('PSAInvoiceTxtPre', { length: 1000, nullable: true }) textBefore!: string | null;
  @Text('PSAInvoiceTxtPost', { length: 1000, nullable: true }) textAfter!: string | null;
  @Money('SalesOrderbalance', { default: 0 }) netAmount!: Decimal;
  @Money('SumTax', { default: 0 }) taxAmount!: Decimal;
  @Money('InvoiceAmount', { default: 0 }) invoiceAmount!: Decimal;
  @Timestamp('CreatedDateTime', { nullable: true }) createdOn!: string | null;
}
