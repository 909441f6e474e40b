import { tableOf } from '../../entities/columns';
import { earlierDocuments } from '../../stores/load/documents.store';
import type { UnitOfWork } from '../../stores/session';
import type { Problem } from './bad-row';
import { inputColumn, type DecodedRow } from './decode-row';
import type { EntitySet } from './entity-set';

/**
 * What is wrong with new rows because their proforma was there before the load. Nothing would compute its sums again, and what was
 * confirmed or posted never changes. At most one problem per row.
 */
export async function closedDocuments(
  work: UnitOfWork, changeSetId: string, set: EntitySet, rows: readonly (DecodedRow | null)[],
): Promise<(Problem | null)[]> {
  const problems: (Problem | null)[] = rows.map(() => null);
  for (const { column, of } of set.partOf ?? []) {
    const facts = tableOf(set.entity).column(column)!;
    const named = rows.map((row) => row?.values[facts.property]).map((id) => (typeof id === 'string' ? id : null));
    const ids = [...new Set(named.filter((id) => id !== null))];
    if (ids.length === 0) continue;
    const earlier = await earlierDocuments(work, of, ids, changeSetId);
    named.forEach((id, index) => {
      if (id === null || !earlier.has(id)) return;
      const sentence = 'the invoice was loaded or created before; a document is loaded whole, with its lines, details and billed actuals';
      problems[index] ??= { code: 'DOCUMENT_CLOSED', column: inputColumn(set, facts), sentence };
    });
  }
  return problems;
}
