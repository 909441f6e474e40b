import type { CommandContext } from '../../../context';
import { RunKind, RunStatus } from '../../../entities/dual-write';
import { quarantinedIds } from '../../../stores/reconcile/quarantine.store';
import { releaseChunk } from '../../3-sync/run/release-from-quarantine';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { bothCounted, moveRows, type MovedCounts } from './move-rows';
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
  let ids: RowIds = null;
  const perform = async () => {
    const outcome = await performRelease(context, { ids, returnedOnly });
    return { status: RunStatus.SUCCEEDED, message: releasedSentence(outcome), outcome } as const;
  };
  const problemOf = returnedOnly ? problemOfRelease : () => null;
  return startRun(context, RunKind.QUARANTINE, request, perform, async (work) => { ids = await namedRowsOf(work, input, problemOf); });
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
