import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { dependenciesOf, dependentsOf } from '../../flow/3-sync/operate/related-maps.rules';
import { QueuedRecordArguments, QueuedRecordConnection, RelatedTableMaps, TableMapQueue } from '../../schema/dual-write/queue.type';
import { TableMap } from '../../schema/dual-write/sync.type';
import { countQueuedRecords, PLACE_COLUMNS, readQueuedRecords, readQueues, type QueuePlace } from '../../stores/dual-write/queue.store';
import { readTableMaps, type StoredTableMap } from '../../stores/dual-write/table-map.store';
import { decodeCursor, encodeCursor } from '../../stores/reading/cursor';
import { pageRowsOf, type GraphRow } from '../../stores/reading/plan';
import { forwardPage } from '../loaders/forward-page';
import { loaderAt, reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

@Resolver(() => TableMap)
export class TableMapResolver {
  @FieldResolver(() => TableMapQueue, { description: 'What waits to be carried. A map that is paused or stopped keeps it for as long as there is disk.' })
  async queue(@Root() tableMap: GraphRow, @Ctx() context: RequestContext): Promise<TableMapQueue> {
    const map = await loadedMap(context, tableMap);
    const queue = loaderAt<Omit<TableMapQueue, 'records'>>(context, readQueues, async (names) => {
      const queues = await readQueues(context.session, names);
      return names.map((name) => queues.get(name)!);
    });
    // Counting joins the queue with the maps' own tables, so that each map is a statement of its own.
    return { ...(await queue.load(map.name)), records: await countQueuedRecords(context.session, map) };
  }

  @FieldResolver(() => RelatedTableMaps, { description: 'The maps that hang together with it.' })
  async relatedTableMaps(@Root() tableMap: GraphRow, @Ctx() context: RequestContext): Promise<Record<keyof RelatedTableMaps, string[]>> {
    const all = await readAll(context);
    const { name } = await loadedMap(context, tableMap);
    return { dependencies: dependenciesOf(all, [name]).map((map) => map.id), dependents: dependentsOf(all, [name]).map((map) => map.id) };
  }

  @FieldResolver(() => QueuedRecordConnection, { description: 'The records of its queue, a page at a time, what was queued first before the rest.' })
  queuedRecords(@Root() tableMap: GraphRow, @Args(() => QueuedRecordArguments) wanted: QueuedRecordArguments, @Ctx() context: RequestContext): Promise<QueuedRecordConnection> {
    return reading(async () => {
      const map = await loadedMap(context, tableMap);
      const { first, after, ...filter } = wanted;
      const limit = pageRowsOf(first);
      const rows = await readQueuedRecords(context.session, map, { filter, after: after ? (decodeCursor(after, PLACE_COLUMNS, 'after') as unknown as QueuePlace) : null, limit: limit + 1 });
      const edges = rows.slice(0, limit).map(({ place, ...node }) => ({ node, cursor: encodeCursor(place) }));
      return { ...forwardPage(edges, { hasNextPage: rows.length > limit, after }), count: () => countQueuedRecords(context.session, map, filter) };
    });
  }
}

@Resolver(() => QueuedRecordConnection)
export class QueuedRecordsResolver {
  @FieldResolver(() => Int, { description: 'How many records the whole list has; counted only when asked for.' })
  totalCount(@Root() { count }: QueuedRecordConnection): Promise<number> {
    return count();
  }
}

/** All table maps, read once per request: they are few. */
async function readAll(context: RequestContext): Promise<readonly StoredTableMap[]> {
  return loaderAt<readonly StoredTableMap[]>(context, readTableMaps, async (keys) => {
    const all = await readTableMaps(context.session);
    return keys.map(() => all);
  }).load('all');
}

async function loadedMap(context: RequestContext, tableMap: GraphRow): Promise<StoredTableMap> {
  return (await readAll(context)).find((map) => map.id === tableMap['#'])!;
}
