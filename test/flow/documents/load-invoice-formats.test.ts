import { FinanceFundingSource, InvoiceFormat, ManagedInvoiceFormat } from '../../../src/entities/finance';
import { selectRows } from '../../../src/stores/bulk';
import { raw } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { load, refusalsOf, smallCompany, sourcesOf } from '../0-load/small-company';

const dataAreaId = 'tiny';
const PAYER = { dataAreaId, ProjectContractId: 'CON-1', FundingSourceId: 'Payer', CustomerAccount: 'C1' };
const FORMAT = { dataAreaId, FormatId: 'WHO', GroupBy: 'PROJECT,RESOURCE', ShowLines: true };

onBothEngines('invoice formats of a load', (gateway) => {
  const loading = (payer: object, format: object = FORMAT) =>
    load(gateway().context, sourcesOf({ ...smallCompany(), InvoiceFormats: [{ ...format }], ProjectFundingSources: [{ ...PAYER, ...payer }] }));

  it.each([
    ['Manage invoice without its managed format', { PSAInvoiceFormats: 'ManageInvoice' }, FORMAT, 'MANDATORY_COLUMN_MISSING'],
    ['a managed format that there is not', { PSAInvoiceFormats: 'ManageInvoice', gw_managedinvoiceformat: 'NONE' }, FORMAT, 'DANGLING_LOOKUP'],
    ['a managed format that groups by nothing known', {}, { ...FORMAT, GroupBy: 'PROJECT,MOON' }, 'UNKNOWN_OPTION'],
  ])('DOCUMENT-14 %s is refused', async (_what, payer, format, code) => {
    const refusals = await refusalsOf(loading(payer, format));
    expect(refusals.map((refusal) => refusal.message)).toEqual([expect.stringContaining(`(${code})`)]);
  });

  it("DOCUMENT-05 a funding source says how its invoices are printed, in the words of finance's interface", async () => {
    await loading({ PSAInvoiceFormats: 'ManageInvoice', gw_managedinvoiceformat: 'WHO' });
    expect(await selectRows(gateway().database.reader, ManagedInvoiceFormat, raw(''))).toMatchObject([
      { legalEntityId: 'TINY', formatId: 'WHO', groupBy: 'PROJECT,RESOURCE', showsLines: true, version: 1 },
    ]);
    expect(await selectRows(gateway().database.reader, FinanceFundingSource, raw(''))).toMatchObject([
      { invoiceFormat: InvoiceFormat.MANAGE_INVOICE, managedInvoiceFormatId: 'WHO' },
    ]);
  });
});
