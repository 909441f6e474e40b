import { InvoiceProposal, InvoiceProposalLine, InvoiceProposalStatus, StagedActual } from '../../entities/finance';
import { tableOf, toStored } from '../../entities/columns';
import { CHUNK_ROWS, selectRows, updateRows } from '../bulk';
import { execute, forUpdate, inList, join, name, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** Which ready proposals a batch takes; all that are not narrowed. */
export interface ReadyFilter {
  readonly legalEntityId?: string | null;
  readonly customerAccount?: string | null;
  readonly contractId?: string | null;
  /** The last invoice date: the proposal's own, else its accounting date. */
  readonly invoiceDateUpTo?: string | null;
}

/** Proposals that deduct a retainer: they wait for the invoice of that retainer, so a batch takes them last. */
const DEDUCTS = sql`"ProposalId" IN (SELECT s."InvoiceId" FROM "ProjCDSActualsImport" s WHERE s."gw_retainerid" IS NOT NULL AND s."Amount" < 0)`;

/** Ids of the open proposals that have their lines, by legal entity and number; those that deduct a retainer after all others. */
export async function selectReadyProposalIds(session: Session, filter: ReadyFilter, limit: number): Promise<string[]> {
  const { legalEntityId, customerAccount, contractId, invoiceDateUpTo } = filter;
  const conditions = join([
    ...(legalEntityId ? [sql` AND "dataAreaId" = ${legalEntityId}`] : []),
    ...(customerAccount ? [sql` AND "InvoiceAccount" = ${customerAccount}`] : []),
    ...(contractId ? [sql` AND "ProjInvoiceProjId" = ${contractId}`] : []),
    ...(invoiceDateUpTo ? [sql` AND COALESCE("InvoiceDate", "gw_accountingdate") <= ${invoiceDateUpTo}`] : []),
  ], '');
  const rows = await query<{ id: string }>(
    session,
    sql`SELECT "gw_id" AS id FROM "ProjProposalJour"
    WHERE "LineProperty" = ${InvoiceProposalStatus.OPEN} AND "gw_haslines" = ${session.engine === 'sqlite' ? 1 : true}${conditions}
    ORDER BY CASE WHEN ${DEDUCTS} THEN 1 ELSE 0 END, "dataAreaId", "ProposalId" LIMIT ${limit}`,
  );
  return rows.map((row) => row.id);
}

/** Locks a proposal until the unit of work ends; undefined when there is none. */
export async function lockProposal(work: UnitOfWork, id: string): Promise<InvoiceProposal | undefined> {
  const [proposal] = await selectRows(work, InvoiceProposal, sql`WHERE t."gw_id" = ${id}${forUpdate(work)}`);
  return proposal;
}

/** A proposal as it is now; undefined when there is none. */
export async function readProposal(session: Session, id: string): Promise<InvoiceProposal | undefined> {
  return (await selectRows(session, InvoiceProposal, sql`WHERE t."gw_id" = ${id}`))[0];
}

export async function countProposalLines(session: Session, proposalId: string): Promise<number> {
  const [row] = await query<{ lines: string | number }>(
    session,
    sql`
    SELECT count(*) AS lines FROM "gw_ProjProposalTrans" WHERE "gw_projproposaljour" = ${proposalId}`,
  );
  return Number(row!.lines);
}

/** Whether two lines of a proposal bill the same unbilled sales, or are of the same milestone. A credit beside what it replaces is no such pair. */
export async function billsTwice(session: Session, proposalId: string): Promise<boolean> {
  const rows = await query(
    session,
    sql`
    SELECT "gw_projadvancedjournalline" AS "billed" FROM "gw_ProjProposalTrans"
    WHERE "gw_projproposaljour" = ${proposalId} AND "gw_projadvancedjournalline" IS NOT NULL AND "gw_creditedinvoicetrans" IS NULL
    GROUP BY "gw_projadvancedjournalline" HAVING COUNT(*) > 1
    UNION ALL SELECT "gw_projonacctrans" FROM "gw_ProjProposalTrans"
    WHERE "gw_projproposaljour" = ${proposalId} AND "gw_projonacctrans" IS NOT NULL
    GROUP BY "gw_projonacctrans" HAVING COUNT(*) > 1 LIMIT 1`,
  );
  return rows.length > 0;
}

/** The next lines of a proposal after a line number, in line order, at most a chunk. */
export async function proposalLinesAfter(
  session: Session,
  proposalId: string,
  lineNumber: number,
): Promise<InvoiceProposalLine[]> {
  return selectRows(
    session,
    InvoiceProposalLine,
    sql`
    WHERE t."gw_projproposaljour" = ${proposalId} AND t."LineNumber" > ${lineNumber} ORDER BY t."LineNumber" LIMIT ${CHUNK_ROWS}`,
  );
}

/** The lines of a proposal that are named by id or by line number, in line order. */
export async function proposalLinesNamed(
  session: Session,
  proposalId: string,
  { ids, lineNumbers }: { readonly ids: readonly string[]; readonly lineNumbers: readonly number[] },
): Promise<InvoiceProposalLine[]> {
  return selectRows(
    session,
    InvoiceProposalLine,
    sql`
    WHERE t."gw_projproposaljour" = ${proposalId}
      AND (${inList(session, raw('t."gw_id"'), ids)} OR ${inList(session, raw('t."LineNumber"'), lineNumbers)}) ORDER BY t."LineNumber"`,
  );
}

/** Deletes lines of a locked proposal that is not posted. */
export async function deleteProposalLines(work: UnitOfWork, ids: readonly string[]): Promise<void> {
  await execute(work, sql`DELETE FROM "gw_ProjProposalTrans" WHERE ${inList(work, raw('"gw_id"'), ids)}`);
}

/** The staged billed actuals of lines, by their own ids. */
export async function stagedActualsOfLines(
  session: Session,
  lines: readonly Pick<InvoiceProposalLine, 'stagedActualId'>[],
): Promise<Map<string, StagedActual>> {
  const ids = lines.map((line) => line.stagedActualId);
  const rows = await selectRows(session, StagedActual, sql`WHERE ${inList(session, raw('t."gw_id"'), ids)}`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Changes lines of a locked proposal; every row gives the same properties. */
export async function updateProposalLines(work: UnitOfWork, rows: readonly Partial<InvoiceProposalLine>[]): Promise<number> {
  return updateRows(work, InvoiceProposalLine, rows);
}

/**
 * Changes the given columns of a proposal that still has the status and version that were read, and raises its version. Says
 * whether it had.
 */
export async function changeProposal(
  work: UnitOfWork,
  proposal: InvoiceProposal,
  changes: Partial<InvoiceProposal>,
): Promise<boolean> {
  const facts = tableOf(InvoiceProposal);
  const sets = Object.entries(changes).map(([property, value]) => {
    const column = facts.property(property);
    return sql`${name(column.column)} = ${toStored(column, value)}`;
  });
  const changed = await execute(
    work,
    sql`UPDATE "ProjProposalJour" SET ${join([...sets, raw('"RecVersion" = "RecVersion" + 1')], ', ')}
    WHERE "gw_id" = ${proposal.id} AND "LineProperty" = ${proposal.status} AND "RecVersion" = ${proposal.version}`,
  );
  return changed === 1;
}
