import type { CommandContext } from '../../../context';
import { SyncErrorClass, SyncErrorStatus, SyncLogStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { addToRunMap } from '../../../stores/dual-write/run.store';
import { readSourceRecords } from '../../../stores/dual-write/source.store';
import { recordFailures } from '../../../stores/dual-write/sync-error.store';
import type { UnitOfWork } from '../../../stores/session';
import { applyTableMap } from '../run/apply-table-map';
import { listed } from '../run/carry-records';
import { drainLog, type HeldChangeSets, type RunFlow } from '../run/drain-log';
import { loadTargetFacts } from '../run/target-facts';

const MESSAGE = 'The queue that the record was in was skipped and kept; retry it to carry its newest version.';

/**
 * Moves the records of a skipped queue to the error list, chunk by chunk: each chunk, the place it ended at and the renewed lease
 * are one unit of work, so that every record is listed once, wherever the process ends. Records that the map leaves out, and those
 * that the other side has already, need no carrying and are not listed. Gives what another run holds; null for nothing.
 */
export function keepQueue(context: CommandContext, flow: RunFlow): Promise<HeldChangeSets | null> {
  return drainLog(context, flow, { status: SyncLogStatus.KEEPING, work: (keys, besides) => keepChunk(context, flow, keys, besides) });
}

async function keepChunk(
  context: CommandContext, { map, runMapId }: RunFlow, keys: readonly string[], besides: (work: UnitOfWork) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  await context.database.write(async (work) => {
    const records = await readSourceRecords(work, map.source, map.paths, keys);
    const target = await loadTargetFacts(work, map, records);
    const uncarried = records.filter((record) => applyTableMap(map, record, target).kind !== 'skip');
    const failures = uncarried.map((record) => ({
      ...listed(context, map, record, SyncErrorClass.CATCH_UP), status: SyncErrorStatus.OPEN as const, code: 'KEPT_FROM_QUEUE', message: MESSAGE, column: null,
      waitsFor: null,
    }));
    await recordFailures(work, map.flow, failures, timestampOf(context.clock));
    await besides(work);
    const counts = { read: records.length, written: 0, skipped: records.length - uncarried.length, failed: 0, waiting: 0, kept: uncarried.length };
    await addToRunMap(work, runMapId, { ...counts, durationMs: Math.round(performance.now() - started) });
  });
}
