import { tableOf } from '../../entities/columns';
import { Alert, AlertDelivery, AlertErrorClass, AlertRule, SyncErrorClass, SyncErrorStatus, SyncLogStatus } from '../../entities/dual-write';
import { decodeRow, insertRows, selectRows } from '../bulk';
import { isUnheld, type Lease } from '../lease';
import { execute, executeReturning, forUpdate, forUpdateOfFree, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** Every rule, those that were made first before the others. */
export function readAlertRules(session: Session): Promise<AlertRule[]> {
  return selectRows(session, AlertRule, raw('ORDER BY t."gw_id"'));
}

/** A rule, locked until the unit of work ends; null when it is gone. */
export async function lockAlertRule(work: UnitOfWork, id: string): Promise<AlertRule | null> {
  return (await selectRows(work, AlertRule, sql`WHERE t."gw_id" = ${id}${forUpdate(work)}`))[0] ?? null;
}

export async function hasAlertRuleNamed(work: UnitOfWork, ruleName: string, exceptId: string): Promise<boolean> {
  return (await query(work, sql`SELECT 1 AS "found" FROM "gw_alertrule" WHERE "gw_name" = ${ruleName} AND "gw_id" <> ${exceptId}`)).length > 0;
}

/** Deletes a locked rule; its notifications that are not sent yet never will be. The alerts that it fired stay. */
export async function deleteRule(work: UnitOfWork, id: string): Promise<void> {
  await execute(work, sql`DELETE FROM "gw_alertrule" WHERE "gw_id" = ${id}`);
  await execute(work, sql`UPDATE "gw_alert" SET "gw_delivery" = ${AlertDelivery.FAILED}, "gw_nexttryon" = NULL, "gw_lastfailure" = ${'The rule was deleted.'}
    WHERE "gw_alertrule" = ${id} AND "gw_delivery" = ${AlertDelivery.PENDING}`);
}

export async function hasFiredSince(session: Session, ruleId: string, mapName: string, since: string): Promise<boolean> {
  const rows = await query(session, sql`SELECT 1 AS "found" FROM "gw_alert"
    WHERE "gw_alertrule" = ${ruleId} AND "gw_map" = ${mapName} AND "gw_firedon" > ${since} LIMIT 1`);
  return rows.length > 0;
}

/** Failures of a table map with one code: how many, and what one of them says. */
export interface FailureCount {
  readonly code: string;
  readonly count: number;
  readonly message: string;
}

const CLASSES: Readonly<Record<AlertErrorClass, string>> = {
  [AlertErrorClass.ANY]: `${SyncErrorClass.APPLICATION}, ${SyncErrorClass.SYSTEM}`,
  [AlertErrorClass.APPLICATION]: `${SyncErrorClass.APPLICATION}`,
  [AlertErrorClass.SYSTEM]: `${SyncErrorClass.SYSTEM}`,
};

/** What failed last since then and still stands: open errors by code, and change sets that system failures have put off; the most first. */
export async function countFailures(session: Session, mapName: string, errorClass: AlertErrorClass, since: string): Promise<FailureCount[]> {
  const errors = await query<FailureCount>(session, sql`SELECT "gw_code" AS "code", COUNT(*) AS "count", MIN("DetailedErrorMessage") AS "message"
    FROM "DualWriteErrorLog" WHERE "ProjectName" = ${mapName} AND "gw_status" = ${SyncErrorStatus.OPEN} AND "gw_laston" >= ${since}
      AND "gw_class" IN (${raw(CLASSES[errorClass])})
    GROUP BY "gw_code" ORDER BY COUNT(*) DESC, "gw_code"`);
  const [brokenOff] = errorClass === AlertErrorClass.APPLICATION ? [] : await query<FailureCount>(session, sql`
    SELECT 'CHANGE_SET_PUT_OFF' AS "code", COUNT(*) AS "count", MIN("gw_lastfailure") AS "message"
    FROM "gw_synclog" WHERE "gw_status" = ${SyncLogStatus.OPEN} AND "gw_map" = ${mapName} AND "gw_lastfailedon" >= ${since}`);
  return [...errors, ...(brokenOff ? [brokenOff] : [])].map((row) => ({ ...row, count: Number(row.count) })).filter(({ count }) => count > 0);
}

export async function addAlert(work: UnitOfWork, alert: Partial<Alert>): Promise<void> {
  await insertRows(work, Alert, [alert]);
}

/** An alert, locked until the unit of work ends; null when there is none. */
export async function lockAlert(work: UnitOfWork, id: string): Promise<Alert | null> {
  return (await selectRows(work, Alert, sql`WHERE t."gw_id" = ${id}${forUpdate(work)}`))[0] ?? null;
}

/** Lets the notification of a locked alert be sent from now on, as if it had not been tried yet. */
export async function renewDelivery(work: UnitOfWork, id: string, now: string): Promise<void> {
  await execute(work, sql`UPDATE "gw_alert" SET "gw_delivery" = ${AlertDelivery.PENDING}, "gw_attempts" = 0, "gw_nexttryon" = ${now} WHERE "gw_id" = ${id}`);
}

const DUE = (now: string) => sql`"gw_delivery" = ${AlertDelivery.PENDING} AND "gw_nexttryon" <= ${now} AND ${isUnheld(now)}`;

export async function hasDueDeliveries(session: Session, now: string): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "due" FROM "gw_alert" WHERE ${DUE(now)} LIMIT 1`)).length > 0;
}

/** Takes the notification that is due first and that nobody holds; null for none. Processes at once never get the same one. */
export async function claimDelivery(work: UnitOfWork, lease: Lease): Promise<Alert | null> {
  const [row] = await executeReturning<Record<string, unknown>>(work, sql`
    UPDATE "gw_alert" SET "gw_leaseowner" = ${lease.owner}, "gw_leaseexpires" = ${lease.expires}, "gw_attempts" = "gw_attempts" + 1
    WHERE "gw_id" = (SELECT "gw_id" FROM "gw_alert" WHERE ${DUE(lease.now)} ORDER BY "gw_nexttryon", "gw_id" LIMIT 1${forUpdateOfFree(work)})
    RETURNING *`);
  return row ? (decodeRow(tableOf(Alert), row) as Alert) : null;
}

/** How an attempt to send a notification ended. */
export type DeliveryEnd = Pick<Alert, 'delivery' | 'nextTryOn' | 'deliveredOn' | 'lastFailure'>;

/** Stores how an attempt ended, unless somebody else holds the notification by now. */
export async function endDelivery(work: UnitOfWork, id: string, owner: string, end: DeliveryEnd): Promise<void> {
  await execute(work, sql`UPDATE "gw_alert" SET "gw_delivery" = ${end.delivery}, "gw_nexttryon" = ${end.nextTryOn}, "gw_deliveredon" = ${end.deliveredOn},
    "gw_lastfailure" = ${end.lastFailure}, "gw_leaseowner" = NULL, "gw_leaseexpires" = NULL
    WHERE "gw_id" = ${id} AND "gw_leaseowner" = ${owner} AND "gw_delivery" = ${AlertDelivery.PENDING}`);
}
