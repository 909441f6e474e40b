import type { InvoiceProposalLine } from '../../../entities/finance';
import { Decimal, ZERO } from '../../../kernel/decimal';
import { roundMoney } from '../../../kernel/money';
import { invalid } from '../../../kernel/refusal';
import type { RetainerOnAccount } from '../../../stores/finance/retainer-balance.store';
import type { TaxOfCode } from '../../4-import/sales-tax.rules';
import { decideRelease, type ReleaseDecision } from './balance-release.decision';
import type { AccountSubject } from '../main-account.rules';
import type { PostingSetup } from '../posting-setup';

/** The retainer of a line that deducts it. */
export interface DeductedRetainer {
  /** What earlier invoices have on account of it; null when none was posted. */
  readonly onAccount: RetainerOnAccount | null;
  /** What earlier lines of the same invoice deduct of it. */
  readonly deductedBefore: Decimal;
}

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
): ReleaseDecision {
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
  return decideRelease(line, { ...onAccount, accountingAmount: accountingAmount.neg() }, amounts.accountingAmount, setup);
}

/**
 * Sales tax that a deduction gives back, of one code: its part of what is left of the tax that the retainer's invoice took, and the last
 * deduction all of that, so that the customer gets back to the cent what was paid. A tax that was taken at another rate, or not on the
 * whole retainer, is not the same tax: then the line's own is given back.
 */
export function taxGivenBack<Tax extends TaxOfCode>(
  tax: Tax,
  { onAccount, deductedBefore }: DeductedRetainer,
  currencyDecimals: number,
): Tax {
  const left = onAccount?.taxes.find(({ taxCode, ratePercent }) => taxCode === tax.taxCode && ratePercent.eq(tax.ratePercent));
  if (!onAccount || !left) return tax;
  const onAccountAmount = onAccount.amount.neg();
  const roundingMax = new Decimal(10).pow(-currencyDecimals).div(2).times(left.lineCount);
  if (left.taxAmount.minus(onAccountAmount.times(tax.ratePercent).div(100)).abs().gt(roundingMax)) return tax;
  const givenBackUpTo = (deducted: Decimal) => roundMoney(left.taxAmount.times(deducted).div(onAccountAmount), currencyDecimals);
  const taxAmount = givenBackUpTo(deductedBefore).minus(givenBackUpTo(deductedBefore.minus(tax.baseAmount)));
  return { ...tax, taxAmount };
}
