import { TABLE_MAPS } from '../../../entities/dual-write';
import { copy, lookup, MASTERS, onInsertOnly, required, type TableMapDefinition } from './definition';

/** Every work-based proforma that is no longer draft (192350000) or in review (192350001): its header becomes a proposal. */
export const INVOICES_MAP: TableMapDefinition = {
  name: TABLE_MAPS.invoices,
  mapVersion: '1.0.0.5',
  sequence: 1,
  dataverseTable: 'invoice',
  financeTable: 'ProjProposalJour',
  integrationKey: { dataverse: 'invoicenumber', finance: 'ProposalId' },
  companyPath: 'salesorderid.msdyn_company.cdm_companycode',
  filter: 'msdyn_ordertype eq 192350001 and msdyn_projectinvoicestatus ne 192350000 and msdyn_projectinvoicestatus ne 192350001',
  financeFilter: '',
  documentPath: { dataverse: 'invoicenumber', finance: null },
  references: [],
  fields: [
    required(copy('invoicenumber', 'ProposalId')),
    required(copy('invoiceid', 'gw_invoiceid')),
    required(lookup('salesorderid.ordernumber', 'ProjInvoiceProjId', MASTERS.contract)),
    required(lookup('customerid.accountnumber', 'InvoiceAccount', MASTERS.customer)),
    lookup('gw_projectcontractsplitbillingrule.msdyn_name', 'FundingSource', MASTERS.fundingSource),
    required(lookup('transactioncurrencyid.isocurrencycode', 'CurrencyId', MASTERS.currency)),
    copy('name', 'gw_invoiceheadertext'),
    required(copy('gw_billedactualcount', 'gw_billedactualcount')),
    required(copy('gw_billedactualchecksum', 'HashedListOfBillableSalesActualIds')),
    required(copy('gw_accountingdate', 'gw_accountingdate')),
    copy('gw_confirmedon', 'gw_accountingdate'),
    // A default: finance may change the terms of payment of its proposal.
    onInsertOnly(lookup('customerid.msdyn_paymentterm', 'Payment', MASTERS.paymentTerms)),
  ],
};
