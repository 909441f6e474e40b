import { stringify } from 'csv-stringify/sync';
import type { Decimal } from '../../kernel/decimal';
import type { DocumentLine } from '../../stores/documents/document-lines.store';
import type { DocumentFacts } from './document-facts';
import { classificationText } from './document-layout';

const HEADER = [
  'Document', 'Number', 'Line', 'Date', 'Contract', 'Contract line', 'Project', 'Project name', 'Category', 'Class', 'Resource', 'Description',
  'Quantity', 'Unit price', 'Amount', 'Sales tax', 'Total', 'Currency', 'Charged',
];

const DOCUMENT_NAMES: Readonly<Record<DocumentFacts['kind'], string>> = {
  CustomerInvoice: 'Customer invoice', InvoiceProposal: 'Invoice proposal', ProformaInvoice: 'Proforma invoice',
};

/** A negative number, which is the one cell that may begin with a minus. */
class NegativeNumber {
  constructor(readonly text: string) {}
}

type Cell = string | NegativeNumber;

const number = (value: Decimal): Cell => (value.isNegative() ? new NegativeNumber(value.toFixed()) : value.toFixed());

/**
 * CSV as RFC 4180 has it. Cells that a spreadsheet would run as a formula (= + - @ and the like at their beginning) get an
 * apostrophe in front; numbers stay numbers.
 */
function csv(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], {
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { object: ({ text }) => ({ value: String(text), escape_formulas: false }) },
  });
}

/** The lines of a document as CSV text, chunk by chunk, under a row of headings. */
export async function* linesCsv(facts: DocumentFacts, chunks: AsyncIterable<readonly DocumentLine[]>): AsyncGenerator<string> {
  yield csv([HEADER]);
  let lineNumber = 0;
  for await (const lines of chunks) {
    yield csv(lines.map((line) => {
      lineNumber += 1;
      return cellsOf(facts, line, lineNumber);
    }));
  }
}

function cellsOf({ kind, number: documentNumber, contractNumber, currencyCode }: DocumentFacts, line: DocumentLine, lineNumber: number): Cell[] {
  return [
    DOCUMENT_NAMES[kind],
    documentNumber,
    String(lineNumber),
    line.date,
    contractNumber,
    line.contractLineName ?? '',
    line.projectId ?? '',
    line.projectName ?? '',
    line.category ?? '',
    classificationText(kind, line.classification),
    line.resource ?? '',
    line.description ?? '',
    number(line.quantity),
    line.price === null ? '' : number(line.price),
    number(line.amount),
    number(line.tax),
    number(line.amount.plus(line.tax)),
    currencyCode,
    line.isCharged ? 'Yes' : 'No',
  ];
}
