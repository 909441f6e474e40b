import { Actual, TransactionConnection, TransactionOrigin } from '../schema/dataverse/actual.type';
import { BulkConfirmationItem } from '../schema/dataverse/bulk-confirmation.type';
import { BillingBacklogItem } from '../schema/dataverse/billing-backlog.type';
import { BookableResource, Company, Currency, Customer, OrganizationalUnit, Product, ResourceRole, TransactionCategory, Unit } from '../schema/dataverse/master.type';
import { NotToExceedLimit } from '../schema/dataverse/not-to-exceed.type';
import { ProgressMilestone } from '../schema/dataverse/progress-milestone.type';
import { ProformaInvoice, ProformaInvoiceLine, ProformaInvoiceLineDetail } from '../schema/dataverse/proforma-invoice.type';
import { Milestone, Project, ProjectContract, ProjectContractCustomer, ProjectContractLine, ProjectTask, TimeEntry } from '../schema/dataverse/project-contract.type';
import { Retainer } from '../schema/dataverse/retainer.type';
import { Alert, AlertRule } from '../schema/dual-write/alert.type';
import { InitialSync } from '../schema/dual-write/initial-sync.type';
import { Run, SyncError, TableMap } from '../schema/dual-write/sync.type';
import { TableMapVersion } from '../schema/dual-write/table-map-version.type';
import { TableMapActivity } from '../schema/dual-write/table-map-activity.type';
import { CustomerInvoice, CustomerInvoiceLine, CustomerTransaction, InvoiceCredit, TaxTransaction } from '../schema/finance/customer-invoice.type';
import { IntegrationJournal, IntegrationJournalLine, ProjectTransaction } from '../schema/finance/integration-journal.type';
import { ManagedInvoiceFormat } from '../schema/finance/invoice-format.type';
import { InvoiceProposal, InvoiceProposalLine } from '../schema/finance/invoice-proposal.type';
import { LegalEntity } from '../schema/finance/legal-entity.type';
import { OnAccountTransaction, StagedActual, StagedConnection } from '../schema/finance/staging.type';
import { LedgerEntry, MainAccount, ProjectPosting, Voucher } from '../schema/finance/voucher.type';
import { PeriodicJob } from '../schema/gateway/periodic-job.type';
import '../stores/reading/sources';
import { rootFieldsOf, type ResolverClass } from './queries';

