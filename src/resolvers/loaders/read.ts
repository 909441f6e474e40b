import DataLoader from 'dataloader';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { Refused } from '../../kernel/refusal';
import { nestedKey, relationKeyOf, type GraphRow, type Page } from '../../stores/reading/plan';
import { readByKeys, readPage } from '../../stores/reading/reader';
import type { Source } from '../../stores/reading/source';
import type { RequestContext } from '../request-context';
import { pagePlan, planOf, resolveTree } from './look-ahead';

/** A refusal while reading is a mistake in the request: a bad id, filter, cursor or page. */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [first] = error.refusals;
    throw new GraphQLError(error.message, { extensions: { code: 'BAD_USER_INPUT', reason: first.code, ...(first.path && { argument: first.path }) } });
  }
}

/** A page of all records of a type. */
export function readList(context: RequestContext, info: GraphQLResolveInfo, source: Source): Promise<Page> {
  return reading(async () => {
    const { plan, list } = pagePlan(source, resolveTree(info));
    return readPage(context.session, source, plan, list);
  });
}

/** One record by its key, or by another unique property. */
export function readOne(context: RequestContext, info: GraphQLResolveInfo, source: Source, value: string, property?: string): Promise<GraphRow | null> {
  return reading(async () => {
    const plan = planOf(source, resolveTree(info).fieldsByTypeName);
    const [row] = await readByKeys(context.session, source, plan, [value], property);
    return row ?? null;
  });
}

/** A loader for one place in the request, or for one fact: everything that is asked for there is read together. */
export function loaderAt<Value>(
  context: RequestContext, place: object, load: (keys: readonly string[]) => Promise<Value[]>,
): DataLoader<string, Value> {
  const known = context.loaders.get(place) as DataLoader<string, Value> | undefined;
  if (known) return known;
  const loader = new DataLoader<string, Value>(load);
  context.loaders.set(place, loader);
  return loader;
}

/** Places of a request where records of several types are read, each type with its own loader. */
const placesOfTypes = new WeakMap<object, Map<string, object>>();

function placeOfType(place: object, source: Source): object {
  const places = placesOfTypes.get(place) ?? new Map<string, object>();
  placesOfTypes.set(place, places);
  const own = places.get(source.name) ?? {};
  places.set(source.name, own);
  return own;
}

/** Records by keys wherever a request names them, one statement per level for all of them of one type. */
export function loadRecord(context: RequestContext, info: GraphQLResolveInfo, source: Source, key: string): Promise<GraphRow | null> {
  const loader = loaderAt<GraphRow | null>(context, placeOfType(info.fieldNodes[0]!, source), (keys) => {
    const plan = planOf(source, resolveTree(info).fieldsByTypeName);
    return reading(() => readByKeys(context.session, source, plan, keys));
  });
  return loader.load(key);
}

/** The resolver of every relation: what the reader nested, or else the relation read through the parent's own key. */
export function relationResolver(source: Source, field: string) {
  return (parent: GraphRow, args: object, context: RequestContext, info: GraphQLResolveInfo): unknown => {
    const key = nestedKey(relationKeyOf(field, args));
    if (key in parent) return parent[key];
    return loaderAt<unknown>(context, info.fieldNodes[0]!, async (keys) => {
      const tree = resolveTree(info);
      const plan = planOf(source, { [source.name]: { [tree.alias]: tree } });
      const rows = await reading(() => readByKeys(context.session, source, plan, keys));
      return rows.map((row) => row?.[key] ?? null);
    }).load(parent['#']);
  };
}
