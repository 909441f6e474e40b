import { IntegrationJournal, IntegrationJournalLine } from '../../entities/finance';
import { insertRows } from '../bulk';
import type { UnitOfWork } from '../session';

export async function insertIntegrationJournal(work: UnitOfWork, journal: Partial<IntegrationJournal>): Promise<void> {
  await insertRows(work, IntegrationJournal, [journal]);
}

/** Adds journal lines, one per staged actual at a time, and says how many are new. */
export async function insertIntegrationJournalLines(work: UnitOfWork, lines: readonly Partial<IntegrationJournalLine>[]): Promise<number> {
  return insertRows(work, IntegrationJournalLine, lines, { ifAbsent: true });
}
