import type { InvoiceDocument } from '../invoice-document.model';
import { type Typesetter, type TextStyle } from './typesetter';

/** Points of an A4 page. */
export const PAGE = { width: 595.28, height: 841.89, margin: 42 } as const;
export const INNER_WIDTH = PAGE.width - 2 * PAGE.margin;
export const LEFT = PAGE.margin;
export const RIGHT = PAGE.width - PAGE.margin;
/** Where the last line of a page's own content may end. */
const BOTTOM = PAGE.height - 62;
const FOOT_Y = PAGE.height - 44;

export const COLORS = { rule: '#9aa3ad', soft: '#5b6570', band: '#eef1f4', mark: '#c62828' } as const;
const SMALL: TextStyle = { size: 8, color: COLORS.soft };
const MARK_SIZE = 96;
const MARK_DEGREES = 52;

/** Pages with what every one of them has: the mark, a running title from the second on, and the page number with the number of pages. */
export class Pages {
  /** Where the next thing goes. */
  y = 0;
  private number = 0;
  private readonly pageCount: PDFKit.PDFKitReference;

  constructor(readonly pdf: PDFKit.PDFDocument, readonly text: Typesetter, private readonly document: InvoiceDocument) {
    // How many pages there are is known at the end; pages show it by reference, so that each can be written at once.
    const font = pdf.ref({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' });
    font.end('');
    this.pageCount = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, -3, 40, 10], Resources: { Font: { F: font } } });
  }

  add(): void {
    this.number += 1;
    this.pdf.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
    this.y = PAGE.margin;
    this.drawMark();
    this.drawFoot();
    if (this.number > 1) this.drawRunningTitle();
  }

  /** Goes to a new page unless `height` fits on this one. Says whether it did. */
  makeRoom(height: number): boolean {
    if (this.y + height <= BOTTOM) return false;
    this.add();
    return true;
  }

  /** Height that is left on this page. */
  get room(): number {
    return BOTTOM - this.y;
  }

  rule(y: number, width = 0.6, color: string = COLORS.rule): void {
    this.pdf.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(width).strokeColor(color).stroke();
  }

  /** Writes how many pages there are. Nothing can be drawn any more. */
  end(): void {
    this.pageCount.end(`BT /F ${SMALL.size} Tf ${colorOperator(COLORS.soft)} (${this.number}) Tj ET`);
  }

  private drawMark(): void {
    const { mark } = this.document;
    if (mark === null) return;
    const style: TextStyle = { size: MARK_SIZE, isBold: true, color: COLORS.mark };
    const width = this.text.widthOf(mark, style);
    const [x, y] = [PAGE.width / 2, PAGE.height / 2];
    this.pdf.rotate(-MARK_DEGREES, { origin: [x, y] }).fillOpacity(0.13);
    this.text.draw(mark, x - width / 2, y - MARK_SIZE * 0.7, style);
    this.pdf.fillOpacity(1).rotate(MARK_DEGREES, { origin: [x, y] });
    const band: TextStyle = { size: 10, isBold: true, color: '#ffffff' };
    const label = `${mark} – NOT AN INVOICE`;
    this.pdf.rect(LEFT, this.y - 18, INNER_WIDTH, 17).fill(COLORS.mark);
    this.text.draw(label, PAGE.width / 2 - this.text.widthOf(label, band) / 2, this.y - 16, band);
    this.y += 8;
  }

  private drawRunningTitle(): void {
    const { runningTitle, seller, customer } = this.document;
    this.text.draw(`${runningTitle}, continued`, LEFT, this.y, { size: 10, isBold: true });
    this.text.draw(fitting(this.text, [seller[0], customer[0]].filter(Boolean).join(' to '), INNER_WIDTH * 0.55, SMALL), RIGHT, this.y + 2, SMALL, 'right');
    this.y += 22;
  }

  private drawFoot(): void {
    const { seller, runningTitle } = this.document;
    this.rule(FOOT_Y - 4, 0.4);
    this.text.draw(fitting(this.text, `${seller[0] ?? ''} · ${runningTitle}`, INNER_WIDTH * 0.75, SMALL), LEFT, FOOT_Y, SMALL);
    this.text.draw(`Page ${this.number} of`, RIGHT - 20, FOOT_Y, SMALL, 'right');
    (this.pdf.page.xobjects as Record<string, unknown>).PageCount = this.pageCount;
    this.pdf.addContent(`q 1 0 0 -1 ${RIGHT - 17} ${FOOT_Y + SMALL.size * 1.07} cm /PageCount Do Q`);
  }
}

function colorOperator(hex: string): string {
  const parts = [1, 3, 5].map((start) => (Number.parseInt(hex.slice(start, start + 2), 16) / 255).toFixed(3));
  return `${parts.join(' ')} rg`;
}

/** The text, cut with an ellipsis where it is wider than `width`. */
function fitting(typesetter: Typesetter, text: string, width: number, style: TextStyle): string {
  if (typesetter.widthOf(text, style) <= width) return text;
  const [line = ''] = typesetter.wrap(text, width - typesetter.widthOf('…', style), style);
  return `${line}…`;
}
