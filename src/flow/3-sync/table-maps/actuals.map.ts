import {
  BillingType, TransactionClassification, TransactionType,
} from '../../../entities/dataverse/option-sets';
import { TABLE_MAPS } from '../../../entities/dual-write';
import { ProjBillingType, ProjCdsTransType, ProjTransType } from '../../../entities/finance/enums';
import { copy, lookup, MASTERS, required, valueMap, writtenBack, type TableMapDefinition } from './definition';

/** Every actual whose Skip Sync is false goes to the staging table; its accounting detail comes back once it has a voucher. */
export const ACTUALS_MAP: TableMapDefinition = {
  name: TABLE_MAPS.actuals,
  mapVersion: '1.0.0.22',
  sequence: 2,
  dataverseTable: 'msdyn_actual',
  financeTable: 'ProjCDSActualsImport',
  integrationKey: { dataverse: 'msdyn_actualid', finance: 'ActualId' },
  companyPath: 'msdyn_salescontract.msdyn_company.cdm_companycode',
  filter: 'gw_skipsync eq false',
  financeFilter: 'VoucherNumber ne null',
  documentPath: { dataverse: 'msdyn_invoice.invoicenumber', finance: 'InvoiceId' },
  references: [],
  fields: [
    required(copy('msdyn_actualid', 'ActualId')),
    required(valueMap('msdyn_transactiontypecode', 'TransType', {
      [TransactionType.COST]: ProjCdsTransType.COST,
      [TransactionType.UNBILLED_SALES]: ProjCdsTransType.SALES,
      [TransactionType.BILLED_SALES]: ProjCdsTransType.BILLED_SALES,
      [TransactionType.INTER_ORGANIZATIONAL_SALES]: ProjCdsTransType.INTER_ORG_SALES,
      [TransactionType.RESOURCING_UNIT_COST]: ProjCdsTransType.RESOURCING_UNIT_COST,
    })),
    // Finance posts retainers as customer against on-account revenue, so they are on-account there.
    required(valueMap('msdyn_transactionclassification', 'TransactionClassification', {
      [TransactionClassification.TIME]: ProjTransType.HOUR,
      [TransactionClassification.EXPENSE]: ProjTransType.COST,
      [TransactionClassification.MATERIAL]: ProjTransType.ITEM,
      [TransactionClassification.FEE]: ProjTransType.REVENUE,
      [TransactionClassification.MILESTONE]: ProjTransType.ON_ACCOUNT,
      [TransactionClassification.RETAINER]: ProjTransType.ON_ACCOUNT,
    })),
    required(valueMap('msdyn_billingtype', 'BillingType', {
      [BillingType.NON_CHARGEABLE]: ProjBillingType.NON_CHARGEABLE,
      [BillingType.CHARGEABLE]: ProjBillingType.CHARGEABLE,
      [BillingType.COMPLIMENTARY]: ProjBillingType.COMPLIMENTARY,
      '*': ProjBillingType.NOT_AVAILABLE,
    })),
    required(lookup('msdyn_salescontract.ordernumber', 'ContractId', MASTERS.contract)),
    lookup('msdyn_salescontractlineid', 'ContractLineId', MASTERS.contractLine),
    lookup('msdyn_invoice.gw_projectcontractsplitbillingrule.msdyn_name', 'FundingSourceId', MASTERS.fundingSource),
    lookup('msdyn_accountcustomer.accountnumber', 'CustomerAccountNumber', MASTERS.customer),
    copy('msdyn_invoice.invoicenumber', 'InvoiceId'),
    lookup('msdyn_project.msdynce_projectnumber', 'ProjectId', MASTERS.project),
    copy('msdyn_task', 'TaskId'),
    lookup('msdyn_transactioncategory.msdyn_name', 'TransactionCategoryId', MASTERS.category),
    copy('msdyn_product.productnumber', 'ProductNumber'),
    copy('msdyn_unit.name', 'UnitOfMeasure'),
    copy('msdyn_bookableresource.name', 'BookableResourceName'),
    copy('msdyn_description', 'Description'),
    copy('msdyn_externaldescription', 'ExternalDescription'),
    required(copy('msdyn_accountingdate', 'AccountingDate')),
    // Since 1.0.0.16 the transaction date, without a shift of the time zone.
    required(copy('msdyn_transactiondate', 'DocumentDate')),
    required(copy('msdyn_quantity', 'Quantity')),
    copy('msdyn_price', 'UnitPrice'),
    required(copy('msdyn_amount', 'Amount')),
    required(lookup('transactioncurrencyid.isocurrencycode', 'TransactionCurrencyId', MASTERS.currency)),
    copy('gw_milestone', 'gw_milestoneid'),
    copy('gw_retainer', 'gw_retainerid'),
    ...writtenBack(
      required(copy('ActualId', 'msdyn_actualid')),
      copy('VoucherNumber', 'gw_vouchernumber'),
      copy('AccountingAmount', 'gw_accountingamount'),
      copy('ExchangeRate', 'gw_accountingexchangerate'),
      copy('SalesTaxAmount', 'gw_salestaxamount'),
    ),
  ],
};
