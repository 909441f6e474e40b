import { moneyFromSum } from '../../entities/columns';
import { RECORD_TYPES, TransactionType } from '../../entities/dataverse';
import { ProjCdsTransType } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import { query, sql, type Session, type Sql } from '../session';

/** How the actuals of a record are found, by the type of the record. */
const SEEDS: Readonly<Record<string, (key: string) => Sql>> = {
  TimeEntry: (key) => sql`SELECT "msdyn_transaction" AS "id" FROM "msdyn_transactionorigin" WHERE "msdyn_origin" = ${key} AND "msdyn_transactiontype" = ${RECORD_TYPES.actual}`,
  Actual: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "msdyn_actualid" = ${key}`,
  TransactionConnection: (key) => sql`SELECT "msdyn_transaction1" AS "id" FROM "msdyn_transactionconnection" WHERE "msdyn_transactionconnectionid" = ${key}`,
  Milestone: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_milestone" = ${key}`,
  Retainer: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_retainer" = ${key}`,
  ProformaInvoice: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "msdyn_invoice" = ${key} AND "msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
    UNION SELECT "gw_unbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoice" = ${key} AND "gw_unbilledactual" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "msdyn_actual" b WHERE b."gw_invoicelinetransaction" = "msdyn_invoicelinetransactionid")
    UNION SELECT "gw_originalbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoice" = ${key} AND "gw_originalbilledactual" IS NOT NULL`,
  ProformaInvoiceLineDetail: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_invoicelinetransaction" = ${key}
    UNION SELECT "gw_unbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoicelinetransactionid" = ${key} AND "gw_unbilledactual" IS NOT NULL
    UNION SELECT "gw_originalbilledactual" FROM "msdyn_invoicelinetransaction" WHERE "msdyn_invoicelinetransactionid" = ${key} AND "gw_originalbilledactual" IS NOT NULL`,
  OnAccountTransaction: (key) => sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "gw_milestone" = (SELECT "gw_milestoneid" FROM "ProjOnAccTrans" WHERE "gw_id" = ${key})`,
  StagedActual: (key) => sql`SELECT "ActualId" AS "id" FROM "ProjCDSActualsImport" WHERE "gw_id" = ${key}`,
  IntegrationJournalLine: (key) => sql`SELECT "gw_actualid" AS "id" FROM "ProjAdvancedJournalLine" WHERE "gw_id" = ${key}`,
  InvoiceProposalLine: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjProposalTrans" WHERE "gw_id" = ${key}`,
  CustomerInvoiceLine: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjInvoiceTrans" WHERE "gw_id" = ${key}`,
  InvoiceProposal: (key) => sql`SELECT "ActualId" AS "id" FROM "ProjCDSActualsImport" WHERE "TransType" = ${ProjCdsTransType.BILLED_SALES}
    AND "InvoiceId" = (SELECT "ProposalId" FROM "ProjProposalJour" WHERE "gw_id" = ${key})`,
  CustomerInvoice: (key) => sql`SELECT "gw_actualid" AS "id" FROM "gw_ProjInvoiceTrans" WHERE "gw_projinvoicejour" = ${key}`,
  Voucher: (key) => sql`SELECT "gw_actualid" AS "id" FROM "ProjTransPosting" WHERE "gw_generaljournalentry" = ${key}`,
  ProjectPosting: (key) => sql`SELECT "gw_actualid" AS "id" FROM "ProjTransPosting" WHERE "gw_id" = ${key}`,
};

/** The types of records that can be traced. */
export const TRACEABLE_TYPES = Object.keys(SEEDS);

/** The actuals of a record behind `after`, in key order, and how many there are in all. */
export async function readSeeds(session: Session, type: string, key: string, after: string, limit: number): Promise<{ ids: string[]; total: number }> {
  const seeds = SEEDS[type]!(key);
  const rows = await query<{ id: string }>(session, sql`SELECT DISTINCT "id" FROM (${seeds}) AS seeds WHERE "id" > ${after} ORDER BY "id" LIMIT ${limit}`);
  const [counted] = await query<{ total: string | number }>(session, sql`SELECT COUNT(DISTINCT "id") AS "total" FROM (${seeds}) AS seeds`);
  return { ids: rows.map((row) => row.id), total: Number(counted!.total) };
}

