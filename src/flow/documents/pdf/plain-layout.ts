/** A glyph of the font library beneath pdfkit; lengths are in the font's own units. */
interface Glyph {
  readonly advanceWidth: number;
}

interface ShapingFont {
  glyphsForString(text: string): Glyph[];
  layout(text: string): PlainRun;
}

/** The glyphs of a text side by side, in the shape that pdfkit asks of the font library. It scales the positions in place. */
class PlainRun {
  readonly positions: { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }[];

  constructor(readonly glyphs: readonly Glyph[]) {
    this.positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }));
  }

  get advanceWidth(): number {
    return this.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  }
}

/**
 * Sets the font in use without kerning and ligatures. Shaping costs some milliseconds per word for what nobody sees on an invoice: without it
 * a page is drawn hundreds of times as fast. Scripts that need shaping are not among the fonts. pdfkit's types do not tell of the font
 * in use; its version is pinned, and a test compares the widths.
 */
export function layOutPlainly(pdf: PDFKit.PDFDocument): void {
  const { font } = (pdf as unknown as { _font: { font: ShapingFont } })._font;
  font.layout = (text) => new PlainRun(font.glyphsForString(text));
}
