import type { CommandContext } from '../../../context';
import { IntegrationJournalStatus, type IntegrationJournal } from '../../../entities/finance';
import { timestampOf } from '../../../kernel/clock';
import { refuse, stale } from '../../../kernel/refusal';
import { insertIntegrationJournal } from '../../../stores/finance/import-journal.store';
import { changeJournal, countJournalLines, moveUnpostedLines } from '../../../stores/finance/journal.store';
import { takeNumber } from '../../../stores/number-sequence.store';
import type { UnitOfWork } from '../../../stores/session';

/**
 * Closes a locked journal after its lines have moved: Posted when every line is; Draft when it has none left; otherwise in the status
 * that `unfinished` says.
 */
export async function closeJournal(
  work: UnitOfWork, context: CommandContext, journal: IntegrationJournal, unfinished: IntegrationJournalStatus,
): Promise<IntegrationJournalStatus> {
  const { lines, posted } = await countJournalLines(work, journal.id);
  const status = lines === 0 ? IntegrationJournalStatus.DRAFT : lines === posted ? IntegrationJournalStatus.POSTED : unfinished;
  const isPosted = status === IntegrationJournalStatus.POSTED;
  const changed = await changeJournal(work, journal, {
    status,
    postedOn: isPosted ? timestampOf(context.clock) : null,
    postedBy: isPosted ? context.actor : null,
  });
  if (!changed) refuse(stale(`Integration journal ${journal.number}`, null, null));
  return status;
}

/**
 * Moves the lines that could not be posted to a new journal, in Error, that names its original (domain facts 6.6); the original can then
 * be Posted. Nothing moves when no line is posted: then the journal itself is the one in Error. The new journal's id, or null.
 */
export async function moveErrorLines(work: UnitOfWork, context: CommandContext, journal: IntegrationJournal): Promise<string | null> {
  const { lines, posted } = await countJournalLines(work, journal.id);
  if (posted === 0 || posted === lines) return null;
  const id = context.ids.next();
  const { legalEntityId, number, periodStartDate } = journal;
  await insertIntegrationJournal(work, {
    id,
    legalEntityId,
    number: await takeNumber(work, legalEntityId, 'integrationJournal'),
    description: `Lines of ${number} that could not be posted`,
    status: IntegrationJournalStatus.ERROR,
    periodStartDate,
    originalNumber: number,
    createdOn: timestampOf(context.clock),
  });
  await moveUnpostedLines(work, journal.id, id);
  return id;
}
