import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { DateOnly, Id, Integer, Lookup, Money, Option, Quantity, Table, Text } from '../columns';
import { DataverseRecord } from './dataverse-record';
import { Account } from './account.entity';
import { MilestoneInvoiceStatus } from './option-sets';
import { ProgressMilestone } from './progress-milestone.entity';
import { Project } from './project.entity';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';
import { ProjectTask } from './project-task.entity';
import { TransactionCurrency } from './transaction-currency.entity';

/** A contract line milestone: a fixed amount that becomes billable when it is marked ready. */
@Table('msdyn_contractlinescheduleofvalue')
export class Milestone extends DataverseRecord {
  @Id('msdyn_contractlinescheduleofvalueid') id!: string;
  @Text('msdyn_name', { length: 100 }) name!: string;
  @Index() @Lookup('msdyn_contract', () => ProjectContract) contractId!: string;
  @Index() @Lookup('msdyn_contractlineid', () => ProjectContractLine) contractLineId!: string;
  @Lookup('msdyn_project', () => Project, { nullable: true }) projectId!: string | null;
  @Lookup('msdyn_projecttask', () => ProjectTask, { nullable: true }) taskId!: string | null;
  /** The customer who pays it; empty means the contract's customer. */
  @Lookup('msdyn_accountcustomer', () => Account, { nullable: true }) customerId!: string | null;
  @Lookup('transactioncurrencyid', () => TransactionCurrency) currencyId!: string;
  @Money('msdyn_amount') amount!: Decimal;
  @Money('msdyn_tax', { default: 0 }) tax!: Decimal;
  @Money('msdyn_amount_after_tax', { nullable: true }) amountAfterTax!: Decimal | null;
  /** Time-zone dependent date, kept beside `milestoneDate`; the newer map sends the latter. */
  @DateOnly('msdyn_invoicedate', { nullable: true }) invoiceDate!: string | null;
  @DateOnly('msdyn_milestonedate') milestoneDate!: string;
  @Option('msdyn_invoicestatus', 'MilestoneInvoiceStatus', MilestoneInvoiceStatus) invoiceStatus!: MilestoneInvoiceStatus;
  @Text('msdyn_description', { length: 2000, nullable: true }) description!: string | null;
  /** The progress milestone that it is split off, or what is left of. */
  @Index() @Lookup('gw_progressmilestone', () => ProgressMilestone, { nullable: true }) progressMilestoneId!: string | null;
  /** Which part of it this is, counted from one; empty on what is left. */
  @Integer('gw_progressstep', { nullable: true }) progressStep!: number | null;
  /** Percent of the progress milestone that the part is, of all customers together. */
  @Quantity('gw_progresspercent', { nullable: true }) progressPercent!: Decimal | null;
}
