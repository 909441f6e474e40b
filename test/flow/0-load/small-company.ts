import {
  BillingMethod, BillingStatus, BillingType, MilestoneInvoiceStatus, ProformaInvoiceStatus, TransactionClassification, TransactionType,
} from '../../../src/entities/dataverse';
import { loadRecords, type EntitySetSource, type LoadOutcome } from '../../../src/flow/0-load';
import { Refused, type Refusal } from '../../../src/kernel/refusal';
import type { CommandContext } from '../../../src/context';

export type Rows = Record<string, unknown>[];
/** Rows by entity set. */
export type Company = Record<string, Rows>;

/** A GUID that is easy to tell in messages: `guid(7)` ends with 7. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const IDS = {
  usd: guid(1), yen: guid(2), company: guid(3), account: guid(4), contract: guid(5), line: guid(6), project: guid(7), payer: guid(8),
  cost: guid(20), unbilled: guid(21), billed: guid(22), reversal: guid(23), connection: guid(30), invoice: guid(40), invoiceLine: guid(41), detail: guid(42),
  milestone: guid(50), origin: guid(60), timeEntry: guid(70), resource: guid(71),
};

const actual = (id: string, transactionType: TransactionType, more: object) => ({
  msdyn_actualid: id, msdyn_transactiontypecode: transactionType, msdyn_transactionclassification: TransactionClassification.TIME,
  msdyn_billingtype: BillingType.CHARGEABLE, msdyn_quantity: 8, msdyn_price: 200, msdyn_amount: 1600, msdyn_documentdate: '2026-06-10',
  _transactioncurrencyid_value: IDS.usd, _msdyn_salescontract_value: IDS.contract, _msdyn_salescontractlineid_value: IDS.line,
  _msdyn_project_value: IDS.project, ...more,
});

/**
 * The smallest company that has every kind of record, as a real interface gives it: without any column of the gateway's own.
 * One proforma is confirmed; its billed actual, reversal and connections are there.
 */
