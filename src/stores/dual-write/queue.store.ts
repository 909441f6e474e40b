import { tableNamed, tableOf } from '../../entities/columns';
import { SyncDirection, SyncLogEntry, SyncLogStatus, type TableMap } from '../../entities/dual-write';
import { inList, join, name, query, raw, sql, type Session, type Sql } from '../session';

/** What waits in the sync log for a table map, in both directions. */
export interface Queue {
  readonly changeSets: number;
  /** When the oldest change set was logged; null for an empty queue. */
  readonly oldest: string | null;
  /** How many of them have met a system failure, when the first of these is tried again, and what the database said of one of them. */
  readonly brokenOff: number;
  readonly nextTryOn: string | null;
  readonly lastFailure: string | null;
}

const OPEN = raw(`"gw_status" = ${SyncLogStatus.OPEN}`);

/** The queues of table maps by the maps' names; an empty one for a map without. */
export async function readQueues(session: Session, mapNames: readonly string[]): Promise<Map<string, Queue>> {
  const rows = await query<{ map: string; count: number | string; oldest: string; broken: number | string; next: string | null; failure: string | null }>(session, sql`
    SELECT "gw_map" AS "map", COUNT(*) AS "count", MIN("gw_createdon") AS "oldest", COUNT("gw_nexttryon") AS "broken", MIN("gw_nexttryon") AS "next",
      MIN("gw_lastfailure") AS "failure" FROM "gw_synclog"
    WHERE ${OPEN} AND ${inList(session, raw('"gw_map"'), mapNames)} GROUP BY "gw_map"`);
  const found = new Map(rows.map((row) => [row.map, {
    changeSets: Number(row.count), oldest: row.oldest, brokenOff: Number(row.broken), nextTryOn: row.next, lastFailure: row.failure,
  }]));
  return new Map(mapNames.map((map) => [map, found.get(map) ?? { changeSets: 0, oldest: null, brokenOff: 0, nextTryOn: null, lastFailure: null }]));
}

/** Whether change sets that were logged up to then, in milliseconds since 1970, still wait for a table map. */
export async function hasQueueUpTo(session: Session, mapName: string, upTo: number): Promise<boolean> {
  const rows = await query(session, sql`SELECT 1 AS "found" FROM "gw_synclog"
    WHERE ${OPEN} AND "gw_map" = ${mapName} AND "gw_sequence" <= ${upTo} LIMIT 1`);
  return rows.length > 0;
}

/** Which queued records are asked for: all of a map's, or the one under an integration key or an id. */
export interface QueuedRecordFilter {
  readonly integrationKey?: string | null | undefined;
  readonly recordId?: string | null | undefined;
}

/** Where a record stands in a queue, whose order is that of the change sets, then that of the records' ids. */
export type QueuePlace = readonly [sequence: number, entryId: string, recordId: string];

const LOG = tableOf(SyncLogEntry);
/** What the parts of a place are: records' ids are like those of the log's entries. */
export const PLACE_COLUMNS = [LOG.property('sequence'), LOG.property('id'), LOG.property('id')];

/** A record that waits in the queue of a table map. */
export interface QueuedRecordRow {
  readonly direction: SyncDirection;
  readonly recordId: string;
  readonly integrationKey: string;
  readonly changeSetId: string;
  readonly queuedSince: string;
  readonly place: QueuePlace;
}

/** Records in open change sets, as a part of a statement that reads them. */
interface QueuedIn {
  readonly direction: SyncDirection;
  readonly from: Sql;
  readonly key: Sql;
  readonly id: Sql;
}

/** A record (r) that is not sent yet with a change set (q) that a run has carried in part: records go in the order of their ids. */
export const isStillToGo = (id: Sql): Sql => sql`(q."gw_cursor" IS NULL OR q."gw_cursor" < ${id})`;

/**
 * By direction, the records that carry an open change set and are still to be sent: a record that was changed again counts once, with its
 * newest. A direction whose table does not exist, or keeps no change sets, has none.
 */
function queuedIn(map: TableMap, { integrationKey, recordId }: QueuedRecordFilter): QueuedIn[] {
  return [SyncDirection.DATAVERSE_TO_FINANCE, SyncDirection.FINANCE_TO_DATAVERSE].flatMap((direction) => {
    const toFinance = direction === SyncDirection.DATAVERSE_TO_FINANCE;
    const table = tableNamed(toFinance ? map.dataverseTable : map.financeTable);
    const changeSet = table?.columns.find(({ property }) => property === 'changeSetId');
    const keyColumn = toFinance ? map.integrationKey.dataverse : map.integrationKey.finance;
    if (!table?.column(keyColumn) || !changeSet) return [];
    const key = sql`r.${name(keyColumn)}`;
    const id = sql`r.${name(table.key.column)}`;
    const named = [...(integrationKey ? [sql` AND ${key} = ${integrationKey}`] : []), ...(recordId ? [sql` AND ${id} = ${recordId}`] : [])];
    const from = sql`FROM "gw_synclog" q JOIN ${name(table.table)} r ON r.${name(changeSet.column)} = q."gw_changesetid" AND ${isStillToGo(id)}
      WHERE q.${OPEN} AND q."gw_map" = ${map.name} AND q."gw_direction" = ${direction}${join(named, '')}`;
    return { direction, from, key, id };
  });
}

/** How many records are still to be sent by a table map, in both directions. */
export async function countQueuedRecords(session: Session, map: TableMap, filter: QueuedRecordFilter = {}): Promise<number> {
  const counts = queuedIn(map, filter).map(({ from }) => sql`(SELECT COUNT(*) ${from})`);
  if (counts.length === 0) return 0;
  const [row] = await query<{ count: number | string }>(session, sql`SELECT ${join(counts, ' + ')} AS "count"`);
  return Number(row!.count);
}

/** The records that a table map is still to send behind a place, the ones that were queued first before the others, at most `limit`. */
export async function readQueuedRecords(
  session: Session, map: TableMap, { filter, after, limit }: { filter: QueuedRecordFilter; after: QueuePlace | null; limit: number },
): Promise<QueuedRecordRow[]> {
  const selects = queuedIn(map, filter).map(({ direction, from, key, id }) => {
    const behind = after ? sql` AND (q."gw_sequence", q."gw_id", ${id}) > (${join(after.map((value) => sql`${value}`), ', ')})` : raw('');
    return sql`SELECT ${raw(String(direction))} AS "direction", ${id} AS "recordId", ${key} AS "integrationKey", q."gw_changesetid" AS "changeSetId",
      q."gw_createdon" AS "queuedSince", q."gw_sequence" AS "sequence", q."gw_id" AS "entryId" ${from}${behind}`;
  });
  if (selects.length === 0) return [];
  const rows = await query<Omit<QueuedRecordRow, 'place'> & { sequence: number | string; entryId: string }>(session, sql`
    ${join(selects, ' UNION ALL ')} ORDER BY "sequence", "entryId", "recordId" LIMIT ${limit}`);
  return rows.map(({ sequence, entryId, ...row }) => ({ ...row, place: [Number(sequence), entryId, row.recordId] }));
}
