import type { GraphQLResolveInfo } from 'graphql';
import { parseResolveInfo, type FieldsByTypeName, type ResolveTree } from 'graphql-parse-resolve-info';
import { InternalError } from '../../kernel/refusal';
import { relationKeyOf, type Filter, type ListArguments, type ListPlan, type ReadPlan, type RelationPlan } from '../../stores/reading/plan';
import type { OrderBy, Source } from '../../stores/reading/source';

/** Turns the selection of a request into a plan for the reader: which columns, which relations, which pages. */

interface GraphListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly filter?: Filter | null;
  readonly orderBy?: readonly { field: string; direction: OrderBy['direction'] }[] | null;
}

export function listArguments(args: GraphListArguments): ListArguments {
  const { orderBy, ...rest } = args;
  return { ...rest, orderBy: orderBy?.map(({ field, direction }) => ({ property: field, direction })) ?? null };
}

export function resolveTree(info: GraphQLResolveInfo): ResolveTree {
  const tree = parseResolveInfo(info);
  if (!tree || !('fieldsByTypeName' in tree)) throw new InternalError('The request selects nothing');
  return tree as ResolveTree;
}

/** The plan of one record: what fragments on its type and on its interfaces select. */
export function planOf(source: Source, fieldsByTypeName: FieldsByTypeName): ReadPlan {
  const properties = new Set<string>();
  const relations = new Map<string, RelationPlan>();
  for (const typeName of [source.name, 'Node']) {
    for (const field of Object.values(fieldsByTypeName[typeName] ?? {})) {
      const relation = source.relations[field.name];
      if (!relation) {
        properties.add(field.name);
        continue;
      }
      const key = relationKeyOf(field.name, field.args);
      const target = relation.to();
      const planned: RelationPlan = relation.cardinality === 'one'
        ? { relation: field.name, plan: planOf(target, field.fieldsByTypeName) }
        : { relation: field.name, ...pagePlan(target, field) };
      const earlier = relations.get(key);
      relations.set(key, earlier ? mergeRelations(earlier, planned) : planned);
    }
  }
  return { properties, relations };
}

/** The plan of a connection field: its rows through `nodes` and `edges`, and whether they are counted. */
export function pagePlan(source: Source, field: ResolveTree): { plan: ReadPlan; list: ListPlan } {
  const selected = Object.values(field.fieldsByTypeName[`${source.name}Connection`] ?? {});
  let plan: ReadPlan = { properties: new Set(), relations: new Map() };
  let wantsRows = false;
  for (const part of selected) {
    if (part.name === 'nodes') plan = mergePlans(plan, planOf(source, part.fieldsByTypeName));
    if (part.name === 'edges') {
      for (const inner of Object.values(part.fieldsByTypeName[`${source.name}Edge`] ?? {})) {
        if (inner.name === 'node') plan = mergePlans(plan, planOf(source, inner.fieldsByTypeName));
      }
    }
    wantsRows ||= part.name !== 'totalCount';
  }
  const wantsTotal = selected.some((part) => part.name === 'totalCount');
  return { plan, list: { arguments: listArguments(field.args), wantsRows, wantsTotal } };
}

function mergePlans(a: ReadPlan, b: ReadPlan): ReadPlan {
  const relations = new Map(a.relations);
  for (const [key, relation] of b.relations) {
    const earlier = relations.get(key);
    relations.set(key, earlier ? mergeRelations(earlier, relation) : relation);
  }
  return { properties: new Set([...a.properties, ...b.properties]), relations };
}

function mergeRelations(a: RelationPlan, b: RelationPlan): RelationPlan {
  const plan = mergePlans(a.plan, b.plan);
  if (!a.list || !b.list) return { relation: a.relation, plan };
  const list = { arguments: a.list.arguments, wantsRows: a.list.wantsRows || b.list.wantsRows, wantsTotal: a.list.wantsTotal || b.list.wantsTotal };
  return { relation: a.relation, plan, list };
}
