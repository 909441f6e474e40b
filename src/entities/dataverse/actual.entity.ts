import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Id, Lookup, Money, Option, Quantity, Rate, Table, Text, Timestamp } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { BookableResource } from './bookable-resource.entity';
import { Milestone } from './milestone.entity';
import { AdjustmentStatus, BillingStatus, BillingType, CustomerType, NotToExceedStatus, TransactionClassification, TransactionType } from './option-sets';
import { OrganizationalUnit } from './organizational-unit.entity';
import { Product } from './product.entity';
import { ProformaInvoice } from './proforma-invoice.entity';
import { ProformaInvoiceLineDetail } from './proforma-invoice-line-detail.entity';
import { Project } from './project.entity';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';
import { ProjectTask } from './project-task.entity';
import { ResourceCategory } from './resource-category.entity';
import { Retainer } from './retainer.entity';
import { TransactionCategory } from './transaction-category.entity';
import { TransactionCurrency } from './transaction-currency.entity';
import { Unit } from './unit.entity';

/**
 * An actual: the record of work done, of its sales value before billing, or of what was billed. Business columns never change
 * after creation; statuses and what finance writes back do. The logical names of the write-back and gate columns are not
 * published, so those carry ours (glossary).
 */
@Table('msdyn_actual')
@Index(['contractId', 'billingStatus', 'id'])
@Index(['proformaInvoiceId', 'id'])
export class Actual extends DataverseRecord {
  @Id('msdyn_actualid') id!: string;
  @Text('msdyn_description', { length: 200, nullable: true }) description!: string | null;
  @Text('msdyn_externaldescription', { length: 200, nullable: true }) externalDescription!: string | null;
  @Text('msdyn_externalreferenceid', { length: 100, nullable: true }) externalReference!: string | null;
  @Option('msdyn_transactiontypecode', 'TransactionType', TransactionType) transactionType!: TransactionType;
  @Option('msdyn_transactionclassification', 'TransactionClassification', TransactionClassification) classification!: TransactionClassification;
  @Option('msdyn_billingtype', 'BillingType', BillingType) billingType!: BillingType;
  @Option('msdyn_billingstatus', 'BillingStatus', BillingStatus, { nullable: true }) billingStatus!: BillingStatus | null;
  @Option('msdyn_adjustmentstatus', 'AdjustmentStatus', AdjustmentStatus, { nullable: true }) adjustmentStatus!: AdjustmentStatus | null;
  @Option('gw_nottoexceedstatus', 'NotToExceedStatus', NotToExceedStatus, { default: NotToExceedStatus.NOT_APPLICABLE }) notToExceedStatus!: NotToExceedStatus;
  /** Skip Sync (internal use only): rows that the table maps must not carry to finance. */
  @Bool('gw_skipsync', { default: false }) skipSync!: boolean;
  @Quantity('msdyn_quantity') quantity!: Decimal;
  @Money('msdyn_price', { nullable: true }) price!: Decimal | null;
  @Money('msdyn_amount') amount!: Decimal;
  /** The project manager's estimate of sales tax, in transaction currency. */
  @Money('gw_tax', { default: 0 }) tax!: Decimal;
  @Money('msdyn_amount_base', { nullable: true }) amountBase!: Decimal | null;
  @Rate('exchangerate', { nullable: true }) exchangeRate!: Decimal | null;
  @Lookup('transactioncurrencyid', () => TransactionCurrency) currencyId!: string;
  @DateOnly('msdyn_transactiondate') transactionDate!: string;
  @DateOnly('msdyn_documentdate') documentDate!: string;
  @DateOnly('msdyn_accountingdate') accountingDate!: string;
  @Timestamp('msdyn_startdatetime', { nullable: true }) startDateTime!: string | null;
  @Timestamp('msdyn_enddatetime', { nullable: true }) endDateTime!: string | null;
  @Index() @Lookup('msdyn_salescontract', () => ProjectContract) contractId!: string;
  @Index() @Lookup('msdyn_salescontractlineid', () => ProjectContractLine, { nullable: true }) contractLineId!: string | null;
  @Option('msdyn_customertype', 'CustomerType', CustomerType, { default: CustomerType.ACCOUNT }) customerType!: CustomerType;
  /** The contract customer who pays; empty on cost. */
  @Lookup('msdyn_accountcustomer', () => Account, { nullable: true }) customerId!: string | null;
  @Lookup('msdyn_invoice', () => ProformaInvoice, { nullable: true }) proformaInvoiceId!: string | null;
  @Index() @Lookup('msdyn_project', () => Project, { nullable: true }) projectId!: string | null;
  @Lookup('msdyn_task', () => ProjectTask, { nullable: true }) taskId!: string | null;
  @Lookup('msdyn_bookableresource', () => BookableResource, { nullable: true }) resourceId!: string | null;
  @Lookup('msdyn_resourcecategory', () => ResourceCategory, { nullable: true }) roleId!: string | null;
  @Lookup('msdyn_transactioncategory', () => TransactionCategory, { nullable: true }) categoryId!: string | null;
  @Lookup('msdyn_product', () => Product, { nullable: true }) productId!: string | null;
  @Lookup('msdyn_unit', () => Unit, { nullable: true }) unitId!: string | null;
  @Lookup('msdyn_contractorganizationalunitid', () => OrganizationalUnit, { nullable: true }) contractingUnitId!: string | null;
  @Lookup('msdyn_resourceorganizationalunitid', () => OrganizationalUnit, { nullable: true }) resourcingUnitId!: string | null;
  /** The milestone that a billed milestone actual bills. */
  @Index() @Lookup('gw_milestone', () => Milestone, { nullable: true }) milestoneId!: string | null;
  /** The retainer that the actual invoices, applies, refunds or holds. */
  @Index() @Lookup('gw_retainer', () => Retainer, { nullable: true }) retainerId!: string | null;
  @Index() @Lookup('gw_invoicelinetransaction', () => ProformaInvoiceLineDetail, { nullable: true }) lineDetailId!: string | null;
  @Timestamp('createdon', { nullable: true }) createdOn!: string | null;

  /** Written back: amount in the legal entity's accounting currency. */
  @Money('gw_accountingamount', { nullable: true }) accountingAmount!: Decimal | null;
  /** Written back: units of accounting currency per unit of transaction currency. */
  @Rate('gw_accountingexchangerate', { nullable: true }) accountingExchangeRate!: Decimal | null;
  @Text('gw_vouchernumber', { length: 40, nullable: true }) voucherNumber!: string | null;
  /** Written back: sales tax that finance computed, in transaction currency. */
  @Money('gw_salestaxamount', { nullable: true }) salesTaxAmount!: Decimal | null;
}
