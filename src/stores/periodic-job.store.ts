import { PeriodicJob } from '../entities/gateway';
import { insertRows, selectRows } from './bulk';
import { changeRow } from './change-row';
import { inList, raw, sql, type Session, type UnitOfWork } from './session';

/** Adds a job unless there is one of its name, perhaps just added by another worker. */
export async function addPeriodicJob(work: UnitOfWork, job: Pick<PeriodicJob, 'id' | 'name' | 'everyMs' | 'nextDueOn'>): Promise<void> {
  await insertRows(work, PeriodicJob, [job], { ifAbsent: true });
}

/** The jobs of these names, by name. */
export async function readPeriodicJobs(session: Session, names: readonly string[]): Promise<Map<string, PeriodicJob>> {
  const rows = await selectRows(session, PeriodicJob, sql`WHERE ${inList(session, raw('t."gw_name"'), names)}`);
  return new Map(rows.map((row) => [row.name, row]));
}

/** Changes a job that is still as it was read. Null when another worker was first; else the job's new version. */
export async function changePeriodicJob(
  work: UnitOfWork, { id, version }: Pick<PeriodicJob, 'id' | 'version'>, changes: Partial<PeriodicJob>,
): Promise<number | null> {
  const isFirst = await changeRow(work, PeriodicJob, { id, version }, { ...changes, version: version + 1 });
  return isFirst ? version + 1 : null;
}
