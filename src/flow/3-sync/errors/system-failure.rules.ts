import { SyncLogStatus, type SyncError, type SyncLogEntry } from '../../../entities/dual-write';
import type { BrokenOff } from '../../../stores/dual-write/sync-log.store';
import { FIRST_PAUSE_MS, PAUSE_MS_MAX, SYSTEM_TRIES_MAX } from '../sync-limits';

const FAILURE_CHARACTERS_MAX = 1000;
/** The share of a pause by which it may be longer, so that what was put off together does not come back together. */
const JITTER_SHARE = 0.25;
const JITTER_HEX_DIGITS = 4;

/** The pause behind the try with this number, from 1: it doubles up to a cap. `id` makes it a little longer, for one id always by the same. */
export function pauseMsAfter(tries: number, id: string): number {
  const jitter = Number.parseInt(id.slice(-JITTER_HEX_DIGITS), 16) / 16 ** JITTER_HEX_DIGITS;
  return Math.round(Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), PAUSE_MS_MAX) * (1 + JITTER_SHARE * jitter));
}

/**
 * What a system failure makes of a change set: it is put off, longer with every try, and after the last one its records go to the error
 * list. One that is on its way there stays on it, however often, with the same pauses.
 */
export function afterSystemFailure(entry: Pick<SyncLogEntry, 'id' | 'status' | 'attempts' | 'lastFailure'>, failure: string, now: Date): BrokenOff {
  const attempts = entry.attempts + 1;
  const lastFailure = failure.slice(0, FAILURE_CHARACTERS_MAX);
  const nextTryOn = new Date(now.getTime() + pauseMsAfter(attempts, entry.id)).toISOString();
  if (entry.status === SyncLogStatus.KEEPING) {
    // The number of tries tells why it is on its way: a queue that was skipped never becomes one that was given up.
    return isGivenUp(entry)
      ? { status: entry.status, attempts: entry.attempts, nextTryOn, lastFailure: entry.lastFailure }
      : { status: entry.status, attempts: Math.min(attempts, SYSTEM_TRIES_MAX - 1), nextTryOn, lastFailure };
  }
  if (attempts >= SYSTEM_TRIES_MAX) return { status: SyncLogStatus.KEEPING, attempts, nextTryOn: null, lastFailure };
  return { status: SyncLogStatus.OPEN, attempts, nextTryOn, lastFailure };
}

/**
 * What a system failure makes of a record that no change set brings again: it is put off in the same way, and after the last try only a
 * retry carries it, which begins anew. A failure within a pause changes nothing: somebody has tried it meanwhile.
 */
export function afterRecordFailed(recordId: string, series: Pick<SyncError, 'systemTries' | 'nextTryOn'> | null, now: Date): Pick<SyncError, 'systemTries' | 'nextTryOn'> {
  if (series?.nextTryOn && series.nextTryOn > now.toISOString()) return { systemTries: series.systemTries, nextTryOn: series.nextTryOn };
  const systemTries = (series?.systemTries ?? 0) + 1;
  if (systemTries >= SYSTEM_TRIES_MAX) return { systemTries, nextTryOn: null };
  return { systemTries, nextTryOn: new Date(now.getTime() + pauseMsAfter(systemTries, recordId)).toISOString() };
}

/** Whether a change set is moved to the error list because of system failures, and not because somebody skipped its queue. */
export const isGivenUp = ({ attempts }: Pick<SyncLogEntry, 'attempts'>): boolean => attempts >= SYSTEM_TRIES_MAX;
