import { fromStored, moneyFromSum, tableOf } from '../../entities/columns';
import {
  Actual,
  BillingStatus,
  BillingType,
  NotToExceedLimit,
  NotToExceedStatus,
  ProformaInvoiceStatus,
  TransactionClassification,
  TransactionType,
} from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { chunksOf, insertRows, selectRows } from '../bulk';
import { execute, forUpdate, inList, join, query, raw, sql, type Session, type Sql, type UnitOfWork } from '../session';
import { changeRow } from '../change-row';

const { UNBILLED_SALES_CREATED, READY_TO_INVOICE, CUSTOMER_INVOICE_CREATED } = BillingStatus;
const { NOT_APPLICABLE, NOT_EVALUATED, COMMITTED, FAILED } = NotToExceedStatus;

/** Locks the limits of the contracts in key order, until the unit of work ends. */
export async function lockLimits(work: UnitOfWork, contractIds: readonly string[]): Promise<NotToExceedLimit[]> {
  return selectRows(
    work,
    NotToExceedLimit,
    sql`WHERE ${inList(work, raw('t."gw_contract"'), contractIds)} ORDER BY t."gw_id"${forUpdate(work)}`,
  );
}

/** The contracts whose limits these are. */
export async function contractsOfLimits(session: Session, limitIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    session,
    sql`SELECT DISTINCT t."gw_contract" AS "id" FROM "gw_nottoexceedlimit" t WHERE ${inList(session, raw('t."gw_id"'), limitIds)}`,
  );
  return rows.map((row) => row.id);
}

export async function lockLimit(work: UnitOfWork, limitId: string): Promise<NotToExceedLimit | null> {
  const [row] = await selectRows(work, NotToExceedLimit, sql`WHERE t."gw_id" = ${limitId}${forUpdate(work)}`);
  return row ?? null;
}

export async function addLimit(work: UnitOfWork, limit: NotToExceedLimit): Promise<void> {
  await insertRows(work, NotToExceedLimit, [limit]);
}

/** Changes the amount of a limit that still has the version in which it was read. False when somebody was first. */
export async function changeLimit(work: UnitOfWork, { id, version }: NotToExceedLimit, amount: Decimal): Promise<boolean> {
  return changeRow(work, NotToExceedLimit, { id, version }, { amount, version: version + 1 });
}

export async function deleteLimit(work: UnitOfWork, { id, version }: NotToExceedLimit): Promise<boolean> {
  const deleted = await execute(
    work,
    sql`DELETE FROM "gw_nottoexceedlimit" WHERE "gw_id" = ${id} AND "gw_version" = ${version}`,
  );
  return deleted === 1;
}

/** A transaction `t` of the contract `c` that the limit under this alias covers (domain facts 6.2). */
function covered(limit: 'l' | 'other'): Sql {
  const l = raw(limit);
  return sql`t."msdyn_salescontract" = ${l}."gw_contract"
    AND (${l}."gw_contractline" IS NULL OR t."msdyn_salescontractlineid" = ${l}."gw_contractline")
    AND (${l}."gw_customer" IS NULL OR COALESCE(t."msdyn_accountcustomer", c."customerid") = ${l}."gw_customer")`;
}

/** Sales that limits count: chargeable, in the contract's currency, and neither milestone nor retainer. */
const LIMITED = sql`t."msdyn_billingtype" = ${BillingType.CHARGEABLE} AND t."transactioncurrencyid" = c."transactioncurrencyid"
  AND t."msdyn_transactionclassification" NOT IN (${TransactionClassification.MILESTONE}, ${TransactionClassification.RETAINER})`;
const UNBILLED = sql`t."msdyn_transactiontypecode" = ${TransactionType.UNBILLED_SALES} AND t."msdyn_adjustmentstatus" IS NULL`;
const ON_THE_WAY = sql`t."msdyn_billingstatus" IN (${READY_TO_INVOICE}, ${CUSTOMER_INVOICE_CREATED})`;
/** Billed, credits included, or on its way to a proforma: a limit cannot take it back. */
const HELD = sql`(t."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
  OR (${UNBILLED} AND t."gw_nottoexceedstatus" <> ${FAILED} AND ${ON_THE_WAY}))`;
/** Committed and not ready yet. */
const RESERVED = sql`(${UNBILLED} AND t."gw_nottoexceedstatus" = ${COMMITTED} AND t."msdyn_billingstatus" = ${UNBILLED_SALES_CREATED})`;

