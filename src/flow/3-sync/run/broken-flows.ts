import type { CommandContext } from '../../../context';
import { SyncDirection, SyncErrorClass, SyncErrorStatus, TableMapActivityKind, type MapFlow, type SyncError } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { insertRunMaps, readRunMaps, setFailure } from '../../../stores/dual-write/run.store';
import { readMapErrors, recordFailures, resolveErrors, type SyncFailure } from '../../../stores/dual-write/sync-error.store';
import type { UnitOfWork } from '../../../stores/session';
import type { BrokenFlow } from './prepare-table-map';

const SENTENCE_CHARACTERS_MAX = 1000;

/** What is wrong with a map that cannot run, and what to do, for people. */
export function sentenceOf({ flow, finding }: BrokenFlow): string {
  const way = flow.direction === SyncDirection.DATAVERSE_TO_FINANCE ? 'towards finance' : 'back to Dataverse';
  return `${flow.map} cannot run ${way}: ${finding.message} Stop it, change it with updateTableMap or go to another version with activateTableMapVersion, and run it: its queue is kept.`
    .slice(0, SENTENCE_CHARACTERS_MAX);
}

/** Whether an error is of a flow. */
export function isOf(error: SyncError, { map, direction }: MapFlow): boolean {
  return error.mapName === map && error.direction === direction;
}

/** Whether a broken flow is listed as it stands, so that nothing new is to be said of it. */
export function isListed(errors: readonly SyncError[], { flow, version }: BrokenFlow): boolean {
  return errors.some((error) => isOf(error, flow) && error.recordVersion === version);
}

/** Reports maps that cannot run, once in a run, however many of its steps meet them: in the run, in the error list, where alert rules count them, and once for each version of the map in the activity log. */
export async function reportBroken(context: CommandContext, runId: string, broken: readonly BrokenFlow[]): Promise<void> {
  if (broken.length === 0) return;
  await context.database.write(async (work) => {
    await insertRunMaps(work, runId, broken.map(({ flow }) => ({ ...flow, id: context.ids.next() })));
    const reported = (await readRunMaps(work, runId)).filter(({ failure }) => failure !== null);
    const fresh = broken.filter(({ flow }) => !reported.some(({ mapName, direction }) => mapName === flow.map && direction === flow.direction));
    const errors = await readMapErrors(work);
    for (const one of fresh) await report(work, context, runId, one, isListed(errors, one));
  });
}

async function report(work: UnitOfWork, context: CommandContext, runId: string, broken: BrokenFlow, isKnown: boolean): Promise<void> {
  const { flow, finding: { code, path } } = broken;
  const sentence = sentenceOf(broken);
  await setFailure(work, runId, flow, { code, sentence });
  await recordFailures(work, flow, [failureOf(context, broken)], timestampOf(context.clock));
  if (isKnown) return;
  await recordActivity(work, context, {
    kind: TableMapActivityKind.CANNOT_RUN, mapName: flow.map, sentence, facts: { direction: SyncDirection[flow.direction], code, path },
  });
}

function failureOf({ ids }: CommandContext, broken: BrokenFlow): SyncFailure {
  return {
    id: ids.next(), recordId: broken.tableMapId, recordVersion: broken.version, status: SyncErrorStatus.OPEN, class: SyncErrorClass.APPLICATION,
    code: 'MAP_CANNOT_RUN', message: sentenceOf(broken), column: null, waitsFor: null, proformaNumber: null, legalEntityId: null,
  };
}

/** Resolves the errors of maps that can run by now. */
export async function resolveMended({ database, clock }: CommandContext, flows: readonly { readonly flow: MapFlow }[]): Promise<void> {
  const mended = (await readMapErrors(database.reader)).filter((error) => flows.some(({ flow }) => isOf(error, flow)));
  if (mended.length === 0) return;
  await database.write(async (work) => {
    for (const { mapName, direction, recordId } of mended) await resolveErrors(work, { map: mapName, direction }, [recordId], timestampOf(clock));
  });
}
