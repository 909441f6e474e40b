import { FieldTransform } from '../../../entities/dual-write';
import type { SourceRecord } from '../../../stores/dual-write/source.store';
import { COMPANY_COLUMN, readArrivedKeys, readHeldRows, readMasterKeys } from '../../../stores/dual-write/target.store';
import type { Session } from '../../../stores/session';
import type { TargetFacts } from './apply-table-map';
import type { MasterLookup, PreparedMap } from './prepare-table-map';

const nameOf = (lookup: MasterLookup) => `${lookup.table.table}.${lookup.column}`;

function textsAt(records: readonly SourceRecord[], paths: readonly string[]): string[] {
  const values = paths.flatMap((path) => records.map((record) => record.values[path]));
  return [...new Set(values.filter((value) => value !== null && value !== undefined).map(String))];
}

/** Every master table that a map looks up, with the source paths that are looked up in it. */
function lookupsOf(map: PreparedMap): { lookup: MasterLookup; paths: string[] }[] {
  const found = new Map<string, { lookup: MasterLookup; paths: string[] }>();
  const add = (lookup: MasterLookup, path: string) => {
    const entry = found.get(nameOf(lookup)) ?? { lookup, paths: [] };
    entry.paths.push(path);
    found.set(nameOf(lookup), entry);
  };
  if (map.companyMaster) add(map.companyMaster, map.companyPath);
  for (const pair of map.pairs) if (pair.transform === FieldTransform.LOOKUP) add(pair.lookup!, pair.source!.path);
  return [...found.values()];
}

/** Reads what the target has for a chunk of records: one statement for its own rows, and one per master table and reference. */
export async function loadTargetFacts(session: Session, map: PreparedMap, records: readonly SourceRecord[]): Promise<TargetFacts> {
  const held = await readHeldRows(session, map.target, map.key.target, textsAt(records, [map.key.source]));
  const masters = new Map<string, Set<string>>();
  for (const { lookup, paths } of lookupsOf(map)) {
    const found = await readMasterKeys(session, lookup.table, lookup.column, textsAt(records, paths));
    masters.set(nameOf(lookup), new Set(found.map((row) => `${row.legalEntityId ?? ''}|${row.value}`)));
  }
  const arrived = new Map<string, Set<string>>();
  for (const { column, map: referencedMap, target } of map.references) {
    const keys = await readArrivedKeys(session, target.table, target.keyColumn, textsAt(records, [column]));
    arrived.set(referencedMap, new Set([...(arrived.get(referencedMap) ?? []), ...keys]));
  }
  return {
    held: (key) => held.get(key),
    hasMaster: (lookup, value, legalEntityId) => {
      const scope = lookup.table.column(COMPANY_COLUMN) ? legalEntityId : '';
      return masters.get(nameOf(lookup))?.has(`${scope}|${value}`) ?? false;
    },
    hasArrived: (reference, id) => arrived.get(reference.map)?.has(id) ?? false,
  };
}
