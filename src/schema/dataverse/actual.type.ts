import {
  AdjustmentStatus, BillingStatus, BillingType, NotToExceedStatus, TransactionClassification, TransactionType,
} from '../../entities/dataverse/option-sets';
import { SyncError } from '../dual-write/sync.type';
import { CustomerInvoiceLine } from '../finance/customer-invoice.type';
import { IntegrationJournalLine, ProjectTransaction } from '../finance/integration-journal.type';
import { InvoiceProposalLine } from '../finance/invoice-proposal.type';
import { StagedActual } from '../finance/staging.type';
import { ManyField } from '../shared/connection';
import { BoolField, DateField, DecimalField, EnumField, IntField, NodeType, OneField, RateField, TextField, type Related } from '../shared/node';
import './enums';
import { BookableResource, Customer, OrganizationalUnit, Product, ResourceRole, TransactionCategory, Unit } from './master.type';
import { Milestone, Project, ProjectContract, ProjectContractLine, ProjectTask, TimeEntry } from './project-contract.type';
import { ProformaInvoice, ProformaInvoiceLineDetail } from './proforma-invoice.type';
import { Retainer } from './retainer.type';

@NodeType('Actual', 'An actual (msdyn_actual): cost, unbilled sales or billed sales. What it says never changes; statuses and what finance writes back do.')
export class Actual {
  @EnumField(TransactionType, 'Cost, unbilled sales or billed sales.') transactionType!: TransactionType;
  @EnumField(TransactionClassification, 'Time, expense, material, milestone or fee.') classification!: TransactionClassification;
  @EnumField(BillingType, 'Whether the customer pays for it.') billingType!: BillingType;
  @EnumField(BillingStatus, 'How far it has come towards an invoice; empty on cost.', { nullable: true }) billingStatus!: BillingStatus | null;
  @EnumField(AdjustmentStatus, 'Whether it was replaced, or is a reversal.', { nullable: true }) adjustmentStatus!: AdjustmentStatus | null;
  @EnumField(NotToExceedStatus, 'Outcome of the not-to-exceed limits.') notToExceedStatus!: NotToExceedStatus;
  @BoolField('Skip Sync (internal use only): the table maps do not carry it to finance.') skipSync!: boolean;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @TextField('What the customer reads.', { nullable: true }) externalDescription!: string | null;
  @DecimalField('Hours or units; negative on reversals.') quantity!: string;
  @DecimalField('Price or cost per unit.', { nullable: true }) price!: string | null;
  @DecimalField('Amount before tax, in transaction currency; negative on reversals.') amount!: string;
  @DecimalField('The project manager\'s estimate of sales tax, in transaction currency.') tax!: string;
  @TextField('Transaction currency.') currencyCode!: string;
  @DateField('When it happened.') transactionDate!: string;
  @DateField('Date of the document behind it.') documentDate!: string;
  @DateField('When it counts in the books.') accountingDate!: string;
  @TextField('The legal entity that owns the contract.') legalEntityId!: string;
  @DecimalField('Written back by finance: amount in accounting currency.', { nullable: true }) accountingAmount!: string | null;
  @TextField('Accounting currency of the legal entity.', { nullable: true }) accountingCurrencyCode!: string | null;
  @RateField('Written back by finance: units of accounting currency per unit of transaction currency.', { nullable: true }) accountingExchangeRate!: string | null;
  @TextField('Written back by finance: the voucher that posted it.', { nullable: true }) voucherNumber!: string | null;
  @DecimalField('Written back by finance: sales tax, in transaction currency.', { nullable: true }) salesTaxAmount!: string | null;
  @IntField('Grows with every change by a command.') version!: number;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractLine, 'The contract line.') contractLine!: Related<ProjectContractLine> | null;
  @OneField(() => Customer, 'Who pays; empty on cost.') customer!: Related<Customer> | null;
  @OneField(() => Project, 'The project.') project!: Related<Project> | null;
  @OneField(() => ProjectTask, 'The task.') task!: Related<ProjectTask> | null;
  @OneField(() => BookableResource, 'Who worked.') resource!: Related<BookableResource> | null;
  @OneField(() => ResourceRole, 'In which role.') role!: Related<ResourceRole> | null;
  @OneField(() => TransactionCategory, 'The transaction category.') category!: Related<TransactionCategory> | null;
  @OneField(() => Product, 'The product used.') product!: Related<Product> | null;
  @OneField(() => Unit, 'The unit of the quantity.') unit!: Related<Unit> | null;
  @OneField(() => OrganizationalUnit, 'The contracting unit.') contractingUnit!: Related<OrganizationalUnit> | null;
  @OneField(() => ProformaInvoice, 'The proforma whose confirmation created it.') proformaInvoice!: Related<ProformaInvoice> | null;
  @OneField(() => ProformaInvoiceLineDetail, 'The line detail whose confirmation created it.') lineDetail!: Related<ProformaInvoiceLineDetail> | null;
  @OneField(() => ProformaInvoiceLineDetail, 'On a billed sales actual: the line detail that corrects it, on a draft or confirmed.') correctionDetail!: Related<ProformaInvoiceLineDetail> | null;
  @OneField(() => Milestone, 'The milestone it bills.') milestone!: Related<Milestone> | null;
  @OneField(() => Retainer, 'The retainer that it invoices, applies, refunds or holds.') retainer!: Related<Retainer> | null;
  @OneField(() => TimeEntry, 'The time entry it came of.') timeEntry!: Related<TimeEntry> | null;
  @ManyField(() => TransactionConnection, 'Connections in which it is the first transaction.') connections!: unknown;
  @ManyField(() => TransactionConnection, 'Connections in which it is the second transaction.') connectedFrom!: unknown;
  @ManyField(() => TransactionOrigin, 'Where it came from.') origins!: unknown;
  @OneField(() => StagedActual, 'Its row in finance\'s staging table, once it was synced.') stagedActual!: Related<StagedActual> | null;
  @OneField(() => IntegrationJournalLine, 'The integration journal line that posts it: cost and unbilled sales.') journalLine!: Related<IntegrationJournalLine> | null;
  @OneField(() => ProjectTransaction, 'Its transaction in the project subledger, once posted.') projectTransaction!: Related<ProjectTransaction> | null;
  @OneField(() => InvoiceProposalLine, 'The proposal line made of it: billed sales.') proposalLine!: Related<InvoiceProposalLine> | null;
  @OneField(() => CustomerInvoiceLine, 'The customer invoice line that bills it.') customerInvoiceLine!: Related<CustomerInvoiceLine> | null;
  @ManyField(() => SyncError, 'Why the table maps could not carry it.') syncErrors!: unknown;
}

