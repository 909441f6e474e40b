import { BillingMethod, BillingType, BulkConfirmationStatus, ProformaInvoiceStatus, RetainerUse, TransactionClassification } from '../../entities/dataverse/option-sets';
import { SyncError } from '../dual-write/sync.type';
import { CustomerInvoice } from '../finance/customer-invoice.type';
import { InvoiceProposal } from '../finance/invoice-proposal.type';
import { ManyField } from '../shared/connection';
import { BoolField, DateField, DecimalField, EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { Actual } from './actual.type';
import { BillingBacklogItem } from './billing-backlog.type';
import { BulkConfirmationItem } from './bulk-confirmation.type';
import './enums';
import { BookableResource, Customer, Product, ResourceRole, TransactionCategory } from './master.type';
import { Milestone, Project, ProjectContract, ProjectContractCustomer, ProjectContractLine, ProjectTask } from './project-contract.type';
import { Retainer } from './retainer.type';

@NodeType('ProformaInvoice', 'A proforma invoice (invoice): the project manager\'s draft of what a customer is to be billed. From confirmation on it is read-only.')
export class ProformaInvoice {
  @TextField('Its number; the invoice proposal in finance has the same.') number!: string;
  @TextField('Its name.') name!: string;
  @TextField('Remarks.', { nullable: true }) description!: string | null;
  @EnumField(ProformaInvoiceStatus, 'Its status.') status!: ProformaInvoiceStatus;
  @EnumField(BulkConfirmationStatus, 'How far the last bulk confirmation that it was in has come with it; null when it was in none, or was confirmed by itself.', { nullable: true }) bulkConfirmationStatus!: BulkConfirmationStatus | null;
  @BoolField('Whether it corrects earlier invoices.') hasCorrections!: boolean;
  @DateField('Invoice date; the day of confirmation unless set.', { nullable: true }) invoiceDate!: string | null;
  @DateField('When it counts in the books; the day of confirmation unless set.', { nullable: true }) accountingDate!: string | null;
  @DateField('When payment is due, as the project manager sees it; finance computes its own from the terms of payment.', { nullable: true }) dueDate!: string | null;
  @TextField('Whom the invoice is addressed to.', { nullable: true }) billToName!: string | null;
  @TextField('First line of the address.', { nullable: true }) billToLine1!: string | null;
  @TextField('Second line of the address.', { nullable: true }) billToLine2!: string | null;
  @TextField('Third line of the address.', { nullable: true }) billToLine3!: string | null;
  @TextField('City of the address.', { nullable: true }) billToCity!: string | null;
  @TextField('State or province of the address.', { nullable: true }) billToStateOrProvince!: string | null;
  @TextField('Postal code of the address.', { nullable: true }) billToPostalCode!: string | null;
  @TextField('Country of the address.', { nullable: true }) billToCountry!: string | null;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @TextField('The legal entity that owns the contract.') legalEntityId!: string;
  @DecimalField('Sum of the chargeable details, before tax; a correction counts with the difference to what was billed before.') chargeableAmount!: string;
  @DecimalField('Sum of the non-chargeable details; not part of the total.') nonChargeableAmount!: string;
  @DecimalField('Sum of the complimentary details; not part of the total.') complimentaryAmount!: string;
  @DecimalField('The project manager\'s estimate of sales tax on the chargeable details.') tax!: string;
  @DecimalField('Chargeable amount plus tax: what the customer is asked to pay, negative where corrections credit more than the rest bills.') totalAmount!: string;
  @TimestampField('When it was created.') createdOn!: string;
  @TimestampField('When it was confirmed.', { nullable: true }) confirmedOn!: string | null;
  @IntField('How many billed actuals the confirmation created; finance waits until it has exactly these.', { nullable: true }) billedActualCount!: number | null;
  @TextField('Written back by finance: the customer invoice\'s number.', { nullable: true }) customerInvoiceNumber!: string | null;
  @DateField('Written back by finance: the customer invoice\'s date.', { nullable: true }) customerInvoiceDate!: string | null;
  @DecimalField('Written back by finance: the customer invoice\'s sales tax.', { nullable: true }) customerInvoiceTax!: string | null;
  @IntField('Grows with every change by a command.') version!: number;
  @OneField(() => Customer, 'Who pays.', { nullable: false }) customer!: Related<Customer>;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractCustomer, 'The contract customer whose share it bills.') contractCustomer!: Related<ProjectContractCustomer> | null;
  @ManyField(() => ProformaInvoiceLine, 'Its lines: one per contract line.') lines!: unknown;
  @ManyField(() => ProformaInvoiceLineDetail, 'Its details, over all lines.') details!: unknown;
  @ManyField(() => Actual, 'The actuals that its confirmation created, but for those that a correction returned to the backlog: these are on no invoice, and at their details.') actuals!: unknown;
  @ManyField(() => BillingBacklogItem, 'What its contract and customer have that is on no proforma: the ready ones, and the others with the reason why they are not.') pendingTransactions!: unknown;
  @ManyField(() => Retainer, 'The invoiced retainers of its contract and customer, those that are used up as well: what availableAmount says of them can still pay for proformas.') invoicedRetainers!: unknown;
  @OneField(() => InvoiceProposal, 'Its proposal in finance, once it was synced.') invoiceProposal!: Related<InvoiceProposal> | null;
  @OneField(() => CustomerInvoice, 'The customer invoice, once it was posted.') customerInvoice!: Related<CustomerInvoice> | null;
  @ManyField(() => BulkConfirmationItem, 'The bulk confirmations that it was in, the last one first.') bulkConfirmationItems!: unknown;
  @ManyField(() => SyncError, 'Why the table map could not carry its header.') syncErrors!: unknown;
}

