import { CostPosting, IntegrationJournalLineStatus, IntegrationJournalStatus, ProjCdsTransType, ProjTransStatus, ProjTransType } from '../../entities/finance/enums';
import { Actual } from '../dataverse/actual.type';
import { ManyField } from '../shared/connection';
import { BoolField, DateField, DecimalField, EnumField, IntField, NodeType, OneField, RateField, TextField, TimestampField, type Related } from '../shared/node';
import { CustomerInvoice } from './customer-invoice.type';
import './enums';
import { InvoiceProposalLine } from './invoice-proposal.type';
import { LegalEntity } from './legal-entity.type';
import { StagedActual } from './staging.type';
import { Voucher } from './voucher.type';

@NodeType('IntegrationJournal', 'A project integration journal (ProjAdvancedJournal): it posts cost and unbilled sales.')
export class IntegrationJournal {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('Its number, unique in the legal entity.') number!: string;
  @TextField('What it holds.') description!: string;
  @EnumField(IntegrationJournalStatus, 'Its status.') status!: IntegrationJournalStatus;
  @DateField('First day of the accounting day, month or year whose lines it holds; null where the parameters put all lines together.', { nullable: true }) periodStartDate!: string | null;
  @TimestampField('When it was created.') createdOn!: string;
  @TimestampField('When it was posted.', { nullable: true }) postedOn!: string | null;
  @TextField('Who posted it.', { nullable: true }) postedBy!: string | null;
  @TextField('Number of the journal out of which posting moved these lines, because they could not be posted; null for others.', { nullable: true }) originalNumber!: string | null;
  @TimestampField('When it was last put back to draft.', { nullable: true }) resetOn!: string | null;
  @TextField('Who put it back to draft.', { nullable: true }) resetBy!: string | null;
  @IntField('Grows with every change.') version!: number;
  @OneField(() => IntegrationJournal, 'The journal out of which posting moved these lines.') originalJournal!: Related<IntegrationJournal> | null;
  @ManyField(() => IntegrationJournal, 'Journals that took lines of this one which could not be posted.') errorJournals!: unknown;
  @OneField(() => LegalEntity, 'The legal entity.') legalEntity!: Related<LegalEntity> | null;
  @ManyField(() => IntegrationJournalLine, 'Its lines.') lines!: unknown;
}

@NodeType('IntegrationJournalLine', 'One cost or unbilled sales actual in an integration journal (ProjAdvancedJournalLine).')
export class IntegrationJournalLine {
  @TextField('The legal entity.') legalEntityId!: string;
  @IntField('Its place in the journal.') lineNumber!: number;
  @TextField('The actual\'s Dataverse id.') actualId!: string;
  @EnumField(ProjCdsTransType, 'COST or SALES (unbilled).') transactionType!: ProjCdsTransType;
  @EnumField(ProjTransType, 'Hour, expense, item or fee.') classification!: ProjTransType;
  @EnumField(IntegrationJournalLineStatus, 'Its status.') status!: IntegrationJournalLineStatus;
  @TextField('Why it could not be posted.', { nullable: true }) postError!: string | null;
  @DateField('When it counts in the books: the actual\'s date, or the first day of the next open period once it was posted there.') accountingDate!: string;
  @DateField('The actual\'s accounting date, where posting moved the line to the next open period.', { nullable: true }) originalAccountingDate!: string | null;
  @DateField('When it happened.') transactionDate!: string;
  @TextField('The project contract\'s number.') contractId!: string;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @TextField('The project category.', { nullable: true }) categoryId!: string | null;
  @TextField('The line property.') linePropertyId!: string;
  @TextField('Sales tax group of the billing side; null on cost.', { nullable: true }) salesTaxGroup!: string | null;
  @TextField('Item sales tax group of the billing side; null on cost.', { nullable: true }) itemSalesTaxGroup!: string | null;
  @TextField('Sales tax group of the cost side; null on sales.', { nullable: true }) costSalesTaxGroup!: string | null;
  @TextField('Item sales tax group of the cost side; null on sales.', { nullable: true }) costItemSalesTaxGroup!: string | null;
  @TextField('Financial dimensions.', { nullable: true }) defaultDimension!: string | null;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @DecimalField('Hours or units.') quantity!: string;
  @DecimalField('Cost or price per unit.', { nullable: true }) unitPrice!: string | null;
  @DecimalField('Amount in transaction currency.') amount!: string;
  @TextField('Transaction currency.') currencyCode!: string;
  @RateField('Units of accounting currency per unit of transaction currency: at the accounting date, and of a reversal the rate of the line that it takes back.') exchangeRate!: string;
  @DecimalField('Amount in accounting currency; of a reversal exactly minus that of the line that it takes back.') accountingAmount!: string;
  @TextField('Accounting currency.', { nullable: true }) accountingCurrencyCode!: string | null;
  @EnumField(CostPosting, 'Where the cost and revenue profile posts the cost of such a transaction.') costPosting!: CostPosting;
  @BoolField('Whether posting accrues revenue: debit WIP – sales value, credit accrued revenue.') accruesRevenue!: boolean;
  @TextField('The voucher it was posted under.', { nullable: true }) voucherNumber!: string | null;
  @IntField('Grows with every change.') version!: number;
  @OneField(() => IntegrationJournal, 'The journal.', { nullable: false }) journal!: Related<IntegrationJournal>;
  @OneField(() => StagedActual, 'The staged actual it was made of.', { nullable: false }) stagedActual!: Related<StagedActual>;
  @OneField(() => Actual, 'The actual in Dataverse.') actual!: Related<Actual> | null;
  @OneField(() => Voucher, 'The voucher it was posted under.') voucher!: Related<Voucher> | null;
  @OneField(() => ProjectTransaction, 'Its transaction in the project subledger.') projectTransaction!: Related<ProjectTransaction> | null;
  @OneField(() => InvoiceProposalLine, 'The proposal line that invoices it.') proposalLine!: Related<InvoiceProposalLine> | null;
}

@NodeType('ProjectTransaction', 'A transaction of the project subledger: cost or sales value of hours, expenses, items or fees.')
export class ProjectTransaction {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The actual\'s Dataverse id.') actualId!: string;
  @EnumField(ProjCdsTransType, 'COST or SALES.') transactionType!: ProjCdsTransType;
  @EnumField(ProjTransType, 'Hour, expense, item or fee.') classification!: ProjTransType;
  @EnumField(ProjTransStatus, 'Posted, or fully invoiced.') status!: ProjTransStatus;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @TextField('The project category.', { nullable: true }) categoryId!: string | null;
  @DateField('When it happened.') transactionDate!: string;
  @DecimalField('Hours or units.') quantity!: string;
  @DecimalField('Amount in transaction currency.') amount!: string;
  @TextField('Transaction currency.') currencyCode!: string;
  @DecimalField('Amount in accounting currency.') accountingAmount!: string;
  @TextField('The voucher that posted it.') voucherNumber!: string;
  @OneField(() => IntegrationJournalLine, 'The journal line that posted it.', { nullable: false }) journalLine!: Related<IntegrationJournalLine>;
  @OneField(() => Actual, 'The actual in Dataverse.') actual!: Related<Actual> | null;
  @OneField(() => Voucher, 'The voucher that posted it.', { nullable: false }) voucher!: Related<Voucher>;
  @OneField(() => CustomerInvoice, 'The customer invoice that invoiced it.') customerInvoice!: Related<CustomerInvoice> | null;
}
