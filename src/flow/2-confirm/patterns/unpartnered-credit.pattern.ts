import { InternalError, type Refusal } from '../../../kernel/refusal';
import { MILESTONE_STATES } from '../../1-bill/milestone.states';
import { refusalOf } from '../../1-bill/transition';
import { billedReversalOf, correctionOf } from './correction-actuals';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';

/**
 * E6: the credit of what was billed without an unbilled actual, a milestone or a manual fixed-price detail, is a billed reversal
 * only. A milestone is ready to be invoiced again.
 */
export function decideUnpartneredCredit(
  confirmation: ConfirmationFacts,
  { detail, corrected, milestone }: DetailFacts,
): DetailDecision | Refusal {
  if (corrected === null) throw new InternalError(`The detail ${detail.id} corrects no actual`);
  const wrong = milestone && refusalOf(MILESTONE_STATES, `The milestone ${milestone.name}`, milestone.invoiceStatus, 'credit');
  if (wrong) return wrong;
  return correctionOf(corrected, [billedReversalOf(confirmation, detail, corrected)], milestone?.id ?? null);
}
