import type { CommandContext } from '../../../context';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import { STAGED_TYPES, type StagedType } from '../../../stores/reconcile/quarantine.store';
import { counted } from '../../3-sync/run/release-from-quarantine';
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

/** Both counts, for people. */
export function bothCounted({ stagedActualCount, stagedMilestoneCount }: MovedCounts): string {
  return `${counted('StagedActual', stagedActualCount)} and ${counted('StagedMilestone', stagedMilestoneCount)}`;
}
