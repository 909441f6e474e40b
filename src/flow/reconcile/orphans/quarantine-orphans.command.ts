import type { CommandContext } from '../../../context';
import { RunKind, RunStatus, TableMapActivityKind } from '../../../entities/dual-write';
import type { OrphanKind } from '../../../entities/finance';
import { timestampOf } from '../../../kernel/clock';
import { invalid, refuse } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import {
  freeOrphanIds, quarantineRows, STAGING_TABLES, type MovedRow, type RowsWanted, type StagedType,
} from '../../../stores/reconcile/quarantine.store';
import { counted, factsOf, releaseChunk } from '../../3-sync/run/release-from-quarantine';
import type { CommandRequest } from '../../command';
import { startRun, type StartedRun } from '../../runs';
import { bothCounted, moveRows, type MovedCounts } from './move-rows';
import { namedRowsOf, problemOfQuarantine, type RowIds, type RowsAsked } from './named-rows';
import { GRACE_MINUTES_MAX } from './orphan.limits';

const MINUTE_MS = 60_000;

export interface QuarantineInput extends RowsAsked {
  /** With all: only these kinds. */
  readonly kinds?: readonly OrphanKind[] | null;
  /** With all: only rows that arrived longer ago than this, and those of which nothing says when. */
  readonly olderThanMinutes?: number | null;
}

/**
 * Puts orphans into quarantine as a run of its own. Refused before anything starts: rows that do not exist, are no orphans, or that finance
 * has gone on with, because their documents are there and a mark on the staged row would not stop them.
 */
export async function quarantineOrphans(context: CommandContext, input: QuarantineInput, request: CommandRequest): Promise<StartedRun> {
  const { kinds = null, olderThanMinutes = null } = input;
  if (input.rows && (kinds || olderThanMinutes !== null)) refuse(invalid('INVALID_INPUT', 'Kinds and ages go with all, not with ids.', ['input']));
  if (olderThanMinutes !== null && (olderThanMinutes < 0 || olderThanMinutes > GRACE_MINUTES_MAX)) {
    refuse(invalid('INVALID_INPUT', `The age is ${olderThanMinutes} minutes; it can be 0 to ${GRACE_MINUTES_MAX}.`, ['input', 'olderThanMinutes']));
  }
  const graceMs = olderThanMinutes === null ? null : olderThanMinutes * MINUTE_MS;
  let ids: RowIds = null;
  const perform = async () => {
    const outcome = await performQuarantine(context, { ids, kinds, graceMs });
    return { status: RunStatus.SUCCEEDED, message: quarantinedSentence(outcome), outcome } as const;
  };
  return startRun(context, RunKind.QUARANTINE, request, perform, async (work) => { ids = await namedRowsOf(work, input, problemOfQuarantine); });
}

/** What went into quarantine, for people. */
export const quarantinedSentence = (counts: MovedCounts): string => `Put ${bothCounted(counts)} into quarantine.`;

export interface QuarantineWanted {
  readonly ids: RowIds;
  readonly kinds: readonly OrphanKind[] | null;
  /** Milliseconds that a row has to have been there; null for any. */
  readonly graceMs: number | null;
}

/** Puts every orphan that is wanted into quarantine, a chunk per unit of work. */
export function performQuarantine(context: CommandContext, { ids, kinds, graceMs }: QuarantineWanted): Promise<MovedCounts> {
  const { database, clock } = context;
  const arrivedUpTo = graceMs === null ? null : new Date(clock.now().getTime() - graceMs).toISOString();
  const wantedOf = (type: StagedType): RowsWanted => ({ ids: ids && ids[type], kinds, arrivedUpTo });
  return moveRows(context, {
    find: (type, after, limit) => freeOrphanIds(database.reader, type, wantedOf(type), after, limit),
    move: async (type, found) => {
      const moved = await quarantineChunk(context, type, found, wantedOf(type));
      if (moved.length === 0) return 0;
      // A source that came while the rows were locked may have been carried before they were marked, and nothing carries it again.
      const returned = await database.write((work) => releaseChunk(work, context, type, { ids: moved.map(({ id }) => id), returnedOnly: true }));
      return moved.length - returned.length;
    },
  });
}

/** Marks a chunk and says so in the activity log, in one unit of work. Gives the rows that went. */
async function quarantineChunk(context: CommandContext, type: StagedType, found: readonly string[], wanted: RowsWanted): Promise<MovedRow[]> {
  return context.database.write(async (work) => {
    const moved = await quarantineRows(work, type, found, { on: timestampOf(context.clock), by: context.actor, wanted });
    if (moved.length > 0) {
      const sentence = `Put ${counted(type, moved.length)} into quarantine, because Dataverse does not hold what ${moved.length === 1 ? 'it stands' : 'they stand'} for.`;
      await recordActivity(work, context, { kind: TableMapActivityKind.QUARANTINED, mapName: STAGING_TABLES[type].mapName, sentence, facts: { ...factsOf(moved) } });
    }
    return moved;
  });
}
