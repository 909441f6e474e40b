import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { reconcile, STAGE_SUMS_MAX, type ReconciledSums } from '../../flow/reconcile/reconciliation';
import { ReconciledLegalEntity, Reconciliation, ReconciliationSum } from '../../schema/dual-write/reconciliation.type';
import type { ReconciliationScope } from '../../stores/reconcile/scope';
import { reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

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
    let sums: Promise<ReconciledSums> | undefined;
    return { scope, sums: () => (sums ??= reading(() => reconcile(session, scope))) };
  }

  @FieldResolver(() => [ReconciledLegalEntity])
  async legalEntities(@Root() asked: Asked): Promise<readonly object[]> {
    return (await asked.sums()).legalEntities;
  }

  @FieldResolver(() => [ReconciliationSum])
  async overall(@Root() asked: Asked): Promise<readonly object[]> {
    return (await asked.sums()).overall;
  }
}