/** What the unbilled actual `s` of a draft's detail `d` counts under the limits already. */
const COUNTED_SOURCE = sql`CASE WHEN s."msdyn_billingtype" = ${BillingType.CHARGEABLE} AND s."gw_nottoexceedstatus" <> ${FAILED} THEN s."msdyn_amount" ELSE 0 END`;
const COUNTED_BEFORE = sql`(d."msdyn_previousamount" + ${COUNTED_SOURCE})`;
/**
 * What details of unconfirmed proformas bill under the limit `l` above the transactions or billed sales that they stand for. What they bill
 * below those gives nothing back yet: the edit can be undone, and the detail removed.
 */
const RAISED_ON_DRAFTS = sql`(SELECT SUM(CASE WHEN d."msdyn_amount" > ${COUNTED_BEFORE} THEN d."msdyn_amount" - ${COUNTED_BEFORE} ELSE 0 END)
  FROM "invoice" i JOIN "msdyn_invoicelinetransaction" d ON d."msdyn_invoice" = i."invoiceid"
  LEFT JOIN "msdyn_actual" s ON s."msdyn_actualid" = d."gw_unbilledactual"
  WHERE i."salesorderid" = l."gw_contract" AND i."msdyn_projectinvoicestatus" IN (${ProformaInvoiceStatus.DRAFT}, ${ProformaInvoiceStatus.IN_REVIEW})
    AND d."msdyn_billingtype" = ${BillingType.CHARGEABLE}
    AND d."msdyn_transactionclassification" NOT IN (${TransactionClassification.MILESTONE}, ${TransactionClassification.RETAINER})
    AND (l."gw_contractline" IS NULL OR d."msdyn_salescontractlineid" = l."gw_contractline")
    AND (l."gw_customer" IS NULL OR d."msdyn_accountcustomer" = l."gw_customer"))`;

/** How a limit stands, in the contract's currency. */
export interface LimitPosition {
  readonly amount: Decimal;
  /** Billed, on drafts or ready; of an edited or added detail of a draft what it bills, if that is more. */
  readonly held: Decimal;
  /** `held`, and what is committed without being ready. */
  readonly committed: Decimal;
}

/** The positions of limits, read in one statement: what a confirmation moves from unbilled to billed is counted once. */
export async function limitPositionsOf(session: Session, limitIds: readonly string[]): Promise<Map<string, LimitPosition>> {
  const rows = await query<{ id: string; amount: unknown; held: unknown; reserved: unknown; raised: unknown }>(
    session,
    sql`SELECT l."gw_id" AS "id", l."gw_amount" AS "amount",
      SUM(CASE WHEN ${HELD} THEN t."msdyn_amount" ELSE 0 END) AS "held",
      SUM(CASE WHEN ${RESERVED} THEN t."msdyn_amount" ELSE 0 END) AS "reserved",
      COALESCE(${RAISED_ON_DRAFTS}, 0) AS "raised"
    FROM "gw_nottoexceedlimit" l JOIN "salesorder" c ON c."salesorderid" = l."gw_contract"
    LEFT JOIN "msdyn_actual" t ON ${covered('l')} AND ${LIMITED}
    WHERE ${inList(session, raw('l."gw_id"'), limitIds)} 
    GROUP BY l."gw_id", l."gw_amount", l."gw_contract", l."gw_contractline", l."gw_customer"`,
  );
  const amountColumn = tableOf(NotToExceedLimit).property('amount');
  return new Map(
    rows.map(({ id, amount, held, reserved, raised }) => {
      const position = { amount: fromStored(amountColumn, amount) as Decimal, held: moneyFromSum(held).plus(moneyFromSum(raised)) };
      return [id, { ...position, committed: position.held.plus(moneyFromSum(reserved)) }];
    }),
  );
}

export interface EvaluationScope {
  readonly contractId: string;
  /** Only transactions up to this day, and on it; null takes all. */
  readonly transactionsThrough: string | null;
  /** Those that failed as well: they are evaluated again. */
  readonly withFailed: boolean;
}

/** A place in the order of evaluation. */
export type EvaluationCursor = Pick<Actual, 'transactionDate' | 'id'>;

