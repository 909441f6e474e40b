import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Money, Option, Quantity, Rate, Table, Text, Timestamp } from '../columns';
import { ProjBillingType, ProjCdsTransType, ProjTransType } from './enums';
import { StagedRecord } from './staged-record';

/**
 * The staging table: an actual as the table map carried it, before and after *Import from staging*. The sync writes the mapped
 * columns; import and posting move the processing columns and the accounting detail on.
 */
@Table('ProjCDSActualsImport')
@Index(['proformaNumber', 'actualId'])
@Index(['legalEntityId', 'isProcessed', 'id'])
@Index(['legalEntityId', 'isProcessed', 'accountingDate'])
export class StagedActual extends StagedRecord {
  @Index({ unique: true }) @Text('ActualId', { length: 36 }) actualId!: string;
  @Option('TransType', 'ProjCdsTransType', ProjCdsTransType) transactionType!: ProjCdsTransType;
  @Option('TransactionClassification', 'ProjTransType', ProjTransType) classification!: ProjTransType;
  @Option('BillingType', 'ProjBillingType', ProjBillingType) billingType!: ProjBillingType;
  @Index() @Text('ContractId', { length: 100 }) contractId!: string;
  @Text('ContractLineId', { length: 36, nullable: true }) contractLineId!: string | null;
  @Text('FundingSourceId', { length: 100, nullable: true }) fundingSourceId!: string | null;
  @Text('CustomerAccountNumber', { length: 20, nullable: true }) customerAccount!: string | null;
  /** The proforma's number; the same as the proposal's. */
  @Text('InvoiceId', { length: 100, nullable: true }) proformaNumber!: string | null;
  @Text('ProjectId', { length: 20, nullable: true }) projectId!: string | null;
  @Text('TaskId', { length: 36, nullable: true }) taskId!: string | null;
  @Text('TransactionCategoryId', { length: 100, nullable: true }) categoryId!: string | null;
  @Text('ProductNumber', { length: 100, nullable: true }) productNumber!: string | null;
  @Text('UnitOfMeasure', { length: 100, nullable: true }) unit!: string | null;
  @Text('BookableResourceName', { length: 100, nullable: true }) resourceName!: string | null;
  @Text('Description', { length: 255, nullable: true }) description!: string | null;
  @Text('ExternalDescription', { length: 255, nullable: true }) externalDescription!: string | null;
  @DateOnly('AccountingDate') accountingDate!: string;
  @DateOnly('DocumentDate') documentDate!: string;
  @Quantity('Quantity') quantity!: Decimal;
  @Money('UnitPrice', { nullable: true }) unitPrice!: Decimal | null;
  @Money('Amount') amount!: Decimal;
  @Text('TransactionCurrencyId', { length: 3 }) currencyCode!: string;
  /** The milestone that a billed milestone actual bills (its Dataverse id). */
  @Index() @Text('gw_milestoneid', { length: 36, nullable: true }) milestoneId!: string | null;
  /** The retainer that a billed retainer actual invoices, applies or refunds (its Dataverse id). */
  @Index() @Text('gw_retainerid', { length: 36, nullable: true }) retainerId!: string | null;

  /** When the sync first brought it; empty where a load did. */
  @Timestamp('CreatedDateTime', { nullable: true }) createdOn!: string | null;
  /** Whether import has made a journal line or a proposal line of it. */
  @Bool('IsProcessed', { default: false }) isProcessed!: boolean;
  @Text('gw_importerrorcode', { length: 60, nullable: true }) importErrorCode!: string | null;
  @Text('gw_importerror', { length: 500, nullable: true }) importError!: string | null;

  /** Accounting detail, set by posting and written back to the actual. */
  @Text('VoucherNumber', { length: 40, nullable: true }) voucherNumber!: string | null;
  @Money('SalesTaxAmount', { nullable: true }) salesTaxAmount!: Decimal | null;
  @Money('AccountingAmount', { nullable: true }) accountingAmount!: Decimal | null;
  @Rate('ExchangeRate', { nullable: true }) accountingExchangeRate!: Decimal | null;
}
