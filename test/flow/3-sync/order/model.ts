import { toStored, type ColumnFacts } from '../../../../src/entities/columns';
import { MAP_FLOWS, SyncDirection, type MapFlow } from '../../../../src/entities/dual-write';
import { applyTableMap, type TargetFacts } from '../../../../src/flow/3-sync/run/apply-table-map';
import type { PreparedMap } from '../../../../src/flow/3-sync/run/prepare-table-map';
import { decodeRow } from '../../../../src/stores/bulk';
import { readKeysBehind, readSourceRecords } from '../../../../src/stores/dual-write/source.store';
import { readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { name, query, sql, type Session } from '../../../../src/stores/session';
import { prepareTableMap } from '../stored-maps';

/*
 * What the other side must be when all is over: each record as its newest version is mapped, as if every change had been carried once and in
 * order. It says nothing of queues, versions, leases or errors, which are the ways to get there.
 */

const RECORDS_MAX = 10_000;

export async function preparedMaps(session: Session): Promise<PreparedMap[]> {
  const maps = await readTableMaps(session);
  return Object.values(MAP_FLOWS).map((flow) => prepareTableMap(maps.find((map) => map.name === flow.map)!, flow.direction, maps));
}

export const flowName = ({ map, direction }: MapFlow): string => `${map} ${SyncDirection[direction]!}`;

/** A name for a record within a flow. */
export const recordIn = (flow: MapFlow, id: string): string => `${flowName(flow)} ${id}`;

/** The other side has every master record and every end; only the record itself decides. */
function anyTarget(map: PreparedMap): TargetFacts {
  return { held: () => (map.inserts ? undefined : { sourceVersion: -1, legalEntityId: null }), hasMaster: () => true, hasArrived: () => true };
}

/** The rows that a flow has written to, by key: each with its columns, and the source's version that they hold. */
async function targetRows(session: Session, map: PreparedMap): Promise<Map<string, Record<string, unknown>>> {
  const rows = await query<Record<string, unknown>>(session, sql`SELECT * FROM ${name(map.target.table)}`);
  const held = rows.filter((row) => row[map.key.target] !== null).map((row) => decodeRow(map.target, row) as Record<string, unknown>);
  const byKey = new Map(held.map((row) => [String(row[map.target.column(map.key.target)!.property]), row]));
  if (byKey.size !== held.length) throw new Error(`${flowName(map.flow)} has written a record to two rows`);
  return byKey;
}

const text = (facts: ColumnFacts, value: unknown): string => String(toStored(facts, value ?? null));

function differences(map: PreparedMap, expected: Readonly<Record<string, unknown>>, row: Record<string, unknown>): string[] {
  return Object.entries(expected).filter(([column]) => !(column in map.keep)).flatMap(([column, value]) => {
    const facts = map.target.column(column)!;
    const [should, is] = [text(facts, value), text(facts, row[facts.property])];
    return should === is ? [] : [`${column} is ${is}, not ${should}`];
  });
}

/**
 * What the other side has not as the model says. Records in `lost` were discarded or dismissed since they last changed: they may be
 * behind, and a record that names one of them may be missing; they may never be wrong in the version that they hold.
 */
export async function deviations(session: Session, lost: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const map of await preparedMaps(session)) {
    const keys = await readKeysBehind(session, map.source, null, RECORDS_MAX);
    const rows = await targetRows(session, map);
    const mayBeBehind = (id: unknown) => lost.has(recordIn(map.flow, String(id)));
    const namesLost = (values: Readonly<Record<string, unknown>>) =>
      map.references.some(({ column, map: named }) => lost.has(recordIn({ map: named, direction: map.flow.direction }, String(values[column]))));
    for (const record of await readSourceRecords(session, map.source, map.paths, keys)) {
      const decision = applyTableMap(map, record, anyTarget(map));
      const what = `${flowName(map.flow)}: ${record.key} in version ${record.version}`;
      if (decision.kind === 'skip') continue;
      if (decision.kind !== 'write') throw new Error(`${what} cannot be carried at all: ${decision.sentence}`);
      const row = rows.get(decision.row.key);
      const version = row?.sourceVersion as number | undefined;
      const isExcused = mayBeBehind(record.key) || namesLost(record.values);
      if (isExcused && (version === undefined || version < record.version)) continue;
      if (version === undefined) found.push(`${what} has not arrived`);
      // A change that no map carries raises the version too, so an older one is as good if it says the same.
      else if (version > record.version) found.push(`${what} is there in version ${version}`);
      else found.push(...differences(map, decision.row.values, row!).map((difference) => `${what}: ${difference}`));
    }
  }
  return found;
}

/** The version of its source that each row of the other side holds. */
export async function heldVersions(session: Session): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (const map of await preparedMaps(session)) {
    for (const [key, row] of await targetRows(session, map)) versions.set(recordIn(map.flow, key), row.sourceVersion as number);
  }
  return versions;
}

/** Rows that went back to an older version, or away. */
export function wentBack(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...before].filter(([key, version]) => (after.get(key) ?? -1) < version).map(([key, version]) => `${key} went from version ${version} to ${after.get(key)}`);
}
