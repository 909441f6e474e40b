import { moneyFromSum } from '../../entities/columns';
import {
  BillingType,
  ProformaInvoiceLineDetail,
  ProformaInvoiceStatus,
  Retainer,
  RetainerInvoiceStatus,
  RetainerRefundStatus,
  RetainerUse,
} from '../../entities/dataverse';
import { ZERO, type Decimal } from '../../kernel/decimal';
import { insertRows, selectRows } from '../bulk';
import { execute, forUpdate, inList, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';
import type { PageRequest, ReadyScope } from './billing-backlog.store';
import { changeRow } from '../change-row';

export async function addRetainer(work: UnitOfWork, retainer: Partial<Retainer>): Promise<void> {
  await insertRows(work, Retainer, [retainer]);
}

/** Reads retainers by id and locks them, in key order. */
export async function lockRetainers(work: UnitOfWork, retainerIds: readonly string[]): Promise<Map<string, Retainer>> {
  const rows = await lockWhere(work, inList(work, raw('t."gw_retainerid"'), [...new Set(retainerIds)]));
  return new Map(rows.map((row) => [row.id, row]));
}

async function lockWhere(work: UnitOfWork, condition: Sql): Promise<Retainer[]> {
  return selectRows(work, Retainer, sql`WHERE ${condition} ORDER BY t."gw_retainerid"${forUpdate(work)}`);
}

/** The contract of a retainer, read without a lock: it never changes. Null when there is no such retainer. */
export async function contractOfRetainer(session: Session, retainerId: string): Promise<string | null> {
  const [row] = await query<{ id: string }>(session, sql`SELECT "gw_contract" AS id FROM "gw_retainer" WHERE "gw_retainerid" = ${retainerId}`);
  return row?.id ?? null;
}

/** Changes a retainer that still has the version in which it was read, and bumps it. False when somebody was first. */
export async function changeRetainer(
  work: UnitOfWork,
  { id, version }: Pick<Retainer, 'id' | 'version'>,
  changes: Partial<Retainer>,
): Promise<boolean> {
  return changeRow(work, Retainer, { id, version }, { ...changes, version: version + 1 });
}

/** Deletes a retainer that still is as it was read. */
export async function deleteRetainerRow(work: UnitOfWork, { id, version }: Pick<Retainer, 'id' | 'version'>): Promise<boolean> {
  return (await execute(work, sql`DELETE FROM "gw_retainer" WHERE "gw_retainerid" = ${id} AND "versionnumber" = ${version}`)) === 1;
}

/** Moves retainers from one invoice status to the next; those that are in another one stay, and the count tells. */
export async function moveRetainerStatus(
  work: UnitOfWork,
  retainerIds: readonly string[],
  from: RetainerInvoiceStatus,
  to: RetainerInvoiceStatus,
): Promise<number> {
  if (retainerIds.length === 0) return 0;
  return execute(
    work,
    sql`UPDATE "gw_retainer" SET "gw_invoicestatus" = ${to}, "versionnumber" = "versionnumber" + 1
    WHERE ${inList(work, raw('"gw_retainerid"'), retainerIds)} AND "gw_invoicestatus" = ${from}`,
  );
}

function through(transactionsThrough: string | null): Sql {
  return transactionsThrough === null ? raw('') : sql` AND t."gw_retainerdate" <= ${transactionsThrough}`;
}

export async function moveRetainerStatusOfContracts(
  work: UnitOfWork,
  contractIds: readonly string[],
  from: RetainerInvoiceStatus,
  to: RetainerInvoiceStatus,
  transactionsThrough: string | null,
): Promise<number> {
  return execute(
    work,
    sql`UPDATE "gw_retainer" AS t SET "gw_invoicestatus" = ${to}, "versionnumber" = t."versionnumber" + 1
    WHERE ${inList(work, raw('t."gw_contract"'), contractIds)} AND t."gw_invoicestatus" = ${from}${through(transactionsThrough)}`,
  );
}

function isReady({ contractId, transactionsThrough }: ReadyScope): Sql {
  return sql`t."gw_contract" = ${contractId} AND t."gw_invoicestatus" = ${RetainerInvoiceStatus.READY_TO_INVOICE}
    ${through(transactionsThrough)}`;
}

/** Ready to refund, and no draft carries the refund yet. */
function isToRefund(contractId: string): Sql {
  return sql`t."gw_contract" = ${contractId} AND t."gw_refundstatus" = ${RetainerRefundStatus.READY_TO_REFUND} AND NOT EXISTS (
    SELECT 1 FROM "msdyn_invoicelinetransaction" d JOIN "invoice" i ON i."invoiceid" = d."msdyn_invoice"
    WHERE d."gw_retainer" = t."gw_retainerid" AND d."gw_retaineruse" = ${RetainerUse.REFUND} AND ${isOpen('i')})`;
}

function isOpen(invoice: string): Sql {
  return sql`${raw(invoice)}."msdyn_projectinvoicestatus" IN (${ProformaInvoiceStatus.DRAFT}, ${ProformaInvoiceStatus.IN_REVIEW})`;
}

/** The accounts for which a retainer is ready to invoice or to refund. */
export async function payersOfReadyRetainers(work: UnitOfWork, scope: ReadyScope): Promise<string[]> {
  const rows = await query<{ id: string }>(
    work,
    sql`SELECT t."gw_customer" AS id FROM "gw_retainer" t WHERE ${isReady(scope)}
    UNION SELECT t."gw_customer" FROM "gw_retainer" t WHERE ${isToRefund(scope.contractId)}`,
  );
  return rows.map((row) => row.id);
}

/** A page of the ready retainers of one account, locked, in key order. */
export async function lockReadyRetainers(
  work: UnitOfWork,
  scope: ReadyScope,
  payerId: string,
  { after, limit }: PageRequest,
): Promise<Retainer[]> {
  return selectRows(
    work,
    Retainer,
    sql`WHERE ${isReady(scope)} AND t."gw_customer" = ${payerId} AND t."gw_retainerid" > ${after ?? ''}
    ORDER BY t."gw_retainerid" LIMIT ${limit}${forUpdate(work)}`,
  );
}

/** The retainers of an account that are ready to refund, locked, in key order. A contract has few. */
export async function lockRetainersToRefund(work: UnitOfWork, contractId: string, payerId: string): Promise<Retainer[]> {
  return lockWhere(work, sql`${isToRefund(contractId)} AND t."gw_customer" = ${payerId}`);
}

/** The retainers of a contract and account that have something available, locked, in key order. A contract has few. */
export async function lockAvailableRetainers(work: UnitOfWork, contractId: string, payerId: string): Promise<Retainer[]> {
  return lockWhere(
    work,
    sql`t."gw_contract" = ${contractId} AND t."gw_customer" = ${payerId}
    AND t."gw_invoicestatus" = ${RetainerInvoiceStatus.INVOICED} AND t."gw_availableamount" > 0`,
  );
}

/** The detail of a draft, or of a proforma in review, that refunds a retainer. There is at most one. */
export async function openRefundDetailOf(work: UnitOfWork, retainerId: string): Promise<ProformaInvoiceLineDetail | null> {
  const [detail] = await selectRows(
    work,
    ProformaInvoiceLineDetail,
    sql`JOIN "invoice" i ON i."invoiceid" = t."msdyn_invoice"
    WHERE t."gw_retainer" = ${retainerId} AND t."gw_retaineruse" = ${RetainerUse.REFUND} AND ${isOpen('i')}`,
  );
  return detail ?? null;
}

/** The shares of a retainer: what details of applications and refunds take of it together, whether confirmed or still on a draft. */
export interface RetainerShares {
  readonly appliedOnDrafts: Decimal;
  readonly amount: Decimal;
  /** The customer's share of the retainer's tax. */
  readonly tax: Decimal;
}

/** The shares of retainers, by retainer; those without are left out. Who calls this holds the retainers' locks, so that it stays true. */
export async function sharesOf(work: UnitOfWork, retainerIds: readonly string[]): Promise<Map<string, RetainerShares>> {
  if (retainerIds.length === 0) return new Map();
  const rows = await query<{ id: string; drafts: unknown; amount: unknown; tax: unknown }>(
    work,
    sql`SELECT d."gw_retainer" AS id, SUM(-d."msdyn_amount") AS amount, SUM(-d."msdyn_tax") AS tax,
      SUM(CASE WHEN d."gw_retaineruse" = ${RetainerUse.APPLICATION} AND ${isOpen('i')} THEN -d."msdyn_amount" ELSE 0 END) AS drafts
    FROM "msdyn_invoicelinetransaction" d JOIN "invoice" i ON i."invoiceid" = d."msdyn_invoice"
    WHERE ${inList(work, raw('d."gw_retainer"'), retainerIds)} AND d."gw_retaineruse" IN (${RetainerUse.APPLICATION}, ${RetainerUse.REFUND})
    GROUP BY d."gw_retainer"`,
  );
  return new Map(rows.map(({ id, drafts, amount, tax }) =>
    [id, { appliedOnDrafts: moneyFromSum(drafts), amount: moneyFromSum(amount), tax: moneyFromSum(tax) }]));
}

/** What a proforma charges for transactions, corrections by what they add or credit, and what its details apply of retainers. */
export interface ChargeableAndApplied {
  readonly chargeable: Decimal;
  readonly applied: Decimal;
  /** The retainers that it applies, also with zero. */
  readonly appliedRetainerIds: ReadonlySet<string>;
}

export async function chargeableAndAppliedOf(work: UnitOfWork, proformaInvoiceId: string): Promise<ChargeableAndApplied> {
  const rows = await query<{ retainer: string | null; amount: string | number }>(
    work,
    sql`SELECT d."gw_retainer" AS retainer, SUM(d."msdyn_amount" - d."msdyn_previousamount") AS amount
    FROM "msdyn_invoicelinetransaction" d
    WHERE d."msdyn_invoice" = ${proformaInvoiceId} AND ((d."gw_retainer" IS NULL AND d."msdyn_billingtype" = ${BillingType.CHARGEABLE})
      OR d."gw_retaineruse" = ${RetainerUse.APPLICATION})
    GROUP BY d."gw_retainer"`,
  );
  let [chargeable, applied] = [ZERO, ZERO];
  const appliedRetainerIds = new Set<string>();
  for (const { retainer, amount } of rows) {
    if (retainer === null) chargeable = moneyFromSum(amount);
    else {
      applied = applied.minus(moneyFromSum(amount));
      appliedRetainerIds.add(retainer);
    }
  }
  return { chargeable, applied, appliedRetainerIds };
}
