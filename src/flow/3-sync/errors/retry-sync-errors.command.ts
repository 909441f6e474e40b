import type { CommandContext } from '../../../context';
import { RunKind, RunStatus, SyncErrorStatus, TableMapActivityKind, TableMapStatus, type MapFlow, type Run } from '../../../entities/dual-write';
import { refuseAny, wrongState, type Refusal } from '../../../kernel/refusal';
import { CHUNK_ROWS } from '../../../stores/bulk';
import { readRun, readRunMaps } from '../../../stores/dual-write/run.store';
import { countSelectedErrors, readErrorStatuses, readSelectedOfFlow } from '../../../stores/dual-write/selected-errors.store';
import { readErrors } from '../../../stores/dual-write/sync-error.store';
import { readTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';
import type { CommandRequest } from '../../command';
import { startRun, type RunResult, type StartedRun } from '../../runs';
import { CARRYING } from '../operate/table-map.states';
import { reportBroken } from '../run/broken-flows';
import { beginFlows, carryEach, carryKeys, readLeftForLater } from '../run/carry-flow';
import type { RunFlow } from '../run/drain-log';
import { resultOf } from '../run/run-result';
import { refuseUnknownMaps, selectFlows } from '../run/select-flows';
import { recordRequest } from './record-request';
import { refusalOfState, refusalsOfSelection, refusalsOfUnknown, statesFor, type ErrorSelection } from './selected-errors.rules';
import { shownFirst, syncErrorsOf } from './shown-errors';

/** What became of the errors. Those of a table map that does not run, or was halted meanwhile, are left. */
export interface RetryOutcome {
  readonly retried: number;
  readonly resolved: number;
  readonly failed: number;
  readonly waiting: number;
  readonly left: number;
  /** Some of those that were tried, by id: what still fails or waits before what was carried. */
  readonly errorIds: readonly string[];
}

/** A run with its outcome, which a retry that another process is still at does not have. */
export interface RetryReport extends Partial<RetryOutcome> {
  readonly run: Run;
}

const RETRIABLE = statesFor('retry');

/** Tries records that failed or wait again, now, in their newest version, and says how many of them are mended. */
export async function retrySyncErrors(context: CommandContext, selection: ErrorSelection, request: CommandRequest): Promise<RetryReport> {
  const { id, finished } = await startRetry(context, selection, request);
  await finished;
  const run = (await readRun(context.database.reader, id))!;
  return { run, ...(run.outcome as RetryOutcome | null) };
}

/**
 * The same, handing back the run while it goes on. It reads, carries and counts a chunk of errors at a time, each in a unit of work of
 * its own, so that their number does not matter: a run that breaks off keeps what it has carried, and asking again does the rest.
 */
export async function startRetry(context: CommandContext, selection: ErrorSelection, request: CommandRequest): Promise<StartedRun> {
  refuseAny(refusalsOfSelection(selection, 'retry'));
  return startRun(context, RunKind.RETRY_ERRORS, request, ({ id }) => retry(context, id, selection), async (work) => {
    const maps = await readTableMaps(work);
    refuseUnknownMaps(maps, selection.maps ?? undefined);
    if (selection.errorIds) await refuseNamed(work, selection.errorIds, maps);
    else await countSelectedErrors(work, selection, RETRIABLE);
  });
}

async function retry(context: CommandContext, runId: string, selection: ErrorSelection): Promise<RunResult> {
  const { reader } = context.database;
  const all = await countSelectedErrors(reader, selection, RETRIABLE);
  await recordRequest(context, { kind: TableMapActivityKind.ERRORS_RETRIED, runId, selection, count: all });
  const { flows, broken, notRunning } = selectFlows(await readTableMaps(reader));
  const concerned = await concernedBy(reader, selection, flows);
  await reportBroken(context, runId, await concernedBy(reader, selection, broken));
  const halted = new Set<string>();
  const tally = new Tally();
  await carryEach(await beginFlows(context, runId, concerned), (flow) => retryFlow(context, flow, selection, tally), halted);
  const outcome = tally.outcome(all);
  const sentence = `Retried ${syncErrorsOf(outcome.retried)}: ${outcome.resolved} carried, ${outcome.failed} failed, ${outcome.waiting} waiting, ${outcome.left} left. `;
  const putOff = { changeSets: null, records: (await readLeftForLater(context, concerned.map(({ flow }) => flow.map))).records };
  // What this retry has put off counts as failed.
  const left = { held: [], halted: [...halted], putOff, isPutOffOwn: false };
  const { status, message } = resultOf(await readRunMaps(reader, runId), { notRunning: outcome.left > 0 ? notRunning : [] }, left);
  return { status: outcome.failed > 0 ? RunStatus.FINISHED_WITH_ERRORS : status, message: sentence + message, outcome };
}

async function concernedBy<F extends { readonly flow: MapFlow }>(reader: Session, selection: ErrorSelection, flows: readonly F[]): Promise<F[]> {
  const concerned = [];
  for (const one of flows) {
    const [first] = await readSelectedOfFlow(reader, one.flow, selection, { statuses: RETRIABLE, after: '', limit: 1 });
    if (first) concerned.push(one);
  }
  return concerned;
}

async function retryFlow(context: CommandContext, flow: RunFlow, selection: ErrorSelection, tally: Tally): Promise<void> {
  const { reader } = context.database;
  for (let after = ''; ;) {
    const errors = await readSelectedOfFlow(reader, flow.map.flow, selection, { statuses: RETRIABLE, after, limit: CHUNK_ROWS });
    if (errors.length === 0) return;
    await carryKeys(context, flow, errors.map(({ recordId }) => recordId));
    tally.add(await readErrorStatuses(reader, errors.map(({ id }) => id)));
    after = errors.at(-1)!.recordId;
  }
}

/** Counts errors by what became of them. */
class Tally {
  private readonly counts = new Map<SyncErrorStatus, number>();
  private unmended: string[] = [];
  private mended: string[] = [];

  add(errors: readonly { id: string; status: SyncErrorStatus }[]): void {
    for (const { status } of errors) this.counts.set(status, this.in(status) + 1);
    const idsOf = (isMended: boolean) => errors.filter(({ status }) => (status === SyncErrorStatus.RESOLVED) === isMended).map(({ id }) => id);
    this.unmended = shownFirst(this.unmended, idsOf(false));
    this.mended = shownFirst(this.mended, idsOf(true));
  }

  outcome(all: number): RetryOutcome {
    const retried = [...this.counts.values()].reduce((sum, count) => sum + count, 0);
    return {
      retried, resolved: this.in(SyncErrorStatus.RESOLVED), failed: this.in(SyncErrorStatus.OPEN), waiting: this.in(SyncErrorStatus.WAITING),
      left: Math.max(all - retried, 0), errorIds: shownFirst(this.unmended, this.mended),
    };
  }

  private in(status: SyncErrorStatus): number {
    return this.counts.get(status) ?? 0;
  }
}

/** Refuses named errors that do not exist, whose state allows no retry, or whose table map does not run. */
async function refuseNamed(session: Session, errorIds: readonly string[], maps: readonly StoredTableMap[]): Promise<void> {
  const errors = await readErrors(session, errorIds);
  refuseAny(refusalsOfUnknown(errorIds, errors));
  refuseAny(errors.flatMap((error) => {
    const path = ['input', 'errorIds', String(errorIds.indexOf(error.id))];
    return refusalOfMap(error.mapName, maps, path) ?? refusalOfState(error, 'retry', path) ?? [];
  }));
}

function refusalOfMap(mapName: string, maps: readonly StoredTableMap[], path: string[]): Refusal | null {
  const { status } = maps.find((map) => map.name === mapName)!;
  if (CARRYING.includes(status)) return null;
  const allowed = CARRYING.map((carrying) => TableMapStatus[carrying]);
  return { ...wrongState({ what: mapName, from: TableMapStatus[status], to: 'RUNNING', allowed, path }), message: `The table map ${mapName} is ${TableMapStatus[status]}; its errors can be retried when it is RUNNING.` };
}
