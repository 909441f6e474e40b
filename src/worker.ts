import 'reflect-metadata';
import type { Settings } from './config';
import { begin, closeProgram, confirmInBulk, openProgram, startWorking } from './program';
import { makeLog } from './server/logging';
import { stopOnSignals } from './server/stop-on-signals';
import { IMPORT_INTERVAL_MS_DEFAULT, SYNC_INTERVAL_MS_DEFAULT } from './worker/worker.limits';

/**
 * The worker alone, without HTTP (`npm run worker`): runs the table maps, imports from staging, confirms what is scheduled in bulk, and
 * sweeps up after processes that died, beside any number of gateways and other workers on the same database.
 */
async function run(settings: Settings): Promise<void> {
  const log = makeLog(settings.logLevel);
  const program = await openProgram(settings, log);
  const stopConfirming = confirmInBulk(program);
  const periods = {
    syncIntervalMs: settings.worker.syncIntervalMs ?? SYNC_INTERVAL_MS_DEFAULT,
    importIntervalMs: settings.worker.importIntervalMs ?? IMPORT_INTERVAL_MS_DEFAULT,
    quarantineAfterMs: settings.worker.quarantineAfterMs,
  };
  const stopWorking = await startWorking(program, periods);
  stopOnSignals(log, async () => {
    await Promise.all([stopWorking(), stopConfirming()]);
    await closeProgram(program);
  });
  process.stdout.write(`Worker: sync every ${periods.syncIntervalMs} ms, import every ${periods.importIntervalMs} ms\n`);
}

begin(run);
