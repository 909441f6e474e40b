import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { CommandContext } from '../../context';
import type { CommandRequest } from '../../flow/command';
import { pauseTableMaps } from '../../flow/3-sync/operate/pause-table-maps.command';
import { dependenciesOf, dependentsOf } from '../../flow/3-sync/operate/related-maps.rules';
import { resumeTableMaps } from '../../flow/3-sync/operate/resume-table-maps.command';
import { runTableMaps } from '../../flow/3-sync/operate/run-table-maps.command';
import { stopTableMaps } from '../../flow/3-sync/operate/stop-table-maps.command';
import { OperateTableMapsInput } from '../../schema/dual-write/operate.input';
import { OperateTableMapsPayload } from '../../schema/dual-write/operate.payload';
import { RelatedTableMaps, TableMapQueue } from '../../schema/dual-write/queue.type';
import { TableMap } from '../../schema/dual-write/sync.type';
import { countQueuedRecords, readQueues } from '../../stores/dual-write/queue.store';
import { readTableMaps, type StoredTableMap } from '../../stores/dual-write/table-map.store';
import { keyOf } from '../../stores/reading/global-id';
import type { GraphRow } from '../../stores/reading/plan';
import { loaderAt } from '../loaders/read';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

type Command = (context: CommandContext, input: OperateTableMapsInput, request: CommandRequest) => Promise<{ tableMapIds: string[] }>;

function operate(context: CommandContext, mutation: string, command: Command, input: OperateTableMapsInput) {
  return answer({ tableMaps: [] as string[] }, async () => {
    const tableMaps = input.tableMaps.map((named, index) =>
      ({ ...named, id: named.id ? keyOf('TableMap', named.id, ['input', 'tableMaps', String(index), 'id']) : null }));
    const wanted = { ...input, tableMaps };
    return { tableMaps: (await command(context, wanted, requestOf(mutation, wanted))).tableMapIds };
  });
}

@Resolver(() => TableMap)
export class OperateResolver {
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

  @Mutation(() => OperateTableMapsPayload, { description: 'Runs table maps that are stopped or paused; the next sync carries what was queued meanwhile.' })
  runTableMaps(@Arg('input', { description: 'Which table maps.' }) input: OperateTableMapsInput, @Ctx() { command }: RequestContext) {
    return operate(command, 'runTableMaps', runTableMaps, input);
  }

  @Mutation(() => OperateTableMapsPayload, { description: 'Pauses running table maps, and with them the maps that depend on them: their changes are queued, and nothing is lost.' })
  pauseTableMaps(@Arg('input', { description: 'Which table maps.' }) input: OperateTableMapsInput, @Ctx() { command }: RequestContext) {
    return operate(command, 'pauseTableMaps', pauseTableMaps, input);
  }

  @Mutation(() => OperateTableMapsPayload, { description: 'Resumes paused table maps: RESUMING while syncs catch up with the queue, then RUNNING.' })
  resumeTableMaps(@Arg('input', { description: 'Which table maps.' }) input: OperateTableMapsInput, @Ctx() { command }: RequestContext) {
    return operate(command, 'resumeTableMaps', resumeTableMaps, input);
  }

  @Mutation(() => OperateTableMapsPayload, { description: 'Stops table maps, so that they can be edited. Their changes are queued as while they are paused.' })
  stopTableMaps(@Arg('input', { description: 'Which table maps.' }) input: OperateTableMapsInput, @Ctx() { command }: RequestContext) {
    return operate(command, 'stopTableMaps', stopTableMaps, input);
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
