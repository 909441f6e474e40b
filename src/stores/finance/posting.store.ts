import { toStored, tableOf } from '../../entities/columns';
import {
  OnAccountTransaction,
  PostingType,
  ProjectPosting,
  ProjectTransaction,
  ProjOrigin,
  ProjTransStatus,
  StagedActual,
} from '../../entities/finance';
import { insertRows, jsonRows, selectRows, updateRows } from '../bulk';
import { execute, forUpdate, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** The accounting detail that posting gives to a staged actual, and that the write-back carries to its actual. */
export type AccountingDetail = Pick<
  StagedActual,
  'id' | 'voucherNumber' | 'accountingAmount' | 'accountingExchangeRate' | 'salesTaxAmount'
>;

const STAMPED = ['id', 'voucherNumber', 'accountingAmount', 'accountingExchangeRate', 'salesTaxAmount'] as const;

/**
 * Writes accounting detail on staged actuals, raises their version by one and stamps them with the change set. The rows are
 * locked in key order first, because the sync may be writing the same ones. Says how many there were.
 */
export async function stampStagedActuals(
  work: UnitOfWork,
  details: readonly AccountingDetail[],
  changeSetId: string,
): Promise<number> {
  await query(
    work,
    sql`SELECT "gw_id" FROM "ProjCDSActualsImport"
    WHERE ${inList(
      work,
      raw('"gw_id"'),
      details.map((detail) => detail.id),
    )} ORDER BY "gw_id"${forUpdate(work)}`,
  );
  const facts = tableOf(StagedActual);
  const columns = STAMPED.map((property) => facts.property(property));
  const given = jsonRows(
    work,
    columns,
    details.map((detail) => STAMPED.map((property, index) => toStored(columns[index]!, detail[property]))),
  );
  return execute(
    work,
    sql`UPDATE "ProjCDSActualsImport" SET
    "VoucherNumber" = given."VoucherNumber", "AccountingAmount" = given."AccountingAmount", "ExchangeRate" = given."ExchangeRate",
    "SalesTaxAmount" = given."SalesTaxAmount", "RecVersion" = "RecVersion" + 1, "gw_changesetid" = ${changeSetId}
    FROM (${given}) AS given WHERE "ProjCDSActualsImport"."gw_id" = given."gw_id"`,
  );
}

export async function insertProjectTransactions(
  work: UnitOfWork,
  transactions: readonly Partial<ProjectTransaction>[],
): Promise<void> {
  await insertRows(work, ProjectTransaction, transactions);
}

/** The project transactions of journal lines, by journal line. */
export async function projectTransactionsOf(
  session: Session,
  journalLineIds: readonly string[],
): Promise<Map<string, ProjectTransaction>> {
  const rows = await selectRows(
    session,
    ProjectTransaction,
    sql`WHERE ${inList(session, raw('t."gw_projadvancedjournalline"'), journalLineIds)}`,
  );
  return new Map(rows.map((row) => [row.journalLineId, row]));
}

/** What journal lines posted to WIP sales value and accrued revenue, by journal line. */
export async function accruedPostingsOf(
  session: Session,
  journalLineIds: readonly string[],
): Promise<Map<string, ProjectPosting[]>> {
  const types = [PostingType.WIP_SALES_VALUE, PostingType.ACCRUED_REVENUE_SALES_VALUE];
  const rows = await selectRows(
    session,
    ProjectPosting,
    sql`
    WHERE ${inList(session, raw('t."gw_projadvancedjournalline"'), journalLineIds)} AND ${inList(session, raw('t."PostingType"'), types)}
    ORDER BY t."gw_id"`,
  );
  const byLine = new Map<string, ProjectPosting[]>();
  for (const row of rows) byLine.set(row.journalLineId!, [...(byLine.get(row.journalLineId!) ?? []), row]);
  return byLine;
}

/**
 * What customer invoice lines left on a balance, by invoice line: on WIP invoiced on account, and of prepayments and deductions on any
 * on-account account. A credit takes a line back whole, so its amounts are these; other lines left nothing that has to return to zero.
 */
export async function balancesPostedBy(session: Session, invoiceLineIds: readonly string[]): Promise<Map<string, ProjectPosting>> {
  if (invoiceLineIds.length === 0) return new Map();
  const rows = await selectRows(
    session,
    ProjectPosting,
    sql`
    JOIN "gw_ProjInvoiceTrans" l ON l."gw_id" = t."gw_projinvoicetrans"
    WHERE ${inList(session, raw('l."gw_id"'), invoiceLineIds)} AND (t."PostingType" = ${PostingType.WIP_INVOICED_ON_ACCOUNT}
      OR (t."PostingType" = ${PostingType.INVOICED_REVENUE_ON_ACCOUNT}
        AND l."gw_projorigin" IN (${ProjOrigin.PREPAYMENT}, ${ProjOrigin.DEDUCTION})))`,
  );
  return new Map(rows.map((row) => [row.invoiceLineId!, row]));
}

/** The financial dimensions under which customer invoice lines posted revenue or on account, by invoice line; lines without are left out. */
export async function dimensionsPostedBy(session: Session, invoiceLineIds: readonly string[]): Promise<Map<string, string>> {
  if (invoiceLineIds.length === 0) return new Map();
  const types = [PostingType.INVOICED_REVENUE, PostingType.INVOICED_REVENUE_ON_ACCOUNT, PostingType.WIP_INVOICED_ON_ACCOUNT];
  const rows = await query<{ line: string; dimension: string }>(
    session,
    sql`SELECT "gw_projinvoicetrans" AS "line", "gw_defaultdimension" AS "dimension" FROM "ProjTransPosting"
    WHERE ${inList(session, raw('"gw_projinvoicetrans"'), invoiceLineIds)} AND ${inList(session, raw('"PostingType"'), types)}
      AND "gw_defaultdimension" IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.line, row.dimension]));
}

/** Marks posted project transactions invoiced by a customer invoice; those that were invoiced before are not counted. */
export async function markTransactionsInvoiced(
  work: UnitOfWork,
  journalLineIds: readonly string[],
  customerInvoiceId: string,
): Promise<number> {
  if (journalLineIds.length === 0) return 0;
  return execute(
    work,
    sql`UPDATE "gw_ProjTrans"
    SET "TransStatus" = ${ProjTransStatus.INVOICED}, "gw_projinvoicejour" = ${customerInvoiceId}, "RecVersion" = "RecVersion" + 1
    WHERE ${inList(work, raw('"gw_projadvancedjournalline"'), journalLineIds)} AND "TransStatus" = ${ProjTransStatus.POSTED}`,
  );
}

/** On-account transactions by id, locked until the unit of work ends where the session is one. */
export async function onAccountTransactionsOf(
  session: Session,
  ids: readonly string[],
): Promise<Map<string, OnAccountTransaction>> {
  if (ids.length === 0) return new Map();
  const rows = await selectRows(
    session,
    OnAccountTransaction,
    sql`
    WHERE ${inList(session, raw('t."gw_id"'), ids)} ORDER BY t."gw_id"${forUpdate(session)}`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function updateOnAccountTransactions(
  work: UnitOfWork,
  rows: readonly Pick<OnAccountTransaction, 'id' | 'status' | 'version'>[],
): Promise<number> {
  return updateRows(work, OnAccountTransaction, rows);
}
