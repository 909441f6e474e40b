import { tableNamed, type ColumnFacts, type ColumnKind, type TableFacts } from '../../../entities/columns';
import { FieldTransform, type TableMap } from '../../../entities/dual-write';
import { resolveSourcePath, type SourcePath } from '../../../stores/dual-write/source-path';
import type { FieldPairDefinition } from '../table-maps';
import { literalFor, problemOfComparison } from './literal';
import { comparisonsOf, FilterError, parseFilter, type FilterExpression } from './odata-filter';
import type { MasterLookup, PreparedPair, PreparedReference } from './prepare-table-map';
import type { FindingCode, MapFinding } from './table-map-finding';

/** What of a table map its records are carried by. */
export type MapContent = Omit<TableMap, 'id' | 'mapVersion' | 'status' | 'version' | 'catchUpTo'> & { readonly fields: readonly FieldPairDefinition[] };

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

/** Finds what a table map names in one direction. What it does not find it lists, and gives null for it: nothing is thrown. */
export class Finder {
  readonly findings: MapFinding[] = [];
  readonly source: TableFacts | null;
  readonly target: TableFacts | null;
  private readonly referenced: ReadonlyMap<string, TableFacts>;

  constructor(map: MapContent, toFinance: boolean, private readonly allMaps: readonly MapContent[]) {
    const dataverse = this.table(map.dataverseTable, 'DIPV1018', ['dataverseTable']);
    const finance = this.table(map.financeTable, 'DIPV1020', ['financeTable']);
    this.source = toFinance ? dataverse : finance;
    this.target = toFinance ? finance : dataverse;
    this.referenced = new Map(map.references.flatMap((reference) => {
      const table = tableNamed(this.mapNamed(reference.map)?.dataverseTable ?? '');
      return table ? [[reference.column, table] as const] : [];
    }));
  }

  found(code: FindingCode, message: string, path: readonly string[]): null {
    this.findings.push({ code, message, path });
    return null;
  }

  path(path: string, at: readonly string[], code: FindingCode = 'DIPV1021'): SourcePath | null {
    if (!this.source) return null;
    return resolveSourcePath(this.source, path, this.referenced) ?? this.found(code, `${this.source.table} has no column at ${path}.`, at);
  }

  master({ table, column }: { table: string; column: string }, at: readonly string[]): MasterLookup | null {
    const facts = this.table(table, 'DIPV1028', [...at, 'table']);
    if (!facts) return null;
    return facts.column(column) ? { table: facts, column } : this.found('DIPV1028', `${table} has no column ${column}.`, [...at, 'column']);
  }

  filter(text: string, table: TableFacts | null, at: readonly string[]): FilterExpression | null {
    try {
      const filter = parseFilter(text);
      for (const { column, literal } of comparisonsOf(filter)) {
        const facts = table?.column(column);
        if (table && !facts) this.found('DIPV1024', `${table.table} has no column ${column} to filter by.`, at);
        const problem = facts && problemOfComparison(facts, literal);
        if (problem) this.found('DIPV1030', problem, at);
      }
      return filter;
    } catch (error) {
      if (error instanceof FilterError) return this.found('DIPV1012', `${error.message}.`, at);
      throw error;
    }
  }

  reference({ column, map: mapName }: { column: string; map: string }, index: number): PreparedReference | null {
    const at = ['references', String(index)];
    const map = this.mapNamed(mapName);
    if (!map) return this.found('MAP_UNKNOWN', `It refers to the table map ${mapName}, which does not exist.`, [...at, 'map']);
    const table = this.table(map.dataverseTable, 'DIPV1018', [...at, 'map']);
    const arrived = this.table(map.financeTable, 'DIPV1020', [...at, 'map']);
    const filter = this.filter(map.filter, table, [...at, 'map']);
    if (!table || !arrived || !this.path(column, [...at, 'column'])) return null;
    return { column, map: mapName, keyPath: `${column}.${table.key.column}`, filter, target: { table: arrived, keyColumn: map.integrationKey.finance } };
  }

  pair(field: FieldPairDefinition, index: number): PreparedPair | null {
    const at = ['fields', String(index)];
    const target = this.target && (this.target.column(field.target) ?? this.found('DIPV1022', `${this.target.table} has no column ${field.target}.`, [...at, 'target']));
    const source = field.source === null ? null : this.path(field.source, [...at, 'source']);
    this.requireTransform(field, at);
    const lookup = field.lookup && this.master(field.lookup, [...at, 'lookup']);
    if (!target || (field.source !== null && !source)) return null;
    const carriesValue = field.transform === FieldTransform.COPY || field.transform === FieldTransform.LOOKUP;
    if (source && carriesValue && !COMPATIBLE[source.column.kind].includes(target.kind)) {
      this.found('DIPV1030', `${source.path} (${source.column.kind}) cannot go to ${target.column} (${target.kind}).`, [...at, 'source']);
    }
    return {
      source, target, transform: field.transform,
      valueMap: field.valueMap && Object.fromEntries(Object.entries(field.valueMap).map(([from, to]) => [from, this.literal(target, to, [...at, 'valueMap', from])])),
      defaultValue: field.defaultValue === null ? null : this.literal(target, field.defaultValue, [...at, 'defaultValue']),
      lookup, required: field.required,
    };
  }

  /** Each transform has what it works with. */
  private requireTransform({ transform, source, target, valueMap, defaultValue, lookup }: FieldPairDefinition, at: readonly string[]): void {
    if (source === null && transform !== FieldTransform.DEFAULT) this.found('DIPV1021', `The pair of ${target} has no source.`, [...at, 'source']);
    if (transform === FieldTransform.VALUE_MAP && Object.keys(valueMap ?? {}).length === 0) this.found('DIPV1031', `The pair of ${target} has no value map.`, [...at, 'valueMap']);
    if (transform === FieldTransform.DEFAULT && defaultValue === null) this.found('DIPV1031', `The pair of ${target} has no default value.`, [...at, 'defaultValue']);
    if (transform === FieldTransform.LOOKUP && !lookup) this.found('DIPV1027', `The pair of ${target} names no master table.`, [...at, 'lookup']);
  }

  private literal(target: ColumnFacts, value: string | number | boolean | null, at: readonly string[]): unknown {
    const literal = literalFor(target, value);
    return 'problem' in literal ? this.found('DIPV1030', literal.problem, at) : literal.value;
  }

  private table(name: string, code: FindingCode, at: readonly string[]): TableFacts | null {
    return tableNamed(name) ?? this.found(code, `There is no table ${name}.`, at);
  }

  private mapNamed(name: string): MapContent | undefined {
    return this.allMaps.find((candidate) => candidate.name === name);
  }
}
