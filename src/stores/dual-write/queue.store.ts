import { tableNamed } from '../../entities/columns';
import { SyncDirection, SyncLogStatus, type TableMap } from '../../entities/dual-write';
import { inList, join, name, query, raw, sql, type Session, type Sql } from '../session';

/** What waits in the sync log for a table map, in both directions. */
export interface Queue {
  readonly changeSets: number;
  /** When the oldest change set was logged; null for an empty queue. */
  readonly oldest: string | null;
}

const OPEN = raw(`"gw_status" = ${SyncLogStatus.OPEN}`);

/** The queues of table maps by the maps' names; an empty one for a map without. */
export async function readQueues(session: Session, mapNames: readonly string[]): Promise<Map<string, Queue>> {
  const rows = await query<{ map: string; count: number | string; oldest: string }>(session, sql`
    SELECT "gw_map" AS "map", COUNT(*) AS "count", MIN("gw_createdon") AS "oldest" FROM "gw_synclog"
    WHERE ${OPEN} AND ${inList(session, raw('"gw_map"'), mapNames)} GROUP BY "gw_map"`);
  const found = new Map(rows.map((row) => [row.map, { changeSets: Number(row.count), oldest: row.oldest }]));
  return new Map(mapNames.map((map) => [map, found.get(map) ?? { changeSets: 0, oldest: null }]));
}

/** Whether change sets that were logged up to then, in milliseconds since 1970, still wait for a table map. */
export async function hasQueueUpTo(session: Session, mapName: string, upTo: number): Promise<boolean> {
  const rows = await query(session, sql`SELECT 1 AS "found" FROM "gw_synclog"
    WHERE ${OPEN} AND "gw_map" = ${mapName} AND "gw_sequence" <= ${upTo} LIMIT 1`);
  return rows.length > 0;
}

/** The records of one direction that carry an open change set: a record that was changed again counts once, with its newest. */
function queuedRecords({ name: mapName, dataverseTable, financeTable }: TableMap, direction: SyncDirection): Sql {
  const table = tableNamed(direction === SyncDirection.DATAVERSE_TO_FINANCE ? dataverseTable : financeTable)!;
  return sql`FROM "gw_synclog" q JOIN ${name(table.table)} r ON r.${name(table.property('changeSetId').column)} = q."gw_changesetid"
    WHERE q.${OPEN} AND q."gw_map" = ${mapName} AND q."gw_direction" = ${direction}`;
}

const DIRECTIONS = [SyncDirection.DATAVERSE_TO_FINANCE, SyncDirection.FINANCE_TO_DATAVERSE];

/** How many records wait for a table map, in both directions. */
export async function countQueuedRecords(session: Session, map: TableMap): Promise<number> {
  const counts = join(DIRECTIONS.map((direction) => sql`(SELECT COUNT(*) ${queuedRecords(map, direction)})`), ' + ');
  const [row] = await query<{ count: number | string }>(session, sql`SELECT ${counts} AS "count"`);
  return Number(row!.count);
}
