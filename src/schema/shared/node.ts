import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { DateScalar, DecimalScalar, JsonScalar, TimestampScalar } from './scalars';

/**
 * The vocabulary in which the types of the graph are written. Each decorator makes a GraphQL field and notes what kind it is;
 * from these notes come the filter, the order and the connection of every type, all alike.
 */

export type NodeClass = new () => object;
export type ScalarKind = 'id' | 'text' | 'int' | 'boolean' | 'decimal' | 'rate' | 'date' | 'timestamp' | 'enum' | 'json';

/** Kinds that lists can be filtered and sorted by. */
export const isComparable = (kind: ScalarKind): boolean => kind !== 'rate' && kind !== 'json';

export interface ScalarFacts {
  readonly kind: ScalarKind;
  readonly nullable: boolean;
  readonly enumType?: object;
  /** Fields that are computed when asked: they can be neither filtered nor sorted by. */
  readonly computed: boolean;
}

export interface RelationFacts {
  readonly kind: 'one' | 'many';
  readonly target: () => NodeClass;
}

export interface NodeFacts {
  readonly name: string;
  readonly description: string;
  readonly type: NodeClass;
}

const scalars = new Map<object, Map<string, ScalarFacts>>();
const relations = new Map<object, Map<string, RelationFacts>>();
const nodes = new Map<NodeClass, NodeFacts>();

function note<T>(into: Map<object, Map<string, T>>, type: object, field: string, facts: T): void {
  const own = into.get(type) ?? new Map<string, T>();
  own.set(field, facts);
  into.set(type, own);
}

export const scalarsOf = (type: NodeClass): ReadonlyMap<string, ScalarFacts> => scalars.get(type) ?? new Map<string, ScalarFacts>();
export const relationsOf = (type: NodeClass): ReadonlyMap<string, RelationFacts> => relations.get(type) ?? new Map<string, RelationFacts>();
export const allNodes = (): NodeFacts[] => [...nodes.values()];

export function nodeFacts(type: NodeClass): NodeFacts {
  const facts = nodes.get(type);
  if (!facts) throw new Error(`${type.name} is not a node type`);
  return facts;
}

@InterfaceType('Node', {
  description: 'Anything with an id that is unique across the whole graph; `node(id:)` reads it again.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: 'Unique across the graph, opaque. Where the type of a record is known, the systems\' own GUID is accepted as well.' })
  id!: string;
}

/** An object type of the graph with an id. */
export function NodeType(name: string, description: string): ClassDecorator {
  return (target) => {
    const type = target as unknown as NodeClass;
    ObjectType(name, { description, implements: Node })(target);
    nodes.set(type, { name, description, type });
    note(scalars, type, 'id', { kind: 'id', nullable: false, computed: false });
  };
}

interface Options {
  readonly nullable?: boolean;
  readonly computed?: boolean;
  readonly deprecationReason?: string;
}

function scalarField(kind: ScalarKind, graphQLType: () => object, enumType?: object) {
  return (description: string, { nullable = false, computed = false, deprecationReason }: Options = {}): PropertyDecorator => (target, key) => {
    Field(graphQLType as () => typeof String, { description, nullable, ...(deprecationReason && { deprecationReason }) })(target, String(key));
    note(scalars, target.constructor, String(key), { kind, nullable, computed, ...(enumType && { enumType }) });
  };
}

export const TextField = scalarField('text', () => String);
export const IntField = scalarField('int', () => Int);
export const BoolField = scalarField('boolean', () => Boolean);
/** Money, quantities and percents: exact, as text. */
export const DecimalField = scalarField('decimal', () => DecimalScalar);
/** Exchange and tax rates: exact, as text; not sortable. */
export const RateField = scalarField('rate', () => DecimalScalar);
/** A small structure as it is stored; neither filtered nor sorted by. */
export const JsonField = scalarField('json', () => JsonScalar);
export const DateField = scalarField('date', () => DateScalar);
export const TimestampField = scalarField('timestamp', () => TimestampScalar);
export const EnumField = (enumType: object, description: string, options: Options = {}) =>
  scalarField('enum', () => enumType, enumType)(description, options);

/** The type of a related record: types that refer to each other cannot name each other's classes while they load. */
export type Related<T> = T;

/** A related record. */
export function OneField(target: () => NodeClass, description: string, { nullable = true }: Options = {}): PropertyDecorator {
  return (prototype, key) => {
    Field(() => target() as never, { description, nullable })(prototype, String(key));
    note(relations, prototype.constructor, String(key), { kind: 'one', target });
  };
}

/** Notes a list of related records; `ManyField` makes the GraphQL field. */
export function noteMany(type: object, field: string, target: () => NodeClass): void {
  note(relations, type, field, { kind: 'many', target });
}
