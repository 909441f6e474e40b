import type { ColumnFacts, TableFacts } from '../../../entities/columns';
import { SyncDirection, type FieldTransform, type MapFlow } from '../../../entities/dual-write';
import type { SourcePath } from '../../../stores/dual-write/source-path';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import { COMPANY_COLUMN } from '../../../stores/dual-write/target.store';
import { comparisonsOf, type FilterExpression } from './odata-filter';
import { Finder, type MapContent } from './table-map-finder';
import type { MapFinding } from './table-map-finding';

/** A table of the target and the column by which its master records are found. */
export interface MasterLookup {
  readonly table: TableFacts;
  readonly column: string;
}

/** A field pair whose columns were found. */
export interface PreparedPair {
  readonly source: SourcePath | null;
  readonly target: ColumnFacts;
  readonly transform: FieldTransform;
  readonly valueMap: Readonly<Record<string, unknown>> | null;
  /** DEFAULT: the value itself, in the target's own type. */
  readonly defaultValue: unknown;
  readonly lookup: MasterLookup | null;
  readonly required: boolean;
}

/** A column that names a record of another map, which decides whether this record goes, waits or stays. */
export interface PreparedReference {
  readonly column: string;
  readonly map: string;
  /** Path to the named record's own id: null there means that it does not exist. */
  readonly keyPath: string;
  readonly filter: FilterExpression | null;
  readonly target: { readonly table: TableFacts; readonly keyColumn: string };
}

/** The version of a map's row at which its definition was read: it was changed since where the row has another one. */
export type DefinitionRead = Pick<StoredTableMap, 'name' | 'version'>;

/** A table map in one direction, checked and ready to be applied to records. */
export interface PreparedMap {
  readonly flow: MapFlow;
  /** The definitions that it was prepared from: its own, and those of the maps that it refers to. */
  readonly definedBy: readonly DefinitionRead[];
  readonly sequence: number;
  /** Towards finance rows are inserted or updated; back to Dataverse they are only updated. */
  readonly inserts: boolean;
  readonly source: TableFacts;
  readonly target: TableFacts;
  /** Column of the source and of the target under which a record is the same. */
  readonly key: { readonly source: string; readonly target: string };
  readonly companyPath: string;
  readonly companyMaster: MasterLookup | null;
  readonly documentPath: string | null;
  readonly filter: FilterExpression | null;
  readonly references: readonly PreparedReference[];
  readonly pairs: readonly PreparedPair[];
  readonly keep: Readonly<Record<string, readonly (string | number)[]>>;
  /** Every path that has to be read. */
  readonly paths: readonly SourcePath[];
}

/** Finance's own table of legal entities: a record goes only to one that is there. */
const COMPANY_MASTER = { table: 'LegalEntities', column: 'LegalEntityId' };

/** What was found of a map in one direction: the whole of it, or what is wrong. */
export interface InspectedMap {
  readonly prepared: Omit<PreparedMap, 'definedBy'> | null;
  readonly findings: readonly MapFinding[];
}

/** A stored map whose definition does not fit the tables of today in one direction, with the first thing that is wrong. */
export interface BrokenFlow extends Pick<StoredTableMap, 'version'> {
  readonly flow: MapFlow;
  readonly tableMapId: string;
  readonly finding: MapFinding;
}

/** Finds every table, column and filter that a stored map names, for one direction, or the first thing that is wrong with it. */
function prepareOrBreak(map: StoredTableMap, direction: SyncDirection, allMaps: readonly StoredTableMap[]): PreparedMap | BrokenFlow {
  const { prepared, findings: [finding] } = inspectTableMap(map, direction, allMaps);
  if (!prepared) return { flow: { map: map.name, direction }, tableMapId: map.id, version: map.version, finding: finding! };
  const names = [map.name, ...prepared.references.map((reference) => reference.map)];
  const definedBy = allMaps.filter(({ name }) => names.includes(name)).map(({ name, version }) => ({ name, version }));
  return { ...prepared, definedBy };
}

