import type { Log } from '../context';
import { SHUTDOWN_MS_MAX } from './limits';

/** A second signal means "now", but a terminal and npm may send one and the same Ctrl-C each. */
const SECOND_SIGNAL_MS_MIN = 500;

/**
 * Ends the process when it is asked to (SIGTERM from a service manager, SIGINT from a terminal): first `stop`, which lets
 * everything that runs come to its end, then exit 0. When that takes too long, or a second signal comes, it exits 1 at once;
 * units of work that had not ended are undone by the database.
 */
export function stopOnSignals(log: Log, stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > SECOND_SIGNAL_MS_MIN) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ shutdownMsMax: SHUTDOWN_MS_MAX }, 'stopping took too long');
      process.exit(1);
    }, SHUTDOWN_MS_MAX).unref();
    stop().then(() => {
      log.info({ signal }, 'stopped');
      process.exit(0);
    }, (error: unknown) => {
      log.error({ err: error }, 'stopping failed');
      process.exit(1);
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
