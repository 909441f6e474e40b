import { tableOf, toStored, type ColumnFacts, type TableFacts } from '../../entities/columns';
import { invalid, refuse } from '../../kernel/refusal';
import { inList, join, name, raw, sql, type Session, type Sql } from '../session';
import { keyOf } from './global-id';
import type { FieldFilter, Filter } from './plan';
import { listOf, type OrderBy, type Source } from './source';

/** Filters nested deeper than this are refused. */
const FILTER_DEPTH_MAX = 6;

const COMPARISONS = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

export function columnSql(alias: string, column: ColumnFacts): Sql {
  return raw(`${alias}."${column.column}"`);
}

export function conjunction(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? raw('1 = 1') : join(conditions.map((condition) => sql`(${condition})`), ' AND ');
}

/** Equal values of fixed properties: what belongs to a relation. */
export function fixedConditions(facts: TableFacts, alias: string, where: Readonly<Record<string, string | number | boolean>> = {}): Sql[] {
  return Object.entries(where).map(([property, value]) => sql`${columnSql(alias, facts.property(property))} = ${value}`);
}

/** The condition that a filter of the API stands for. */
export function filterCondition(session: Session, source: Source, alias: string, filter: Filter, depth = 0): Sql {
  if (depth > FILTER_DEPTH_MAX) refuse(invalid('INVALID_INPUT', `A filter may be nested ${FILTER_DEPTH_MAX} levels deep at the most.`));
  const conditions: Sql[] = [];
  for (const [field, part] of Object.entries(filter)) {
    if (part === null || part === undefined) continue;
    if (field === 'and') conditions.push(...(part as Filter[]).map((inner) => filterCondition(session, source, alias, inner, depth + 1)));
    else if (field === 'or') conditions.push(disjunction((part as Filter[]).map((inner) => filterCondition(session, source, alias, inner, depth + 1))));
    else if (field === 'not') conditions.push(sql`NOT coalesce((${filterCondition(session, source, alias, part as Filter, depth + 1)}), FALSE)`);
    else if (source.relations[field]) conditions.push(relationCondition(session, source, alias, field, part as Filter, depth));
    else if (source.borrowed[field]) conditions.push(filterCondition(session, source, alias, borrowedFilter(source.borrowed[field], part), depth));
    else conditions.push(fieldCondition(session, source, alias, field, part as FieldFilter));
  }
  return conjunction(conditions);
}

/** A filter of a borrowed value is a filter of the record it is borrowed from. */
function borrowedFilter(path: readonly string[], part: unknown): Filter {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), part) as Filter;
}

function disjunction(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? raw('1 = 0') : join(conditions.map((condition) => sql`(${condition})`), ' OR ');
}

function relationCondition(session: Session, source: Source, alias: string, field: string, filter: Filter, depth: number): Sql {
  const relation = source.relations[field]!;
  const target = relation.to();
  const here = tableOf(source.entity);
  const there = tableOf(target.entity);
  const inner = `${alias}_${depth}`;
  const from = listOf(relation.from);
  const rest = [...fixedConditions(there, inner, relation.where), filterCondition(session, target, inner, filter, depth + 1)];
  if (relation.through) {
    const between = tableOf(relation.through.entity);
    const link = `${inner}_between`;
    const near = sql`${columnSql(link, between.property(relation.through.near))} = ${columnSql(alias, here.property(from[0]!))}`;
    const far = sql`${columnSql(link, between.property(relation.through.far))} = ${columnSql(inner, there.property(listOf(relation.on)[0]!))}`;
    const condition = conjunction([near, ...fixedConditions(between, link, relation.through.where), ...rest]);
    return sql`EXISTS (SELECT 1 FROM ${name(between.table)} ${raw(link)} JOIN ${name(there.table)} ${raw(inner)} ON ${far} WHERE ${condition})`;
  }
  const pairs = listOf(relation.on).map((property, index) =>
    sql`${columnSql(inner, there.property(property))} = ${columnSql(alias, here.property(from[index]!))}`);
  return sql`EXISTS (SELECT 1 FROM ${name(there.table)} ${raw(inner)} WHERE ${conjunction([...pairs, ...rest])})`;
}

