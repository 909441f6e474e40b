import {
  BillingMethod, ContractState, MilestoneInvoiceStatus, OrderType, TimeEntryStatus,
} from '../../entities/dataverse/option-sets';
import { OnAccountTransaction } from '../finance/staging.type';
import { ManyField } from '../shared/connection';
import { BoolField, DateField, DecimalField, EnumField, IntField, NodeType, OneField, TextField, type Related } from '../shared/node';
import { Actual } from './actual.type';
import './enums';
import { BookableResource, Company, Currency, Customer, OrganizationalUnit, ResourceRole } from './master.type';
import { NotToExceedLimit } from './not-to-exceed.type';
import { ProgressMilestone } from './progress-milestone.type';
import { ProformaInvoice, ProformaInvoiceLineDetail } from './proforma-invoice.type';
import { Retainer } from './retainer.type';
import { BillingBacklogItem } from './billing-backlog.type';

@NodeType('ProjectContract', 'A project contract (salesorder). Its owning company is the legal entity of everything below it.')
export class ProjectContract {
  @TextField('Its number, and the project contract id in finance.') number!: string;
  @TextField('Its name.') name!: string;
  @EnumField(OrderType, 'WORK_BASED for project contracts.') orderType!: OrderType;
  @EnumField(ContractState, 'Its state.', { nullable: true }) contractState!: ContractState | null;
  @IntField('Grows with every change.') version!: number;
  @TextField('Currency of every amount of the contract.') currencyCode!: string;
  @TextField('The legal entity that owns it.') legalEntityId!: string;
  @OneField(() => Customer, 'The customer, who pays unless a contract customer is named.', { nullable: false }) customer!: Related<Customer>;
  @OneField(() => Currency, 'Currency of every amount of the contract.', { nullable: false }) currency!: Related<Currency>;
  @OneField(() => Company, 'The owning company.', { nullable: false }) company!: Related<Company>;
  @OneField(() => OrganizationalUnit, 'The contracting unit.') contractingUnit!: Related<OrganizationalUnit> | null;
  @ManyField(() => ProjectContractLine, 'Its lines.') lines!: unknown;
  @ManyField(() => NotToExceedLimit, 'Its not-to-exceed limits, at every level.') notToExceedLimits!: unknown;
  @ManyField(() => ProjectContractCustomer, 'Who pays which share.') contractCustomers!: unknown;
  @ManyField(() => Milestone, 'Its milestones.') milestones!: unknown;
  @ManyField(() => ProgressMilestone, 'Its progress milestones.') progressMilestones!: unknown;
  @ManyField(() => Retainer, 'Its retainers and advances.') retainers!: unknown;
  @ManyField(() => BillingBacklogItem, 'What could be invoiced next.') billingBacklog!: unknown;
  @ManyField(() => Actual, 'Its actuals.') actuals!: unknown;
  @ManyField(() => ProformaInvoice, 'Its proforma invoices.') proformaInvoices!: unknown;
}

@NodeType('ProjectContractLine', 'A contract line (salesorderdetail): what is sold, for which project, and how it is billed.')
export class ProjectContractLine {
  @IntField('Its place in the contract.') lineNumber!: number;
  @TextField('Its name.', { nullable: true }) name!: string | null;
  @EnumField(BillingMethod, 'How it is billed.') billingMethod!: BillingMethod;
  @DecimalField('The contracted value, in the contract\'s currency.', { nullable: true }) contractedAmount!: string | null;
  @BoolField('Whether time is billed on this line.') includesTime!: boolean;
  @BoolField('Whether expenses are billed on this line.') includesExpense!: boolean;
  @BoolField('Whether material is billed on this line.') includesMaterial!: boolean;
  @BoolField('Whether fees are billed on this line.') includesFee!: boolean;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => Project, 'The project it pays for.') project!: Related<Project> | null;
  @ManyField(() => NotToExceedLimit, 'The not-to-exceed limits of the line, and of its customers.') notToExceedLimits!: unknown;
  @ManyField(() => Milestone, 'Its milestones.') milestones!: unknown;
  @ManyField(() => ProgressMilestone, 'Its progress milestones.') progressMilestones!: unknown;
  @ManyField(() => Actual, 'Its actuals.') actuals!: unknown;
}

