import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { findOrphans, placeOfOrphan } from '../../flow/reconcile/orphans/find-orphans';
import { OrphanConnection } from '../../schema/dual-write/orphan.type';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, pageRowsOf } from '../../stores/reading/plan';
import { ORPHAN_KINDS, OrphanKind } from '../../stores/reconcile/orphan-list.store';
import { forwardPage } from '../loaders/forward-page';
import { decodePlace, encodePlace } from '../loaders/place-cursor';
import { reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

@Resolver()
export class OrphanResolver {
  @Query(() => OrphanConnection, { description: 'What finance holds and Dataverse does not hold any more. Empty unless a backup was restored or somebody changed a database by hand.' })
  orphans(
    @Arg('kinds', () => [OrphanKind], { nullable: true, description: 'Only these kinds.' }) kinds: OrphanKind[] | null,
    @Arg('first', () => Int, { nullable: true, description: `How many from the start, or behind \`after\`. At most ${PAGE_ROWS_MAX}; ${PAGE_ROWS_DEFAULT} when it is not given.` }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor behind which the page begins.' }) after: string | null,
    @Ctx() { session }: RequestContext,
  ): Promise<OrphanConnection> {
    return reading(async () => {
      const { orphans, hasNextPage } = await findOrphans(session, kinds ?? ORPHAN_KINDS, pageRowsOf(first), after ? decodePlace(after) : null);
      const edges = orphans.map((node) => ({ node, cursor: encodePlace(placeOfOrphan(node)) }));
      return forwardPage(edges, { hasNextPage, after });
    });
  }
}
