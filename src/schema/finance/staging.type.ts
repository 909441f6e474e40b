import { OrphanKind, ProjBillingType, ProjCdsTransType, ProjTransStatus, ProjTransType } from '../../entities/finance/enums';
import { Actual } from '../dataverse/actual.type';
import { Milestone } from '../dataverse/project-contract.type';
import { ManyField } from '../shared/connection';
import { BoolField, DateField, DecimalField, EnumField, IntField, NodeType, OneField, RateField, TextField, TimestampField, type Related } from '../shared/node';
import './enums';
import { IntegrationJournalLine } from './integration-journal.type';
import { InvoiceProposal, InvoiceProposalLine } from './invoice-proposal.type';
import { LegalEntity } from './legal-entity.type';

@NodeType('StagedActual', 'An actual in finance\'s staging table (ProjCDSActualsImport), as the table map carried it.')
export class StagedActual {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The actual\'s Dataverse id.') actualId!: string;
  @EnumField(ProjCdsTransType, 'Cost, unbilled sales (SALES) or billed sales.') transactionType!: ProjCdsTransType;
  @EnumField(ProjTransType, 'Hour, expense, item, fee or on-account.') classification!: ProjTransType;
  @EnumField(ProjBillingType, 'Whether the customer pays for it.') billingType!: ProjBillingType;
  @TextField('The project contract\'s number.') contractId!: string;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @TextField('The project category.', { nullable: true }) categoryId!: string | null;
  @TextField('The proforma\'s and proposal\'s number; billed sales only.', { nullable: true }) proformaNumber!: string | null;
  @TextField('The customer account.', { nullable: true }) customerAccount!: string | null;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @DateField('When it counts in the books.') accountingDate!: string;
  @DateField('When it happened.') documentDate!: string;
  @DecimalField('Hours or units.') quantity!: string;
  @DecimalField('Price or cost per unit.', { nullable: true }) unitPrice!: string | null;
  @DecimalField('Amount in transaction currency.') amount!: string;
  @TextField('Transaction currency.') currencyCode!: string;
  @TimestampField('When the sync first brought it; null where a load did.', { nullable: true }) createdOn!: string | null;
  @BoolField('Whether *Import from staging* has made its journal or proposal line.') isProcessed!: boolean;
  @TextField('Why the last import left it out: a code.', { nullable: true }) importErrorCode!: string | null;
  @TextField('Why the last import left it out: a sentence.', { nullable: true }) importError!: string | null;
  @TimestampField('Since when it is in quarantine, where no import takes it up; null when it is not.', { nullable: true }) quarantinedOn!: string | null;
  @TextField('Who put it there.', { nullable: true }) quarantinedBy!: string | null;
  @EnumField(OrphanKind, 'Why: what had lost its source.', { nullable: true }) quarantineReason!: OrphanKind | null;
  @TextField('Accounting detail: voucher.', { nullable: true }) voucherNumber!: string | null;
  @DecimalField('Accounting detail: amount in accounting currency.', { nullable: true }) accountingAmount!: string | null;
  @RateField('Accounting detail: units of accounting currency per unit of transaction currency.', { nullable: true }) accountingExchangeRate!: string | null;
  @DecimalField('Accounting detail: sales tax, in transaction currency.', { nullable: true }) salesTaxAmount!: string | null;
  @IntField('Grows with every change of the accounting detail.') version!: number;
  @OneField(() => LegalEntity, 'The legal entity.') legalEntity!: Related<LegalEntity> | null;
  @OneField(() => Actual, 'The actual in Dataverse.') actual!: Related<Actual> | null;
  @OneField(() => IntegrationJournalLine, 'The journal line made of it.') journalLine!: Related<IntegrationJournalLine> | null;
  @OneField(() => InvoiceProposalLine, 'The proposal line made of it.') proposalLine!: Related<InvoiceProposalLine> | null;
  @OneField(() => InvoiceProposal, 'The proposal it belongs to.') invoiceProposal!: Related<InvoiceProposal> | null;
  @ManyField(() => StagedConnection, 'Staged connections in which it is the first transaction.') connections!: unknown;
  @ManyField(() => StagedConnection, 'Staged connections in which it is the second transaction.') connectedFrom!: unknown;
}

@NodeType('StagedConnection', 'A transaction connection in finance\'s staging table (ProjCDSTransactionRelationshipImport).')
export class StagedConnection {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The connection\'s Dataverse id.') connectionId!: string;
  @TextField('Role of the first transaction.') transaction1Role!: string;
  @TextField('Role of the second transaction.') transaction2Role!: string;
  @OneField(() => StagedActual, 'The first transaction.') transaction1!: Related<StagedActual> | null;
  @OneField(() => StagedActual, 'The second transaction.') transaction2!: Related<StagedActual> | null;
}

@NodeType('OnAccountTransaction', 'An on-account transaction (ProjOnAccTrans): a milestone in finance.')
export class OnAccountTransaction {
  @TextField('The legal entity.') legalEntityId!: string;
  @TextField('The milestone\'s Dataverse id.') milestoneId!: string;
  @TextField('The project contract\'s number.') contractId!: string;
  @TextField('The project\'s number.', { nullable: true }) projectId!: string | null;
  @DateField('When it falls due.') date!: string;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @DecimalField('Amount before tax.') amount!: string;
  @TextField('Its currency.') currencyCode!: string;
  @TextField('Sales tax group.', { nullable: true }) salesTaxGroup!: string | null;
  @TextField('Item sales tax group.', { nullable: true }) itemSalesTaxGroup!: string | null;
  @EnumField(ProjTransStatus, 'How far it has come towards an invoice.') status!: ProjTransStatus;
  @OneField(() => Milestone, 'The milestone in Dataverse.') milestone!: Related<Milestone> | null;
  @ManyField(() => InvoiceProposalLine, 'The proposal lines that invoice it, and those that credit it again.') proposalLines!: unknown;
}
