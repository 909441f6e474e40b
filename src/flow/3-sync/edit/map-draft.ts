import type { TableFacts } from '../../../entities/columns';
import { SyncDirection, type MapFlow } from '../../../entities/dual-write';
import type { FieldPairDefinition } from '../table-maps';
import { literalFor } from '../run/literal';
import type { MapContent } from '../run/table-map-finder';

/** The directions in which a map carries, and by another definition would not any more. */
export function droppedFlows(before: MapContent, after: MapContent): MapFlow[] {
  const has = ({ fields }: MapContent, direction: SyncDirection) => fields.some((field) => field.direction === direction);
  return [SyncDirection.DATAVERSE_TO_FINANCE, SyncDirection.FINANCE_TO_DATAVERSE]
    .filter((direction) => has(before, direction) && !has(after, direction))
    .map((direction) => ({ map: before.name, direction }));
}

/** A line of a value map as people write it: a list can hold the same value twice, an object cannot. Null is no value. */
export interface ValuePair {
  readonly from: string;
  readonly to: string | null;
}

/** A field pair as people write it. */
export interface FieldDraft extends Omit<FieldPairDefinition, 'valueMap' | 'keep'> {
  readonly valueMap: readonly ValuePair[] | null;
  readonly keep: readonly string[] | null;
}

/** The definition of a table map as people write it: what is edited, exported and imported. */
export interface MapDraft extends Omit<MapContent, 'fields'> {
  readonly fields: readonly FieldDraft[];
}

/** A stored definition as people write it. */
export function draftOf(content: MapContent): MapDraft {
  const { name, sequence, dataverseTable, financeTable, integrationKey, companyPath, filter, financeFilter, documentPath, references } = content;
  return {
    name, sequence, dataverseTable, financeTable, integrationKey, companyPath, filter, financeFilter, documentPath, references,
    fields: content.fields.map(({ direction, source, target, transform, valueMap, defaultValue, lookup, keep, required }) => ({
      direction, source, target, transform, defaultValue, lookup, required,
      valueMap: valueMap && Object.entries(valueMap).map(([from, to]) => ({ from, to: to === null ? null : String(to) })),
      keep: keep && keep.map(String),
    })),
  };
}

/** A definition as it is stored, values of the kept list in the type of their column: that is how the database compares them. */
export function contentOf(draft: MapDraft, targetOf: (field: FieldDraft) => TableFacts | undefined): MapContent {
  return {
    ...draft,
    fields: draft.fields.map((field) => {
      const column = targetOf(field)?.column(field.target);
      return {
        ...field,
        valueMap: field.valueMap && Object.fromEntries(field.valueMap.map(({ from, to }) => [from, to])),
        keep: field.keep && field.keep.map((value) => {
          const literal = value === '*' || !column ? { value } : literalFor(column, value);
          return 'value' in literal && typeof literal.value === 'number' ? literal.value : value;
        }),
      };
    }),
  };
}
