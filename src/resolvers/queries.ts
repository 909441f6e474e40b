import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { connectionOf, listArgumentsOf } from '../schema/shared/connection';
import { nodeFacts, type NodeClass } from '../schema/shared/node';
import { invalid, refuse } from '../kernel/refusal';
import { keyOf } from '../stores/reading/global-id';
import type { GraphRow, Page } from '../stores/reading/plan';
import { sourceNamed, type Source } from '../stores/reading/source';
import { reading, readList, readOne } from './loaders/read';
import type { RequestContext } from './request-context';

export type ResolverClass = new () => object;

export interface RootFields {
  /** The field that reads one record by id, and by its natural key where it has one. */
  readonly one?: string;
  /** The natural key: the property, which is also the argument's name. Unique over the whole graph. */
  readonly naturalKey?: string;
  /** The field that reads a page of all records. */
  readonly list: string;
}

function sourceOf(node: NodeClass): Source {
  const source = sourceNamed(nodeFacts(node).name);
  if (!source) throw new Error(`${nodeFacts(node).name} has no source`);
  return source;
}

/** The root fields of a type: singular by id or natural key, plural as a connection. */
export function rootFieldsOf(node: NodeClass, { one, naturalKey, list }: RootFields): ResolverClass[] {
  const { name, description } = nodeFacts(node);
  const source = sourceOf(node);

  @Resolver()
  class ListResolver {
    @Query(() => connectionOf(node), { name: list, description: `A page of all ${name} records. ${description}` })
    list(@Args(() => listArgumentsOf(node)) _args: object, @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<Page> {
      return readList(context, info, source);
    }
  }
  if (!one) return [ListResolver];
  if (!naturalKey) {
    @Resolver()
    class ByIdResolver {
      @Query(() => node, { name: one, nullable: true, description: `The ${name} with this id; null when there is none.` })
      one(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<GraphRow | null> {
        return reading(async () => readOne(context, info, source, keyOf(name, id)));
      }
    }
    return [ListResolver, ByIdResolver];
  }
  const key = naturalKey;

  @Resolver()
  class ByKeyResolver {
    @Query(() => node, { name: one, nullable: true, description: `The ${name} with this id or ${key}; null when there is none.` })
    one(
      @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
      @Arg(key, () => String, { nullable: true, description: `Its ${key}.` }) value: string | null,
      @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo,
    ): Promise<GraphRow | null> {
      return reading(async () => {
        if ((id ?? null) === null && (value ?? null) === null) refuse(invalid('INVALID_INPUT', `Give ${one} an id or a ${key}.`));
        if (id && value) refuse(invalid('INVALID_INPUT', `Give ${one} an id or a ${key}, not both.`));
        return id ? readOne(context, info, source, keyOf(name, id)) : readOne(context, info, source, value!, key);
      });
    }
  }
  return [ListResolver, ByKeyResolver];
}
