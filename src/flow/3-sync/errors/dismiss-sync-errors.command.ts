import type { CommandContext } from '../../../context';
import { SyncErrorStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { refuseAny } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { dismissErrors, lockErrors } from '../../../stores/dual-write/sync-error.store';
import { runCommand, type CommandRequest } from '../../command';
import { refusalOf, refuseTooMany, refuseUnknownErrors } from './retry-sync-errors.command';
import { SYNC_ERROR_STATES } from './sync-error.states';

/**
 * Dismisses errors: their records stay where they are, and only a newer version that fails brings the error back. All or none;
 * refuses ids that no error has, and errors that are resolved. One that is dismissed already stays so.
 */
export async function dismissSyncErrors(
  context: CommandContext, { errorIds }: { errorIds: readonly string[] }, request: CommandRequest,
): Promise<{ dismissed: string[] }> {
  refuseTooMany(errorIds);
  return runCommand(context, request, async (work) => {
    const errors = await lockErrors(work, errorIds);
    refuseUnknownErrors(errorIds, errors);
    const from = statesAllowing(SYNC_ERROR_STATES, 'dismiss').map(Number) as SyncErrorStatus[];
    refuseAny(errors
      .filter((error) => error.status !== SyncErrorStatus.DISMISSED && !from.includes(error.status))
      .map((error) => refusalOf(error, 'dismiss', ['input', 'errorIds', String(errorIds.indexOf(error.id))])));
    await dismissErrors(work, errorIds, from, timestampOf(context.clock));
    return { dismissed: errors.map((error) => error.id) };
  });
}
