import { FinanceFundingSource, InvoiceFormat, InvoiceProposal, ProjTransType } from '../../../src/entities/finance';
import { updateRows } from '../../../src/stores/bulk';
import { sql } from '../../../src/stores/session';
import { ask } from '../../support/api';
import { onBothEngines } from '../../support/engines';
import { ERRORS } from '../../support/process';
import { PostingDesk } from '../5-post/posting-desk';
import { cellsOf, fetched, linkOf, printed } from './document-desk';

const SET_FORMAT = `mutation ($input: SetInvoiceFormatInput!) {
  setInvoiceFormat(input: $input) { invoiceFormat { formatId description groupBy showsLines version } ${ERRORS} }
}`;
const UPDATE = `mutation ($input: UpdateInvoiceProposalInput!) {
  updateInvoiceProposal(input: $input) { invoiceProposal { invoiceFormat managedInvoiceFormatId textBefore textAfter version } ${ERRORS} }
}`;

onBothEngines('invoice formats', (gateway) => {
  const setFormat = async (input: object) => (await ask(gateway(), SET_FORMAT, { input })).setInvoiceFormat;
  const update = async (input: object) => (await ask(gateway(), UPDATE, { input })).updateInvoiceProposal;
  const messagesOf = ({ errors }: { errors: { message: string }[] }) => errors.map((error) => error.message);

  it('DOCUMENT-14 a managed format is made, changed and listed', async () => {
    await PostingDesk.open(gateway());
    const made = await setFormat({ legalEntityId: 'USPM', formatId: 'WHO', groupBy: ['RESOURCE'] });
    expect(made).toEqual({ errors: [], invoiceFormat: { formatId: 'WHO', description: null, groupBy: 'RESOURCE', showsLines: false, version: 1 } });
    const changed = await setFormat({ legalEntityId: 'USPM', formatId: 'WHO', description: 'Who did what', groupBy: ['RESOURCE', 'CATEGORY'], showsLines: true, expectedVersion: 1 });
    expect(changed.invoiceFormat).toEqual({ formatId: 'WHO', description: 'Who did what', groupBy: 'RESOURCE,CATEGORY', showsLines: true, version: 2 });
    const { invoiceFormats } = await ask(gateway(), '{ invoiceFormats(filter: { formatId: { eq: "WHO" } }) { nodes { legalEntityId version } } }');
    expect(invoiceFormats.nodes).toEqual([{ legalEntityId: 'USPM', version: 2 }]);
  });

  it.each([
    ['nothing to group by', { groupBy: [] }, 'The format names nothing to group by.'],
    ['a field twice', { groupBy: ['PROJECT', 'PROJECT'] }, 'The format names PROJECT twice.'],
    ['an id that is too long', { formatId: 'x'.repeat(21) }, 'A format id has 1 to 20 characters.'],
    ['no id', { formatId: ' ' }, 'A format id has 1 to 20 characters.'],
    ['a legal entity that there is not', { legalEntityId: 'NONE' }, 'There is no LegalEntity NONE.'],
    ['another version', { expectedVersion: 7 }, 'Invoice format NEW has version none, not 7; read it again and repeat.'],
  ])('DOCUMENT-14 a managed format with %s is refused', async (_what, input, message) => {
    await PostingDesk.open(gateway());
    const refused = await setFormat({ legalEntityId: 'USPM', formatId: 'NEW', groupBy: ['PROJECT'], ...input });
    expect([refused.invoiceFormat, messagesOf(refused)]).toEqual([null, [message]]);
  });

  it('DOCUMENT-04 Manage invoice groups by the managed format, with the lines of each group where it shows them', async () => {
    const desk = await PostingDesk.open(gateway(), { taxRatePercent: '20' });
    const proposalId = await desk.proposal([
      { amount: '100', quantity: '1' }, { amount: '30', quantity: '1', classification: ProjTransType.COST }, { amount: '200', quantity: '2' },
    ]);
    await setFormat({ legalEntityId: 'USPM', formatId: 'CLASS', groupBy: ['CLASSIFICATION'], showsLines: true });
    expect((await update({ proposalId, invoiceFormat: 'MANAGE_INVOICE', managedInvoiceFormatId: 'CLASS' })).errors).toEqual([]);
    const { invoice } = await desk.posted(proposalId);
    expect(invoice).toMatchObject({ invoiceFormat: InvoiceFormat.MANAGE_INVOICE, managedInvoiceFormatId: 'CLASS' });
    const shown = await printed(gateway(), 'CustomerInvoice', invoice.id);
    expect(shown.rows.map(({ style, cells }) => [style, ...cells])).toEqual([
      ['heading', 'Hours'],
      ['line', '1', '10 Jun 2026', 'Design', '1', '', '100.00', '20.00'],
      ['line', '2', '10 Jun 2026', 'Design', '2', '', '200.00', '40.00'],
      ['sum', '', '', '2 lines', '3', '', '300.00', '60.00'],
      ['heading', 'Expenses'],
      ['line', '3', '10 Jun 2026', 'Design', '1', '', '30.00', '6.00'],
      ['sum', '', '', '1 line', '1', '', '30.00', '6.00'],
    ]);
    await setFormat({ legalEntityId: 'USPM', formatId: 'CLASS', groupBy: ['CATEGORY', 'CLASSIFICATION'] });
    const summed = await printed(gateway(), 'CustomerInvoice', invoice.id);
    expect(summed.rows.map((row) => row.cells)).toEqual([
      ['Expense · Expenses', '1', '1', '30.00', '6.00'], ['Time · Hours', '2', '3', '300.00', '60.00'],
    ]);
    const { bytes } = await fetched(gateway(), (await linkOf(gateway(), 'customerInvoice', invoice.number)).url);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const csv = await fetched(gateway(), (await linkOf(gateway(), 'customerInvoice', invoice.number, '(format: CSV)')).url);
    expect(cellsOf(csv.bytes.toString())).toHaveLength(4);
  });

  it('DOCUMENT-05 an invoice is printed as its proposal says, else as its funding source says, else in detail', async () => {
    const desk = await PostingDesk.open(gateway());
    const postedFormat = async (changes: Partial<InvoiceProposal> = {}) => {
      const { invoice } = await desk.posted(await desk.proposal([{}], changes));
      return InvoiceFormat[invoice.invoiceFormat];
    };
    expect(await postedFormat()).toBe('DETAIL_INVOICE');
    const { contractNumber, customers } = desk.world.facts;
    const [fundingSource] = await desk.rows(FinanceFundingSource, sql`WHERE t."ProjectContractId" = ${contractNumber} AND t."FundingSourceId" = ${customers[0]!.fundingSourceId}`);
    await gateway().database.write((work) => updateRows(work, FinanceFundingSource, [{ id: fundingSource!.id, invoiceFormat: InvoiceFormat.SUMMARY_BY_CATEGORY }]));
    expect(await postedFormat()).toBe('SUMMARY_BY_CATEGORY');
    expect(await postedFormat({ invoiceFormat: InvoiceFormat.SUMMARY_INVOICE })).toBe('SUMMARY_INVOICE');
  });

  it('DOCUMENT-15 texts of the proposal are printed on the invoice, before the lines and after the totals', async () => {
    const desk = await PostingDesk.open(gateway());
    const proposalId = await desk.proposal([{}]);
    const { invoiceProposal } = await update({ proposalId, invoiceFormat: 'SUMMARY_INVOICE', textBefore: 'As agreed in May.', textAfter: 'Thank you.' });
    expect(invoiceProposal).toMatchObject({ invoiceFormat: 'SUMMARY_INVOICE', managedInvoiceFormatId: null, textBefore: 'As agreed in May.', textAfter: 'Thank you.', version: 2 });
    expect((await update({ proposalId, textAfter: '' })).invoiceProposal).toMatchObject({ textAfter: null, textBefore: 'As agreed in May.' });
    const { invoice } = await desk.posted(proposalId);
    const { document } = await printed(gateway(), 'CustomerInvoice', invoice.id);
    expect(document).toMatchObject({ textBefore: 'As agreed in May.', textAfter: null });
    expect((await update({ proposalId, textAfter: 'Too late' })).errors).toMatchObject([{ __typename: 'StateTransitionError' }]);
  });

  it('DOCUMENT-15 another format drops the managed one', async () => {
    const desk = await PostingDesk.open(gateway());
    const proposalId = await desk.proposal([{}]);
    await setFormat({ legalEntityId: 'USPM', formatId: 'DROP', groupBy: ['PROJECT'] });
    await update({ proposalId, invoiceFormat: 'MANAGE_INVOICE', managedInvoiceFormatId: 'DROP' });
    expect((await update({ proposalId, invoiceFormat: 'DETAIL_INVOICE' })).invoiceProposal).toMatchObject({ invoiceFormat: 'DETAIL_INVOICE', managedInvoiceFormatId: null });
  });

  it.each([
    ['Manage invoice without a managed format', { invoiceFormat: 'MANAGE_INVOICE' }, 'The format of an invoice: MANAGE_INVOICE needs a managed invoice format.'],
    ['a managed format of another legal entity', { invoiceFormat: 'MANAGE_INVOICE', managedInvoiceFormatId: 'ELSEWHERE' }, 'Invoice format ELSEWHERE does not exist in legal entity USPM.'],
    ['a text that is too long', { textBefore: 'x'.repeat(1001) }, 'A text of an invoice has at most 1000 characters.'],
  ])('DOCUMENT-15 %s is refused, and nothing changes', async (_what, input, message) => {
    const desk = await PostingDesk.open(gateway());
    const proposalId = await desk.proposal([{}]);
    const refused = await update({ proposalId, ...input });
    expect([refused.invoiceProposal, messagesOf(refused)]).toEqual([null, [message]]);
    expect(await desk.row(InvoiceProposal, proposalId)).toMatchObject({ version: 1, invoiceFormat: null, textBefore: null });
  });
});
