import { Actual, AdjustmentStatus, TransactionType } from '../../entities/dataverse';
import { chunksOf, insertRows } from '../bulk';
import { execute, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';
import type { PageRequest } from './billing-backlog.store';

/** Actuals are only ever added: business columns of existing ones have no update here. */
export async function addActuals(work: UnitOfWork, actuals: readonly Partial<Actual>[]): Promise<void> {
  await insertRows(work, Actual, actuals);
}

/** A page of the ids of the billed actuals of a proforma, ascending. */
export async function billedActualIdsOf(
  session: Session, proformaInvoiceId: string, { after, limit }: PageRequest,
): Promise<string[]> {
  const rows = await query<{ id: string }>(session, sql`SELECT t."msdyn_actualid" AS id FROM "msdyn_actual" t
    WHERE t."msdyn_invoice" = ${proformaInvoiceId} AND t."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
      AND t."msdyn_actualid" > ${after ?? ''} ORDER BY t."msdyn_actualid" LIMIT ${limit}`);
  return rows.map((row) => row.id);
}

/** Marks actuals as Adjusted that were not adjusted before; the count tells how many those were. */
export async function markAdjusted(work: UnitOfWork, actualIds: readonly string[]): Promise<number> {
  let marked = 0;
  for (const chunk of chunksOf(actualIds)) {
    marked += await execute(work, sql`UPDATE "msdyn_actual"
      SET "msdyn_adjustmentstatus" = ${AdjustmentStatus.ADJUSTED}, "versionnumber" = "versionnumber" + 1
      WHERE ${inList(work, raw('"msdyn_actualid"'), chunk)} AND "msdyn_adjustmentstatus" IS NULL`);
  }
  return marked;
}
