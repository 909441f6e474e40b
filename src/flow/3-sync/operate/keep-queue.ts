import type { CommandContext } from '../../../context';
import { SyncErrorClass, SyncErrorStatus, SyncLogStatus, type SyncLogEntry } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { addToRunMap } from '../../../stores/dual-write/run.store';
import type { SourceRecord } from '../../../stores/dual-write/source.store';
import { recordFailures, type SyncFailure } from '../../../stores/dual-write/sync-error.store';
import { isGivenUp } from '../errors/system-failure.rules';
import type { Decision } from '../run/apply-table-map';
import { failureOf, listed, systemFailureOf } from '../run/carry-records';
import { decideRecords } from '../run/decide-records';
import { drainLog, type Besides, type HeldChangeSets, type RunFlow } from '../run/drain-log';
import { byDefinition, holdMap } from '../run/hold-map';
import type { PreparedMap } from '../run/prepare-table-map';

const MESSAGE = 'The queue that the record was in was skipped and kept; retry it to carry its newest version.';

/**
 * Moves the records of a skipped queue, and of change sets that system failures broke off too often, to the error list, chunk by
 * chunk: each chunk, the place it ended at and the renewed lease are one unit of work, so that every record is listed once, wherever
 * the process ends. Records that the map leaves out, and those that the other side has already, need no carrying and are not listed.
 * Gives what another run holds; null for nothing.
 */
export function keepQueue(context: CommandContext, flow: RunFlow): Promise<HeldChangeSets | null> {
  return drainLog(context, flow, { status: SyncLogStatus.KEEPING, work: (entry, keys, besides) => keepChunk(context, flow, { entry, keys, besides }) });
}

async function keepChunk(
  context: CommandContext, flow: RunFlow, { entry, keys, besides }: { entry: SyncLogEntry; keys: readonly string[]; besides: Besides },
): Promise<null> {
  const started = performance.now();
  await byDefinition(context, flow, (map) => context.database.write(async (work) => {
    const records = await decideRecords(work, map, keys);
    const uncarried = records.filter(({ decision }) => decision.kind !== 'skip');
    const failures = uncarried.map(({ record, decision }) => (isGivenUp(entry) ? givenUp(context, map, entry, record, decision) : kept(context, map, record)));
    await recordFailures(work, map.flow, failures, timestampOf(context.clock));
    await holdMap(work, map, null);
    await besides(work, null);
    const count = failures.length;
    const counts = { read: records.length, written: 0, skipped: records.length - count, waiting: 0, ...(isGivenUp(entry) ? { failed: count } : { failed: 0, kept: count }) };
    await addToRunMap(work, flow.runMapId, { ...counts, durationMs: Math.round(performance.now() - started) });
  }));
  return null;
}

function kept(context: CommandContext, map: PreparedMap, record: SourceRecord): SyncFailure {
  return {
    ...listed(context, map, record, SyncErrorClass.CATCH_UP), status: SyncErrorStatus.OPEN, code: 'KEPT_FROM_QUEUE', message: MESSAGE, column: null, waitsFor: null,
  };
}

/** A record that could have been written but for the system; one that has a reason of its own not to be keeps that. */
function givenUp(context: CommandContext, map: PreparedMap, { lastFailure }: SyncLogEntry, record: SourceRecord, decision: Decision): SyncFailure {
  return failureOf(context, map, record, decision, new Map()) ?? systemFailureOf(context, map, record, lastFailure!);
}
