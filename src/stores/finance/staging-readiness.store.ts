import { CONNECTION_ROLES } from '../../entities/dataverse/option-sets';
import {
  IntegrationJournalLineStatus, ProjCdsTransType, ProjContractBillingMethod, ProjTransStatus, ProjTransType, type ProjBillingType,
} from '../../entities/finance';
import { moneyFromSum } from '../../entities/columns';
import type { Decimal } from '../../kernel/decimal';
import { IdChecksum } from '../../kernel/id-checksum';
import { QUARANTINE_REASONS } from '../reconcile/orphan-conditions';
import { inList, name, query, raw, sql, type Session, type Sql } from '../session';

/** How many records a blocker names as examples. */
const EXAMPLES_MAX = 10;
/** Ids that one statement of a checksum reads. */
const CHECKSUM_CHUNK_ROWS = 5_000;

/** What can keep the billed actuals of a proforma from becoming proposal lines, in the words of the blockers. */
export type ReadinessCode =
  | 'ACTUALS_NOT_SYNCED' | 'ACTUAL_SYNC_FAILED' | 'UNBILLED_NOT_SYNCED' | 'CONNECTION_MISSING' | 'CONNECTION_NOT_SYNCED'
  | 'CONNECTION_SYNC_FAILED' | 'MILESTONE_NOT_SYNCED' | 'MILESTONE_NOT_IMPORTED' | 'UNBILLED_NOT_IMPORTED' | 'UNBILLED_IMPORT_ERROR' | 'UNBILLED_NOT_POSTED'
  | 'UNBILLED_POSTING_ERROR' | 'ORIGINAL_NOT_INVOICED' | 'MILESTONE_NOT_CREDITED' | 'PREVALIDATION_WAITING' | 'INVALID_ACTUALS'
  | 'QUARANTINED';

/** One code of one proforma: how many billed actuals it holds back, and some of the records that have to move first. */
export interface ReadinessIssue {
  readonly proformaNumber: string;
  readonly code: ReadinessCode;
  readonly count: number;
  readonly recordIds: readonly string[];
  /** What the systems say about the examples: an error's sentence, a journal's number. Without repetitions. */
  readonly details: readonly string[];
}

/** Finds what holds the billed actuals of proformas back, by the proformas' numbers. */
export type FindIssues = (session: Session, proformaNumbers: readonly string[]) => Promise<ReadinessIssue[]>;

/**
 * Staged billed actuals with what each has to wait for (design 7.3): a credit for the invoice of its original, a milestone for its
 * on-account transaction, open again where it was invoiced before, time and material for its unbilled partner's posting, other fixed-price and retainer rows for nothing.
 */
function billed(session: Session, proformaNumbers: readonly string[]): Sql {
  return sql`SELECT b."InvoiceId" AS "number", b."ActualId" AS "actual", b."gw_milestoneid" AS "milestone", r."Transaction2Id" AS "original",
      b."gw_quarantinereason" AS "quarantine",
      CASE WHEN r."gw_id" IS NOT NULL OR (b."gw_milestoneid" IS NOT NULL AND b."Quantity" < 0) THEN 'CREDIT'
        WHEN b."gw_milestoneid" IS NOT NULL THEN 'MILESTONE'
        WHEN b."TransactionClassification" IN (${ProjTransType.NONE}, ${ProjTransType.ON_ACCOUNT})
          OR l."BillingMethod" = ${ProjContractBillingMethod.FIXED_PRICE} THEN 'AT_ONCE'
        ELSE 'TIME_AND_MATERIAL' END AS "kind"
    FROM "ProjCDSActualsImport" b
    LEFT JOIN "ProjectContractLines" l ON l."dataAreaId" = b."dataAreaId" AND l."ContractLineId" = b."ContractLineId"
    LEFT JOIN "ProjCDSTransactionRelationshipImport" r ON r."Transaction1Id" = b."ActualId"
      AND r."Transaction1Role" = ${CONNECTION_ROLES.reversing} AND r."Transaction2Role" = ${CONNECTION_ROLES.original}
    WHERE ${inList(session, raw('b."InvoiceId"'), proformaNumbers)} AND b."TransType" = ${ProjCdsTransType.BILLED_SALES}`;
}

/** Why a billed actual, its milestone or what it bills is in quarantine, in words; null when it is not. */
const quarantineText = raw(`CASE COALESCE(billed."quarantine", milestone."gw_quarantinereason", unbilled."gw_quarantinereason")
  ${Object.entries(QUARANTINE_REASONS).map(([reason, text]) => `WHEN ${reason} THEN '${text}'`).join(' ')} END`);

/**
 * The staged billed actuals that are not ready: number, kind, the actual and its milestone, the code of what it waits for, the
 * record that has to move first, and what the systems say about it. Reads the tables of finance alone.
 */
