import type { SyncDirection } from '../../../src/entities/dual-write';
import { prepareFlows, type PreparedMap } from '../../../src/flow/3-sync/run/prepare-table-map';
import { TABLE_MAP_DEFINITIONS, type TableMapDefinition } from '../../../src/flow/3-sync/table-maps';
import type { StoredTableMap } from '../../../src/stores/dual-write/table-map.store';

/** The definitions as the database holds them. */
export function storedMaps(definitions: readonly TableMapDefinition[] = TABLE_MAP_DEFINITIONS): StoredTableMap[] {
  return definitions.map((definition, index) => ({
    ...definition, id: `map${index}`, status: 0, version: 1, catchUpTo: null,
    fields: definition.fields.map((field, inner) => ({ ...field, id: `field${index}-${inner}`, tableMapId: `map${index}`, sequence: inner + 1 })),
  }));
}

/** A map that has to be in order, ready to be applied; throws what is wrong with it. */
export function prepareTableMap(map: StoredTableMap, direction: SyncDirection, all: readonly StoredTableMap[]): PreparedMap {
  const { flows: [prepared], broken } = prepareFlows([{ map, direction }], all);
  if (!prepared) throw new Error(broken[0]!.finding.message);
  return prepared;
}
