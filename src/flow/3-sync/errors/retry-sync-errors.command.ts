import type { CommandContext } from '../../../context';
import { RunKind, SyncErrorStatus, TableMapStatus, type Run, type SyncError } from '../../../entities/dual-write';
import { invalid, notFound, refuse, refuseAny, wrongState } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { readRun, readRunMaps } from '../../../stores/dual-write/run.store';
import { readErrors, readRetriableErrors } from '../../../stores/dual-write/sync-error.store';
import { readTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { CARRYING } from '../operate/table-map.states';
import { beginFlows, carryEach, carryKeys } from '../run/carry-flow';
import { resultOf } from '../run/run-result';
import { refuseUnknownMaps, selectFlows } from '../run/select-flows';
import { SYNC_ERROR_STATES } from './sync-error.states';
import { RETRY_ERRORS_MAX } from '../sync-limits';

/** Which errors to try again: the given ones, or every open and waiting one, perhaps of some table maps only. */
export interface RetryInput {
  readonly errorIds?: readonly string[] | null | undefined;
  readonly all?: boolean | null | undefined;
  readonly maps?: readonly string[] | null | undefined;
}

/** What became of the errors, by id. Errors behind the 10,000th of `all` are left for the next request. */
export interface RetryOutcome {
  readonly resolved: readonly string[];
  readonly stillFailing: readonly string[];
  readonly stillWaiting: readonly string[];
}

/** The outcome of a retry that is not through, or broke off. */
export const NOTHING_RETRIED: RetryOutcome = { resolved: [], stillFailing: [], stillWaiting: [] };

export interface RetryReport extends RetryOutcome {
  readonly run: Run;
}

/** Tries records that failed or wait again, now, in their newest version, and says which of them are mended. */
export async function retrySyncErrors(context: CommandContext, input: RetryInput, request: CommandRequest): Promise<RetryReport> {
  const { id, finished } = await startRetry(context, input, request);
  await finished;
  const run = (await readRun(context.database.reader, id))!;
  return { run, ...((run.outcome as RetryOutcome | null) ?? NOTHING_RETRIED) };
}

/** The same, handing back the run while it goes on. */
export async function startRetry(context: CommandContext, input: RetryInput, request: CommandRequest): Promise<StartedRun> {
  const { reader } = context.database;
  const maps = await readTableMaps(reader);
  const errors = await errorsOf(context, input, maps);
  return startRun(context, RunKind.SYNC, request, async (run) => {
    const { flows, notRunning } = selectFlows(maps, { maps: [...new Set(errors.map((error) => error.mapName))] });
    const concerned = flows.filter(({ flow }) => errors.some((error) => isOf(error, flow)));
    const halted = new Set<string>();
    await carryEach(await beginFlows(context, run.id, concerned), (flow) =>
      carryKeys(context, flow, errors.filter((error) => isOf(error, flow.map.flow)).map((error) => error.recordId).sort()), halted);
    const result = resultOf(await readRunMaps(reader, run.id), { notRunning }, { held: [], halted: [...halted] });
    return { ...result, outcome: outcomeOf(await readErrors(reader, errors.map((error) => error.id))) };
  });
}

function isOf(error: SyncError, flow: { map: string; direction: number }): boolean {
  return error.mapName === flow.map && error.direction === flow.direction;
}

function outcomeOf(errors: readonly SyncError[]): RetryOutcome {
  const idsIn = (status: SyncErrorStatus) => errors.filter((error) => error.status === status).map((error) => error.id);
  return {
    resolved: idsIn(SyncErrorStatus.RESOLVED), stillFailing: idsIn(SyncErrorStatus.OPEN), stillWaiting: idsIn(SyncErrorStatus.WAITING),
  };
}

async function errorsOf({ database }: CommandContext, input: RetryInput, maps: readonly StoredTableMap[]): Promise<SyncError[]> {
  const named = input.maps ?? undefined;
  refuseUnknownMaps(maps, named);
  if (!input.errorIds) {
    if (!input.all && !named) refuse(invalid('INVALID_INPUT', 'Say which errors to retry: errorIds, maps, or all.', ['input']));
    const running = maps.filter((map) => CARRYING.includes(map.status)).map((map) => map.name);
    return readRetriableErrors(database.reader, named ? running.filter((name) => named.includes(name)) : running, RETRY_ERRORS_MAX);
  }
  refuseTooMany(input.errorIds);
  const errors = await readErrors(database.reader, input.errorIds);
  refuseUnknownErrors(input.errorIds, errors);
  refuseAny(errors.flatMap((error) => {
    const path = ['input', 'errorIds', String(input.errorIds!.indexOf(error.id))];
    const { status } = maps.find((map) => map.name === error.mapName)!;
    if (!CARRYING.includes(status)) {
      const message = `The table map ${error.mapName} is ${TableMapStatus[status]}; its errors can be retried when it is RUNNING.`;
      return [{ kind: 'state', code: 'INVALID_STATE', message, path, from: TableMapStatus[status], to: 'RUNNING', allowed: CARRYING.map((carrying) => TableMapStatus[carrying]) }];
    }
    // A resolved one needs no retry and counts as resolved.
    const canRetry = error.status === SyncErrorStatus.RESOLVED || 'retry' in SYNC_ERROR_STATES[error.status];
    return canRetry ? [] : [refusalOf(error, 'retry', path)];
  }));
  return errors;
}

export function refuseTooMany(errorIds: readonly string[]): void {
  if (errorIds.length <= RETRY_ERRORS_MAX) return;
  refuse(invalid('INVALID_INPUT', `One request takes at most ${RETRY_ERRORS_MAX} errors, not ${errorIds.length}.`, ['input', 'errorIds']));
}

export function refuseUnknownErrors(errorIds: readonly string[], found: readonly SyncError[]): void {
  const known = new Set(found.map((error) => error.id));
  refuseAny(errorIds.flatMap((id, index) => (known.has(id) ? [] : [notFound('sync error', id, ['input', 'errorIds', String(index)])])));
}

/** Why an error's state does not allow an action. */
export function refusalOf(error: SyncError, action: 'retry' | 'dismiss', path: string[]) {
  const allowed = statesAllowing(SYNC_ERROR_STATES, action).map((state) => SyncErrorStatus[Number(state)]!);
  const to = action === 'dismiss' ? SyncErrorStatus[SyncErrorStatus.DISMISSED] : SyncErrorStatus[SyncErrorStatus.RESOLVED];
  return wrongState({ what: `The sync error ${error.id}`, from: SyncErrorStatus[error.status], to, allowed, path });
}
