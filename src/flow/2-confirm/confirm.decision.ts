import type { Actual, ProformaInvoiceLineDetail } from '../../entities/dataverse';
import type { Decimal } from '../../kernel/decimal';
import { invalid, notFound, type Refusal } from '../../kernel/refusal';
import type { ConfirmationFacts, CorrectedActual, DecideDetail, DetailDecision, DetailFacts } from './detail-decision';
import { decideCorrectedTransaction } from './corrected-transaction.pattern';
import { refusalOfCorrection } from './correction-refusals';
import { decideFullCredit } from './full-credit.pattern';
import { decideMilestone } from './milestone.pattern';
import { decideUnpartneredCredit } from './unpartnered-credit.pattern';
import { decideTransaction } from './transaction-as-it-stands.pattern';

export type { ConfirmationFacts, DetailDecision, DetailFacts } from './detail-decision';

/**
 * The patterns of domain facts 6.8, by what the detail bills: transactions as they stand (A1 time, expense and material; B fee)
 * and milestones (C1). Corrections by what is left of the transaction: nothing (E1 and E4), something else (E2, E3 and E5), and
 * what has no unbilled actual (E6).
 */
const PATTERNS = {
  transactionAsItStands: decideTransaction,
  milestone: decideMilestone,
  fullCredit: decideFullCredit,
  correctedTransaction: decideCorrectedTransaction,
  unpartneredCredit: decideUnpartneredCredit,
} as const satisfies Record<string, DecideDetail>;

type Pattern = keyof typeof PATTERNS;

/** What confirming one detail does, or why it cannot be confirmed. */
export function decideConfirmation(confirmation: ConfirmationFacts, facts: DetailFacts): DetailDecision | Refusal {
  const pattern = patternOf(facts);
  return typeof pattern === 'string' ? PATTERNS[pattern](confirmation, facts) : pattern;
}

function patternOf({ detail, source, corrected }: DetailFacts): Pattern | Refusal {
  const what = `The line detail ${detail.id}`;
  if (detail.isCorrection) return corrected === null ? notFound('actual', detail.originalBilledActualId ?? '') : patternOfCorrection(detail, corrected);
  if (detail.milestoneId !== null) return 'milestone';
  if (detail.unbilledActualId === null) return invalid('DETAIL_EDITED', `${what} was added by hand; it bills no transaction.`);
  if (source === null) return notFound('actual', detail.unbilledActualId);
  const edited = editedPropertyOf(detail, source);
  return edited === null
    ? 'transactionAsItStands'
    : invalid('DETAIL_EDITED', `${what} has another ${edited} than its unbilled actual ${source.id}.`);
}

function patternOfCorrection(detail: ProformaInvoiceLineDetail, corrected: CorrectedActual): Pattern | Refusal {
  const refusal = refusalOfCorrection(detail, corrected);
  if (refusal) return refusal;
  if (!corrected.billsUnbilled) return 'unpartneredCredit';
  return detail.quantity.isZero() ? 'fullCredit' : 'correctedTransaction';
}

function editedPropertyOf(detail: ProformaInvoiceLineDetail, source: Actual): string | null {
  if (detail.billingType !== source.billingType) return 'billing type';
  if (!detail.quantity.eq(source.quantity)) return 'quantity';
  if (!sameDecimal(detail.price, source.price)) return 'price';
  return detail.amount.eq(source.amount) ? null : 'amount';
}

function sameDecimal(one: Decimal | null, other: Decimal | null): boolean {
  return one === null || other === null ? one === other : one.eq(other);
}
