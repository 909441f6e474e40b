import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { refuseJournalLineFieldsOfDataverse } from '../../flow/3-sync/one-way.rules';
import { deleteIntegrationJournal, deleteIntegrationJournalLines } from '../../flow/5-post/journals/delete-integration-journals.command';
import { resetIntegrationJournal } from '../../flow/5-post/journals/reset-integration-journal.command';
import { updateIntegrationJournalLines } from '../../flow/5-post/journals/update-integration-journal-lines.command';
import { refuseAny } from '../../kernel/refusal';
import {
  DeleteIntegrationJournalInput, DeleteIntegrationJournalLinesInput, ResetIntegrationJournalInput, UpdateIntegrationJournalLinesInput, type JournalInput,
} from '../../schema/finance/journal.input';
import {
  DeleteIntegrationJournalLinesPayload, DeleteIntegrationJournalPayload, ResetIntegrationJournalPayload, UpdateIntegrationJournalLinesPayload,
} from '../../schema/finance/journal.payload';
import { globalIdOf, keyOf } from '../../stores/reading/global-id';
import { PAGE_ROWS_MAX } from '../../stores/reading/plan';
import { integrationJournalSource } from '../../stores/reading/sources';
import type { Session } from '../../stores/session';
import { JOURNAL_FIELDS, namedRecord } from '../loaders/named-records';
import { answer, keysOf, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

/** The input with its journal named by key. */
async function withJournal<Input extends JournalInput>(session: Session, input: Input): Promise<Omit<Input, 'journalNumber' | 'journalId'> & { journalId: string }> {
  const { journalNumber: number, journalId: id, ...rest } = input;
  return { ...rest, journalId: await namedRecord(session, integrationJournalSource, { id, number }, JOURNAL_FIELDS) };
}

/** Integration journals between import and posting. */
@Resolver()
export class JournalResolver {
  @Mutation(() => UpdateIntegrationJournalLinesPayload, { description: 'Changes tax groups and dimensions of lines that are not posted, all or none. Each field that Dataverse owns is refused by name.' })
  updateIntegrationJournalLines(@Arg('input', { description: 'What to change.' }) input: UpdateIntegrationJournalLinesInput, @Ctx() { command }: RequestContext) {
    return answer({ integrationJournal: null as string | null, updatedLineCount: 0, lines: [] as string[] }, async () => {
      refuseAny(input.lines.flatMap((line, index) => refuseJournalLineFieldsOfDataverse(line, ['input', 'lines', String(index)])));
      const lines = input.lines.map((line, index) => ({ ...line, lineId: keyOf('IntegrationJournalLine', line.lineId, ['input', 'lines', String(index), 'lineId']) }));
      const wanted = { ...(await withJournal(command.database.reader, input)), lines };
      const { journalId, lineIds } = await updateIntegrationJournalLines(command, wanted, requestOf('updateIntegrationJournalLines', wanted));
      return { integrationJournal: journalId as string | null, updatedLineCount: lineIds.length, lines: lineIds.slice(0, PAGE_ROWS_MAX) };
    });
  }

  @Mutation(() => ResetIntegrationJournalPayload, { description: 'Puts a journal in Error back to draft, with its lines in error and of invalid actuals. Posted lines stay posted. Refused for drafts and posted journals.' })
  resetIntegrationJournal(@Arg('input', { description: 'Which journal.' }) input: ResetIntegrationJournalInput, @Ctx() { command }: RequestContext) {
    return answer({ integrationJournal: null as string | null, resetLineCount: 0 }, async () => {
      const wanted = await withJournal(command.database.reader, input);
      const { journalId, resetLineCount } = await resetIntegrationJournal(command, wanted, requestOf('resetIntegrationJournal', wanted));
      return { integrationJournal: journalId as string | null, resetLineCount };
    });
  }

  @Mutation(() => DeleteIntegrationJournalLinesPayload, { description: 'Deletes lines of a journal that are not posted, all or none; the next import brings them back. Refused for posted lines.' })
  deleteIntegrationJournalLines(@Arg('input', { description: 'Which lines.' }) input: DeleteIntegrationJournalLinesInput, @Ctx() { command }: RequestContext) {
    return answer({ integrationJournal: null as string | null, deletedLineCount: 0, stagedActuals: [] as string[] }, async () => {
      const wanted = { ...(await withJournal(command.database.reader, input)), lineIds: keysOf('IntegrationJournalLine', input.lineIds, 'lineIds')! };
      const { journalId, stagedActualIds } = await deleteIntegrationJournalLines(command, wanted, requestOf('deleteIntegrationJournalLines', wanted));
      return { integrationJournal: journalId as string | null, deletedLineCount: stagedActualIds.length, stagedActuals: stagedActualIds.slice(0, PAGE_ROWS_MAX) };
    });
  }

  @Mutation(() => DeleteIntegrationJournalPayload, { description: 'Deletes a journal of which no line is posted; the next import brings its lines back.' })
  deleteIntegrationJournal(@Arg('input', { description: 'Which journal.' }) input: DeleteIntegrationJournalInput, @Ctx() { command }: RequestContext) {
    return answer({ deletedIntegrationJournalId: null as string | null, deletedLineCount: 0 }, async () => {
      const wanted = { ...input, journalId: keyOf('IntegrationJournal', input.journalId, ['input', 'journalId']) };
      const { journalId, deletedLineCount } = await deleteIntegrationJournal(command, wanted, requestOf('deleteIntegrationJournal', wanted));
      return { deletedIntegrationJournalId: globalIdOf('IntegrationJournal', journalId), deletedLineCount };
    });
  }
}