export function waitingActuals(session: Session, proformaNumbers: readonly string[]): Sql {
  const failed = [IntegrationJournalLineStatus.ERROR, IntegrationJournalLineStatus.UNRECOVERABLE, IntegrationJournalLineStatus.INVALID_ACTUALS];
  return sql`SELECT "number", "kind", "actual", "milestone", "code", "record", "detail" FROM (
    SELECT billed."number", billed."kind", billed."actual", billed."milestone",
      CASE WHEN billed."quarantine" IS NOT NULL THEN 'QUARANTINED' ELSE CASE billed."kind"
        WHEN 'CREDIT' THEN CASE WHEN billed."original" IS NULL THEN 'CONNECTION_NOT_SYNCED'
          WHEN invoiced."gw_id" IS NULL THEN 'ORIGINAL_NOT_INVOICED' END
        WHEN 'MILESTONE' THEN CASE WHEN account."TransStatus" = ${ProjTransStatus.NO_STATUS} THEN NULL
          WHEN account."gw_id" IS NOT NULL THEN 'MILESTONE_NOT_CREDITED'
          WHEN milestone."gw_quarantinedon" IS NOT NULL THEN 'QUARANTINED'
          WHEN milestone."gw_id" IS NOT NULL THEN 'MILESTONE_NOT_IMPORTED' ELSE 'MILESTONE_NOT_SYNCED' END
        WHEN 'TIME_AND_MATERIAL' THEN CASE WHEN bills."gw_id" IS NULL THEN 'CONNECTION_NOT_SYNCED'
          WHEN unbilled."gw_id" IS NULL THEN 'UNBILLED_NOT_SYNCED'
          WHEN line."Status" = ${IntegrationJournalLineStatus.POSTED} THEN NULL
          WHEN ${inList(session, raw('line."Status"'), failed)} THEN 'UNBILLED_POSTING_ERROR'
          WHEN line."gw_id" IS NOT NULL THEN 'UNBILLED_NOT_POSTED'
          WHEN unbilled."gw_quarantinedon" IS NOT NULL THEN 'QUARANTINED'
          WHEN unbilled."gw_importerrorcode" = 'PREVALIDATION_WAITING' THEN 'PREVALIDATION_WAITING'
          WHEN unbilled."gw_importerrorcode" IS NOT NULL THEN 'UNBILLED_IMPORT_ERROR' ELSE 'UNBILLED_NOT_IMPORTED' END
      END END AS "code",
      CASE WHEN billed."quarantine" IS NOT NULL THEN billed."actual" ELSE CASE billed."kind"
        WHEN 'CREDIT' THEN COALESCE(billed."original", billed."actual")
        WHEN 'MILESTONE' THEN CASE WHEN milestone."gw_quarantinedon" IS NULL THEN billed."milestone" ELSE billed."actual" END
        ELSE COALESCE(bills."Transaction2Id", billed."actual") END END AS "record",
      COALESCE(${quarantineText}, line."PostError", journal."ProjAdvancedJournalId", unbilled."gw_importerror") AS "detail"
    FROM (${billed(session, proformaNumbers)}) AS billed
    LEFT JOIN "gw_ProjInvoiceTrans" invoiced ON billed."kind" = 'CREDIT' AND invoiced."gw_actualid" = billed."original"
    LEFT JOIN "ProjOnAccTrans" account ON account."gw_milestoneid" = billed."milestone"
    LEFT JOIN "ProjCDSContractLineMilestoneImport" milestone ON milestone."TransactionId" = billed."milestone"
    LEFT JOIN "ProjCDSTransactionRelationshipImport" bills ON billed."kind" = 'TIME_AND_MATERIAL' AND bills."Transaction1Id" = billed."actual"
      AND bills."Transaction1Role" = ${CONNECTION_ROLES.billedSales} AND bills."Transaction2Role" = ${CONNECTION_ROLES.unbilledSales}
    LEFT JOIN "ProjCDSActualsImport" unbilled ON unbilled."ActualId" = bills."Transaction2Id"
    LEFT JOIN "ProjAdvancedJournalLine" line ON line."gw_projcdsactualsimport" = unbilled."gw_id"
    LEFT JOIN "ProjAdvancedJournal" journal ON journal."gw_id" = line."gw_projadvancedjournal"
  ) AS looked_at WHERE "code" IS NOT NULL`;
}

/** What holds the staged billed actuals of proformas back, as finance alone can see it. */
export const waitingIssuesOf: FindIssues = async (session, proformaNumbers) => {
  if (proformaNumbers.length === 0) return [];
  return countIssues(session, sql`SELECT "number", "code", "record", "detail" FROM (${waitingActuals(session, proformaNumbers)}) AS waiting`);
};

