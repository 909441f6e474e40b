import type { CommandContext } from '../../../context';
import { RunKind, RunStatus, type Run, type RunMap, type SyncDirection } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { notFound, refuse } from '../../../kernel/refusal';
import { hasProforma, ProformaRecords } from '../../../stores/dual-write/proforma-records.store';
import { insertRunMaps, readRun, readRunMaps } from '../../../stores/dual-write/run.store';
import { readWaitingRecordIds } from '../../../stores/dual-write/sync-error.store';
import { hasFreeLogEntries } from '../../../stores/dual-write/sync-log.store';
import { readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { CommandRequest } from '../../command';
import { startRun, type RunResult, type StartedRun } from '../../runs';
import { finishCatchUp } from '../operate/finish-catch-up';
import { carryKeys, carryLog, MapHaltedError, reportWaiting, resolveOvertaken, retryWaiting, type HeldChangeSets, type RunFlow } from './carry-flow';
import type { PreparedMap } from './prepare-table-map';
import { refuseUnknownMaps, selectFlows, type SelectedFlows } from './select-flows';

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
    const selected = selectFlows(await readTableMaps(database.reader), { maps: named, directions: input.directions });
    const flows = await beginFlows(context, run.id, selected.flows);
    const left = await (proformaInvoiceId ? carryProforma(context, flows, proformaInvoiceId) : carryEverything(context, flows));
    await finishCatchUp(context);
    return resultOf(await readRunMaps(database.reader, run.id), selected, left);
  });
}

/** Adds a report row per flow, so that a run which still goes on can be read. */
export async function beginFlows(context: CommandContext, runId: string, maps: readonly PreparedMap[]): Promise<RunFlow[]> {
  const flows = maps.map((map) => ({ runId, runMapId: context.ids.next(), map }));
  await context.database.write((work) => insertRunMaps(work, runId, flows.map(({ runMapId, map }) => ({ ...map.flow, id: runMapId }))));
  return flows;
}

/** What a run has left in the queue: to another run that holds it, or because the map was halted meanwhile. */
export interface Left {
  readonly held: readonly HeldChangeSets[];
  /** Names of table maps. */
  readonly halted: readonly string[];
}

/** Carries flows one after the other; a map that is paused or stopped meanwhile is left, in both directions, and the others go on. */
export async function carryEach(flows: readonly RunFlow[], carry: (flow: RunFlow) => Promise<void>, halted: Set<string>): Promise<void> {
  for (const flow of flows) {
    if (halted.has(flow.map.flow.map)) continue;
    try {
      await carry(flow);
    } catch (error) {
      if (!(error instanceof MapHaltedError)) throw error;
      halted.add(error.map);
    }
  }
}

/** The flows in order, so that what a record waits for has just come; and once more at the end, for what another run has brought meanwhile. */
async function carryEverything(context: CommandContext, flows: readonly RunFlow[]): Promise<Left> {
  const held: HeldChangeSets[] = [];
  const halted = new Set<string>();
  await carryEach(flows, async (flow) => {
    await retryWaiting(context, flow);
    const left = await carryLog(context, flow);
    if (left) held.push(left);
  }, halted);
  await carryEach(flows, (flow) => retryWaiting(context, flow), halted);
  await resolveOvertaken(context, flows.map((flow) => flow.map));
  await reportWaiting(context, flows);
  return { held, halted: [...halted] };
}

/** Whether a run would find something: an open change set of a running map that no run holds, or a waiting record whose other end has arrived. */
export async function hasSyncWork({ database: { reader }, clock }: Pick<CommandContext, 'database' | 'clock'>): Promise<boolean> {
  for (const { flow, references } of selectFlows(await readTableMaps(reader)).flows) {
    if (await hasFreeLogEntries(reader, flow, timestampOf(clock))) return true;
    if (references.length === 0) continue;
    const arrivedIn = references.map((reference) => reference.target);
    if ((await readWaitingRecordIds(reader, flow, { after: '', limit: 1, arrivedIn })).length > 0) return true;
  }
  return false;
}

/** Pushes the records of one proforma by reading them, without the log: their entries then find them there already. */
async function carryProforma(context: CommandContext, flows: readonly RunFlow[], proformaInvoiceId: string): Promise<Left> {
  const records = new ProformaRecords(context.database.reader, proformaInvoiceId);
  const halted = new Set<string>();
  await carryEach(flows, async (flow) => carryKeys(context, flow, await records.keysOf(flow.map.flow)), halted);
  return { held: [], halted: [...halted] };
}

/** How a run that went through ends: a waiting record is no error, a failed one is, and so is what another run still holds. */
export function resultOf(maps: readonly RunMap[], { notRunning }: Pick<SelectedFlows, 'notRunning'>, { held, halted }: Left): RunResult {
  const total = (count: 'read' | 'written' | 'skipped' | 'failed' | 'waiting') => maps.reduce((sum, map) => sum + map[count], 0);
  const counts = `Read ${total('read')}, wrote ${total('written')}, skipped ${total('skipped')}, `
    + `failed ${total('failed')}, waiting ${total('waiting')}.`;
  const sentence = (words: string, names: readonly string[]) => (names.length === 0 ? '' : ` ${words}, queue kept: ${names.join('; ')}.`);
  const status = total('failed') > 0 || held.length > 0 ? RunStatus.FINISHED_WITH_ERRORS : RunStatus.SUCCEEDED;
  const message = counts + sentence('Not running', notRunning) + sentence('Paused or stopped meanwhile', halted) + sentenceOfHeld(held);
  return { status, message, keepsKey: held.length === 0 };
}

function sentenceOfHeld(held: readonly HeldChangeSets[]): string {
  if (held.length === 0) return '';
  const count = held.reduce((sum, { count: more }) => sum + more, 0);
  const until = held.map((left) => left.until).sort().at(-1)!.slice(11, 19);
  return ` ${count} change ${count === 1 ? 'set is' : 'sets are'} held by another run until ${until} UTC.`;
}
