import { tableOf } from '../../entities/columns';
import { BulkConfirmationItem, BulkConfirmationStatus, ProformaInvoice, ProformaInvoiceStatus } from '../../entities/dataverse';
import { RunKind, RunStatus } from '../../entities/dual-write';
import { InternalError } from '../../kernel/refusal';
import { decodeRow, insertRows, selectRows } from '../bulk';
import { execute, executeReturning, forUpdate, forUpdateOfFree, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';
import { changeRow } from '../change-row';

/** What is Scheduled or Processing is open. An open item belongs to a run that is still RUNNING. */
const isOpen = sql`"gw_status" IN (${raw(String(BulkConfirmationStatus.SCHEDULED))}, ${raw(String(BulkConfirmationStatus.PROCESSING))})`;
const isRunning = sql`"gw_kind" = ${RunKind.CONFIRM_IN_BULK} AND "gw_status" = ${RunStatus.RUNNING}`;

/** Locks proformas in key order, until the unit of work ends. */
export async function lockProformaInvoices(work: UnitOfWork, ids: readonly string[]): Promise<Map<string, ProformaInvoice>> {
  const rows = await selectRows(work, ProformaInvoice, sql`WHERE ${inList(work, raw('t."invoiceid"'), ids)} ORDER BY t."invoiceid"${forUpdate(work)}`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The open items of these proformas, by proforma. Who calls this holds the proformas' locks. */
export async function openItemsOf(work: UnitOfWork, proformaIds: readonly string[]): Promise<Map<string, BulkConfirmationItem>> {
  const rows = await selectRows(work, BulkConfirmationItem, sql`WHERE ${inList(work, raw('t."gw_invoice"'), proformaIds)} AND ${isOpen}`);
  return new Map(rows.map((row) => [row.proformaInvoiceId!, row]));
}

export async function addBulkConfirmationItems(work: UnitOfWork, items: readonly Partial<BulkConfirmationItem>[]): Promise<void> {
  await insertRows(work, BulkConfirmationItem, items);
}

/** What the proformas say of bulk confirmation; those that are confirmed, or gone, stay as they are. */
export async function setBulkConfirmationStatus(work: UnitOfWork, proformaIds: readonly string[], status: BulkConfirmationStatus): Promise<void> {
  await execute(work, sql`UPDATE "invoice" SET "gw_bulkconfirmationstatus" = ${status}
    WHERE ${inList(work, raw('"invoiceid"'), proformaIds)}
    AND "msdyn_projectinvoicestatus" IN (${ProformaInvoiceStatus.DRAFT}, ${ProformaInvoiceStatus.IN_REVIEW})`);
}

/**
 * Takes the next open item that nobody else is at and makes it Processing, with its proforma; null when there is none. What nobody
 * has begun comes first, then what a process that died, or is about to go on, has left.
 */
export async function takeNextItem(work: UnitOfWork): Promise<BulkConfirmationItem | null> {
  const [row] = await executeReturning<Record<string, unknown>>(work, sql`
    UPDATE "gw_bulkconfirmationitem" SET "gw_status" = ${BulkConfirmationStatus.PROCESSING}
    WHERE "gw_id" = (
      SELECT "gw_id" FROM "gw_bulkconfirmationitem" WHERE ${isOpen}
      ORDER BY "gw_status", "gw_run", "gw_position" LIMIT 1${forUpdateOfFree(work)})
    RETURNING *`);
  if (!row) return null;
  const item = decodeRow(tableOf(BulkConfirmationItem), row) as BulkConfirmationItem;
  await setBulkConfirmationStatus(work, [item.proformaInvoiceId!], BulkConfirmationStatus.PROCESSING);
  return item;
}

/** Locks an item until the unit of work ends: true when it is still open and nobody else is at it. */
export async function lockOpenItem(work: UnitOfWork, itemId: string): Promise<boolean> {
  const rows = await query(work, sql`SELECT "gw_id" FROM "gw_bulkconfirmationitem" WHERE "gw_id" = ${itemId} AND ${isOpen}${forUpdateOfFree(work)}`);
  return rows.length === 1;
}

/** Moves an item that the unit of work has locked from one status to another, with what became of it. */
export async function settleItem(
  work: UnitOfWork, id: string, [from, to]: readonly [BulkConfirmationStatus, BulkConfirmationStatus],
  facts: Partial<Pick<BulkConfirmationItem, 'finishedOn' | 'refusals' | 'message'>>,
): Promise<void> {
  const changed = await changeRow(work, BulkConfirmationItem, { id, status: from }, { ...facts, status: to });
  if (!changed) throw new InternalError(`The bulk confirmation item ${id} was not ${BulkConfirmationStatus[from]}`);
}

/** Whether a bulk confirmation is still at work, by whomever. */
export async function hasBulkConfirmations(session: Session): Promise<boolean> {
  return (await query(session, sql`SELECT 1 AS "running" FROM "gw_run" WHERE ${isRunning} LIMIT 1`)).length > 0;
}

/** Bulk confirmations that have no open item any more, and are not ended yet. */
export async function settledRunIds(session: Session): Promise<string[]> {
  const rows = await query<{ gw_id: string }>(session, sql`SELECT "gw_id" FROM "gw_run" WHERE ${isRunning}
    AND "gw_id" NOT IN (SELECT "gw_run" FROM "gw_bulkconfirmationitem" WHERE ${isOpen}) ORDER BY "gw_id"`);
  return rows.map((row) => row.gw_id);
}

/** The items of a bulk confirmation, in the order in which the caller named them. */
export async function itemsOfRun(session: Session, runId: string): Promise<BulkConfirmationItem[]> {
  return selectRows(session, BulkConfirmationItem, sql`WHERE t."gw_run" = ${runId} ORDER BY t."gw_position"`);
}

export async function itemsByIds(session: Session, ids: readonly string[]): Promise<Map<string, BulkConfirmationItem>> {
  const rows = await selectRows(session, BulkConfirmationItem, sql`WHERE ${inList(session, raw('t."gw_id"'), ids)}`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many items of each bulk confirmation are in each status; nothing for other runs. */
export async function countItems(session: Session, runIds: readonly string[]): Promise<Map<string, Map<BulkConfirmationStatus, number>>> {
  const rows = await query<{ run: string; status: number; items: number | string }>(session, sql`
    SELECT "gw_run" AS "run", "gw_status" AS "status", COUNT(*) AS "items" FROM "gw_bulkconfirmationitem"
    WHERE ${inList(session, raw('"gw_run"'), runIds)} GROUP BY "gw_run", "gw_status"`);
  const counts = new Map<string, Map<BulkConfirmationStatus, number>>();
  for (const { run, status, items } of rows) counts.set(run, (counts.get(run) ?? new Map<BulkConfirmationStatus, number>()).set(status, Number(items)));
  return counts;
}
