import type { CommandContext } from '../../../context';
import { returnedWith } from '../../../stores/reconcile/quarantine.store';
import type { UnitOfWork } from '../../../stores/session';
import { releaseChunk } from './release-quarantined.command';

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
