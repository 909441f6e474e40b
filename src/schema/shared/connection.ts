import { Args, ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, type ListArguments } from '../../stores/reading/plan';
import { enumNameOf } from './enums';
import { allNodes, isComparable, nodeFacts, noteMany, relationsOf, scalarsOf, type NodeClass, type ScalarFacts } from './node';
import { DateScalar, DecimalScalar, TimestampScalar } from './scalars';

/** Relay connections, filters and orders, made alike for every node type out of its fields. */

type Maker = () => object;

function named<T extends new () => object>(name: string): T {
  return { [name]: class {} }[name] as unknown as T;
}

function addField(type: NodeClass, name: string, graphQLType: Maker, description: string, options: object = { nullable: true }): void {
  Field(graphQLType as () => typeof String, { description, ...options })(type.prototype as object, name);
}

const memo = new Map<string, NodeClass>();

/** Makes a class once per name; `fill` runs after it is known, so that types may refer to themselves. */
function once(name: string, fill: (type: NodeClass) => void): NodeClass {
  const known = memo.get(name);
  if (known) return known;
  const type = named<NodeClass>(name);
  memo.set(name, type);
  fill(type);
  return type;
}

@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field({ description: 'Whether there are rows behind this page.' }) hasNextPage!: boolean;
  @Field({ description: 'Whether there are rows before this page.' }) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' }) startCursor!: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null on an empty page.' }) endCursor!: string | null;
}

export enum SortDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(SortDirection, {
  name: 'SortDirection',
  description: 'Which way a list is sorted.',
  valuesConfig: { ASC: { description: 'Smallest first; empty values come first.' }, DESC: { description: 'Largest first; empty values come last.' } },
});

const EQUALITY = ['eq', 'ne'] as const;
const RANGE = ['gt', 'gte', 'lt', 'lte'] as const;
const SENTENCES: Record<string, string> = {
  eq: 'Equal to this value; null finds empty ones.',
  ne: 'Not equal to this value, empty ones included; null finds those that are not empty.',
  gt: 'Greater, or later, than this value.',
  gte: 'Greater than or equal to this value.',
  lt: 'Less, or earlier, than this value.',
  lte: 'Less than or equal to this value.',
};

function comparisonType(name: string, value: Maker, operators: readonly string[], texts = false): NodeClass {
  return once(name, (type) => {
    for (const operator of operators) addField(type, operator, value, SENTENCES[operator]!);
    addField(type, 'in', () => [value()], 'Equal to one of these values.');
    if (texts) {
      addField(type, 'startsWith', () => String, 'Begins with this text; upper and lower case differ.');
      addField(type, 'contains', () => String, 'Contains this text; upper and lower case differ.');
    }
    addField(type, 'isNull', () => Boolean, 'True finds empty values, false those that are not.');
    InputType(name, { description: 'A comparison; all given operators must hold.' })(type);
  });
}

function comparisonOf({ kind, enumType }: ScalarFacts): NodeClass {
  switch (kind) {
    case 'id': return comparisonType('IdFilter', () => ID, EQUALITY);
    case 'int': return comparisonType('IntFilter', () => Int, [...EQUALITY, ...RANGE]);
    case 'boolean': return comparisonType('BooleanFilter', () => Boolean, ['eq']);
    case 'decimal': return comparisonType('DecimalFilter', () => DecimalScalar, [...EQUALITY, ...RANGE]);
    case 'date': return comparisonType('DateFilter', () => DateScalar, [...EQUALITY, ...RANGE]);
    case 'timestamp': return comparisonType('TimestampFilter', () => TimestampScalar, [...EQUALITY, ...RANGE]);
    case 'enum': return comparisonType(`${enumNameOf(enumType!)}Filter`, () => enumType!, EQUALITY);
    default: return comparisonType('StringFilter', () => String, [...EQUALITY, ...RANGE], true);
  }
}

/** The filter input of a node type: a comparison per field, a nested filter per single relation, and their combinations. */
export function filterOf(node: NodeClass): NodeClass {
  const { name } = nodeFacts(node);
  return once(`${name}Filter`, (type) => {
    for (const [field, facts] of scalarsOf(node)) {
      if (facts.computed || !isComparable(facts.kind)) continue;
      const comparison = comparisonOf(facts);
      addField(type, field, () => comparison, `Compares ${field}.`);
    }
    for (const [field, { kind, target }] of relationsOf(node)) {
      if (kind === 'one') addField(type, field, () => filterOf(target()), `Filters by the record in ${field}.`);
    }
    addField(type, 'and', () => [type], 'All of these must hold.');
    addField(type, 'or', () => [type], 'At least one of these must hold.');
    addField(type, 'not', () => type, 'This must not hold.');
    InputType(`${name}Filter`, { description: `Which ${name} records a list takes: all given parts must hold.` })(type);
  });
}

