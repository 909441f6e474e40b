import { TransactionType } from '../../entities/dataverse';
import { MAP_FLOWS, type MapFlow } from '../../entities/dual-write';
import { ReconciliationCause as Cause } from '../reconcile/reconciliation.enums';
import { syncCauseOf } from '../reconcile/sync-cause';
import { inList, query, raw, sql, type Session, type Sql } from '../session';

/** Records of a proforma that finance does not hold, and that no sync of everything carries any more. */
export interface LeftBehind {
  /** Those whose sync error somebody dismissed. */
  readonly dismissed: number;
  /** Those whose change set was discarded with the queue of its table map, and that nothing has tried since. */
  readonly discarded: number;
}

interface Arrival {
  readonly map: MapFlow;
  /** The record's key and its change set. */
  readonly key: string;
  readonly changeSet: string;
  /** What joins it, and the row `s` that finance holds of it, to the proforma `i`. */
  readonly joins: Sql;
}

const billed = sql`JOIN "msdyn_actual" a ON a."msdyn_invoice" = i."invoiceid" AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES} AND a."gw_skipsync" = false`;

const ARRIVALS: readonly Arrival[] = [
  {
    map: MAP_FLOWS.invoices, key: 'i."invoiceid"', changeSet: 'i."gw_changesetid"',
    joins: sql`LEFT JOIN "ProjProposalJour" s ON s."gw_invoiceid" = i."invoiceid"`,
  },
  {
    map: MAP_FLOWS.actuals, key: 'a."msdyn_actualid"', changeSet: 'a."gw_changesetid"',
    joins: sql`${billed} LEFT JOIN "ProjCDSActualsImport" s ON s."ActualId" = a."msdyn_actualid"`,
  },
  {
    map: MAP_FLOWS.connections, key: 'c."msdyn_transactionconnectionid"', changeSet: 'c."gw_changesetid"',
    joins: sql`${billed} JOIN "msdyn_transactionconnection" c ON c."msdyn_transaction1" = a."msdyn_actualid"
      LEFT JOIN "ProjCDSTransactionRelationshipImport" s ON s."ConnectionId" = c."msdyn_transactionconnectionid"`,
  },
];

/** What of proformas was left behind, by proforma id: in one statement, and only those of which something was. */
export async function leftBehindOf(session: Session, proformaIds: readonly string[]): Promise<Map<string, LeftBehind>> {
  if (proformaIds.length === 0) return new Map();
  const selects = ARRIVALS.map(({ map, key, changeSet, joins }) => {
    const sync = syncCauseOf({ map, key, changeSet, queued: Cause.NOT_SYNCED, otherwise: Cause.LEFT_OUT_BY_MAP });
    return sql`SELECT i."invoiceid" AS "proforma", ${raw(sync.cause)} AS "cause" FROM "invoice" i ${joins} ${raw(sync.joins)}
      WHERE ${inList(session, raw('i."invoiceid"'), proformaIds)} AND s."gw_id" IS NULL`;
  });
  const all = selects.reduce((before, select) => sql`${before} UNION ALL ${select}`);
  const counted = (cause: Cause) => sql`SUM(CASE WHEN "cause" = ${cause} THEN 1 ELSE 0 END)`;
  const rows = await query<{ proforma: string; dismissed: string | number; discarded: string | number }>(session, sql`
    SELECT "proforma", ${counted(Cause.SYNC_ERROR_DISMISSED)} AS "dismissed", ${counted(Cause.QUEUE_DISCARDED)} AS "discarded" FROM (${all}) AS missing
    WHERE ${inList(session, raw('"cause"'), [Cause.SYNC_ERROR_DISMISSED, Cause.QUEUE_DISCARDED])} GROUP BY "proforma"`);
  return new Map(rows.map((row) => [row.proforma, { dismissed: Number(row.dismissed), discarded: Number(row.discarded) }]));
}
