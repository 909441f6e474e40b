import { SyncErrorStatus, SyncLogStatus, TableMapStatus, type MapFlow } from '../../entities/dual-write';
import { ReconciliationCause as Cause } from './reconciliation.enums';

/** Why a table map has not carried a record, as SQL: what is joined, the cause, what is known of it, and since when. */
export interface SyncCause {
  readonly joins: string;
  readonly cause: string;
  readonly detail: string;
  readonly code: string;
  readonly since: string;
}

interface CarriedRecord {
  readonly map: MapFlow;
  /** SQL of the source record's key, and of the change set that it carries. */
  readonly key: string;
  readonly changeSet: string;
  /** What it is called when a change set of it waits for a running map, and when nothing waits and no error stands. */
  readonly queued: Cause;
  readonly otherwise: Cause;
}

/**
 * An error of the record tells most; then its change set: waiting for a map that runs or not, given up with a queue, or carried
 * without the record being on the other side. A record that never was in a change set was left out by the map.
 */
export function syncCauseOf({ map, key, changeSet, queued, otherwise }: CarriedRecord): SyncCause {
  const name = map.map.replaceAll("'", "''");
  const ofChangeSet = `FROM "gw_synclog" q WHERE q."gw_changesetid" = ${changeSet} AND q."gw_map" = '${name}' AND q."gw_direction" = ${map.direction}`;
  const state = `(SELECT t."Status" FROM "DualWriteProjectConfiguration" t WHERE t."ProjectName" = '${name}')`;
  return {
    joins: `LEFT JOIN "DualWriteErrorLog" e ON e."RecordIdentifier" = ${key} AND e."ProjectName" = '${name}'
      AND e."gw_direction" = ${map.direction} AND e."gw_status" <> ${SyncErrorStatus.RESOLVED}`,
    cause: `CASE WHEN e."gw_status" = ${SyncErrorStatus.OPEN} THEN '${Cause.SYNC_ERROR}'
      WHEN e."gw_status" = ${SyncErrorStatus.WAITING} THEN '${Cause.WAITING_FOR_RECORD}'
      WHEN e."gw_status" = ${SyncErrorStatus.DISMISSED} THEN '${Cause.SYNC_ERROR_DISMISSED}'
      WHEN EXISTS (SELECT 1 ${ofChangeSet} AND q."gw_status" IN (${SyncLogStatus.OPEN}, ${SyncLogStatus.KEEPING})) THEN CASE ${state}
        WHEN ${TableMapStatus.PAUSED} THEN '${Cause.MAP_PAUSED}' WHEN ${TableMapStatus.STOPPED} THEN '${Cause.MAP_STOPPED}' ELSE '${queued}' END
      WHEN EXISTS (SELECT 1 ${ofChangeSet} AND q."gw_status" = ${SyncLogStatus.DISCARDED}) THEN '${Cause.QUEUE_DISCARDED}'
      ${otherwise === Cause.LEFT_OUT_BY_MAP ? `WHEN EXISTS (SELECT 1 ${ofChangeSet}) THEN '${Cause.CARRIED_AND_NOT_THERE}'` : ''}
      ELSE '${otherwise}' END`,
    detail: 'e."DetailedErrorMessage"',
    code: 'e."gw_code"',
    since: `COALESCE(e."gw_firston", (SELECT MAX(q."gw_createdon") ${ofChangeSet}))`,
  };
}
