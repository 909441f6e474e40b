import type { InvoiceFormat } from '../../../src/entities/finance';
import { documentBody } from '../../../src/flow/documents/document-body';
import { loadDocumentFacts } from '../../../src/flow/documents/document-facts';
import { decideInvoiceDocument } from '../../../src/flow/documents/invoice-document.decision';
import { chosenLayout, openDocument } from '../../../src/flow/documents/open-document';
import type { BodyRow, InvoiceDocument } from '../../../src/flow/documents/invoice-document.model';
import { type writeInvoicePdf } from '../../../src/flow/documents/pdf/invoice-pdf';
import type { DocumentKind } from '../../../src/stores/documents/document-lines.store';
import { ask } from '../../support/api';
import type { TestGateway } from '../../support/engines';

/** A document as it goes to the printer. */
export interface Printed {
  readonly document: InvoiceDocument;
  readonly rows: readonly BodyRow[];
}

export async function printed(gateway: TestGateway, kind: DocumentKind, id: string, format: InvoiceFormat | null = null): Promise<Printed> {
  const session = gateway.database.reader;
  const facts = (await loadDocumentFacts(gateway.context, session, kind, id))!;
  const layout = (await chosenLayout(session, facts, { layout: format, managedFormatId: null }))!;
  const rows: BodyRow[] = [];
  for await (const chunk of documentBody(session, facts, layout)) rows.push(...chunk);
  return { document: decideInvoiceDocument(facts, layout), rows };
}

export const factsOf = ({ document }: Printed) => Object.fromEntries(document.facts.map(({ label, text }) => [label, text]));
export const totalsOf = ({ document }: Printed) => Object.fromEntries(document.totals.map(({ label, text }) => [label, text]));

type Kind = 'customerInvoice' | 'invoiceProposal' | 'proformaInvoice';

/** The address of a record's document, as the API gives it. */
export async function linkOf(gateway: TestGateway, kind: Kind, number: string, args = ''): Promise<{ url: string; expiresAt: string }> {
  const data = await ask(gateway, `query ($number: String!) { record: ${kind}(number: $number) { document${args} { url expiresAt } } }`, { number });
  return data.record.document;
}

export function tokenOf(url: string): string {
  return new URL(url, 'http://gateway').searchParams.get('token')!;
}

export interface Fetched {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The file under an address, all of it. */
export async function fetched(gateway: TestGateway, url: string): Promise<Fetched> {
  const answer = await openDocument(gateway.context, tokenOf(url));
  if (answer.problem) throw new Error(answer.problem);
  const { fileName, contentType, pieces } = answer.document;
  return { fileName, contentType, bytes: await bytesOf(pieces) };
}

export async function bytesOf(pieces: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

/** The cells of a CSV file, row by row. */
export function cellsOf(csv: string): string[][] {
  return csv.trimEnd().split('\r\n').map((row) => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"')));
}

export async function fetchedCsv(gateway: TestGateway, kind: Kind, number: string): Promise<Record<string, string>[]> {
  const { bytes } = await fetched(gateway, (await linkOf(gateway, kind, number, '(format: CSV)')).url);
  const [head, ...rows] = cellsOf(bytes.toString('utf8'));
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [head![index]!, cell])));
}

/** The content of each page, as the PDF's own operators. */
export async function pagesOf(pieces: ReturnType<typeof writeInvoicePdf>): Promise<string[]> {
  const text = (await bytesOf(pieces)).toString('latin1');
  const contents = [...text.matchAll(/\/Contents (\d+) 0 R/g)].map((match) => match[1]!);
  return contents.map((id) => new RegExp(`(?:^|\\n)${id} 0 obj\\n[^]*?stream\\n([^]*?)\\nendstream`).exec(text)![1]!);
}

/** A document with everything on it, to be changed where a test needs another. */
export const PAPER: InvoiceDocument = {
  title: 'Invoice',
  mark: null,
  seller: ['Contoso Consulting', 'Coffee Street 1'],
  customer: ['Fabrikam', 'Main Street 2'],
  facts: [{ label: 'Number', text: 'USPM-INV-0000001' }],
  runningTitle: 'Invoice USPM-INV-0000001',
  textBefore: null,
  columns: [{ title: 'Description', share: 0.7, align: 'left' }, { title: 'Amount', share: 0.3, align: 'right' }],
  taxes: { columns: [], rows: [] },
  totals: [{ label: 'Total USD', text: '1,000.00' }],
  notes: [],
  textAfter: null,
  madeOn: '2026-06-30T12:00:00.000Z',
};
