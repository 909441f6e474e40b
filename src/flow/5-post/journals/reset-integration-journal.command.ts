import type { CommandContext } from '../../../context';
import { IntegrationJournalStatus } from '../../../entities/finance';
import { timestampOf } from '../../../kernel/clock';
import { refuse, stale } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { changeJournal, resetJournalLines } from '../../../stores/finance/journal.store';
import { runCommand, type CommandRequest } from '../../command';
import { INTEGRATION_JOURNAL_LINE_STATES } from './integration-journal.states';
import { lockJournalFor, type JournalReference } from './lock-journal';

export interface ResetJournalOutcome {
  readonly journalId: string;
  /** Lines that are drafts again. */
  readonly resetLineCount: number;
}

/**
 * Puts a journal that is in Error back to draft, and with it its lines in error and of invalid actuals; notes who did and when (domain
 * facts 6.6). Posted lines stay posted. A journal that somebody is posting is locked: the reset waits and then meets what became of it,
 * so a journal in Processing is one that nothing works on. Refused: an unknown journal, another version, Draft and Posted.
 */
export async function resetIntegrationJournal(
  context: CommandContext, input: JournalReference, request: CommandRequest,
): Promise<ResetJournalOutcome> {
  return runCommand(context, request, async (work) => {
    const becomes = IntegrationJournalStatus[IntegrationJournalStatus.DRAFT];
    const journal = await lockJournalFor(work, input, { action: 'reset', becomes }, ['input', 'journalId']);
    const statuses = statesAllowing(INTEGRATION_JOURNAL_LINE_STATES, 'reset').map(Number);
    const resetLineCount = await resetJournalLines(work, journal.id, statuses);
    const changed = await changeJournal(work, journal, {
      status: IntegrationJournalStatus.DRAFT,
      resetOn: timestampOf(context.clock),
      resetBy: context.actor,
    });
    if (!changed) refuse(stale(`Integration journal ${journal.number}`, null, null));
    return { journalId: journal.id, resetLineCount };
  });
}
