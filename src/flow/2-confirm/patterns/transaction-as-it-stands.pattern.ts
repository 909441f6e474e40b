import { CONNECTION_ROLES, type Actual } from '../../../entities/dataverse';
import { InternalError, invalid, type Refusal } from '../../../kernel/refusal';
import { BILLING_STATES } from '../../1-bill/billing-status.states';
import { refusalOf } from '../../1-bill/transition';
import { connection, invoiceDocuments, origins, workBehind } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, DetailDecision, DetailFacts } from '../detail-decision';
import { billedActualOf, reversalOf } from '../new-actuals';

/** The unbilled actual that a detail bills, or why it cannot be billed. */
export function billableSourceOf({ detail, source }: DetailFacts): Actual | Refusal {
  if (source === null) throw new InternalError(`The detail ${detail.id} bills no actual`);
  const what = `The actual ${source.id}`;
  if (source.adjustmentStatus !== null) return invalid('ADJUSTED', `${what} was adjusted since it was put on the proforma.`);
  return refusalOf(BILLING_STATES, what, source.billingStatus, 'confirm') ?? source;
}

/** A1 and B: the unbilled actual is reversed in full, and billed in full. */
export function decideTransaction(confirmation: ConfirmationFacts, facts: DetailFacts): DetailDecision | Refusal {
  const source = billableSourceOf(facts);
  if ('kind' in source) return source;
  const { detail, sourceOrigins } = facts;
  const reversal = reversalOf(confirmation, detail, source);
  const billed = billedActualOf(confirmation, detail, source);
  const work = workBehind(sourceOrigins);
  return {
    actuals: [reversal, billed],
    connections: [
      // Both ends have to be sent for finance to hear of a connection, and the reversal is not.
      connection(confirmation, { ...reversal, role: CONNECTION_ROLES.reversing }, { ...source, role: CONNECTION_ROLES.original }),
      connection(
        confirmation,
        { ...billed, role: CONNECTION_ROLES.billedSales },
        { ...source, role: CONNECTION_ROLES.unbilledSales },
      ),
    ],
    origins: [
      ...origins(confirmation, billed.id, [...invoiceDocuments(detail), ...work]),
      ...origins(confirmation, reversal.id, work),
    ],
    invoicedActualId: source.id,
    adjustedActualIds: [],
    invoicedMilestoneId: null,
    creditedMilestoneId: null,
  };
}
