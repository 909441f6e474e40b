import type { CommandContext } from '../../../context';
import { RunKind, type Run, type RunMap, type SyncDirection } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { notFound, refuse } from '../../../kernel/refusal';
import { hasProforma, ProformaRecords } from '../../../stores/dual-write/proforma-records.store';
import { readRun, readRunMaps } from '../../../stores/dual-write/run.store';
import { readDueRecordIds, readMapErrors, readWaitingRecordIds } from '../../../stores/dual-write/sync-error.store';
import { hasFreeLogEntries } from '../../../stores/dual-write/sync-log.store';
import { readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { watchAlerts } from '../errors/alerts/watch-alerts';
import { continueOperations, hasOperationsToContinue } from '../operate/continue-operations';
import { finishCatchUp, hasCaughtUp } from '../operate/finish-catch-up';
import { keepQueue } from '../operate/keep-queue';
import { isListed, isOf, reportBroken, resolveMended } from './broken-flows';
import { beginFlows, carryEach, carryKeys, carryLog, readLeftForLater, reportWaiting, resolveOvertaken, retryDue, retryWaiting } from './carry-flow';
import type { HeldChangeSets, RunFlow } from './drain-log';
import { resultOf, type Left } from './run-result';
import { refuseUnknownMaps, selectFlows } from './select-flows';

/** What a sync is to carry: everything, the named table maps only, or what belongs to one proforma. */
export interface SyncInput {
  /** Table maps by the product's names; all unless given. */
  readonly maps?: readonly string[] | null | undefined;
  readonly proformaInvoiceId?: string | null | undefined;
  /** Only towards finance, or only back; both unless given. */
  readonly directions?: readonly SyncDirection[] | undefined;
}

/** A run with what it did in each table map and direction. */
export interface SyncReport {
  readonly run: Run;
  readonly maps: readonly RunMap[];
}

/** Runs the table maps and waits until they are through. Throws what made the run fail. */
export async function runSync(context: CommandContext, input: SyncInput, request: CommandRequest): Promise<SyncReport> {
  const { id, finished } = await startSync(context, input, request);
  await finished;
  return readSyncReport(context, id);
}

export async function readSyncReport({ database }: Pick<CommandContext, 'database'>, runId: string): Promise<SyncReport> {
  return { run: (await readRun(database.reader, runId))!, maps: await readRunMaps(database.reader, runId) };
}

/**
 * Starts a run of the table maps: towards finance by sequence, then the write-back. Refuses names that no table map has, and a
 * proforma that does not exist. Every chunk is a unit of work of its own: killed anywhere, the next run goes on from there, and
 * several runs at once carry each change set once.
 */
export async function startSync(context: CommandContext, input: SyncInput, request: CommandRequest): Promise<StartedRun> {
  const { database } = context;
  const maps = await readTableMaps(database.reader);
  const named = input.maps ?? undefined;
  refuseUnknownMaps(maps, named);
  const { proformaInvoiceId } = input;
  if (proformaInvoiceId && !(await hasProforma(database.reader, proformaInvoiceId))) {
    refuse(notFound('proforma invoice', proformaInvoiceId, ['input', 'proformaInvoiceId']));
  }
  return startRun(context, RunKind.SYNC, request, async (run) => {
    const unkept = proformaInvoiceId ? [] : (await continueOperations(context, run.id, named)).held;
    const selected = selectFlows(await readTableMaps(database.reader), { maps: named, directions: input.directions });
    await reportBroken(context, run.id, selected.broken);
    await resolveMended(context, selected.flows);
    const flows = await beginFlows(context, run.id, selected.flows);
    const left = await (proformaInvoiceId ? carryProforma(context, flows, proformaInvoiceId) : carryEverything(context, flows));
    await finishCatchUp(context);
    await watchAlerts(context, [...selected.broken, ...selected.flows].map(({ flow }) => flow.map));
    const ran = await readRunMaps(database.reader, run.id);
    const putOff = await readLeftForLater(context, ran.map(({ mapName }) => mapName));
    return resultOf(ran, selected, { ...left, held: [...unkept, ...left.held], putOff });
  });
}

/** The flows in order, so that what a record waits for has just come; and once more at the end, for what another run has brought meanwhile. */
async function carryEverything(context: CommandContext, flows: readonly RunFlow[]): Promise<Left> {
  const held: HeldChangeSets[] = [];
  const halted = new Set<string>();
  await carryEach(flows, async (flow) => {
    await retryDue(context, flow);
    await retryWaiting(context, flow);
    const left = await carryLog(context, flow);
    if (left) held.push(left);
    // What system failures have just broken off for the last time.
    const unlisted = await keepQueue(context, flow);
    if (unlisted) held.push(unlisted);
  }, halted);
  await carryEach(flows, (flow) => retryWaiting(context, flow), halted);
  await resolveOvertaken(context, flows.map((flow) => flow.map));
  await reportWaiting(context, flows);
  return { held, halted: [...halted], isPutOffOwn: true };
}

/** Whether a run would find something: an operation or an open change set that no run holds, a record that was put off until now, or one whose other end has arrived. */
export async function hasSyncWork({ database: { reader }, clock }: Pick<CommandContext, 'database' | 'clock'>): Promise<boolean> {
  const now = timestampOf(clock);
  const all = await readTableMaps(reader);
  const { flows, broken } = selectFlows(all);
  const errors = await readMapErrors(reader);
  if (await hasOperationsToContinue(reader, now, all, errors) || await hasCaughtUp(reader)) return true;
  for (const one of broken) if (!isListed(errors, one) && await hasFreeLogEntries(reader, one.flow, now)) return true;
  if (flows.some(({ flow }) => errors.some((error) => isOf(error, flow)))) return true;
  for (const { flow, references } of flows) {
    if (await hasFreeLogEntries(reader, flow, now) || (await readDueRecordIds(reader, flow, { after: '', limit: 1, now })).length > 0) return true;
    if (references.length === 0) continue;
    const arrivedIn = references.map((reference) => reference.target);
    if ((await readWaitingRecordIds(reader, flow, { after: '', limit: 1, arrivedIn })).length > 0) return true;
  }
  return false;
}

/** Pushes the records of one proforma by reading them, without the log: their entries then find them there already. Those that it puts off count as failed. */
async function carryProforma(context: CommandContext, flows: readonly RunFlow[], proformaInvoiceId: string): Promise<Left> {
  const records = new ProformaRecords(context.database.reader, proformaInvoiceId);
  const halted = new Set<string>();
  await carryEach(flows, async (flow) => carryKeys(context, flow, await records.keysOf(flow.map.source.table)), halted);
  return { held: [], halted: [...halted], isPutOffOwn: false };
}
