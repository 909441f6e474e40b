import { SyncErrorStatus, type MapFlow } from '../../entities/dual-write';
import { conjunction, filterCondition } from '../reading/conditions';
import type { Filter } from '../reading/plan';
import { syncErrorSource } from '../reading/sources';
import { execute, inList, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';

/** Which rows of the error list somebody means: all that fulfil every given part. */
export interface SelectedErrors {
  readonly errorIds?: readonly string[] | null | undefined;
  /** Table maps by name. */
  readonly maps?: readonly string[] | null | undefined;
  /** A filter of the API, as the list of errors takes it. */
  readonly filter?: Filter | null | undefined;
}

/** An error of a selection: where it stands in it, by the record within its flow, and its state. */
export interface SelectedError {
  readonly id: string;
  readonly recordId: string;
}

function isSelected(session: Session, { errorIds, maps, filter }: SelectedErrors, statuses: readonly SyncErrorStatus[]): Sql {
  return conjunction([
    inList(session, raw('e."gw_status"'), statuses),
    ...(errorIds ? [inList(session, raw('e."gw_id"'), errorIds)] : []),
    ...(maps ? [inList(session, raw('e."ProjectName"'), maps)] : []),
    ...(filter ? [filterCondition(session, syncErrorSource, 'e', filter)] : []),
  ]);
}

/** How many errors are selected and in one of these states. Refuses a filter that cannot be. */
export async function countSelectedErrors(session: Session, selected: SelectedErrors, statuses: readonly SyncErrorStatus[]): Promise<number> {
  const [row] = await query<{ count: number | string }>(session, sql`SELECT COUNT(*) AS "count" FROM "DualWriteErrorLog" e
    WHERE ${isSelected(session, selected, statuses)}`);
  return Number(row!.count);
}

/** The selected errors of one table map and direction behind a record, in the order of the records' ids, at most `limit`. */
export async function readSelectedOfFlow(
  session: Session, flow: MapFlow, selected: SelectedErrors, { statuses, after, limit }: { statuses: readonly SyncErrorStatus[]; after: string; limit: number },
): Promise<SelectedError[]> {
  return query<SelectedError>(session, sql`SELECT e."gw_id" AS "id", e."RecordIdentifier" AS "recordId" FROM "DualWriteErrorLog" e
    WHERE e."ProjectName" = ${flow.map} AND e."gw_direction" = ${flow.direction} AND e."RecordIdentifier" > ${after}
      AND ${isSelected(session, selected, statuses)}
    ORDER BY e."RecordIdentifier" LIMIT ${limit}`);
}

/** The ids of selected errors behind one, in their order, at most `limit`. */
export async function readSelectedIds(
  session: Session, selected: SelectedErrors, { statuses, after, limit }: { statuses: readonly SyncErrorStatus[]; after: string; limit: number },
): Promise<string[]> {
  const rows = await query<{ id: string }>(session, sql`SELECT e."gw_id" AS "id" FROM "DualWriteErrorLog" e
    WHERE e."gw_id" > ${after} AND ${isSelected(session, selected, statuses)} ORDER BY e."gw_id" LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

/** The states of errors by their ids, as they are now. */
export async function readErrorStatuses(session: Session, ids: readonly string[]): Promise<{ id: string; status: SyncErrorStatus }[]> {
  return query(session, sql`SELECT e."gw_id" AS "id", e."gw_status" AS "status" FROM "DualWriteErrorLog" e
    WHERE ${inList(session, raw('e."gw_id"'), ids)} ORDER BY e."gw_id"`);
}

/** Dismisses errors that are in one of these states. Says how many it dismissed. */
export async function dismissErrors(work: UnitOfWork, ids: readonly string[], from: readonly SyncErrorStatus[], now: string): Promise<number> {
  return execute(work, sql`UPDATE "DualWriteErrorLog" SET "gw_status" = ${SyncErrorStatus.DISMISSED}, "gw_laston" = ${now},
    "gw_nexttryon" = NULL, "gw_version" = "gw_version" + 1
    WHERE ${inList(work, raw('"gw_id"'), ids)} AND ${inList(work, raw('"gw_status"'), from)}`);
}