@NodeType('ProformaInvoiceLine', 'A line of a proforma (invoicedetail): one per contract line, even without transactions.')
export class ProformaInvoiceLine {
  @IntField('Its place on the proforma.') lineNumber!: number;
  @TextField('Its name.', { nullable: true }) name!: string | null;
  @EnumField(BillingMethod, 'How the contract line is billed.') billingMethod!: BillingMethod;
  @DecimalField('What was invoiced on the contract line before.') invoicedTillDate!: string;
  @DecimalField('Sum of its chargeable details, before tax.') chargeableAmount!: string;
  @DecimalField('Sum of its non-chargeable details.') nonChargeableAmount!: string;
  @DecimalField('Sum of its complimentary details.') complimentaryAmount!: string;
  @DecimalField('Estimated sales tax on its chargeable details.') tax!: string;
  @DecimalField('Chargeable amount plus tax.') extendedAmount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @OneField(() => ProformaInvoice, 'The proforma.', { nullable: false }) proformaInvoice!: Related<ProformaInvoice>;
  @OneField(() => ProjectContractLine, 'The contract line.', { nullable: false }) contractLine!: Related<ProjectContractLine>;
  @OneField(() => Project, 'The project.') project!: Related<Project> | null;
  @ManyField(() => ProformaInvoiceLineDetail, 'Its details.') details!: unknown;
}

@NodeType('ProformaInvoiceLineDetail', 'A line detail (msdyn_invoicelinetransaction): one transaction or milestone that the proforma bills.')
export class ProformaInvoiceLineDetail {
  @EnumField(TransactionClassification, 'Time, expense, material, milestone or fee.') classification!: TransactionClassification;
  @EnumField(BillingType, 'Whether the customer pays for it.') billingType!: BillingType;
  @DecimalField('Hours or units; 1 for a milestone. On a correction: what is to be invoiced instead, so 0 credits it in full.') quantity!: string;
  @DecimalField('Price per unit.', { nullable: true }) price!: string | null;
  @DecimalField('Amount before tax.') amount!: string;
  @DecimalField('Estimated sales tax.') tax!: string;
  @DecimalField('On a correction: the amount that was billed before; else 0. The totals of line and proforma count the difference.') previousAmount!: string;
  @DecimalField('On a correction: the estimated sales tax that was billed before; else 0.') previousTax!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @EnumField(RetainerUse, 'What it does with its retainer; empty on everything else.', { nullable: true }) retainerUse!: RetainerUse | null;
  @DateField('When the work happened.') transactionDate!: string;
  @DateField('Date of the document behind it.') documentDate!: string;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @TextField('What the customer reads.', { nullable: true }) externalDescription!: string | null;
  @BoolField('Whether it corrects an earlier detail.') isCorrection!: boolean;
  @IntField('Grows with every change.') version!: number;
  @OneField(() => ProformaInvoice, 'The proforma.', { nullable: false }) proformaInvoice!: Related<ProformaInvoice>;
  @OneField(() => ProformaInvoiceLine, 'The line.', { nullable: false }) line!: Related<ProformaInvoiceLine>;
  @OneField(() => ProjectContractLine, 'The contract line.', { nullable: false }) contractLine!: Related<ProjectContractLine>;
  @OneField(() => Project, 'The project.') project!: Related<Project> | null;
  @OneField(() => ProjectTask, 'The task.') task!: Related<ProjectTask> | null;
  @OneField(() => BookableResource, 'Who worked.') resource!: Related<BookableResource> | null;
  @OneField(() => ResourceRole, 'In which role.') role!: Related<ResourceRole> | null;
  @OneField(() => TransactionCategory, 'The transaction category.') category!: Related<TransactionCategory> | null;
  @OneField(() => Product, 'The product.') product!: Related<Product> | null;
  @OneField(() => Actual, 'The unbilled sales actual that it bills.') unbilledActual!: Related<Actual> | null;
  @OneField(() => Milestone, 'The milestone that it bills, or credits.') milestone!: Related<Milestone> | null;
  @OneField(() => ProformaInvoiceLineDetail, 'On a correction: the detail of the earlier invoice.') originalDetail!: Related<ProformaInvoiceLineDetail> | null;
  @OneField(() => Actual, 'On a correction: the billed sales actual that it corrects.') originalBilledActual!: Related<Actual> | null;
  @ManyField(() => ProformaInvoiceLineDetail, 'The details of later proformas that correct it.') corrections!: unknown;
  @OneField(() => Retainer, 'The retainer that it invoices, applies or refunds.') retainer!: Related<Retainer> | null;
  @ManyField(() => Actual, 'The actuals that its confirmation created.') actuals!: unknown;
}
