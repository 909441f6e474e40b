/**
 * What every column is: the one description from which the database type, the conversion to and from rows, the loader's
 * checks and the table maps' checks are taken.
 */
export type ColumnKind =
  | 'id' | 'text' | 'integer' | 'boolean' | 'optionSet' | 'money' | 'quantity' | 'rate' | 'date' | 'timestamp' | 'json';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the constructor type that TypeORM's own API uses
export type EntityClass<T = any> = new (...args: any[]) => T;

/** A numeric TypeScript enum: member name to the system's own option value. */
export type OptionSet = Record<string, string | number>;

export interface ColumnFacts {
  /** The TypeScript property: plain English. */
  readonly property: string;
  /** The system's own column name. */
  readonly column: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly primary: boolean;
  /** Longest text in characters. */
  readonly length?: number;
  readonly options?: OptionSet;
  readonly optionSetName?: string;
  /** The record that the id in this column names. */
  readonly lookup?: () => EntityClass;
  readonly hasDefault: boolean;
}

export interface TableFacts {
  readonly entity: EntityClass;
  readonly table: string;
  readonly columns: readonly ColumnFacts[];
  readonly key: ColumnFacts;
  property(name: string): ColumnFacts;
  column(name: string): ColumnFacts | undefined;
}

const registered = new Map<EntityClass, ColumnFacts[]>();

export function registerColumn(entity: EntityClass, facts: ColumnFacts): void {
  const own = registered.get(entity) ?? [];
  registered.set(entity, [...own, facts]);
}

const tables = new Map<EntityClass, TableFacts>();

export function registerTable(entity: EntityClass, table: string): void {
  const columns: ColumnFacts[] = [];
  for (let proto = entity; proto && proto !== Function.prototype; proto = Object.getPrototypeOf(proto) as EntityClass) {
    columns.unshift(...(registered.get(proto) ?? []));
  }
  const byProperty = new Map(columns.map((facts) => [facts.property, facts]));
  const byColumn = new Map(columns.map((facts) => [facts.column, facts]));
  const key = columns.find((facts) => facts.primary);
  if (!key) throw new Error(`${table} has no primary key column`);
  tables.set(entity, {
    entity,
    table,
    columns,
    key,
    property: (name) => {
      const facts = byProperty.get(name);
      if (!facts) throw new Error(`${table} has no property ${name}`);
      return facts;
    },
    column: (name) => byColumn.get(name),
  });
}

/** The description of an entity's table. */
export function tableOf(entity: EntityClass): TableFacts {
  const facts = tables.get(entity);
  if (!facts) throw new Error(`${entity.name} is not a table`);
  return facts;
}

/** The description of the table with this name, in any case that the system itself uses. */
export function tableNamed(name: string): TableFacts | undefined {
  return [...tables.values()].find((facts) => facts.table === name);
}

export function allTables(): TableFacts[] {
  return [...tables.values()];
}
