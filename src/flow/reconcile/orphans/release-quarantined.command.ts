import type { CommandContext } from '../../../context';
import { RunKind, RunStatus, TableMapActivityKind } from '../../../entities/dual-write';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { quarantinedIds, releaseRows, STAGING_TABLES, type MovedRow, type StagedType } from '../../../stores/reconcile/quarantine.store';
import type { UnitOfWork } from '../../../stores/session';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { bothCounted, counted, factsOf, moveRows, type MovedCounts } from './move-rows';
import { namedRowsOf, problemOfRelease, type RowIds, type RowsAsked } from './named-rows';

export interface ReleaseInput extends RowsAsked {
  /** Rows whose source is not back, too: a person answers for them. */
  readonly evenWithoutSource?: boolean | null;
}

/**
 * Gives rows in quarantine back to the import, as a run of its own: those whose source is back, or others, too. Refused before anything
 * starts: rows that do not exist, or whose source is not back.
 */
export async function releaseQuarantined(context: CommandContext, input: ReleaseInput, request: CommandRequest): Promise<StartedRun> {
  const returnedOnly = input.evenWithoutSource !== true;
  const ids = await namedRowsOf(context.database.reader, input, returnedOnly ? problemOfRelease : () => null);
  return startRun(context, RunKind.QUARANTINE, request, async () => {
    const outcome = await performRelease(context, { ids, returnedOnly });
    return { status: RunStatus.SUCCEEDED, message: releasedSentence(outcome), outcome };
  });
}

/** What came out of quarantine, for people. */
export const releasedSentence = (counts: MovedCounts): string => `Released ${bothCounted(counts)} from quarantine.`;

/** Releases every row that is wanted, a chunk per unit of work. */
export function performRelease(context: CommandContext, { ids, returnedOnly }: { ids: RowIds; returnedOnly: boolean }): Promise<MovedCounts> {
  const { database } = context;
  return moveRows(context, {
    find: (type, after, limit) => quarantinedIds(database.reader, type, { ids: ids && ids[type], returnedOnly }, after, limit),
    move: async (type, found) => (await database.write((work) => releaseChunk(work, context, type, { ids: found, returnedOnly }))).length,
  });
}

/** Releases some rows and says so in the activity log, in one unit of work. Gives those that came out. */
export async function releaseChunk(
  work: UnitOfWork, context: Pick<CommandContext, 'clock' | 'ids' | 'actor'>, type: StagedType, { ids, returnedOnly }: { ids: readonly string[]; returnedOnly: boolean },
): Promise<MovedRow[]> {
  const released = await releaseRows(work, type, ids, returnedOnly);
  if (released.length > 0) {
    const because = returnedOnly ? `, because Dataverse holds ${released.length === 1 ? 'its source' : 'their sources'} again` : '';
    const sentence = `Released ${counted(type, released.length)} from quarantine${because}.`;
    await recordActivity(work, context, { kind: TableMapActivityKind.RELEASED, mapName: STAGING_TABLES[type].mapName, sentence, facts: { ...factsOf(released) } });
  }
  return released;
}
