import { InvoiceFormat, ProjOrigin, ProjTransType } from '../../entities/finance/enums';
import { Actual } from '../dataverse/actual.type';
import { ProformaInvoice } from '../dataverse/proforma-invoice.type';
import { ProjectContract } from '../dataverse/project-contract.type';
import { ManyField } from '../shared/connection';
import { DateField, DecimalField, EnumField, IntField, NodeType, OneField, RateField, TextField, TimestampField, type Related } from '../shared/node';
import './enums';
import { ProjectTransaction } from './integration-journal.type';
import { InvoiceProposal, InvoiceProposalLine } from './invoice-proposal.type';
import { LegalEntity } from './legal-entity.type';
import { ProjectPosting, Voucher } from './voucher.type';

@NodeType('CustomerInvoice', 'A posted customer invoice (ProjInvoiceJour). A negative total is a credit note.')
export class CustomerInvoice {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('Its number; continuous in the legal entity.') number!: string;
  @TextField('The proposal\'s and proforma\'s number.') proposalNumber!: string;
  @TextField('The project contract\'s number.') contractId!: string;
  @TextField('The customer account.') customerAccount!: string;
  @DateField('Invoice date.') invoiceDate!: string;
  @DateField('Due date.') dueDate!: string;
  @TextField('Terms of payment.', { nullable: true }) paymentTerms!: string | null;
  @TextField('Customer posting profile.') postingProfile!: string;
  @TextField('Currency of the invoice.') currencyCode!: string;
  @RateField('Units of accounting currency per unit of invoice currency.') exchangeRate!: string;
  @TextField('Currency of the books.') accountingCurrencyCode!: string;
  @DecimalField('Sum of its lines before tax.') netAmount!: string;
  @DecimalField('Sales tax.') taxAmount!: string;
  @DecimalField('Net amount plus tax.') invoiceAmount!: string;
  @DecimalField('Net amount plus tax, in accounting currency.') accountingInvoiceAmount!: string;
  @EnumField(InvoiceFormat, 'How it is printed, unless asked for otherwise.') invoiceFormat!: InvoiceFormat;
  @TextField('With MANAGE_INVOICE: the id of the managed invoice format.', { nullable: true }) managedInvoiceFormatId!: string | null;
  @TextField('Printed before the lines.', { nullable: true }) textBefore!: string | null;
  @TextField('Printed after the totals.', { nullable: true }) textAfter!: string | null;
  @TextField('The voucher that posted it.') voucherNumber!: string;
  @TimestampField('When it was posted.') postedOn!: string;
  @TextField('Who posted it.') postedBy!: string;
  @OneField(() => LegalEntity, 'The legal entity.') legalEntity!: Related<LegalEntity> | null;
  @OneField(() => InvoiceProposal, 'The proposal.', { nullable: false }) proposal!: Related<InvoiceProposal>;
  @OneField(() => ProjectContract, 'The project contract in Dataverse.') contract!: Related<ProjectContract> | null;
  @OneField(() => ProformaInvoice, 'The proforma.') proformaInvoice!: Related<ProformaInvoice> | null;
  @OneField(() => Voucher, 'The voucher that posted it.', { nullable: false }) voucher!: Related<Voucher>;
  @ManyField(() => CustomerInvoiceLine, 'Its lines.') lines!: unknown;
  @ManyField(() => TaxTransaction, 'Its sales tax, per line and tax code.') taxTransactions!: unknown;
  @ManyField(() => ProjectTransaction, 'The project transactions that it invoiced.') projectTransactions!: unknown;
  @ManyField(() => InvoiceCredit, 'The earlier invoices that it credits: what a credit note refers to.') credits!: unknown;
  @ManyField(() => InvoiceCredit, 'The later invoices that credit it.') creditedBy!: unknown;
  @OneField(() => CustomerTransaction, 'Its transaction in the customer subledger.') customerTransaction!: Related<CustomerTransaction> | null;
}

