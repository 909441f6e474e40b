import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { inWords, wordsOf, type ErrorSelection } from './selected-errors.rules';
import { syncErrorsOf } from './shown-errors';

/** A retry or a dismissal that somebody has asked for. */
interface ErrorRequest {
  readonly kind: TableMapActivityKind.ERRORS_RETRIED | TableMapActivityKind.ERRORS_DISMISSED;
  readonly runId: string;
  readonly selection: ErrorSelection;
  /** How many errors the selection took as it began. */
  readonly count: number;
}

/**
 * Writes who retries or dismisses how many errors, and which, before the first of them is touched: so that the log has it wherever the
 * process ends. What became of them is in the run that the line names.
 */
export async function recordRequest(context: CommandContext, { kind, runId, selection, count }: ErrorRequest): Promise<void> {
  const { errorIds, maps, filter } = selection;
  const verb = kind === TableMapActivityKind.ERRORS_RETRIED ? 'Retries' : 'Dismisses';
  const sentence = `${verb} ${syncErrorsOf(count)} ${wordsOf(selection)}.`;
  const facts = { runId, count, ...(errorIds && { named: errorIds.length }), ...(maps && { maps }), ...(filter && { filter: inWords(filter) }) };
  const mapName = maps?.length === 1 ? maps[0]! : null;
  await context.database.write((work) => recordActivity(work, context, { kind, mapName, sentence, facts }));
}
