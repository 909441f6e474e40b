import { CONNECTION_ROLES, TransactionType } from '../../entities/dataverse';
import { SyncDirection, SyncErrorStatus, TABLE_MAPS } from '../../entities/dual-write';
import { countIssues, waitingActuals, type FindIssues } from '../finance/staging-readiness.store';
import { inList, raw, sql, type Session, type Sql } from '../session';

/** A forward sync error of a map that stands: open, or dismissed by somebody. */
function errorOf(alias: string, map: string, record: string): Sql {
  return sql`LEFT JOIN "DualWriteErrorLog" ${raw(alias)} ON ${raw(alias)}."RecordIdentifier" = ${raw(record)}
    AND ${raw(alias)}."ProjectName" = ${map} AND ${raw(alias)}."gw_direction" = ${SyncDirection.DATAVERSE_TO_FINANCE}
    AND ${raw(alias)}."gw_status" IN (${SyncErrorStatus.OPEN}, ${SyncErrorStatus.DISMISSED})`;
}

/** Billed actuals that Dataverse sends and the staging table does not hold. */
function unstaged(session: Session, proformaNumbers: readonly string[]): Sql {
  return sql`SELECT i."invoicenumber" AS "number", CASE WHEN e."gw_id" IS NULL THEN 'ACTUALS_NOT_SYNCED' ELSE 'ACTUAL_SYNC_FAILED' END AS "code",
      a."msdyn_actualid" AS "record", e."DetailedErrorMessage" AS "detail"
    FROM "invoice" i
    JOIN "msdyn_actual" a ON a."msdyn_invoice" = i."invoiceid" AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
      AND a."gw_skipsync" = false
    LEFT JOIN "ProjCDSActualsImport" s ON s."ActualId" = a."msdyn_actualid"
    ${errorOf('e', TABLE_MAPS.actuals, 'a."msdyn_actualid"')}
    WHERE ${inList(session, raw('i."invoicenumber"'), proformaNumbers)} AND s."gw_id" IS NULL`;
}

/**
 * What finance waits for, with Dataverse's reason where there is one: a connection did not arrive because its other end did not,
 * because a map failed, or because nothing has been sent yet; a milestone because the map failed.
 */
function explained(session: Session, proformaNumbers: readonly string[]): Sql {
  const { reversing, original, billedSales, unbilledSales } = CONNECTION_ROLES;
  return sql`SELECT waiting."number",
      CASE WHEN waiting."code" <> 'CONNECTION_NOT_SYNCED' THEN waiting."code"
        WHEN sent."msdyn_transactionconnectionid" IS NULL THEN 'CONNECTION_MISSING'
        WHEN sent."msdyn_transactionconnectionid" IS NOT NULL AND other."gw_id" IS NULL AND other_error."gw_id" IS NOT NULL THEN 'ACTUAL_SYNC_FAILED'
        WHEN sent."msdyn_transactionconnectionid" IS NOT NULL AND other."gw_id" IS NULL
          THEN CASE waiting."kind" WHEN 'CREDIT' THEN 'ACTUALS_NOT_SYNCED' ELSE 'UNBILLED_NOT_SYNCED' END
        WHEN connection_error."gw_id" IS NOT NULL THEN 'CONNECTION_SYNC_FAILED' ELSE 'CONNECTION_NOT_SYNCED' END AS "code",
      CASE WHEN sent."msdyn_transactionconnectionid" IS NULL THEN waiting."record" WHEN other."gw_id" IS NULL THEN sent."msdyn_transaction2"
        ELSE sent."msdyn_transactionconnectionid" END AS "record",
      COALESCE(waiting."detail", other_error."DetailedErrorMessage", connection_error."DetailedErrorMessage",
        milestone_error."DetailedErrorMessage") AS "detail"
    FROM (${waitingActuals(session, proformaNumbers)}) AS waiting
    LEFT JOIN "msdyn_transactionconnection" sent ON waiting."code" = 'CONNECTION_NOT_SYNCED' AND sent."msdyn_transaction1" = waiting."actual"
      AND sent."msdyn_transaction1role" = CASE waiting."kind" WHEN 'CREDIT' THEN ${reversing} ELSE ${billedSales} END
      AND sent."msdyn_transaction2role" = CASE waiting."kind" WHEN 'CREDIT' THEN ${original} ELSE ${unbilledSales} END
    LEFT JOIN "ProjCDSActualsImport" other ON other."ActualId" = sent."msdyn_transaction2"
    ${errorOf('other_error', TABLE_MAPS.actuals, 'sent."msdyn_transaction2"')} AND other."gw_id" IS NULL
    ${errorOf('connection_error', TABLE_MAPS.connections, 'sent."msdyn_transactionconnectionid"')}
    ${errorOf('milestone_error', TABLE_MAPS.milestones, 'waiting."milestone"')} AND waiting."code" = 'MILESTONE_NOT_SYNCED'`;
}

/** What holds the billed actuals of confirmed proformas back, on either side: the same waits as finance sees, with their reasons. */
export const explainedIssuesOf: FindIssues = async (session, proformaNumbers) => {
  if (proformaNumbers.length === 0) return [];
  return countIssues(session, sql`${unstaged(session, proformaNumbers)} UNION ALL ${explained(session, proformaNumbers)}`);
};
