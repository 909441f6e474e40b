import type { CommandContext } from '../context';
import { Unavailable } from '../kernel/unavailable';

/** Ends long work here when its process is to end. Called between two units of work: what is done is stored, and the next process goes on. */
export function stopHere({ stopping }: Pick<CommandContext, 'stopping'>): void {
  if (stopping?.aborted) throw new Unavailable('STOPPING');
}
