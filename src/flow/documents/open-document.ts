import type { CommandContext } from '../../context';
import { InternalError } from '../../kernel/refusal';
import { documentVersion } from '../../stores/documents/document-facts.store';
import { managedInvoiceFormat } from '../../stores/finance/managed-format.store';
import type { Session } from '../../stores/session';
import { documentBody, documentLines, NOTHING_WRITTEN, withWritten, type WrittenTotals } from './document-body';
import { loadDocumentFacts, type DocumentFacts } from './document-facts';
import { layoutOf, type DocumentLayout } from './document-layout';
import { documentSecretOf, readDocumentToken, type DocumentRequest } from './document-link';
import { decideInvoiceDocument } from './invoice-document.decision';
import type { BodyRow } from './invoice-document.model';
import { linesCsv } from './lines-csv';
import { writeInvoicePdf } from './pdf/invoice-pdf';

export interface OpenedDocument {
  readonly fileName: string;
  readonly contentType: string;
  /** Who asked for the address. */
  readonly actor: string;
  readonly request: DocumentRequest;
  /** The file, written while it is read. Throws when the record changes meanwhile or does not add up. */
  readonly pieces: AsyncIterable<Uint8Array | string>;
}

export type DocumentAnswer =
  | { readonly document: OpenedDocument; readonly problem?: undefined }
  | { readonly problem: 'FORGED' | 'EXPIRED' | 'GONE'; readonly document?: undefined };

const CONTENT_TYPES = { PDF: 'application/pdf', CSV: 'text/csv; charset=utf-8; header=present' } as const;

/** Opens the document that a token of an address names. Nothing of it is read before its pieces are asked for, but its head. */
export async function openDocument(context: Omit<CommandContext, 'actor'>, token: string): Promise<DocumentAnswer> {
  const session = context.database.reader;
  const read = readDocumentToken(context, await documentSecretOf(context, session), token);
  if (read.problem) return { problem: read.problem };
  const { request, actor } = read;
  const facts = await loadDocumentFacts(context, session, request.kind, request.id);
  const layout = facts && (await chosenLayout(session, facts, request));
  if (!layout) return { problem: 'GONE' };
  const pieces: AsyncIterable<Uint8Array | string> = request.format === 'CSV' ? csvOf(session, facts) : pdfOf(session, facts, layout);
  const fileName = `${fileNameOf(facts)}.${request.format.toLowerCase()}`;
  return { document: { fileName, contentType: CONTENT_TYPES[request.format], actor, request, pieces: whole(session, facts, pieces) } };
}

/** The layout that the address asks for, else that of the record; null when its managed format does not exist. */
export async function chosenLayout(
  session: Session, facts: DocumentFacts, request: Pick<DocumentRequest, 'layout' | 'managedFormatId'>,
): Promise<DocumentLayout | null> {
  const { layout, managedFormatId } = request.layout === null ? facts : request;
  const managed = managedFormatId === null ? null : await managedInvoiceFormat(session, facts.legalEntityId, managedFormatId);
  return layoutOf(layout, managed);
}

/** A name that every file system takes: `USPM-INV-0000001`, `proforma-PI-0000001`. */
function fileNameOf({ kind, number }: DocumentFacts): string {
  const safe = number.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'document';
  return kind === 'CustomerInvoice' ? safe : `proforma-${safe}`;
}

async function* csvOf(session: Session, facts: DocumentFacts): AsyncGenerator<string> {
  let totals = NOTHING_WRITTEN;
  async function* counted() {
    for await (const lines of documentLines(session, facts.kind, facts.id, { groupBy: [] })) {
      totals = withWritten(totals, lines);
      yield lines;
    }
  }
  yield* linesCsv(facts, counted());
  assertAddsUp(facts, totals);
}

async function* pdfOf(session: Session, facts: DocumentFacts, layout: DocumentLayout): AsyncGenerator<Uint8Array> {
  async function* checked(): AsyncGenerator<BodyRow[]> {
    assertAddsUp(facts, yield* documentBody(session, facts, layout));
  }
  yield* writeInvoicePdf(decideInvoiceDocument(facts, layout), checked());
}

function assertAddsUp({ number, netAmount, taxAmount }: DocumentFacts, written: WrittenTotals): void {
  if (written.netAmount.eq(netAmount) && written.taxAmount.eq(taxAmount)) return;
  throw new InternalError(`The lines of ${number} come to ${written.netAmount.toFixed()} and ${written.taxAmount.toFixed()} of tax, `
    + `not to ${netAmount.toFixed()} and ${taxAmount.toFixed()}`);
}

/** The pieces, of which the last is held back until it is sure that the record did not change while they were written. */
async function* whole<Piece>(
  session: Session, { kind, id, number, version }: DocumentFacts, pieces: AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  let held: Piece | undefined;
  for await (const piece of pieces) {
    if (held !== undefined) yield held;
    held = piece;
  }
  if ((await documentVersion(session, kind, id)) !== version) throw new InternalError(`${number} changed while its document was written`);
  if (held !== undefined) yield held;
}
