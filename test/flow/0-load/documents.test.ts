import { BillingStatus, ProformaInvoice, ProformaInvoiceLine, ProformaInvoiceLineDetail, ProformaInvoiceStatus, TransactionConnection } from '../../../src/entities/dataverse';
import { selectRows } from '../../../src/stores/bulk';
import { raw } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { guid, IDS, load, refusalsOf, smallCompany, sourcesOf, type Company, type Rows } from './small-company';

const DRAFT = guid(43);
const DRAFT_LINE = guid(44);
const NEW_INVOICE = guid(45);

/** The small company with a second proforma, still a draft. */
function companyWithDraft(): Company {
  const company = smallCompany();
  const [invoice] = company.invoices!;
  const [line] = company.invoicedetails!;
  company.invoices!.push({ ...invoice, invoiceid: DRAFT, invoicenumber: 'PI-0000008', msdyn_projectinvoicestatus: ProformaInvoiceStatus.DRAFT });
  company.invoicedetails!.push({ ...line, invoicedetailid: DRAFT_LINE, _invoiceid_value: DRAFT });
  return company;
}

onBothEngines('a document is loaded whole', (gateway) => {
  const company = companyWithDraft();
  beforeAll(async () => {
    await load(gateway().context, sourcesOf(company));
  });
  const [line] = company.invoicedetails!;
  const [detail] = company.msdyn_invoicelinetransactions!;
  const billed = company.msdyn_actuals![2]!;

  const late: readonly (readonly [title: string, entitySet: string, row: object, column: string])[] = [
    ['line of a confirmed proforma', 'invoicedetails', { ...line, invoicedetailid: guid(80) }, '_invoiceid_value'],
    ['line of a draft', 'invoicedetails', { ...line, invoicedetailid: guid(80), _invoiceid_value: DRAFT }, '_invoiceid_value'],
    ['line detail of a confirmed proforma', 'msdyn_invoicelinetransactions', { ...detail, msdyn_invoicelinetransactionid: guid(80) }, '_msdyn_invoice_value'],
    [
      'line detail of a draft', 'msdyn_invoicelinetransactions',
      { ...detail, msdyn_invoicelinetransactionid: guid(80), _msdyn_invoice_value: DRAFT, _msdyn_invoicelineid_value: DRAFT_LINE }, '_msdyn_invoice_value',
    ],
    ['billed actual of a confirmed proforma', 'msdyn_actuals', { ...billed, msdyn_actualid: guid(80) }, '_msdyn_invoice_value'],
  ];

  it.each(late)('LOAD-16 refuses a %s that was there before the load', async (_title, entitySet, row, column) => {
    const rows = [...company[entitySet]!, row as Rows[number]];
    const refusals = await refusalsOf(load(gateway().context, [{ name: entitySet, file: 'late.json', rows }]));
    expect(refusals.map(({ code, path }) => [code, path])).toEqual([['RECORDS_REFUSED', ['late.json', String(rows.length), column]]]);
    expect(refusals[0]!.message).toContain('a document is loaded whole, with its lines, details and billed actuals (DOCUMENT_CLOSED)');
  });

  it('LOAD-16 refuses a detail of a new proforma that stands on a line of an earlier one', async () => {
    const invoice = { ...company.invoices![1], invoiceid: NEW_INVOICE, invoicenumber: 'PI-0000009' };
    const late = { ...detail, msdyn_invoicelinetransactionid: guid(80), _msdyn_invoice_value: NEW_INVOICE };
    const refusals = await refusalsOf(load(gateway().context, sourcesOf({ invoices: [invoice], msdyn_invoicelinetransactions: [late] })));
    expect(refusals.map(({ path }) => path)).toEqual([['msdyn_invoicelinetransactions.json', '1', '_msdyn_invoicelineid_value']]);
    expect(refusals[0]!.message).toContain('DOCUMENT_CLOSED');
  });

  it('LOAD-16 takes the whole source again, and a proforma with its lines beside it', async () => {
    const invoice = { ...company.invoices![1], invoiceid: NEW_INVOICE, invoicenumber: 'PI-0000009' };
    const ofIt = { ...line, invoicedetailid: guid(81), _invoiceid_value: NEW_INVOICE };
    const more = { ...company, invoices: [...company.invoices!, invoice], invoicedetails: [...company.invoicedetails!, ofIt] };
    const { sets } = await load(gateway().context, sourcesOf(more));
    expect(sets.filter((set) => set.new > 0)).toEqual([
      { name: 'invoices', read: 3, new: 1, unchanged: 2 }, { name: 'invoicedetails', read: 3, new: 1, unchanged: 2 },
    ]);
    expect(await selectRows(gateway().database.reader, ProformaInvoiceLine, raw(''))).toHaveLength(3);
  });

  it('LOAD-16 leaves connections, origins and actuals that no proforma bills free to be added', async () => {
    const connection = { ...company.msdyn_transactionconnections![0], msdyn_transactionconnectionid: guid(82) };
    const origin = { ...company.msdyn_transactionorigins![0], msdyn_transactionoriginid: guid(83) };
    const actual = { ...company.msdyn_actuals![1], msdyn_actualid: guid(84), msdyn_billingstatus: BillingStatus.READY_TO_INVOICE };
    const sources = sourcesOf({ msdyn_actuals: [actual], msdyn_transactionconnections: [connection], msdyn_transactionorigins: [origin] });
    expect((await load(gateway().context, sources)).sets.map((set) => set.new)).toEqual([1, 1, 1]);
    expect(await selectRows(gateway().database.reader, TransactionConnection, raw(''))).toHaveLength(2);
  });
});

