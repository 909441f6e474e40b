import { fromStored, tableOf, type ColumnFacts, type TableFacts } from '../../entities/columns';
import { MONEY_SCALE, QUANTITY_SCALE } from '../../kernel/money';
import { invalid, refuse } from '../../kernel/refusal';
import { inList, join, name, query, raw, sql, type Session, type Sql } from '../session';
import { behindCursor, columnSql, conjunction, filterCondition, fixedConditions, orderSql, totalOrder } from './conditions';
import { decodeCursor, encodeCursor } from './cursor';
import { globalIdOf } from './global-id';
import {
  type GraphRow, type ListArguments, type ListPlan, nestedKey, type Page, pageRowsOf, type ReadPlan, type RelationPlan,
} from './plan';
import { listOf, type OrderBy, type Relation, type Source } from './source';

/**
 * The one way to read the graph. Each level of a request is one statement for all of its parents: the selected columns come as
 * plain rows and are nested under field plus arguments, so the number of statements follows the shape of the request
 * and never the number of rows.
 */

type RawRow = Record<string, unknown>;

/** Stored integers of a fixed scale as plain decimal text, without a decimal object per value. */
function scaledText(raw: unknown, scale: number): string {
  const text = String(raw);
  const negative = text.startsWith('-');
  const digits = (negative ? text.slice(1) : text).padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  const whole = digits.slice(0, -scale);
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

function answerValue(column: ColumnFacts, stored: unknown): unknown {
  if (stored === null || stored === undefined) return null;
  if (column.kind === 'money') return scaledText(stored, MONEY_SCALE);
  if (column.kind === 'quantity') return scaledText(stored, QUANTITY_SCALE);
  if (column.kind === 'rate') return stored;
  return fromStored(column, stored);
}

/** Properties that have to be read: what is selected, and what relations and borrowed values start from. */
function neededColumns(source: Source, plan: ReadPlan, extra: readonly string[] = []): ColumnFacts[] {
  const facts = tableOf(source.entity);
  const needed = new Set<string>([facts.key.property, ...extra]);
  for (const property of plan.properties) if (facts.columns.some((column) => column.property === property)) needed.add(property);
  for (const { relation } of plan.relations.values()) for (const from of listOf(source.relations[relation]!.from)) needed.add(from);
  return facts.columns.filter((column) => needed.has(column.property));
}

function selectList(alias: string, columns: readonly ColumnFacts[]): Sql {
  return join(columns.map((column) => columnSql(alias, column)), ', ');
}

function toGraphRow(source: Source, columns: readonly ColumnFacts[], row: RawRow): GraphRow {
  const key = tableOf(source.entity).key;
  const graphRow: Record<string, unknown> = { '#': String(row[key.column]), __typename: source.name };
  for (const column of columns) graphRow[column.property] = answerValue(column, row[column.column]);
  graphRow.id = globalIdOf(source.name, String(row[key.column]));
  return graphRow as GraphRow;
}

/** Adds the hidden relations from which borrowed values are taken. */
function withBorrowed(source: Source, plan: ReadPlan): ReadPlan {
  const borrowed = [...plan.properties].filter((property) => source.borrowed[property]);
  if (borrowed.length === 0) return plan;
  const relations = new Map(plan.relations);
  for (const property of borrowed) {
    const [relation, ...path] = source.borrowed[property]!;
    relations.set(`borrowed ${property}`, { relation: relation!, plan: pathPlan(source.relations[relation!]!.to(), path) });
  }
  return { properties: plan.properties, relations };
}

function pathPlan(source: Source, path: readonly string[]): ReadPlan {
  const [step, ...rest] = path;
  if (rest.length === 0) return { properties: new Set([step!]), relations: new Map() };
  const inner = pathPlan(source.relations[step!]!.to(), rest);
  return { properties: new Set(), relations: new Map([[`step ${step}`, { relation: step!, plan: inner }]]) };
}

function takeBorrowed(source: Source, plan: ReadPlan, rows: readonly GraphRow[]): void {
  for (const property of plan.properties) {
    const path = source.borrowed[property];
    if (!path) continue;
    for (const row of rows) {
      let record = row[nestedKey(`borrowed ${property}`)] as GraphRow | null;
      for (const step of path.slice(1, -1)) record = (record?.[nestedKey(`step ${step}`)] ?? null) as GraphRow | null;
      row[property] = record?.[path.at(-1)!] ?? null;
    }
  }
}

/** Reads what is below `rows` and nests it. */
async function readBelow(session: Session, source: Source, plan: ReadPlan, rows: readonly GraphRow[]): Promise<void> {
  if (rows.length === 0) return;
  await Promise.all([...plan.relations].map(async ([relationKey, relationPlan]) => {
    const relation = source.relations[relationPlan.relation]!;
    const nested = relation.cardinality === 'one'
      ? await readSingles(session, source, relation, relationPlan.plan, rows)
      : await readLists(session, source, relation, relationPlan, rows);
    rows.forEach((row, index) => { row[nestedKey(relationKey)] = nested[index]; });
  }));
  takeBorrowed(source, plan, rows);
}

/** The values by which a parent finds its related rows; null when one of them is empty. */
function parentKey(source: Source, relation: Relation, row: GraphRow): string[] | null {
  const key = tableOf(source.entity).key.property;
  const values = listOf(relation.from).map((property) => (property === key ? row['#'] : row[property]));
  return values.some((value) => value === null || value === undefined) ? null : values.map(String);
}

function keyText(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : JSON.stringify(values.map(String));
}

interface Link {
  /** FROM clause of the related table, joined to what stands in between. */
  readonly from: Sql;
  /** Columns whose values name the parent. */
  readonly parentColumns: readonly Sql[];
  readonly condition: Sql;
}

function linkOf(session: Session, relation: Relation, keys: readonly string[][]): Link {
  const there = tableOf(relation.to().entity);
  const fixed = fixedConditions(there, 't', relation.where);
  if (relation.through) {
    const between = tableOf(relation.through.entity);
    const near = columnSql('b', between.property(relation.through.near));
    const far = columnSql('b', between.property(relation.through.far));
    const on = columnSql('t', there.property(listOf(relation.on)[0]!));
    return {
      from: sql`${name(between.table)} b JOIN ${name(there.table)} t ON ${on} = ${far}`,
      parentColumns: [near],
      condition: conjunction([inList(session, near, keys.map((key) => key[0]!)), ...fixedConditions(between, 'b', relation.through.where), ...fixed]),
    };
  }
  const columns = listOf(relation.on).map((property) => columnSql('t', there.property(property)));
  if (columns.length === 1) {
    return { from: sql`${name(there.table)} t`, parentColumns: columns, condition: conjunction([inList(session, columns[0]!, keys.map((key) => key[0]!)), ...fixed]) };
  }
  const list = JSON.stringify(keys);
  const given = session.engine === 'sqlite' ? sql`json_each(${list}) AS given` : sql`jsonb_array_elements(${list}::jsonb) AS given(value)`;
  const pairs = columns.map((column, index) => sql`${column} = ${raw(`given.value ->> ${index}`)}`);
  return { from: sql`${given} CROSS JOIN ${name(there.table)} t`, parentColumns: columns, condition: conjunction([...pairs, ...fixed]) };
}

function distinctKeys(keys: readonly (string[] | null)[]): string[][] {
  return [...new Map(keys.filter((key) => key !== null).map((key) => [keyText(key), key])).values()];
}

function parentList(link: Link): Sql {
  return join(link.parentColumns.map((column, index) => sql`${column}${raw(` AS "parent${index}"`)}`), ', ');
}

function parentText(link: Link, row: RawRow): string {
  return keyText(link.parentColumns.map((_, index) => row[`parent${index}`]));
}

async function readSingles(
  session: Session, source: Source, relation: Relation, plan: ReadPlan, parents: readonly GraphRow[],
): Promise<(GraphRow | null)[]> {
  const target = relation.to();
  const keys = parents.map((row) => parentKey(source, relation, row));
  const distinct = distinctKeys(keys);
  if (distinct.length === 0) return parents.map(() => null);
  const full = withBorrowed(target, plan);
  const columns = neededColumns(target, full);
  const link = linkOf(session, relation, distinct);
  const rows = await query<RawRow>(session, sql`SELECT ${selectList('t', columns)}, ${parentList(link)} FROM ${link.from} WHERE ${link.condition}`);
  const found = new Map<string, GraphRow>();
  const unique = new Map<string, GraphRow>();
  for (const row of rows) {
    const graphRow = toGraphRow(target, columns, row);
    const shared = unique.get(graphRow['#']) ?? graphRow;
    unique.set(shared['#'], shared);
    found.set(parentText(link, row), shared);
  }
  await readBelow(session, target, full, [...unique.values()]);
  return keys.map((key) => (key === null ? null : found.get(keyText(key)) ?? null));
}

interface Window {
  readonly rows: number;
  readonly backwards: boolean;
  readonly cursor: unknown[] | null;
}

/** Checks the page arguments: forwards or backwards, never both, within the page limit. */
function windowOf({ first, after, last, before }: ListArguments, columns: readonly ColumnFacts[]): Window {
  if ((first ?? null) !== null && (last ?? null) !== null) refuse(invalid('INVALID_INPUT', 'Give first or last, not both.', ['first']));
  const backwards = (last ?? null) !== null || ((before ?? null) !== null && (first ?? null) === null);
  const rows = backwards ? pageRowsOf(last, 'last') : pageRowsOf(first);
  const cursor = backwards ? before : after;
  if ((backwards ? after : before) ?? null) refuse(invalid('INVALID_INPUT', 'after goes with first, and before with last.', [backwards ? 'after' : 'before']));
  return { rows, backwards, cursor: cursor ? decodeCursor(cursor, columns, backwards ? 'before' : 'after') : null };
}

/** The rows of a page from the rows read: one more than asked for tells whether there are more. */
function pageOf(window: Window, order: readonly OrderBy[], rows: readonly { row: RawRow; node: GraphRow }[], facts: TableFacts, total: number | null): Page {
  const more = rows.length > window.rows;
  const kept = rows.slice(0, window.rows);
  if (window.backwards) kept.reverse();
  const edges = kept.map(({ row, node }) => ({
    node,
    cursor: encodeCursor(order.map(({ property }) => cursorValue(facts.property(property), row[facts.property(property).column]))),
  }));
  return {
    edges,
    nodes: kept.map(({ node }) => node),
    pageInfo: {
      hasNextPage: window.backwards ? window.cursor !== null : more,
      hasPreviousPage: window.backwards ? more : window.cursor !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: total,
  };
}

function cursorValue(column: ColumnFacts, stored: unknown): unknown {
  if (stored === null || stored === undefined) return null;
  return ['money', 'quantity', 'integer', 'optionSet'].includes(column.kind) ? Number(stored) : stored;
}

async function readLists(
  session: Session, source: Source, relation: Relation, { plan, list }: RelationPlan, parents: readonly GraphRow[],
): Promise<Page[]> {
  const target = relation.to();
  const facts = tableOf(target.entity);
  const { arguments: args, wantsRows, wantsTotal } = list ?? { arguments: {}, wantsRows: true, wantsTotal: false };
  const order = totalOrder(target, args.orderBy);
  const window = windowOf(args, order.map(({ property }) => facts.property(property)));
  const keys = parents.map((row) => parentKey(source, relation, row));
  const distinct = distinctKeys(keys);
  const link = linkOf(session, relation, distinct);
  const filtered = conjunction([link.condition, ...(args.filter ? [filterCondition(session, target, 't', args.filter)] : [])]);
  const parentNames = raw(link.parentColumns.map((_, index) => `"parent${index}"`).join(', '));
  const rowsOf = new Map<string, { row: RawRow; node: GraphRow }[]>();
  if (wantsRows && distinct.length > 0) {
    const full = withBorrowed(target, plan);
    const columns = neededColumns(target, full, order.map(({ property }) => property));
    const behind = window.cursor ? sql` AND ${behindCursor(facts, 't', order, window.cursor, window.backwards)}` : raw('');
    const ordered = orderSql(facts, 't', order, window.backwards);
    const rows = await query<RawRow>(session, sql`SELECT * FROM (
      SELECT ${selectList('t', columns)}, ${parentList(link)},
        row_number() OVER (PARTITION BY ${join(link.parentColumns, ', ')} ORDER BY ${ordered}) AS "place"
      FROM ${link.from} WHERE ${filtered}${behind}) AS numbered
      WHERE "place" <= ${window.rows + 1} ORDER BY ${parentNames}, "place"`);
    const unique = new Map<string, GraphRow>();
    for (const row of rows) {
      const node = toGraphRow(target, columns, row);
      const shared = unique.get(node['#']) ?? node;
      unique.set(shared['#'], shared);
      const text = parentText(link, row);
      const siblings = rowsOf.get(text) ?? [];
      siblings.push({ row, node: shared });
      rowsOf.set(text, siblings);
    }
    await readBelow(session, target, full, [...unique.values()]);
  }
  const totals = new Map<string, number>();
  if (wantsTotal && distinct.length > 0) {
    const counted = await query<RawRow>(session, sql`SELECT ${parentList(link)}, count(*) AS "total" FROM ${link.from}
      WHERE ${filtered} GROUP BY ${join(link.parentColumns, ', ')}`);
    for (const row of counted) totals.set(parentText(link, row), Number(row.total));
  }
  return keys.map((key) => pageOf(
    window, order, (key && rowsOf.get(keyText(key))) ?? [], facts, wantsTotal ? (key && totals.get(keyText(key))) ?? 0 : null,
  ));
}

/** One page of all records of a type. */
export async function readPage(session: Session, source: Source, plan: ReadPlan, { arguments: args, wantsRows, wantsTotal }: ListPlan): Promise<Page> {
  const facts = tableOf(source.entity);
  const order = totalOrder(source, args.orderBy);
  const window = windowOf(args, order.map(({ property }) => facts.property(property)));
  const filter = args.filter ? filterCondition(session, source, 't', args.filter) : raw('1 = 1');
  let rows: { row: RawRow; node: GraphRow }[] = [];
  if (wantsRows) {
    const full = withBorrowed(source, plan);
    const columns = neededColumns(source, full, order.map(({ property }) => property));
    const behind = window.cursor ? sql` AND ${behindCursor(facts, 't', order, window.cursor, window.backwards)}` : raw('');
    const found = await query<RawRow>(session, sql`SELECT ${selectList('t', columns)} FROM ${name(facts.table)} t
      WHERE ${filter}${behind} ORDER BY ${orderSql(facts, 't', order, window.backwards)} LIMIT ${window.rows + 1}`);
    rows = found.map((row) => ({ row, node: toGraphRow(source, columns, row) }));
    await readBelow(session, source, full, rows.slice(0, window.rows).map(({ node }) => node));
  }
  let total: number | null = null;
  if (wantsTotal) {
    const [counted] = await query<RawRow>(session, sql`SELECT count(*) AS "total" FROM ${name(facts.table)} t WHERE ${filter}`);
    total = Number(counted!.total);
  }
  return pageOf(window, order, rows, facts, total);
}

/** The records with these keys, in the keys' order; null where there is none. */
export async function readByKeys(
  session: Session, source: Source, plan: ReadPlan, keys: readonly string[], property?: string,
): Promise<(GraphRow | null)[]> {
  const facts = tableOf(source.entity);
  const by = property ? facts.property(property) : facts.key;
  const full = withBorrowed(source, plan);
  const columns = neededColumns(source, full, [by.property]);
  const found = await query<RawRow>(session, sql`SELECT ${selectList('t', columns)} FROM ${name(facts.table)} t
    WHERE ${inList(session, columnSql('t', by), [...new Set(keys)])}`);
  const rows = found.map((row) => toGraphRow(source, columns, row));
  await readBelow(session, source, full, rows);
  const byKey = new Map(found.map((row, index) => [String(row[by.column]), rows[index]!]));
  return keys.map((key) => byKey.get(key) ?? null);
}
