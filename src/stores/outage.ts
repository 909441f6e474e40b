import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '../kernel/unavailable';
import { isContention, isPassing } from './passing-failure';

/** How long long work waits for a database that has gone away, in milliseconds, before it gives up and is taken over later. */
const OUTAGE_WAIT_MS_MAX = 10 * 60_000;
/** Pauses between two tries, in milliseconds: they double from the first to the last. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 2_000;

/** What long work waits with: until then, and no longer than its process runs. */
interface Patience {
  readonly stopping: AbortSignal | undefined;
  readonly waitMsMax: number;
  /** How often it tries against a lock that others hold; as long as against any outage unless given. */
  readonly lockTriesMax?: number;
}

const patience = new AsyncLocalStorage<Patience>();

/**
 * Runs long work that sits an outage of the database out: its statements and units of work are repeated until the database is back.
 * Requests have no such patience: they fail at once with an error that says to ask again.
 */
export function patiently<T>(work: () => Promise<T>, stopping?: AbortSignal, waitMsMax = OUTAGE_WAIT_MS_MAX): Promise<T> {
  return patience.run({ stopping, waitMsMax }, work);
}

/** How often work tries to get a lock that it can do without for now. */
const LOCK_TRIES_MAX = 3;

/** Runs a part of long work that has something better to do than to wait for locks: it throws the driver's error after a few tries, and sits outages out all the same. */
export function withoutWaitingForLocks<T>(work: () => Promise<T>): Promise<T> {
  const waiting = patience.getStore();
  return waiting ? patience.run({ ...waiting, lockTriesMax: LOCK_TRIES_MAX }, work) : work();
}

export const isPatient = (): boolean => patience.getStore() !== undefined;

const isStopping = (error: unknown): boolean => error instanceof Unavailable && error.code === 'STOPPING';

/** The error that callers see of one that an outage has caused; every other error as it is. */
function shown(error: unknown): unknown {
  if (error instanceof Unavailable) return error;
  return isPassing(error) ? new Unavailable('DATABASE_UNAVAILABLE', { cause: error }) : error;
}

/**
 * Makes an attempt, and in long work makes it again while the database is away. Only for what leaves nothing behind when an outage ends
 * it: a read, or a unit of work before its commit.
 */
export async function throughOutages<T>(attempt: () => Promise<T>): Promise<T> {
  const waiting = patience.getStore();
  const giveUpAt = performance.now() + (waiting?.waitMsMax ?? 0);
  for (let restMs = RETRY_MS_MIN, tries = 1; ; tries += 1, restMs = Math.min(restMs * 2, RETRY_MS_MAX)) {
    try {
      return await attempt();
    } catch (error) {
      if (waiting?.lockTriesMax && tries >= waiting.lockTriesMax && isContention(error)) throw error;
      if (!waiting || isStopping(error) || !isPassing(error) || performance.now() > giveUpAt) throw shown(error);
      await pause(restMs, undefined, waiting.stopping && { signal: waiting.stopping }).catch(() => undefined);
      if (waiting.stopping?.aborted) throw new Unavailable('STOPPING', { cause: error });
    }
  }
}
