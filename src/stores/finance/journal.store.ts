import {
  IntegrationJournal,
  IntegrationJournalLine,
  IntegrationJournalLineStatus,
  type IntegrationJournalStatus,
} from '../../entities/finance';
import { CHUNK_ROWS, selectRows, updateRows } from '../bulk';
import { changeRow } from '../change-row';
import { execute, forUpdate, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** Ids of the journals in one of the states, by legal entity and number; of all legal entities unless one is named. */
export async function selectJournalIds(
  session: Session,
  statuses: readonly IntegrationJournalStatus[],
  legalEntityId?: string,
): Promise<string[]> {
  const own = legalEntityId === undefined ? raw('') : sql` AND "dataAreaId" = ${legalEntityId}`;
  const rows = await query<{ id: string }>(
    session,
    sql`SELECT "gw_id" AS id FROM "ProjAdvancedJournal"
    WHERE ${inList(session, raw('"Status"'), statuses)}${own}
    AND EXISTS (SELECT 1 FROM "ProjAdvancedJournalLine" line WHERE line."gw_projadvancedjournal" = "ProjAdvancedJournal"."gw_id") ORDER BY "dataAreaId", "ProjAdvancedJournalId"`,
  );
  return rows.map((row) => row.id);
}

/** Locks a journal until the unit of work ends; undefined when there is none. */
export async function lockJournal(work: UnitOfWork, id: string): Promise<IntegrationJournal | undefined> {
  const [journal] = await selectRows(work, IntegrationJournal, sql`WHERE t."gw_id" = ${id}${forUpdate(work)}`);
  return journal;
}

/** The next lines of a journal after a line number that are in one of the states, in line order, at most a chunk. */
export async function journalLinesAfter(
  session: Session,
  journalId: string,
  lineNumber: number,
  statuses: readonly IntegrationJournalLineStatus[],
): Promise<IntegrationJournalLine[]> {
  return selectRows(
    session,
    IntegrationJournalLine,
    sql`
    WHERE t."gw_projadvancedjournal" = ${journalId} AND t."LineNumber" > ${lineNumber} AND ${inList(session, raw('t."Status"'), statuses)}
    ORDER BY t."LineNumber" LIMIT ${CHUNK_ROWS}`,
  );
}

/** How many lines a journal has, and how many of them are posted. */
export async function countJournalLines(session: Session, journalId: string): Promise<{ lines: number; posted: number }> {
  const [row] = await query<{ lines: string | number; posted: string | number | null }>(
    session,
    sql`
    SELECT count(*) AS lines, sum(CASE WHEN "Status" = ${IntegrationJournalLineStatus.POSTED} THEN 1 ELSE 0 END) AS posted
    FROM "ProjAdvancedJournalLine" WHERE "gw_projadvancedjournal" = ${journalId}`,
  );
  return { lines: Number(row!.lines), posted: Number(row!.posted ?? 0) };
}

/** Moves lines of a locked journal on; every row gives the same properties. */
export async function updateJournalLines(work: UnitOfWork, rows: readonly Partial<IntegrationJournalLine>[]): Promise<number> {
  return updateRows(work, IntegrationJournalLine, rows);
}

/** Changes a journal that still has the status and version that were read, and raises its version. Says whether it had. */
export async function changeJournal(
  work: UnitOfWork,
  { id, status, version }: IntegrationJournal,
  changes: Partial<IntegrationJournal>,
): Promise<boolean> {
  return changeRow(work, IntegrationJournal, { id, status, version }, { ...changes, version: version + 1 });
}

/** Deletes a journal that has no lines and still has the version that was read. Says whether it had. */
export async function deleteJournal(work: UnitOfWork, { id, version }: IntegrationJournal): Promise<boolean> {
  const deleted = await execute(work, sql`DELETE FROM "ProjAdvancedJournal" WHERE "gw_id" = ${id} AND "RecVersion" = ${version}`);
  return deleted === 1;
}

/** Puts lines of a locked journal that are in one of the states back to draft, without their errors. Says how many. */
export async function resetJournalLines(
  work: UnitOfWork,
  journalId: string,
  statuses: readonly IntegrationJournalLineStatus[],
): Promise<number> {
  return execute(
    work,
    sql`UPDATE "ProjAdvancedJournalLine"
    SET "Status" = ${IntegrationJournalLineStatus.DRAFT}, "PostError" = NULL, "RecVersion" = "RecVersion" + 1
    WHERE "gw_projadvancedjournal" = ${journalId} AND ${inList(work, raw('"Status"'), statuses)}`,
  );
}

/** Moves the lines of a locked journal that are not posted to another one, under their line numbers. Says how many. */
export async function moveUnpostedLines(work: UnitOfWork, journalId: string, toJournalId: string): Promise<number> {
  return execute(
    work,
    sql`UPDATE "ProjAdvancedJournalLine" SET "gw_projadvancedjournal" = ${toJournalId}, "RecVersion" = "RecVersion" + 1
    WHERE "gw_projadvancedjournal" = ${journalId} AND "Status" <> ${IntegrationJournalLineStatus.POSTED}`,
  );
}

/** Deletes lines of a locked journal that are in one of the states. Says how many. */
export async function deleteJournalLines(
  work: UnitOfWork,
  lineIds: readonly string[],
  statuses: readonly IntegrationJournalLineStatus[],
): Promise<number> {
  return execute(
    work,
    sql`DELETE FROM "ProjAdvancedJournalLine"
    WHERE ${inList(work, raw('"gw_id"'), lineIds)} AND ${inList(work, raw('"Status"'), statuses)}`,
  );
}

/** Journal lines by id: the unbilled sales partners of invoice lines. */
export async function journalLinesById(session: Session, ids: readonly string[]): Promise<Map<string, IntegrationJournalLine>> {
  if (ids.length === 0) return new Map();
  const rows = await selectRows(session, IntegrationJournalLine, sql`WHERE ${inList(session, raw('t."gw_id"'), ids)}`);
  return new Map(rows.map((row) => [row.id, row]));
}