/** A page of the chargeable backlog of a contract that takes nothing from a limit yet, locked, by transaction date and id. */
export async function lockUncommitted(
  work: UnitOfWork,
  { contractId, transactionsThrough, withFailed }: EvaluationScope,
  { after, limit }: { after: EvaluationCursor | null; limit: number },
): Promise<Actual[]> {
  const open = sql`(t."gw_nottoexceedstatus" IN (${NOT_APPLICABLE}, ${NOT_EVALUATED}) AND t."msdyn_billingstatus" = ${UNBILLED_SALES_CREATED})`;
  const failed = sql`(t."gw_nottoexceedstatus" = ${FAILED} AND t."msdyn_billingstatus" IN (${UNBILLED_SALES_CREATED}, ${READY_TO_INVOICE}))`;
  const conditions = [
    sql`t."msdyn_salescontract" = ${contractId} AND ${UNBILLED} AND t."msdyn_salescontractlineid" IS NOT NULL`,
    sql`t."msdyn_billingtype" = ${BillingType.CHARGEABLE}`,
    withFailed ? sql`(${open} OR ${failed})` : open,
    ...(transactionsThrough === null ? [] : [sql`t."msdyn_transactiondate" <= ${transactionsThrough}`]),
    ...(after === null
      ? []
      : [sql`(t."msdyn_transactiondate" > ${after.transactionDate}
          OR (t."msdyn_transactiondate" = ${after.transactionDate} AND t."msdyn_actualid" > ${after.id}))`]),
  ];
  return selectRows(
    work,
    Actual,
    sql`WHERE ${join(conditions, ' AND ')} ORDER BY t."msdyn_transactiondate", t."msdyn_actualid" LIMIT ${limit}${forUpdate(work)}`,
  );
}

/** How many open transactions of the contracts are left because they failed a limit. */
export async function countFailed(work: UnitOfWork, contractIds: readonly string[], transactionsThrough: string | null): Promise<number> {
  const through = transactionsThrough === null ? raw('') : sql` AND t."msdyn_transactiondate" <= ${transactionsThrough}`;
  const [row] = await query<{ count: string | number }>(
    work,
    sql`SELECT COUNT(*) AS "count" FROM "msdyn_actual" t
    WHERE ${inList(work, raw('t."msdyn_salescontract"'), contractIds)} AND t."msdyn_billingstatus" = ${UNBILLED_SALES_CREATED}
      AND t."msdyn_salescontractlineid" IS NOT NULL AND ${UNBILLED} AND t."gw_nottoexceedstatus" = ${FAILED}${through}`,
  );
  return Number(row!.count);
}

/** Stores the outcome of an evaluation; those that have it already stay as they are. */
export async function setNotToExceedStatus(work: UnitOfWork, actualIds: readonly string[], status: NotToExceedStatus): Promise<void> {
  for (const chunk of chunksOf(actualIds)) {
    await execute(
      work,
      sql`UPDATE "msdyn_actual" SET "gw_nottoexceedstatus" = ${status}, "versionnumber" = "versionnumber" + 1
      WHERE ${inList(work, raw('"msdyn_actualid"'), chunk)} AND "gw_nottoexceedstatus" <> ${status}`,
    );
  }
}

/** Gives the transactions that a limit covers, and for which `condition` holds, another status. */
async function changeCovered(work: UnitOfWork, limitId: string, condition: Sql, status: NotToExceedStatus): Promise<void> {
  await execute(
    work,
    sql`UPDATE "msdyn_actual" AS t SET "gw_nottoexceedstatus" = ${status}, "versionnumber" = t."versionnumber" + 1
    FROM "gw_nottoexceedlimit" l JOIN "salesorder" c ON c."salesorderid" = l."gw_contract"
    WHERE l."gw_id" = ${limitId} AND ${covered('l')} AND ${LIMITED} AND ${condition}`,
  );
}

/** The open transactions that a new limit covers wait for their evaluation; what is ready or on a draft is committed already. */
export async function coverByLimit(work: UnitOfWork, limitId: string): Promise<void> {
  const notEvaluated = sql`t."gw_nottoexceedstatus" IN (${NOT_APPLICABLE}, ${NOT_EVALUATED})`;
  await changeCovered(work, limitId, sql`${UNBILLED} AND ${ON_THE_WAY} AND ${notEvaluated}`, COMMITTED);
  const open = sql`${UNBILLED} AND t."msdyn_billingstatus" = ${UNBILLED_SALES_CREATED}`;
  await changeCovered(work, limitId, sql`${open} AND t."gw_nottoexceedstatus" = ${NOT_APPLICABLE}`, NOT_EVALUATED);
}

/** Takes their places from the committed transactions that are not ready. */
export async function releaseReserved(work: UnitOfWork, limitId: string): Promise<void> {
  await changeCovered(work, limitId, RESERVED, NOT_EVALUATED);
}

/** What only this limit covers is covered by none when it goes. Who calls this deletes the limit afterwards. */
export async function uncoverByLimit(work: UnitOfWork, limitId: string): Promise<void> {
  const open = sql`${UNBILLED} AND t."msdyn_billingstatus" IN (${UNBILLED_SALES_CREATED}, ${READY_TO_INVOICE}, ${CUSTOMER_INVOICE_CREATED})`;
  const alone = sql`NOT EXISTS (SELECT 1 FROM "gw_nottoexceedlimit" other WHERE other."gw_id" <> ${limitId} AND ${covered('other')})`;
  await changeCovered(work, limitId, sql`${open} AND ${alone}`, NOT_APPLICABLE);
}
