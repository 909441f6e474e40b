import { invalid, refuse } from '../../kernel/refusal';
import type { OrderBy } from './source';

/** Rows of one page when the caller does not say; and the most that a page may have. */
export const PAGE_ROWS_DEFAULT = 50;
export const PAGE_ROWS_MAX = 500;

/** How many rows a page has that was asked for by this argument. Refuses more than a page may have. */
export function pageRowsOf(asked: number | null | undefined, argument: 'first' | 'last' = 'first'): number {
  const rows = asked ?? PAGE_ROWS_DEFAULT;
  if (rows < 0 || rows > PAGE_ROWS_MAX) refuse(invalid('INVALID_INPUT', `${argument} is ${rows}; a page has 0 to ${PAGE_ROWS_MAX} rows.`, [argument]));
  return rows;
}

/** One comparison of a filter: operators of the API with values in the program's own form. */
export interface FieldFilter {
  readonly eq?: unknown;
  readonly ne?: unknown;
  readonly in?: readonly unknown[] | null;
  readonly gt?: unknown;
  readonly gte?: unknown;
  readonly lt?: unknown;
  readonly lte?: unknown;
  readonly startsWith?: string | null;
  readonly contains?: string | null;
  readonly isNull?: boolean | null;
}

/** A filter: comparisons by field, filters of single relations by field, and their combinations. All parts must hold. */
export interface Filter {
  readonly and?: readonly Filter[] | null;
  readonly or?: readonly Filter[] | null;
  readonly not?: Filter | null;
  readonly [field: string]: unknown;
}

export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly filter?: Filter | null;
  readonly orderBy?: readonly OrderBy[] | null;
}

/** What a request selects of one type. */
export interface ReadPlan {
  readonly properties: ReadonlySet<string>;
  /** By field and arguments: see `relationKeyOf`. */
  readonly relations: ReadonlyMap<string, RelationPlan>;
}

export interface RelationPlan {
  readonly relation: string;
  readonly plan: ReadPlan;
  /** For lists: the page asked for. */
  readonly list?: ListPlan;
}

export interface ListPlan {
  readonly arguments: ListArguments;
  readonly wantsRows: boolean;
  readonly wantsTotal: boolean;
}

/** A row as the API's default resolvers read it, with its related rows nested under `@` and field plus arguments. */
export interface GraphRow {
  /** The raw primary key. */
  readonly '#': string;
  readonly __typename: string;
  readonly id: string;
  [field: string]: unknown;
}

export interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: GraphRow }[];
  readonly nodes: readonly GraphRow[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  readonly totalCount: number | null;
}

/** Where a related row or page is nested in its parent. */
export function nestedKey(relationKey: string): string {
  return `@${relationKey}`;
}

/** A relation's key in a plan: the field and its arguments, so that one list with two sets of arguments is two lists. */
export function relationKeyOf(field: string, args: object): string {
  for (const _ in args) return `${field}${JSON.stringify(args)}`;
  return field;
}
