import { SyncLogEntry, SyncLogStatus, type MapFlow } from '../../entities/dual-write';
import type { Clock } from '../../kernel/clock';
import type { Ids } from '../../kernel/ids';
import { insertRows } from '../bulk';
import type { UnitOfWork } from '../session';

/**
 * Logs that records of a change set wait to be carried by the given maps, in the same transaction as the change itself. The
 * records carry the change set's id (`changeSetId`) and a higher `version`; the log refers to them and holds no data.
 */
export async function logChangeSet(
  work: UnitOfWork, { clock, ids }: { clock: Clock; ids: Ids }, changeSetId: string, flows: readonly MapFlow[],
): Promise<void> {
  const now = clock.now();
  await insertRows(work, SyncLogEntry, flows.map((flow) => ({
    id: ids.next(),
    sequence: now.getTime(),
    mapName: flow.map,
    direction: flow.direction,
    changeSetId,
    status: SyncLogStatus.OPEN,
    createdOn: now.toISOString(),
  })));
}
