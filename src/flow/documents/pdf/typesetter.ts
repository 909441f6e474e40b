import { FONT_FILES, isJapanese, runsOf, type FontName } from './fonts';
import { layOutPlainly } from './plain-layout';

export interface TextStyle {
  readonly size: number;
  readonly isBold?: boolean;
  readonly color?: string;
}

/** Height of a line of text, as a multiple of its size. */
const LEADING = 1.36;
/** Widths that are remembered; then all are forgotten, so that a long document does not fill the memory. */
const WIDTHS_MAX = 20_000;
const BLACK = '#1a1a1a';

export const lineHeight = ({ size }: TextStyle): number => size * LEADING;

/** Measures, breaks and draws text on a PDF. Lengths are in points. */
export class Typesetter {
  private readonly widths = new Map<string, number>();
  private readonly opened = new Set<FontName>();
  private font: FontName | null = null;

  constructor(private readonly pdf: PDFKit.PDFDocument) {
    for (const [name, file] of Object.entries(FONT_FILES)) pdf.registerFont(name, file);
  }

  widthOf(text: string, style: TextStyle): number {
    const key = `${style.size} ${style.isBold ? 'b' : 'r'} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const width = runsOf(text, style.isBold ?? false).reduce((sum, run) => {
      this.use(run.font);
      return sum + this.pdf.fontSize(style.size).widthOfString(run.text);
    }, 0);
    if (this.widths.size >= WIDTHS_MAX) this.widths.clear();
    this.widths.set(key, width);
    return width;
  }

  /** Breaks a text into lines of at most `width`: between words, between Japanese characters, and inside a word that is too long. */
  wrap(text: string, width: number, style: TextStyle): string[] {
    return printable(text).split('\n').flatMap((paragraph) => this.wrapParagraph(paragraph, width, style));
  }

  private wrapParagraph(paragraph: string, width: number, style: TextStyle): string[] {
    const lines: string[] = [];
    let line = '';
    for (const piece of breakable(paragraph)) {
      if (this.widthOf((line + piece).trimEnd(), style) <= width) {
        line += piece;
        continue;
      }
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = piece.trimStart();
      while (line.length > 1 && this.widthOf(line.trimEnd(), style) > width) {
        const head = this.fittingHead(line, width, style);
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    return [...lines, line.trimEnd()];
  }

  private fittingHead(word: string, width: number, style: TextStyle): string {
    let head = '';
    for (const character of word) {
      if (head !== '' && this.widthOf(head + character, style) > width) break;
      head += character;
    }
    return head;
  }

  /** Draws one line whose top is at `y`; with `right`, it ends at `x`. */
  draw(text: string, x: number, y: number, style: TextStyle, align: 'left' | 'right' = 'left'): void {
    const line = printable(text);
    let at = align === 'right' ? x - this.widthOf(line, style) : x;
    for (const run of runsOf(line, style.isBold ?? false)) {
      this.use(run.font);
      this.pdf.fontSize(style.size).fillColor(style.color ?? BLACK);
      this.pdf.text(run.text, at, y + style.size * 1.07, { lineBreak: false, baseline: 'alphabetic' });
      at += this.widthOf(run.text, style);
    }
  }

  /** A font is set on the PDF only when it changes: that is a look-up each time. */
  private use(name: FontName): void {
    if (this.font === name) return;
    this.pdf.font(name);
    if (!this.opened.has(name)) layOutPlainly(this.pdf);
    this.opened.add(name);
    this.font = name;
  }
}

/** Control characters have no glyph; a tab is a space; a letter and its accent are one character. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(/[^\P{Cc}\n]/gu, '');
}

/** The pieces between which a line may break: words with their spaces, and each Japanese character. */
function breakable(text: string): string[] {
  const pieces: string[] = [];
  let word = '';
  for (const character of text) {
    if (isJapanese(character)) {
      if (word !== '') pieces.push(word);
      pieces.push(character);
      word = '';
      continue;
    }
    if (word.endsWith(' ') && character !== ' ') {
      pieces.push(word);
      word = '';
    }
    word += character;
  }
  if (word !== '') pieces.push(word);
  return pieces;
}
