import type { CommandContext } from '../../../context';
import { RunKind, TableMapStatus } from '../../../entities/dual-write';
import { hasFreeInitialSync } from '../../../stores/dual-write/initial-sync.store';
import { readRunMaps } from '../../../stores/dual-write/run.store';
import { hasFreeEntriesToKeep, readFlowsToKeep } from '../../../stores/dual-write/sync-log.store';
import { readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { beginFlows, readLeftForLater } from '../run/carry-flow';
import type { HeldChangeSets } from '../run/drain-log';
import { prepareTableMap } from '../run/prepare-table-map';
import { resultOf } from '../run/run-result';
import { carryInitialSyncs } from './initial-sync';
import { keepQueue } from './keep-queue';

/** Whether operating table maps has left work that no run is at. */
export async function hasOperationsToContinue(session: Session, now: string): Promise<boolean> {
  return await hasFreeEntriesToKeep(session, now) || hasFreeInitialSync(session, now);
}

/**
 * Goes on with what operating maps has begun, whoever began it: skipped queues go to the error list, and initial syncs push what is
 * left. Gives the change sets that another run holds.
 */
export async function continueOperations(context: CommandContext, runId: string, mapNames?: readonly string[]): Promise<HeldChangeSets[]> {
  const { reader } = context.database;
  const flows = (await readFlowsToKeep(reader)).filter((flow) => !mapNames || mapNames.includes(flow.map));
  const all = await readTableMaps(reader);
  const prepared = flows.map(({ map, direction }) => prepareTableMap(all.find((candidate) => candidate.name === map)!, direction, all));
  const held: HeldChangeSets[] = [];
  for (const flow of await beginFlows(context, runId, prepared)) held.push(...[await keepQueue(context, flow)].filter((left) => left !== null));
  if (all.some((map) => map.status === TableMapStatus.INITIALIZING)) await carryInitialSyncs(context, runId, all, mapNames);
  return held;
}

/** Starts a run that goes on with what an operation has just begun. Should its process die, the next sync goes on. */
export function startOperations(context: CommandContext, mapNames: readonly string[], request: CommandRequest): Promise<StartedRun> {
  return startRun(context, RunKind.OPERATE, request, async ({ id }) => {
    const held = await continueOperations(context, id, mapNames);
    const ran = await readRunMaps(context.database.reader, id);
    return resultOf(ran, { notRunning: [] }, { held, halted: [], putOff: await readLeftForLater(context, mapNames) });
  });
}
