import type { CommandContext } from '../../../context';
import { RunKind, TableMapStatus, type MapFlow, type SyncError } from '../../../entities/dual-write';
import { readUnfinishedInitialSyncs } from '../../../stores/dual-write/initial-sync.store';
import { readRunMaps } from '../../../stores/dual-write/run.store';
import { readFlowsToKeep, readFreeFlowsToKeep } from '../../../stores/dual-write/sync-log.store';
import { readTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { isListed, reportBroken } from '../run/broken-flows';
import { beginFlows, readLeftForLater } from '../run/carry-flow';
import type { HeldChangeSets, RunFlow } from '../run/drain-log';
import { prepareFlows, type PreparedFlows } from '../run/prepare-table-map';
import { resultOf } from '../run/run-result';
import { carryInitialSyncs } from './initial-sync';
import { keepQueue } from './keep-queue';

/**
 * Whether operating table maps has left work that no run is at: a skipped queue, or an initial sync. A map that cannot run counts until
 * that is listed among `errors`.
 */
export async function hasOperationsToContinue(session: Session, now: string, all: readonly StoredTableMap[], errors: readonly SyncError[]): Promise<boolean> {
  const flows = [...await readFreeFlowsToKeep(session, now), ...await readFlowsToPush(session, all, now)];
  return flows.length > 0 && isWork(prepareFlows(flowsOf(flows, all), all), errors);
}

async function readFlowsToPush(session: Session, all: readonly StoredTableMap[], now: string): Promise<MapFlow[]> {
  const free = (await readUnfinishedInitialSyncs(session)).filter(({ leaseExpires }) => leaseExpires === null || leaseExpires <= now);
  return free.flatMap(({ tableMapId, direction }) => all.filter(({ id }) => id === tableMapId).map(({ name }) => ({ map: name, direction })));
}

const isWork = ({ flows, broken }: PreparedFlows, errors: readonly SyncError[]) => flows.length > 0 || broken.some((one) => !isListed(errors, one));

const flowsOf = (flows: readonly MapFlow[], all: readonly StoredTableMap[]) =>
  flows.flatMap(({ map: name, direction }) => all.filter((map) => map.name === name).map((map) => ({ map, direction })));

/** What going on with operations has left. */
export interface OperationsLeft {
  readonly held: readonly HeldChangeSets[];
  /** Whether a system failure has put a skipped queue off, now. Records of an initial sync that it puts off count as failed. */
  readonly isPutOffOwn: boolean;
}

/**
 * Goes on with what operating maps has begun, whoever began it: skipped queues go to the error list, and initial syncs push what is
 * left.
 */
export async function continueOperations(context: CommandContext, runId: string, mapNames?: readonly string[]): Promise<OperationsLeft> {
  const { reader } = context.database;
  const flows = (await readFlowsToKeep(reader)).filter((flow) => !mapNames || mapNames.includes(flow.map));
  const all = await readTableMaps(reader);
  const prepared = prepareFlows(flowsOf(flows, all), all);
  await reportBroken(context, runId, prepared.broken);
  const held: HeldChangeSets[] = [];
  const begun: readonly RunFlow[] = await beginFlows(context, runId, prepared.flows);
  for (const flow of begun) held.push(...[await keepQueue(context, flow)].filter((left) => left !== null));
  if (all.some((map) => map.status === TableMapStatus.INITIALIZING)) await carryInitialSyncs(context, runId, all, mapNames);
  return { held, isPutOffOwn: begun.some((flow) => flow.hasBrokenOff) };
}

/** Starts a run that goes on with what an operation has just begun. Should its process die, the next sync goes on. */
export function startOperations(context: CommandContext, mapNames: readonly string[], request: CommandRequest): Promise<StartedRun> {
  return startRun(context, RunKind.OPERATE, request, async ({ id }) => {
    const left = await continueOperations(context, id, mapNames);
    const ran = await readRunMaps(context.database.reader, id);
    return resultOf(ran, { notRunning: [] }, { ...left, halted: [], putOff: await readLeftForLater(context, mapNames) });
  });
}
