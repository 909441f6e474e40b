import type { PeriodicJob } from '../entities/gateway';
import { CLOCK_SKEW_MS_MAX, FAILURE_PAUSE_MS_MAX, JOB_LEASE_MS } from './worker.limits';

type Standing = Pick<PeriodicJob, 'nextDueOn' | 'heldBy' | 'heldUntil' | 'failuresInARow'>;

const instantOf = (text: string | null): number => (text === null ? Number.NaN : Date.parse(text));

/** Whether another worker is at the job: its lease has not expired. A lease longer than any worker takes comes of a clock that was set back. */
function isHeld({ heldBy, heldUntil }: Standing, now: number): boolean {
  const until = instantOf(heldUntil);
  return heldBy !== null && until > now && until <= now + JOB_LEASE_MS + CLOCK_SKEW_MS_MAX;
}

/** Milliseconds from a try to the next one: a period, which doubles with each further failure in a row until it is long enough. A longer period stays as it is. */
export function pauseAfter(failuresInARow: number, everyMs: number): number {
  return Math.max(everyMs, Math.min(everyMs * 2 ** Math.max(failuresInARow - 1, 0), FAILURE_PAUSE_MS_MAX));
}

/**
 * Whether a worker may take the job now: nobody is at it, and its period has come, or its worker died in the middle of it. A next
 * time that lies further ahead than its pause and the difference of two clocks comes of a clock that was set back: it is due.
 */
export function isDue(job: Standing, everyMs: number, now: Date): boolean {
  const at = now.getTime();
  if (isHeld(job, at)) return false;
  if (job.heldBy !== null) return true;
  const due = instantOf(job.nextDueOn);
  return due <= at || due > at + pauseAfter(job.failuresInARow, everyMs) + CLOCK_SKEW_MS_MAX;
}

/** When the job is due after it began now: a period after it was due, so that it keeps its rhythm. Periods that were missed are not made up for. */
export function nextDueAfter(job: Pick<PeriodicJob, 'nextDueOn'>, everyMs: number, now: Date): string {
  const kept = instantOf(job.nextDueOn) + everyMs;
  const isInStep = kept > now.getTime() && kept <= now.getTime() + everyMs;
  return new Date(isInStep ? kept : now.getTime() + everyMs).toISOString();
}
