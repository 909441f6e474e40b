import { linesCsv } from '../../../src/flow/documents/lines-csv';
import type { DocumentFacts } from '../../../src/flow/documents/document-facts';
import { decimal } from '../../../src/kernel/decimal';
import type { DocumentLine } from '../../../src/stores/documents/document-lines.store';
import { cellsOf } from './document-desk';

const LINE: DocumentLine = {
  date: '2026-06-10', description: 'Design', classification: 2, contractLineName: 'Consulting', projectId: 'PRJ-1', projectName: 'Site', category: 'Time',
  resource: 'Ada', quantity: decimal('8'), price: decimal('150.25'), amount: decimal('1202'), tax: decimal('0'), isCharged: true,
};
const FACTS = { kind: 'CustomerInvoice', number: 'INV-1', contractNumber: 'CON-1', currencyCode: 'USD' } as DocumentFacts;

async function csvOf(...lines: Partial<DocumentLine>[]): Promise<string> {
  async function* chunks() {
    for (const line of lines) yield [{ ...LINE, ...line }];
  }
  let text = '';
  for await (const piece of linesCsv(FACTS, chunks())) text += piece;
  return text;
}

describe('the CSV of lines', () => {
  it('DOCUMENT-12 has a row of headings, ends lines as RFC 4180 wants, and writes decimals with a point', async () => {
    const csv = await csvOf({});
    const [head, row] = cellsOf(csv);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(head!.slice(0, 4)).toEqual(['Document', 'Number', 'Line', 'Date']);
    expect(row).toEqual([
      'Customer invoice', 'INV-1', '1', '2026-06-10', 'CON-1', 'Consulting', 'PRJ-1', 'Site', 'Time', 'Hours', 'Ada', 'Design', '8', '150.25', '1202', '0',
      '1202', 'USD', 'Yes',
    ]);
  });

  it('DOCUMENT-12 quotes what a comma, a quote or a line break would tear apart', async () => {
    const csv = await csvOf({ description: 'one, "two"\nthree' });
    expect(csv).toContain('"one, ""two""\nthree"');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('DOCUMENT-12 has no cell that a spreadsheet would run: %j', async (text) => {
    const csv = await csvOf({ description: text, resource: text, projectName: text });
    const body = csv.split('\r\n').slice(1).join('\r\n');
    expect(body.split(`'${text}`).length - 1).toBe(3);
  });

  it('DOCUMENT-12 leaves negative numbers numbers, and a line without a price without one', async () => {
    const [, row] = cellsOf(await csvOf({ quantity: decimal('-8'), amount: decimal('-1202.5'), tax: decimal('-0.1'), price: null }));
    expect(row!.slice(12, 17)).toEqual(['-8', '', '-1202.5', '-0.1', '-1202.6']);
  });
});
