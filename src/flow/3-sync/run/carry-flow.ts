import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from '../../../context';
import type { SyncLogEntry } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS, chunksOf } from '../../../stores/bulk';
import { addToRunMap, setWaiting } from '../../../stores/dual-write/run.store';
import { readKeysOfChangeSet } from '../../../stores/dual-write/source.store';
import { countWaiting, hasUnresolvedErrors, readWaitingRecordIds, resolveOvertakenErrors } from '../../../stores/dual-write/sync-error.store';
import {
  claimLogEntry, completeLogEntry, hasOpenLogEntries, LeaseLostError, readHeld, releaseLogEntry, saveProgress, type Lease,
} from '../../../stores/dual-write/sync-log.store';
import { holdStatus } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import { CARRYING } from '../operate/table-map.states';
import { stopHere } from '../../stop';
import { carryRecords } from './carry-records';
import type { PreparedMap } from './prepare-table-map';
import { KEYS_MAX, LEASE_MS, OTHER_RUN_POLL_MS, OTHER_RUN_WAIT_MS_MAX } from '../sync-limits';

/** One table map and direction within a run. */
export interface RunFlow {
  readonly runId: string;
  readonly runMapId: string;
  readonly map: PreparedMap;
}

/** Somebody has paused or stopped a map that a run was carrying: the chunk is undone, and what is left stays in the queue. */
export class MapHaltedError extends Error {
  constructor(readonly map: string) {
    super(`The table map ${map} was paused or stopped`);
    this.name = 'MapHaltedError';
  }
}

/** The last thing that a chunk does before it stores its progress: whoever pauses the map waits for the chunk, or the chunk is undone. */
async function requireCarrying(work: UnitOfWork, mapName: string): Promise<void> {
  const status = await holdStatus(work, mapName);
  if (status === null || !CARRYING.includes(status)) throw new MapHaltedError(mapName);
}

async function carryChunk(
  context: CommandContext, { runMapId, map }: RunFlow, keys: readonly string[], besides: (work: UnitOfWork) => Promise<void> = async () => undefined,
): Promise<void> {
  const started = performance.now();
  await carryRecords(context, map, keys, async (work, carried) => {
    await requireCarrying(work, map.flow.map);
    await besides(work);
    await addToRunMap(work, runMapId, { ...carried, durationMs: Math.round(performance.now() - started) });
  });
}

/** Carries records by id, chunk by chunk, whatever the log says about them: the versions keep that safe. */
export async function carryKeys(context: CommandContext, flow: RunFlow, keys: readonly string[]): Promise<void> {
  const breath = breather();
  for (const chunk of chunksOf(keys)) {
    stopHere(context);
    await carryChunk(context, flow, chunk);
    await breath();
  }
}

/** Tries the waiting records of a flow again whose other end has arrived. */
export async function retryWaiting(context: CommandContext, flow: RunFlow): Promise<void> {
  const { map } = flow;
  if (map.references.length === 0) return;
  const arrivedIn = map.references.map((reference) => reference.target);
  const breath = breather();
  for (let after = ''; ;) {
    const keys = await readWaitingRecordIds(context.database.reader, map.flow, { after, limit: CHUNK_ROWS, arrivedIn });
    if (keys.length === 0) return;
    stopHere(context);
    await carryChunk(context, flow, keys);
    after = keys.at(-1)!;
    await breath();
  }
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

/** Change sets that a run has left to another one, which holds them until then at the latest. */
export interface HeldChangeSets {
  readonly count: number;
  /** UTC ISO text. */
  readonly until: string;
}

/**
 * Carries every change set that is logged for a flow, the oldest first. Another run may be at it too: each claims its own
 * change sets, and this one waits a while for the other's, so that what was logged before has been carried when it answers. What
 * the other still holds then is the result; null for nothing.
 */
export async function carryLog(context: CommandContext, flow: RunFlow): Promise<HeldChangeSets | null> {
  const { database } = context;
  let giveUpAt = performance.now() + OTHER_RUN_WAIT_MS_MAX;
  while (await hasOpenLogEntries(database.reader, flow.map.flow)) {
    stopHere(context);
    const entry = await database.write((work) => claimLogEntry(work, flow.map.flow, leaseOf(context, flow)));
    if (entry) {
      await carryLogEntry(context, flow, entry);
      giveUpAt = performance.now() + OTHER_RUN_WAIT_MS_MAX;
      continue;
    }
    const held = performance.now() > giveUpAt ? await readHeld(database.reader, flow.map.flow, timestampOf(context.clock)) : null;
    if (held?.until) return { count: held.count, until: held.until };
    await pause(OTHER_RUN_POLL_MS);
  }
  return null;
}

function leaseOf({ clock }: CommandContext, { runId }: RunFlow): Lease {
  const now = clock.now();
  return { owner: runId, now: now.toISOString(), expires: new Date(now.getTime() + LEASE_MS).toISOString() };
}

async function carryLogEntry(context: CommandContext, flow: RunFlow, entry: SyncLogEntry): Promise<void> {
  try {
    await carryChangeSet(context, flow, entry);
  } catch (error) {
    // Somebody else carries it by now.
    if (error instanceof LeaseLostError) return;
    await context.database.write((work) => releaseLogEntry(work, entry.id, flow.runId)).catch(() => undefined);
    throw error;
  }
}

/** Each chunk, the place it ended at and the renewed lease are one unit of work: whatever ends the process, the next run goes on there. */
async function carryChangeSet(context: CommandContext, flow: RunFlow, entry: SyncLogEntry): Promise<void> {
  const { reader } = context.database;
  const breath = breather();
  for (let cursor = entry.cursor; ;) {
    const keys = await readKeysOfChangeSet(reader, flow.map.source, entry.changeSetId, cursor, KEYS_MAX);
    for (const chunk of chunksOf(keys)) {
      stopHere(context);
      const last = chunk.at(-1)!;
      const isEnd = keys.length < KEYS_MAX && last === keys.at(-1);
      await carryChunk(context, flow, chunk, (work) => (isEnd
        ? completeLogEntry(work, entry.id, last, leaseOf(context, flow))
        : saveProgress(work, entry.id, last, leaseOf(context, flow))));
      await breath();
      if (isEnd) return;
      cursor = last;
    }
    if (keys.length === 0) return context.database.write((work) => completeLogEntry(work, entry.id, cursor, leaseOf(context, flow)));
  }
}
