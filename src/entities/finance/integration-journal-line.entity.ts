import { Index, Unique } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Integer, Lookup, Money, Option, Quantity, Rate, Table, Text } from '../columns';
import { FinanceRecord } from './finance-record';
import { IntegrationJournal } from './integration-journal.entity';
import { StagedActual } from './staged-actual.entity';
import { Voucher } from './voucher.entity';
import { CostPosting, IntegrationJournalLineStatus, ProjCdsTransType, ProjTransType } from './enums';

/** One cost or unbilled sales actual in an integration journal. Posting gives it its voucher. */
@Table('ProjAdvancedJournalLine')
@Unique(['journalId', 'lineNumber'])
export class IntegrationJournalLine extends FinanceRecord {
  @Lookup('gw_projadvancedjournal', () => IntegrationJournal) journalId!: string;
  @Integer('LineNumber') lineNumber!: number;
  /** One line per staged actual, for ever. */
  @Index({ unique: true }) @Lookup('gw_projcdsactualsimport', () => StagedActual) stagedActualId!: string;
  @Index() @Text('gw_actualid', { length: 36 }) actualId!: string;
  /** COST or SALES. */
  @Option('TransType', 'ProjCdsTransType', ProjCdsTransType) transactionType!: ProjCdsTransType;
  @Option('gw_projtranstype', 'ProjTransType', ProjTransType) classification!: ProjTransType;
  @Index() @Option('Status', 'IntegrationJournalLineStatus', IntegrationJournalLineStatus, { default: IntegrationJournalLineStatus.DRAFT }) status!: IntegrationJournalLineStatus;
  @Text('PostError', { length: 500, nullable: true }) postError!: string | null;
  @DateOnly('AccountingDate') accountingDate!: string;
  /** The actual's accounting date, where posting moved the line to the next open period. */
  @DateOnly('gw_originalaccountingdate', { nullable: true }) originalAccountingDate!: string | null;
  @DateOnly('ProjTransDate') transactionDate!: string;
  @Index() @Text('gw_contractid', { length: 100 }) contractId!: string;
  @Text('ProjId', { length: 20, nullable: true }) projectId!: string | null;
  @Text('ProjCategoryId', { length: 100, nullable: true }) categoryId!: string | null;
  @Text('LinePropertyId', { length: 20 }) linePropertyId!: string;
  /** Cost side: kept for the accountant; the journal posts no sales tax on cost. */
  @Text('TaxGroup', { length: 20, nullable: true }) costSalesTaxGroup!: string | null;
  @Text('TaxItemGroup', { length: 20, nullable: true }) costItemSalesTaxGroup!: string | null;
  /** Billing side: the proposal line that bills this one takes its groups. */
  @Text('ProjectSalesTaxGroup', { length: 20, nullable: true }) salesTaxGroup!: string | null;
  @Text('ProjectSalesTaxItemGroup', { length: 20, nullable: true }) itemSalesTaxGroup!: string | null;
  @Text('DefaultDimension', { length: 250, nullable: true }) defaultDimension!: string | null;
  @Text('Txt', { length: 255, nullable: true }) description!: string | null;
  @Quantity('Quantity') quantity!: Decimal;
  @Money('UnitPrice', { nullable: true }) unitPrice!: Decimal | null;
  /** Amount in transaction currency: extended cost on a cost line, extended price on a sales line. */
  @Money('Amount') amount!: Decimal;
  @Text('CurrencyId', { length: 3 }) currencyCode!: string;
  @Rate('ExchangeRate') exchangeRate!: Decimal;
  @Money('AccountingAmount') accountingAmount!: Decimal;
  /** Where its profile posts the cost of such a transaction; a sales line accrues revenue only if that is profit and loss. */
  @Option('gw_costposting', 'CostPosting', CostPosting, { default: CostPosting.PROFIT_AND_LOSS }) costPosting!: CostPosting;
  /** Whether posting accrues revenue: Dr WIP – sales value, Cr Accrued revenue. */
  @Bool('gw_accruerevenue', { default: false }) accruesRevenue!: boolean;
  @Index() @Lookup('gw_generaljournalentry', () => Voucher, { nullable: true }) voucherId!: string | null;
  @Text('Voucher', { length: 40, nullable: true }) voucherNumber!: string | null;
}
