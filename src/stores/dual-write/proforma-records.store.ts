import { MAP_FLOWS, type MapFlow } from '../../entities/dual-write';
import { query, sql, type Session, type Sql } from '../session';

/** The billed actuals of a proforma and the actuals that they are connected to, one connection away. */
function actualsOf(proformaId: string): Sql {
  const billed = sql`SELECT a."msdyn_actualid" FROM "msdyn_actual" a WHERE a."msdyn_invoice" = ${proformaId}`;
  return sql`${billed}
    UNION SELECT c."msdyn_transaction2" FROM "msdyn_transactionconnection" c
      WHERE c."msdyn_transaction2type" = 'msdyn_actual' AND c."msdyn_transaction1" IN (${billed})
    UNION SELECT c."msdyn_transaction1" FROM "msdyn_transactionconnection" c
      WHERE c."msdyn_transaction1type" = 'msdyn_actual' AND c."msdyn_transaction2" IN (${billed})`;
}

/** Per table map and direction: the ids of the source records that belong to one proforma. */
const RECORDS_OF: readonly { flow: MapFlow; select: (proformaId: string) => Sql }[] = [
  { flow: MAP_FLOWS.invoices, select: (id) => sql`SELECT i."invoiceid" AS "key" FROM "invoice" i WHERE i."invoiceid" = ${id}` },
  { flow: MAP_FLOWS.actuals, select: (id) => sql`SELECT o."msdyn_actualid" AS "key" FROM (${actualsOf(id)}) AS o` },
  {
    flow: MAP_FLOWS.milestones,
    select: (id) => sql`SELECT DISTINCT d."gw_milestone" AS "key" FROM "msdyn_invoicelinetransaction" d
      WHERE d."msdyn_invoice" = ${id} AND d."gw_milestone" IS NOT NULL`,
  },
  {
    flow: MAP_FLOWS.connections,
    select: (id) => sql`WITH own AS (${actualsOf(id)}) SELECT c."msdyn_transactionconnectionid" AS "key" FROM "msdyn_transactionconnection" c
      WHERE c."msdyn_transaction1" IN (SELECT "msdyn_actualid" FROM own) AND c."msdyn_transaction2" IN (SELECT "msdyn_actualid" FROM own)`,
  },
  {
    flow: MAP_FLOWS.actualsWriteBack,
    select: (id) => sql`SELECT s."gw_id" AS "key" FROM "ProjCDSActualsImport" s WHERE s."ActualId" IN (${actualsOf(id)})`,
  },
  {
    flow: MAP_FLOWS.customerInvoices,
    select: (id) => sql`SELECT j."gw_id" AS "key" FROM "ProjInvoiceJour" j JOIN "invoice" i ON i."invoicenumber" = j."ProposalId"
      WHERE i."invoiceid" = ${id}`,
  },
];

/**
 * The ids of the source records of one proforma in a flow, in key order; of none where the flow knows no proforma. Ids only:
 * some hundred bytes for each of its transactions.
 */
export async function readKeysOfProforma(session: Session, flow: MapFlow, proformaId: string): Promise<string[]> {
  const records = RECORDS_OF.find((candidate) => candidate.flow.map === flow.map && candidate.flow.direction === flow.direction);
  if (!records) return [];
  const rows = await query<{ key: string }>(session, sql`SELECT k."key" FROM (${records.select(proformaId)}) AS k ORDER BY k."key"`);
  return rows.map((row) => row.key);
}

/** Whether this proforma exists. */
export async function hasProforma(session: Session, proformaId: string): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "found" FROM "invoice" WHERE "invoiceid" = ${proformaId}`)).length > 0;
}
