import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { loadOutOfStepFacts, outOfStep, outOfStepSums, type OutOfStepRecord as FoundRecord } from '../../flow/reconcile/out-of-step';
import { reconcile, STAGE_SUMS_MAX, type ReconciledSums } from '../../flow/reconcile/reconciliation';
import { Node } from '../../schema/shared/node';
import {
  OutOfStepConnection, OutOfStepFilter, OutOfStepRecord, OutOfStepSum, ReconciledLegalEntity, Reconciliation, ReconciliationSum,
} from '../../schema/dual-write/reconciliation.type';
import type { ReconciliationScope } from '../../stores/reconcile/scope';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, pageRowsOf, type GraphRow } from '../../stores/reading/plan';
import { sourceNamed } from '../../stores/reading/source';
import { forwardPage } from '../loaders/forward-page';
import { decodePlace, encodePlace } from '../loaders/place-cursor';
import { loadRecord, reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

/** Reads when it is first asked, and gives everybody who asks the same answer. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** What the fields of one `reconciliation` share. */
interface Asked {
  readonly scope: ReconciliationScope;
  /** The sums, read once, when the first field asks for them. */
  readonly sums: () => Promise<ReconciledSums>;
}

@Resolver(() => Reconciliation)
export class ReconciliationResolver {
  @Query(() => Reconciliation, { description: `Compares both sides: what Dataverse recorded and billed, what is staged, taken up, posted and written back, with counts and sums per currency. At most ${STAGE_SUMS_MAX} sums.` })
  reconciliation(
    @Arg('legalEntityIds', () => [String], { nullable: true, description: 'Only these legal entities, for example USPM.' }) legalEntityIds: string[] | null,
    @Arg('contractNumber', () => String, { nullable: true, description: 'Only this project contract.' }) contractNumber: string | null,
    @Ctx() { session }: RequestContext,
  ): Asked {
    const scope = { legalEntityIds, contractNumber };
    return { scope, sums: once(() => reading(() => reconcile(session, scope))) };
  }

  @FieldResolver(() => [ReconciledLegalEntity])
  async legalEntities(@Root() asked: Asked): Promise<readonly object[]> {
    return (await asked.sums()).legalEntities;
  }

  @FieldResolver(() => [ReconciliationSum])
  async overall(@Root() asked: Asked): Promise<readonly object[]> {
    return (await asked.sums()).overall;
  }

  @FieldResolver(() => OutOfStepConnection, { description: 'Records that have reached one stage and not the next, each with its cause: empty when everything is across.' })
  outOfStep(
    @Arg('first', () => Int, { nullable: true, description: `How many from the start, or behind \`after\`. At most ${PAGE_ROWS_MAX}; ${PAGE_ROWS_DEFAULT} when it is not given.` }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor behind which the page begins.' }) after: string | null,
    @Arg('filter', () => OutOfStepFilter, { nullable: true, description: 'Which records.' }) filter: OutOfStepFilter | null,
    @Root() { scope }: Asked, @Ctx() { session, command }: RequestContext,
  ): AskedPage {
    const facts = once(() => loadOutOfStepFacts(session, { scope, filter: filter ?? {}, now: command.clock.now() }));
    return {
      page: once(() => reading(async () => {
        const rows = pageRowsOf(first);
        const { records, hasNextPage } = await outOfStep(session, await facts(), rows, after ? decodePlace(after) : null);
        return forwardPage(records.map((node) => ({ node, cursor: encodePlace(node) })), { hasNextPage, after });
      })),
      sums: once(() => reading(async () => outOfStepSums(session, await facts()))),
    };
  }
}

/** What the fields of one page of `outOfStep` share. */
interface AskedPage {
  readonly page: () => Promise<ReturnType<typeof forwardPage<FoundRecord>>>;
  readonly sums: () => ReturnType<typeof outOfStepSums>;
}

@Resolver(() => OutOfStepConnection)
export class OutOfStepResolver {
  @FieldResolver()
  async edges(@Root() asked: AskedPage): Promise<object[]> {
    return (await asked.page()).edges;
  }

  @FieldResolver()
  async nodes(@Root() asked: AskedPage): Promise<readonly object[]> {
    return (await asked.page()).nodes;
  }

  @FieldResolver()
  async pageInfo(@Root() asked: AskedPage): Promise<object> {
    return (await asked.page()).pageInfo;
  }

  @FieldResolver()
  async totalCount(@Root() asked: AskedPage): Promise<number> {
    return (await asked.sums()).reduce((total, sum) => total + sum.count, 0);
  }

  @FieldResolver(() => [OutOfStepSum])
  async sums(@Root() asked: AskedPage): Promise<readonly object[]> {
    return asked.sums();
  }
}

@Resolver(() => OutOfStepRecord)
export class OutOfStepRecordResolver {
  @FieldResolver(() => Node, { nullable: true })
  record(@Root() { type, key }: FoundRecord, @Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<GraphRow | null> {
    return loadRecord(context, info, sourceNamed(type)!, key);
  }
}
