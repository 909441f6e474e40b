import {
  Account, Actual, BookableResource, Company, Milestone, OrganizationalUnit, Product, ProformaInvoice, ProformaInvoiceLine,
  ProformaInvoiceLineDetail, ProformaInvoiceStatus, Project, ProjectContract, ProjectContractCustomer, ProjectContractLine, ProjectTask,
  ResourceCategory, TimeEntry, TransactionCategory, TransactionConnection, TransactionCurrency, TransactionOrigin, TransactionType, Unit,
} from '../../entities/dataverse';
import type { EntitySet } from './entity-set';

/** Amounts and quantities of actuals and line details lie within a billion (domain facts 1.0). */
const BILLION: readonly [string, string] = ['-1000000000', '1000000000'];
const PERCENT: readonly [string, string] = ['0', '100'];
const CURRENCY_DECIMALS: readonly [string, string] = ['0', '4'];
/** Domain facts 1.0: `exchangerate` of Dataverse. */
const EXCHANGE_RATE: readonly [string, string] = ['0.0000000001', '100000000000'];
const MINUTES: readonly [string, string] = ['0', '1000000000'];

/** Finance has invoiced these, and no set of finance that is loaded says so: it would invoice them again. */
const INVOICED_STATUSES: readonly unknown[] = [ProformaInvoiceStatus.POSTED, ProformaInvoiceStatus.PAID];

const of = (set: Omit<EntitySet, 'side'>): EntitySet => ({ side: 'dataverse', ...set });

/**
 * The entity sets of Dataverse's Web API in load order: every lookup leads to an earlier set. The key is the record's GUID.
 * Ignored everywhere: annotations (`...@...`), columns that the table does not have, `versionnumber` (the gateway keeps its own).
 * An absent optional set means: the records that would look it up leave the lookup empty; what else it means stands beside it.
 */