function upperSnake(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

function orderOf(node: NodeClass): NodeClass {
  const { name } = nodeFacts(node);
  return once(`${name}Order`, (type) => {
    const sortable = [...scalarsOf(node)].filter(([field, facts]) => !facts.computed && isComparable(facts.kind) && !borrowed(node, field));
    const fields = Object.fromEntries(sortable.map(([field]) => [upperSnake(field), field]));
    registerEnumType(fields, {
      name: `${name}OrderField`,
      description: `What a list of ${name} records can be sorted by.`,
      valuesConfig: Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, { description: `Sorts by ${field}.` }])),
    });
    addField(type, 'field', () => fields, 'What to sort by.', { nullable: false });
    addField(type, 'direction', () => SortDirection, 'Which way.', { nullable: false, defaultValue: SortDirection.ASC });
    InputType(`${name}Order`, { description: `How a list of ${name} records is sorted.` })(type);
  });
}

/** Fields taken over from another record cannot be sorted by; the resolvers say which they are. */
const borrowedFields = new Map<NodeClass, ReadonlySet<string>>();
export function noteBorrowed(node: NodeClass, fields: Iterable<string>): void {
  borrowedFields.set(node, new Set(fields));
}
const borrowed = (node: NodeClass, field: string): boolean => borrowedFields.get(node)?.has(field) ?? false;

/** The arguments of every list of a node type. */
export function listArgumentsOf(node: NodeClass): new () => ListArguments {
  const { name } = nodeFacts(node);
  return once(`${name}ListArguments`, (type) => {
    const order = orderOf(node);
    const page = `At most ${PAGE_ROWS_MAX}; ${PAGE_ROWS_DEFAULT} when neither first nor last is given.`;
    addField(type, 'first', () => Int, `How many rows from the start, or behind \`after\`. ${page}`);
    addField(type, 'after', () => String, 'Cursor behind which the page begins.');
    addField(type, 'last', () => Int, `How many rows from the end, or before \`before\`. ${page}`);
    addField(type, 'before', () => String, 'Cursor before which the page ends.');
    addField(type, 'filter', () => filterOf(node), 'Which records the list takes.');
    addField(type, 'orderBy', () => [order], 'How the list is sorted, the most important first.');
    ArgsType()(type);
  }) as new () => ListArguments;
}

/** The Relay connection of a node type. */
export function connectionOf(node: NodeClass): NodeClass {
  const { name } = nodeFacts(node);
  return once(`${name}Connection`, (type) => {
    const edge = once(`${name}Edge`, (edgeType) => {
      addField(edgeType, 'node', () => node, 'The record.', { nullable: false });
      addField(edgeType, 'cursor', () => String, 'Where the record stands in this list.', { nullable: false });
      ObjectType(`${name}Edge`, { description: `One ${name} record of a list.` })(edgeType);
    });
    addField(type, 'edges', () => [edge], 'The records of the page with their cursors.', { nullable: false });
    addField(type, 'nodes', () => [node], 'The records of the page.', { nullable: false });
    addField(type, 'pageInfo', () => PageInfo, 'Where the page stands.', { nullable: false });
    addField(type, 'totalCount', () => Int, 'How many records the whole list has; counted only when asked for.', { nullable: false });
    ObjectType(`${name}Connection`, { description: `A page of a list of ${name} records.` })(type);
  });
}

/** Makes the connections, filters and orders of all node types: the schema is built from what exists by then. */
export function prepareLists(): void {
  for (const { type } of allNodes()) {
    connectionOf(type);
    filterOf(type);
    listArgumentsOf(type);
  }
}

/** A list of related records, with the same arguments as the type's own list. */
export function ManyField(target: () => NodeClass, description: string): PropertyDecorator {
  return (prototype, key) => {
    const field = String(key);
    // The method is only a place for the arguments: reading goes through the relation resolver.
    const descriptor = { value: () => undefined, configurable: true, writable: true };
    Object.defineProperty(prototype, field, descriptor);
    Reflect.defineMetadata('design:paramtypes', [Object], prototype, field);
    Reflect.defineMetadata('design:returntype', Object, prototype, field);
    Args(() => listArgumentsOf(target()) as never)(prototype, field, 0);
    Field(() => connectionOf(target()) as never, { description })(prototype, field, descriptor);
    noteMany(prototype.constructor, field, target);
  };
}
