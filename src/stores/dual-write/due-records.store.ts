import { tableOf, type TableFacts } from '../../entities/columns';
import { SyncErrorStatus, SyncLogEntry, SyncLogStatus, type MapFlow } from '../../entities/dual-write';
import { inList, name, query, raw, sql, type Session, type Sql } from '../session';
import { isStillToGo } from './queue.store';

/**
 * Where a record stands among those that a run works on: first the waiting ones and those that were put off until now, by id (phase 0, nothing in between), then the queue by
 * change set (phase 1).
 */
export type DuePlace = readonly [phase: number, sequence: number, entryId: string, recordId: string];

const LOG = tableOf(SyncLogEntry);
/** What the parts of a place are. */
export const DUE_PLACE_COLUMNS = [LOG.property('sequence'), LOG.property('sequence'), LOG.property('id'), LOG.property('id')];

/** One table map and direction with the table that it reads, and when a run would be. */
export interface DueFlow {
  readonly flow: MapFlow;
  readonly source: TableFacts;
  /** UTC ISO text. */
  readonly now: string;
}

const keyOf = ({ source }: DueFlow) => sql`r.${name(source.key.column)}`;

/** The open change sets (q) of a flow, put off until now or not at all, that a record (r) is still to be carried with. */
function queuedWith(due: DueFlow): Sql {
  return sql`r.${name(due.source.property('changeSetId').column)} = q."gw_changesetid" AND q."gw_status" = ${raw(String(SyncLogStatus.OPEN))}
    AND q."gw_map" = ${due.flow.map} AND q."gw_direction" = ${due.flow.direction} AND (q."gw_nexttryon" IS NULL OR q."gw_nexttryon" <= ${due.now}) AND ${isStillToGo(keyOf(due))}`;
}

const isQueued = (due: DueFlow) => sql`EXISTS (SELECT 1 FROM "gw_synclog" q WHERE ${queuedWith(due)})`;

/** What waits (e), and what a system failure has put off until now or earlier: a run tries no other one by itself. */
const waits = ({ flow, now }: DueFlow) => sql`e."ProjectName" = ${flow.map} AND e."gw_direction" = ${flow.direction}
  AND (e."gw_status" = ${raw(String(SyncErrorStatus.WAITING))} OR e."gw_nexttryon" <= ${now})`;

/** The records of a flow that wait or are queued, each once, behind a place, at most `limit`. */
export async function readDueRecords(session: Session, due: DueFlow, after: DuePlace | null, limit: number): Promise<DuePlace[]> {
  const [phase, sequence, entryId, recordId] = after ?? [0, 0, '', ''];
  const waiting = phase === 0 ? await readWaiting(session, due, recordId, limit) : [];
  if (waiting.length === limit) return waiting;
  const key = keyOf(due);
  const behind = phase === 1 ? sql` AND (q."gw_sequence", q."gw_id", ${key}) > (${sequence}, ${entryId}, ${recordId})` : raw('');
  const rows = await query<{ sequence: number | string; entryId: string; recordId: string }>(session, sql`
    SELECT q."gw_sequence" AS "sequence", q."gw_id" AS "entryId", ${key} AS "recordId"
    FROM "gw_synclog" q JOIN ${name(due.source.table)} r ON ${queuedWith(due)}
    WHERE q."gw_status" = ${raw(String(SyncLogStatus.OPEN))}${behind} ORDER BY "sequence", "entryId", "recordId" LIMIT ${limit - waiting.length}`);
  return [...waiting, ...rows.map((row): DuePlace => [1, Number(row.sequence), row.entryId, row.recordId])];
}

async function readWaiting(session: Session, due: DueFlow, after: string, limit: number): Promise<DuePlace[]> {
  const rows = await query<{ id: string }>(session, sql`SELECT e."RecordIdentifier" AS "id" FROM "DualWriteErrorLog" e
    JOIN ${name(due.source.table)} r ON ${keyOf(due)} = e."RecordIdentifier"
    WHERE ${waits(due)} AND e."RecordIdentifier" > ${after} AND NOT ${isQueued(due)} ORDER BY e."RecordIdentifier" LIMIT ${limit}`);
  return rows.map(({ id }): DuePlace => [0, 0, '', id]);
}

/** Which of these records of a flow wait or are queued. */
export async function readDueAmong(session: Session, due: DueFlow, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const key = keyOf(due);
  const rows = await query<{ id: string }>(session, sql`SELECT ${key} AS "id" FROM ${name(due.source.table)} r
    WHERE ${inList(session, key, ids)} AND (${isQueued(due)}
      OR EXISTS (SELECT 1 FROM "DualWriteErrorLog" e WHERE ${waits(due)} AND e."RecordIdentifier" = ${key}))`);
  return rows.map((row) => row.id);
}
