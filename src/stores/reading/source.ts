import type { EntityClass } from '../../entities/columns';

type PropertyList = string | readonly string[];

/** How the rows of one table lead to rows of another: by equal values of these properties. */
export interface Relation {
  readonly cardinality: 'one' | 'many';
  readonly to: () => Source;
  /** Properties of this side; the key when left out. */
  readonly from: PropertyList;
  /** Properties of the other side; its key when left out. */
  readonly on: PropertyList;
  /** Only rows of the other side with these values belong to the relation. */
  readonly where?: Readonly<Record<string, string | number | boolean>>;
  /** A table in between: `from` equals its `near`, and its `far` equals `on`. */
  readonly through?: {
    readonly entity: EntityClass;
    readonly near: string;
    readonly far: string;
    readonly where?: Readonly<Record<string, string | number | boolean>>;
  };
}

/** A value taken over from a record that a path of single relations leads to: the currency's code, the legal entity. */
export type BorrowedPath = readonly [...relations: string[], property: string];

/** A type of the graph as the reader sees it: the table, how it leads to others, and its natural order. */
export interface Source {
  /** The GraphQL type's name. */
  readonly name: string;
  readonly entity: EntityClass;
  readonly relations: Readonly<Record<string, Relation>>;
  readonly borrowed: Readonly<Record<string, BorrowedPath>>;
  readonly defaultOrder: readonly OrderBy[];
}

export interface OrderBy {
  readonly property: string;
  readonly direction: 'ASC' | 'DESC';
}

const sources = new Map<string, Source>();

/** Describes a type of the graph; each name once. */
export function defineSource(definition: Partial<Source> & Pick<Source, 'name' | 'entity'>): Source {
  const source: Source = { relations: {}, borrowed: {}, defaultOrder: [], ...definition };
  if (sources.has(source.name)) throw new Error(`The source ${source.name} is defined twice`);
  sources.set(source.name, source);
  return source;
}

export function sourceNamed(name: string): Source | undefined {
  return sources.get(name);
}

export function allSources(): Source[] {
  return [...sources.values()];
}

type Facts = Partial<Pick<Relation, 'from' | 'on' | 'where' | 'through'>>;

/** A relation to at most one record. */
export function one(to: () => Source, facts: Facts): Relation {
  return { cardinality: 'one', to, from: 'id', on: 'id', ...facts };
}

/** A relation to any number of records. */
export function many(to: () => Source, facts: Facts): Relation {
  return { cardinality: 'many', to, from: 'id', on: 'id', ...facts };
}

export function listOf(properties: PropertyList): readonly string[] {
  return typeof properties === 'string' ? [properties] : properties;
}
