import { Actual, TransactionType } from '../../entities/dataverse';
import { insertRows } from '../bulk';
import { query, sql, type Session, type UnitOfWork } from '../session';
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
