import type { CommandContext } from '../../../context';
import { SyncLogStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS, chunksOf } from '../../../stores/bulk';
import { addToRunMap, insertRunMaps, readRunMaps, setWaiting } from '../../../stores/dual-write/run.store';
import {
  countWaiting, hasUnresolvedErrors, readDueRecordIds, readWaitingRecordIds, resolveOvertakenErrors, summarizePutOffRecords,
} from '../../../stores/dual-write/sync-error.store';
import { summarizePutOffChangeSets } from '../../../stores/dual-write/sync-log.store';
import { watchAlerts } from '../errors/alerts/watch-alerts';
import { CARRYING } from '../operate/table-map.states';
import { stopHere } from '../../stop';
import { carryRecords, type Carried, type OnSystemFailure } from './carry-records';
import { drainLog, type Besides, type HeldChangeSets, type RunFlow } from './drain-log';
import { byDefinition, holdMap, MapHaltedError } from './hold-map';
import type { PreparedMap } from './prepare-table-map';
import type { LeftForLater } from './run-result';

async function carryChunk(
  context: CommandContext, flow: RunFlow, keys: readonly string[], onSystemFailure: OnSystemFailure, besides: Besides = async () => undefined,
): Promise<Carried> {
  const started = performance.now();
  const carried = await byDefinition(context, flow, (map) => carryRecords(context, map, keys, async (work, counts) => {
    await holdMap(work, map, CARRYING);
    await besides(work, counts.systemFailure);
    await addToRunMap(work, flow.runMapId, { ...counts, durationMs: Math.round(performance.now() - started) });
  }, onSystemFailure));
  if (carried.failed > 0) await watchAlerts(context, [flow.map.flow.map]);
  return carried;
}

/** Adds a report row per flow unless the run has it, so that a run which still goes on can be read. */
export async function beginFlows({ database, ids }: CommandContext, runId: string, maps: readonly PreparedMap[]): Promise<RunFlow[]> {
  if (maps.length === 0) return [];
  await database.write((work) => insertRunMaps(work, runId, maps.map((map) => ({ ...map.flow, id: ids.next() }))));
  const rows = await readRunMaps(database.reader, runId);
  return maps.map((map) => ({ runId, map, runMapId: rows.find((row) => row.mapName === map.flow.map && row.direction === map.flow.direction)!.id }));
}

/** Carries flows one after the other; a map that is paused or stopped meanwhile is left, in both directions, and the others go on. */
export async function carryEach(flows: readonly RunFlow[], carry: (flow: RunFlow) => Promise<void>, halted: Set<string>): Promise<void> {
  for (const flow of flows) {
    if (halted.has(flow.map.flow.map)) continue;
    try {
      await carry(flow);
    } catch (error) {
      if (!(error instanceof MapHaltedError)) throw error;
      halted.add(error.map);
    }
  }
}

/** Carries records by id, chunk by chunk, whatever the log says about them: the versions keep that safe. */
export async function carryKeys(context: CommandContext, flow: RunFlow, keys: readonly string[]): Promise<void> {
  const breath = breather();
  for (const chunk of chunksOf(keys)) {
    stopHere(context);
    await carryChunk(context, flow, chunk, 'putOff');
    await breath();
  }
}

/** Tries the waiting records of a flow again whose other end has arrived. One that meets a system failure waits no more: it is put off. */
export async function retryWaiting(context: CommandContext, flow: RunFlow): Promise<void> {
  const arrivedIn = flow.map.references.map((reference) => reference.target);
  if (arrivedIn.length === 0) return;
  await tryAgain(context, flow, (after) => readWaitingRecordIds(context.database.reader, flow.map.flow, { after, limit: CHUNK_ROWS, arrivedIn }));
}

/** Tries the records of a flow again whose time has come: put off by system failures, or waiting since before a table map was changed. */
export async function retryDue(context: CommandContext, flow: RunFlow): Promise<void> {
  const now = timestampOf(context.clock);
  await tryAgain(context, flow, (after) => readDueRecordIds(context.database.reader, flow.map.flow, { after, limit: CHUNK_ROWS, now }));
}

async function tryAgain(context: CommandContext, flow: RunFlow, readBehind: (after: string) => Promise<string[]>): Promise<void> {
  for (let after = ''; ;) {
    const keys = await readBehind(after);
    if (keys.length === 0) return;
    await carryKeys(context, flow, keys);
    after = keys.at(-1)!;
  }
}

/** What system failures have put off of these table maps, whichever run met them. */
export async function readLeftForLater({ database: { reader }, clock }: CommandContext, mapNames: readonly string[]): Promise<LeftForLater> {
  const now = timestampOf(clock);
  return { changeSets: await summarizePutOffChangeSets(reader, mapNames, now), records: await summarizePutOffRecords(reader, mapNames, now) };
}

/** Reports as waiting what waits when a run ends, whichever run read it. */
export async function reportWaiting({ database }: CommandContext, flows: readonly RunFlow[]): Promise<void> {
  const dependent = flows.filter(({ map }) => map.references.length > 0);
  if (dependent.length === 0) return;
  await database.write(async (work) => {
    for (const { map, runMapId } of dependent) await setWaiting(work, runMapId, await countWaiting(work, map.flow));
  });
}

/** Resolves errors that a newer version has overtaken, should another run have carried it at the same time. */
export async function resolveOvertaken({ database, clock }: CommandContext, maps: readonly PreparedMap[]): Promise<void> {
  if (!(await hasUnresolvedErrors(database.reader))) return;
  await database.write(async (work) => {
    for (const { flow, source, target, key } of maps) {
      const places = { source: { table: source, keyColumn: key.source }, target: { table: target, keyColumn: key.target } };
      await resolveOvertakenErrors(work, flow, places, timestampOf(clock));
    }
  });
}

/** Carries every change set that is logged for a flow, the oldest first. Gives what another run holds; null for nothing. */
export function carryLog(context: CommandContext, flow: RunFlow): Promise<HeldChangeSets | null> {
  const work = async (_entry: unknown, keys: readonly string[], besides: Besides) => (await carryChunk(context, flow, keys, 'leave', besides)).systemFailure;
  return drainLog(context, flow, { status: SyncLogStatus.OPEN, work });
}