/**
 * Counts rows of number, code, record and detail by number and code, in one statement however many there are, and keeps some of
 * their records as examples.
 */
export async function countIssues(session: Session, found: Sql): Promise<ReadinessIssue[]> {
  const rows = await query<{ number: string; code: ReadinessCode; record: string; detail: string | null; total: string | number }>(session, sql`
    SELECT "number", "code", "record", "detail", "total" FROM (
      SELECT "number", "code", "record", "detail", COUNT(*) OVER (PARTITION BY "number", "code") AS "total",
        ROW_NUMBER() OVER (PARTITION BY "number", "code" ORDER BY "record") AS "place"
      FROM (${found}) AS found
    ) AS counted WHERE "place" <= ${EXAMPLES_MAX} ORDER BY "number", "code", "place"`);
  const issues = new Map<string, { proformaNumber: string; code: ReadinessCode; count: number; recordIds: string[]; details: string[] }>();
  for (const row of rows) {
    const key = `${row.code}/${row.number}`;
    const issue = issues.get(key) ?? { proformaNumber: row.number, code: row.code, count: Number(row.total), recordIds: [], details: [] };
    issues.set(key, issue);
    if (!issue.recordIds.includes(row.record)) issue.recordIds.push(row.record);
    if (row.detail !== null && !issue.details.includes(row.detail)) issue.details.push(row.detail);
  }
  return [...issues.values()];
}

/** How many billed actuals of each proforma number the staging table holds. */
export async function stagedBilledCounts(session: Session, proformaNumbers: readonly string[]): Promise<Map<string, number>> {
  if (proformaNumbers.length === 0) return new Map();
  const rows = await query<{ number: string; staged: string | number }>(session, sql`
    SELECT "InvoiceId" AS "number", COUNT(*) AS "staged" FROM "ProjCDSActualsImport"
    WHERE ${inList(session, raw('"InvoiceId"'), proformaNumbers)} AND "TransType" = ${ProjCdsTransType.BILLED_SALES} GROUP BY "InvoiceId"`);
  return new Map(rows.map((row) => [row.number, Number(row.staged)]));
}

/**
 * The checksum over the staged billed actuals of each proforma number, ids ascending. Reads ids alone, in chunks over all numbers
 * together, so that no invoice is in memory whole. A number without staged rows has the checksum of nothing.
 */
export async function stagedBilledChecksums(
  session: Session, proformaNumbers: readonly string[], breath: () => Promise<void> = () => Promise.resolve(),
): Promise<Map<string, string>> {
  const sums = new Map(proformaNumbers.map((number) => [number, new IdChecksum()]));
  let after = { number: '', actual: '' };
  for (let more = proformaNumbers.length > 0; more;) {
    const rows = await query<{ number: string; actual: string }>(session, sql`
      SELECT "InvoiceId" AS "number", "ActualId" AS "actual" FROM "ProjCDSActualsImport"
      WHERE ${inList(session, raw('"InvoiceId"'), proformaNumbers)} AND "TransType" = ${ProjCdsTransType.BILLED_SALES}
        AND ("InvoiceId", "ActualId") > (${after.number}, ${after.actual})
      ORDER BY "InvoiceId", "ActualId" LIMIT ${CHECKSUM_CHUNK_ROWS}`);
    for (const row of rows) sums.get(row.number)!.add(row.actual);
    after = rows.at(-1) ?? after;
    more = rows.length === CHECKSUM_CHUNK_ROWS;
    await breath();
  }
  return new Map([...sums].map(([number, sum]) => [number, sum.digest()]));
}

/** Staged billed actuals of a proforma that finance's set-up treats alike. */
export interface BilledGroup {
  readonly proformaNumber: string;
  readonly legalEntityId: string;
  readonly contractId: string;
  readonly contractLineId: string | null;
  readonly projectId: string | null;
  readonly categoryId: string | null;
  readonly customerAccount: string | null;
  readonly productNumber: string | null;
  readonly classification: ProjTransType;
  readonly billingType: ProjBillingType;
  /** The groups of the on-account transaction or posted journal line that they bill; null for rows without one. */
  readonly own: { readonly salesTaxGroup: string | null; readonly itemSalesTaxGroup: string | null } | null;
  /** Of credits: the groups of the invoiced lines that they take back, and the day of that invoice. */
  readonly credited: { readonly salesTaxGroup: string | null; readonly itemSalesTaxGroup: string | null; readonly invoiceDate: string } | null;
  readonly count: number;
  /** Sum of their amounts. */
  readonly amount: Decimal;
  /** One of the group's actuals. */
  readonly actualId: string;
}

