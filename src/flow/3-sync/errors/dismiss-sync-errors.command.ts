import type { CommandContext } from '../../../context';
import { RunKind, RunStatus, SyncErrorStatus, TableMapActivityKind, type Run } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { refuseAny } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import { readRun } from '../../../stores/dual-write/run.store';
import { countSelectedErrors, dismissErrors, readErrorStatuses, readSelectedIds } from '../../../stores/dual-write/selected-errors.store';
import { readErrors } from '../../../stores/dual-write/sync-error.store';
import { readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { CommandRequest } from '../../command';
import { startRun, type RunResult, type StartedRun } from '../../runs';
import { stopHere } from '../../stop';
import { refuseUnknownMaps } from '../run/select-flows';
import { recordRequest } from './record-request';
import { refusalOfState, refusalsOfSelection, refusalsOfUnknown, statesFor, type ErrorSelection } from './selected-errors.rules';
import { shownFirst, syncErrorsOf } from './shown-errors';

/** What became of the errors. Those that were carried while the dismissal was at work are left. */
export interface DismissalOutcome {
  readonly dismissed: number;
  readonly left: number;
  /** Some of those that were dismissed, or named and dismissed before, by id. */
  readonly errorIds: readonly string[];
}

/** A run with its outcome, which a dismissal that another process is still at does not have. */
export interface DismissalReport extends Partial<DismissalOutcome> {
  readonly run: Run;
}

const DISMISSIBLE = statesFor('dismiss');

/** Dismisses errors and waits until it is through. */
export async function dismissSyncErrors(context: CommandContext, selection: ErrorSelection, request: CommandRequest): Promise<DismissalReport> {
  const { id, finished } = await startDismissal(context, selection, request);
  await finished;
  const run = (await readRun(context.database.reader, id))!;
  return { run, ...(run.outcome as DismissalOutcome | null) };
}

/**
 * Dismisses errors, a chunk per unit of work: their records stay where they are, no retry takes them, and only a newer version that
 * fails brings the error back. Refuses ids that no error has, and named errors that are resolved; one that is dismissed already stays so.
 */
export async function startDismissal(context: CommandContext, selection: ErrorSelection, request: CommandRequest): Promise<StartedRun> {
  const { errorIds, maps } = selection;
  refuseAny(refusalsOfSelection(selection, 'dismiss'));
  return startRun(context, RunKind.DISMISS_ERRORS, request, ({ id }) => dismiss(context, id, selection), async (work) => {
    if (maps) refuseUnknownMaps(await readTableMaps(work), maps);
    if (!errorIds) return void await countSelectedErrors(work, selection, DISMISSIBLE);
    const errors = await readErrors(work, errorIds);
    refuseAny(refusalsOfUnknown(errorIds, errors));
    refuseAny(errors.flatMap((error) => refusalOfState(error, 'dismiss', ['input', 'errorIds', String(errorIds.indexOf(error.id))]) ?? []));
  });
}

async function dismiss(context: CommandContext, runId: string, selection: ErrorSelection): Promise<RunResult> {
  const { database } = context;
  const all = await countSelectedErrors(database.reader, selection, DISMISSIBLE);
  await recordRequest(context, { kind: TableMapActivityKind.ERRORS_DISMISSED, runId, selection, count: all });
  const breath = breather();
  let dismissed = 0;
  let shown: string[] = [];
  for (let after = ''; ;) {
    stopHere(context);
    const ids = await readSelectedIds(database.reader, selection, { statuses: DISMISSIBLE, after, limit: CHUNK_ROWS });
    if (ids.length === 0) break;
    dismissed += await database.write((work) => dismissErrors(work, ids, DISMISSIBLE, timestampOf(context.clock)));
    shown = shownFirst(shown, ids);
    after = ids.at(-1)!;
    await breath();
  }
  const left = Math.max(all - dismissed, 0);
  const errorIds = await stillDismissed(context, shownFirst([], selection.errorIds ?? shown));
  return { status: RunStatus.SUCCEEDED, message: `Dismissed ${syncErrorsOf(dismissed)}, ${left} left.`, outcome: { dismissed, left, errorIds } };
}

async function stillDismissed({ database }: CommandContext, ids: readonly string[]): Promise<string[]> {
  const errors = await readErrorStatuses(database.reader, ids);
  return errors.filter(({ status }) => status === SyncErrorStatus.DISMISSED).map(({ id }) => id);
}
