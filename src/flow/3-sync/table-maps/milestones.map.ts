import { TABLE_MAPS } from '../../../entities/dual-write';
import { copy, lookup, MASTERS, required, type TableMapDefinition } from './definition';

/** Every contract line milestone; finance makes its on-account transaction of it. */
export const MILESTONES_MAP: TableMapDefinition = {
  name: TABLE_MAPS.milestones,
  mapVersion: '1.0.0.7',
  sequence: 3,
  dataverseTable: 'msdyn_contractlinescheduleofvalue',
  financeTable: 'ProjCDSContractLineMilestoneImport',
  integrationKey: { dataverse: 'msdyn_contractlinescheduleofvalueid', finance: 'TransactionId' },
  companyPath: 'msdyn_contract.msdyn_company.cdm_companycode',
  filter: '',
  financeFilter: '',
  documentPath: null,
  references: [],
  fields: [
    required(copy('msdyn_contractlinescheduleofvalueid', 'TransactionId')),
    required(lookup('msdyn_contractlineid', 'ContractLineRef', MASTERS.contractLine)),
    required(lookup('msdyn_contract.ordernumber', 'ProjectContractId', MASTERS.contract)),
    // A milestone without a payer of its own is paid by the contract's customer.
    lookup('msdyn_accountcustomer.accountnumber', 'CustomerAccountNumber', MASTERS.customer),
    lookup('msdyn_contract.customerid.accountnumber', 'CustomerAccountNumber', MASTERS.customer),
    lookup('msdyn_project.msdynce_projectnumber', 'ProjectId', MASTERS.project),
    // Since 1.0.0.7 the milestone date, which does not depend on a time zone.
    required(copy('msdyn_milestonedate', 'InvoiceDate')),
    copy('msdyn_name', 'Description'),
    required(lookup('transactioncurrencyid.isocurrencycode', 'CurrencyId', MASTERS.currency)),
    required(copy('msdyn_amount', 'Amount')),
  ],
};
