import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Integer, Lookup, Money, Option, Quantity, Reference, Table, Text } from '../columns';
import { FinanceRecord } from './finance-record';
import { IntegrationJournalLine } from './integration-journal-line.entity';
import { InvoiceProposal } from './invoice-proposal.entity';
import { OnAccountTransaction } from './on-account-transaction.entity';
import { StagedActual } from './staged-actual.entity';
import { ProjBillingType, ProjOrigin, ProjTransType } from './enums';

/** A line of an invoice proposal, made out of one staged billed actual: hour, expense, fee, item or on-account. */
@Table('gw_ProjProposalTrans')
@Index(['proposalId', 'lineNumber'])
export class InvoiceProposalLine extends FinanceRecord {
  @Lookup('gw_projproposaljour', () => InvoiceProposal) proposalId!: string;
  @Text('ProposalId', { length: 100 }) proposalNumber!: string;
  @Integer('LineNumber') lineNumber!: number;
  /** One line per staged billed actual: a double import cannot double a line. */
  @Index({ unique: true }) @Lookup('gw_projcdsactualsimport', () => StagedActual) stagedActualId!: string;
  @Index() @Text('gw_actualid', { length: 36 }) actualId!: string;
  /** The posted journal line of the unbilled sales actual whose WIP this line releases. */
  @Index() @Lookup('gw_projadvancedjournalline', () => IntegrationJournalLine, { nullable: true }) journalLineId!: string | null;
  @Index() @Lookup('gw_projonacctrans', () => OnAccountTransaction, { nullable: true }) onAccountTransactionId!: string | null;
  /** The customer invoice line that this line takes back whole; empty unless it is a credit. */
  @Index() @Reference('gw_creditedinvoicetrans', { nullable: true }) creditedInvoiceLineId!: string | null;
  @Option('TransType', 'ProjTransType', ProjTransType) classification!: ProjTransType;
  /** Prepayment or deduction of a retainer, or milestone; empty on everything else. */
  @Option('gw_projorigin', 'ProjOrigin', ProjOrigin, { nullable: true }) origin!: ProjOrigin | null;
  @Option('gw_billingtype', 'ProjBillingType', ProjBillingType) billingType!: ProjBillingType;
  @Text('LinePropertyId', { length: 20 }) linePropertyId!: string;
  @Text('ProjId', { length: 20, nullable: true }) projectId!: string | null;
  @Text('CategoryId', { length: 100, nullable: true }) categoryId!: string | null;
  @Text('PSAContractLineNum', { length: 36, nullable: true }) contractLineId!: string | null;
  @DateOnly('ProjTransDate') transactionDate!: string;
  @Text('Txt', { length: 255, nullable: true }) description!: string | null;
  @Text('BookableResourceName', { length: 100, nullable: true }) resourceName!: string | null;
  @Quantity('Qty') quantity!: Decimal;
  @Money('SalesPrice', { nullable: true }) salesPrice!: Decimal | null;
  /** Net amount that the customer pays, in transaction currency: zero for lines that are not to be invoiced. */
  @Money('LineAmount') lineAmount!: Decimal;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Text('TaxGroupId', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('TaxItemGroupId', { length: 20, nullable: true }) itemSalesTaxGroup!: string | null;
  @Money('TaxAmount', { default: 0 }) taxAmount!: Decimal;
  /** The date whose tax rates apply: a credit's is that of the invoice it credits; empty means the invoice's own date. */
  @DateOnly('gw_taxdate', { nullable: true }) taxDate!: string | null;
}
