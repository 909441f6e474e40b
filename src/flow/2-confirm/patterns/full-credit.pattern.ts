import { InternalError } from '../../../kernel/refusal';
import { billedReversalOf, correctionOf, replacementOf } from './correction-actuals';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';

/** E1 and E4: the billed actual is reversed, and what it billed is back in the backlog, open, as it was billed. */
export function decideFullCredit(confirmation: ConfirmationFacts, { detail, corrected }: DetailFacts): DetailDecision {
  if (corrected === null) throw new InternalError(`The detail ${detail.id} corrects no actual`);
  const { quantity, price, amount, tax } = corrected.billed;
  return correctionOf(corrected, [
    billedReversalOf(confirmation, detail, corrected),
    replacementOf(confirmation, detail, corrected, { quantity, price, amount, tax, isOpen: true }),
  ]);
}
