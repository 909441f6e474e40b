import { ZERO, sum, type Decimal } from '../../kernel/decimal';
import { many } from '../../kernel/many';
import { breather } from '../../kernel/yielding';
import { chunksOf, CHUNK_ROWS } from '../../stores/bulk';
import {
  documentGroups, documentLineKeys, documentLinesByKey, type DocumentGroup, type DocumentKind, type DocumentLine,
} from '../../stores/documents/document-lines.store';
import type { Session } from '../../stores/session';
import type { DocumentFacts } from './document-facts';
import { groupText, projectText, type DocumentLayout } from './document-layout';
import type { BodyRow } from './invoice-document.model';
import { printedAmount, printedDate, printedQuantity } from './printed-values';

/** Sums of what was written so far, to be compared with the totals. */
export interface WrittenTotals {
  readonly netAmount: Decimal;
  readonly taxAmount: Decimal;
}

export const NOTHING_WRITTEN: WrittenTotals = { netAmount: ZERO, taxAmount: ZERO };

export function withWritten(totals: WrittenTotals, rows: readonly Pick<DocumentLine, 'amount' | 'tax'>[]): WrittenTotals {
  return {
    netAmount: totals.netAmount.plus(sum(rows.map((row) => row.amount))),
    taxAmount: totals.taxAmount.plus(sum(rows.map((row) => row.tax))),
  };
}

/** The lines of a document, chunk by chunk in the order of the groups; only the keys of some thousands are known in advance. */
export async function* documentLines(session: Session, kind: DocumentKind, id: string, layout: Pick<DocumentLayout, 'groupBy'>): AsyncGenerator<DocumentLine[]> {
  const breath = breather();
  for await (const page of documentLineKeys(session, kind, id, layout.groupBy)) {
    for (const keys of chunksOf(page, CHUNK_ROWS)) {
      await breath();
      yield await documentLinesByKey(session, kind, id, keys);
    }
  }
}

/** The rows of the table of lines, chunk by chunk. Gives the sums of what it wrote when it ends. */
export async function* documentBody(session: Session, facts: DocumentFacts, layout: DocumentLayout): AsyncGenerator<BodyRow[], WrittenTotals> {
  const { kind, id } = facts;
  if (layout.groupBy.length > 0 && !layout.showsLines) {
    const groups = await documentGroups(session, kind, id, layout.groupBy);
    for (const chunk of chunksOf(groups, CHUNK_ROWS)) yield chunk.map((group) => groupRow(facts, layout, group));
    return withWritten(NOTHING_WRITTEN, groups);
  }
  const groups = layout.groupBy.length > 0 ? await documentGroups(session, kind, id, layout.groupBy) : [];
  const grouping = new Grouping(facts, layout, groups);
  let totals = NOTHING_WRITTEN;
  for await (const lines of documentLines(session, kind, id, layout)) {
    totals = withWritten(totals, lines);
    yield lines.flatMap((line) => grouping.rowsOf(line));
  }
  return totals;
}

/** Puts a heading before the first line of each group and its sum behind the last. */
class Grouping {
  private lineNumber = 0;
  private group = 0;
  private written = 0;

  constructor(private readonly facts: DocumentFacts, private readonly layout: DocumentLayout, private readonly groups: readonly DocumentGroup[]) {}

  rowsOf(line: DocumentLine): BodyRow[] {
    this.lineNumber += 1;
    const row = lineRow(this.facts, line, this.lineNumber);
    const group = this.groups[this.group];
    if (!group) return [row];
    const text = groupText(this.facts.kind, this.layout.groupBy, group.values);
    const heading: BodyRow[] = this.written === 0 ? [{ style: 'heading', cells: [text] }] : [];
    this.written += 1;
    if (this.written < group.lineCount) return [...heading, row];
    this.group += 1;
    this.written = 0;
    return [...heading, row, sumRow(this.facts, group)];
  }
}

/** What stands where nothing is charged. */
const NO_CHARGE = 'no charge';

function lineRow({ currencyDecimals }: DocumentFacts, line: DocumentLine, lineNumber: number): BodyRow {
  const { projectId, projectName, category, resource, description, contractLineName } = line;
  const about = [projectId && projectText(projectId, projectName), category, resource].filter((part): part is string => Boolean(part));
  const name = description || contractLineName || category || 'Services';
  const note = about.filter((part) => part !== name).join(' · ');
  return {
    style: 'line',
    cells: [
      String(lineNumber),
      printedDate(line.date),
      name,
      printedQuantity(line.quantity),
      line.price === null ? '' : printedAmount(line.price, currencyDecimals),
      line.isCharged ? printedAmount(line.amount, currencyDecimals) : NO_CHARGE,
      line.isCharged ? printedAmount(line.tax, currencyDecimals) : '',
    ],
    ...(note && { note }),
  };
}

function groupRow({ kind, currencyDecimals }: DocumentFacts, { groupBy }: DocumentLayout, group: DocumentGroup): BodyRow {
  return {
    style: 'line',
    cells: [
      groupText(kind, groupBy, group.values),
      String(group.lineCount),
      group.quantity === null ? '' : printedQuantity(group.quantity),
      printedAmount(group.amount, currencyDecimals),
      printedAmount(group.tax, currencyDecimals),
    ],
  };
}

function sumRow({ currencyDecimals }: DocumentFacts, { lineCount, quantity, amount, tax }: DocumentGroup): BodyRow {
  return {
    style: 'sum',
    cells: [
      '', '', many(lineCount, 'line'), quantity === null ? '' : printedQuantity(quantity), '',
      printedAmount(amount, currencyDecimals), printedAmount(tax, currencyDecimals),
    ],
  };
}
