import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Id, Lookup, Money, Option, Reference, Table, Text, Timestamp } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { RetainerInvoiceStatus, RetainerRefundStatus } from './option-sets';
import { Project } from './project.entity';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';
import { TransactionCurrency } from './transaction-currency.entity';

/**
 * A retainer or advance: what a customer pays before the work. Once it is invoiced, its balance pays later invoices of the same
 * contract and customer, or goes back. The product publishes no logical names for it, so they are ours (glossary).
 */
@Table('gw_retainer')
@Index(['contractId', 'invoiceStatus', 'id'])
export class Retainer extends DataverseRecord {
  @Id('gw_retainerid') id!: string;
  @Lookup('gw_contract', () => ProjectContract) contractId!: string;
  /** The contract line on whose proforma line it is invoiced and applied. */
  @Index() @Lookup('gw_contractline', () => ProjectContractLine) contractLineId!: string;
  /** The contract line's project: finance posts the retainer to it. */
  @Lookup('gw_project', () => Project, { nullable: true }) projectId!: string | null;
  @Lookup('gw_customer', () => Account) customerId!: string;
  @Lookup('gw_currency', () => TransactionCurrency) currencyId!: string;
  @Money('gw_amount') amount!: Decimal;
  /** The project manager's estimate of sales tax on the whole amount. */
  @Money('gw_tax', { default: 0 }) tax!: Decimal;
  @DateOnly('gw_retainerdate') date!: string;
  @Text('gw_description', { length: 200, nullable: true }) description!: string | null;
  @Option('gw_invoicestatus', 'RetainerInvoiceStatus', RetainerInvoiceStatus) invoiceStatus!: RetainerInvoiceStatus;
  /** What confirmed proformas have applied. */
  @Money('gw_usedamount', { default: 0 }) usedAmount!: Decimal;
  /** What confirmed proformas have refunded. */
  @Money('gw_refundedamount', { default: 0 }) refundedAmount!: Decimal;
  /** Amount less used and refunded amount once it is invoiced; zero before. What drafts hold of it is not subtracted. */
  @Money('gw_availableamount', { default: 0 }) availableAmount!: Decimal;
  @Option('gw_refundstatus', 'RetainerRefundStatus', RetainerRefundStatus, { default: RetainerRefundStatus.BLANK }) refundStatus!: RetainerRefundStatus;
  /** What is to be refunded while the refund status is Ready to refund; zero otherwise. */
  @Money('gw_refundamount', { default: 0 }) refundAmount!: Decimal;
  /** The negative unbilled sales actual that holds what is available; empty before the first confirmation and when nothing is left. */
  @Reference('gw_heldactual', { nullable: true }) heldActualId!: string | null;
  @Timestamp('createdon') createdOn!: string;
}