@NodeType('CustomerInvoiceLine', 'A line of a posted customer invoice.')
export class CustomerInvoiceLine {
  @TextField('The legal entity.') legalEntityId!: string;
  @IntField('Its place on the invoice.') lineNumber!: number;
  @TextField('The billed actual\'s Dataverse id.') actualId!: string;
  @EnumField(ProjTransType, 'Hour, expense, item, fee or on-account.') classification!: ProjTransType;
  @EnumField(ProjOrigin, 'Prepayment or deduction of a retainer, or milestone; empty on everything else.', { nullable: true }) origin!: ProjOrigin | null;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @TextField('The project category.', { nullable: true }) categoryId!: string | null;
  @DateField('When the work happened.') transactionDate!: string;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @DecimalField('Hours or units.') quantity!: string;
  @DecimalField('Price per unit.', { nullable: true }) salesPrice!: string | null;
  @DecimalField('Amount before tax.') lineAmount!: string;
  @DecimalField('Sales tax of the line.') taxAmount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @DecimalField('Amount before tax, in accounting currency.') accountingAmount!: string;
  @OneField(() => CustomerInvoice, 'The invoice.', { nullable: false }) customerInvoice!: Related<CustomerInvoice>;
  @OneField(() => InvoiceProposalLine, 'The proposal line.', { nullable: false }) proposalLine!: Related<InvoiceProposalLine>;
  @OneField(() => Actual, 'The billed actual in Dataverse.') actual!: Related<Actual> | null;
  @ManyField(() => ProjectPosting, 'What it posted, account by account.') postings!: unknown;
  @ManyField(() => TaxTransaction, 'Its sales tax, per tax code.') taxTransactions!: unknown;
}

@NodeType('InvoiceCredit', 'What one customer invoice credits of an earlier one. An invoice with a negative total is a credit note; one that credits less than it bills names what it credits too.')
export class InvoiceCredit {
  @TextField('The legal entity.') legalEntityId!: string;
  @DecimalField('Sum of the lines that credit it, before tax; negative where they give back what was billed.') netAmount!: string;
  @DecimalField('Sales tax of those lines.') taxAmount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @OneField(() => CustomerInvoice, 'The invoice that credits.', { nullable: false }) customerInvoice!: Related<CustomerInvoice>;
  @OneField(() => CustomerInvoice, 'The invoice that is credited.', { nullable: false }) creditedInvoice!: Related<CustomerInvoice>;
}

@NodeType('TaxTransaction', 'Sales tax of one invoice line and tax code (TaxTrans).')
export class TaxTransaction {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The tax code.') taxCode!: string;
  @RateField('Percent of the net amount.') ratePercent!: string;
  @DecimalField('The net amount.') baseAmount!: string;
  @DecimalField('Sales tax.') taxAmount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @DecimalField('Sales tax in accounting currency.') accountingTaxAmount!: string;
  @TextField('The voucher that posted it.') voucherNumber!: string;
  @OneField(() => CustomerInvoice, 'The invoice.', { nullable: false }) customerInvoice!: Related<CustomerInvoice>;
  @OneField(() => CustomerInvoiceLine, 'The invoice line.', { nullable: false }) invoiceLine!: Related<CustomerInvoiceLine>;
}

@NodeType('CustomerTransaction', 'A transaction of the customer subledger (CustTrans): what a customer owes for an invoice.')
export class CustomerTransaction {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The customer account.') customerAccount!: string;
  @TextField('The invoice\'s number.') invoiceNumber!: string;
  @TextField('The voucher that posted it.') voucherNumber!: string;
  @DateField('Invoice date.') date!: string;
  @DateField('Due date.') dueDate!: string;
  @TextField('Currency of the invoice.') currencyCode!: string;
  @DecimalField('Amount owed, with tax.') amount!: string;
  @DecimalField('Amount owed, with tax, in accounting currency.') accountingAmount!: string;
  @OneField(() => CustomerInvoice, 'The invoice.', { nullable: false }) customerInvoice!: Related<CustomerInvoice>;
}
