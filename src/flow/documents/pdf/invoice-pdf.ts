import PDFDocument from 'pdfkit';
import { breather } from '../../../kernel/yielding';
import type { BodyRow, InvoiceDocument, LabelledText } from '../invoice-document.model';
import { COLORS, INNER_WIDTH, LEFT, Pages, RIGHT } from './pages';
import { Table } from './table';
import { lineHeight, Typesetter, type TextStyle } from './typesetter';

const TITLE: TextStyle = { size: 22, isBold: true };
const SELLER: TextStyle = { size: 12, isBold: true };
const PLAIN: TextStyle = { size: 9 };
const BOLD: TextStyle = { size: 9, isBold: true };
const SOFT: TextStyle = { size: 8, color: COLORS.soft };
const TOTAL: TextStyle = { size: 12, isBold: true };
const FACTS_LEFT = LEFT + INNER_WIDTH * 0.5;
const FACTS_LABEL_WIDTH = 92;
const TOTALS_LEFT = LEFT + INNER_WIDTH * 0.55;
/** Rows that are drawn before others get their turn. */
const ROWS_PER_BREATH = 25;

export interface PdfOptions {
  /** Whether the pages' content is compressed; tests read it plain. */
  readonly compress?: boolean;
}

/**
 * Draws a document as PDF while its rows come in. Each page is handed on as soon as it is full, and nothing is drawn before the
 * reader has taken what there is, so that memory does not grow with the document. The same document gives the same bytes.
 */
export async function* writeInvoicePdf(
  document: InvoiceDocument, body: AsyncIterable<readonly BodyRow[]>, { compress = true }: PdfOptions = {},
): AsyncGenerator<Uint8Array> {
  const breath = breather();
  const madeOn = new Date(document.madeOn);
  const pdf = new PDFDocument({
    compress,
    autoFirstPage: false,
    fontLayoutCache: false,
    lang: 'en',
    info: { Title: document.runningTitle, Author: document.seller[0] ?? '', Creator: 'project-invoice-gateway', CreationDate: madeOn, ModDate: madeOn },
  });
  const pages = new Pages(pdf, new Typesetter(pdf), document);
  pages.add();
  drawHead(pages, document);
  const table = new Table(pages, document.columns);
  table.drawHead();
  for await (const rows of body) {
    for (const [index, row] of rows.entries()) {
      table.draw(row);
      if (index % ROWS_PER_BREATH === 0) await breath();
    }
    yield* written(pdf);
  }
  drawFoot(pages, document);
  pages.end();
  pdf.end();
  yield* written(pdf);
}

/** What the PDF has ready. */
function* written(pdf: PDFKit.PDFDocument): Generator<Uint8Array> {
  for (let piece = pdf.read() as Uint8Array | null; piece !== null; piece = pdf.read() as Uint8Array | null) yield piece;
}

function drawHead(pages: Pages, document: InvoiceDocument): void {
  const { text } = pages;
  const top = pages.y;
  const half = INNER_WIDTH * 0.5 - 16;
  pages.y = drawLines(pages, document.seller, LEFT, top + 4, half, SELLER, SOFT) + 20;
  text.draw('To', LEFT, pages.y, SOFT);
  pages.y = drawLines(pages, document.customer, LEFT, pages.y + 12, half, BOLD, PLAIN);
  const leftEnd = pages.y;
  text.draw(document.title, RIGHT, top, TITLE, 'right');
  const factsEnd = drawFacts(pages, document.facts, top + 42);
  pages.y = Math.max(leftEnd, factsEnd) + 16;
  drawParagraph(pages, document.textBefore);
}

/** Draws lines one below the other, the first in its own style, and gives where they end. */
function drawLines({ text }: Pages, lines: readonly string[], x: number, y: number, width: number, first: TextStyle, others: TextStyle): number {
  let at = y;
  lines.forEach((line, index) => {
    const style = index === 0 ? first : others;
    for (const part of text.wrap(line, width, style)) {
      text.draw(part, x, at, style);
      at += lineHeight(style);
    }
  });
  return at;
}

function drawFacts({ text }: Pages, facts: readonly LabelledText[], y: number): number {
  let at = y;
  for (const { label, text: value } of facts) {
    text.draw(label, FACTS_LEFT, at, SOFT);
    for (const line of text.wrap(value, RIGHT - FACTS_LEFT - FACTS_LABEL_WIDTH, BOLD)) {
      text.draw(line, FACTS_LEFT + FACTS_LABEL_WIDTH, at - 1, label === facts[0]!.label ? BOLD : PLAIN);
      at += lineHeight(PLAIN);
    }
    at += 1.5;
  }
  return at;
}

function drawParagraph(pages: Pages, paragraph: string | null): void {
  if (!paragraph) return;
  for (const line of pages.text.wrap(paragraph, INNER_WIDTH, PLAIN)) {
    pages.makeRoom(lineHeight(PLAIN));
    pages.text.draw(line, LEFT, pages.y, PLAIN);
    pages.y += lineHeight(PLAIN);
  }
  pages.y += 10;
}

/** Totals stay together on one page; sales tax by code and the closing texts follow. */
function drawFoot(pages: Pages, document: InvoiceDocument): void {
  const { text } = pages;
  const rowHeight = lineHeight(PLAIN) + 3;
  pages.makeRoom(document.totals.length * rowHeight + 40);
  pages.y += 10;
  document.totals.forEach(({ label, text: value }, index) => {
    const isTotal = index === document.totals.length - 1;
    if (isTotal) {
      pages.pdf.moveTo(TOTALS_LEFT, pages.y + 1).lineTo(RIGHT, pages.y + 1).lineWidth(1).strokeColor('#1a1a1a').stroke();
      pages.y += 5;
    }
    text.draw(label, TOTALS_LEFT, pages.y, isTotal ? TOTAL : PLAIN);
    text.draw(value, RIGHT - 4, pages.y, isTotal ? TOTAL : PLAIN, 'right');
    pages.y += isTotal ? lineHeight(TOTAL) : rowHeight;
  });
  pages.y += 12;
  drawTaxes(pages, document);
  for (const note of document.notes) drawParagraph(pages, note);
  drawParagraph(pages, document.textAfter);
}

function drawTaxes(pages: Pages, { taxes }: InvoiceDocument): void {
  if (taxes.rows.length === 0) return;
  pages.makeRoom(60);
  const table = new Table(pages, taxes.columns);
  table.drawHead();
  for (const cells of taxes.rows) table.draw({ style: 'line', cells });
  pages.y += 14;
}
