import { ProformaInvoice, TransactionType } from '../../entities/dataverse';
import { SyncDirection, SyncError, SyncErrorStatus, TABLE_MAPS } from '../../entities/dual-write';
import { InvoiceProposal, InvoiceProposalLine, PostingType, ProjTransType } from '../../entities/finance';
import { CHUNK_ROWS, selectRows } from '../bulk';
import { inList, query, raw, sql, type Session } from '../session';

/** How many records a blocker names as examples. */
const EXAMPLES_MAX = 10;

/** How far a proforma's header has come. */
export interface ProformaProgress {
  readonly proforma: ProformaInvoice;
  readonly proposal: InvoiceProposal | null;
  /** Why its header could not be carried, or what it waits for; null when there is no such error. */
  readonly headerError: SyncError | null;
}

/** Reads proformas with their proposals and the sync errors of their headers: three statements. */
export async function progressOfProformas(session: Session, proformaIds: readonly string[]): Promise<ProformaProgress[]> {
  if (proformaIds.length === 0) return [];
  const proformas = await selectRows(session, ProformaInvoice, sql`WHERE ${inList(session, raw('t."invoiceid"'), proformaIds)}`);
  const proposals = await selectRows(session, InvoiceProposal, sql`WHERE ${inList(session, raw('t."gw_invoiceid"'), proformaIds)}`);
  const errors = await selectRows(session, SyncError, sql`WHERE ${inList(session, raw('t."RecordIdentifier"'), proformaIds)}
    AND t."ProjectName" = ${TABLE_MAPS.invoices} AND t."gw_direction" = ${SyncDirection.DATAVERSE_TO_FINANCE}
    AND t."gw_status" <> ${SyncErrorStatus.RESOLVED}`);
  const proposalOf = new Map(proposals.map((proposal) => [proposal.proformaInvoiceId, proposal]));
  const errorOf = new Map(errors.map((error) => [error.recordId, error]));
  return proformas.map((proforma) => ({
    proforma, proposal: proposalOf.get(proforma.id) ?? null, headerError: errorOf.get(proforma.id) ?? null,
  }));
}

/** The proformas that proposals were made of, by proposal id. */
export async function proformasOfProposals(session: Session, proposalIds: readonly string[]): Promise<Map<string, string>> {
  if (proposalIds.length === 0) return new Map();
  const rows = await query<{ proposal: string; proforma: string }>(session, sql`
    SELECT "gw_id" AS "proposal", "gw_invoiceid" AS "proforma" FROM "ProjProposalJour" WHERE ${inList(session, raw('"gw_id"'), proposalIds)}`);
  return new Map(rows.map((row) => [row.proposal, row.proforma]));
}

/** Billed actuals of a posted invoice whose accounting detail has not come back. */
export interface MissingWriteBack {
  readonly count: number;
  readonly recordIds: readonly string[];
}

export async function missingWriteBacksOf(session: Session, proformaIds: readonly string[]): Promise<Map<string, MissingWriteBack>> {
  if (proformaIds.length === 0) return new Map();
  const rows = await query<{ proforma: string; actual: string; total: string | number }>(session, sql`
    SELECT "proforma", "actual", "total" FROM (
      SELECT a."msdyn_invoice" AS "proforma", a."msdyn_actualid" AS "actual", COUNT(*) OVER (PARTITION BY a."msdyn_invoice") AS "total",
        ROW_NUMBER() OVER (PARTITION BY a."msdyn_invoice" ORDER BY a."msdyn_actualid") AS "place"
      FROM "msdyn_actual" a
      WHERE ${inList(session, raw('a."msdyn_invoice"'), proformaIds)} AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
        AND a."gw_skipsync" = false AND a."gw_vouchernumber" IS NULL
    ) AS pending WHERE "place" <= ${EXAMPLES_MAX} ORDER BY "proforma", "place"`);
  const found = new Map<string, { count: number; recordIds: string[] }>();
  for (const row of rows) {
    const pending = found.get(row.proforma) ?? { count: Number(row.total), recordIds: [] };
    pending.recordIds.push(row.actual);
    found.set(row.proforma, pending);
  }
  return found;
}

/** Lines of proposals that take something off a balance account: deductions, and credits of what stands on account. So many of them, at the most. */
export async function releasingLinesOf(session: Session, proposalIds: readonly string[]): Promise<InvoiceProposalLine[]> {
  if (proposalIds.length === 0) return [];
  const balances = [PostingType.WIP_INVOICED_ON_ACCOUNT, PostingType.INVOICED_REVENUE_ON_ACCOUNT];
  return selectRows(session, InvoiceProposalLine, sql`WHERE ${inList(session, raw('t."gw_projproposaljour"'), proposalIds)}
    AND ((t."TransType" = ${ProjTransType.ON_ACCOUNT} AND t."LineAmount" < 0)
      OR t."gw_creditedinvoicetrans" IN (SELECT p."gw_projinvoicetrans" FROM "ProjTransPosting" p
        WHERE p."gw_projinvoicetrans" = t."gw_creditedinvoicetrans" AND ${inList(session, raw('p."PostingType"'), balances)}))
    ORDER BY t."gw_projproposaljour", t."LineNumber" LIMIT ${CHUNK_ROWS}`);
}

/** One line of each kind that the posting set-up treats alike, of all the proposals together. */
export async function exampleLinesOf(session: Session, proposalIds: readonly string[]): Promise<InvoiceProposalLine[]> {
  if (proposalIds.length === 0) return [];
  return selectRows(session, InvoiceProposalLine, sql`WHERE t."gw_id" IN (
    SELECT MIN(l."gw_id") FROM "gw_ProjProposalTrans" l WHERE ${inList(session, raw('l."gw_projproposaljour"'), proposalIds)}
    GROUP BY l."gw_projproposaljour", l."TransType", l."CategoryId", l."ProjId", l."PSAContractLineNum", l."TaxGroupId", l."TaxItemGroupId",
      CASE WHEN l."LineAmount" = 0 THEN 0 ELSE 1 END) ORDER BY t."gw_id"`);
}
