import type { PostingType, ProjectPosting } from '../../entities/finance';
import { ZERO, type Decimal } from '../../kernel/decimal';
import { InternalError } from '../../kernel/refusal';

/** A ledger entry before it has a voucher. Debit is positive, credit negative, in both currencies. */
export interface LedgerPosting {
  readonly postingType: PostingType;
  readonly mainAccountId: string;
  readonly currencyCode: string;
  /** In the transaction currency that `currencyCode` names. */
  readonly amount: Decimal;
  /** In the legal entity's accounting currency. */
  readonly accountingAmount: Decimal;
  readonly text?: string;
  /** Financial dimensions; entries of different ones are not added up. */
  readonly defaultDimension?: string | null;
}

/** An entry that moves nothing in either currency; such entries are not written. */
export function isEmptyPosting(posting: Pick<LedgerPosting, 'amount' | 'accountingAmount'>): boolean {
  return posting.amount.isZero() && posting.accountingAmount.isZero();
}

/** The same entry with debit and credit exchanged. */
export function reversed(posting: LedgerPosting): LedgerPosting {
  return { ...posting, amount: posting.amount.neg(), accountingAmount: posting.accountingAmount.neg() };
}

/** An entry as the ledger trace has it. */
export function postedEntry(posting: ProjectPosting): LedgerPosting {
  const { postingType, mainAccountId, currencyCode, amount, accountingAmount, defaultDimension } = posting;
  return { postingType, mainAccountId, currencyCode, amount, accountingAmount, defaultDimension };
}

/** What a voucher lacks: a sentence per currency that does not add up to zero. Empty when it balances. */
export function imbalancesOf(entries: Iterable<LedgerPosting>): string[] {
  const byCurrency = new Map<string, Decimal>();
  let accounting = ZERO;
  for (const entry of entries) {
    byCurrency.set(entry.currencyCode, (byCurrency.get(entry.currencyCode) ?? ZERO).plus(entry.amount));
    accounting = accounting.plus(entry.accountingAmount);
  }
  const missing = [...byCurrency].filter(([, total]) => !total.isZero()).map(([code, total]) => `${total.toFixed()} ${code}`);
  if (!accounting.isZero()) missing.push(`${accounting.toFixed()} in accounting currency`);
  return missing;
}

/** Stops a posting before it writes a voucher that does not balance: that is a bug here, never a user's mistake. */
export function assertBalanced(what: string, entries: readonly LedgerPosting[]): void {
  const missing = imbalancesOf(entries);
  if (missing.length > 0) throw new InternalError(`The voucher of ${what} does not balance: ${missing.join(', ')} left over`);
}
