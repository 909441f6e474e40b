import { asker, ERRORS, importRecords } from '../support/process';
import { onBothEngines } from '../support/engines';
import { factsOf, fetched, fetchedCsv, linkOf, printed, totalsOf } from '../flow/documents/document-desk';
import { keyOf } from '../../src/stores/reading/global-id';
import { discrepanciesOf } from './audit';
import { readBooks } from './books';
import { CorrectionDesk } from './correction-desk';
import { recordsOf, type Example } from './documented-examples';

const time = { work: 'time', quantity: '8', cost: '100', costAmount: '800', price: '200', amount: '1600' } as const;
const fee = { work: 'fee', quantity: '1', price: '500', amount: '500' } as const;
const hours: Example = { name: '8 h at 200', currency: 'USD', isTaxed: true, profile: 'WIP', transactions: [time] };
const fees: Example = { name: 'A fee of 500', currency: 'USD', profile: 'WIP', transactions: [fee] };
const CONTRACTS = {
  'COR-FULL': hours, 'COR-PART': hours, 'COR-MORE': hours, 'COR-PRICE': hours, 'COR-CHAIN': hours, 'COR-EARLY': hours, 'COR-TWICE': hours, 'COR-EDITED': hours, 'COR-PRINT': hours, 'COR-PAID': hours,
  'COR-FEE': fees, 'COR-FEE-PART': fees,
  'COR-STONE': { name: 'A milestone of 5,000', currency: 'USD', isTaxed: true, profile: 'FPNOWIP', transactions: [], milestone: '5000' },
  'COR-RATE': { name: '8 h at 200 GBP, 125 per 100', currency: 'GBP', fixedRate: '125', profile: 'WIP', transactions: [time] },
} as const satisfies Record<string, Example>;

const POSTED = 'CUSTOMER_INVOICE_POSTED';
const OPEN = 'UNBILLED_SALES_CREATED';
const BILLED_8 = 'Reversing > B 8 Original';
const REPLACING_8 = 'Replacing > B 8 Original';

