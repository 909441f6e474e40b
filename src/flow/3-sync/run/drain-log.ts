import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from '../../../context';
import type { SyncLogEntry } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { breather } from '../../../kernel/yielding';
import { chunksOf } from '../../../stores/bulk';
import { readKeysOfChangeSet } from '../../../stores/dual-write/source.store';
import {
  breakOff, claimLogEntry, completeLogEntry, hasDueLogEntries, readHeld, releaseLogEntry, saveProgress, type UnfinishedStatus,
} from '../../../stores/dual-write/sync-log.store';
import { leaseAt, LeaseLostError } from '../../../stores/lease';
import { isSystemFailure } from '../../../stores/passing-failure';
import type { UnitOfWork } from '../../../stores/session';
import { stopHere } from '../../stop';
import { afterSystemFailure } from '../errors/system-failure.rules';
import { KEYS_MAX, LEASE_MS, OTHER_RUN_POLL_MS, OTHER_RUN_WAIT_MS_MAX } from '../sync-limits';
import type { PreparedMap } from './prepare-table-map';

/** One table map and direction within a run. */
export interface RunFlow {
  readonly runId: string;
  readonly runMapId: string;
  /** As it is defined now: another one when somebody edits the map while the run is under way. */
  map: PreparedMap;
  /** Whether a system failure has broken off a change set that the run was at. */
  hasBrokenOff?: boolean;
}

/** Change sets that a run has left to another one, which holds them until then at the latest. */
export interface HeldChangeSets {
  readonly count: number;
  /** UTC ISO text. */
  readonly until: string;
}

/** What is stored with a chunk, or not at all. `systemFailure` says why records of the chunk are left; null where none is. */
export type Besides = (work: UnitOfWork, systemFailure: string | null) => Promise<void>;

/** What is done with change sets of the log: which of them, and how a chunk of their records is worked on. Gives the chunk's system failure. */
export interface LogWork {
  readonly status: UnfinishedStatus;
  readonly work: (entry: SyncLogEntry, keys: readonly string[], besides: Besides) => Promise<string | null>;
}

/**
 * Works on every change set of a state that is logged for a flow, the oldest first. Another run may be at it too: each claims its
 * own change sets, and this one waits a while for the other's, so that what was logged before is through when it answers. What
 * the other still holds then is the result; null for nothing.
 */
export async function drainLog(context: CommandContext, flow: RunFlow, what: LogWork): Promise<HeldChangeSets | null> {
  const { database } = context;
  let giveUpAt = performance.now() + OTHER_RUN_WAIT_MS_MAX;
  while (await hasDueLogEntries(database.reader, flow.map.flow, timestampOf(context.clock), what.status)) {
    stopHere(context);
    const entry = await database.write((work) => claimLogEntry(work, flow.map.flow, leaseAt(context.clock.now(), flow.runId, LEASE_MS), what.status));
    if (entry) {
      await workOnEntry(context, flow, entry, what);
      giveUpAt = performance.now() + OTHER_RUN_WAIT_MS_MAX;
      continue;
    }
    const held = performance.now() > giveUpAt ? await readHeld(database.reader, flow.map.flow, timestampOf(context.clock), what.status) : null;
    if (held?.until) return { count: held.count, until: held.until };
    await pause(OTHER_RUN_POLL_MS);
  }
  return null;
}

async function workOnEntry(context: CommandContext, flow: RunFlow, entry: SyncLogEntry, what: LogWork): Promise<void> {
  try {
    await workOnChangeSet(context, flow, entry, what);
  } catch (error) {
    // Somebody else works on it by now, or its queue was skipped.
    if (error instanceof LeaseLostError) return;
    if (isSystemFailure(error)) return putOff(context, flow, entry, (error as Error).message);
    await context.database.write((work) => releaseLogEntry(work, entry.id, flow.runId)).catch(() => undefined);
    throw error;
  }
}

/** A system failure in the middle of a chunk: what was carried before is kept, and the change set comes back at its time. */
async function putOff(context: CommandContext, flow: RunFlow, entry: SyncLogEntry, failure: string): Promise<void> {
  flow.hasBrokenOff = true;
  context.log.warn({ run: flow.runId, map: entry.mapName, entry: entry.id, failure }, 'a system failure broke a change set off');
  await context.database.write((work) => breakOff(work, entry, afterSystemFailure(entry, failure, context.clock.now()), leaseAt(context.clock.now(), flow.runId, LEASE_MS)));
}

/**
 * Each chunk, the place it ended at and the renewed lease are one unit of work: whatever ends the process, the next run goes on there.
 * A chunk with records that a system failure kept back stays that place, while the chunks behind it go on; at the end the change set is
 * put off, and the next try finds all but those there already.
 */
async function workOnChangeSet(context: CommandContext, flow: RunFlow, entry: SyncLogEntry, { work: workOnChunk }: LogWork): Promise<void> {
  const { reader } = context.database;
  const breath = breather();
  const lease = () => leaseAt(context.clock.now(), flow.runId, LEASE_MS);
  let failure: string | null = null;
  const end = (work: UnitOfWork, why: string | null, at: string | null) => (why === null
    ? completeLogEntry(work, entry, at, lease())
    : breakOff(work, entry, afterSystemFailure(entry, why, context.clock.now()), lease()));
  for (let cursor = entry.cursor, place = entry.cursor; ;) {
    const keys = await readKeysOfChangeSet(reader, flow.map.source, entry.changeSetId, cursor, KEYS_MAX);
    for (const chunk of chunksOf(keys)) {
      stopHere(context);
      const last = chunk.at(-1)!;
      const isEnd = keys.length < KEYS_MAX && last === keys.at(-1);
      const before = { failure, place };
      const chunkFailure = await workOnChunk(entry, chunk, (work, systemFailure) => {
        const why = before.failure ?? systemFailure;
        return isEnd ? end(work, why, last) : saveProgress(work, entry, why === null ? last : before.place, lease());
      });
      failure ??= chunkFailure;
      await breath();
      if (isEnd) return;
      cursor = last;
      if (failure === null) place = last;
    }
    if (keys.length === 0) return context.database.write((work) => end(work, failure, cursor));
  }
}
