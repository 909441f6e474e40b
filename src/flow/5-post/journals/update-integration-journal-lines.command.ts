import type { CommandContext } from '../../../context';
import { refuse, refuseAny, stale } from '../../../kernel/refusal';
import { changeJournal, journalLinesById, updateJournalLines } from '../../../stores/finance/journal.store';
import { loadFinanceSetup } from '../../../stores/finance/setup.store';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfCount, refusalsOfRepetitions, type NamedList } from '../../named-list';
import { decideJournalLineUpdates, type JournalLineChange } from './journal-line-update.decision';
import { JOURNAL_LINES_MAX } from './journal.limits';
import { lockJournalFor, type JournalReference } from './lock-journal';

export interface UpdateJournalLinesInput extends JournalReference {
  readonly lines: readonly JournalLineChange[];
}

const LINES: NamedList = { noun: ['line', 'lines'], max: JOURNAL_LINES_MAX, pathOf: (index) => ['input', 'lines', String(index), 'lineId'] };

/**
 * Changes what finance owns of lines that are not posted: tax groups and dimensions, all lines or none (domain facts 6.1). The billing
 * side's groups go on to the proposal line. Refused: an unknown journal or line, another version, a posted journal or line, a line named
 * twice, groups that are not set up or of the other side.
 */
export async function updateIntegrationJournalLines(
  context: CommandContext, input: UpdateJournalLinesInput, request: CommandRequest,
): Promise<{ journalId: string; lineIds: readonly string[] }> {
  return runCommand(context, request, async (work) => {
    const lineIds = input.lines.map((line) => line.lineId);
    refuseAny(refusalsOfCount(lineIds, LINES));
    const journal = await lockJournalFor(work, input, { action: 'edit', done: 'edited' }, ['input', 'journalId']);
    const found = await journalLinesById(work, lineIds);
    const { rows, refusals } = decideJournalLineUpdates(journal, input.lines, found, await loadFinanceSetup(work, [journal.legalEntityId]));
    refuseAny([...refusals, ...refusalsOfRepetitions(lineIds, LINES.noun[0], LINES.pathOf)]);
    if (rows.length > 0) {
      await updateJournalLines(work, rows);
      if (!(await changeJournal(work, journal, {}))) refuse(stale(`Integration journal ${journal.number}`, null, null));
    }
    return { journalId: journal.id, lineIds };
  });
}
