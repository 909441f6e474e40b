import { RECORD_TYPES, TransactionConnection, TransactionOrigin } from '../../entities/dataverse';
import { insertRows, selectRows } from '../bulk';
import { execute, inList, raw, sql, type UnitOfWork } from '../session';

export async function addConnections(work: UnitOfWork, connections: readonly Partial<TransactionConnection>[]): Promise<void> {
  await insertRows(work, TransactionConnection, connections);
}

export async function addOrigins(work: UnitOfWork, origins: readonly Partial<TransactionOrigin>[]): Promise<void> {
  await insertRows(work, TransactionOrigin, origins);
}

/** The origins of each of the given transactions, in key order. */
export async function originsOf(work: UnitOfWork, transactionIds: readonly string[]): Promise<Map<string, TransactionOrigin[]>> {
  const rows = await selectRows(
    work,
    TransactionOrigin,
    sql`
    WHERE ${inList(work, raw('t."msdyn_transaction"'), transactionIds)} ORDER BY t."msdyn_transactionoriginid"`,
  );
  const found = new Map<string, TransactionOrigin[]>();
  for (const row of rows) found.set(row.transactionId, [...(found.get(row.transactionId) ?? []), row]);
  return found;
}

/** Removes the connections that tie line details of a draft to their transactions. */
export async function deleteDetailConnections(work: UnitOfWork, detailIds: readonly string[]): Promise<void> {
  await execute(
    work,
    sql`DELETE FROM "msdyn_transactionconnection"
    WHERE ${inList(work, raw('"msdyn_transaction1"'), detailIds)} AND "msdyn_transaction1type" = ${RECORD_TYPES.invoiceLineDetail}`,
  );
}
