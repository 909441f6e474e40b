import PDFDocument from 'pdfkit';
import type { BodyRow } from '../../../src/flow/documents/invoice-document.model';
import { writeInvoicePdf } from '../../../src/flow/documents/pdf/invoice-pdf';
import { Typesetter } from '../../../src/flow/documents/pdf/typesetter';
import { bytesOf, PAPER, pagesOf } from './document-desk';

async function* bodyOf(...chunks: BodyRow[][]): AsyncGenerator<BodyRow[]> {
  yield* chunks;
}

const line = (description: string, amount = '10.00', note?: string): BodyRow => ({ style: 'line', cells: [description, amount], ...(note && { note }) });
const linesOf = (count: number): BodyRow[] => Array.from({ length: count }, (_, index) => line(`Line ${index + 1}`));
const plain = { compress: false };
/** The colour of the mark, as PDF writes it. */
const MARK_COLOR = '0.7764705882352941 0.1568627450980392 0.1568627450980392 scn';

describe('the PDF of an invoice', () => {
  it('DOCUMENT-08 carries its mark on every page, and only where there is one', async () => {
    const marked = await pagesOf(writeInvoicePdf({ ...PAPER, mark: 'PRO FORMA' }, bodyOf(linesOf(120)), plain));
    expect(marked.length).toBeGreaterThan(2);
    expect(marked.map((page) => page.includes(MARK_COLOR))).toEqual(marked.map(() => true));
    const unmarked = await pagesOf(writeInvoicePdf(PAPER, bodyOf(linesOf(120)), plain));
    expect(unmarked.some((page) => page.includes(MARK_COLOR))).toBe(false);
  });

  it('says on every page how many there are', async () => {
    const bytes = await bytesOf(writeInvoicePdf(PAPER, bodyOf(linesOf(120)), plain));
    const text = bytes.toString('latin1');
    const pages = [...text.matchAll(/\/Type \/Page\n/g)].length;
    expect(text).toContain(`(${pages}) Tj`);
    const contents = await pagesOf(writeInvoicePdf(PAPER, bodyOf(linesOf(120)), plain));
    expect(contents).toHaveLength(pages);
    expect(contents.every((page) => page.includes('/PageCount Do'))).toBe(true);
  });

  it('DOCUMENT-11 is the same, byte for byte, for the same document', async () => {
    const make = () => bytesOf(writeInvoicePdf(PAPER, bodyOf(linesOf(60))));
    expect((await make()).equals(await make())).toBe(true);
  });

  it('DOCUMENT-13 is written page by page, while its lines come in', async () => {
    let given = 0;
    async function* body(): AsyncGenerator<BodyRow[]> {
      for (; given < 40; given += 1) yield linesOf(50);
    }
    const pdf = writeInvoicePdf(PAPER, body());
    await pdf.next();
    expect(given).toBeLessThan(3);
    await pdf.return(undefined);
    expect(given).toBeLessThan(3);
  });

  it('sets letters side by side, without shaping, so that pdfkit measures what the typesetter drew', () => {
    const pdf = new PDFDocument({ autoFirstPage: false, fontLayoutCache: false });
    const text = new Typesetter(pdf);
    const style = { size: 10 };
    for (const word of ['AVAToffice', 'Ελλάδα', '設計費、', '1,234.50']) {
      const letters = [...word].reduce((sum, letter) => sum + text.widthOf(letter, style), 0);
      expect(text.widthOf(word, style)).toBeCloseTo(letters, 6);
    }
    // A letter and its accent, written apart, are set as one.
    expect(text.wrap('Cafe\u0301', 100, style)).toEqual(['Café']);
  });

  it.each([
    ['a description of many pages', [line('Longer and longer '.repeat(600))]],
    ['a word that is wider than its column', [line('x'.repeat(2_000))]],
    ['an amount that is wider than its column', [line('Much', '-999,999,999,999.9999')]],
    ['Greek, Cyrillic and Japanese', [line('Ελληνικά Кириллица 株式会社コンソト、設計費', '1', '東京都港区港南')]],
    ['no lines at all', []],
    ['control characters and a script without a font', [line('a\u0000b\tc\r\nd \u0e01\ud83d\ude00')]],
    ['headings and sums', [{ style: 'heading', cells: ['Project'] }, line('a'), { style: 'sum', cells: ['', '10.00'] }] as BodyRow[]],
  ])('takes %s', async (_what, rows) => {
    const pages = await pagesOf(writeInvoicePdf(PAPER, bodyOf(rows), plain));
    expect(pages.length).toBeGreaterThan(0);
  });
});
