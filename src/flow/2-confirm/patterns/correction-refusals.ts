import type { ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { CorrectedActual } from '../detail-decision';

/** Why a correction cannot be confirmed as it is; null when it can. */
export function refusalOfCorrection(
  detail: ProformaInvoiceLineDetail,
  { billed, billsUnbilled }: CorrectedActual,
): Refusal | null {
  const what = `The line detail ${detail.id}`;
  if (billed.adjustmentStatus !== null) return invalid('ADJUSTED', `The billed actual ${billed.id} was adjusted since ${detail.id} corrects it.`);
  if (detail.billingType !== billed.billingType) {
    return invalid('DETAIL_EDITED', `${what} has another billing type than what it corrects; credit that in full and bill it anew.`);
  }
  const isZero = detail.quantity.isZero();
  if (!isZero && !billsUnbilled) {
    return invalid('CREDITED_WHOLE_ONLY', `${what} corrects a milestone or fixed price, which is credited in full or not at all.`);
  }
  if (isZero && !(detail.amount.isZero() && detail.tax.isZero())) {
    return invalid('DETAIL_EDITED', `${what} invoices the quantity 0, so its amount and tax have to be 0.`);
  }
  if (!isZero && detail.quantity.isNegative() !== billed.quantity.isNegative()) {
    return invalid('DETAIL_EDITED', `${what} has a quantity with another sign than the ${billed.quantity.toFixed()} that it corrects.`);
  }
  return null;
}
