import { IntegrationJournalLineStatus, type IntegrationJournalLine } from '../../../entities/finance';
import { invalid } from '../../../kernel/refusal';
import { takenBack } from '../../4-import/journal-line.decision';
import { postingDateOf } from '../accounting-date.rules';
import type { JournalLineDecision } from './journal-voucher.decision';
import type { PostingSetup } from '../posting-setup';
import { assertBalanced, reversed, type LedgerPosting } from '../voucher-balance.rules';

/** A journal line that another one takes back, with the entries that it posted: none where it posted none, or is not posted. */
export interface OriginalLine {
  readonly line: IntegrationJournalLine;
  readonly entries: readonly LedgerPosting[];
}

/**
 * The line of a reversal as it is posted: with the values that its original has now, which may have been deleted and imported anew, or
 * edited, since the reversal was imported.
 */
export function valuedAsTakenBack(line: IntegrationJournalLine, original: OriginalLine | null): IntegrationJournalLine {
  return original ? { ...line, ...takenBack(original.line) } : line;
}

/**
 * Decides what the line of a reversal posts: what its original posted, entry by entry, on the same accounts with debit and credit
 * exchanged, so that both together leave nothing to the cent (domain facts 7.1). Set-up and rates that changed since do not matter; the
 * voucher is dated as any other. It fails while the original is not posted: taken back first, what is not there yet would stay below zero.
 */
export function decideReversal(line: IntegrationJournalLine, original: OriginalLine | null, setup: PostingSetup): JournalLineDecision {
  if (original?.line.status !== IntegrationJournalLineStatus.POSTED) {
    const refusal = invalid('BLOCKED', 'The line takes another one back that is not posted in an integration journal yet; post that one first.');
    return { outcome: 'fail', refusal };
  }
  const postingDate = postingDateOf(line.accountingDate, setup);
  if (postingDate.refusal) return { outcome: 'fail', refusal: postingDate.refusal };
  const entries = original.entries.map(reversed);
  assertBalanced(`integration journal line ${line.id}`, entries);
  return { outcome: 'post', entries, accountingDate: postingDate.date };
}
