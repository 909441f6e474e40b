import { IntegrationJournalStatus, type IntegrationJournal } from '../../../entities/finance';
import { notFound, refuse, refuseStale, wrongState, wrongStateTo } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { lockJournal } from '../../../stores/finance/journal.store';
import type { UnitOfWork } from '../../../stores/session';
import { INTEGRATION_JOURNAL_STATES } from './integration-journal.states';

/** Which integration journal a command is about, and the version that the caller has read, if that matters to him. */
export interface JournalReference {
  readonly journalId: string;
  readonly expectedVersion?: number | null;
}

/** What a command does to a journal: the action of its states, and the state or the word for what the journal would become. */
export type JournalAction =
  | { readonly action: 'post' | 'reset'; readonly becomes: string }
  | { readonly action: 'edit'; readonly done: string };

/** Locks the journal of a command, or refuses it: unknown, changed meanwhile, or in a state that does not allow the action. */
export async function lockJournalFor(
  work: UnitOfWork, { journalId, expectedVersion = null }: JournalReference, action: JournalAction, path?: string[],
): Promise<IntegrationJournal> {
  const journal = (await lockJournal(work, journalId)) ?? refuse(notFound('integration journal', journalId, path));
  const what = `Integration journal ${journal.number}`;
  refuseStale(what, expectedVersion, journal.version);
  if (INTEGRATION_JOURNAL_STATES[journal.status][action.action] === undefined) {
    const allowed = statesAllowing(INTEGRATION_JOURNAL_STATES, action.action).map((state) => IntegrationJournalStatus[Number(state)]!);
    const facts = { what, from: IntegrationJournalStatus[journal.status], allowed, ...(path && { path }) };
    refuse('done' in action ? wrongStateTo({ ...facts, done: action.done }) : wrongState({ ...facts, to: action.becomes }));
  }
  return journal;
}
