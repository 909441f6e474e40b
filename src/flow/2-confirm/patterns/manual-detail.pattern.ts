import { BillingMethod } from '../../../entities/dataverse';
import { InternalError } from '../../../kernel/refusal';
import { billAnew, type NewRows } from './billed-anew';
import { invoiceDocuments, origins } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';
import { billedActualOf } from '../new-actuals';

/** A4: on a time and material line a manual detail is unbilled, reversed and billed. C2: on a fixed-price line it is billed only. */
export function decideManualDetail(confirmation: ConfirmationFacts, facts: DetailFacts): DetailDecision {
  const billingMethod = confirmation.billingMethods.get(facts.detail.lineId);
  if (billingMethod === undefined) throw new InternalError(`The detail ${facts.detail.id} is on no line of the proforma`);
  const { actuals, connections, origins: from } =
    billingMethod === BillingMethod.FIXED_PRICE ? billedOnly(confirmation, facts) : billAnew(confirmation, facts.detail, null, []);
  return { actuals, connections, origins: from, invoicedActualId: null, adjustedActualIds: [], invoicedMilestoneId: null, creditedMilestoneId: null };
}

function billedOnly(confirmation: ConfirmationFacts, { detail }: DetailFacts): NewRows {
  const billed = billedActualOf(confirmation, detail, null);
  return { actuals: [billed], connections: [], origins: origins(confirmation, billed.id, invoiceDocuments(detail)) };
}
