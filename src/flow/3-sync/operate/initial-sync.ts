import type { CommandContext } from '../../../context';
import { InitialSyncStatus, TableMapActivityKind, TableMapStatus, type InitialSync } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { breather } from '../../../kernel/yielding';
import { chunksOf } from '../../../stores/bulk';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import {
  claimInitialSync, endInitialSync, readUnfinishedInitialSyncs, releaseInitialSync, saveInitialSync,
} from '../../../stores/dual-write/initial-sync.store';
import { addToRunMap, setTotal } from '../../../stores/dual-write/run.store';
import { readKeysBehind } from '../../../stores/dual-write/source.store';
import { leaseAt, LeaseLostError } from '../../../stores/lease';
import { lockTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import { stopHere } from '../../stop';
import { reportBroken } from '../run/broken-flows';
import { watchAlerts } from '../errors/alerts/watch-alerts';
import { beginFlows } from '../run/carry-flow';
import { carryRecords } from '../run/carry-records';
import type { RunFlow } from '../run/drain-log';
import { byDefinition, holdMap, MapHaltedError } from '../run/hold-map';
import { prepareFlows } from '../run/prepare-table-map';
import { KEYS_MAX, LEASE_MS } from '../sync-limits';
import { changeTableMap } from './change-table-map';

/**
 * Goes on with the initial syncs that nobody is at, in the order in which their maps run, so that what a record refers to has
 * arrived. Each pushes every record of its source in key order, and then lets its map run: what changed meanwhile is in the queue.
 */
export async function carryInitialSyncs(context: CommandContext, runId: string, all: readonly StoredTableMap[], mapNames?: readonly string[]): Promise<void> {
  const { database } = context;
  const unfinished = await readUnfinishedInitialSyncs(database.reader);
  for (const map of [...all].sort((a, b) => a.sequence - b.sequence)) {
    const waiting = unfinished.find((sync) => sync.tableMapId === map.id);
    if (!waiting || (mapNames && !mapNames.includes(map.name))) continue;
    const { flows: [prepared], broken } = prepareFlows([{ map, direction: waiting.direction }], all);
    await reportBroken(context, runId, broken);
    if (!prepared) continue;
    const sync = await database.write((work) => claimInitialSync(work, waiting.id, leaseAt(context.clock.now(), runId, LEASE_MS)));
    if (!sync) continue;
    try {
      const [flow] = await beginFlows(context, runId, [prepared]);
      await database.write((work) => setTotal(work, flow!.runMapId, Math.max(sync.total - sync.read, 0)));
      await pushEverything(context, flow!, sync);
      await goLive(context, map.id);
    } catch (error) {
      // Another run has taken it over, or somebody stopped the map.
      if (error instanceof LeaseLostError || error instanceof MapHaltedError) continue;
      await database.write((work) => releaseInitialSync(work, sync.id, runId)).catch(() => undefined);
      throw error;
    }
  }
}

/** Each chunk, the place it ended at and the renewed lease are one unit of work: whatever ends the process, the next run goes on there. */
async function pushEverything(context: CommandContext, flow: RunFlow, sync: InitialSync): Promise<void> {
  const breath = breather();
  for (let cursor = sync.cursor; ;) {
    const keys = await readKeysBehind(context.database.reader, flow.map.source, cursor, KEYS_MAX);
    for (const chunk of chunksOf(keys)) {
      stopHere(context);
      const started = performance.now();
      const { failed } = await byDefinition(context, flow, (map) => carryRecords(context, map, chunk, async (work, carried) => {
        await holdMap(work, map, [TableMapStatus.INITIALIZING]);
        await saveInitialSync(work, sync.id, chunk.at(-1)!, carried, leaseAt(context.clock.now(), flow.runId, LEASE_MS));
        await addToRunMap(work, flow.runMapId, { ...carried, durationMs: Math.round(performance.now() - started) });
      }));
      if (failed > 0) await watchAlerts(context, [flow.map.flow.map]);
      await breath();
    }
    if (keys.length < KEYS_MAX) return;
    cursor = keys.at(-1)!;
  }
}

async function goLive(context: CommandContext, tableMapId: string): Promise<void> {
  await context.database.write(async (work) => {
    const [map] = await lockTableMaps(work, [tableMapId]);
    if (map?.status !== TableMapStatus.INITIALIZING) return;
    const sync = (await endInitialSync(work, tableMapId, InitialSyncStatus.DONE, timestampOf(context.clock)))!;
    await changeTableMap(work, map, 'goLive', {});
    const { read, written, skipped, failed, waiting } = sync;
    const sentence = `Initial sync done: read ${read}, wrote ${written}, skipped ${skipped}, failed ${failed}, waiting ${waiting}; running.`;
    await recordActivity(work, context, {
      kind: TableMapActivityKind.INITIAL_SYNC_ENDED, mapName: map.name, sentence, facts: { read, written, skipped, failed, waiting },
    });
  });
}
