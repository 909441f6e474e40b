import { LedgerEntry, ProjectPosting, Voucher } from '../../entities/finance';
import { insertRows } from '../bulk';
import type { UnitOfWork } from '../session';

export async function insertVouchers(work: UnitOfWork, vouchers: readonly Partial<Voucher>[]): Promise<void> {
  await insertRows(work, Voucher, vouchers);
}

/** Ledger entries belong to vouchers that are there already. */
export async function insertLedgerEntries(work: UnitOfWork, entries: readonly Partial<LedgerEntry>[]): Promise<void> {
  await insertRows(work, LedgerEntry, entries);
}

/** The ledger trace of the project subledger: one row per line, posting type and account. */
export async function insertProjectPostings(work: UnitOfWork, postings: readonly Partial<ProjectPosting>[]): Promise<void> {
  await insertRows(work, ProjectPosting, postings);
}