export const DATAVERSE_SETS: readonly EntitySet[] = [
  of({ name: 'cdm_companies', entity: Company, key: ['cdm_companyid'], unique: ['cdm_companycode'], isOptional: false }),
  of({
    name: 'transactioncurrencies', entity: TransactionCurrency, key: ['transactioncurrencyid'], unique: ['isocurrencycode'], isOptional: false,
    limits: { currencyprecision: CURRENCY_DECIMALS, exchangerate: EXCHANGE_RATE },
  }),
  of({ name: 'msdyn_organizationalunits', entity: OrganizationalUnit, key: ['msdyn_organizationalunitid'], isOptional: true }),
  of({ name: 'accounts', entity: Account, key: ['accountid'], unique: ['msdyn_company', 'accountnumber'], isOptional: false }),
  // Absent: contracts without projects, whose actuals have none either.
  of({ name: 'msdyn_projects', entity: Project, key: ['msdyn_projectid'], unique: ['msdynce_projectnumber'], isOptional: true }),
  of({ name: 'msdyn_projecttasks', entity: ProjectTask, key: ['msdyn_projecttaskid'], isOptional: true }),
  of({ name: 'bookableresources', entity: BookableResource, key: ['bookableresourceid'], isOptional: true }),
  of({ name: 'bookableresourcecategories', entity: ResourceCategory, key: ['bookableresourcecategoryid'], isOptional: true }),
  of({ name: 'msdyn_transactioncategories', entity: TransactionCategory, key: ['msdyn_transactioncategoryid'], unique: ['msdyn_name'], isOptional: true }),
  of({ name: 'uoms', entity: Unit, key: ['uomid'], isOptional: true }),
  of({ name: 'products', entity: Product, key: ['productid'], unique: ['productnumber'], isOptional: true }),
  of({ name: 'salesorders', entity: ProjectContract, key: ['salesorderid'], unique: ['ordernumber'], isOptional: false }),
  of({ name: 'salesorderdetails', entity: ProjectContractLine, key: ['salesorderdetailid'], isOptional: false, limits: { lineitemnumber: ['1', '1000000'] } }),
  // Absent: the contract's customer pays everything.
  of({
    name: 'msdyn_projectcontractsplitbillingrules', entity: ProjectContractCustomer, key: ['msdyn_projectcontractsplitbillingruleid'],
    isOptional: true, limits: { msdyn_splitpercent: PERCENT },
  }),
  // Default of `msdyn_milestonedate`: `msdyn_invoicedate`, and the other way round.
  of({
    name: 'msdyn_contractlinescheduleofvalues', entity: Milestone, key: ['msdyn_contractlinescheduleofvalueid'], isOptional: true,
    currencyColumn: 'transactioncurrencyid', limits: { msdyn_amount: BILLION, msdyn_tax: BILLION }, completedColumns: ['msdyn_milestonedate'],
    complete: (values) => {
      values.milestoneDate ??= values.invoiceDate;
      values.invoiceDate ??= values.milestoneDate;
    },
  }),
  of({ name: 'msdyn_timeentries', entity: TimeEntry, key: ['msdyn_timeentryid'], isOptional: true, limits: { msdyn_duration: MINUTES } }),
  // Defaults: `createdon` the moment of the load; the contract customer is the rule with the invoice's contract and customer; the
  // number and the checksum of billed actuals are counted; the accounting date of a confirmed one is its invoice date, else the day of
  // `createdon`, because the table map needs it.
  of({
    name: 'invoices', entity: ProformaInvoice, key: ['invoiceid'], unique: ['invoicenumber'], isOptional: true,
    currencyColumn: 'transactioncurrencyid', completedColumns: ['createdon'],
    complete: (values, loadedOn) => {
      values.createdOn ??= loadedOn;
      if (values.status === ProformaInvoiceStatus.CONFIRMED) values.accountingDate ??= values.invoiceDate ?? String(values.createdOn).slice(0, 10);
    },
    check: ({ status }) => {
      if (!INVOICED_STATUSES.includes(status)) return [];
      const sentence = 'finance would invoice it again; load it as Confirmed, or leave it and its billed actuals out';
      return [{ code: 'ALREADY_INVOICED', column: 'msdyn_projectinvoicestatus', sentence }];
    },
    isCarried: ({ status }) => status === ProformaInvoiceStatus.CONFIRMED,
  }),
  of({
    name: 'invoicedetails', entity: ProformaInvoiceLine, key: ['invoicedetailid'], isOptional: true, limits: { lineitemnumber: ['1', '1000000'] },
    partOf: [{ column: 'invoiceid', of: 'invoice' }],
  }),
  // Defaults: `gw_transactiondate` the document date; `gw_unbilledactual` the other end of the detail's connection.
  of({
    name: 'msdyn_invoicelinetransactions', entity: ProformaInvoiceLineDetail, key: ['msdyn_invoicelinetransactionid'], isOptional: true,
    currencyColumn: 'transactioncurrencyid', completedColumns: ['gw_transactiondate'],
    limits: { msdyn_amount: BILLION, msdyn_price: BILLION, msdyn_tax: BILLION, msdyn_quantity: BILLION },
    laterReferences: [{ column: 'gw_unbilledactual', to: 'msdyn_actuals' }],
    partOf: [{ column: 'msdyn_invoice', of: 'invoice' }, { column: 'msdyn_invoicelineid', of: 'invoicedetail' }],
    complete: (values) => { values.transactionDate ??= values.documentDate; },
  }),
  // Defaults: transaction and accounting date the document date; the customer of a sales actual the contract's customer; Skip Sync
  // false; not-to-exceed status not applicable; `gw_invoicelinetransaction` the line detail among the actual's origins.
  of({
    name: 'msdyn_actuals', entity: Actual, key: ['msdyn_actualid'], isOptional: true,
    currencyColumn: 'transactioncurrencyid', otherCurrencyColumns: ['msdyn_amount_base', 'gw_accountingamount'],
    completedColumns: ['msdyn_transactiondate', 'msdyn_accountingdate'], partOf: [{ column: 'msdyn_invoice', of: 'invoice' }],
    limits: {
      msdyn_amount: BILLION, msdyn_price: BILLION, gw_tax: BILLION, gw_salestaxamount: BILLION, msdyn_quantity: BILLION, exchangerate: EXCHANGE_RATE,
    },
    complete: (values) => {
      values.transactionDate ??= values.documentDate;
      values.accountingDate ??= values.documentDate;
    },
    check: ({ transactionType, proformaInvoiceId }) => (transactionType === TransactionType.BILLED_SALES && !proformaInvoiceId
      ? [{ code: 'BILLED_WITHOUT_INVOICE', column: '_msdyn_invoice_value', sentence: 'a billed sales actual needs its proforma invoice' }]
      : []),
    isCarried: ({ skipSync }) => skipSync !== true,
  }),
  // Ends of the type `msdyn_journalline` are not checked: journals are not loaded.
  of({
    name: 'msdyn_transactionconnections', entity: TransactionConnection, key: ['msdyn_transactionconnectionid'], isOptional: true,
    guidColumns: ['msdyn_transaction1', 'msdyn_transaction2'],
    typedReferences: [
      { idColumn: 'msdyn_transaction1', typeColumn: 'msdyn_transaction1type' },
      { idColumn: 'msdyn_transaction2', typeColumn: 'msdyn_transaction2type' },
    ],
  }),
  of({
    name: 'msdyn_transactionorigins', entity: TransactionOrigin, key: ['msdyn_transactionoriginid'], isOptional: true,
    guidColumns: ['msdyn_origin', 'msdyn_transaction'],
    typedReferences: [
      { idColumn: 'msdyn_origin', typeColumn: 'msdyn_origintype' },
      { idColumn: 'msdyn_transaction', typeColumn: 'msdyn_transactiontype' },
    ],
  }),
];
