import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { TRACE_ROWS_DEFAULT, TRACE_ROWS_MAX, traceOf, type Trace as FoundTrace } from '../../flow/reconcile/trace';
import type { TraceNode as FoundNode } from '../../flow/reconcile/trace.rules';
import { invalid, refuse } from '../../kernel/refusal';
import { Trace, TraceNode } from '../../schema/dual-write/trace.type';
import { Node } from '../../schema/shared/node';
import { readGlobalId } from '../../stores/reading/global-id';
import type { GraphRow } from '../../stores/reading/plan';
import { sourceNamed } from '../../stores/reading/source';
import { loadRecord, reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

@Resolver(() => TraceNode)
export class TraceResolver {
  @Query(() => Trace, { description: 'The life of any amount as a tree, from any record of it: time entry, actual, connection, proforma, line detail, milestone, retainer, on-account transaction, staged actual, journal line, proposal, proposal line, customer invoice, invoice line, voucher or posting.' })
  trace(
    @Arg('id', () => ID, { description: 'Id of the record.' }) id: string,
    @Arg('first', () => Int, { nullable: true, description: `How many of its actuals to follow: at most ${TRACE_ROWS_MAX}; ${TRACE_ROWS_DEFAULT} when it is not given.` }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'What `next` of the page before says.' }) after: string | null,
    @Ctx() { session }: RequestContext,
  ): Promise<FoundTrace> {
    return reading(async () => {
      const record = readGlobalId(id);
      if (!record) refuse(invalid('INVALID_INPUT', `${JSON.stringify(id)} is not an id of this graph.`, ['id']));
      return traceOf(session, record, { first: first ?? TRACE_ROWS_DEFAULT, after: after ?? '' });
    });
  }

  @FieldResolver(() => Node, { nullable: true })
  async record(@Root() { type, key }: FoundNode, @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<GraphRow | null> {
    const source = sourceNamed(type);
    return source ? loadRecord(context, info, source, key) : null;
  }
}
