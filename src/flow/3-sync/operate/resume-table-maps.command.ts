import type { CommandContext } from '../../../context';
import { ResumeMode, SyncLogStatus, TableMapActivityKind, type TableMap } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { many } from '../../../kernel/many';
import { refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { countQueuedRecords, readQueues } from '../../../stores/dual-write/queue.store';
import { skipQueue } from '../../../stores/dual-write/sync-log.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { changeTableMap } from './change-table-map';
import { lockNamed, refusalsOf } from './named-table-maps';
import type { OperateTableMapsInput } from './pause-table-maps.command';

export interface ResumeTableMapsInput extends OperateTableMapsInput {
  readonly mode: ResumeMode;
}

/**
 * Resumes table maps, in one of three modes (domain facts 4.1). All or none.
 * CATCH_UP, of a paused map: RESUMING until the queue that stands now has been carried, by this or any other run or worker, the
 * oldest change first and new ones behind it; then RUNNING. A map without a queue runs at once.
 * The two others, of a paused or a resuming map: RUNNING at once, and its queue is left behind: every record of it becomes a sync
 * error of the class CATCH_UP, or the queue is discarded, which stays visible in the log and in the activities.
 */
export async function resumeTableMaps(context: CommandContext, input: ResumeTableMapsInput, request: CommandRequest): Promise<{ tableMapIds: string[] }> {
  const { tableMaps: named, mode } = input;
  const isCatchUp = mode === ResumeMode.CATCH_UP;
  return runCommand(context, request, async (work) => {
    const { maps } = await lockNamed(work, named);
    refuseAny(refusalsOf(maps, named, () => (isCatchUp ? 'catchUp' : 'skipToLive')));
    for (const map of maps) await (isCatchUp ? catchUp(work, context, map) : skipToLive(work, context, map, mode));
    return { tableMapIds: maps.map((map) => map.id) };
  });
}

const setsOf = (count: number) => many(count, 'queued change set');

async function catchUp(work: UnitOfWork, context: CommandContext, map: TableMap): Promise<void> {
  const { changeSets } = (await readQueues(work, [map.name])).get(map.name)!;
  await changeTableMap(work, map, changeSets === 0 ? 'run' : 'catchUp', { catchUpTo: changeSets === 0 ? null : context.clock.now().getTime() });
  const sentence = `Resumed; catching up with ${setsOf(changeSets)}.`;
  await recordActivity(work, context, { kind: TableMapActivityKind.CATCHING_UP, mapName: map.name, sentence, facts: { changeSets } });
}

async function skipToLive(
  work: UnitOfWork, context: CommandContext, map: TableMap, mode: Exclude<ResumeMode, ResumeMode.CATCH_UP>,
): Promise<void> {
  const isKept = mode === ResumeMode.SKIP_TO_LIVE_KEEPING_QUEUE;
  const records = await countQueuedRecords(work, map);
  const changeSets = await skipQueue(work, map.name, isKept ? SyncLogStatus.KEEPING : SyncLogStatus.DISCARDED, timestampOf(context.clock));
  await changeTableMap(work, map, 'skipToLive', { catchUpTo: null });
  const fate = isKept ? 'become sync errors of the class CATCH_UP' : 'were discarded';
  await recordActivity(work, context, {
    kind: TableMapActivityKind.SKIPPED_TO_LIVE, mapName: map.name, facts: { mode: ResumeMode[mode], changeSets, records },
    sentence: `Skipped to live; ${setsOf(changeSets)} with ${many(records, 'record')} ${fate}.`,
  });
}
