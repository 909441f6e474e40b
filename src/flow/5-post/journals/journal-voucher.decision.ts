import { CostPosting, PostingType, ProjCdsTransType, ProjTransType, type IntegrationJournalLine } from '../../../entities/finance';
import { invalid, unreachable, type Refusal } from '../../../kernel/refusal';
import { brokenConnectionText, type StagedConnectionBroken } from '../../4-import/prevalidation.rules';
import { postingDateOf } from '../accounting-date.rules';
import { mainAccountFor } from '../main-account.rules';
import type { PostingSetup } from '../posting-setup';
import { assertBalanced, isEmptyPosting, type LedgerPosting } from '../voucher-balance.rules';

/** What posting reads of an integration journal line. */
export type JournalLineFacts = Pick<
  IntegrationJournalLine,
  | 'id'
  | 'transactionType'
  | 'classification'
  | 'categoryId'
  | 'accountingDate'
  | 'currencyCode'
  | 'exchangeRate'
  | 'amount'
  | 'accountingAmount'
  | 'accruesRevenue'
  | 'costPosting'
>;

/** How a line fails: mendable, without its actual, or for ever. Named after the actions of the line's states. */
export type FailureOutcome = 'fail' | 'invalidate' | 'giveUp';

export type JournalLineDecision =
  | { readonly outcome: 'post'; readonly entries: readonly LedgerPosting[]; readonly accountingDate: string }
  | { readonly outcome: FailureOutcome; readonly refusal: Refusal };

/** Debit and credit of a line, where its kind has ledger entries at all (domain facts 7.2). */
interface EntryPattern {
  readonly debit: PostingType;
  readonly credit: PostingType;
}

/** What cost is credited to: payroll allocation for hours, expense offset for expenses, cost of items for items. */
const COST_OFFSET: Partial<Record<ProjTransType, PostingType>> = {
  [ProjTransType.HOUR]: PostingType.PAYROLL_ALLOCATION,
  [ProjTransType.COST]: PostingType.EXPENSE_OFFSET,
  [ProjTransType.ITEM]: PostingType.COST_ITEM,
};

const ACCRUED_REVENUE: EntryPattern = { debit: PostingType.WIP_SALES_VALUE, credit: PostingType.ACCRUED_REVENUE_SALES_VALUE };

/** The pattern of a line; `none` where nothing goes to the ledger; null for a cost of which finance has no kind. */
function patternOf(line: JournalLineFacts): EntryPattern | 'none' | null {
  if (line.transactionType === ProjCdsTransType.SALES) return line.accruesRevenue ? ACCRUED_REVENUE : 'none';
  const credit = line.transactionType === ProjCdsTransType.COST ? COST_OFFSET[line.classification] : undefined;
  if (credit === undefined) return null;
  switch (line.costPosting) {
    case CostPosting.PROFIT_AND_LOSS: return { debit: PostingType.COST, credit };
    case CostPosting.BALANCE: return { debit: wipOfCost(line.classification), credit };
    case CostPosting.NO_LEDGER:
    case CostPosting.NEVER_LEDGER: return 'none';
    default: return unreachable(line.costPosting);
  }
}

function wipOfCost(classification: ProjTransType): PostingType {
  return classification === ProjTransType.ITEM ? PostingType.WIP_COST_VALUE_ITEM : PostingType.WIP_COST_VALUE;
}

/**
 * Decides what one integration journal line posts. Cost: Dr Cost or, as its profile says, WIP cost value or nothing at all; Cr payroll
 * allocation, expense offset or cost of items.
 * Unbilled sales that accrue revenue: Dr WIP sales value, Cr Accrued revenue, at the line's own exchange rate. Unbilled sales
 * that do not accrue, like cost that stays out of the ledger, get a project transaction and a voucher number, and no ledger entries. Negative lines reverse.
 * A line whose period is not open, or whose set-up is missing, fails and says why (domain facts 7.1 to 7.3). The amounts are those of
 * the line, at the exchange rate of its own accounting date, even where the voucher is dated in a later, open period.
 */
export function decideJournalLine(line: JournalLineFacts, setup: PostingSetup): JournalLineDecision {
  const pattern = patternOf(line);
  if (pattern === null) {
    const kind = `${ProjCdsTransType[line.transactionType]} of ${ProjTransType[line.classification]}`;
    const refusal = invalid('INVALID_INPUT', `Finance has no posting for ${kind} in an integration journal.`);
    return { outcome: 'giveUp', refusal };
  }
  const postingDate = postingDateOf(line.accountingDate, setup);
  const refusal = postingDate.refusal ?? refusalOf(line, setup);
  if (postingDate.refusal || refusal) return { outcome: 'fail', refusal: refusal! };
  if (pattern === 'none' || isEmptyPosting(line)) return { outcome: 'post', entries: [], accountingDate: postingDate.date };
  return entriesOf(line, pattern, setup, postingDate.date);
}

/** What becomes of a line whose actual is not in Dataverse: its staged row is an orphan (domain facts 5.1). */
export function invalidActuals({ actualId }: Pick<IntegrationJournalLine, 'actualId'>): JournalLineDecision {
  return { outcome: 'invalidate', refusal: invalid('NOT_FOUND', `Dataverse has no actual ${actualId}: its staged row is an orphan.`) };
}

/** What becomes of a line whose staged connection is not what Dataverse holds: it would be posted beside what it belongs to. */
export function brokenConnection(broken: StagedConnectionBroken): JournalLineDecision {
  return { outcome: 'invalidate', refusal: invalid('NOT_FOUND', `${brokenConnectionText(broken)}: the connection is broken.`) };
}

function refusalOf(line: JournalLineFacts, setup: PostingSetup): Refusal | null {
  if (!line.exchangeRate.isPositive() || line.exchangeRate.isZero()) {
    return invalid(
      'EXCHANGE_RATE_MISSING',
      `The line has no exchange rate from ${line.currencyCode} to ${setup.accountingCurrency}.`,
    );
  }
  if (setup.decimalsOf(line.currencyCode) === null) {
    return invalid('SETUP_MISSING', `Currency ${line.currencyCode || 'of the line'} is not set up in finance.`);
  }
  return null;
}

function entriesOf(
  line: JournalLineFacts, { debit, credit }: EntryPattern, setup: PostingSetup, accountingDate: string,
): JournalLineDecision {
  const debitAccount = mainAccountFor(setup, debit, line);
  if (debitAccount.refusal) return { outcome: 'fail', refusal: debitAccount.refusal };
  const creditAccount = mainAccountFor(setup, credit, line);
  if (creditAccount.refusal) return { outcome: 'fail', refusal: creditAccount.refusal };
  const { currencyCode, amount, accountingAmount } = line;
  const entries = [
    { postingType: debit, mainAccountId: debitAccount.mainAccountId, currencyCode, amount, accountingAmount },
    {
      postingType: credit,
      mainAccountId: creditAccount.mainAccountId,
      currencyCode,
      amount: amount.neg(),
      accountingAmount: accountingAmount.neg(),
    },
  ];
  assertBalanced(`integration journal line ${line.id}`, entries);
  return { outcome: 'post', entries, accountingDate };
}
