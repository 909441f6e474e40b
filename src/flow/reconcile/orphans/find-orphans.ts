import { ORPHAN_KINDS, readOrphans, type OrphanKind, type OrphanRow } from '../../../stores/reconcile/orphan-list.store';
import type { Session } from '../../../stores/session';

/** Where an orphan stands: the number of its kind, and its key. */
export const placeOfOrphan = ({ kind, key }: Pick<OrphanRow, 'kind' | 'key'>) => ({ gap: ORPHAN_KINDS.indexOf(kind), key });

/**
 * One page of what finance holds and Dataverse does not. Nothing that was synced is ever deleted, so an orphan comes from a restored backup of
 * Dataverse or from somebody's hand in a database. A statement per kind until the page is full.
 */
export async function findOrphans(
  session: Session, kinds: readonly OrphanKind[], rows: number, after: { gap: number; key: string } | null,
): Promise<{ orphans: OrphanRow[]; hasNextPage: boolean }> {
  const found: OrphanRow[] = [];
  for (const [index, kind] of ORPHAN_KINDS.entries()) {
    if (!kinds.includes(kind) || (after && index < after.gap)) continue;
    if (found.length > rows) break;
    found.push(...await readOrphans(session, kind, after?.gap === index ? after.key : '', rows + 1 - found.length));
  }
  return { orphans: found.slice(0, rows), hasNextPage: found.length > rows };
}