interface BilledGroupRow {
  number: string; entity: string; contract: string; line: string | null; project: string | null; category: string | null;
  customer: string | null; product: string | null; classification: number; billing: number; own: number; tax: string | null; item: string | null;
  credited: string | null; credited_tax: string | null; credited_item: string | null;
  total: string | number; millions: string; rest: string; actual: string;
}

/**
 * SQLite sums integers exactly, but gives up at 2^63, which a thousand of the largest amounts reach; so what is above a million of
 * the column's units and what is below are summed apart. As text, because its driver gives a number above 2^53 inexactly.
 */
const MILLION = '1000000';
const exactSum = (alias: string, part: Sql): Sql => sql`CAST(SUM(${part}) AS TEXT) AS ${name(alias)}`;

/** The billed actuals of proformas in groups: as many rows as there are combinations of masters, not as there are lines. */
export async function billedGroupsOf(session: Session, proformaNumbers: readonly string[]): Promise<BilledGroup[]> {
  if (proformaNumbers.length === 0) return [];
  const rows = await query<BilledGroupRow>(session, sql`
    SELECT b."InvoiceId" AS "number", b."dataAreaId" AS "entity", b."ContractId" AS "contract", b."ContractLineId" AS "line",
      b."ProjectId" AS "project", b."TransactionCategoryId" AS "category", b."CustomerAccountNumber" AS "customer",
      b."ProductNumber" AS "product", b."TransactionClassification" AS "classification", b."BillingType" AS "billing",
      CASE WHEN COALESCE(o."gw_id", l."gw_id") IS NULL THEN 0 ELSE 1 END AS "own",
      CASE WHEN o."gw_id" IS NULL THEN l."ProjectSalesTaxGroup" ELSE o."TaxGroupId" END AS "tax",
      CASE WHEN o."gw_id" IS NULL THEN l."ProjectSalesTaxItemGroup" ELSE o."TaxItemGroupId" END AS "item",
      j."InvoiceDate" AS "credited", p."TaxGroupId" AS "credited_tax", p."TaxItemGroupId" AS "credited_item",
      COUNT(*) AS "total", MIN(b."ActualId") AS "actual", ${exactSum('millions', sql`b."Amount" / ${raw(MILLION)}`)}, ${exactSum('rest', sql`b."Amount" % ${raw(MILLION)}`)}
    FROM "ProjCDSActualsImport" b
    LEFT JOIN "ProjOnAccTrans" o ON o."gw_milestoneid" = b."gw_milestoneid"
    LEFT JOIN "ProjCDSTransactionRelationshipImport" r ON r."Transaction1Id" = b."ActualId"
      AND r."Transaction1Role" = ${CONNECTION_ROLES.reversing} AND r."Transaction2Role" = ${CONNECTION_ROLES.original}
    LEFT JOIN "gw_ProjInvoiceTrans" i ON i."gw_actualid" = r."Transaction2Id"
    LEFT JOIN "gw_ProjProposalTrans" p ON p."gw_id" = i."gw_projproposaltrans"
    LEFT JOIN "ProjInvoiceJour" j ON j."gw_id" = i."gw_projinvoicejour"
    LEFT JOIN "ProjCDSTransactionRelationshipImport" c ON c."Transaction1Id" = b."ActualId"
      AND c."Transaction1Role" = ${CONNECTION_ROLES.billedSales} AND c."Transaction2Role" = ${CONNECTION_ROLES.unbilledSales}
    LEFT JOIN "ProjCDSActualsImport" u ON u."ActualId" = c."Transaction2Id"
    LEFT JOIN "ProjAdvancedJournalLine" l ON l."gw_projcdsactualsimport" = u."gw_id" AND l."Status" = ${IntegrationJournalLineStatus.POSTED}
    WHERE ${inList(session, raw('b."InvoiceId"'), proformaNumbers)} AND b."TransType" = ${ProjCdsTransType.BILLED_SALES}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 ORDER BY 1, "actual"`);
  return rows.map((row) => ({
    proformaNumber: row.number,
    legalEntityId: row.entity,
    contractId: row.contract,
    contractLineId: row.line,
    projectId: row.project,
    categoryId: row.category,
    customerAccount: row.customer,
    productNumber: row.product,
    classification: row.classification,
    billingType: row.billing,
    own: Number(row.own) === 1 ? { salesTaxGroup: row.tax, itemSalesTaxGroup: row.item } : null,
    credited: row.credited === null ? null : { salesTaxGroup: row.credited_tax, itemSalesTaxGroup: row.credited_item, invoiceDate: row.credited },
    count: Number(row.total),
    amount: moneyFromSum(row.millions).times(MILLION).plus(moneyFromSum(row.rest)),
    actualId: row.actual,
  }));
}
