import type { CommandContext } from '../../../context';
import { IntegrationJournalLineStatus, type IntegrationJournal, type IntegrationJournalLine } from '../../../entities/finance';
import { InternalError, invalid, notFound, refuse, refuseAny, stale, wrongStateTo, type Refusal } from '../../../kernel/refusal';
import { chunksOf } from '../../../stores/bulk';
import { countJournalLines, deleteJournal, deleteJournalLines, journalLinesAfter, journalLinesById } from '../../../stores/finance/journal.store';
import { returnToStaging } from '../../../stores/finance/staging.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfCount, refusalsOfRepetitions, type NamedList } from '../../named-list';
import { closeJournal } from './close-journal';
import { DELETABLE_LINE_STATUSES } from './integration-journal.states';
import { JOURNAL_LINES_MAX } from './journal.limits';
import { lockJournalFor, type JournalAction, type JournalReference } from './lock-journal';

export interface DeleteJournalLinesInput extends JournalReference {
  readonly lineIds: readonly string[];
}

export interface DeletedJournalLines {
  readonly journalId: string;
  readonly stagedActualIds: readonly string[];
}

const DELETE: JournalAction = { action: 'edit', done: 'deleted from' };

/**
 * Deletes lines of a journal that are not posted, all or none. Their staged actuals are unprocessed again in the same unit of work, so
 * the next import brings them back (domain facts 6.6) and nothing is lost. A journal whose other lines are all posted is Posted now.
 * Refused: an unknown journal or line, another version, a posted journal or line, a line named twice.
 */
export async function deleteIntegrationJournalLines(
  context: CommandContext, input: DeleteJournalLinesInput, request: CommandRequest,
): Promise<DeletedJournalLines> {
  return runCommand(context, request, async (work) => {
    refuseAny(refusalsOfCount(input.lineIds, LINES));
    const journal = await lockJournalFor(work, input, DELETE, ['input', 'journalId']);
    const found = await journalLinesById(work, input.lineIds);
    refuseAny([...deletionRefusals(journal, input.lineIds, found), ...refusalsOfRepetitions(input.lineIds, LINES.noun[0], LINES.pathOf)]);
    const lines = [...found.values()];
    await deleteLines(work, lines);
    await closeJournal(work, context, journal, journal.status);
    return { journalId: journal.id, stagedActualIds: lines.map((line) => line.stagedActualId) };
  });
}

const LINES: NamedList = { noun: ['line', 'lines'], max: JOURNAL_LINES_MAX, pathOf: (index) => ['input', 'lineIds', String(index)] };

function deletionRefusals(
  journal: IntegrationJournal, lineIds: readonly string[], found: ReadonlyMap<string, IntegrationJournalLine>,
): Refusal[] {
  const allowed = DELETABLE_LINE_STATUSES.map((status) => IntegrationJournalLineStatus[status]);
  return lineIds.flatMap((id, index) => {
    const path = LINES.pathOf(index);
    const line = found.get(id);
    if (line?.journalId !== journal.id) return [notFound(`line in integration journal ${journal.number}`, id, path)];
    if (DELETABLE_LINE_STATUSES.includes(line.status)) return [];
    const what = `Line ${line.lineNumber} of integration journal ${journal.number}`;
    return [wrongStateTo({ what, from: IntegrationJournalLineStatus[line.status], done: 'deleted', allowed, path })];
  });
}

/**
 * Deletes a whole journal of which no line is posted; every line comes back with the next import. Refused: an unknown journal, another
 * version, a posted journal, and one with posted lines, because what is posted is never deleted.
 */
export async function deleteIntegrationJournal(
  context: CommandContext, input: JournalReference, request: CommandRequest,
): Promise<{ journalId: string; deletedLineCount: number }> {
  return runCommand(context, request, async (work) => {
    const journal = await lockJournalFor(work, input, { action: 'edit', done: 'deleted' }, ['input', 'journalId']);
    const { posted } = await countJournalLines(work, journal.id);
    if (posted > 0) {
      const message = `${posted} lines of integration journal ${journal.number} are posted, and what is posted is never deleted; delete its other lines.`;
      refuse(invalid('INVALID_STATE', message, ['input', 'journalId']));
    }
    let deletedLineCount = 0;
    for (;;) {
      const lines = await journalLinesAfter(work, journal.id, -1, DELETABLE_LINE_STATUSES);
      if (lines.length === 0) break;
      await deleteLines(work, lines);
      deletedLineCount += lines.length;
    }
    if (!(await deleteJournal(work, journal))) refuse(stale(`Integration journal ${journal.number}`, null, null));
    return { journalId: journal.id, deletedLineCount };
  });
}

async function deleteLines(work: UnitOfWork, lines: readonly IntegrationJournalLine[]): Promise<void> {
  for (const chunk of chunksOf(lines)) {
    const deleted = await deleteJournalLines(work, chunk.map((line) => line.id), DELETABLE_LINE_STATUSES);
    const returned = await returnToStaging(work, chunk.map((line) => line.stagedActualId));
    if (deleted !== chunk.length || returned !== chunk.length) {
      throw new InternalError(`${chunk.length} journal lines were to be deleted; ${deleted} were, and ${returned} staged actuals returned`);
    }
  }
}
