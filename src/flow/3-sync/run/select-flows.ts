import { SyncDirection, TableMapStatus } from '../../../entities/dual-write';
import { invalid, refuseAny } from '../../../kernel/refusal';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import { CARRYING } from '../operate/table-map.states';
import { prepareFlows, type PreparedFlows } from './prepare-table-map';

/** The flows that a run goes through, in order, those that it cannot, and the maps that it leaves alone because they do not run, with their states. */
export interface SelectedFlows extends PreparedFlows {
  readonly notRunning: readonly string[];
}

/** Refuses names that no table map has. */
export function refuseUnknownMaps(all: readonly StoredTableMap[], named: readonly string[] | undefined): void {
  const known = new Set(all.map((map) => map.name));
  refuseAny((named ?? []).flatMap((name, index) =>
    known.has(name) ? [] : [invalid('MAP_UNKNOWN', `No table map is called "${name}".`, ['input', 'maps', String(index)])]));
}

/**
 * The table maps that run or resume, towards finance by sequence, then back to Dataverse by sequence, so that a record comes after the
 * ones it depends on. A map that is not running keeps its queue. A preview may ask for maps in other states.
 */
export function selectFlows(
  all: readonly StoredTableMap[],
  { maps, directions, statuses = CARRYING }: {
    maps?: readonly string[] | undefined; directions?: readonly SyncDirection[] | undefined; statuses?: readonly TableMapStatus[];
  } = {},
): SelectedFlows {
  const wanted = all.filter((map) => !maps || maps.includes(map.name)).sort((a, b) => a.sequence - b.sequence);
  const running = wanted.filter((map) => statuses.includes(map.status));
  const selected = (directions ?? [SyncDirection.DATAVERSE_TO_FINANCE, SyncDirection.FINANCE_TO_DATAVERSE]).flatMap((direction) =>
    running.filter((map) => map.fields.some((field) => field.direction === direction)).map((map) => ({ map, direction })));
  return { ...prepareFlows(selected, all), notRunning: wanted.filter((map) => !running.includes(map)).map((map) => `${map.name} (${TableMapStatus[map.status]})`) };
}