/** Every type's root fields, in the order of the process. */
export const rootFields = (): ResolverClass[] => [
  ...rootFieldsOf(Company, { list: 'companies' }),
  ...rootFieldsOf(Currency, { list: 'currencies' }),
  ...rootFieldsOf(OrganizationalUnit, { list: 'organizationalUnits' }),
  ...rootFieldsOf(Customer, { one: 'customer', list: 'customers' }),
  ...rootFieldsOf(ProjectContract, { one: 'projectContract', naturalKey: 'number', list: 'projectContracts' }),
  ...rootFieldsOf(ProjectContractLine, { list: 'projectContractLines' }),
  ...rootFieldsOf(ProjectContractCustomer, { list: 'projectContractCustomers' }),
  ...rootFieldsOf(NotToExceedLimit, { one: 'notToExceedLimit', list: 'notToExceedLimits' }),
  ...rootFieldsOf(Project, { one: 'project', naturalKey: 'number', list: 'projects' }),
  ...rootFieldsOf(ProjectTask, { list: 'projectTasks' }),
  ...rootFieldsOf(BookableResource, { list: 'bookableResources' }),
  ...rootFieldsOf(ResourceRole, { list: 'resourceRoles' }),
  ...rootFieldsOf(TransactionCategory, { list: 'transactionCategories' }),
  ...rootFieldsOf(Unit, { list: 'units' }),
  ...rootFieldsOf(Product, { list: 'products' }),
  ...rootFieldsOf(TimeEntry, { one: 'timeEntry', list: 'timeEntries' }),
  ...rootFieldsOf(Milestone, { one: 'milestone', list: 'milestones' }),
  ...rootFieldsOf(Retainer, { one: 'retainer', list: 'retainers' }),
  ...rootFieldsOf(ProgressMilestone, { one: 'progressMilestone', list: 'progressMilestones' }),
  ...rootFieldsOf(BillingBacklogItem, { list: 'billingBacklog' }),
  ...rootFieldsOf(Actual, { one: 'actual', list: 'actuals' }),
  ...rootFieldsOf(TransactionConnection, { list: 'transactionConnections' }),
  ...rootFieldsOf(TransactionOrigin, { list: 'transactionOrigins' }),
  ...rootFieldsOf(ProformaInvoice, { one: 'proformaInvoice', naturalKey: 'number', list: 'proformaInvoices' }),
  ...rootFieldsOf(ProformaInvoiceLine, { list: 'proformaInvoiceLines' }),
  ...rootFieldsOf(ProformaInvoiceLineDetail, { list: 'proformaInvoiceLineDetails' }),
  ...rootFieldsOf(BulkConfirmationItem, { list: 'bulkConfirmationItems' }),
  ...rootFieldsOf(TableMap, { one: 'tableMap', naturalKey: 'name', list: 'tableMaps' }),
  ...rootFieldsOf(TableMapVersion, { list: 'tableMapVersions' }),
  ...rootFieldsOf(InitialSync, { list: 'initialSyncs' }),
  ...rootFieldsOf(TableMapActivity, { list: 'tableMapActivities' }),
  ...rootFieldsOf(SyncError, { list: 'syncErrors' }),
  ...rootFieldsOf(AlertRule, { one: 'alertRule', list: 'alertRules' }),
  ...rootFieldsOf(Alert, { list: 'alerts' }),
  ...rootFieldsOf(Run, { one: 'run', list: 'runs' }),
  ...rootFieldsOf(PeriodicJob, { one: 'periodicJob', naturalKey: 'name', list: 'periodicJobs' }),
  ...rootFieldsOf(LegalEntity, { list: 'legalEntities' }),
  ...rootFieldsOf(StagedActual, { one: 'stagedActual', list: 'stagedActuals' }),
  ...rootFieldsOf(StagedConnection, { list: 'stagedConnections' }),
  ...rootFieldsOf(OnAccountTransaction, { list: 'onAccountTransactions' }),
  ...rootFieldsOf(IntegrationJournal, { one: 'integrationJournal', naturalKey: 'number', list: 'integrationJournals' }),
  ...rootFieldsOf(IntegrationJournalLine, { list: 'integrationJournalLines' }),
  ...rootFieldsOf(ProjectTransaction, { list: 'projectTransactions' }),
  ...rootFieldsOf(InvoiceProposal, { one: 'invoiceProposal', naturalKey: 'number', list: 'invoiceProposals' }),
  ...rootFieldsOf(InvoiceProposalLine, { list: 'invoiceProposalLines' }),
  ...rootFieldsOf(ManagedInvoiceFormat, { list: 'invoiceFormats' }),
  ...rootFieldsOf(CustomerInvoice, { one: 'customerInvoice', naturalKey: 'number', list: 'customerInvoices' }),
  ...rootFieldsOf(CustomerInvoiceLine, { list: 'customerInvoiceLines' }),
  ...rootFieldsOf(InvoiceCredit, { list: 'invoiceCredits' }),
  ...rootFieldsOf(CustomerTransaction, { list: 'customerTransactions' }),
  ...rootFieldsOf(TaxTransaction, { list: 'taxTransactions' }),
  ...rootFieldsOf(Voucher, { one: 'voucher', naturalKey: 'number', list: 'vouchers' }),
  ...rootFieldsOf(LedgerEntry, { list: 'ledgerEntries' }),
  ...rootFieldsOf(ProjectPosting, { list: 'projectPostings' }),
  ...rootFieldsOf(MainAccount, { list: 'mainAccounts' }),
];