/** Stored maps by whether they can be carried. */
export interface PreparedFlows {
  readonly flows: readonly PreparedMap[];
  readonly broken: readonly BrokenFlow[];
}

/** Prepares flows, in their order: one that is broken does not hold the others up. */
export function prepareFlows(wanted: readonly { map: StoredTableMap; direction: SyncDirection }[], allMaps: readonly StoredTableMap[]): PreparedFlows {
  const prepared = wanted.map(({ map, direction }) => prepareOrBreak(map, direction, allMaps));
  return { flows: prepared.flatMap((flow) => ('finding' in flow ? [] : flow)), broken: prepared.flatMap((flow) => ('finding' in flow ? flow : [])) };
}

/** The same, with everything that is wrong. */
export function inspectTableMap(map: MapContent, direction: SyncDirection, allMaps: readonly MapContent[]): InspectedMap {
  const toFinance = direction === SyncDirection.DATAVERSE_TO_FINANCE;
  const finder = new Finder(map, toFinance, allMaps);
  const { source, target, findings } = finder;
  const filter = toFinance ? finder.filter(map.filter, source, ['filter']) : finder.filter(map.financeFilter, source, ['financeFilter']);
  const pairs = map.fields.flatMap((field, index) => (field.direction === direction ? finder.pair(field, index) ?? [] : []));
  const key = toFinance
    ? { source: map.integrationKey.dataverse, target: map.integrationKey.finance }
    : { source: map.integrationKey.finance, target: map.integrationKey.dataverse };
  if (!pairs.some((pair) => pair.target.column === key.target && pair.source?.path === key.source)) {
    finder.found(toFinance ? 'DIPV1014' : 'DIPV1015', `The integration key ${key.source} is not mapped to ${key.target}.`, ['fields']);
  }
  const references = toFinance ? map.references.flatMap((reference, index) => finder.reference(reference, index) ?? []) : [];
  const places = placesOf(map, toFinance, finder);
  if (findings.length > 0 || !source || !target) return { prepared: null, findings };
  const needed = new Map<string, SourcePath>();
  const need = (path: string) => {
    const found = finder.path(path, ['fields']);
    if (found) needed.set(path, found);
  };
  [key.source, places.companyPath, ...(places.documentPath ? [places.documentPath] : [])].forEach(need);
  comparisonsOf(filter).forEach((comparison) => need(comparison.column));
  for (const reference of references) {
    need(reference.column);
    need(reference.keyPath);
    comparisonsOf(reference.filter).forEach((comparison) => need(`${reference.column}.${comparison.column}`));
  }
  for (const pair of pairs) if (pair.source) needed.set(pair.source.path, pair.source);
  const prepared: InspectedMap['prepared'] = {
    flow: { map: map.name, direction }, sequence: map.sequence, inserts: toFinance, source, target, key, ...places, filter, references, pairs,
    companyMaster: toFinance ? finder.master(COMPANY_MASTER, ['companyPath']) : null,
    keep: Object.fromEntries(map.fields.filter((field) => field.direction === direction && field.keep).map((field) => [field.target, field.keep!])),
    paths: [...needed.values()],
  };
  return { prepared: findings.length > 0 ? null : prepared, findings };
}

/** The paths of a source record to its legal entity and to its proforma's number. */
function placesOf(map: MapContent, toFinance: boolean, finder: Finder): Pick<PreparedMap, 'companyPath' | 'documentPath'> {
  const companyPath = toFinance ? map.companyPath : COMPANY_COLUMN;
  const documentPath = (toFinance ? map.documentPath?.dataverse : map.documentPath?.finance) ?? null;
  if (companyPath === null) finder.found('DIPV1007', 'It has no path to the legal entity.', ['companyPath']);
  else finder.path(companyPath, ['companyPath'], 'DIPV1007');
  if (documentPath !== null) finder.path(documentPath, ['documentPath', toFinance ? 'dataverse' : 'finance']);
  return { companyPath: companyPath ?? COMPANY_COLUMN, documentPath };
}