/** What the actuals of a record behind one of them add up to, by type and currency. */
export interface LaterSum {
  readonly transactionType: TransactionType;
  readonly currencyCode: string;
  readonly count: number;
  readonly amount: Decimal;
}

export async function readLaterSums(session: Session, type: string, key: string, after: string): Promise<LaterSum[]> {
  const rows = await query<{ type: string | number; currency: string; count: string | number; amount: string }>(session, sql`
    SELECT a."msdyn_transactiontypecode" AS "type", c."isocurrencycode" AS "currency", COUNT(*) AS "count", CAST(SUM(a."msdyn_amount") AS TEXT) AS "amount"
    FROM "msdyn_actual" a JOIN "transactioncurrency" c ON c."transactioncurrencyid" = a."transactioncurrencyid"
    WHERE a."msdyn_actualid" IN (SELECT "id" FROM (${SEEDS[type]!(key)}) AS seeds WHERE "id" > ${after}) GROUP BY 1, 2 ORDER BY 1, 2`);
  return rows.map((row) => ({ transactionType: Number(row.type), currencyCode: row.currency, count: Number(row.count), amount: moneyFromSum(row.amount) }));
}

/** Details without an actual that one trace shows at the most. */
export const TRACED_DETAILS_MAX = 50;

/** What a trace begins with where no actual stands for it yet: the keys of the records themselves. */
export interface TraceBeginnings {
  readonly timeEntryIds: readonly string[];
  readonly milestoneIds: readonly string[];
  readonly retainerIds: readonly string[];
  readonly detailIds: readonly string[];
  /** False when a draft has more details without an actual than a trace shows. */
  readonly isComplete: boolean;
}

const NO_BEGINNINGS: TraceBeginnings = { timeEntryIds: [], milestoneIds: [], retainerIds: [], detailIds: [], isComplete: true };

/** Which records a trace of this one shows although they may have no actual yet; the details of a draft on the first page. */
export async function readBeginnings(session: Session, type: string, key: string, isFirstPage: boolean): Promise<TraceBeginnings> {
  switch (type) {
    case 'TimeEntry': return { ...NO_BEGINNINGS, timeEntryIds: [key] };
    case 'Milestone': return { ...NO_BEGINNINGS, milestoneIds: [key] };
    case 'Retainer': return { ...NO_BEGINNINGS, retainerIds: [key] };
    case 'ProformaInvoiceLineDetail': return { ...NO_BEGINNINGS, detailIds: [key] };
    case 'OnAccountTransaction': {
      const rows = await query<{ id: string }>(session, sql`SELECT "gw_milestoneid" AS "id" FROM "ProjOnAccTrans" WHERE "gw_id" = ${key}`);
      return { ...NO_BEGINNINGS, milestoneIds: rows.map(({ id }) => id) };
    }
    case 'ProformaInvoice': {
      if (!isFirstPage) return NO_BEGINNINGS;
      const rows = await query<{ id: string }>(session, sql`SELECT d."msdyn_invoicelinetransactionid" AS "id" FROM "msdyn_invoicelinetransaction" d
        WHERE d."msdyn_invoice" = ${key} AND d."gw_unbilledactual" IS NULL AND d."gw_originalbilledactual" IS NULL
          AND NOT EXISTS (SELECT 1 FROM "msdyn_actual" b WHERE b."gw_invoicelinetransaction" = d."msdyn_invoicelinetransactionid")
        ORDER BY d."msdyn_invoicelinetransactionid" LIMIT ${TRACED_DETAILS_MAX + 1}`);
      return { ...NO_BEGINNINGS, detailIds: rows.slice(0, TRACED_DETAILS_MAX).map(({ id }) => id), isComplete: rows.length <= TRACED_DETAILS_MAX };
    }
    default: return NO_BEGINNINGS;
  }
}
