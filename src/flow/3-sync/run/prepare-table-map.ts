import { tableNamed, type ColumnFacts, type ColumnKind, type TableFacts } from '../../../entities/columns';
import { FieldTransform, SyncDirection, type MapFlow, type TableMapField } from '../../../entities/dual-write';
import { Decimal } from '../../../kernel/decimal';
import { InternalError } from '../../../kernel/refusal';
import { resolveSourcePath, type SourcePath } from '../../../stores/dual-write/source-path';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import { COMPANY_COLUMN } from '../../../stores/dual-write/target.store';
import { comparisonsOf, FilterError, parseFilter, type FilterExpression } from './odata-filter';

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

/** A table map in one direction, checked and ready to be applied to records. */
export interface PreparedMap {
  readonly flow: MapFlow;
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

/** A table map that cannot run, because it names a table, column, filter or value that does not exist. */
export class TableMapError extends InternalError {
  constructor(map: string, problem: string) {
    super(`The table map ${map} cannot run: ${problem}`);
    this.name = 'TableMapError';
  }
}

/** Which kinds of target columns a value of a kind can go to without loss; a timestamp becomes its day, a number its text. */
const COMPATIBLE: Readonly<Record<ColumnKind, readonly ColumnKind[]>> = {
  id: ['id', 'text'],
  text: ['text', 'id'],
  integer: ['integer', 'quantity', 'money', 'rate', 'text'],
  boolean: ['boolean'],
  optionSet: ['optionSet', 'integer'],
  money: ['money', 'quantity', 'rate'],
  quantity: ['quantity', 'money', 'rate'],
  rate: ['rate', 'quantity', 'money'],
  date: ['date', 'text'],
  timestamp: ['timestamp', 'date', 'text'],
  json: [],
};

/** Finds every table, column and filter that a stored map names, for one direction, or says what is wrong with it. */
export function prepareTableMap(map: StoredTableMap, direction: SyncDirection, allMaps: readonly StoredTableMap[]): PreparedMap {
  const toFinance = direction === SyncDirection.DATAVERSE_TO_FINANCE;
  const finder = new Finder(map, toFinance, allMaps);
  const { source, target } = finder;
  const filter = finder.filter(toFinance ? map.filter : map.financeFilter, source);
  const pairs = map.fields.filter((field) => field.direction === direction).map((field) => finder.pair(field));
  const key = toFinance
    ? { source: map.integrationKey.dataverse, target: map.integrationKey.finance }
    : { source: map.integrationKey.finance, target: map.integrationKey.dataverse };
  if (!pairs.some((pair) => pair.target.column === key.target && pair.source?.path === key.source)) {
    finder.fail(`the integration key ${key.source} is not mapped to ${key.target}`);
  }
  const companyPath = toFinance ? map.companyPath ?? finder.fail('it has no path to the legal entity') : COMPANY_COLUMN;
  const documentPath = (toFinance ? map.documentPath?.dataverse : map.documentPath?.finance) ?? null;
  const references = toFinance ? map.references.map((reference) => finder.reference(reference)) : [];
  const needed = new Map<string, SourcePath>();
  const need = (path: string) => needed.set(path, finder.path(path));
  [key.source, companyPath, ...(documentPath ? [documentPath] : [])].forEach(need);
  comparisonsOf(filter).forEach((comparison) => need(comparison.column));
  for (const reference of references) {
    need(reference.column);
    need(reference.keyPath);
    comparisonsOf(reference.filter).forEach((comparison) => need(`${reference.column}.${comparison.column}`));
  }
  for (const pair of pairs) if (pair.source) needed.set(pair.source.path, pair.source);
  return {
    flow: { map: map.name, direction }, sequence: map.sequence, inserts: toFinance, source, target, key, companyPath,
    companyMaster: toFinance ? finder.master(COMPANY_MASTER) : null, documentPath, filter, references, pairs,
    keep: Object.fromEntries(map.fields.filter((field) => field.direction === direction && field.keep).map((field) => [field.target, field.keep!])),
    paths: [...needed.values()],
  };
}

class Finder {
  readonly source: TableFacts;
  readonly target: TableFacts;
  private readonly referenced: ReadonlyMap<string, TableFacts>;

