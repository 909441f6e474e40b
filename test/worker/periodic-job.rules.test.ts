import { isDue, nextDueAfter, pauseAfter } from '../../src/worker/periodic-job.rules';
import { CLOCK_SKEW_MS_MAX, FAILURE_PAUSE_MS_MAX, JOB_LEASE_MS } from '../../src/worker/worker.limits';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const at = (ms: number): string => new Date(NOW.getTime() + ms).toISOString();
const free = { heldBy: null, heldUntil: null, failuresInARow: 0 };

describe('whether a job is due', () => {
  it.each([
    ['WORKER-01 when its time has come', { nextDueOn: at(0), ...free }, true],
    ['WORKER-01 not before', { nextDueOn: at(1), ...free }, false],
    ['WORKER-02 not while somebody is at it, however late it is', { nextDueOn: at(-1_000_000), heldBy: 'a', heldUntil: at(1) }, false],
    ['WORKER-02 when its worker died, although its period has not passed', { nextDueOn: at(1), heldBy: 'a', heldUntil: at(0) }, true],
    ['WORKER-05 not when another machine\'s clock is ahead by less than clocks differ', { nextDueOn: at(1_000 + CLOCK_SKEW_MS_MAX), ...free }, false],
    ['WORKER-05 when it is due later than any clock explains', { nextDueOn: at(1_001 + CLOCK_SKEW_MS_MAX), ...free }, true],
    ['WORKER-05 not when the lease is one of a clock that is ahead', { nextDueOn: at(0), heldBy: 'a', heldUntil: at(JOB_LEASE_MS + CLOCK_SKEW_MS_MAX) }, false],
    ['WORKER-03 not while it pauses after failures', { nextDueOn: at(8_000 + CLOCK_SKEW_MS_MAX), ...free, failuresInARow: 4 }, false],
    ['WORKER-05 when it is due later than its failures and any clock explain', { nextDueOn: at(8_001 + CLOCK_SKEW_MS_MAX), ...free, failuresInARow: 4 }, true],
    ['WORKER-05 when the lease is longer than any clock explains', { nextDueOn: at(0), heldBy: 'a', heldUntil: at(JOB_LEASE_MS + CLOCK_SKEW_MS_MAX + 1) }, true],
  ])('%s', (_title, job, expected) => {
    expect(isDue({ ...free, ...job }, 1_000, NOW)).toBe(expected);
  });
});

describe('how long a job pauses that fails again and again', () => {
  it.each([
    ['WORKER-03 a period at first', 1, 1_000, 1_000],
    ['WORKER-03 twice as long with each further failure', 4, 1_000, 8_000],
    ['WORKER-03 no longer than the longest pause, however often it has failed', 5_000, 1_000, FAILURE_PAUSE_MS_MAX],
    ['WORKER-03 its period, where that is longer', 9, 2 * FAILURE_PAUSE_MS_MAX, 2 * FAILURE_PAUSE_MS_MAX],
  ])('%s', (_title, failures, everyMs, pause) => {
    expect(pauseAfter(failures, everyMs)).toBe(pause);
  });
});

describe('when a job is due next', () => {
  it.each([
    ['WORKER-01 a period after it was due', -300, 700],
    ['WORKER-05 a period from now, when periods were missed', -5_000, 1_000],
    ['WORKER-05 a period from now, when the clock was set back', 5_000, 1_000],
  ])('%s', (_title, due, next) => {
    expect(nextDueAfter({ nextDueOn: at(due) }, 1_000, NOW)).toBe(at(next));
  });
});
