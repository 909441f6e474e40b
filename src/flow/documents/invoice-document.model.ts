/** A document as it is printed: texts in their places, no facts and no rules. A renderer draws it; tests read it. */
export interface InvoiceDocument {
  readonly title: string;
  /** Printed large across every page: what the document is not to be taken for. */
  readonly mark: string | null;
  /** Who invoices: the first line is the name. */
  readonly seller: readonly string[];
  readonly customer: readonly string[];
  /** Number, dates, terms and the like, in order. */
  readonly facts: readonly LabelledText[];
  /** Names the document at the top of every page but the first. */
  readonly runningTitle: string;
  readonly textBefore: string | null;
  readonly columns: readonly Column[];
  readonly taxes: { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };
  /** Net, tax and total; the last one is the largest. */
  readonly totals: readonly LabelledText[];
  /** Small print below the totals. */
  readonly notes: readonly string[];
  readonly textAfter: string | null;
  /** The moment that the file says it was made. */
  readonly madeOn: string;
}

export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

export interface Column {
  readonly title: string;
  /** Share of the table's width. */
  readonly share: number;
  readonly align: 'left' | 'right';
}

/** A row of the table of lines. */
export interface BodyRow {
  readonly style: 'line' | 'heading' | 'sum';
  /** A text per column; a heading has only the first, across the table. */
  readonly cells: readonly string[];
  /** Smaller, below the description. */
  readonly note?: string;
}