  constructor(private readonly map: StoredTableMap, toFinance: boolean, private readonly allMaps: readonly StoredTableMap[]) {
    this.source = this.table(toFinance ? map.dataverseTable : map.financeTable);
    this.target = this.table(toFinance ? map.financeTable : map.dataverseTable);
    this.referenced = new Map(map.references.map((reference) => [reference.column, this.table(this.mapNamed(reference.map).dataverseTable)]));
  }

  fail(problem: string): never {
    throw new TableMapError(this.map.name, problem);
  }

  table(name: string): TableFacts {
    return tableNamed(name) ?? this.fail(`there is no table ${name}`);
  }

  path(path: string): SourcePath {
    return resolveSourcePath(this.source, path, this.referenced) ?? this.fail(`${this.source.table} has no column at ${path}`);
  }

  master({ table, column }: { table: string; column: string }): MasterLookup {
    const facts = this.table(table);
    if (!facts.column(column)) this.fail(`${table} has no column ${column}`);
    return { table: facts, column };
  }

  filter(text: string, table: TableFacts): FilterExpression | null {
    try {
      const filter = parseFilter(text);
      for (const { column } of comparisonsOf(filter)) if (!table.column(column)) this.fail(`${table.table} has no column ${column} to filter by`);
      return filter;
    } catch (error) {
      if (error instanceof FilterError) this.fail(error.message);
      throw error;
    }
  }

  reference({ column, map: mapName }: { column: string; map: string }): PreparedReference {
    const map = this.mapNamed(mapName);
    const table = this.table(map.dataverseTable);
    return {
      column, map: mapName, keyPath: `${column}.${table.key.column}`, filter: this.filter(map.filter, table),
      target: { table: this.table(map.financeTable), keyColumn: map.integrationKey.finance },
    };
  }

  pair(field: TableMapField): PreparedPair {
    const target = this.target.column(field.target) ?? this.fail(`${this.target.table} has no column ${field.target}`);
    const source = field.source === null ? null : this.path(field.source);
    const carriesValue = field.transform === FieldTransform.COPY || field.transform === FieldTransform.LOOKUP;
    if (source === null && field.transform !== FieldTransform.DEFAULT) this.fail(`the pair of ${field.target} has no source`);
    if (source && carriesValue && !COMPATIBLE[source.column.kind].includes(target.kind)) {
      this.fail(`${source.path} (${source.column.kind}) cannot go to ${target.column} (${target.kind})`);
    }
    if (field.transform === FieldTransform.VALUE_MAP && !field.valueMap) this.fail(`the pair of ${field.target} has no value map`);
    if (field.transform === FieldTransform.DEFAULT && field.defaultValue === null) this.fail(`the pair of ${field.target} has no default value`);
    if (field.transform === FieldTransform.LOOKUP && !field.lookup) this.fail(`the pair of ${field.target} names no master table`);
    return {
      source, target, transform: field.transform,
      valueMap: field.valueMap && Object.fromEntries(Object.entries(field.valueMap).map(([from, to]) => [from, literalFor(target, to)])),
      defaultValue: field.defaultValue === null ? null : literalFor(target, field.defaultValue),
      lookup: field.lookup && this.master(field.lookup), required: field.required,
    };
  }

  private mapNamed(name: string): StoredTableMap {
    return this.allMaps.find((candidate) => candidate.name === name) ?? this.fail(`it refers to the table map ${name}, which does not exist`);
  }
}

/** A value that stands in a map, in the type of the column that it goes to. */
function literalFor({ kind }: ColumnFacts, value: string | number | boolean | null): unknown {
  if (value === null) return null;
  switch (kind) {
    case 'money':
    case 'quantity':
    case 'rate': return new Decimal(String(value));
    case 'integer':
    case 'optionSet': return Number(value);
    case 'boolean': return value === true || value === 'true';
    default: return String(value);
  }
}
