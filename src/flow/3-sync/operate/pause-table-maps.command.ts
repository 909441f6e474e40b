import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { changeTableMap } from './change-table-map';
import { lockNamed, refusalsOf, type NamedTableMap } from './named-table-maps';
import { dependentsOf } from './related-maps.rules';
import { CARRYING } from './table-map.states';

export interface OperateTableMapsInput {
  readonly tableMaps: readonly NamedTableMap[];
}

/**
 * Pauses table maps: a run that is carrying one leaves it before its next chunk is stored, and changes are queued from then on. The maps
 * that depend on a paused one are paused with it, because their records would only wait (domain facts 4.1). All or none. Gives
 * the ids of the maps that it paused, the named ones first.
 */
export async function pauseTableMaps(context: CommandContext, input: OperateTableMapsInput, request: CommandRequest): Promise<{ tableMapIds: string[] }> {
  return runCommand(context, request, (work) => pauseInUnitOfWork(work, context, input.tableMaps));
}

export async function pauseInUnitOfWork(work: UnitOfWork, context: CommandContext, named: readonly NamedTableMap[]): Promise<{ tableMapIds: string[] }> {
  const { maps, others } = await lockNamed(work, named, dependentsOf);
  refuseAny(refusalsOf(maps, named, () => 'pause'));
  const dependents = others.filter((map) => CARRYING.includes(map.status));
  const because = (map: StoredTableMap) => (maps.includes(map) ? '' : `, because it depends on ${maps.map((paused) => paused.name).join(' and ')}`);
  for (const map of [...maps, ...dependents]) {
    await changeTableMap(work, map, 'pause', { catchUpTo: null });
    await recordActivity(work, context, { kind: TableMapActivityKind.PAUSED, mapName: map.name, sentence: `Paused${because(map)}; its changes are queued.` });
  }
  return { tableMapIds: [...maps, ...dependents].map((map) => map.id) };
}
