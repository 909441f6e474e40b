import { RunStatus, type RunMap } from '../../../entities/dual-write';
import type { PutOff } from '../../../stores/dual-write/sync-log.store';
import type { RunResult } from '../../runs';
import type { HeldChangeSets } from './drain-log';
import type { SelectedFlows } from './select-flows';

/** What a run has left in the queue: to another run that holds it, or because the map was halted meanwhile. */
export interface Left {
  readonly held: readonly HeldChangeSets[];
  /** Names of table maps. */
  readonly halted: readonly string[];
  /** Until a later time, after a system failure, by this run or an earlier one. */
  readonly putOff?: LeftForLater | undefined;
  /** Whether what is put off is this run's own affair: a run that was asked for something else only says it. */
  readonly isPutOffOwn: boolean;
}

/** What system failures have put off, of the maps that a run was at. */
export interface LeftForLater {
  readonly changeSets: PutOff | null;
  readonly records: PutOff | null;
}

const MESSAGE_CHARACTERS_MAX = 1000;

/** How a run that went through ends: a waiting record is no error, a failed one is, and so is what another run still holds, what is put off of the run's own affair, or a map that cannot run. */
export function resultOf(maps: readonly RunMap[], { notRunning }: Pick<SelectedFlows, 'notRunning'>, { held, halted, putOff, isPutOffOwn }: Left): RunResult {
  const total = (count: 'read' | 'written' | 'skipped' | 'failed' | 'waiting' | 'kept') => maps.reduce((sum, map) => sum + map[count], 0);
  const counts = `Read ${total('read')}, wrote ${total('written')}, skipped ${total('skipped')}, `
    + `failed ${total('failed')}, waiting ${total('waiting')}.`;
  const sentence = (words: string, names: readonly string[]) => (names.length === 0 ? '' : ` ${words}, queue kept: ${names.join('; ')}.`);
  const broken = maps.filter((map) => map.failure !== null);
  const isPutOff = isPutOffOwn && Boolean(putOff?.changeSets ?? putOff?.records);
  const isWhole = held.length === 0 && !isPutOff && broken.length === 0;
  const status = total('failed') > 0 || !isWhole ? RunStatus.FINISHED_WITH_ERRORS : RunStatus.SUCCEEDED;
  const kept = total('kept') === 0 ? '' : ` Of skipped queues, ${total('kept')} became sync errors.`;
  const message = counts + kept + broken.map(({ failure }) => ` ${failure}`).join('') + sentence('Not running', notRunning)
    + sentence('Paused or stopped meanwhile', halted) + sentenceOfHeld(held)
    + sentenceOfPutOff('change set', putOff?.changeSets) + sentenceOfPutOff('record', putOff?.records);
  return { status, message: message.slice(0, MESSAGE_CHARACTERS_MAX), keepsKey: isWhole };
}

function sentenceOfHeld(held: readonly HeldChangeSets[]): string {
  if (held.length === 0) return '';
  const count = held.reduce((sum, { count: more }) => sum + more, 0);
  const until = held.map((left) => left.until).sort().at(-1)!.slice(11, 19);
  return ` ${count} change ${count === 1 ? 'set is' : 'sets are'} held by another run until ${until} UTC.`;
}

function sentenceOfPutOff(what: string, putOff: PutOff | null | undefined): string {
  if (!putOff) return '';
  const { count, until, failure } = putOff;
  return ` ${count} ${what}${count === 1 ? ' is' : 's are'} put off until ${until.slice(11, 19)} UTC or later by a system failure: ${failure}`;
}
