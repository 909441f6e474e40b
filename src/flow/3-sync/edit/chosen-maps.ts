import { invalid, notFound, refuseAny } from '../../../kernel/refusal';
import { readTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';

/** Table maps by name, by key, or by both; all of them when neither is given. */
export interface ChosenMaps {
  readonly names: readonly string[] | null;
  readonly ids: readonly string[] | null;
}

/** The chosen maps in the order in which they run, and all of them. Refuses names and ids that no map has. */
export async function readChosenMaps(session: Session, { names, ids }: ChosenMaps): Promise<{ chosen: StoredTableMap[]; all: StoredTableMap[] }> {
  const all = await readTableMaps(session);
  refuseAny([
    ...(names ?? []).flatMap((name, index) =>
      (all.some((map) => map.name === name) ? [] : [invalid('MAP_UNKNOWN', `No table map is called "${name}".`, ['names', String(index)])])),
    ...(ids ?? []).flatMap((id, index) => (all.some((map) => map.id === id) ? [] : [notFound('table map', id, ['ids', String(index)])])),
  ]);
  return { all, chosen: names || ids ? all.filter((map) => names?.includes(map.name) || ids?.includes(map.id)) : all };
}
