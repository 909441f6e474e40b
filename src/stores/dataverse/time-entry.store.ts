import {
  Actual,
  AdjustmentStatus,
  BillingStatus,
  ProductType,
  ProjectContractLine,
  RECORD_TYPES,
  TimeEntry,
  type TimeEntryStatus,
} from '../../entities/dataverse';
import { groupBy } from '../../kernel/group-by';
import { selectRows } from '../bulk';
import { execute, forUpdate, inList, query, raw, sql, type UnitOfWork } from '../session';

/** Reads time entries by id and locks them, in key order. */
export async function lockTimeEntries(work: UnitOfWork, timeEntryIds: readonly string[]): Promise<Map<string, TimeEntry>> {
  const rows = await selectRows(
    work,
    TimeEntry,
    sql`WHERE ${inList(work, raw('t."msdyn_timeentryid"'), timeEntryIds)} ORDER BY t."msdyn_timeentryid"${forUpdate(work)}`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Moves time entries from one status to the next; those that are in another one stay, and the count tells. */
export async function moveTimeEntryStatus(
  work: UnitOfWork,
  timeEntryIds: readonly string[],
  from: TimeEntryStatus,
  to: TimeEntryStatus,
): Promise<number> {
  return execute(
    work,
    sql`UPDATE "msdyn_timeentry" SET "msdyn_entrystatus" = ${to}, "versionnumber" = "versionnumber" + 1
    WHERE ${inList(work, raw('"msdyn_timeentryid"'), timeEntryIds)} AND "msdyn_entrystatus" = ${from}`,
  );
}

/** The contract lines on which the time of these entries' projects can be billed. */
export async function timeLinesOf(work: UnitOfWork, timeEntryIds: readonly string[]): Promise<ProjectContractLine[]> {
  return selectRows(
    work,
    ProjectContractLine,
    sql`WHERE t."msdyn_includetime" = ${true} AND t."producttypecode" = ${ProductType.PROJECT_BASED_SERVICE} AND t."msdyn_project" IN (
      SELECT e."msdyn_project" FROM "msdyn_timeentry" e WHERE ${inList(work, raw('e."msdyn_timeentryid"'), timeEntryIds)})
    ORDER BY t."salesorderdetailid"`,
  );
}

/** The contracts that the actuals of these time entries are on. */
export async function contractsOfTimeEntries(work: UnitOfWork, timeEntryIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    work,
    sql`SELECT DISTINCT t."msdyn_salescontract" AS "id" FROM "msdyn_transactionorigin" o
    JOIN "msdyn_actual" t ON t."msdyn_actualid" = o."msdyn_transaction"
    WHERE ${inList(work, raw('o."msdyn_origin"'), timeEntryIds)} AND o."msdyn_origintype" = ${RECORD_TYPES.timeEntry}`,
  );
  return rows.map((row) => row.id);
}

/** The actuals of time entries that nothing replaced and that are no reversals, by time entry: locked, all of them in key order. */
export async function lockActualsOfTimeEntries(work: UnitOfWork, timeEntryIds: readonly string[]): Promise<Map<string, Actual[]>> {
  const origins = await query<{ actual: string; entry: string }>(
    work,
    sql`SELECT o."msdyn_transaction" AS "actual", o."msdyn_origin" AS "entry" FROM "msdyn_transactionorigin" o
    WHERE ${inList(work, raw('o."msdyn_origin"'), timeEntryIds)} AND o."msdyn_origintype" = ${RECORD_TYPES.timeEntry}`,
  );
  const entryOf = new Map(origins.map(({ actual, entry }) => [actual, entry]));
  const rows = await selectRows(
    work,
    Actual,
    sql`WHERE t."msdyn_adjustmentstatus" IS NULL AND ${inList(work, raw('t."msdyn_actualid"'), [...entryOf.keys()])}
    ORDER BY t."msdyn_actualid"${forUpdate(work)}`,
  );
  return groupBy(rows, ({ id }) => entryOf.get(id)!);
}

/** Makes actuals of cancelled time Adjusted, and Canceled where they had a billing status; the count tells how many still could be. */
export async function cancelActuals(work: UnitOfWork, actualIds: readonly string[]): Promise<number> {
  const { UNBILLED_SALES_CREATED, READY_TO_INVOICE, CANCELED } = BillingStatus;
  return execute(
    work,
    sql`UPDATE "msdyn_actual" SET "msdyn_adjustmentstatus" = ${AdjustmentStatus.ADJUSTED}, "versionnumber" = "versionnumber" + 1,
      "msdyn_billingstatus" = CASE WHEN "msdyn_billingstatus" IS NULL THEN NULL ELSE ${raw(String(CANCELED))} END
    WHERE ${inList(work, raw('"msdyn_actualid"'), actualIds)} AND "msdyn_adjustmentstatus" IS NULL
      AND ("msdyn_billingstatus" IS NULL OR "msdyn_billingstatus" IN (${UNBILLED_SALES_CREATED}, ${READY_TO_INVOICE}))`,
  );
}
