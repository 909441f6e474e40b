import { RunStatus, type RunMap } from '../../../entities/dual-write';
import type { RunResult } from '../../runs';
import type { HeldChangeSets } from './drain-log';
import type { SelectedFlows } from './select-flows';

/** What a run has left in the queue: to another run that holds it, or because the map was halted meanwhile. */
export interface Left {
  readonly held: readonly HeldChangeSets[];
  /** Names of table maps. */
  readonly halted: readonly string[];
}

/** How a run that went through ends: a waiting record is no error, a failed one is, and so is what another run still holds. */
export function resultOf(maps: readonly RunMap[], { notRunning }: Pick<SelectedFlows, 'notRunning'>, { held, halted }: Left): RunResult {
  const total = (count: 'read' | 'written' | 'skipped' | 'failed' | 'waiting' | 'kept') => maps.reduce((sum, map) => sum + map[count], 0);
  const counts = `Read ${total('read')}, wrote ${total('written')}, skipped ${total('skipped')}, `
    + `failed ${total('failed')}, waiting ${total('waiting')}.`;
  const sentence = (words: string, names: readonly string[]) => (names.length === 0 ? '' : ` ${words}, queue kept: ${names.join('; ')}.`);
  const status = total('failed') > 0 || held.length > 0 ? RunStatus.FINISHED_WITH_ERRORS : RunStatus.SUCCEEDED;
  const kept = total('kept') === 0 ? '' : ` Of skipped queues, ${total('kept')} became sync errors.`;
  const message = counts + kept + sentence('Not running', notRunning) + sentence('Paused or stopped meanwhile', halted) + sentenceOfHeld(held);
  return { status, message, keepsKey: held.length === 0 };
}

function sentenceOfHeld(held: readonly HeldChangeSets[]): string {
  if (held.length === 0) return '';
  const count = held.reduce((sum, { count: more }) => sum + more, 0);
  const until = held.map((left) => left.until).sort().at(-1)!.slice(11, 19);
  return ` ${count} change ${count === 1 ? 'set is' : 'sets are'} held by another run until ${until} UTC.`;
}
