import { TableMapStatus, type MapFlow, type SyncDirection } from '../../../entities/dual-write';
import { readDueAmong, readDueRecords, type DueFlow, type DuePlace } from '../../../stores/dual-write/due-records.store';
import { ProformaRecords } from '../../../stores/dual-write/proforma-records.store';
import { readKeysBehind } from '../../../stores/dual-write/source.store';
import { readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';
import { chosenDirection } from '../operate/master-side.rules';
import { CARRYING } from '../operate/table-map.states';
import type { BrokenFlow, PreparedMap } from '../run/prepare-table-map';
import { refuseUnknownMaps, selectFlows } from '../run/select-flows';

/** What a preview is of: what the next sync does, unless something else is asked for. */
export interface PreviewScope {
  /** Table maps by the product's names; all unless given. */
  readonly maps?: readonly string[] | null | undefined;
  readonly directions?: readonly SyncDirection[] | null | undefined;
  /** Also maps that are paused or stopped, as if they resumed and caught up. */
  readonly includePaused?: boolean | null | undefined;
  /** An initial sync of the maps, whatever their states. */
  readonly initialSync?: boolean | null | undefined;
  readonly proformaInvoiceId?: string | null | undefined;
  /** One record by the key that it has in its source, whether it is queued or not. */
  readonly recordId?: string | null | undefined;
}

/** A table map and direction with the records that a run would work on. */
export interface PreviewedFlow {
  readonly map: PreparedMap;
  readonly status: TableMapStatus;
  /** The records behind a place, at most `limit`. */
  read(after: DuePlace | null, limit: number): Promise<DuePlace[]>;
  /** Which of these records are among them. */
  among(ids: readonly string[]): Promise<readonly string[]>;
}

const EVERY_STATUS = [
  TableMapStatus.RUNNING, TableMapStatus.RESUMING, TableMapStatus.PAUSED, TableMapStatus.STOPPED, TableMapStatus.INITIALIZING,
];

/** A table map and direction of which a run would carry nothing, because the definition does not fit the tables. */
export interface PreviewedFailure extends BrokenFlow {
  readonly status: TableMapStatus;
}

/** What a preview shows. */
export interface PreviewedFlows {
  /** In the order in which a run carries them. */
  readonly flows: readonly PreviewedFlow[];
  readonly broken: readonly PreviewedFailure[];
}

/** The flows of a preview of a run at a time (UTC ISO text). Refuses names that no table map has. */
export async function previewedFlows(session: Session, scope: PreviewScope, now: string): Promise<PreviewedFlows> {
  const all = await readTableMaps(session);
  const maps = scope.maps ?? undefined;
  refuseUnknownMaps(all, maps);
  const statuses = scope.initialSync || scope.includePaused ? EVERY_STATUS : CARRYING;
  const { flows, broken } = selectFlows(all, { maps, directions: scope.directions ?? undefined, statuses });
  const records = scope.proformaInvoiceId ? new ProformaRecords(session, scope.proformaInvoiceId) : null;
  const storedOf = ({ flow }: { readonly flow: MapFlow }) => all.find(({ name }) => name === flow.map)!;
  const isWanted = (one: { readonly flow: MapFlow }) => !scope.initialSync || one.flow.direction === chosenDirection(storedOf(one), null);
  return {
    flows: flows.filter(isWanted).map((map) => ({ map, status: storedOf(map).status, ...recordsOf(session, { ...map, now }, scope, records) })),
    broken: broken.filter(isWanted).map((one) => ({ ...one, status: storedOf(one).status })),
  };
}

type Records = Pick<PreviewedFlow, 'read' | 'among'>;

function recordsOf(session: Session, map: DueFlow, { initialSync, recordId }: PreviewScope, proforma: ProformaRecords | null): Records {
  if (recordId) return named(() => Promise.resolve([recordId]));
  if (proforma) return named(() => proforma.keysOf(map.source.table));
  if (!initialSync) return { read: (after, limit) => readDueRecords(session, map, after, limit), among: (ids) => readDueAmong(session, map, ids) };
  return {
    read: async (after, limit) => (await readKeysBehind(session, map.source, after?.[3] ?? null, limit)).map(placeOf),
    among: (ids) => Promise.resolve(ids),
  };
}

const placeOf = (key: string): DuePlace => [0, 0, '', key];

/** Records that are known by their keys, in key order. */
function named(keysOf: () => Promise<readonly string[]>): Records {
  let keys: Promise<readonly string[]> | undefined;
  const all = () => (keys ??= keysOf());
  return {
    read: async (after, limit) => (await all()).filter((key) => !after || key > after[3]).slice(0, limit).map(placeOf),
    among: async (ids) => {
      const known = new Set(await all());
      return ids.filter((id) => known.has(id));
    },
  };
}
