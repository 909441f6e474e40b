import { fromStored, moneyFromSum, tableOf } from '../../entities/columns';
import { Milestone, MilestoneInvoiceStatus, ProgressMilestone } from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { insertRows, selectRows, updateRows } from '../bulk';
import { forUpdate, inList, query, raw, sql, type Session, type UnitOfWork } from '../session';
import { changeRow } from '../change-row';

export async function addProgressMilestone(work: UnitOfWork, progress: ProgressMilestone): Promise<void> {
  await insertRows(work, ProgressMilestone, [progress]);
}

/** The contract line of a progress milestone; null when there is no such milestone. */
export async function lineOfProgressMilestone(session: Session, progressMilestoneId: string): Promise<string | null> {
  const [row] = await selectRows(session, ProgressMilestone, sql`WHERE t."gw_id" = ${progressMilestoneId}`);
  return row?.contractLineId ?? null;
}

/** Locks a progress milestone, the root of its milestones, until the unit of work ends. */
export async function lockProgressMilestone(work: UnitOfWork, progressMilestoneId: string): Promise<ProgressMilestone> {
  const [row] = await selectRows(work, ProgressMilestone, sql`WHERE t."gw_id" = ${progressMilestoneId}${forUpdate(work)}`);
  return row!;
}

/** Changes a progress milestone that still has the version in which it was read, and bumps it. False when somebody was first. */
export async function changeProgressMilestone(
  work: UnitOfWork,
  { id, version }: Pick<ProgressMilestone, 'id' | 'version'>,
  changes: Partial<ProgressMilestone>,
): Promise<boolean> {
  return changeRow(work, ProgressMilestone, { id, version }, { ...changes, version: version + 1 });
}

/** The milestones of a progress milestone, locked, in key order. */
export async function lockMilestonesOfProgress(work: UnitOfWork, progressMilestoneId: string): Promise<Milestone[]> {
  return selectRows(
    work,
    Milestone,
    sql`WHERE t."gw_progressmilestone" = ${progressMilestoneId} ORDER BY t."msdyn_contractlinescheduleofvalueid"${forUpdate(work)}`,
  );
}

/** Changes locked milestones; every row gives the same properties. */
export async function changeMilestones(work: UnitOfWork, milestones: readonly Partial<Milestone>[]): Promise<void> {
  await updateRows(work, Milestone, milestones);
}

/** Which of the milestones an actual has billed. */
export async function billedMilestonesOf(work: UnitOfWork, milestoneIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    work,
    sql`SELECT DISTINCT t."gw_milestone" AS "id" FROM "msdyn_actual" t WHERE ${inList(work, raw('t."gw_milestone"'), milestoneIds)}`,
  );
  return new Set(rows.map((row) => row.id));
}

/** How far a progress milestone is: its amount by the status of its milestones. */
export interface ProgressPosition {
  readonly amount: Decimal;
  /** No part has taken it yet. */
  readonly remaining: Decimal;
  readonly ready: Decimal;
  readonly onDrafts: Decimal;
  /** On confirmed proformas. */
  readonly invoiced: Decimal;
}

export async function progressPositionsOf(session: Session, progressMilestoneIds: readonly string[]): Promise<Map<string, ProgressPosition>> {
  const amountIn = (status: MilestoneInvoiceStatus) => sql`SUM(CASE WHEN m."msdyn_invoicestatus" = ${status} THEN m."msdyn_amount" ELSE 0 END)`;
  const rows = await query<Record<keyof ProgressPosition, unknown> & { id: string }>(
    session,
    sql`SELECT p."gw_id" AS "id", p."gw_amount" AS "amount",
      ${amountIn(MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING)} AS "remaining",
      ${amountIn(MilestoneInvoiceStatus.READY_FOR_INVOICING)} AS "ready",
      ${amountIn(MilestoneInvoiceStatus.CUSTOMER_INVOICE_CREATED)} AS "onDrafts",
      ${amountIn(MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED)} AS "invoiced"
    FROM "gw_progressmilestone" p LEFT JOIN "msdyn_contractlinescheduleofvalue" m ON m."gw_progressmilestone" = p."gw_id"
    WHERE ${inList(session, raw('p."gw_id"'), progressMilestoneIds)} GROUP BY p."gw_id", p."gw_amount"`,
  );
  const amountColumn = tableOf(ProgressMilestone).property('amount');
  return new Map(
    rows.map(({ id, amount, remaining, ready, onDrafts, invoiced }) => [
      id,
      {
        amount: fromStored(amountColumn, amount) as Decimal,
        remaining: moneyFromSum(remaining),
        ready: moneyFromSum(ready),
        onDrafts: moneyFromSum(onDrafts),
        invoiced: moneyFromSum(invoiced),
      },
    ]),
  );
}