export function smallCompany(): Company {
  return {
    Currencies: [{ CurrencyCode: 'USD', Name: 'US Dollar', RoundingDecimals: 2 }],
    LegalEntities: [{ LegalEntityId: 'tiny', Name: 'Tiny', AccountingCurrency: 'USD', ExchangeRateType: 'Default', Address: '' }],
    CustomersV3: [{ dataAreaId: 'tiny', CustomerAccount: 'C1', OrganizationName: 'Customer', SalesCurrencyCode: 'USD', SalesTaxGroup: '', PaymentTerms: '', CustomerPostingProfile: '' }],
    ProjectContractHeaders: [{ dataAreaId: 'tiny', ProjectContractId: 'CON-1', ContractName: 'Contract', CurrencyCode: 'USD', SalesTaxGroup: '', PaymentTerms: '', CostAndRevenueProfileId: '' }],
    Projects: [{ dataAreaId: 'tiny', ProjectId: 'PRJ-1', ProjectName: 'Project', ProjectContractId: 'CON-1', ProjectType: 'TimeMaterial' }],
    cdm_companies: [{ cdm_companyid: IDS.company, cdm_companycode: 'TINY', cdm_name: 'Tiny' }],
    transactioncurrencies: [
      { transactioncurrencyid: IDS.usd, isocurrencycode: 'USD', currencyname: 'US Dollar', currencyprecision: 2, exchangerate: 1 },
      { transactioncurrencyid: IDS.yen, isocurrencycode: 'JPY', currencyname: 'Yen', currencyprecision: 0, exchangerate: 150 },
    ],
    accounts: [{ accountid: IDS.account, accountnumber: 'C1', name: 'Customer', _msdyn_company_value: IDS.company }],
    msdyn_projects: [{ msdyn_projectid: IDS.project, msdynce_projectnumber: 'PRJ-1', msdyn_subject: 'Project' }],
    bookableresources: [{ bookableresourceid: IDS.resource, name: 'Somebody' }],
    salesorders: [{ salesorderid: IDS.contract, ordernumber: 'CON-1', name: 'Contract', _customerid_value: IDS.account, _transactioncurrencyid_value: IDS.usd, _msdyn_company_value: IDS.company }],
    salesorderdetails: [{ salesorderdetailid: IDS.line, _salesorderid_value: IDS.contract, msdyn_billingmethod: BillingMethod.TIME_AND_MATERIAL, _msdyn_project_value: IDS.project }],
    msdyn_projectcontractsplitbillingrules: [{
      msdyn_projectcontractsplitbillingruleid: IDS.payer, msdyn_name: 'Payer', _msdyn_projectcontract_value: IDS.contract, _msdyn_accountcustomer_value: IDS.account, msdyn_splitpercent: 100,
    }],
    msdyn_contractlinescheduleofvalues: [{
      msdyn_contractlinescheduleofvalueid: IDS.milestone, msdyn_name: 'Go-live', _msdyn_contract_value: IDS.contract, _msdyn_contractlineid_value: IDS.line,
      _transactioncurrencyid_value: IDS.usd, msdyn_amount: 5000, msdyn_invoicedate: '2026-06-15T00:00:00Z', msdyn_invoicestatus: MilestoneInvoiceStatus.READY_FOR_INVOICING,
    }],
    msdyn_timeentries: [{ msdyn_timeentryid: IDS.timeEntry, msdyn_date: '2026-06-10', msdyn_duration: 480, _msdyn_bookableresource_value: IDS.resource, _msdyn_project_value: IDS.project, msdyn_entrystatus: 192350002 }],
    invoices: [{
      invoiceid: IDS.invoice, invoicenumber: 'PI-0000007', name: 'June', _customerid_value: IDS.account, _salesorderid_value: IDS.contract,
      _transactioncurrencyid_value: IDS.usd, msdyn_projectinvoicestatus: ProformaInvoiceStatus.CONFIRMED, totallineitemamount: 1600, totalamount: 1600,
    }],
    invoicedetails: [{ invoicedetailid: IDS.invoiceLine, _invoiceid_value: IDS.invoice, _msdyn_contractlineid_value: IDS.line, msdyn_billingmethod: BillingMethod.TIME_AND_MATERIAL }],
    msdyn_invoicelinetransactions: [{
      msdyn_invoicelinetransactionid: IDS.detail, _msdyn_invoice_value: IDS.invoice, _msdyn_invoicelineid_value: IDS.invoiceLine,
      _msdyn_salescontract_value: IDS.contract, _msdyn_salescontractlineid_value: IDS.line, _msdyn_accountcustomer_value: IDS.account,
      _transactioncurrencyid_value: IDS.usd, msdyn_transactionclassification: TransactionClassification.TIME, msdyn_billingtype: BillingType.CHARGEABLE,
      msdyn_quantity: 8, msdyn_price: 200, msdyn_amount: 1600, msdyn_documentdate: '2026-06-10',
    }],
    msdyn_actuals: [
      actual(IDS.cost, TransactionType.COST, { msdyn_price: 100, msdyn_amount: 800 }),
      actual(IDS.unbilled, TransactionType.UNBILLED_SALES, { msdyn_billingstatus: BillingStatus.CUSTOMER_INVOICE_POSTED }),
      actual(IDS.billed, TransactionType.BILLED_SALES, { msdyn_billingstatus: BillingStatus.CUSTOMER_INVOICE_POSTED, _msdyn_invoice_value: IDS.invoice }),
      actual(IDS.reversal, TransactionType.UNBILLED_SALES, { msdyn_quantity: -8, msdyn_amount: -1600, gw_skipsync: true }),
    ],
    msdyn_transactionconnections: [{
      msdyn_transactionconnectionid: IDS.connection, msdyn_transaction1: IDS.detail.toUpperCase(), msdyn_transaction1role: 'Billed Sales',
      msdyn_transaction1type: 'msdyn_invoicelinetransaction', msdyn_transaction2: `{${IDS.unbilled}}`, msdyn_transaction2role: 'Unbilled Sales', msdyn_transaction2type: 'msdyn_actual',
    }],
    msdyn_transactionorigins: [
      { msdyn_transactionoriginid: IDS.origin, msdyn_origin: IDS.detail, msdyn_origintype: 'msdyn_invoicelinetransaction', msdyn_transaction: IDS.billed, msdyn_transactiontype: 'msdyn_actual' },
      { msdyn_transactionoriginid: guid(61), msdyn_origin: IDS.timeEntry, msdyn_origintype: 'msdyn_timeentry', msdyn_transaction: IDS.cost, msdyn_transactiontype: 'msdyn_actual' },
      { msdyn_transactionoriginid: guid(62), msdyn_origin: guid(999), msdyn_origintype: 'msdyn_journalline', msdyn_transaction: IDS.cost, msdyn_transactiontype: 'msdyn_actual' },
    ],
  };
}

/** The company's records as files, in the JSON of the interfaces. */
export function sourcesOf(company: Company): EntitySetSource[] {
  return Object.entries(company).map(([name, rows]) => ({
    name, file: `${name}.json`, text: JSON.stringify({ '@odata.context': `https://example/$metadata#${name}`, value: rows }),
  }));
}

export function load(context: CommandContext, entitySets: readonly EntitySetSource[]): Promise<LoadOutcome> {
  return loadRecords(context, { entitySets }, { mutation: 'load', input: null });
}

/** The refusals of a load that must not succeed. */
export async function refusalsOf(loading: Promise<unknown>): Promise<readonly Refusal[]> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof Refused) return error.refusals;
    throw error;
  }
  throw new Error('The load was not refused');
}
