import { fromStored, moneyFromSum, tableOf } from '../../entities/columns';
import { Milestone, ProjectContractLine } from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { insertRows } from '../bulk';
import { inList, query, raw, sql, type Session, type UnitOfWork } from '../session';

export async function addMilestones(work: UnitOfWork, milestones: readonly Partial<Milestone>[]): Promise<void> {
  await insertRows(work, Milestone, milestones);
}

/** How much of a contract line its milestones cover, in the contract's currency. */
export interface MilestoneCoverage {
  /** Null on a line without a contracted amount. */
  readonly contracted: Decimal | null;
  readonly planned: Decimal;
}

export async function milestoneCoverageOf(session: Session, contractLineIds: readonly string[]): Promise<Map<string, MilestoneCoverage>> {
  const rows = await query<{ id: string; contracted: unknown; planned: unknown }>(
    session,
    sql`SELECT l."salesorderdetailid" AS "id", l."extendedamount" AS "contracted", SUM(m."msdyn_amount") AS "planned"
    FROM "salesorderdetail" l LEFT JOIN "msdyn_contractlinescheduleofvalue" m ON m."msdyn_contractlineid" = l."salesorderdetailid"
    WHERE ${inList(session, raw('l."salesorderdetailid"'), contractLineIds)} GROUP BY l."salesorderdetailid", l."extendedamount"`,
  );
  const amountColumn = tableOf(ProjectContractLine).property('contractedAmount');
  return new Map(
    rows.map(({ id, contracted, planned }) => [
      id,
      { contracted: fromStored(amountColumn, contracted) as Decimal | null, planned: moneyFromSum(planned) },
    ]),
  );
}
