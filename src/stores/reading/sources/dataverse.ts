import {
  Account, Actual, BillingBacklogItem, BookableResource, BulkConfirmationItem, Company, Milestone, NotToExceedLimit, OrganizationalUnit, Product, ProgressMilestone, ProformaInvoice, ProformaInvoiceLine,
  ProformaInvoiceLineDetail, Project, ProjectContract, ProjectContractCustomer, ProjectContractLine, ProjectTask, RECORD_TYPES, ResourceCategory,
  Retainer, RetainerInvoiceStatus,
  TimeEntry, TransactionCategory, TransactionConnection, TransactionCurrency, TransactionOrigin, Unit,
} from '../../../entities/dataverse';
import { defineSource, many, one, type Source } from '../source';
import { runSource, syncErrorSource } from './dual-write';
import {
  customerInvoiceLineSource, customerInvoiceSource, integrationJournalLineSource, invoiceProposalLineSource, invoiceProposalSource,
  onAccountTransactionSource,
  projectTransactionSource, stagedActualSource,
} from './finance';

/** The Dataverse side of the graph: how its tables lead to each other and to finance. */

export const companySource = defineSource({ name: 'Company', entity: Company, defaultOrder: [{ property: 'code', direction: 'ASC' }] });
export const currencySource = defineSource({ name: 'Currency', entity: TransactionCurrency, defaultOrder: [{ property: 'code', direction: 'ASC' }] });
export const organizationalUnitSource = defineSource({
  name: 'OrganizationalUnit', entity: OrganizationalUnit, relations: { company: one(() => companySource, { from: 'companyId' }) },
});
export const bookableResourceSource = defineSource({ name: 'BookableResource', entity: BookableResource });
export const resourceRoleSource = defineSource({ name: 'ResourceRole', entity: ResourceCategory });
export const transactionCategorySource = defineSource({ name: 'TransactionCategory', entity: TransactionCategory });
export const unitSource = defineSource({ name: 'Unit', entity: Unit });
export const productSource = defineSource({ name: 'Product', entity: Product });

