import { setTimeout as pause } from 'node:timers/promises';
import { Company } from '../entities/dataverse';
import { tableOf } from '../entities/columns';
import { name, query, sql, type Session } from './session';

/** Whether the database answers the smallest of questions within `waitMs`. */
export async function databaseAnswers(session: Session, waitMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const answer = query(session, sql`SELECT 1 AS "answer"`).then(() => true);
  const tooLate = pause(waitMs, false, { signal: waiting.signal, ref: false });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    waiting.abort();
    tooLate.catch(() => undefined);
    answer.catch(() => undefined);
  }
}

/** Whether nothing was ever loaded: every record of the business belongs to a company, so a database without one is new. */
export async function hasCompanies(session: Session): Promise<boolean> {
  const rows = await query(session, sql`SELECT 1 AS "found" FROM ${name(tableOf(Company).table)} LIMIT 1`);
  return rows.length > 0;
}
