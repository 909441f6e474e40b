import { PostingType, type InvoiceProposalLine } from '../../entities/finance';
import { ZERO, type Decimal } from '../../kernel/decimal';
import { roundMoney } from '../../kernel/money';
import { invalid, type Refusal } from '../../kernel/refusal';
import type { RetainerOnAccount } from '../../stores/finance/retainer-balance.store';
import { mainAccountFor, type AccountSubject } from './main-account.rules';
import type { PostingSetup } from './posting-setup';
import { isEmptyPosting, type LedgerPosting } from './voucher-balance.rules';

/** The retainer of a line that deducts it. */
export interface DeductedRetainer {
  /** What earlier invoices have on account of it; null when none was posted. */
  readonly onAccount: RetainerOnAccount | null;
  /** What earlier lines of the same invoice deduct of it. */
  readonly deductedBefore: Decimal;
}

export type DeductionDecision =
  | { readonly entries: readonly LedgerPosting[]; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

/**
 * The deduction of a retainer (ProjOrigin Deduction) releases what its invoice credited on account, on the same account and at the
 * amount in accounting currency at which it stands there: in proportion, and the last one all that is left. What the customer is
 * credited at the invoice's own rate differs from that by an exchange rate difference.
 */
export function decideDeduction(
  line: Pick<InvoiceProposalLine, 'lineNumber' | 'lineAmount' | 'currencyCode'> & AccountSubject,
  { onAccount, deductedBefore }: DeductedRetainer,
  amounts: { readonly accountingAmount: Decimal; readonly accountingDecimals: number },
  setup: PostingSetup,
): DeductionDecision {
  const amount = line.lineAmount.neg();
  const through = deductedBefore.plus(amount);
  if (onAccount === null || through.gt(onAccount.amount.neg())) {
    const left = (onAccount?.amount.neg() ?? ZERO).minus(deductedBefore);
    const message = `Line ${line.lineNumber} waits: it deducts ${amount.toFixed()} of a retainer of which ${left.toFixed()} are invoiced and left.`;
    return { refusal: invalid('BLOCKED', message) };
  }
  const releasedUpTo = (deducted: Decimal) =>
    roundMoney(onAccount.accountingAmount.times(deducted).div(onAccount.amount), amounts.accountingDecimals);
  const accountingAmount = releasedUpTo(through).minus(releasedUpTo(deductedBefore));
  const { postingType, mainAccountId, currencyCode } = onAccount;
  const released: LedgerPosting = { postingType, mainAccountId, currencyCode, amount, accountingAmount };
  const difference = { amount: ZERO, accountingAmount: amounts.accountingAmount.neg().minus(accountingAmount) };
  if (isEmptyPosting(difference)) return { entries: [released] };
  const account = mainAccountFor(setup, PostingType.EXCHANGE_RATE_DIFFERENCE, line);
  if (account.refusal) return { refusal: account.refusal };
  return {
    entries: [released, { ...difference, postingType: PostingType.EXCHANGE_RATE_DIFFERENCE, mainAccountId: account.mainAccountId, currencyCode }],
  };
}
