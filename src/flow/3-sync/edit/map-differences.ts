import type { SyncDirection } from '../../../entities/dual-write';
import { fieldAsJson, mapAsJson, type MapAsJson } from './map-document';
import type { FieldDraft, MapDraft } from './map-draft';

/** One thing in which two definitions of a map differ. */
export interface MapDifference {
  /** The property of the map: `filter`, `fields` and so on. */
  readonly property: string;
  /** Of a field pair: the column that it fills, and which way it goes. */
  readonly target: string | null;
  readonly direction: SyncDirection | null;
  /** What stood there, and what stands there then; null where there is nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is different in the second definition. None when both are the same map. Pure. */
export function differencesOf(before: MapDraft, after: MapDraft): MapDifference[] {
  const [{ fields: _before, ...old }, { fields: _after, ...wanted }]: [MapAsJson, MapAsJson] = [mapAsJson(before), mapAsJson(after)];
  const properties = Object.keys(wanted).filter((property) => !isSame(old[property], wanted[property]));
  return [
    ...properties.map((property) => ({ property, target: null, direction: null, before: old[property] ?? null, after: wanted[property] ?? null })),
    ...fieldDifferences(before.fields, after.fields),
  ];
}

/** Pairs are the same pair when they fill one column in one direction; of several such, in their order. */
function keyed(fields: readonly FieldDraft[]): Map<string, FieldDraft> {
  const counts = new Map<string, number>();
  return new Map(fields.map((field) => {
    const column = `${field.direction} ${field.target}`;
    counts.set(column, (counts.get(column) ?? 0) + 1);
    return [`${column} ${counts.get(column)}`, field];
  }));
}

function fieldDifferences(before: readonly FieldDraft[], after: readonly FieldDraft[]): MapDifference[] {
  const [old, wanted] = [keyed(before), keyed(after)];
  const changed = [...new Set([...wanted.keys(), ...old.keys()])].flatMap((key): MapDifference[] => {
    const [from, to] = [old.get(key), wanted.get(key)];
    const [fromJson, toJson] = [from ? fieldAsJson(from) : null, to ? fieldAsJson(to) : null];
    if (isSame(fromJson, toJson)) return [];
    const { target, direction } = (to ?? from)!;
    return [{ property: 'fields', target, direction, before: fromJson, after: toJson }];
  });
  const order = (own: Map<string, FieldDraft>, other: Map<string, FieldDraft>) => [...own.keys()].filter((key) => other.has(key));
  const [oldOrder, newOrder] = [order(old, wanted), order(wanted, old)];
  if (isSame(oldOrder, newOrder)) return changed;
  const columns = (keys: readonly string[]) => keys.map((key) => wanted.get(key)!.target);
  return [...changed, { property: 'fields', target: null, direction: null, before: columns(oldOrder), after: columns(newOrder) }];
}

/** Whether two definitions are the same map. */
export function isSameMap(first: MapDraft, second: MapDraft): boolean {
  return isSame(mapAsJson(first), mapAsJson(second));
}