onBothEngines('a loaded proforma', (gateway) => {
  const loadInvoice = (values: object) => {
    const company = smallCompany();
    Object.assign(company.invoices![0]!, values);
    return load(gateway().context, sourcesOf(company));
  };

  it.each([['Posted', ProformaInvoiceStatus.POSTED], ['Paid', ProformaInvoiceStatus.PAID]])('LOAD-17 is refused as %s: finance would invoice it again', async (_name, status) => {
    const refusals = await refusalsOf(loadInvoice({ msdyn_projectinvoicestatus: status }));
    expect(refusals.map(({ path }) => path)).toEqual([['invoices.json', '1', 'msdyn_projectinvoicestatus']]);
    expect(refusals[0]!.message).toContain('load it as Confirmed, or leave it and its billed actuals out (ALREADY_INVOICED)');
    expect(await selectRows(gateway().database.reader, ProformaInvoice, raw(''))).toEqual([]);
  });

  it('LOAD-19 counts in the books on its own accounting date, else on its invoice date, else on the day it was created', async () => {
    const company = smallCompany();
    const [invoice] = company.invoices!;
    const dated = (number: number, values: object) => ({ ...invoice, invoiceid: guid(100 + number), invoicenumber: `PI-${number}`, ...values });
    company.invoices!.push(
      dated(1, { gw_accountingdate: '2026-05-31', msdyn_invoicedate: '2026-06-01' }),
      dated(2, { msdyn_invoicedate: '2026-06-01', createdon: '2026-06-02T23:30:00Z' }),
      dated(3, { createdon: '2026-06-02T23:30:00Z' }),
      dated(4, { msdyn_projectinvoicestatus: ProformaInvoiceStatus.DRAFT, msdyn_invoicedate: '2026-06-01' }),
      dated(5, { msdyn_projectinvoicestatus: ProformaInvoiceStatus.IN_REVIEW, msdyn_invoicedate: '2026-06-01' }),
    );
    await load(gateway().context, sourcesOf(company));
    const invoices = await selectRows(gateway().database.reader, ProformaInvoice, raw(`WHERE "invoiceid" <> '${IDS.invoice}' ORDER BY "invoiceid"`));
    expect(invoices.map(({ accountingDate }) => accountingDate)).toEqual(['2026-05-31', '2026-06-01', '2026-06-02', null, null]);
  });

  it('LOAD-14 knows what its corrections correct, and what was billed before', async () => {
    const company = companyWithDraft();
    const [detail] = company.msdyn_invoicelinetransactions!;
    const correction = {
      ...detail, msdyn_invoicelinetransactionid: guid(90), _msdyn_invoice_value: DRAFT, _msdyn_invoicelineid_value: DRAFT_LINE,
      msdyn_quantity: 6, msdyn_amount: 1200, msdyn_correction: true, _msdyn_originalinvoicelinedetail_value: IDS.detail,
    };
    company.msdyn_invoicelinetransactions!.push(correction);
    company.msdyn_transactionconnections!.push({
      msdyn_transactionconnectionid: guid(91), msdyn_transaction1: guid(90), msdyn_transaction1role: 'Replacing',
      msdyn_transaction1type: 'msdyn_invoicelinetransaction', msdyn_transaction2: IDS.billed, msdyn_transaction2role: 'Original', msdyn_transaction2type: 'msdyn_actual',
    });
    await load(gateway().context, sourcesOf(company));
    const [original, loaded] = await selectRows(gateway().database.reader, ProformaInvoiceLineDetail, raw('ORDER BY "msdyn_invoicelinetransactionid"'));
    expect([original!.originalBilledActualId, original!.previousAmount.toFixed()]).toEqual([null, '0']);
    expect([loaded!.originalBilledActualId, loaded!.unbilledActualId, loaded!.previousAmount.toFixed()]).toEqual([IDS.billed, null, '1600']);
  });
});
