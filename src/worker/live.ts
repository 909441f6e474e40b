import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from './job';
import type { Worker } from './worker';

/**
 * Live mode: looks at each job for ever, one period after the look before has ended, so that a long job holds no other one up.
 * Gives what stops it: no job is begun any more, and it resolves when those that run have ended.
 */
export function keepWorking(worker: Worker, jobs: readonly Job[]): () => Promise<void> {
  const stopping = new AbortController();
  const loops = jobs.map(async (job) => {
    while (!stopping.signal.aborted) {
      await worker.look(job);
      await pause(job.everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}
