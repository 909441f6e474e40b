import { RECORD_TYPES } from '../../../entities/dataverse';
import { InternalError, type Refusal } from '../../../kernel/refusal';
import { MILESTONE_STATES } from '../../1-bill/milestone.states';
import { refusalOf } from '../../1-bill/transition';
import { invoiceDocuments, origins } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';
import { billedActualOf } from '../new-actuals';

/** C1: a billed actual only. */
export function decideMilestone(confirmation: ConfirmationFacts, { detail, milestone }: DetailFacts): DetailDecision | Refusal {
  if (milestone === null) throw new InternalError(`The detail ${detail.id} bills no milestone`);
  const wrong = refusalOf(MILESTONE_STATES, `The milestone ${milestone.name}`, milestone.invoiceStatus, 'confirm');
  if (wrong) return wrong;
  const billed = billedActualOf(confirmation, detail, null);
  return {
    actuals: [billed],
    connections: [],
    origins: origins(confirmation, billed.id, [
      ...invoiceDocuments(detail),
      { originId: milestone.id, originType: RECORD_TYPES.milestone },
    ]),
    invoicedActualId: null,
    adjustedActualIds: [],
    invoicedMilestoneId: milestone.id,
    creditedMilestoneId: null,
  };
}
