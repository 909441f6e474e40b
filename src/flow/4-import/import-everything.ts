import type { CommandContext } from '../../context';
import { RunKind, RunStatus } from '../../entities/dual-write';
import { hasStagedWork } from '../../stores/finance/staging.store';
import { recordRun } from '../runs';
import { performImport, sentenceOf, type ImportOutcome } from './import-from-staging.command';

/** Whether an import would look at something: staged rows that are not taken up, or proposals that wait for their lines. */
export function hasImportWork({ database }: Pick<CommandContext, 'database'>): Promise<boolean> {
  return hasStagedWork(database.reader);
}

function hasMade({ milestoneCount, journalLineCount, proposalsWithLinesCount }: ImportOutcome): boolean {
  return milestoneCount + journalLineCount + proposalsWithLinesCount > 0;
}

/**
 * *Import from staging* of all legal entities as periodic work: the same as the mutation, but it leaves a run behind only when it made
 * something. What waits is looked at every period, and a run that made nothing each time would bury those that did.
 */
export async function importEverything(context: CommandContext): Promise<string | null> {
  const startedOn = context.clock.now().toISOString();
  const outcome = await performImport(context, {});
  if (!hasMade(outcome)) return null;
  const status = outcome.rowsWithErrorsCount > 0 ? RunStatus.FINISHED_WITH_ERRORS : RunStatus.SUCCEEDED;
  const message = sentenceOf(outcome);
  await recordRun(context, RunKind.IMPORT, startedOn, { status, message, outcome });
  return message;
}
