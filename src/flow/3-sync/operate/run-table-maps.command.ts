import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { runCommand, type CommandRequest } from '../../command';
import { changeTableMap } from './change-table-map';
import { lockNamed, refusalsOf } from './named-table-maps';
import type { OperateTableMapsInput } from './pause-table-maps.command';

/** Runs table maps that are stopped or paused: the next sync carries what was queued meanwhile. All or none. */
export async function runTableMaps(context: CommandContext, input: OperateTableMapsInput, request: CommandRequest): Promise<{ tableMapIds: string[] }> {
  return runCommand(context, request, async (work) => {
    const { maps } = await lockNamed(work, input.tableMaps);
    refuseAny(refusalsOf(maps, input.tableMaps, () => 'run'));
    for (const map of maps) {
      await changeTableMap(work, map, 'run', {});
      await recordActivity(work, context, { kind: TableMapActivityKind.RUN, mapName: map.name, sentence: 'Running.' });
    }
    return { tableMapIds: maps.map((map) => map.id) };
  });
}
