import { PostingType, type InvoiceProposalLine } from '../../../entities/finance';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import type { Refusal } from '../../../kernel/refusal';
import { mainAccountFor, type AccountSubject } from '../main-account.rules';
import type { PostingSetup } from '../posting-setup';
import { isEmptyPosting, type LedgerPosting } from '../voucher-balance.rules';

/** What earlier invoices have left on a balance account, or a part of it. Debit is positive, credit negative. */
export type BalanceAmount = Pick<LedgerPosting, 'postingType' | 'mainAccountId' | 'currencyCode' | 'accountingAmount' | 'defaultDimension'>;

export type ReleaseDecision =
  | { readonly entries: readonly LedgerPosting[]; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

/**
 * Takes what an earlier invoice posted to a balance account off the same account and dimensions, at the amount in accounting currency at which it
 * stands there. What the rate has changed since goes to the exchange rate difference: the customer is still debited at the invoice's
 * own rate, `accountingAmount`, and nothing is left on the balance (design 7.9). Refused: no account for the difference.
 */
export function decideRelease(
  line: Pick<InvoiceProposalLine, 'lineAmount'> & AccountSubject,
  balance: BalanceAmount,
  accountingAmount: Decimal,
  setup: PostingSetup,
): ReleaseDecision {
  const { postingType, mainAccountId, currencyCode, defaultDimension } = balance;
  const amount = line.lineAmount.neg();
  const released: LedgerPosting = {
    postingType, mainAccountId, currencyCode, amount, accountingAmount: balance.accountingAmount.neg(), ...(defaultDimension && { defaultDimension }),
  };
  const difference = { amount: ZERO, accountingAmount: balance.accountingAmount.minus(accountingAmount) };
  if (isEmptyPosting(difference)) return { entries: [released] };
  const account = mainAccountFor(setup, PostingType.EXCHANGE_RATE_DIFFERENCE, line);
  if (account.refusal) return { refusal: account.refusal };
  const gainOrLoss = { ...difference, postingType: PostingType.EXCHANGE_RATE_DIFFERENCE, mainAccountId: account.mainAccountId, currencyCode };
  return { entries: [released, gainOrLoss] };
}
