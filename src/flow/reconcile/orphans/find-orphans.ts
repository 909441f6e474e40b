import type { OrphanKind } from '../../../entities/finance';
import {
  placeOfKind, placeOfQuarantined, QUARANTINE_PLACES, readOrphans, readQuarantined, type OrphanRow, type QuarantinedRow, type QuarantineFilter,
} from '../../../stores/reconcile/orphan-list.store';
import { ORPHAN_KINDS } from '../../../stores/reconcile/orphan-conditions';
import type { Session } from '../../../stores/session';

/** Where a row of these lists stands: the number of its list, and its key. */
interface Place { readonly gap: number; readonly key: string }

/** Where an orphan stands. */
export const placeOfOrphan = ({ kind, key }: Pick<OrphanRow, 'kind' | 'key'>): Place => ({ gap: placeOfKind(kind), key });
/** Where a row in quarantine stands. */
export const placeOfQuarantinedRow = ({ type, key }: Pick<QuarantinedRow, 'type' | 'key'>): Place => ({ gap: placeOfQuarantined(type), key });

/** One page over lists that follow each other: a statement per list until the page is full. */
async function pageOver<Row>(
  lists: readonly number[], rows: number, after: Place | null, read: (list: number, after: string, limit: number) => Promise<Row[]>,
): Promise<{ rows: Row[]; hasNextPage: boolean }> {
  const found: Row[] = [];
  for (const list of lists) {
    if (after && list < after.gap) continue;
    if (found.length > rows) break;
    found.push(...await read(list, after?.gap === list ? after.key : '', rows + 1 - found.length));
  }
  return { rows: found.slice(0, rows), hasNextPage: found.length > rows };
}

/** Which orphans are asked for; what is left out does not matter. */
export interface OrphanFilter {
  readonly kinds: readonly OrphanKind[] | null;
  readonly isQuarantined: boolean | null;
}

/**
 * One page of what finance holds and Dataverse does not. Nothing that was synced is ever deleted, so an orphan comes from a restored backup of
 * Dataverse or from somebody's hand in a database.
 */
export function findOrphans(session: Session, { kinds, isQuarantined }: OrphanFilter, rows: number, after: Place | null) {
  const lists = ORPHAN_KINDS.filter((kind) => !kinds || kinds.includes(kind)).map(placeOfKind);
  return pageOver(lists, rows, after, (list, key, limit) => readOrphans(session, ORPHAN_KINDS[list]!, isQuarantined, key, limit));
}

/** One page of the staged rows in quarantine, with what is still gone of each. */
export function findQuarantined(session: Session, filter: QuarantineFilter, rows: number, after: Place | null) {
  const lists = Array.from({ length: QUARANTINE_PLACES }, (_, list) => list);
  return pageOver(lists, rows, after, (list, key, limit) => readQuarantined(session, list, filter, key, limit));
}
