import { moneyFromSum } from '../../entities/columns';
import { Actual, CONNECTION_ROLES, ProformaInvoiceLineDetail, TransactionType } from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { chunksOf, selectRows } from '../bulk';
import { forUpdate, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';

/** The billed sales actuals that the confirmation of the given details created, reversals included, locked in key order. */
export async function lockBilledActualsOf(work: UnitOfWork, detailIds: readonly string[]): Promise<Actual[]> {
  const found: Actual[] = [];
  for (const chunk of chunksOf([...detailIds].sort())) {
    found.push(...(await selectRows(
      work,
      Actual,
      sql`WHERE ${inList(work, raw('t."gw_invoicelinetransaction"'), chunk)}
        AND t."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES} ORDER BY t."msdyn_actualid"${forUpdate(work)}`,
    )));
  }
  return found;
}

/** A detail that corrects a billed actual, and the proforma it is on. */
export interface CorrectionDetail {
  readonly detailId: string;
  readonly billedActualId: string;
  readonly proformaNumber: string;
}

/** The details that correct the given billed actuals, confirmed or not: at most one each. */
export async function correctionDetailsOf(session: Session, billedActualIds: readonly string[]): Promise<CorrectionDetail[]> {
  const found: CorrectionDetail[] = [];
  for (const chunk of chunksOf(billedActualIds)) {
    const rows = await query<{ detail: string; billed: string; number: string }>(
      session,
      sql`SELECT t."msdyn_invoicelinetransactionid" AS "detail", t."gw_originalbilledactual" AS "billed", i."invoicenumber" AS "number"
      FROM "msdyn_invoicelinetransaction" t JOIN "invoice" i ON i."invoiceid" = t."msdyn_invoice"
      WHERE ${inList(session, raw('t."gw_originalbilledactual"'), chunk)} ORDER BY t."msdyn_invoicelinetransactionid"`,
    );
    found.push(...rows.map((row) => ({ detailId: row.detail, billedActualId: row.billed, proformaNumber: row.number })));
  }
  return found;
}

/** Those of the given details that are on this proforma, by id. */
export async function detailsById(
  session: Session,
  proformaInvoiceId: string,
  detailIds: readonly string[],
): Promise<Map<string, ProformaInvoiceLineDetail>> {
  const found = new Map<string, ProformaInvoiceLineDetail>();
  for (const chunk of chunksOf(detailIds)) {
    const rows = await selectRows(
      session,
      ProformaInvoiceLineDetail,
      sql`WHERE ${inList(session, raw('t."msdyn_invoicelinetransactionid"'), chunk)} AND t."msdyn_invoice" = ${proformaInvoiceId}`,
    );
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** Those of the given billed actuals that bill an unbilled sales actual, as their connection says. */
export async function billingUnbilled(session: Session, billedActualIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ billed: string }>(
    session,
    sql`SELECT t."msdyn_transaction1" AS "billed" FROM "msdyn_transactionconnection" t
    WHERE ${inList(session, raw('t."msdyn_transaction1"'), billedActualIds)}
      AND t."msdyn_transaction1role" = ${CONNECTION_ROLES.billedSales} AND t."msdyn_transaction2role" = ${CONNECTION_ROLES.unbilledSales}`,
  );
  return new Set(rows.map((row) => row.billed));
}

/** What details ask the customer for, by detail: amount minus previous amount (domain facts 1.3), whatever their billing type. */
export async function invoiceAmountsOf(session: Session, detailIds: readonly string[]): Promise<Map<string, Decimal>> {
  const rows = await query<{ id: string; amount: string | number }>(
    session,
    sql`SELECT t."msdyn_invoicelinetransactionid" AS "id", t."msdyn_amount" - t."msdyn_previousamount" AS "amount"
    FROM "msdyn_invoicelinetransaction" t WHERE ${inList(session, raw('t."msdyn_invoicelinetransactionid"'), detailIds)}`,
  );
  return new Map(rows.map((row) => [row.id, moneyFromSum(row.amount)]));
}