@NodeType('ProjectContractCustomer', 'A project contract customer: who pays which share. A funding source in finance.')
export class ProjectContractCustomer {
  @TextField('Its name, and the funding source\'s id in finance.') name!: string;
  @DecimalField('Percent of every transaction that this customer pays.') splitPercent!: string;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => Customer, 'The customer.', { nullable: false }) customer!: Related<Customer>;
}

@NodeType('Project', 'A project (msdyn_project).')
export class Project {
  @TextField('Its number, and the project\'s id in finance.') number!: string;
  @TextField('Its name.') name!: string;
  @OneField(() => Customer, 'The customer.') customer!: Related<Customer> | null;
  @ManyField(() => ProjectTask, 'Its tasks.') tasks!: unknown;
  @ManyField(() => TimeEntry, 'Time entered on it.') timeEntries!: unknown;
  @ManyField(() => Actual, 'Its actuals.') actuals!: unknown;
}

@NodeType('ProjectTask', 'A task of a project (msdyn_projecttask).')
export class ProjectTask {
  @TextField('Its name.') name!: string;
  @TextField('Its place in the work breakdown structure.', { nullable: true }) wbsId!: string | null;
  @OneField(() => Project, 'The project.', { nullable: false }) project!: Related<Project>;
}

@NodeType('Milestone', 'A contract line milestone (msdyn_contractlinescheduleofvalue): a fixed amount that becomes billable when it is marked ready.')
export class Milestone {
  @TextField('Its name.') name!: string;
  @DecimalField('Amount before tax.') amount!: string;
  @DecimalField('The project manager\'s estimate of sales tax.') tax!: string;
  @DateField('The day it falls due.') milestoneDate!: string;
  @EnumField(MilestoneInvoiceStatus, 'How far it has come towards an invoice.') invoiceStatus!: MilestoneInvoiceStatus;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @IntField('Grows with every change.') version!: number;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractLine, 'The contract line.', { nullable: false }) contractLine!: Related<ProjectContractLine>;
  @OneField(() => Project, 'The project.') project!: Related<Project> | null;
  @OneField(() => Customer, 'Who pays it; empty means the contract\'s customer.') customer!: Related<Customer> | null;
  @ManyField(() => Actual, 'The actuals that billed it.') actuals!: unknown;
  @ManyField(() => ProformaInvoiceLineDetail, 'The line details that bill it.') lineDetails!: unknown;
  @IntField('Which part of its progress milestone it is, counted from one; null on what is left, and outside of one.', { nullable: true }) progressStep!: number | null;
  @DecimalField('Percent of its progress milestone that the part is, of all customers together.', { nullable: true }) progressPercent!: string | null;
  @OneField(() => ProgressMilestone, 'The progress milestone that it is a part of.') progressMilestone!: Related<ProgressMilestone> | null;
  @OneField(() => OnAccountTransaction, 'Its on-account transaction in finance, once it was imported.') onAccountTransaction!: Related<OnAccountTransaction> | null;
}

@NodeType('TimeEntry', 'Hours that somebody worked on a project (msdyn_timeentry).')
export class TimeEntry {
  @DateField('The day of the work.') date!: string;
  @IntField('Minutes worked.') durationMinutes!: number;
  @TextField('What was done.', { nullable: true }) description!: string | null;
  @EnumField(TimeEntryStatus, 'Its status.') status!: TimeEntryStatus;
  @OneField(() => BookableResource, 'Who worked.', { nullable: false }) resource!: Related<BookableResource>;
  @OneField(() => ResourceRole, 'In which role.') role!: Related<ResourceRole> | null;
  @OneField(() => Project, 'On which project.', { nullable: false }) project!: Related<Project>;
  @OneField(() => ProjectTask, 'On which task.') task!: Related<ProjectTask> | null;
  @ManyField(() => Actual, 'Every actual that came of it: cost, unbilled and billed sales, reversals.') actuals!: unknown;
}
