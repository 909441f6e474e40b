import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from '../../../../context';
import { deliverAlerts } from './deliver-alerts';
import { DELIVERY_LOOK_MS } from './alert.limits';

/**
 * Sends notifications as they become due, for as long as a gateway runs: so they are sent where no worker is, too, and no sync waits for a
 * receiver. Gives what stops it: what is being sent comes to its end, the others stay due.
 */
export function keepDelivering(context: CommandContext): () => Promise<void> {
  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    try {
      await deliverAlerts({ ...context, stopping: stopping.signal });
    } catch (error) {
      if (!stopping.signal.aborted) context.log.warn({ err: error }, 'notifications could not be sent');
    }
  };
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await pause(DELIVERY_LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return () => {
    stopping.abort();
    return loop;
  };
}
