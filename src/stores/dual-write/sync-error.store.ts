import { tableOf, toStored, type TableFacts } from '../../entities/columns';
import { SyncError, SyncErrorStatus, type MapFlow, type SyncErrorClass } from '../../entities/dual-write';
import { jsonRows, selectRows } from '../bulk';
import type { PutOff } from './sync-log.store';
import { execute, inList, join, name, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';

/** A record that a table map could not carry now. */
export interface SyncFailure {
  readonly id: string;
  readonly recordId: string;
  readonly recordVersion: number;
  readonly status: SyncErrorStatus.OPEN | SyncErrorStatus.WAITING;
  readonly class: SyncErrorClass;
  readonly code: string;
  readonly message: string;
  readonly column: string | null;
  readonly waitsFor: string | null;
  readonly proformaNumber: string | null;
  readonly legalEntityId: string | null;
  /** Of a record that the system has failed: how often, and when it is tried again by itself. */
  readonly systemTries?: number;
  readonly nextTryOn?: string | null;
}

const FACTS = tableOf(SyncError);
const GIVEN_COLUMNS = [
  'id', 'mapName', 'direction', 'recordId', 'recordVersion', 'status', 'class', 'code', 'message', 'column', 'waitsFor', 'proformaNumber', 'legalEntityId',
  'systemTries', 'nextTryOn', 'firstOn', 'lastOn',
].map((property) => FACTS.property(property));

/**
 * Lists records that failed or wait: a new row each, or one more attempt on the row that is there. An older version never
 * replaces what a newer one said, a dismissed row comes back only with a newer version, and a resolved one begins anew.
 */
export async function recordFailures(work: UnitOfWork, flow: MapFlow, failures: readonly SyncFailure[], now: string): Promise<void> {
  if (failures.length === 0) return;
  const rows = failures.map((failure) => {
    const row: Record<string, unknown> = { systemTries: 0, nextTryOn: null, ...failure, mapName: flow.map, direction: flow.direction, firstOn: now, lastOn: now };
    return GIVEN_COLUMNS.map((facts) => toStored(facts, row[facts.property]));
  });
  const held = (column: string) => raw(`"DualWriteErrorLog"."${column}"`);
  const isAnew = sql`${held('gw_status')} = ${raw(String(SyncErrorStatus.RESOLVED))}`;
  const staysDismissed = sql`${held('gw_status')} = ${raw(String(SyncErrorStatus.DISMISSED))}
    AND ${held('gw_recordversion')} >= excluded."gw_recordversion"`;
  await execute(work, sql`
    INSERT INTO "DualWriteErrorLog" (${join(GIVEN_COLUMNS.map((facts) => name(facts.column)), ', ')})
    ${jsonRows(work, GIVEN_COLUMNS, rows)}
    ON CONFLICT ("ProjectName", "gw_direction", "RecordIdentifier") DO UPDATE SET
      "gw_status" = CASE WHEN ${staysDismissed} THEN ${held('gw_status')} ELSE excluded."gw_status" END,
      "gw_systemtries" = excluded."gw_systemtries", "gw_nexttryon" = CASE WHEN ${staysDismissed} THEN NULL ELSE excluded."gw_nexttryon" END,
      "gw_attempts" = CASE WHEN ${isAnew} THEN 1 ELSE ${held('gw_attempts')} + 1 END,
      "gw_firston" = CASE WHEN ${isAnew} THEN excluded."gw_firston" ELSE ${held('gw_firston')} END,
      "gw_recordversion" = excluded."gw_recordversion", "gw_class" = excluded."gw_class", "gw_code" = excluded."gw_code",
      "DetailedErrorMessage" = excluded."DetailedErrorMessage", "gw_column" = excluded."gw_column", "gw_waitsfor" = excluded."gw_waitsfor",
      "gw_proformanumber" = excluded."gw_proformanumber", "gw_legalentity" = excluded."gw_legalentity", "gw_laston" = excluded."gw_laston", "gw_version" = ${held('gw_version')} + 1
    WHERE ${held('gw_recordversion')} <= excluded."gw_recordversion"`);
}

function ofFlow(flow: MapFlow): Sql {
  return sql`"ProjectName" = ${flow.map} AND "gw_direction" = ${flow.direction}`;
}

const UNRESOLVED = raw(`"gw_status" <> ${SyncErrorStatus.RESOLVED}`);

/** Resolves the errors of records that were carried, or that their map leaves out. */
export async function resolveErrors(work: UnitOfWork, flow: MapFlow, recordIds: readonly string[], now: string): Promise<void> {
  if (recordIds.length === 0) return;
  await execute(work, sql`UPDATE "DualWriteErrorLog" SET "gw_status" = ${SyncErrorStatus.RESOLVED}, "gw_laston" = ${now},
    "gw_waitsfor" = NULL, "gw_nexttryon" = NULL, "gw_version" = "gw_version" + 1
    WHERE ${ofFlow(flow)} AND ${inList(work, raw('"RecordIdentifier"'), recordIds)} AND ${UNRESOLVED}`);
}

/** A table with the column of its integration key. */
export interface KeyedTable {
  readonly table: TableFacts;
  readonly keyColumn: string;
}

export async function hasUnresolvedErrors(session: Session): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "found" FROM "DualWriteErrorLog" WHERE ${UNRESOLVED} LIMIT 1`)).length > 0;
}

/**
 * Resolves errors of versions that the target holds by now: two runs on one record may otherwise leave the older one's error
 * behind. `source` and `target` are the two tables of the flow with the columns of its integration key.
 */
export async function resolveOvertakenErrors(
  work: UnitOfWork, flow: MapFlow, { source, target }: { source: KeyedTable; target: KeyedTable }, now: string,
): Promise<void> {
  await execute(work, sql`UPDATE "DualWriteErrorLog" SET "gw_status" = ${SyncErrorStatus.RESOLVED}, "gw_laston" = ${now},
    "gw_waitsfor" = NULL, "gw_nexttryon" = NULL, "gw_version" = "gw_version" + 1
    WHERE ${ofFlow(flow)} AND ${UNRESOLVED} AND EXISTS (
      SELECT 1 FROM ${name(source.table.table)} s
      JOIN ${name(target.table.table)} t ON t.${name(target.keyColumn)} = s.${name(source.keyColumn)}
      WHERE s.${name(source.table.key.column)} = "DualWriteErrorLog"."RecordIdentifier"
        AND t.${name(target.table.property('sourceVersion').column)} >= "DualWriteErrorLog"."gw_recordversion")`);
}

/** Where the series of tries of a record stands that system failures have put off. */
export interface PutOffRecord {
  readonly recordId: string;
  readonly systemTries: number;
  readonly nextTryOn: string;
}

/** Those of these records that system failures have put off and that will be tried again by themselves. */
export async function readPutOffRecords(session: Session, flow: MapFlow, recordIds: readonly string[]): Promise<Map<string, PutOffRecord>> {
  const rows = await query<Omit<PutOffRecord, 'systemTries'> & { systemTries: number | string }>(session, sql`
    SELECT "RecordIdentifier" AS "recordId", "gw_systemtries" AS "systemTries", "gw_nexttryon" AS "nextTryOn" FROM "DualWriteErrorLog"
    WHERE ${ofFlow(flow)} AND ${inList(session, raw('"RecordIdentifier"'), recordIds)} AND ${raw(IS_PUT_OFF)}`);
  return new Map(rows.map((row) => [row.recordId, { ...row, systemTries: Number(row.systemTries) }]));
}

const IS_PUT_OFF = `"gw_status" = ${SyncErrorStatus.OPEN} AND "gw_nexttryon" IS NOT NULL`;

/** The records of a flow whose time to be tried again has come, put off by system failures or waiting, behind `after` in key order. */
export async function readDueRecordIds(
  session: Session, flow: MapFlow, { after, limit, now }: { after: string; limit: number; now: string },
): Promise<string[]> {
  const rows = await query<{ id: string }>(session, sql`SELECT "RecordIdentifier" AS "id" FROM "DualWriteErrorLog"
    WHERE ${ofFlow(flow)} AND "gw_nexttryon" <= ${now} AND "RecordIdentifier" > ${after}
    ORDER BY "RecordIdentifier" LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

/**
 * Lets the next run try every waiting record again, whatever it waits for: by another definition a record may refer to nothing any more,
 * or to what its map leaves out.
 */
export async function tryWaitingAgain(work: UnitOfWork, now: string): Promise<void> {
  await execute(work, sql`UPDATE "DualWriteErrorLog" SET "gw_nexttryon" = ${now}, "gw_version" = "gw_version" + 1
    WHERE "gw_status" = ${SyncErrorStatus.WAITING}`);
}

/** How many records of these table maps are put off, until when the first of them is, and what the system said of it; null for none. */
export async function summarizePutOffRecords(session: Session, mapNames: readonly string[], now: string): Promise<PutOff | null> {
  const [row] = await query<{ count: number | string; until: string; failure: string }>(session, sql`
    SELECT COUNT(*) OVER () AS "count", "gw_nexttryon" AS "until", "DetailedErrorMessage" AS "failure" FROM "DualWriteErrorLog"
    WHERE ${inList(session, raw('"ProjectName"'), mapNames)} AND ${raw(IS_PUT_OFF)} AND "gw_nexttryon" > ${now}
    ORDER BY "gw_nexttryon", "gw_id" LIMIT 1`);
  return row ? { ...row, count: Number(row.count) } : null;
}

/** The records of a flow that wait and whose other end is there by now, behind `after` in key order. */
export async function readWaitingRecordIds(
  session: Session, flow: MapFlow, { after, limit, arrivedIn }: { after: string; limit: number; arrivedIn: readonly KeyedTable[] },
): Promise<string[]> {
  const arrived = join(arrivedIn.map((place) =>
    sql`EXISTS (SELECT 1 FROM ${name(place.table.table)} a WHERE a.${name(place.keyColumn)} = e."gw_waitsfor")`), ' OR ');
  const rows = await query<{ id: string }>(session, sql`SELECT e."RecordIdentifier" AS "id" FROM "DualWriteErrorLog" e
    WHERE ${ofFlow(flow)} AND e."gw_status" = ${SyncErrorStatus.WAITING} AND e."RecordIdentifier" > ${after} AND (${arrived})
    ORDER BY e."RecordIdentifier" LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

export async function countWaiting(session: Session, flow: MapFlow): Promise<number> {
  const [row] = await query<{ count: string | number }>(session, sql`SELECT COUNT(*) AS "count" FROM "DualWriteErrorLog"
    WHERE ${ofFlow(flow)} AND "gw_status" = ${SyncErrorStatus.WAITING}`);
  return Number(row!.count);
}

/** How many records of a flow failed or wait and are not given up; the error of the map itself is not about a record. */
export async function countUncarried(session: Session, flow: MapFlow, tableMapId: string): Promise<number> {
  const [row] = await query<{ count: string | number }>(session, sql`SELECT COUNT(*) AS "count" FROM "DualWriteErrorLog"
    WHERE ${ofFlow(flow)} AND "gw_status" IN (${SyncErrorStatus.OPEN}, ${SyncErrorStatus.WAITING}) AND "RecordIdentifier" <> ${tableMapId}`);
  return Number(row!.count);
}

/** The errors of table maps that cannot run, unless they were resolved: their record is the map itself. */
export async function readMapErrors(session: Session): Promise<SyncError[]> {
  return selectRows(session, SyncError, sql`WHERE t."RecordIdentifier" IN (SELECT "gw_id" FROM "DualWriteProjectConfiguration") AND t.${UNRESOLVED}`);
}

/** Errors by id, in id order. */
export async function readErrors(session: Session, ids: readonly string[]): Promise<SyncError[]> {
  return selectRows(session, SyncError, sql`WHERE ${inList(session, raw('t."gw_id"'), ids)} ORDER BY t."gw_id"`);
}
