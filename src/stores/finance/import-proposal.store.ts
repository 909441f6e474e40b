import { CONNECTION_ROLES } from '../../entities/dataverse/option-sets';
import {
  IntegrationJournalLineStatus, InvoiceProposal, InvoiceProposalLine, InvoiceProposalStatus, OnAccountTransaction, ProjCdsTransType, StagedActual,
} from '../../entities/finance';
import { moneyFromSum, tableOf, toStored } from '../../entities/columns';
import type { Decimal } from '../../kernel/decimal';
import { CHUNK_ROWS, insertRows, selectRows } from '../bulk';
import { execute, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';
import type { StagingScope } from './staging.store';

/** Open proposals without lines, in key order. */
export async function proposalsWithoutLines(session: Session, scope: StagingScope, after: string, limit: number): Promise<InvoiceProposal[]> {
  return selectRows(session, InvoiceProposal, sql`
    WHERE t."dataAreaId" = ${scope.legalEntityId} AND t."gw_haslines" = false AND t."LineProperty" = ${InvoiceProposalStatus.OPEN}
      AND t."gw_id" > ${after} ${scope.proposalNumber === undefined ? raw('') : sql`AND t."ProposalId" = ${scope.proposalNumber}`}
    ORDER BY t."gw_id" LIMIT ${limit}`);
}

/** The staged billed actuals of a proposal in the order of their ids, a chunk at a time. */
export async function stagedBilledActuals(work: UnitOfWork, proposalNumber: string, afterActualId: string): Promise<StagedActual[]> {
  return selectRows(work, StagedActual, sql`
    WHERE t."InvoiceId" = ${proposalNumber} AND t."ActualId" > ${afterActualId} AND t."TransType" = ${ProjCdsTransType.BILLED_SALES}
    ORDER BY t."ActualId" LIMIT ${CHUNK_ROWS}`);
}

/** A posted journal line that an actual bills, with the tax groups of its billing side. */
export interface PartnerLine {
  readonly id: string;
  readonly salesTaxGroup: string | null;
  readonly itemSalesTaxGroup: string | null;
}

/**
 * The posted journal line of the unbilled sales actual that each billed actual bills; credits and fixed-price rows have none. One
 * look-up by key per row: joined, the tables would be read whole for every chunk while their statistics are young.
 */
export async function postedPartnerLines(work: UnitOfWork, billedActualIds: readonly string[]): Promise<Map<string, PartnerLine>> {
  const rows = await query<{ billed: string; line: string | null }>(work, sql`
    SELECT c."Transaction1Id" AS "billed", (
      SELECT l."gw_id" FROM "ProjAdvancedJournalLine" l WHERE l."Status" = ${IntegrationJournalLineStatus.POSTED}
        AND l."gw_projcdsactualsimport" = (SELECT u."gw_id" FROM "ProjCDSActualsImport" u WHERE u."ActualId" = c."Transaction2Id")
    ) AS "line"
    FROM "ProjCDSTransactionRelationshipImport" c
    WHERE ${inList(work, raw('c."Transaction1Id"'), billedActualIds)}
      AND c."Transaction1Role" = ${CONNECTION_ROLES.billedSales} AND c."Transaction2Role" = ${CONNECTION_ROLES.unbilledSales}
    ORDER BY c."gw_id"`);
  const lines = await query<PartnerLine>(work, sql`
    SELECT "gw_id" AS "id", "ProjectSalesTaxGroup" AS "salesTaxGroup", "ProjectSalesTaxItemGroup" AS "itemSalesTaxGroup"
    FROM "ProjAdvancedJournalLine" WHERE ${inList(work, raw('"gw_id"'), rows.flatMap((row) => row.line ?? []))}`);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return new Map(rows.flatMap((row) => (row.line === null ? [] : [[row.billed, byId.get(row.line)!]])));
}

/** An invoiced line that a credit takes back: everything of it that the credit has to repeat. */
export interface CreditedLine {
  readonly invoiceLineId: string;
  /** Tax of the credit is computed with the rates of this day. */
  readonly invoiceDate: string;
  readonly lineAmount: Decimal;
  readonly linePropertyId: string;
  readonly salesTaxGroup: string | null;
  readonly itemSalesTaxGroup: string | null;
}

/** The customer invoice lines that billed reversals take back, by the reversal's actual id. Other billed actuals have none. */
export async function creditedLinesOf(work: UnitOfWork, billedActualIds: readonly string[]): Promise<Map<string, CreditedLine>> {
  const rows = await query<{
    reversal: string; line: string; date: string; amount: string | number; property: string; tax: string | null; item: string | null;
  }>(work, sql`
    SELECT c."Transaction1Id" AS "reversal", l."gw_id" AS "line", j."InvoiceDate" AS "date", l."LineAmount" AS "amount",
      p."LinePropertyId" AS "property", p."TaxGroupId" AS "tax", p."TaxItemGroupId" AS "item"
    FROM "ProjCDSTransactionRelationshipImport" c
    JOIN "gw_ProjInvoiceTrans" l ON l."gw_actualid" = c."Transaction2Id"
    JOIN "gw_ProjProposalTrans" p ON p."gw_id" = l."gw_projproposaltrans"
    JOIN "ProjInvoiceJour" j ON j."gw_id" = l."gw_projinvoicejour"
    WHERE ${inList(work, raw('c."Transaction1Id"'), billedActualIds)}
      AND c."Transaction1Role" = ${CONNECTION_ROLES.reversing} AND c."Transaction2Role" = ${CONNECTION_ROLES.original}`);
  return new Map(rows.map((row) => [row.reversal, {
    invoiceLineId: row.line,
    invoiceDate: row.date,
    lineAmount: moneyFromSum(row.amount),
    linePropertyId: row.property,
    salesTaxGroup: row.tax,
    itemSalesTaxGroup: row.item,
  }]));
}

/** The on-account transactions of milestones, by milestone id. */
export async function onAccountByMilestone(work: UnitOfWork, milestoneIds: readonly string[]): Promise<Map<string, OnAccountTransaction>> {
  if (milestoneIds.length === 0) return new Map();
  const rows = await selectRows(work, OnAccountTransaction, sql`WHERE ${inList(work, raw('t."gw_milestoneid"'), milestoneIds)} ORDER BY t."gw_id"`);
  return new Map(rows.map((row) => [row.milestoneId, row]));
}

/** Adds proposal lines, one per staged billed actual at a time, and says how many are new. */
export async function insertProposalLines(work: UnitOfWork, lines: readonly Partial<InvoiceProposalLine>[]): Promise<number> {
  return insertRows(work, InvoiceProposalLine, lines, { ifAbsent: true });
}

export interface ProposalTotals {
  readonly netAmount: Decimal;
  readonly taxAmount: Decimal;
  readonly invoiceAmount: Decimal;
}

/** Gives a proposal that has no lines its totals and says that it has them now; false when somebody was first. */
export async function markProposalWithLines(
  work: UnitOfWork, proposal: Pick<InvoiceProposal, 'id' | 'version'>, totals: ProposalTotals,
): Promise<boolean> {
  const stored = (property: keyof ProposalTotals) => toStored(tableOf(InvoiceProposal).property(property), totals[property]);
  const changed = await execute(work, sql`UPDATE "ProjProposalJour"
    SET "gw_haslines" = true, "SalesOrderbalance" = ${stored('netAmount')}, "SumTax" = ${stored('taxAmount')},
      "InvoiceAmount" = ${stored('invoiceAmount')}, "RecVersion" = "RecVersion" + 1
    WHERE "gw_id" = ${proposal.id} AND "RecVersion" = ${proposal.version} AND "gw_haslines" = false
      AND "LineProperty" = ${InvoiceProposalStatus.OPEN}`);
  return changed === 1;
}