onBothEngines('corrections from the revised proforma to the credit note, by queries only', (gateway) => {
  let desk: CorrectionDesk;
  beforeAll(async () => {
    desk = new CorrectionDesk(gateway());
    await importRecords(gateway(), recordsOf(CONTRACTS));
  });

  /** What everything adds up to, in both systems, after every journey. */
  afterEach(async () => {
    await desk.process.settleFinance();
    expect(discrepanciesOf(await readBooks(asker(gateway())))).toEqual([]);
  });

  it('DOCUMENT-16 DOCUMENT-07 the proforma of a correction shows the difference to what was billed, and names the invoice', async () => {
    const first = await desk.invoiced('COR-PRINT');
    const { number } = await desk.invoiceOf(first);
    const draft = await desk.revised(first);
    const page = () => printed(gateway(), 'ProformaInvoice', keyOf('ProformaInvoice', draft.id));
    const full = await page();
    expect(full.document.title).toBe('Pro forma credit note');
    expect(factsOf(full).Credits).toBe(number);
    expect(full.rows.map((row) => row.cells.slice(3, 6))).toEqual([['-8', '200.00', '-1,600.00']]);
    expect(Number(totalsOf(full)['Total USD']!.replace(',', ''))).toBe(Number(draft.totalAmount));
    await desk.edit(draft.details.nodes[0]!.id, { quantity: '6', price: '250' });
    expect((await page()).rows.map((row) => row.cells.slice(3, 6))).toEqual([['-2', '', '-100.00']]);
    const [line] = await fetchedCsv(gateway(), 'proformaInvoice', draft.number);
    expect(line).toMatchObject({ Quantity: '-2', 'Unit price': '', Amount: '-100' });
    const { url } = await linkOf(gateway(), 'proformaInvoice', draft.number, '(layout: SUMMARY_INVOICE)');
    expect((await fetched(gateway(), url)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('CORRECT-01 CORRECT-18 a paid proforma is revised too, stays paid, and its credit note names the invoice', async () => {
    const first = await desk.invoiced('COR-PAID');
    const { markProformaInvoicePaid } = await asker(gateway())(`mutation ($input: MarkProformaInvoicePaidInput!) { markProformaInvoicePaid(input: $input) { ${ERRORS} } }`,
      { input: { proformaInvoiceNumber: first } });
    expect(markProformaInvoicePaid.errors).toEqual([]);
    const credit = await desk.corrected(first, { quantity: '6' });
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(credit);
    expect(note.credits).toEqual([`${first} -1600 -136`]);
    expect(note.amounts).toMatchObject({ netAmount: '-400', taxAmount: '-34', invoiceAmount: '-434' });
    expect(note.proforma).toMatchObject({ status: 'POSTED', stage: 'DONE' });
    expect((await desk.invoiceOf(first)).proforma).toMatchObject({ status: 'PAID', stage: 'DONE' });
  });

  it('CORRECT-18 CORRECT-07 CORRECT-19: E1, a full credit is a credit note, and the hours are invoiced again', async () => {
    const first = await desk.invoiced('COR-FULL');
    const untouched = await desk.rowsOf(first);
    expect(untouched).toEqual([
      `U -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} skipped | Reversing > U 8 Original`,
      `B 8 1600 CHARGEABLE - ${POSTED} sent | Billed Sales > U 8 Unbilled Sales`,
    ]);
    const credit = await desk.corrected(first);
    expect(await desk.rowsOf(first)).toEqual([untouched[0], untouched[1]!.replace(' - ', ' ADJUSTED ')]);
    expect(await desk.rowsOf(credit)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent | ${BILLED_8}`,
      `U 8 1600 CHARGEABLE - ${OPEN} sent | ${REPLACING_8}`,
    ]);
    expect(await desk.backlogOf('COR-FULL')).toEqual(['8 1600']);
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(credit);
    expect(note.amounts).toMatchObject({ netAmount: '-1600', taxAmount: '-136', invoiceAmount: '-1736', customerTransaction: { amount: '-1736' } });
    expect(note.credits).toEqual([`${first} -1600 -136`]);
    expect(note.ledger).toEqual(['CUSTOMER_BALANCE -1736 USD -1736', 'INVOICED_REVENUE 1600 USD 1600', 'SALES_TAX_PAYABLE 136 USD 136']);
    expect(note.proforma).toMatchObject({ status: 'POSTED', stage: 'DONE', customerInvoiceNumber: note.number, customerInvoiceTax: '-136' });
    const again = await desk.invoiceOf(await desk.invoiced('COR-FULL'));
    expect(again.ledger).toEqual([
      'CUSTOMER_BALANCE 1736 USD 1736', 'INVOICED_REVENUE -1600 USD -1600', 'WIP_SALES_VALUE -1600 USD -1600',
      'ACCRUED_REVENUE_SALES_VALUE 1600 USD 1600', 'SALES_TAX_PAYABLE -136 USD -136',
    ]);
    expect(await desk.backlogOf('COR-FULL')).toEqual([]);
  });

  it('CORRECT-08 CORRECT-19: E2, 8 hours become 6, and the two that are left over are invoiced later', async () => {
    const first = await desk.invoiced('COR-PART');
    const correction = await desk.corrected(first, { quantity: '6' });
    expect(await desk.rowsOf(correction)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent | ${BILLED_8}`,
      `U 6 1200 CHARGEABLE - ${POSTED} sent | ${REPLACING_8}`,
      `U -6 -1200 CHARGEABLE UNADJUSTABLE ${POSTED} skipped | Reversing > U 6 Original`,
      `B 6 1200 CHARGEABLE - ${POSTED} sent | Billed Sales > U 6 Unbilled Sales`,
      `U 2 400 CHARGEABLE - ${OPEN} sent | ${REPLACING_8}`,
    ]);
    expect(await desk.backlogOf('COR-PART')).toEqual(['2 400']);
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(correction);
    expect(note.amounts).toMatchObject({ netAmount: '-400', taxAmount: '-34', invoiceAmount: '-434' });
    expect(note.credits).toEqual([`${first} -1600 -136`]);
    expect(note.ledger).toEqual([
      'CUSTOMER_BALANCE -434 USD -434', 'INVOICED_REVENUE 400 USD 400', 'SALES_TAX_PAYABLE 34 USD 34', 'WIP_SALES_VALUE -1200 USD -1200',
      'ACCRUED_REVENUE_SALES_VALUE 1200 USD 1200',
    ]);
    expect((await desk.invoiceOf(await desk.invoiced('COR-PART'))).amounts).toMatchObject({ netAmount: '400', taxAmount: '34' });
  });

  it('CORRECT-09: E3, 8 hours become 10, and another price bills the same hours anew', async () => {
    const more = await desk.corrected(await desk.invoiced('COR-MORE'), { quantity: '10' });
    expect(await desk.rowsOf(more)).toEqual([
      `B -8 -1600 CHARGEABLE UNADJUSTABLE ${POSTED} sent | ${BILLED_8}`,
      `U 10 2000 CHARGEABLE - ${POSTED} sent | ${REPLACING_8}`,
      `U -10 -2000 CHARGEABLE UNADJUSTABLE ${POSTED} skipped | Reversing > U 10 Original`,
      `B 10 2000 CHARGEABLE - ${POSTED} sent | Billed Sales > U 10 Unbilled Sales`,
    ]);
    const cheaper = await desk.corrected(await desk.invoiced('COR-PRICE'), { quantity: '8', price: '150' });
    await desk.process.settleFinance();
    expect((await desk.invoiceOf(more)).amounts).toMatchObject({ netAmount: '400' });
    expect((await desk.invoiceOf(cheaper)).amounts).toMatchObject({ netAmount: '-400' });
    expect([await desk.backlogOf('COR-MORE'), await desk.backlogOf('COR-PRICE')]).toEqual([[], []]);
  });

  it('CORRECT-10: E4 and E5, a fee credited in full returns, one credited in part does not', async () => {
    const full = await desk.corrected(await desk.invoiced('COR-FEE'));
    expect(await desk.rowsOf(full)).toEqual([
      `B -1 -500 CHARGEABLE UNADJUSTABLE ${POSTED} sent | Reversing > B 1 Original`,
      `U 1 500 CHARGEABLE - ${OPEN} sent | Replacing > B 1 Original`,
    ]);
    const part = await desk.corrected(await desk.invoiced('COR-FEE-PART'), { quantity: '1', price: '300' });
    expect(await desk.rowsOf(part)).toEqual([
      `B -1 -500 CHARGEABLE UNADJUSTABLE ${POSTED} sent | Reversing > B 1 Original`,
      `U 1 300 CHARGEABLE - ${POSTED} sent | Replacing > B 1 Original`,
      `U -1 -300 CHARGEABLE UNADJUSTABLE ${POSTED} skipped | Reversing > U 1 Original`,
      `B 1 300 CHARGEABLE - ${POSTED} sent | Billed Sales > U 1 Unbilled Sales`,
    ]);
    expect([await desk.backlogOf('COR-FEE'), await desk.backlogOf('COR-FEE-PART')]).toEqual([['1 500'], []]);
    await desk.process.settleFinance();
    expect([(await desk.invoiceOf(full)).amounts, (await desk.invoiceOf(part)).amounts]).toMatchObject([{ netAmount: '-500' }, { netAmount: '-200' }]);
    await desk.invoiced('COR-FEE');
  });

  it('CORRECT-20 CORRECT-11: E6, a milestone is credited whole, and invoiced again only after its credit note', async () => {
    const first = await desk.invoiced('COR-STONE');
    const credit = await desk.corrected(first);
    expect(await desk.rowsOf(credit)).toEqual([`B -1 -5000 CHARGEABLE UNADJUSTABLE ${POSTED} sent | Reversing > B 1 Original`]);
    expect(await desk.backlogOf('COR-STONE')).toEqual(['1 5000 ready']);
    const again = await desk.confirmed('COR-STONE');
    await desk.process.sync();
    await desk.process.importFromStaging();
    expect(await desk.blockersOf(again)).toEqual(['MILESTONE_NOT_CREDITED']);
    await desk.process.postProposals();
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(credit);
    expect(note.credits).toEqual([`${first} -5000 -425`]);
    expect(note.ledger).toEqual(['CUSTOMER_BALANCE -5425 USD -5425', 'INVOICED_REVENUE_ON_ACCOUNT 5000 USD 5000', 'SALES_TAX_PAYABLE 425 USD 425']);
    expect((await desk.invoiceOf(again)).amounts).toMatchObject({ netAmount: '5000', taxAmount: '425' });
  });

  it('CORRECT-04: a correction of a correction, 8 to 6 to 7, credits the invoice that billed the 6', async () => {
    const first = await desk.invoiced('COR-CHAIN');
    const second = await desk.corrected(first, { quantity: '6' });
    await desk.process.settleFinance();
    const third = await desk.corrected(first, { quantity: '7' });
    expect(await desk.rowsOf(third)).toEqual([
      `B -6 -1200 CHARGEABLE UNADJUSTABLE ${POSTED} sent | Reversing > B 6 Original`,
      `U 7 1400 CHARGEABLE - ${POSTED} sent | Replacing > B 6 Original`,
      `U -7 -1400 CHARGEABLE UNADJUSTABLE ${POSTED} skipped | Reversing > U 7 Original`,
      `B 7 1400 CHARGEABLE - ${POSTED} sent | Billed Sales > U 7 Unbilled Sales`,
    ]);
    await desk.process.settleFinance();
    expect(await desk.invoiceOf(third)).toMatchObject({ amounts: { netAmount: '200', taxAmount: '17' }, credits: [`${second} -1200 -102`] });
  });

  it('CORRECT-04 CORRECT-13: an invoice that was edited, 8 to 6, is credited in both parts, each in its own billing type', async () => {
    const first = await desk.invoiced('COR-EDITED', { quantity: '6' });
    const credit = await desk.corrected(first);
    expect(await desk.rowsOf(credit)).toEqual([
      `B -6 -1200 CHARGEABLE UNADJUSTABLE ${POSTED} sent | Reversing > B 6 Original`,
      `U 6 1200 CHARGEABLE - ${OPEN} sent | Replacing > B 6 Original`,
      `B -2 -400 NON_CHARGEABLE UNADJUSTABLE ${POSTED} sent | Reversing > B 2 Original`,
      `U 2 400 NON_CHARGEABLE - ${OPEN} sent | Replacing > B 2 Original`,
    ]);
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(credit);
    expect(note).toMatchObject({ amounts: { netAmount: '-1200', taxAmount: '-102' }, credits: [`${first} -1200 -102`] });
    expect((await desk.backlogOf('COR-EDITED')).sort()).toEqual(['2 400', '6 1200']);
    expect((await desk.invoiceOf(await desk.invoiced('COR-EDITED'))).amounts).toMatchObject({ netAmount: '1200' });
  });

  it('CORRECT-16: what is not posted yet is corrected, and waits in finance for its original', async () => {
    const first = await desk.confirmed('COR-EARLY');
    const correction = await desk.corrected(first, { quantity: '6' });
    await desk.process.sync();
    await desk.process.importFromStaging();
    await desk.process.postJournals();
    await desk.process.importFromStaging();
    expect(await desk.blockersOf(correction)).toEqual(['ORIGINAL_NOT_INVOICED']);
    await desk.process.postProposals();
    await desk.process.settleFinance();
    expect((await desk.invoiceOf(correction)).credits).toEqual([`${first} -1600 -136`]);
    expect(await desk.blockersOf(correction)).toEqual([]);
  });

  it('CORRECT-05 CORRECT-18: one draft corrects two invoices, and its credit note names both', async () => {
    const first = await desk.invoiced('COR-TWICE');
    const credit = await desk.corrected(first, { quantity: '5' });
    await desk.process.settleFinance();
    const second = await desk.invoiced('COR-TWICE');
    const draft = await desk.revised(first);
    const both = await desk.revised(second, { intoProformaInvoiceNumber: draft.number });
    expect(both).toMatchObject({ id: draft.id, totalAmount: '-1600' });
    await desk.process.confirm(both.id);
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(both.number);
    expect(note.amounts).toMatchObject({ netAmount: '-1600', taxAmount: '-136' });
    expect(note.credits.sort()).toEqual([`${credit} -1000 -85`, `${second} -600 -51`]);
    await desk.invoiced('COR-TWICE');
  });

  it('CORRECT-19: under a fixed rate the credit note reverses receivable and revenue at its own rate', async () => {
    const correction = await desk.corrected(await desk.invoiced('COR-RATE'), { quantity: '6' });
    await desk.process.settleFinance();
    const note = await desk.invoiceOf(correction);
    expect(note.amounts).toMatchObject({ invoiceAmount: '-400', accountingInvoiceAmount: '-500', customerTransaction: { accountingAmount: '-500' } });
    expect(note.ledger).toEqual([
      'CUSTOMER_BALANCE -400 GBP -500', 'INVOICED_REVENUE 400 GBP 500', 'WIP_SALES_VALUE -1200 GBP -1500', 'ACCRUED_REVENUE_SALES_VALUE 1200 GBP 1500',
    ]);
  });
});