export const customerSource: Source = defineSource({
  name: 'Customer',
  entity: Account,
  relations: {
    company: one(() => companySource, { from: 'companyId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    contracts: many(() => projectContractSource, { on: 'customerId' }),
  },
  borrowed: { legalEntityId: ['company', 'code'] },
  defaultOrder: [{ property: 'accountNumber', direction: 'ASC' }],
});

export const projectContractSource: Source = defineSource({
  name: 'ProjectContract',
  entity: ProjectContract,
  relations: {
    customer: one(() => customerSource, { from: 'customerId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    company: one(() => companySource, { from: 'companyId' }),
    contractingUnit: one(() => organizationalUnitSource, { from: 'contractingUnitId' }),
    lines: many(() => projectContractLineSource, { on: 'contractId' }),
    notToExceedLimits: many(() => notToExceedLimitSource, { on: 'contractId' }),
    contractCustomers: many(() => projectContractCustomerSource, { on: 'contractId' }),
    milestones: many(() => milestoneSource, { on: 'contractId' }),
    progressMilestones: many(() => progressMilestoneSource, { on: 'contractId' }),
    retainers: many(() => retainerSource, { on: 'contractId' }),
    billingBacklog: many(() => billingBacklogItemSource, { on: 'contractId' }),
    actuals: many(() => actualSource, { on: 'contractId' }),
    proformaInvoices: many(() => proformaInvoiceSource, { on: 'contractId' }),
  },
  borrowed: { currencyCode: ['currency', 'code'], legalEntityId: ['company', 'code'] },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const projectContractLineSource: Source = defineSource({
  name: 'ProjectContractLine',
  entity: ProjectContractLine,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    notToExceedLimits: many(() => notToExceedLimitSource, { on: 'contractLineId' }),
    milestones: many(() => milestoneSource, { on: 'contractLineId' }),
    progressMilestones: many(() => progressMilestoneSource, { on: 'contractLineId' }),
    actuals: many(() => actualSource, { on: 'contractLineId' }),
  },
  borrowed: { currencyCode: ['contract', 'currency', 'code'] },
  defaultOrder: [{ property: 'lineNumber', direction: 'ASC' }],
});

export const projectContractCustomerSource: Source = defineSource({
  name: 'ProjectContractCustomer',
  entity: ProjectContractCustomer,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    customer: one(() => customerSource, { from: 'customerId' }),
  },
  defaultOrder: [{ property: 'name', direction: 'ASC' }],
});

export const notToExceedLimitSource: Source = defineSource({
  name: 'NotToExceedLimit',
  entity: NotToExceedLimit,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    customer: one(() => customerSource, { from: 'customerId' }),
  },
  borrowed: { currencyCode: ['contract', 'currency', 'code'] },
});

export const projectSource: Source = defineSource({
  name: 'Project',
  entity: Project,
  relations: {
    customer: one(() => customerSource, { from: 'customerId' }),
    tasks: many(() => projectTaskSource, { on: 'projectId' }),
    timeEntries: many(() => timeEntrySource, { on: 'projectId' }),
    actuals: many(() => actualSource, { on: 'projectId' }),
  },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const projectTaskSource: Source = defineSource({
  name: 'ProjectTask', entity: ProjectTask, relations: { project: one(() => projectSource, { from: 'projectId' }) },
});

export const progressMilestoneSource: Source = defineSource({
  name: 'ProgressMilestone',
  entity: ProgressMilestone,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    milestones: many(() => milestoneSource, { on: 'progressMilestoneId' }),
  },
  borrowed: { currencyCode: ['contract', 'currency', 'code'] },
  defaultOrder: [{ property: 'name', direction: 'ASC' }],
});

export const milestoneSource: Source = defineSource({
  name: 'Milestone',
  entity: Milestone,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    customer: one(() => customerSource, { from: 'customerId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    actuals: many(() => actualSource, { on: 'milestoneId' }),
    lineDetails: many(() => proformaInvoiceLineDetailSource, { on: 'milestoneId' }),
    onAccountTransaction: one(() => onAccountTransactionSource, { on: 'milestoneId' }),
    progressMilestone: one(() => progressMilestoneSource, { from: 'progressMilestoneId' }),
  },
  borrowed: { currencyCode: ['currency', 'code'] },
  defaultOrder: [{ property: 'milestoneDate', direction: 'ASC' }],
});

export const retainerSource: Source = defineSource({
  name: 'Retainer',
  entity: Retainer,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    customer: one(() => customerSource, { from: 'customerId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    heldActual: one(() => actualSource, { from: 'heldActualId' }),
    lineDetails: many(() => proformaInvoiceLineDetailSource, { on: 'retainerId' }),
    actuals: many(() => actualSource, { on: 'retainerId' }),
  },
  borrowed: { currencyCode: ['currency', 'code'], legalEntityId: ['contract', 'company', 'code'] },
  defaultOrder: [{ property: 'date', direction: 'ASC' }],
});

const timeEntryOrigin = { originType: RECORD_TYPES.timeEntry } as const;

export const timeEntrySource: Source = defineSource({
  name: 'TimeEntry',
  entity: TimeEntry,
  relations: {
    resource: one(() => bookableResourceSource, { from: 'resourceId' }),
    role: one(() => resourceRoleSource, { from: 'roleId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    task: one(() => projectTaskSource, { from: 'taskId' }),
    actuals: many(() => actualSource, { through: { entity: TransactionOrigin, near: 'originId', far: 'transactionId', where: timeEntryOrigin } }),
  },
  defaultOrder: [{ property: 'date', direction: 'ASC' }],
});

export const billingBacklogItemSource: Source = defineSource({
  name: 'BillingBacklogItem',
  entity: BillingBacklogItem,
  relations: {
    actual: one(() => actualSource, { from: 'actualId' }),
    milestone: one(() => milestoneSource, { from: 'milestoneId' }),
    retainer: one(() => retainerSource, { from: 'retainerId' }),
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    customer: one(() => customerSource, { from: 'customerId' }),
    payer: one(() => customerSource, { from: 'payerId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
  },
  borrowed: { currencyCode: ['currency', 'code'], legalEntityId: ['contract', 'company', 'code'] },
  defaultOrder: [{ property: 'transactionDate', direction: 'ASC' }],
});

export const actualSource: Source = defineSource({
  name: 'Actual',
  entity: Actual,
  relations: {
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    customer: one(() => customerSource, { from: 'customerId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    task: one(() => projectTaskSource, { from: 'taskId' }),
    resource: one(() => bookableResourceSource, { from: 'resourceId' }),
    role: one(() => resourceRoleSource, { from: 'roleId' }),
    category: one(() => transactionCategorySource, { from: 'categoryId' }),
    product: one(() => productSource, { from: 'productId' }),
    unit: one(() => unitSource, { from: 'unitId' }),
    contractingUnit: one(() => organizationalUnitSource, { from: 'contractingUnitId' }),
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'proformaInvoiceId' }),
    lineDetail: one(() => proformaInvoiceLineDetailSource, { from: 'lineDetailId' }),
    correctionDetail: one(() => proformaInvoiceLineDetailSource, { on: 'originalBilledActualId' }),
    milestone: one(() => milestoneSource, { from: 'milestoneId' }),
    retainer: one(() => retainerSource, { from: 'retainerId' }),
    timeEntry: one(() => timeEntrySource, { through: { entity: TransactionOrigin, near: 'transactionId', far: 'originId', where: timeEntryOrigin } }),
    connections: many(() => transactionConnectionSource, { on: 'transaction1Id' }),
    connectedFrom: many(() => transactionConnectionSource, { on: 'transaction2Id' }),
    origins: many(() => transactionOriginSource, { on: 'transactionId' }),
    stagedActual: one(() => stagedActualSource, { on: 'actualId' }),
    journalLine: one(() => integrationJournalLineSource, { on: 'actualId' }),
    projectTransaction: one(() => projectTransactionSource, { on: 'actualId' }),
    proposalLine: one(() => invoiceProposalLineSource, { on: 'actualId' }),
    customerInvoiceLine: one(() => customerInvoiceLineSource, { on: 'actualId' }),
    syncErrors: many(() => syncErrorSource, { on: 'recordId' }),
  },
  borrowed: {
    currencyCode: ['currency', 'code'],
    legalEntityId: ['contract', 'company', 'code'],
    accountingCurrencyCode: ['stagedActual', 'legalEntity', 'accountingCurrency'],
  },
  defaultOrder: [{ property: 'transactionDate', direction: 'ASC' }],
});

export const transactionConnectionSource: Source = defineSource({
  name: 'TransactionConnection',
  entity: TransactionConnection,
  relations: {
    transaction1: one(() => actualSource, { from: 'transaction1Id' }),
    transaction2: one(() => actualSource, { from: 'transaction2Id' }),
  },
});

export const transactionOriginSource: Source = defineSource({
  name: 'TransactionOrigin',
  entity: TransactionOrigin,
  relations: {
    actual: one(() => actualSource, { from: 'transactionId' }),
    timeEntry: one(() => timeEntrySource, { from: 'originId' }),
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'originId' }),
  },
});

export const proformaInvoiceSource: Source = defineSource({
  name: 'ProformaInvoice',
  entity: ProformaInvoice,
  relations: {
    customer: one(() => customerSource, { from: 'customerId' }),
    contract: one(() => projectContractSource, { from: 'contractId' }),
    contractCustomer: one(() => projectContractCustomerSource, { from: 'contractCustomerId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    lines: many(() => proformaInvoiceLineSource, { on: 'proformaInvoiceId' }),
    details: many(() => proformaInvoiceLineDetailSource, { on: 'proformaInvoiceId' }),
    actuals: many(() => actualSource, { on: 'proformaInvoiceId' }),
    pendingTransactions: many(() => billingBacklogItemSource, { from: ['contractId', 'customerId'], on: ['contractId', 'payerId'] }),
    invoicedRetainers: many(() => retainerSource, {
      from: ['contractId', 'customerId'], on: ['contractId', 'customerId'], where: { invoiceStatus: RetainerInvoiceStatus.INVOICED },
    }),
    invoiceProposal: one(() => invoiceProposalSource, { on: 'proformaInvoiceId' }),
    customerInvoice: one(() => customerInvoiceSource, { from: 'number', on: 'proposalNumber' }),
    syncErrors: many(() => syncErrorSource, { on: 'recordId' }),
    bulkConfirmationItems: many(() => bulkConfirmationItemSource, { on: 'proformaInvoiceId' }),
  },
  borrowed: { currencyCode: ['currency', 'code'], legalEntityId: ['contract', 'company', 'code'] },
  defaultOrder: [{ property: 'number', direction: 'ASC' }],
});

export const bulkConfirmationItemSource: Source = defineSource({
  name: 'BulkConfirmationItem',
  entity: BulkConfirmationItem,
  relations: {
    run: one(() => runSource, { from: 'runId' }),
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'proformaInvoiceId' }),
  },
  defaultOrder: [{ property: 'runId', direction: 'DESC' }, { property: 'position', direction: 'ASC' }],
});

export const proformaInvoiceLineSource: Source = defineSource({
  name: 'ProformaInvoiceLine',
  entity: ProformaInvoiceLine,
  relations: {
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'proformaInvoiceId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    details: many(() => proformaInvoiceLineDetailSource, { on: 'lineId' }),
  },
  borrowed: { currencyCode: ['proformaInvoice', 'currency', 'code'] },
  defaultOrder: [{ property: 'lineNumber', direction: 'ASC' }],
});

export const proformaInvoiceLineDetailSource: Source = defineSource({
  name: 'ProformaInvoiceLineDetail',
  entity: ProformaInvoiceLineDetail,
  relations: {
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'proformaInvoiceId' }),
    line: one(() => proformaInvoiceLineSource, { from: 'lineId' }),
    contractLine: one(() => projectContractLineSource, { from: 'contractLineId' }),
    currency: one(() => currencySource, { from: 'currencyId' }),
    project: one(() => projectSource, { from: 'projectId' }),
    task: one(() => projectTaskSource, { from: 'taskId' }),
    resource: one(() => bookableResourceSource, { from: 'resourceId' }),
    role: one(() => resourceRoleSource, { from: 'roleId' }),
    category: one(() => transactionCategorySource, { from: 'categoryId' }),
    product: one(() => productSource, { from: 'productId' }),
    unbilledActual: one(() => actualSource, { from: 'unbilledActualId' }),
    originalDetail: one(() => proformaInvoiceLineDetailSource, { from: 'originalDetailId' }),
    originalBilledActual: one(() => actualSource, { from: 'originalBilledActualId' }),
    corrections: many(() => proformaInvoiceLineDetailSource, { on: 'originalDetailId' }),
    milestone: one(() => milestoneSource, { from: 'milestoneId' }),
    retainer: one(() => retainerSource, { from: 'retainerId' }),
    actuals: many(() => actualSource, { on: 'lineDetailId' }),
  },
  borrowed: { currencyCode: ['currency', 'code'] },
  defaultOrder: [{ property: 'transactionDate', direction: 'ASC' }],
});
