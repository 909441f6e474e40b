import { TransactionType } from '../../entities/dataverse';
import { SyncDirection, SyncErrorStatus, SyncLogStatus, TABLE_MAPS } from '../../entities/dual-write';
import { inList, query, raw, sql, type Session, type Sql } from '../session';

/** Records of a proforma that finance does not hold, and that no sync of everything carries any more. */
export interface LeftBehind {
  /** Those whose sync error somebody dismissed. */
  readonly dismissed: number;
  /** Those whose change set was discarded with the queue of its table map, and that nothing has tried since. */
  readonly discarded: number;
}

interface Arrival {
  readonly map: string;
  /** The record, its change set and its proforma, in the statement behind it. */
  readonly record: Sql;
  readonly changeSet: Sql;
  readonly proforma: Sql;
  /** Records that finance does not hold. */
  readonly missing: Sql;
}

const billed = sql`JOIN "msdyn_actual" a ON a."msdyn_invoice" = i."invoiceid" AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES} AND a."gw_skipsync" = false`;

const ARRIVALS: readonly Arrival[] = [
  {
    map: TABLE_MAPS.invoices, record: raw('i."invoiceid"'), changeSet: raw('i."gw_changesetid"'), proforma: raw('i."invoiceid"'),
    missing: sql`FROM "invoice" i LEFT JOIN "ProjProposalJour" p ON p."gw_invoiceid" = i."invoiceid" WHERE p."gw_id" IS NULL`,
  },
  {
    map: TABLE_MAPS.actuals, record: raw('a."msdyn_actualid"'), changeSet: raw('a."gw_changesetid"'), proforma: raw('i."invoiceid"'),
    missing: sql`FROM "invoice" i ${billed} LEFT JOIN "ProjCDSActualsImport" s ON s."ActualId" = a."msdyn_actualid" WHERE s."gw_id" IS NULL`,
  },
  {
    map: TABLE_MAPS.connections, record: raw('c."msdyn_transactionconnectionid"'), changeSet: raw('c."gw_changesetid"'), proforma: raw('i."invoiceid"'),
    missing: sql`FROM "invoice" i ${billed} JOIN "msdyn_transactionconnection" c ON c."msdyn_transaction1" = a."msdyn_actualid"
      LEFT JOIN "ProjCDSTransactionRelationshipImport" s ON s."ConnectionId" = c."msdyn_transactionconnectionid" WHERE s."gw_id" IS NULL`,
  },
];

/** What of proformas was left behind, by proforma id: in one statement, and only those of which something was. */
export async function leftBehindOf(session: Session, proformaIds: readonly string[]): Promise<Map<string, LeftBehind>> {
  if (proformaIds.length === 0) return new Map();
  const toFinance = SyncDirection.DATAVERSE_TO_FINANCE;
  const hasError = ({ map, record }: Arrival, statuses: readonly SyncErrorStatus[]) => sql`EXISTS (SELECT 1 FROM "DualWriteErrorLog" e
    WHERE e."RecordIdentifier" = ${record} AND e."ProjectName" = ${map} AND e."gw_direction" = ${toFinance} AND ${inList(session, raw('e."gw_status"'), statuses)})`;
  const selects = ARRIVALS.map((arrival) => {
    const { map, changeSet, proforma, missing } = arrival;
    return sql`SELECT ${proforma} AS "proforma",
      CASE WHEN ${hasError(arrival, [SyncErrorStatus.DISMISSED])} THEN 1 ELSE 0 END AS "dismissed",
      CASE WHEN NOT ${hasError(arrival, [SyncErrorStatus.OPEN, SyncErrorStatus.WAITING])} AND EXISTS (SELECT 1 FROM "gw_synclog" q WHERE q."gw_changesetid" = ${changeSet} AND q."gw_map" = ${map}
        AND q."gw_direction" = ${toFinance} AND q."gw_status" = ${SyncLogStatus.DISCARDED}) THEN 1 ELSE 0 END AS "discarded"
    ${missing} AND ${inList(session, proforma, proformaIds)}`;
  });
  const all = selects.reduce((before, select) => sql`${before} UNION ALL ${select}`);
  const rows = await query<{ proforma: string; dismissed: string | number; discarded: string | number }>(session, sql`
    SELECT "proforma", SUM("dismissed") AS "dismissed", SUM(CASE WHEN "dismissed" = 1 THEN 0 ELSE "discarded" END) AS "discarded"
    FROM (${all}) AS missing WHERE "dismissed" = 1 OR "discarded" = 1 GROUP BY "proforma"`);
  return new Map(rows.map((row) => [row.proforma, { dismissed: Number(row.dismissed), discarded: Number(row.discarded) }]));
}
