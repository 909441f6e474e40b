import type { BodyRow, Column } from '../invoice-document.model';
import { COLORS, INNER_WIDTH, LEFT, RIGHT, type Pages } from './pages';
import { lineHeight, type TextStyle } from './typesetter';

const CELL: TextStyle = { size: 8.5 };
const BOLD_CELL: TextStyle = { size: 8.5, isBold: true };
const NOTE: TextStyle = { size: 7.5, color: COLORS.soft };
const HEAD: TextStyle = { size: 8, isBold: true };
const PADDING = 4;
/** Lines of one cell that are kept together: a longer text goes on to the next page. */
const KEPT_LINES_MAX = 40;

interface Placed {
  readonly lines: readonly string[];
  readonly x: number;
  readonly align: Column['align'];
  readonly style: TextStyle;
}

/** A table that goes over as many pages as it needs, with its head on each of them. */
export class Table {
  private readonly places: readonly { readonly left: number; readonly right: number }[];
  private readonly noteColumn: number;

  constructor(private readonly pages: Pages, private readonly columns: readonly Column[]) {
    let left: number = LEFT;
    this.places = columns.map(({ share }) => {
      const place = { left, right: left + share * INNER_WIDTH };
      left = place.right;
      return place;
    });
    this.noteColumn = columns.reduce((widest, column, index) => (column.share > columns[widest]!.share ? index : widest), 0);
  }

  drawHead(): void {
    const height = lineHeight(HEAD) + 2 * PADDING;
    this.pages.pdf.rect(LEFT, this.pages.y, INNER_WIDTH, height).fill(COLORS.band);
    this.columns.forEach((column, index) => this.drawLine(column.title, index, this.pages.y + PADDING, HEAD));
    this.pages.y += height + 2;
  }

  draw(row: BodyRow): void {
    if (row.style === 'heading') this.drawHeading(row.cells[0] ?? '');
    else this.drawCells(row);
  }

  private drawHeading(title: string): void {
    const { pages } = this;
    const style: TextStyle = { size: 9.5, isBold: true };
    const lines = pages.text.wrap(title, INNER_WIDTH - 2 * PADDING, style);
    // A heading stands together with at least the first line below it.
    const height = lines.length * lineHeight(style) + PADDING;
    this.makeRoom(height + 40);
    pages.y += PADDING;
    for (const line of lines) {
      pages.text.draw(line, LEFT + PADDING, pages.y, style);
      pages.y += lineHeight(style);
    }
    pages.y += 1;
  }

  private drawCells({ cells, note, style }: BodyRow): void {
    const { pages } = this;
    const isSum = style === 'sum';
    const placed = cells.map((text, index) => this.place(text, index, isSum ? BOLD_CELL : CELL));
    const notes = note ? this.placeNote(note) : null;
    const depth = Math.max(...placed.map((cell) => cell.lines.length));
    const height = depth * lineHeight(CELL) + (notes ? notes.lines.length * lineHeight(NOTE) : 0) + PADDING;
    if (depth <= KEPT_LINES_MAX) this.makeRoom(height + PADDING);
    pages.y += PADDING / 2;
    if (isSum) this.ruleAbove();
    for (let line = 0; line < depth; line += 1) {
      this.makeRoom(lineHeight(CELL));
      for (const cell of placed) if (cell.lines[line]) pages.text.draw(cell.lines[line]!, cell.x, pages.y, cell.style, cell.align);
      pages.y += lineHeight(CELL);
    }
    for (const line of notes?.lines ?? []) {
      this.makeRoom(lineHeight(NOTE));
      pages.text.draw(line, notes!.x, pages.y, NOTE);
      pages.y += lineHeight(NOTE);
    }
    pages.y += PADDING / 2;
    if (isSum) pages.y += PADDING;
    else pages.rule(pages.y, 0.25, '#d5dae0');
  }

  private ruleAbove(): void {
    const from = this.places[this.noteColumn]!.left;
    this.pages.pdf.moveTo(from + PADDING, this.pages.y).lineTo(RIGHT, this.pages.y).lineWidth(0.6).strokeColor(COLORS.rule).stroke();
    this.pages.y += PADDING / 2;
  }

  private makeRoom(height: number): void {
    if (this.pages.makeRoom(height)) this.drawHead();
  }

  private place(text: string, index: number, style: TextStyle): Placed {
    const { left, right } = this.places[index]!;
    const { align } = this.columns[index]!;
    const width = right - left - 2 * PADDING;
    if (text === '') return { lines: [], x: left, align, style };
    // A number is never broken: one that is too wide for its column is set smaller.
    if (align === 'right') return { lines: [text], x: right - PADDING, align, style: this.fitting(text, width, style) };
    return { lines: this.pages.text.wrap(text, width, style), x: left + PADDING, align, style };
  }

  /** A note may be as wide as the rest of the table. */
  private placeNote(note: string): Placed {
    const x = this.places[this.noteColumn]!.left + PADDING;
    return { lines: this.pages.text.wrap(note, RIGHT - PADDING - x, NOTE), x, align: 'left', style: NOTE };
  }

  private fitting(text: string, width: number, style: TextStyle): TextStyle {
    const natural = this.pages.text.widthOf(text, style);
    return natural <= width ? style : { ...style, size: Math.floor((style.size * width * 20) / natural) / 20 };
  }

  private drawLine(text: string, index: number, y: number, style: TextStyle): void {
    const { x, align } = this.place(text, index, style);
    this.pages.text.draw(text, x, y, style, align);
  }
}
