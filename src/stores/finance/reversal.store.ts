import { CONNECTION_ROLES } from '../../entities/dataverse/option-sets';
import { IntegrationJournalLine, ProjCdsTransType, ProjectPosting } from '../../entities/finance';
import { selectRows } from '../bulk';
import { inList, query, raw, sql, type Session } from '../session';

/** The actual that another one takes back, by the id of the one that takes it back. */
export type OriginalIds = ReadonlyMap<string, string>;

/**
 * The cost and unbilled sales actuals that staged ones take back whole, by the staged connection Reversing > Original. Only a negative
 * to the cent, in the same currency and legal entity, takes its original back; any other row stands for itself.
 */
export async function originalsTakenBack(session: Session, actualIds: readonly string[]): Promise<OriginalIds> {
  const rows = await query<{ reversal: string; original: string }>(session, sql`
    SELECT c."Transaction1Id" AS "reversal", c."Transaction2Id" AS "original"
    FROM "ProjCDSTransactionRelationshipImport" c
    JOIN "ProjCDSActualsImport" r ON r."ActualId" = c."Transaction1Id"
    JOIN "ProjCDSActualsImport" o ON o."ActualId" = c."Transaction2Id"
    WHERE ${inList(session, raw('c."Transaction1Id"'), actualIds)}
      AND c."Transaction1Role" = ${CONNECTION_ROLES.reversing} AND c."Transaction2Role" = ${CONNECTION_ROLES.original}
      AND o."TransType" = r."TransType" AND o."TransType" IN (${ProjCdsTransType.COST}, ${ProjCdsTransType.SALES})
      AND o."dataAreaId" = r."dataAreaId" AND o."TransactionCurrencyId" = r."TransactionCurrencyId" AND o."Amount" = -r."Amount"
    ORDER BY c."gw_id"`);
  return new Map(rows.map((row) => [row.reversal, row.original]));
}

/** Which of these actuals take back, in Dataverse, one that is sent, while their connection has not arrived in the staging table. */
export async function reversalsWithoutConnection(session: Session, actualIds: readonly string[]): Promise<OriginalIds> {
  const rows = await query<{ reversal: string; original: string }>(session, sql`
    SELECT c."msdyn_transaction1" AS "reversal", c."msdyn_transaction2" AS "original"
    FROM "msdyn_transactionconnection" c
    JOIN "msdyn_actual" o ON o."msdyn_actualid" = c."msdyn_transaction2" AND o."gw_skipsync" = false
    WHERE ${inList(session, raw('c."msdyn_transaction1"'), actualIds)}
      AND c."msdyn_transaction1role" = ${CONNECTION_ROLES.reversing} AND c."msdyn_transaction2role" = ${CONNECTION_ROLES.original}
      AND NOT EXISTS (SELECT 1 FROM "ProjCDSTransactionRelationshipImport" s WHERE s."ConnectionId" = c."msdyn_transactionconnectionid")
    ORDER BY c."msdyn_transactionconnectionid"`);
  return new Map(rows.map((row) => [row.reversal, row.original]));
}

/** The journal lines of actuals, by actual. */
export async function journalLinesOfActuals(session: Session, actualIds: readonly string[]): Promise<Map<string, IntegrationJournalLine>> {
  if (actualIds.length === 0) return new Map();
  const rows = await selectRows(session, IntegrationJournalLine, sql`WHERE ${inList(session, raw('t."gw_actualid"'), actualIds)}`);
  return new Map(rows.map((row) => [row.actualId, row]));
}

/** Everything that journal lines posted, by journal line, from the ledger trace. */
export async function postingsOfJournalLines(session: Session, journalLineIds: readonly string[]): Promise<Map<string, ProjectPosting[]>> {
  if (journalLineIds.length === 0) return new Map();
  const rows = await selectRows(session, ProjectPosting, sql`
    WHERE ${inList(session, raw('t."gw_projadvancedjournalline"'), journalLineIds)} ORDER BY t."gw_id"`);
  const byLine = new Map<string, ProjectPosting[]>();
  for (const row of rows) byLine.set(row.journalLineId!, [...(byLine.get(row.journalLineId!) ?? []), row]);
  return byLine;
}
