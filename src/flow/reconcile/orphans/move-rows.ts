import type { CommandContext } from '../../../context';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import { STAGED_TYPES, STAGING_TABLES, type MovedRow, type StagedType } from '../../../stores/reconcile/quarantine.store';
import { stopHere } from '../../stop';

/** How many rows went into quarantine, or came out, by type. */
export interface MovedCounts {
  readonly stagedActualCount: number;
  readonly stagedMilestoneCount: number;
}

interface Mover {
  /** The next rows of a type behind a key, in key order. */
  readonly find: (type: StagedType, after: string, limit: number) => Promise<string[]>;
  /** Moves a chunk of them, and says how many moved. */
  readonly move: (type: StagedType, ids: readonly string[]) => Promise<number>;
}

/** Moves every row that is found, chunk by chunk: whatever becomes of the process, what was moved is moved, and the next run finds the rest. */
export async function moveRows(context: CommandContext, { find, move }: Mover): Promise<MovedCounts> {
  const counts = { StagedActual: 0, StagedMilestone: 0 };
  const breath = breather();
  for (const type of STAGED_TYPES) {
    for (let after = '', more = true; more;) {
      stopHere(context);
      const ids = await find(type, after, CHUNK_ROWS);
      if (ids.length > 0) counts[type] += await move(type, ids);
      after = ids.at(-1) ?? after;
      more = ids.length === CHUNK_ROWS;
      await breath();
    }
  }
  return { stagedActualCount: counts.StagedActual, stagedMilestoneCount: counts.StagedMilestone };
}

/** How a count of rows of a type reads. */
export function counted(type: StagedType, count: number): string {
  const { noun } = STAGING_TABLES[type];
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** Both counts, for people. */
export function bothCounted({ stagedActualCount, stagedMilestoneCount }: MovedCounts): string {
  return `${counted('StagedActual', stagedActualCount)} and ${counted('StagedMilestone', stagedMilestoneCount)}`;
}

/** What the activity log keeps of rows that moved: nothing else remembers a quarantine that was released. */
export function factsOf(moved: readonly MovedRow[]): { count: number; sourceIds: string[] } {
  return { count: moved.length, sourceIds: moved.map((row) => row.sourceId).sort() };
}
