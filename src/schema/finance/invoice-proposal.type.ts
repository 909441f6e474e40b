import { InvoiceFormat, InvoiceProposalStatus, ProjBillingType, ProjOrigin, ProjTransType } from '../../entities/finance/enums';
import { Actual } from '../dataverse/actual.type';
import { ProformaInvoice } from '../dataverse/proforma-invoice.type';
import { ProjectContract } from '../dataverse/project-contract.type';
import { ManyField } from '../shared/connection';
import { BoolField, DateField, DecimalField, EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { CustomerInvoice, CustomerInvoiceLine } from './customer-invoice.type';
import './enums';
import { IntegrationJournalLine } from './integration-journal.type';
import { LegalEntity } from './legal-entity.type';
import { OnAccountTransaction, StagedActual } from './staging.type';

@NodeType('InvoiceProposal', 'A project invoice proposal (ProjProposalJour). Only the table map creates one, out of a confirmed proforma; nobody creates or deletes one in finance.')
export class InvoiceProposal {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('Its number: the proforma\'s.') number!: string;
  @EnumField(InvoiceProposalStatus, 'Its status.') status!: InvoiceProposalStatus;
  @BoolField('Whether *Import from staging* has made its lines: all of them, or none.') hasLines!: boolean;
  @TextField('The project contract\'s number. Owned by Dataverse.') contractId!: string;
  @TextField('The customer account. Owned by Dataverse.') customerAccount!: string;
  @TextField('The funding source. Owned by Dataverse.', { nullable: true }) fundingSourceId!: string | null;
  @TextField('Currency of its amounts. Owned by Dataverse.') currencyCode!: string;
  @TextField('Header text. Owned by Dataverse.', { nullable: true }) headerText!: string | null;
  @IntField('How many billed actuals the proforma has; the lines come when exactly these are here. Owned by Dataverse.') billedActualCount!: number;
  @DateField('When the proforma counts in the books. Owned by Dataverse.') accountingDate!: string;
  @DateField('Invoice date; the accounting date unless finance sets another.', { nullable: true }) invoiceDate!: string | null;
  @DateField('Due date; from the terms of payment unless finance sets another.', { nullable: true }) dueDate!: string | null;
  @TextField('Terms of payment.', { nullable: true }) paymentTerms!: string | null;
  @TextField('Sales tax group of the header.', { nullable: true }) salesTaxGroup!: string | null;
  @TextField('Customer posting profile.', { nullable: true }) postingProfile!: string | null;
  @TextField('Financial dimensions of the header.', { nullable: true }) defaultDimension!: string | null;
  @EnumField(InvoiceFormat, 'How the invoice is printed; empty: as the funding source says, else in detail.', { nullable: true }) invoiceFormat!: InvoiceFormat | null;
  @TextField('With MANAGE_INVOICE: the id of the managed invoice format.', { nullable: true }) managedInvoiceFormatId!: string | null;
  @TextField('Printed before the lines.', { nullable: true }) textBefore!: string | null;
  @TextField('Printed after the totals.', { nullable: true }) textAfter!: string | null;
  @DecimalField('Sum of its lines before tax.') netAmount!: string;
  @DecimalField('Sales tax that finance computed.') taxAmount!: string;
  @DecimalField('Net amount plus tax.') invoiceAmount!: string;
  @TimestampField('When it arrived.', { nullable: true }) createdOn!: string | null;
  @IntField('Grows with every change in finance.') version!: number;
  @OneField(() => LegalEntity, 'The legal entity.') legalEntity!: Related<LegalEntity> | null;
  @OneField(() => ProjectContract, 'The project contract in Dataverse.') contract!: Related<ProjectContract> | null;
  @OneField(() => ProformaInvoice, 'The proforma it came of.', { nullable: false }) proformaInvoice!: Related<ProformaInvoice>;
  @ManyField(() => InvoiceProposalLine, 'Its lines.') lines!: unknown;
  @ManyField(() => StagedActual, 'The staged billed actuals that its lines are made of.') stagedActuals!: unknown;
  @OneField(() => CustomerInvoice, 'The customer invoice, once it was posted.') customerInvoice!: Related<CustomerInvoice> | null;
}

@NodeType('InvoiceProposalLine', 'A line of an invoice proposal, made of one staged billed actual.')
export class InvoiceProposalLine {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The proposal\'s number.') proposalNumber!: string;
  @IntField('Its place on the proposal.') lineNumber!: number;
  @TextField('The billed actual\'s Dataverse id.') actualId!: string;
  @EnumField(ProjTransType, 'Hour, expense, item, fee or on-account.') classification!: ProjTransType;
  @EnumField(ProjOrigin, 'Prepayment or deduction of a retainer, or milestone; empty on everything else.', { nullable: true }) origin!: ProjOrigin | null;
  @EnumField(ProjBillingType, 'Whether the customer pays for it.') billingType!: ProjBillingType;
  @TextField('The line property.') linePropertyId!: string;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @TextField('The project category.', { nullable: true }) categoryId!: string | null;
  @DateField('When the work happened.') transactionDate!: string;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @TextField('Who worked.', { nullable: true }) resourceName!: string | null;
  @DecimalField('Hours or units.') quantity!: string;
  @DecimalField('Price per unit.', { nullable: true }) salesPrice!: string | null;
  @DecimalField('What the customer pays, before tax; 0 on lines that are not to be invoiced.') lineAmount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @TextField('Sales tax group.', { nullable: true }) salesTaxGroup!: string | null;
  @TextField('Item sales tax group.', { nullable: true }) itemSalesTaxGroup!: string | null;
  @DecimalField('Sales tax of the line.') taxAmount!: string;
  @OneField(() => InvoiceProposal, 'The proposal.', { nullable: false }) proposal!: Related<InvoiceProposal>;
  @OneField(() => StagedActual, 'The staged billed actual it was made of.', { nullable: false }) stagedActual!: Related<StagedActual>;
  @OneField(() => Actual, 'The billed actual in Dataverse.') actual!: Related<Actual> | null;
  @OneField(() => IntegrationJournalLine, 'The posted journal line of the unbilled sales, whose WIP it releases.') journalLine!: Related<IntegrationJournalLine> | null;
  @OneField(() => OnAccountTransaction, 'The on-account transaction of a milestone.') onAccountTransaction!: Related<OnAccountTransaction> | null;
  @OneField(() => CustomerInvoiceLine, 'On a credit: the customer invoice line that it takes back whole.') creditedInvoiceLine!: Related<CustomerInvoiceLine> | null;
  @OneField(() => CustomerInvoiceLine, 'The customer invoice line, once it was posted.') customerInvoiceLine!: Related<CustomerInvoiceLine> | null;
}
