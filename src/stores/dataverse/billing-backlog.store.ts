import { moneyFromSum } from '../../entities/columns';
import {
  Actual,
  BillingStatus,
  BillingType,
  Milestone,
  MilestoneInvoiceStatus,
  NotToExceedStatus,
  TransactionType,
} from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { chunksOf, selectRows } from '../bulk';
import { execute, forUpdate, inList, query, raw, sql, type Sql, type UnitOfWork } from '../session';

/** Which open transactions of a contract are meant. */
export interface BacklogScope {
  /** Only transactions up to this day, and on it; null takes all. */
  readonly transactionsThrough: string | null;
}

export interface ReadyScope extends BacklogScope {
  readonly contractId: string;
  /** Pays the transactions that name no customer. */
  readonly contractCustomerAccountId: string;
}

export interface PageRequest {
  /** Only rows after this key. */
  readonly after: string | null;
  readonly limit: number;
}

/** Actuals of the backlog: unbilled sales, neither replaced nor reversals (domain facts 6.2). */
const IN_BACKLOG = sql`t."msdyn_transactiontypecode" = ${TransactionType.UNBILLED_SALES} AND t."msdyn_adjustmentstatus" IS NULL`;
const WITHIN_LIMITS = sql`t."gw_nottoexceedstatus" <> ${NotToExceedStatus.FAILED}`;

function through(column: string, { transactionsThrough }: BacklogScope): Sql {
  return transactionsThrough === null ? raw('') : sql` AND t.${raw(column)} <= ${transactionsThrough}`;
}

const throughTransactionDate = (scope: BacklogScope) => through('"msdyn_transactiondate"', scope);
const throughMilestoneDate = (scope: BacklogScope) => through('"msdyn_milestonedate"', scope);

