import {
  ProformaInvoice,
  ProformaInvoiceLine,
  ProformaInvoiceLineDetail,
  ProformaInvoiceStatus,
} from '../../entities/dataverse';
import { insertRows, selectRows, updateRows } from '../bulk';
import { execute, forUpdate, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';
import type { PageRequest } from './billing-backlog.store';
import { changeRow } from '../change-row';

/** Locks a proforma, the root of its lines and details, until the unit of work ends; null when there is none. */
export async function lockProformaInvoice(work: UnitOfWork, proformaInvoiceId: string): Promise<ProformaInvoice | null> {
  const [row] = await selectRows(work, ProformaInvoice, sql`WHERE t."invoiceid" = ${proformaInvoiceId}${forUpdate(work)}`);
  return row ?? null;
}

/** The contract that a proforma belongs to; null when there is no such proforma. */
export async function contractOfProforma(session: Session, proformaInvoiceId: string): Promise<string | null> {
  const [row] = await query<{ contract: string }>(
    session,
    sql`SELECT "salesorderid" AS "contract" FROM "invoice" WHERE "invoiceid" = ${proformaInvoiceId}`,
  );
  return row?.contract ?? null;
}

export async function addProformaInvoice(
  work: UnitOfWork,
  header: Partial<ProformaInvoice>,
  lines: readonly Partial<ProformaInvoiceLine>[],
): Promise<void> {
  await insertRows(work, ProformaInvoice, [header]);
  await addProformaLines(work, lines);
}

export async function addProformaLines(work: UnitOfWork, lines: readonly Partial<ProformaInvoiceLine>[]): Promise<void> {
  await insertRows(work, ProformaInvoiceLine, lines);
}

export async function addDetails(work: UnitOfWork, details: readonly Partial<ProformaInvoiceLineDetail>[]): Promise<void> {
  await insertRows(work, ProformaInvoiceLineDetail, details);
}

/** A page of a proforma's details, in key order. */
export async function detailsOf(
  work: UnitOfWork,
  proformaInvoiceId: string,
  { after, limit }: PageRequest,
): Promise<ProformaInvoiceLineDetail[]> {
  return selectRows(
    work,
    ProformaInvoiceLineDetail,
    sql`WHERE t."msdyn_invoice" = ${proformaInvoiceId}
    AND t."msdyn_invoicelinetransactionid" > ${after ?? ''} ORDER BY t."msdyn_invoicelinetransactionid" LIMIT ${limit}`,
  );
}

/** The lines of a proforma, in order; there are as many as its contract has. */
export async function linesOf(session: Session, proformaInvoiceId: string): Promise<ProformaInvoiceLine[]> {
  return selectRows(
    session,
    ProformaInvoiceLine,
    sql`WHERE t."invoiceid" = ${proformaInvoiceId} ORDER BY t."lineitemnumber", t."invoicedetailid"`,
  );
}

/** Whether a proforma has a detail that corrects an earlier invoice. */
export async function hasCorrectionDetails(session: Session, proformaInvoiceId: string): Promise<boolean> {
  const rows = await query(
    session,
    sql`SELECT 1 AS "found" FROM "msdyn_invoicelinetransaction"
    WHERE "msdyn_invoice" = ${proformaInvoiceId} AND "msdyn_correction" = true LIMIT 1`,
  );
  return rows.length > 0;
}

/**
 * The newest draft of a contract and customer, locked; null when there is none. All of its drafts are locked: the newest may be on its
 * way to being confirmed, and the one before it is the answer then.
 */
export async function lockNewestDraft(work: UnitOfWork, contractId: string, customerId: string): Promise<ProformaInvoice | null> {
  const [row] = await selectRows(
    work,
    ProformaInvoice,
    sql`WHERE t."salesorderid" = ${contractId} AND t."customerid" = ${customerId}
    AND t."msdyn_projectinvoicestatus" = ${ProformaInvoiceStatus.DRAFT}
    ORDER BY t."createdon" DESC, t."invoicenumber" DESC${forUpdate(work)}`,
  );
  return row ?? null;
}

/** Changes details of a draft. Who calls this holds the proforma's lock and has checked its state. */
export async function changeDetails(work: UnitOfWork, details: readonly Partial<ProformaInvoiceLineDetail>[]): Promise<void> {
  await updateRows(work, ProformaInvoiceLineDetail, details);
}

export async function setLineTotals(work: UnitOfWork, lines: readonly Partial<ProformaInvoiceLine>[]): Promise<void> {
  await updateRows(work, ProformaInvoiceLine, lines);
}

/**
 * Changes a proforma that is still in the state and version in which it was read, and bumps its version. False when somebody
 * was first.
 */
export async function changeProformaInvoice(
  work: UnitOfWork,
  before: { id: string; status: ProformaInvoiceStatus; version: number },
  changes: Partial<ProformaInvoice>,
): Promise<boolean> {
  const { id, status, version } = before;
  return changeRow(work, ProformaInvoice, { id, status, version }, { ...changes, version: version + 1 });
}

/** Deletes details of a draft. Who calls this holds the proforma's lock and has checked its state. */
export async function deleteDetails(work: UnitOfWork, detailIds: readonly string[]): Promise<void> {
  await execute(
    work,
    sql`DELETE FROM "msdyn_invoicelinetransaction" WHERE ${inList(work, raw('"msdyn_invoicelinetransactionid"'), detailIds)}`,
  );
}

/** Deletes a draft's lines and the draft itself, if it still is as it was read. */
export async function deleteProformaInvoiceRow(
  work: UnitOfWork,
  before: { id: string; status: ProformaInvoiceStatus; version: number },
): Promise<boolean> {
  await execute(work, sql`DELETE FROM "invoicedetail" WHERE "invoiceid" = ${before.id}`);
  const deleted = await execute(
    work,
    sql`DELETE FROM "invoice" WHERE "invoiceid" = ${before.id}
    AND "msdyn_projectinvoicestatus" = ${before.status} AND "versionnumber" = ${before.version}`,
  );
  return deleted === 1;
}
