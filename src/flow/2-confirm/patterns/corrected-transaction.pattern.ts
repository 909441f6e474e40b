import {
  CONNECTION_ROLES,
  TransactionClassification,
  type Actual,
  type ProformaInvoiceLineDetail,
} from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { roundMoney } from '../../../kernel/money';
import { InternalError } from '../../../kernel/refusal';
import { connection, invoiceDocuments, origins, workBehind } from '../../1-bill/connections-and-origins';
import { billedReversalOf, correctionOf, replacementOf, type Figures } from './correction-actuals';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';
import { billedActualOf, reversalOf } from '../new-actuals';

/**
 * E2, E3 and E5: the billed actual is reversed; what is invoiced instead is a new unbilled actual, reversed and billed at once.
 * Of a smaller quantity the rest is back in the backlog, open; of a fee nothing is.
 */
export function decideCorrectedTransaction(confirmation: ConfirmationFacts, { detail, corrected }: DetailFacts): DetailDecision {
  if (corrected === null) throw new InternalError(`The detail ${detail.id} corrects no actual`);
  const { billed, billedOrigins } = corrected;
  const { quantity, price, amount, tax } = detail;
  const work = workBehind(billedOrigins);
  const billedReversal = billedReversalOf(confirmation, detail, corrected);
  const replacement = replacementOf(confirmation, detail, corrected, { quantity, price, amount, tax, isOpen: false });
  const unbilled = replacement.actual;
  const reversal = reversalOf(confirmation, detail, unbilled);
  const rebilled = billedActualOf(confirmation, detail, unbilled);
  const rest = restOf(billed, detail, confirmation.currencyDecimals);
  const { reversing, original, billedSales, unbilledSales } = CONNECTION_ROLES;
  return correctionOf(corrected, [
    billedReversal,
    replacement,
    {
      actual: reversal,
      connections: [connection(confirmation, { ...reversal, role: reversing }, { ...unbilled, role: original })],
      origins: origins(confirmation, reversal.id, work),
    },
    {
      actual: rebilled,
      connections: [connection(confirmation, { ...rebilled, role: billedSales }, { ...unbilled, role: unbilledSales })],
      origins: origins(confirmation, rebilled.id, [...invoiceDocuments(detail), ...work]),
    },
    ...(rest ? [replacementOf(confirmation, detail, corrected, { ...rest, isOpen: true })] : []),
  ]);
}

/**
 * What is left over of a quantity that becomes smaller, at the price that was billed; null when nothing is, and for fees. At the
 * same price its amount is what the new one leaves of the billed amount, so that rounding loses nothing. Its tax is its share.
 */
function restOf(billed: Actual, detail: ProformaInvoiceLineDetail, currencyDecimals: number): Figures | null {
  const quantity = billed.quantity.minus(detail.quantity);
  if (billed.classification === TransactionClassification.FEE || quantity.isZero()) return null;
  if (quantity.isNegative() !== billed.quantity.isNegative()) return null;
  const shareOf = (whole: Decimal) => roundMoney(whole.times(quantity).div(billed.quantity), currencyDecimals);
  const isSamePrice = (detail.price ?? ZERO).eq(billed.price ?? ZERO);
  return {
    quantity,
    price: billed.price,
    amount: isSamePrice ? billed.amount.minus(detail.amount) : shareOf(billed.amount),
    tax: shareOf(billed.tax),
  };
}
