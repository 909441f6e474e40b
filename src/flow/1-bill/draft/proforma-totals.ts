import { BillingType, type ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { fitsMoney, MONEY_MAX } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';

/** Amounts of a proforma or of one of its lines by billing type, in the contract's currency. */
export interface ProformaTotals {
  readonly chargeableAmount: Decimal;
  readonly nonChargeableAmount: Decimal;
  readonly complimentaryAmount: Decimal;
  /** Tax of the chargeable details. */
  readonly tax: Decimal;
}

export const NO_TOTALS: ProformaTotals = {
  chargeableAmount: ZERO,
  nonChargeableAmount: ZERO,
  complimentaryAmount: ZERO,
  tax: ZERO,
};

/**
 * The totals with one more detail: only chargeable ones count, the others are shown apart (domain facts 1.2). A correction counts
 * with the difference to what was billed before, because that is what its customer is asked for (domain facts 1.3).
 */
export function withDetail(
  totals: ProformaTotals,
  detail: CountedDetail,
): ProformaTotals {
  const amount = detail.amount.minus(detail.previousAmount);
  switch (detail.billingType) {
    case BillingType.CHARGEABLE: {
      const tax = detail.tax.minus(detail.previousTax);
      return { ...totals, chargeableAmount: totals.chargeableAmount.plus(amount), tax: totals.tax.plus(tax) };
    }
    case BillingType.NON_CHARGEABLE:
      return { ...totals, nonChargeableAmount: totals.nonChargeableAmount.plus(amount) };
    case BillingType.COMPLIMENTARY:
      return { ...totals, complimentaryAmount: totals.complimentaryAmount.plus(amount) };
    case BillingType.NOT_AVAILABLE:
      return totals;
  }
}

/** What of a detail its totals depend on. */
export type CountedDetail = Pick<ProformaInvoiceLineDetail, 'billingType' | 'amount' | 'tax' | 'previousAmount' | 'previousTax'>;

/** The totals with one detail less. */
export function withoutDetail(totals: ProformaTotals, detail: CountedDetail): ProformaTotals {
  const { amount, tax, previousAmount, previousTax } = detail;
  return withDetail(totals, { ...detail, amount: previousAmount, tax: previousTax, previousAmount: amount, previousTax: tax });
}

export function sumOfTotals(all: Iterable<ProformaTotals>): ProformaTotals {
  let total = NO_TOTALS;
  for (const one of all) {
    total = {
      chargeableAmount: total.chargeableAmount.plus(one.chargeableAmount),
      nonChargeableAmount: total.nonChargeableAmount.plus(one.nonChargeableAmount),
      complimentaryAmount: total.complimentaryAmount.plus(one.complimentaryAmount),
      tax: total.tax.plus(one.tax),
    };
  }
  return total;
}

/** Chargeable amount plus its tax: what the customer is asked to pay. */
export function extendedAmountOf(totals: ProformaTotals): Decimal {
  return totals.chargeableAmount.plus(totals.tax);
}

/** Why totals cannot be stored; null when they can. */
export function refusalOfTotals(totals: ProformaTotals): Refusal | null {
  const amounts = [
    totals.chargeableAmount,
    totals.nonChargeableAmount,
    totals.complimentaryAmount,
    totals.tax,
    extendedAmountOf(totals),
  ];
  const tooLarge = amounts.find((amount) => !fitsMoney(amount));
  return tooLarge
    ? invalid('AMOUNT_OUT_OF_RANGE', `The proforma's total of ${tooLarge.toFixed()} is larger than ${MONEY_MAX.toFixed()}.`)
    : null;
}