function fieldCondition(session: Session, source: Source, alias: string, field: string, filter: FieldFilter): Sql {
  const column = tableOf(source.entity).property(field);
  const target = columnSql(alias, column);
  const stored = (value: unknown) => storedValue(source, column, field, value);
  const conditions: Sql[] = [];
  for (const [operator, value] of Object.entries(filter)) {
    if (value === undefined || (value === null && operator !== 'eq' && operator !== 'ne')) continue;
    if (operator === 'isNull') conditions.push(sql`${target} ${raw(value ? 'IS NULL' : 'IS NOT NULL')}`);
    else if (operator === 'in') conditions.push(inList(session, target, (value as unknown[]).map(stored) as (string | number)[]));
    else if (operator === 'startsWith') conditions.push(sql`substr(${target}, 1, length(${value})) = ${value}`);
    else if (operator === 'contains') conditions.push(session.engine === 'sqlite' ? sql`instr(${target}, ${value}) > 0` : sql`strpos(${target}, ${value}) > 0`);
    else if (value === null) conditions.push(sql`${target} ${raw(operator === 'eq' ? 'IS NULL' : 'IS NOT NULL')}`);
    else if (operator === 'ne') conditions.push(sql`${target} IS DISTINCT FROM ${stored(value)}`);
    else conditions.push(sql`${target} ${raw(COMPARISONS[operator as keyof typeof COMPARISONS])} ${stored(value)}`);
  }
  return conjunction(conditions);
}

function storedValue(source: Source, column: ColumnFacts, field: string, value: unknown): unknown {
  if (column.kind === 'id') return keyOf(column.primary ? source.name : typeOfReference(source, field), String(value));
  if (column.kind === 'timestamp' && value instanceof Date) return value.toISOString();
  try {
    return toStored(column, value);
  } catch (error) {
    if (error instanceof RangeError) refuse(invalid('INVALID_INPUT', `The filter of ${field}: ${error.message}.`, ['filter', field]));
    throw error;
  }
}

/** The type that an id property names: that of the single relation made from it. */
function typeOfReference(source: Source, field: string): string {
  const relation = Object.values(source.relations).find((candidate) => candidate.cardinality === 'one' && candidate.from === field);
  return relation?.to().name ?? source.name;
}

/** The whole order of a list: what the caller asked for, then the natural order, then the key, so that it is total. */
export function totalOrder(source: Source, orderBy: readonly OrderBy[] | null | undefined): OrderBy[] {
  const key = tableOf(source.entity).key.property;
  const wanted = [...(orderBy?.length ? orderBy : source.defaultOrder), { property: key, direction: 'ASC' } as const];
  return wanted.filter((order, index) => wanted.findIndex((other) => other.property === order.property) === index);
}

/** `ORDER BY` with the place of nulls written out: first going up, last going down, on both engines. */
export function orderSql(facts: TableFacts, alias: string, order: readonly OrderBy[], backwards: boolean): Sql {
  return join(order.map(({ property, direction }) => {
    const column = facts.property(property);
    const ascending = (direction === 'ASC') !== backwards;
    const nulls = column.nullable ? (ascending ? ' NULLS FIRST' : ' NULLS LAST') : '';
    return sql`${columnSql(alias, column)}${raw(`${ascending ? ' ASC' : ' DESC'}${nulls}`)}`;
  }), ', ');
}

/** The rows strictly behind a cursor's values in an order (or before them, when reading backwards). */
export function behindCursor(facts: TableFacts, alias: string, order: readonly OrderBy[], values: readonly unknown[], backwards: boolean): Sql {
  const [first, ...rest] = order;
  if (!first) return raw('1 = 0');
  const column = facts.property(first.property);
  const target = columnSql(alias, column);
  const ascending = (first.direction === 'ASC') !== backwards;
  const value = values[0] ?? null;
  const further = behindCursor(facts, alias, rest, values.slice(1), backwards);
  if (value === null) {
    const equal = sql`(${target} IS NULL AND ${further})`;
    return ascending ? sql`(${target} IS NOT NULL OR ${equal})` : equal;
  }
  const beyond = ascending ? sql`${target} > ${value}` : sql`${target} < ${value}`;
  const nullsBehind = !ascending && column.nullable ? sql` OR ${target} IS NULL` : raw('');
  return sql`(${beyond}${nullsBehind} OR (${target} = ${value} AND ${further}))`;
}
