import {
  BillingType,
  CONNECTION_ROLES,
  TransactionClassification,
  type Actual,
  type ProformaInvoiceLineDetail,
} from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { amountOf, roundMoney } from '../../../kernel/money';
import type { Refusal } from '../../../kernel/refusal';
import { billAnew } from './billed-anew';
import { connection, origins, workBehind } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';
import { reversalOfAdjusted } from '../new-actuals';
import { billableSourceOf } from './transaction-as-it-stands.pattern';

/** Whether a detail is billed otherwise than its transaction stands. Tax and descriptions are the billed actual's own business. */
export function isEdited(detail: ProformaInvoiceLineDetail, source: Actual): boolean {
  return (
    detail.billingType !== source.billingType ||
    !detail.quantity.eq(source.quantity) ||
    !isSamePrice(detail, source) ||
    !detail.amount.eq(source.amount)
  );
}

function isSamePrice({ price }: ProformaInvoiceLineDetail, source: Actual): boolean {
  return price === null || source.price === null ? price === source.price : price.eq(source.price);
}

/**
 * A2 and A3, and other prices and billing types in the same way: the unbilled actual becomes Adjusted and is reversed, and what the
 * detail says is unbilled, reversed and billed anew. What a reduced quantity leaves is billed as non-chargeable.
 */
export function decideEditedTransaction(confirmation: ConfirmationFacts, facts: DetailFacts): DetailDecision | Refusal {
  const source = billableSourceOf(facts);
  if ('kind' in source) return source;
  const { detail, sourceOrigins } = facts;
  const reversal = reversalOfAdjusted(confirmation, detail, source);
  const shares = sharesOf(confirmation, detail, source).map((share) => billAnew(confirmation, share, source, sourceOrigins));
  const original = { ...source, role: CONNECTION_ROLES.original };
  return {
    actuals: [reversal, ...shares.flatMap(({ actuals }) => actuals)],
    connections: [
      connection(confirmation, { ...reversal, role: CONNECTION_ROLES.reversing }, original),
      ...shares.flatMap(({ unbilled, connections }) => [
        connection(confirmation, { ...unbilled, role: CONNECTION_ROLES.replacing }, original),
        ...connections,
      ]),
    ],
    origins: [
      ...origins(confirmation, reversal.id, workBehind(sourceOrigins)),
      ...shares.flatMap((share) => share.origins),
    ],
    invoicedActualId: source.id,
    adjustedActualIds: [source.id],
    invoicedMilestoneId: null,
    creditedMilestoneId: null,
  };
}

/** What the detail bills, and what it leaves of its transaction. A quantity of zero leaves everything and bills nothing else. */
function sharesOf(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  source: Actual,
): ProformaInvoiceLineDetail[] {
  const rest = restOf(confirmation, detail, source);
  if (rest === null) return [detail];
  return detail.quantity.isZero() ? [rest] : [detail, rest];
}

/** The non-chargeable rest of a reduced quantity, at the transaction's own price. A fee is not work, so it leaves none (6.8, E5). */
function restOf(
  { currencyDecimals }: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  source: Actual,
): ProformaInvoiceLineDetail | null {
  const quantity = source.quantity.minus(detail.quantity);
  const isReduced = quantity.gt(0) && !detail.quantity.isNegative();
  if (!isReduced || detail.classification === TransactionClassification.FEE) return null;
  return {
    ...detail,
    quantity,
    price: source.price,
    amount: restAmountOf(detail, source, quantity, currencyDecimals),
    tax: ZERO,
    billingType: BillingType.NON_CHARGEABLE,
  };
}

/** At an unchanged price both shares are the whole to the cent; else the rest is its share of the whole. */
function restAmountOf(
  detail: ProformaInvoiceLineDetail,
  source: Actual,
  quantity: Decimal,
  currencyDecimals: number,
): Decimal {
  const isQuantityTimesPrice =
    source.price !== null && source.amount.eq(amountOf(source.quantity, source.price, currencyDecimals));
  if (isQuantityTimesPrice && isSamePrice(detail, source)) return source.amount.minus(detail.amount);
  return roundMoney(source.amount.times(quantity).div(source.quantity), currencyDecimals);
}
