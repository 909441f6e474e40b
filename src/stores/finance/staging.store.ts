import { CONNECTION_ROLES } from '../../entities/dataverse/option-sets';
import { InvoiceProposalStatus, OnAccountTransaction, ProjCdsTransType, StagedActual, StagedMilestone, ProjTransStatus } from '../../entities/finance';
import { tableOf, toStored } from '../../entities/columns';
import { CHUNK_ROWS, insertRows, jsonRows, selectRows, updateRows } from '../bulk';
import { execute, forUpdate, forUpdateOfFree, inList, join, name, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';

/** Which staged rows an import takes: all of a legal entity's, or only those that one proposal waits for. */
export interface StagingScope {
  readonly legalEntityId: string;
  readonly proposalNumber?: string;
}

/** Accounting dates that an import takes rows of, both days included; null for every date. */
export type AccountingDates = { readonly start: string; readonly end: string } | null;

/** The legal entities that have staged rows, in order. */
export async function legalEntitiesWithStagedRows(session: Session): Promise<string[]> {
  const rows = await query<{ entity: string }>(session, sql`
    SELECT "dataAreaId" AS "entity" FROM "ProjCDSActualsImport" WHERE "IsProcessed" = false GROUP BY "dataAreaId"
    UNION SELECT "dataAreaId" FROM "ProjCDSContractLineMilestoneImport" GROUP BY "dataAreaId"
    UNION SELECT "dataAreaId" FROM "ProjProposalJour" WHERE "gw_haslines" = false GROUP BY "dataAreaId"
    ORDER BY 1`);
  return rows.map((row) => row.entity);
}

/** Nothing of a staged row is taken up while it is in quarantine. */
const isFree = raw('t."gw_quarantinedon" IS NULL');
const hasNoJournalLine = sql`t."IsProcessed" = false AND ${isFree} AND t."TransType" IN (${ProjCdsTransType.COST}, ${ProjCdsTransType.SALES})
  AND NOT EXISTS (SELECT 1 FROM "ProjAdvancedJournalLine" l WHERE l."gw_projcdsactualsimport" = t."gw_id")`;
const hasChanged = sql`${isFree} AND (o."gw_id" IS NULL OR o."gw_sourceversion" < t."gw_sourceversion")`;
const waitsForLines = sql`t."gw_haslines" = false AND t."LineProperty" = ${InvoiceProposalStatus.OPEN}`;

/** Whether an import of all legal entities would look at something: an actual, a milestone, or a proposal. */
export async function hasStagedWork(session: Session): Promise<boolean> {
  const looks = [
    // By legal entity, so that an index finds the unprocessed among all rows that ever were.
    sql`FROM "LegalEntities" e JOIN "ProjCDSActualsImport" t ON t."dataAreaId" = e."LegalEntityId" WHERE ${hasNoJournalLine}`,
    sql`FROM "ProjCDSContractLineMilestoneImport" t LEFT JOIN "ProjOnAccTrans" o ON o."gw_milestoneid" = t."TransactionId" WHERE ${hasChanged}`,
    sql`FROM "ProjProposalJour" t WHERE ${waitsForLines}`,
  ];
  for (const from of looks) if ((await query(session, sql`SELECT 1 AS "staged" ${from} LIMIT 1`)).length > 0) return true;
  return false;
}

/** Staged cost and unbilled sales actuals of a scope that have no journal line. */
function unprocessed(scope: StagingScope): Sql {
  return sql`t."dataAreaId" = ${scope.legalEntityId} AND ${hasNoJournalLine} ${scope.proposalNumber ? partnersOf(scope.proposalNumber) : raw('')}`;
}

/** The first accounting date behind `after` that has rows without a journal line; null when there is none. */
export async function nextUnprocessedDate(session: Session, scope: StagingScope, after: string): Promise<string | null> {
  const [row] = await query<{ date: string | null }>(session, sql`
    SELECT MIN(t."AccountingDate") AS "date" FROM "ProjCDSActualsImport" t WHERE ${unprocessed(scope)} AND t."AccountingDate" > ${after}`);
  return row!.date;
}

/** Claims the next of them in key order, of some accounting dates only where these are given. */
export async function claimUnprocessedActuals(
  work: UnitOfWork, scope: StagingScope, dates: AccountingDates, after: string, limit = CHUNK_ROWS,
): Promise<StagedActual[]> {
  const within = dates ? sql`AND t."AccountingDate" BETWEEN ${dates.start} AND ${dates.end}` : raw('');
  return selectRows(work, StagedActual, sql`
    WHERE ${unprocessed(scope)} ${within} AND t."gw_id" > ${after}
    ORDER BY t."gw_id" LIMIT ${limit} ${forUpdateOfFree(work, 't')}`);
}

/**
 * Only the unbilled sales actuals that the billed actuals of one proposal bill, and those that its confirmation took back, with what took
 * them back: left behind, they would stay in WIP.
 */
function partnersOf(proposalNumber: string): Sql {
  const { billedSales, unbilledSales, reversing, original } = CONNECTION_ROLES;
  const takenBack = sql`FROM "ProjCDSActualsImport" r
    JOIN "ProjCDSTransactionRelationshipImport" c ON c."Transaction1Id" = r."ActualId"
      AND c."Transaction1Role" = ${reversing} AND c."Transaction2Role" = ${original}
    WHERE r."InvoiceId" = ${proposalNumber} AND r."TransType" = ${ProjCdsTransType.SALES}`;
  return sql`AND t."ActualId" IN (
    SELECT c."Transaction2Id" FROM "ProjCDSActualsImport" b
    JOIN "ProjCDSTransactionRelationshipImport" c ON c."Transaction1Id" = b."ActualId"
      AND c."Transaction1Role" = ${billedSales} AND c."Transaction2Role" = ${unbilledSales}
    WHERE b."InvoiceId" = ${proposalNumber} AND b."TransType" = ${ProjCdsTransType.BILLED_SALES}
    UNION ALL SELECT c."Transaction1Id" ${takenBack} UNION ALL SELECT c."Transaction2Id" ${takenBack})`;
}

/** Marks staged actuals as taken up and forgets what went wrong with them before. Says how many: one that went into quarantine meanwhile is none. */
export async function markProcessed(work: UnitOfWork, stagedActualIds: readonly string[]): Promise<number> {
  return execute(work, sql`UPDATE "ProjCDSActualsImport"
    SET "IsProcessed" = true, "gw_importerrorcode" = NULL, "gw_importerror" = NULL, "RecVersion" = "RecVersion" + 1
    WHERE ${inList(work, raw('"gw_id"'), stagedActualIds)} AND "gw_quarantinedon" IS NULL`);
}

/** Staged actuals by the ids of their actuals. */
export async function stagedActualsByActualId(session: Session, actualIds: readonly string[]): Promise<Map<string, StagedActual>> {
  const rows = await selectRows(session, StagedActual, sql`WHERE ${inList(session, raw('t."ActualId"'), actualIds)}`);
  return new Map(rows.map((row) => [row.actualId, row]));
}

/** Gives staged actuals back to the next import, in key order, because the sync may be writing the same ones. Says how many. */
export async function returnToStaging(work: UnitOfWork, stagedActualIds: readonly string[]): Promise<number> {
  const given = inList(work, raw('"gw_id"'), stagedActualIds);
  await query(work, sql`SELECT "gw_id" FROM "ProjCDSActualsImport" WHERE ${given} ORDER BY "gw_id"${forUpdate(work)}`);
  return execute(work, sql`UPDATE "ProjCDSActualsImport" SET "IsProcessed" = false, "RecVersion" = "RecVersion" + 1
    WHERE ${given} AND "IsProcessed" = true`);
}

export interface ImportError {
  readonly id: string;
  readonly version: number;
  readonly importErrorCode: string;
  readonly importError: string;
}

/** Stores why rows were not taken up; they stay unprocessed. */
export async function recordImportErrors(work: UnitOfWork, errors: readonly ImportError[]): Promise<void> {
  await updateRows(work, StagedActual, errors.map((error) => ({ ...error, version: error.version + 1 })));
}

/** Claims the next staged milestones whose on-account transaction is missing or older, in key order. */
export async function claimChangedMilestones(work: UnitOfWork, scope: StagingScope, after: string): Promise<StagedMilestone[]> {
  return selectRows(work, StagedMilestone, sql`
    LEFT JOIN "ProjOnAccTrans" o ON o."gw_milestoneid" = t."TransactionId"
    WHERE t."dataAreaId" = ${scope.legalEntityId} AND t."gw_id" > ${after}
      AND ${hasChanged}
      ${scope.proposalNumber ? milestonesOf(scope.proposalNumber) : raw('')}
    ORDER BY t."gw_id" LIMIT ${CHUNK_ROWS} ${forUpdateOfFree(work, 't')}`);
}

function milestonesOf(proposalNumber: string): Sql {
  return sql`AND t."TransactionId" IN (SELECT b."gw_milestoneid" FROM "ProjCDSActualsImport" b
    WHERE b."InvoiceId" = ${proposalNumber} AND b."TransType" = ${ProjCdsTransType.BILLED_SALES} AND b."gw_milestoneid" IS NOT NULL)`;
}

export async function markMilestonesProcessed(work: UnitOfWork, stagedMilestoneIds: readonly string[]): Promise<void> {
  await execute(work, sql`UPDATE "ProjCDSContractLineMilestoneImport" SET "gw_isprocessed" = true, "RecVersion" = "RecVersion" + 1
    WHERE ${inList(work, raw('"gw_id"'), stagedMilestoneIds)} AND "gw_isprocessed" = false`);
}

/** Adds on-account transactions, one per milestone, and says how many are new. */
export async function insertOnAccountTransactions(work: UnitOfWork, rows: readonly Partial<OnAccountTransaction>[]): Promise<number> {
  return insertRows(work, OnAccountTransaction, rows, { ifAbsent: true });
}

export async function onAccountTransactionsOf(work: UnitOfWork, milestoneIds: readonly string[]): Promise<OnAccountTransaction[]> {
  return selectRows(work, OnAccountTransaction, sql`WHERE ${inList(work, raw('t."gw_milestoneid"'), milestoneIds)} ORDER BY t."gw_id"`);
}

/** What a newer version of a milestone says; every row gives the same properties. */
export type OnAccountRenewal = Partial<OnAccountTransaction> & Pick<OnAccountTransaction, 'id' | 'sourceVersion'>;

/**
 * Renews on-account transactions while no proposal holds them, which the statement itself checks: one may take them up at the
 * same time. Of those that are held, only the version that was seen moves on.
 */
export async function renewOnAccountTransactions(work: UnitOfWork, rows: readonly OnAccountRenewal[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const properties = Object.keys(first) as (keyof OnAccountRenewal)[];
  await changeOnAccount(work, rows, properties, sql`"ProjOnAccTrans"."TransStatus" = ${ProjTransStatus.NO_STATUS}`);
  await changeOnAccount(work, rows, ['id', 'sourceVersion'], sql`"ProjOnAccTrans"."TransStatus" <> ${ProjTransStatus.NO_STATUS}`);
}

async function changeOnAccount(
  work: UnitOfWork, rows: readonly OnAccountRenewal[], properties: readonly (keyof OnAccountRenewal)[], condition: Sql,
): Promise<void> {
  const columns = properties.map((property) => tableOf(OnAccountTransaction).property(property));
  const given = jsonRows(work, columns, rows.map((row) => properties.map((property, index) => toStored(columns[index]!, row[property]))));
  const sets = columns.filter((column) => !column.primary).map((column) => sql`${name(column.column)} = given.${name(column.column)}`);
  await execute(work, sql`UPDATE "ProjOnAccTrans" SET ${join(sets, ', ')}, "RecVersion" = "RecVersion" + 1
    FROM (${given}) AS given
    WHERE "ProjOnAccTrans"."gw_id" = given."gw_id" AND "ProjOnAccTrans"."gw_sourceversion" < given."gw_sourceversion" AND ${condition}`);
}

/** Moves on-account transactions that a proposal took up from one status to another; those in any other status stay, and the count tells. */
export async function moveOnAccountStatus(
  work: UnitOfWork, onAccountTransactionIds: readonly string[], { from, to }: { from: ProjTransStatus; to: ProjTransStatus },
): Promise<number> {
  if (onAccountTransactionIds.length === 0) return 0;
  return execute(work, sql`UPDATE "ProjOnAccTrans" SET "TransStatus" = ${to}, "RecVersion" = "RecVersion" + 1
    WHERE ${inList(work, raw('"gw_id"'), onAccountTransactionIds)} AND "TransStatus" = ${from}`);
}
