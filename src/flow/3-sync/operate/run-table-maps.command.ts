import type { CommandContext } from '../../../context';
import { tableNamed } from '../../../entities/columns';
import { MasterSide, SyncDirection, TableMapActivityKind, TableMapStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { many } from '../../../kernel/many';
import { InternalError, refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { insertInitialSync } from '../../../stores/dual-write/initial-sync.store';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { changeTableMap } from './change-table-map';
import { chosenDirection, refusalsOfMasters } from './master-side.rules';
import { lockNamed, refusalsOf, type NamedTableMap } from './named-table-maps';
import { dependenciesOf } from './related-maps.rules';

export interface MapToRun extends NamedTableMap {
  readonly initialSync?: boolean | null;
  /** Dataverse unless given, or finance for a map that has only the way back. */
  readonly master?: MasterSide | null;
}

export interface RunTableMapsInput {
  readonly tableMaps: readonly MapToRun[];
  /** Whether the maps that these depend on are run too, without an initial sync; to choose one, name them. */
  readonly withRelated?: boolean | null;
}

export interface RanTableMaps {
  readonly tableMapIds: string[];
  /** Whether an initial sync has begun, which somebody has to carry out. */
  readonly isInitializing: boolean;
}

/**
 * Runs table maps that are stopped or paused: the next sync carries what was queued meanwhile. With an initial sync a map is
 * INITIALIZING until every record of its master side has been pushed (domain facts 4.1, 4.2). All or none; refuses a master side
 * from which the map does not carry.
 */
export async function runTableMaps(context: CommandContext, input: RunTableMapsInput, request: CommandRequest): Promise<RanTableMaps> {
  const { tableMaps: named, withRelated } = input;
  return runCommand(context, request, async (work) => {
    const { maps, others } = await lockNamed(work, named, (all, names) => (withRelated ? dependenciesOf(all, names) : []));
    refuseAny([...refusalsOf(maps, named, (index) => (named[index]!.initialSync ? 'initialize' : 'run')), ...refusalsOfMasters(maps, named)]);
    const related = others.filter((map) => map.status === TableMapStatus.STOPPED || map.status === TableMapStatus.PAUSED);
    for (const map of related) await run(work, context, map, `Running, because ${maps.map((other) => other.name).join(' and ')} depends on it.`);
    for (const [index, map] of maps.entries()) {
      const { initialSync, master } = named[index]!;
      await (initialSync ? initialize(work, context, map, chosenDirection(map, master ?? null)) : run(work, context, map, 'Running.'));
    }
    return { tableMapIds: [...maps, ...related].map((map) => map.id), isInitializing: named.some((map) => map.initialSync) };
  });
}

async function run(work: UnitOfWork, context: CommandContext, map: StoredTableMap, sentence: string): Promise<void> {
  await changeTableMap(work, map, 'run', {});
  await recordActivity(work, context, { kind: TableMapActivityKind.RUN, mapName: map.name, sentence });
}

async function initialize(work: UnitOfWork, context: CommandContext, map: StoredTableMap, direction: SyncDirection): Promise<void> {
  const toFinance = direction === SyncDirection.DATAVERSE_TO_FINANCE;
  const source = tableNamed(toFinance ? map.dataverseTable : map.financeTable);
  if (!source) throw new InternalError(`The table map ${map.name} names a table that there is not`);
  await changeTableMap(work, map, 'initialize', {});
  const total = await insertInitialSync(work, source, {
    id: context.ids.next(), tableMapId: map.id, direction, actor: context.actor, startedOn: timestampOf(context.clock),
  });
  const master = MasterSide[toFinance ? MasterSide.DATAVERSE : MasterSide.FINANCE];
  await recordActivity(work, context, {
    kind: TableMapActivityKind.INITIAL_SYNC_BEGUN, mapName: map.name, facts: { master, total },
    sentence: `Initial sync begun: ${many(total, 'record')} of ${source.table}.`,
  });
}
