import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { many } from '../../../kernel/many';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { releaseRows, returnedWith, STAGING_TABLES, type MovedRow, type StagedType } from '../../../stores/reconcile/quarantine.store';
import type { UnitOfWork } from '../../../stores/session';

/** How a count of rows of a type reads. */
export function counted(type: StagedType, count: number): string {
  return many(count, STAGING_TABLES[type].noun);
}

/** What the activity log keeps of rows that moved: nothing else remembers a quarantine that was released. */
export function factsOf(moved: readonly MovedRow[]): { count: number; sourceIds: string[] } {
  return { count: moved.length, sourceIds: moved.map((row) => row.sourceId).sort() };
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

/**
 * Releases what was in quarantine for want of the records that a table map has just carried, in the unit of work that carried them: the
 * rows themselves, and actuals of which a connection, or the other end of one, is back.
 */
export async function releaseReturned(
  work: UnitOfWork, context: CommandContext, target: { table: string; keyColumn: string }, keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const returned = await returnedWith(work, target, keys);
  if (returned && returned.ids.length > 0) await releaseChunk(work, context, returned.type, { ids: returned.ids, returnedOnly: true });
}
