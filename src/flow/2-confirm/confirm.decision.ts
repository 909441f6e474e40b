import type { ProformaInvoiceLineDetail } from '../../entities/dataverse';
import { notFound, type Refusal } from '../../kernel/refusal';
import type { ConfirmationFacts, CorrectedActual, DecideDetail, DetailDecision, DetailFacts } from './detail-decision';
import { decideCorrectedTransaction } from './patterns/corrected-transaction.pattern';
import { refusalOfCorrection } from './patterns/correction-refusals';
import { decideEditedTransaction, isEdited } from './patterns/edited-transaction.pattern';
import { decideFullCredit } from './patterns/full-credit.pattern';
import { decideManualDetail } from './patterns/manual-detail.pattern';
import { decideMilestone } from './patterns/milestone.pattern';
import { decideUnpartneredCredit } from './patterns/unpartnered-credit.pattern';
import { decideTransaction } from './patterns/transaction-as-it-stands.pattern';

export type { ConfirmationFacts, DetailDecision, DetailFacts } from './detail-decision';

/**
 * The patterns of domain facts 6.8, by what the detail bills: transactions as they stand (A1 time, expense and material; B fee)
 * and edited ones (A2, A3), milestones (C1), and what was added by hand (A4, C2). Corrections by what is left of the transaction:
 * nothing (E1 and E4), something else (E2, E3 and E5), and what has no unbilled actual (E6).
 */
const PATTERNS = {
  transactionAsItStands: decideTransaction,
  editedTransaction: decideEditedTransaction,
  milestone: decideMilestone,
  manualDetail: decideManualDetail,
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
  if (detail.isCorrection) return corrected === null ? notFound('actual', detail.originalBilledActualId ?? '') : patternOfCorrection(detail, corrected);
  if (detail.milestoneId !== null) return 'milestone';
  if (detail.unbilledActualId === null) return 'manualDetail';
  if (source === null) return notFound('actual', detail.unbilledActualId);
  return isEdited(detail, source) ? 'editedTransaction' : 'transactionAsItStands';
}

function patternOfCorrection(detail: ProformaInvoiceLineDetail, corrected: CorrectedActual): Pattern | Refusal {
  const refusal = refusalOfCorrection(detail, corrected);
  if (refusal) return refusal;
  if (!corrected.billsUnbilled) return 'unpartneredCredit';
  return detail.quantity.isZero() ? 'fullCredit' : 'correctedTransaction';
}
