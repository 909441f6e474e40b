import 'reflect-metadata';
import { defaultFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { tableOf } from '../entities/columns';
import { InternalError } from '../kernel/refusal';
import { noteBorrowed, prepareLists } from '../schema/shared/connection';
import { allNodes, relationsOf, scalarsOf, type NodeFacts } from '../schema/shared/node';
import { payloadRecords } from '../schema/shared/payload';
import { USER_ERROR_TYPES } from '../schema/shared/user-error.type';
import { sourceNamed, type Source } from '../stores/reading/source';
import { loadRecord, relationResolver } from './loaders/read';
import { mutationResolvers } from './mutation-resolvers';
import { NodeResolver } from './node.resolver';
import type { ResolverClass } from './queries';
import { inTermsOf, type AnsweredPayload } from './mutation';
import type { RequestContext } from './request-context';
import { rootFields } from './root-fields';

/** Builds the graph: the types, their root fields and mutations, and one resolver for every relation. */
export async function buildGatewaySchema(): Promise<GraphQLSchema> {
  for (const node of allNodes()) noteBorrowed(node.type, Object.keys(sourceOf(node).borrowed));
  prepareLists();
  const resolvers = [NodeResolver, ...rootFields(), ...mutationResolvers()] as unknown as NonEmptyArray<ResolverClass>;
  // The check asks the schema all about itself, which takes longer than to build it; a house test does it instead.
  const schema = await buildSchema({ resolvers, orphanedTypes: [...USER_ERROR_TYPES], validate: false, skipCheck: true });
  for (const node of allNodes()) attachRelations(schema, node);
  attachPayloadRecords(schema);
  prepareMutations(schema);
  return schema;
}

/**
 * The mutations of a request run one after the other, and a fragment that two of them share is one place in its text: what a loader
 * has read there for the first would be the stale answer of the second. From the first one on the request reads from the primary.
 * The errors of each point at what its caller sent.
 */
function prepareMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const resolve = field.resolve!;
    field.resolve = async (parent, args: object, context: RequestContext, info): Promise<unknown> => {
      const { queries, reader } = context.command.database;
      if (context.session === queries) context.session = reader;
      context.loaders = new WeakMap();
      return inTermsOf(args, await resolve(parent, args, context, info) as AnsweredPayload);
    };
  }
}

function sourceOf(node: NodeFacts): Source {
  const source = sourceNamed(node.name);
  if (!source) throw new InternalError(`The type ${node.name} has no source to read from`);
  return source;
}

/** Plain fields read their row; relations read what the reader nested. Checks that every field has something to read. */
function attachRelations(schema: GraphQLSchema, node: NodeFacts): void {
  const source = sourceOf(node);
  const fields = (schema.getType(node.name) as GraphQLObjectType).getFields();
  const table = tableOf(source.entity);
  for (const [name, facts] of scalarsOf(node.type)) {
    if (facts.computed) continue;
    if (!source.borrowed[name]) table.property(name);
    fields[name]!.resolve = defaultFieldResolver;
  }
  for (const [name, facts] of relationsOf(node.type)) {
    const relation = source.relations[name];
    if (relation?.cardinality !== facts.kind) throw new InternalError(`${node.name}.${name} has no relation to read`);
    fields[name]!.resolve = relationResolver(source, name) as never;
  }
}

/** Records in payloads are read again by their keys, with the request's own selection. */
function attachPayloadRecords(schema: GraphQLSchema): void {
  for (const [type, fields] of payloadRecords()) {
    const graphType = schema.getType((type as { name: string }).name) as GraphQLObjectType | undefined;
    if (!graphType) continue;
    for (const [name, { target, isList }] of fields) {
      const source = sourceOf(allNodes().find((node) => node.type === target())!);
      graphType.getFields()[name]!.resolve = async (parent: Record<string, unknown>, _args, context: RequestContext, info) => {
        if (!isList) return parent[name] ? loadRecord(context, info, source, parent[name] as string) : null;
        const rows = await Promise.all((parent[name] as string[]).map((key) => loadRecord(context, info, source, key)));
        return rows.filter((row) => row !== null);
      };
    }
  }
}