@NodeType('TransactionConnection', 'How two transactions belong together (msdyn_transactionconnection): which bills, reverses or replaces which.')
export class TransactionConnection {
  @TextField('Role of the first transaction, for example "Billed Sales" or "Reversing".') transaction1Role!: string;
  @TextField('Logical name of the first transaction\'s table.') transaction1Type!: string;
  @TextField('Dataverse id of the first transaction.') transaction1Id!: string;
  @TextField('Role of the second transaction, for example "Unbilled Sales" or "Original".') transaction2Role!: string;
  @TextField('Logical name of the second transaction\'s table.') transaction2Type!: string;
  @TextField('Dataverse id of the second transaction.') transaction2Id!: string;
  @OneField(() => Actual, 'The first transaction, where it is an actual.') transaction1!: Related<Actual> | null;
  @OneField(() => Actual, 'The second transaction, where it is an actual.') transaction2!: Related<Actual> | null;
}

@NodeType('TransactionOrigin', 'Where a transaction came from (msdyn_transactionorigin).')
export class TransactionOrigin {
  @TextField('Logical name of the origin\'s table, for example msdyn_timeentry.') originType!: string;
  @TextField('Dataverse id of the origin.') originId!: string;
  @TextField('Logical name of the transaction\'s table.') transactionType!: string;
  @OneField(() => Actual, 'The transaction.') actual!: Related<Actual> | null;
  @OneField(() => TimeEntry, 'The origin, where it is a time entry.') timeEntry!: Related<TimeEntry> | null;
  @OneField(() => ProformaInvoice, 'The origin, where it is a proforma.') proformaInvoice!: Related<ProformaInvoice> | null;
}
