import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Id, Integer, Lookup, Money, Option, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { BillingMethod } from './option-sets';
import { ProformaInvoice } from './proforma-invoice.entity';
import { Project } from './project.entity';
import { ProjectContractLine } from './project-contract-line.entity';

/** A line of a proforma: one per contract line, with or without transactions. */
@Table('invoicedetail')
export class ProformaInvoiceLine extends DataverseRecord {
  @Id('invoicedetailid') id!: string;
  @Index() @Lookup('invoiceid', () => ProformaInvoice) proformaInvoiceId!: string;
  @Integer('lineitemnumber', { default: 1 }) lineNumber!: number;
  @Text('invoicedetailname', { length: 500, nullable: true }) name!: string | null;
  @Lookup('msdyn_contractlineid', () => ProjectContractLine) contractLineId!: string;
  @Lookup('msdyn_project', () => Project, { nullable: true }) projectId!: string | null;
  @Option('msdyn_billingmethod', 'BillingMethod', BillingMethod) billingMethod!: BillingMethod;
  /** What was invoiced on this contract line before. */
  @Money('msdyn_invoicedtilldate', { default: 0 }) invoicedTillDate!: Decimal;
  @Money('msdyn_chargeableamount', { default: 0 }) chargeableAmount!: Decimal;
  @Money('msdyn_nonchargeableamount', { default: 0 }) nonChargeableAmount!: Decimal;
  @Money('msdyn_complimentaryamount', { default: 0 }) complimentaryAmount!: Decimal;
  @Money('tax', { default: 0 }) tax!: Decimal;
  /** Chargeable amount plus tax. */
  @Money('extendedamount', { default: 0 }) extendedAmount!: Decimal;
}
