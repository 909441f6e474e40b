import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { invalid, refuse } from '../kernel/refusal';
import { Node } from '../schema/shared/node';
import { readGlobalId } from '../stores/reading/global-id';
import { PAGE_ROWS_MAX, type GraphRow } from '../stores/reading/plan';
import { readByKeys } from '../stores/reading/reader';
import { sourceNamed, type Source } from '../stores/reading/source';
import { planOf, resolveTree } from './loaders/look-ahead';
import { reading } from './loaders/read';
import type { RequestContext } from './request-context';

function parse(id: string): { source: Source; key: string } {
  const parsed = readGlobalId(id);
  const source = parsed && sourceNamed(parsed.type);
  if (!parsed || !source) refuse(invalid('INVALID_INPUT', `${JSON.stringify(id)} is not an id of this graph.`, ['id']));
  return { source, key: parsed.key };
}

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Any record by its id; null when there is none.' })
  async node(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<GraphRow | null> {
    return (await this.nodes([id], context, info))[0] ?? null;
  }

  @Query(() => [Node], { nullable: 'items', description: `Records by their ids, in the ids' order, at most ${PAGE_ROWS_MAX}; null where there is none.` })
  nodes(@Arg('ids', () => [ID], { description: 'Their ids.' }) ids: string[], @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<(GraphRow | null)[]> {
    return reading(async () => {
      if (ids.length > PAGE_ROWS_MAX) refuse(invalid('INVALID_INPUT', `At most ${PAGE_ROWS_MAX} ids at once.`, ['ids']));
      const wanted = ids.map(parse);
      const found = new Map<string, GraphRow | null>();
      for (const source of new Set(wanted.map((one) => one.source))) {
        const keys = [...new Set(wanted.filter((one) => one.source === source).map((one) => one.key))];
        const rows = await readByKeys(context.session, source, planOf(source, resolveTree(info).fieldsByTypeName), keys);
        keys.forEach((key, index) => found.set(`${source.name}:${key}`, rows[index] ?? null));
      }
      return wanted.map(({ source, key }) => found.get(`${source.name}:${key}`) ?? null);
    });
  }
}
