import { InvoiceProposal, InvoiceProposalLine, InvoiceProposalStatus, StagedActual } from '../../entities/finance';
import { tableOf, toStored } from '../../entities/columns';
import { CHUNK_ROWS, selectRows, updateRows } from '../bulk';
import { execute, forUpdate, inList, join, name, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** Ids of the open proposals that have their lines, by legal entity and number; of all legal entities unless one is named. */
export async function selectReadyProposalIds(session: Session, legalEntityId?: string): Promise<string[]> {
  const own = legalEntityId === undefined ? raw('') : sql` AND "dataAreaId" = ${legalEntityId}`;
  const rows = await query<{ id: string }>(
    session,
    sql`SELECT "gw_id" AS id FROM "ProjProposalJour"
    WHERE "LineProperty" = ${InvoiceProposalStatus.OPEN} AND "gw_haslines" = ${session.engine === 'sqlite' ? 1 : true}${own}
    ORDER BY "dataAreaId", "ProposalId"`,
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