/** Reads actuals by id and locks them, in key order. */
export async function lockActuals(work: UnitOfWork, actualIds: readonly string[]): Promise<Map<string, Actual>> {
  const found = new Map<string, Actual>();
  for (const chunk of chunksOf([...actualIds].sort())) {
    const rows = await selectRows(
      work,
      Actual,
      sql`
      WHERE ${inList(work, raw('t."msdyn_actualid"'), chunk)} ORDER BY t."msdyn_actualid"${forUpdate(work)}`,
    );
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

export async function lockMilestones(work: UnitOfWork, milestoneIds: readonly string[]): Promise<Map<string, Milestone>> {
  const found = new Map<string, Milestone>();
  for (const chunk of chunksOf([...milestoneIds].sort())) {
    const rows = await selectRows(
      work,
      Milestone,
      sql`WHERE ${inList(work, raw('t."msdyn_contractlinescheduleofvalueid"'), chunk)}
      ORDER BY t."msdyn_contractlinescheduleofvalueid"${forUpdate(work)}`,
    );
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** The contracts that the given actuals, milestones and retainers belong to. */
export async function contractsOfTransactions(
  work: UnitOfWork,
  actualIds: readonly string[],
  milestoneIds: readonly string[],
  retainerIds: readonly string[] = [],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    work,
    sql`
    SELECT t."msdyn_salescontract" AS id FROM "msdyn_actual" t WHERE ${inList(work, raw('t."msdyn_actualid"'), actualIds)}
    UNION SELECT m."msdyn_contract" FROM "msdyn_contractlinescheduleofvalue" m
    WHERE ${inList(work, raw('m."msdyn_contractlinescheduleofvalueid"'), milestoneIds)}
    UNION SELECT r."gw_contract" FROM "gw_retainer" r WHERE ${inList(work, raw('r."gw_retainerid"'), retainerIds)}`,
  );
  return rows.map((row) => row.id);
}

/** Moves actuals from one billing status to the next; those that are in another one stay, and the count tells. */
export async function moveBillingStatus(
  work: UnitOfWork,
  actualIds: readonly string[],
  from: BillingStatus,
  to: BillingStatus,
): Promise<number> {
  let moved = 0;
  for (const chunk of chunksOf(actualIds)) {
    moved += await execute(
      work,
      sql`UPDATE "msdyn_actual" SET "msdyn_billingstatus" = ${to}, "versionnumber" = "versionnumber" + 1
      WHERE ${inList(work, raw('"msdyn_actualid"'), chunk)} AND "msdyn_billingstatus" = ${from}`,
    );
  }
  return moved;
}

export async function moveMilestoneStatus(
  work: UnitOfWork,
  milestoneIds: readonly string[],
  from: MilestoneInvoiceStatus,
  to: MilestoneInvoiceStatus,
): Promise<number> {
  let moved = 0;
  for (const chunk of chunksOf(milestoneIds)) {
    moved += await execute(
      work,
      sql`UPDATE "msdyn_contractlinescheduleofvalue"
      SET "msdyn_invoicestatus" = ${to}, "versionnumber" = "versionnumber" + 1
      WHERE ${inList(work, raw('"msdyn_contractlinescheduleofvalueid"'), chunk)} AND "msdyn_invoicestatus" = ${from}`,
    );
  }
  return moved;
}

/** Moves every backlog actual of the contracts that is in the first status, however many they are. */
export async function moveBillingStatusOfContracts(
  work: UnitOfWork,
  contractIds: readonly string[],
  from: BillingStatus,
  to: BillingStatus,
  scope: BacklogScope & {
    /** Leaves actuals alone that failed a not-to-exceed limit. */
    readonly withinLimitsOnly: boolean;
  },
): Promise<number> {
  return execute(
    work,
    sql`UPDATE "msdyn_actual" AS t SET "msdyn_billingstatus" = ${to}, "versionnumber" = t."versionnumber" + 1
    WHERE ${inList(work, raw('t."msdyn_salescontract"'), contractIds)} AND t."msdyn_billingstatus" = ${from}
      AND t."msdyn_salescontractlineid" IS NOT NULL AND ${IN_BACKLOG}${scope.withinLimitsOnly ? sql` AND ${WITHIN_LIMITS}` : raw('')}
      ${throughTransactionDate(scope)}`,
  );
}

/** Moves every milestone of the contracts that is in the first status; the parts of progress milestones move with their whole. */
export async function moveMilestoneStatusOfContracts(
  work: UnitOfWork,
  contractIds: readonly string[],
  from: MilestoneInvoiceStatus,
  to: MilestoneInvoiceStatus,
  scope: BacklogScope,
): Promise<number> {
  return execute(
    work,
    sql`UPDATE "msdyn_contractlinescheduleofvalue" AS t
    SET "msdyn_invoicestatus" = ${to}, "versionnumber" = t."versionnumber" + 1
    WHERE ${inList(work, raw('t."msdyn_contract"'), contractIds)} AND t."msdyn_invoicestatus" = ${from}
      AND t."gw_progressmilestone" IS NULL${throughMilestoneDate(scope)}`,
  );
}

function readyActuals({ contractId, ...scope }: ReadyScope): Sql {
  return sql`t."msdyn_salescontract" = ${contractId} AND t."msdyn_billingstatus" = ${BillingStatus.READY_TO_INVOICE}
    AND ${IN_BACKLOG} AND ${WITHIN_LIMITS}${throughTransactionDate(scope)}`;
}

function readyMilestones({ contractId, ...scope }: ReadyScope): Sql {
  return sql`t."msdyn_contract" = ${contractId} AND t."msdyn_invoicestatus" = ${MilestoneInvoiceStatus.READY_FOR_INVOICING}
    ${throughMilestoneDate(scope)}`;
}

function payer(scope: ReadyScope): Sql {
  return sql`COALESCE(t."msdyn_accountcustomer", ${scope.contractCustomerAccountId})`;
}

/** The accounts that have to pay for something that is ready, in no particular order. */
export async function payersOfReadyTransactions(work: UnitOfWork, scope: ReadyScope): Promise<string[]> {
  const rows = await query<{ id: string }>(
    work,
    sql`SELECT ${payer(scope)} AS id FROM "msdyn_actual" t WHERE ${readyActuals(scope)}
    UNION SELECT ${payer(scope)} FROM "msdyn_contractlinescheduleofvalue" t WHERE ${readyMilestones(scope)}`,
  );
  return rows.map((row) => row.id);
}

/** A page of the ready actuals that one account pays, locked, in key order. */
export async function lockReadyActuals(
  work: UnitOfWork,
  scope: ReadyScope,
  payerId: string,
  { after, limit }: PageRequest,
): Promise<Actual[]> {
  return selectRows(
    work,
    Actual,
    sql`WHERE ${readyActuals(scope)} AND ${payer(scope)} = ${payerId} AND t."msdyn_actualid" > ${after ?? ''}
    ORDER BY t."msdyn_actualid" LIMIT ${limit}${forUpdate(work)}`,
  );
}

export async function lockReadyMilestones(
  work: UnitOfWork,
  scope: ReadyScope,
  payerId: string,
  { after, limit }: PageRequest,
): Promise<Milestone[]> {
  return selectRows(
    work,
    Milestone,
    sql`WHERE ${readyMilestones(scope)} AND ${payer(scope)} = ${payerId}
    AND t."msdyn_contractlinescheduleofvalueid" > ${after ?? ''}
    ORDER BY t."msdyn_contractlinescheduleofvalueid" LIMIT ${limit}${forUpdate(work)}`,
  );
}

/** What was billed as chargeable on each line of a contract so far, credits subtracted, in the contract's currency. */
export async function invoicedAmountsOf(work: UnitOfWork, contractId: string): Promise<Map<string, Decimal>> {
  const rows = await query<{ id: string; amount: string | number }>(
    work,
    sql`
    SELECT t."msdyn_salescontractlineid" AS id, SUM(t."msdyn_amount") AS amount FROM "msdyn_actual" t
    WHERE t."msdyn_salescontract" = ${contractId} AND t."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
      AND t."msdyn_billingtype" = ${BillingType.CHARGEABLE} AND t."msdyn_salescontractlineid" IS NOT NULL
    GROUP BY t."msdyn_salescontractlineid"`,
  );
  return new Map(rows.map((row) => [row.id, moneyFromSum(row.amount)]));
}
