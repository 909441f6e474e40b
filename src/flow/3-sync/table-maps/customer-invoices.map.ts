import { ProformaInvoiceStatus } from '../../../entities/dataverse/option-sets';
import { TABLE_MAPS } from '../../../entities/dual-write';
import { copy, defaultTo, required, writtenBack, type TableMapDefinition } from './definition';

/** Every posted customer invoice; its proforma gets number, date, sales tax and the status Posted. A paid one stays paid. */
export const CUSTOMER_INVOICES_MAP: TableMapDefinition = {
  name: TABLE_MAPS.customerInvoices,
  mapVersion: '1.0.0.0',
  sequence: 5,
  dataverseTable: 'invoice',
  financeTable: 'ProjInvoiceJour',
  integrationKey: { dataverse: 'invoicenumber', finance: 'ProposalId' },
  companyPath: null,
  filter: '',
  financeFilter: '',
  documentPath: { dataverse: null, finance: 'ProposalId' },
  references: [],
  fields: writtenBack(
    required(copy('ProposalId', 'invoicenumber')),
    required(copy('ProjInvoiceId', 'msdyn_invoicenumber')),
    required(copy('InvoiceDate', 'gw_customerinvoicedate')),
    required(copy('SumTax', 'msdyn_totaltax')),
    defaultTo('msdyn_projectinvoicestatus', ProformaInvoiceStatus.POSTED, [ProformaInvoiceStatus.PAID]),
  ),
};
