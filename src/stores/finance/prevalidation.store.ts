import { ProjCdsTransType } from '../../entities/finance';
import { hasBrokenConnection } from '../dual-write/orphan.store';
import { inList, join, query, raw, sql, type Session } from '../session';
import { countIssues, type ReadinessIssue } from './staging-readiness.store';

/** The minutes that staged actuals of a legal entity wait for their prevalidation; legal entities that have it off are left out. */
export async function prevalidationMinutesOf(session: Session, legalEntityIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ entity: string; minutes: string | number }>(session, sql`
    SELECT "dataAreaId" AS "entity", "PrevalidationMinutes" AS "minutes" FROM "ProjectParameters"
    WHERE ${inList(session, raw('"dataAreaId"'), legalEntityIds)} AND "PrevalidationMinutes" > 0`);
  return new Map(rows.map((row) => [row.entity, Number(row.minutes)]));
}

/** Proformas whose staged billed actuals are prevalidated, and the instant up to which these have to have arrived. */
export interface PrevalidatedProformas {
  readonly numbers: readonly string[];
  /** UTC ISO text. */
  readonly arrivedUpTo: string;
}

/**
 * The staged billed actuals that arrived too late, and those of the others that Dataverse does not hold or holds with another quantity
 * or amount, or with another connection to what they bill or credit: one statement, however many proformas and lines there are.
 */
export async function unprevalidatedIssuesOf(session: Session, proformas: readonly PrevalidatedProformas[]): Promise<ReadinessIssue[]> {
  if (proformas.length === 0) return [];
  return countIssues(session, join(proformas.map(({ numbers, arrivedUpTo }) => sql`
    SELECT b."InvoiceId" AS "number", CASE WHEN b."CreatedDateTime" > ${arrivedUpTo} THEN 'PREVALIDATION_WAITING' ELSE 'INVALID_ACTUALS' END AS "code",
      b."ActualId" AS "record", CAST(NULL AS VARCHAR(500)) AS "detail"
    FROM "ProjCDSActualsImport" b LEFT JOIN "msdyn_actual" a ON a."msdyn_actualid" = b."ActualId"
    WHERE ${inList(session, raw('b."InvoiceId"'), numbers)} AND b."TransType" = ${ProjCdsTransType.BILLED_SALES}
      AND (b."CreatedDateTime" > ${arrivedUpTo} OR a."msdyn_actualid" IS NULL
        OR a."msdyn_quantity" <> b."Quantity" OR a."msdyn_amount" <> b."Amount" OR ${hasBrokenConnection(raw('b."ActualId"'))})`), ' UNION ALL '));
}
