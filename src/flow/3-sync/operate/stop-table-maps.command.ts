import type { CommandContext } from '../../../context';
import { InitialSyncStatus, TableMapActivityKind } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { endInitialSync } from '../../../stores/dual-write/initial-sync.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { changeTableMap } from './change-table-map';
import { lockNamed, refusalsOf, type NamedTableMap } from './named-table-maps';
import type { OperateTableMapsInput } from './pause-table-maps.command';

/**
 * Stops table maps, so that they can be edited: nothing of them is carried any more. Unlike the product, their changes are queued as
 * while they are paused, so that running them again loses nothing. Maps that depend on them go on, and their records wait. All or none.
 */
export async function stopTableMaps(context: CommandContext, input: OperateTableMapsInput, request: CommandRequest): Promise<{ tableMapIds: string[] }> {
  return runCommand(context, request, (work) => stopInUnitOfWork(work, context, input.tableMaps));
}

export async function stopInUnitOfWork(work: UnitOfWork, context: CommandContext, named: readonly NamedTableMap[]): Promise<{ tableMapIds: string[] }> {
  const { maps } = await lockNamed(work, named);
  refuseAny(refusalsOf(maps, named, () => 'stop'));
  for (const map of maps) {
    await changeTableMap(work, map, 'stop', { catchUpTo: null });
    const givenUp = await endInitialSync(work, map.id, InitialSyncStatus.GIVEN_UP, timestampOf(context.clock));
    const initialSync = givenUp ? ` Its initial sync was given up after ${givenUp.read} of ${givenUp.total} records.` : '';
    await recordActivity(work, context, { kind: TableMapActivityKind.STOPPED, mapName: map.name, sentence: `Stopped; its changes are queued.${initialSync}` });
  }
  return { tableMapIds: maps.map((map) => map.id) };
}
