import type { TableMap } from '../../../entities/dual-write';
import { invalid, notFound, refuseAny, stale, type Refusal } from '../../../kernel/refusal';
import { lockTableMaps, readTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import { refusalOf } from '../../1-bill/transition';
import { TABLE_MAP_STATES, type TableMapAction } from './table-map.states';

/** A table map as a caller names it: by key or by the product's name, perhaps with the version that the caller has read. */
export interface NamedTableMap {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly expectedVersion?: number | null;
}

export const pathOf = (index: number): string[] => ['input', 'tableMaps', String(index)];

/** The maps that a caller names, in the caller's order; refuses what leads to no map, to two, or to one twice. */
export function findNamed<Map extends Pick<TableMap, 'id' | 'name'>>(all: readonly Map[], named: readonly NamedTableMap[]): Map[] {
  if (named.length === 0) refuseAny([invalid('INVALID_INPUT', 'Name at least one table map.', ['input', 'tableMaps'])]);
  const refusals: Refusal[] = [];
  const found = named.flatMap(({ id, name }, index) => {
    if (!id === !name) refusals.push(invalid('INVALID_INPUT', 'Name the table map by id or by name.', pathOf(index)));
    const map = all.find((candidate) => (id ? candidate.id === id : candidate.name === name));
    if (!map && id) refusals.push(notFound('table map', id, [...pathOf(index), 'id']));
    if (!map && name) refusals.push(invalid('MAP_UNKNOWN', `No table map is called "${name}".`, [...pathOf(index), 'name']));
    return map ?? [];
  });
  refuseAny(refusals);
  refuseAny(found.flatMap((map, index) => (found.indexOf(map) === index ? [] : [invalid('INVALID_INPUT', `${map.name} is named twice.`, pathOf(index))])));
  return found;
}

/** Why some of the named maps cannot do this, each under its own path; none when all can. */
export function refusalsOf(maps: readonly TableMap[], named: readonly NamedTableMap[], actionOf: (index: number) => TableMapAction): Refusal[] {
  return maps.flatMap((map, index) => {
    const expected = named[index]!.expectedVersion ?? null;
    if (expected !== null && expected !== map.version) return [stale(`The table map ${map.name}`, expected, map.version, [...pathOf(index), 'expectedVersion'])];
    return refusalOf(TABLE_MAP_STATES, `The table map ${map.name}`, map.status, actionOf(index), pathOf(index)) ?? [];
  });
}

/** The named maps, locked in key order together with those that `others` adds. */
export async function lockNamed(
  work: UnitOfWork, named: readonly NamedTableMap[], others: (all: readonly StoredTableMap[], names: readonly string[]) => readonly StoredTableMap[] = () => [],
): Promise<{ readonly all: readonly StoredTableMap[]; readonly maps: readonly StoredTableMap[]; readonly others: readonly StoredTableMap[] }> {
  const all = await readTableMaps(work);
  const found = findNamed(all, named);
  const more = others(all, found.map((map) => map.name));
  const locked = await lockTableMaps(work, [...found, ...more].map((map) => map.id));
  const asLocked = (map: StoredTableMap) => ({ ...map, ...locked.find((row) => row.id === map.id)! });
  return { all, maps: found.map(asLocked), others: more.map(asLocked) };
}
