import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { readQueues } from '../../../stores/dual-write/queue.store';
import { runCommand, type CommandRequest } from '../../command';
import { changeTableMap } from './change-table-map';
import { lockNamed, refusalsOf } from './named-table-maps';
import type { OperateTableMapsInput } from './pause-table-maps.command';

/**
 * Resumes paused table maps: RESUMING until the queue that stands now has been carried, by this or any other run or worker, the
 * oldest change first and new ones behind it; then RUNNING. A map without a queue runs at once. All or none.
 */
export async function resumeTableMaps(context: CommandContext, input: OperateTableMapsInput, request: CommandRequest): Promise<{ tableMapIds: string[] }> {
  return runCommand(context, request, async (work) => {
    const { maps } = await lockNamed(work, input.tableMaps);
    refuseAny(refusalsOf(maps, input.tableMaps, () => 'catchUp'));
    const queues = await readQueues(work, maps.map((map) => map.name));
    for (const map of maps) {
      const { changeSets } = queues.get(map.name)!;
      const sentence = `Resumed; catching up with ${changeSets} queued change ${changeSets === 1 ? 'set' : 'sets'}.`;
      await changeTableMap(work, map, changeSets === 0 ? 'run' : 'catchUp', { catchUpTo: changeSets === 0 ? null : context.clock.now().getTime() });
      await recordActivity(work, context, { kind: TableMapActivityKind.CATCHING_UP, mapName: map.name, sentence, facts: { changeSets } });
    }
    return { tableMapIds: maps.map((map) => map.id) };
  });
}
