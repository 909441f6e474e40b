import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Id, Lookup, Money, Option, Quantity, Reference, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { BookableResource } from './bookable-resource.entity';
import { Milestone } from './milestone.entity';
import { BillingType, RetainerUse, TransactionClassification } from './option-sets';
import { Product } from './product.entity';
import { ProformaInvoice } from './proforma-invoice.entity';
import { ProformaInvoiceLine } from './proforma-invoice-line.entity';
import { Project } from './project.entity';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';
import { ProjectTask } from './project-task.entity';
import { ResourceCategory } from './resource-category.entity';
import { Retainer } from './retainer.entity';
import { TransactionCategory } from './transaction-category.entity';
import { TransactionCurrency } from './transaction-currency.entity';
import { Unit } from './unit.entity';

/** A line detail: one transaction, milestone or manual entry that the proforma bills. */
@Table('msdyn_invoicelinetransaction')
@Index(['proformaInvoiceId', 'id'])
export class ProformaInvoiceLineDetail extends DataverseRecord {
  @Id('msdyn_invoicelinetransactionid') id!: string;
  @Lookup('msdyn_invoice', () => ProformaInvoice) proformaInvoiceId!: string;
  @Index() @Lookup('msdyn_invoicelineid', () => ProformaInvoiceLine) lineId!: string;
  @Lookup('msdyn_salescontract', () => ProjectContract) contractId!: string;
  @Lookup('msdyn_salescontractlineid', () => ProjectContractLine) contractLineId!: string;
  @Lookup('msdyn_project', () => Project, { nullable: true }) projectId!: string | null;
  @Lookup('msdyn_task', () => ProjectTask, { nullable: true }) taskId!: string | null;
  @Lookup('msdyn_transactioncategory', () => TransactionCategory, { nullable: true }) categoryId!: string | null;
  @Lookup('msdyn_resourcecategory', () => ResourceCategory, { nullable: true }) roleId!: string | null;
  @Lookup('msdyn_bookableresource', () => BookableResource, { nullable: true }) resourceId!: string | null;
  @Lookup('msdyn_product', () => Product, { nullable: true }) productId!: string | null;
  @Lookup('msdyn_unit', () => Unit, { nullable: true }) unitId!: string | null;
  @Lookup('msdyn_accountcustomer', () => Account) customerId!: string;
  @Lookup('transactioncurrencyid', () => TransactionCurrency) currencyId!: string;
  @Option('msdyn_transactionclassification', 'TransactionClassification', TransactionClassification) classification!: TransactionClassification;
  @Option('msdyn_billingtype', 'BillingType', BillingType) billingType!: BillingType;
  @Quantity('msdyn_quantity') quantity!: Decimal;
  @Money('msdyn_price', { nullable: true }) price!: Decimal | null;
  @Money('msdyn_amount') amount!: Decimal;
  @Money('msdyn_tax', { default: 0 }) tax!: Decimal;
  @DateOnly('msdyn_documentdate') documentDate!: string;
  @DateOnly('gw_transactiondate') transactionDate!: string;
  @Text('msdyn_description', { length: 200, nullable: true }) description!: string | null;
  @Text('msdyn_externaldescription', { length: 200, nullable: true }) externalDescription!: string | null;
  /** Of a correction: amount and tax that the corrected billed actual has. The customer is asked for the difference; zero otherwise. */
  @Money('msdyn_previousamount', { default: 0 }) previousAmount!: Decimal;
  @Money('gw_previoustax', { default: 0 }) previousTax!: Decimal;
  @Bool('msdyn_correction', { default: false }) isCorrection!: boolean;
  @Index() @Lookup('msdyn_originalinvoicelinedetail', () => ProformaInvoiceLineDetail, { nullable: true }) originalDetailId!: string | null;
  /** The billed sales actual that this detail corrects. Each is corrected once; what the correction bills can be corrected again. */
  @Index({ unique: true }) @Reference('gw_originalbilledactual', { nullable: true }) originalBilledActualId!: string | null;
  /** The unbilled sales actual that this detail bills; empty on milestones and manual details. A transaction is on one draft only. */
  @Index() @Reference('gw_unbilledactual', { nullable: true }) unbilledActualId!: string | null;
  @Index() @Lookup('gw_milestone', () => Milestone, { nullable: true }) milestoneId!: string | null;
  /** The retainer that this detail invoices, applies or refunds. */
  @Index() @Lookup('gw_retainer', () => Retainer, { nullable: true }) retainerId!: string | null;
  @Option('gw_retaineruse', 'RetainerUse', RetainerUse, { nullable: true }) retainerUse!: RetainerUse | null;
}
