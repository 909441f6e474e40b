import { Actual } from '../../entities/dataverse';
import { selectRows } from '../bulk';
import { inList, query, raw, sql, type Session } from '../session';

/** Which of these ids Dataverse has actuals of. The others are orphans: what was staged of them stands for nothing. */
export async function actualIdsInDataverse(session: Session, actualIds: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(session, sql`SELECT "msdyn_actualid" AS id FROM "msdyn_actual"
    WHERE ${inList(session, raw('"msdyn_actualid"'), actualIds)}`);
  return new Set(rows.map((row) => row.id));
}

/** What Dataverse holds of actuals now, by id; those that are not there are left out. */
export async function actualsById(session: Session, ids: readonly string[]): Promise<Map<string, Actual>> {
  const rows = await selectRows(session, Actual, sql`WHERE ${inList(session, raw('t."msdyn_actualid"'), ids)}`);
  return new Map(rows.map((row) => [row.id, row]));
}
