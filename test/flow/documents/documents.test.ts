import { CustomerInvoiceLine, InvoiceFormat, ProjTransType } from '../../../src/entities/finance';
import { openDocument } from '../../../src/flow/documents/open-document';
import { decimal } from '../../../src/kernel/decimal';
import { updateRows } from '../../../src/stores/bulk';
import { sql } from '../../../src/stores/session';
import { send } from '../../support/api';
import { onBothEngines } from '../../support/engines';
import { PostingDesk } from '../5-post/posting-desk';
import { bytesOf, factsOf, fetched, fetchedCsv, linkOf, printed, tokenOf, totalsOf } from './document-desk';

onBothEngines('documents', (gateway) => {
  const paperOf = (id: string, format: InvoiceFormat | null = null) => printed(gateway(), 'CustomerInvoice', id, format);

  async function postedInvoice() {
    const desk = await PostingDesk.open(gateway(), { taxRatePercent: '20' });
    const proposalId = await desk.proposal([
      { amount: '1200', quantity: '8' },
      { amount: '34.5', quantity: '1', classification: ProjTransType.COST },
      { amount: '600', quantity: '4' },
      { amount: '5000', quantity: '1', classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId: await desk.milestone() },
    ]);
    return { desk, ...(await desk.posted(proposalId)) };
  }

  it('DOCUMENT-03 in detail a customer invoice shows every line', async () => {
    const { invoice } = await postedInvoice();
    const { document, rows } = await paperOf(invoice.id);
    expect(document.columns.map((column) => column.title)).toEqual(['No.', 'Date', 'Description', 'Quantity', 'Price', 'Amount', 'Tax']);
    expect(rows.map((row) => row.cells)).toEqual([
      ['1', '10 Jun 2026', 'Design', '8', '', '1,200.00', '240.00'],
      ['2', '10 Jun 2026', 'Design', '1', '', '34.50', '6.90'],
      ['3', '10 Jun 2026', 'Design', '4', '', '600.00', '120.00'],
      ['4', '10 Jun 2026', 'Design', '1', '', '5,000.00', '1,000.00'],
    ]);
  });

  it('DOCUMENT-03 in summary it shows a sum per contract line and project, by category a sum per category', async () => {
    const { desk, invoice } = await postedInvoice();
    const { timeAndMaterial, fixedPrice } = desk.world.facts.projects;
    const cellsOf = async (format: InvoiceFormat) => (await paperOf(invoice.id, format)).rows.map((row) => row.cells);
    expect(await cellsOf(InvoiceFormat.SUMMARY_INVOICE)).toEqual([
      [`Consulting · ${timeAndMaterial.number}`, '3', '', '1,834.50', '366.90'],
      [`Implementation · ${fixedPrice.number}`, '1', '1', '5,000.00', '1,000.00'],
    ]);
    expect(await cellsOf(InvoiceFormat.SUMMARY_BY_CATEGORY)).toEqual([
      ['Without category', '1', '1', '5,000.00', '1,000.00'],
      ['Expense', '1', '1', '34.50', '6.90'],
      ['Time', '2', '12', '1,800.00', '360.00'],
    ]);
  });

  it('DOCUMENT-06 an invoice names who, to whom, when, and what of it is tax', async () => {
    const { desk, invoice } = await postedInvoice();
    const { world } = desk;
    const paper = await paperOf(invoice.id);
    expect(paper.document).toMatchObject({ title: 'Invoice', mark: null, seller: ['Contoso USPM'], customer: [expect.stringMatching(/^Customer /)] });
    expect(factsOf(paper)).toEqual({
      'Number': invoice.number, 'Date': '20 Jun 2026', 'Due date': '20 Jul 2026', 'Terms of payment': '30 days',
      'Customer account': world.facts.customers[0]!.accountNumber, 'Project contract': `${world.facts.contractNumber} Contract ${world.facts.number}`,
      'Our reference': invoice.proposalNumber, 'Currency': 'USD',
    });
    expect(paper.document.taxes.rows).toEqual([['Sales tax 20 %', '20 %', '6,834.50', '1,366.90']]);
    expect(totalsOf(paper)).toEqual({ 'Net amount': '6,834.50', 'Sales tax': '1,366.90', 'Total USD': '8,201.40' });
  });

  it('DOCUMENT-07 a negative total is a credit note that names the invoice that it credits, before and after it is posted', async () => {
    const desk = await PostingDesk.open(gateway());
    const { lineIds } = await desk.postedJournal({});
    const { invoice: original } = await desk.posted(await desk.proposal([{ journalLineId: lineIds[0]! }]));
    const [credited] = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${original.id}`);
    const amounts = { netAmount: decimal('-1000'), invoiceAmount: decimal('-1000') };
    const proposalId = await desk.proposal([{ amount: '-1000', quantity: '-4', creditedInvoiceLineId: credited!.id }], amounts);
    const proposal = await printed(gateway(), 'InvoiceProposal', proposalId);
    expect([proposal.document.title, factsOf(proposal).Credits]).toEqual(['Pro forma credit note', original.number]);
    const { invoice } = await desk.posted(proposalId);
    const paper = await paperOf(invoice.id);
    expect([paper.document.title, factsOf(paper).Credits, totalsOf(paper)['Total USD']]).toEqual(['Credit note', original.number, '-1,000.00']);
    expect(paper.rows[0]!.cells).toEqual(['1', '10 Jun 2026', 'Design', '-4', '', '-1,000.00', '0.00']);
    expect(factsOf(await paperOf(original.id)).Credits).toBeUndefined();
  });

  it('DOCUMENT-09 yen have no decimals, and the total is given in the currency of the books too', async () => {
    const desk = await PostingDesk.open(gateway(), { currency: 'JPY', exchangeRate: '0.0064' });
    const { invoice } = await desk.posted(await desk.proposal([{ amount: '120000' }]));
    const paper = await paperOf(invoice.id);
    expect(totalsOf(paper)).toEqual({ 'Net amount': '120,000', 'Sales tax': '0', 'Total JPY': '120,000' });
    expect(paper.document.notes).toEqual(['Total in USD: 768.00, at 0.0064 USD for 1 JPY.']);
  });

  it('DOCUMENT-11 the same record at the same time gives the same file, byte for byte', async () => {
    const { invoice } = await postedInvoice();
    const { url } = await linkOf(gateway(), 'customerInvoice', invoice.number);
    const [one, other] = [await fetched(gateway(), url), await fetched(gateway(), url)];
    expect(one).toMatchObject({ fileName: `${invoice.number}.pdf`, contentType: 'application/pdf' });
    expect(one.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.bytes.subarray(-6).toString()).toBe('%%EOF\n');
    expect(one.bytes.equals(other.bytes)).toBe(true);
  });

  it('DOCUMENT-12 the CSV has a line per invoice line, and its negative numbers stay numbers', async () => {
    const desk = await PostingDesk.open(gateway(), { taxRatePercent: '20' });
    const { invoice } = await desk.posted(await desk.proposal([{ amount: '1200.5', quantity: '8' }, { amount: '-100', quantity: '-1' }]));
    const lines = await fetchedCsv(gateway(), 'customerInvoice', invoice.number);
    expect(lines).toMatchObject([
      { Document: 'Customer invoice', Number: invoice.number, Line: '1', Date: '2026-06-10', Class: 'Hours', Category: 'Time', Quantity: '8', Amount: '1200.5', 'Sales tax': '240.1', Total: '1440.6', Currency: 'USD' },
      { Line: '2', Quantity: '-1', Amount: '-100', 'Sales tax': '-20', Total: '-120' },
    ]);
  });

  it('DOCUMENT-10 a document whose lines do not sum to its totals is broken off', async () => {
    const { invoice, desk } = await postedInvoice();
    const [line] = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    await gateway().database.write((work) => updateRows(work, CustomerInvoiceLine, [{ id: line!.id, lineAmount: decimal('1') }]));
    for (const args of ['', '(format: CSV)', '(layout: SUMMARY_INVOICE)']) {
      const answer = await openDocument(gateway().context, tokenOf((await linkOf(gateway(), 'customerInvoice', invoice.number, args)).url));
      await expect(bytesOf(answer.document!.pieces)).rejects.toThrow(`The lines of ${invoice.number} come to`);
    }
  });

  it('DOCUMENT-02 an address whose record is gone is answered so', async () => {
    const { invoice } = await postedInvoice();
    const { url } = await linkOf(gateway(), 'customerInvoice', invoice.number, '(layout: MANAGE_INVOICE, managedInvoiceFormatId: "NONE")');
    expect(await openDocument(gateway().context, tokenOf(url))).toEqual({ problem: 'GONE' });
  });

  it.each(['(layout: MANAGE_INVOICE)', '(layout: DETAIL_INVOICE, managedInvoiceFormatId: "X")'])('refuses %s, which says half of what it wants', async (args) => {
    const { invoice } = await postedInvoice();
    const { errors } = await send(gateway(), `{ customerInvoices(filter: { number: { eq: "${invoice.number}" } }) { nodes { document${args} { url } } } }`);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: ['managedInvoiceFormatId'] });
  });
});
