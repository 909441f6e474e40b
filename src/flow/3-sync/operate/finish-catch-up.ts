import type { CommandContext } from '../../../context';
import { TableMapActivityKind, TableMapStatus } from '../../../entities/dual-write';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { hasQueueUpTo } from '../../../stores/dual-write/queue.store';
import { lockTableMaps, readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';
import { changeTableMap } from './change-table-map';

/** Whether a resuming map has caught up and nobody has said so, because the process that carried the last of its queue ended there. */
export async function hasCaughtUp(session: Session): Promise<boolean> {
  for (const { name, status, catchUpTo } of await readTableMaps(session)) {
    if (status === TableMapStatus.RESUMING && !(await hasQueueUpTo(session, name, catchUpTo!))) return true;
  }
  return false;
}

/** Lets resuming maps run whose queue, as it stood at the resume, has been carried by whomever. Called by every run when it has carried. */
export async function finishCatchUp(context: CommandContext): Promise<void> {
  const { database } = context;
  for (const { id, status } of await readTableMaps(database.reader)) {
    if (status !== TableMapStatus.RESUMING) continue;
    await database.write(async (work) => {
      const [map] = await lockTableMaps(work, [id]);
      if (map?.status !== TableMapStatus.RESUMING || await hasQueueUpTo(work, map.name, map.catchUpTo!)) return;
      await changeTableMap(work, map, 'goLive', { catchUpTo: null });
      await recordActivity(work, context, { kind: TableMapActivityKind.CAUGHT_UP, mapName: map.name, sentence: 'Caught up with its queue; running.' });
    });
  }
}
