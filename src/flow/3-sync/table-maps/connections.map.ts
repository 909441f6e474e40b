import { TABLE_MAPS } from '../../../entities/dual-write';
import { copy, required, type TableMapDefinition } from './definition';

/** Connections between two actuals, both of which the actuals map carries; a connection never arrives before its ends. */
export const CONNECTIONS_MAP: TableMapDefinition = {
  name: TABLE_MAPS.connections,
  mapVersion: '1.0.0.1',
  sequence: 4,
  dataverseTable: 'msdyn_transactionconnection',
  financeTable: 'ProjCDSTransactionRelationshipImport',
  integrationKey: { dataverse: 'msdyn_transactionconnectionid', finance: 'ConnectionId' },
  companyPath: 'msdyn_transaction1.msdyn_salescontract.msdyn_company.cdm_companycode',
  filter: "msdyn_transaction1type eq 'msdyn_actual' and msdyn_transaction2type eq 'msdyn_actual'",
  financeFilter: '',
  documentPath: { dataverse: 'msdyn_transaction1.msdyn_invoice.invoicenumber', finance: null },
  references: [
    { column: 'msdyn_transaction1', map: TABLE_MAPS.actuals },
    { column: 'msdyn_transaction2', map: TABLE_MAPS.actuals },
  ],
  fields: [
    required(copy('msdyn_transactionconnectionid', 'ConnectionId')),
    required(copy('msdyn_transaction1', 'Transaction1Id')),
    required(copy('msdyn_transaction1role', 'Transaction1Role')),
    required(copy('msdyn_transaction1type', 'Transaction1Type')),
    required(copy('msdyn_transaction2', 'Transaction2Id')),
    required(copy('msdyn_transaction2role', 'Transaction2Role')),
    required(copy('msdyn_transaction2type', 'Transaction2Type')),
  ],
};
