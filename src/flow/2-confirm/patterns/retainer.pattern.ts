import {
  AdjustmentStatus,
  CONNECTION_ROLES,
  RECORD_TYPES,
  RetainerUse,
  TransactionType,
  type Actual,
  type ProformaInvoiceLineDetail,
  type Retainer,
} from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { InternalError, invalid, type Refusal } from '../../../kernel/refusal';
import { RETAINER_REFUND_STATES, RETAINER_STATES } from '../../1-bill/retainers/retainer.states';
import { refusalOf } from '../../1-bill/transition';
import { connection, invoiceDocuments, origins } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, DetailDecision } from '../detail-decision';
import { billedActualOf } from '../new-actuals';

/** What confirming a detail of a retainer adds, and the retainer afterwards: its next detail goes on from there. */
export interface RetainerDecision {
  readonly decision: DetailDecision;
  readonly retainer: Retainer;
}

/** D1 to D3 and refunds (domain facts 6.8, design 7.5): the unbilled sum of a retainer is always minus what is available of it. */
export function decideRetainer(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  retainer: Retainer,
): RetainerDecision | Refusal {
  switch (detail.retainerUse) {
    case RetainerUse.INVOICE:
      return decideInvoicing(confirmation, detail, retainer);
    case RetainerUse.APPLICATION:
      return decideApplication(confirmation, detail, retainer);
    case RetainerUse.REFUND:
      return decideRefunding(confirmation, detail, retainer);
    case null:
      throw new InternalError(`The detail ${detail.id} does not say what it does with the retainer ${retainer.id}`);
  }
}

/** D1: billed in full, and held in full as a negative unbilled actual. */
function decideInvoicing(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  retainer: Retainer,
): RetainerDecision | Refusal {
  const what = `The retainer ${retainer.id}`;
  const wrong = refusalOf(RETAINER_STATES, what, retainer.invoiceStatus, 'confirm');
  if (wrong) return wrong;
  if (!detail.amount.eq(retainer.amount)) return invalid('DETAIL_EDITED', `${what} is invoiced whole, not with ${detail.amount.toFixed()}.`);
  const invoiceStatus = RETAINER_STATES.table[retainer.invoiceStatus].confirm!;
  return moved(confirmation, detail, { ...retainer, invoiceStatus }, retainer.amount);
}

/** D2 and D3: a negative billed actual takes the applied amount off the customer's total. */
function decideApplication(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  retainer: Retainer,
): RetainerDecision | Refusal {
  const applied = detail.amount.neg();
  if (applied.isZero()) return { decision: NOTHING, retainer };
  const usedAmount = retainer.usedAmount.plus(applied);
  return moreThanAvailable(retainer, applied) ?? moved(confirmation, detail, { ...retainer, usedAmount }, applied.neg());
}

function decideRefunding(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  retainer: Retainer,
): RetainerDecision | Refusal {
  const wrong = refusalOf(RETAINER_REFUND_STATES, `The refund of the retainer ${retainer.id}`, retainer.refundStatus, 'confirmRefund');
  if (wrong) return wrong;
  const refunded = detail.amount.neg();
  const after: Retainer = {
    ...retainer,
    refundedAmount: retainer.refundedAmount.plus(refunded),
    refundAmount: ZERO,
    refundStatus: RETAINER_REFUND_STATES.table[retainer.refundStatus].confirmRefund!,
  };
  return moreThanAvailable(retainer, refunded) ?? moved(confirmation, detail, after, refunded.neg());
}

function moreThanAvailable(retainer: Retainer, amount: Decimal): Refusal | null {
  if (amount.lte(retainer.availableAmount)) return null;
  const { id, availableAmount } = retainer;
  return invalid('RETAINER_EXCEEDED', `The retainer ${id} has ${availableAmount.toFixed()} available, not ${amount.toFixed()}.`);
}

const NOTHING: DetailDecision = {
  actuals: [],
  connections: [],
  origins: [],
  invoicedActualId: null,
  adjustedActualIds: [],
  invoicedMilestoneId: null,
  creditedMilestoneId: null,
};

/**
 * Moves what is available by `change`: the billed actual is sent, the old balance is released whole and the new one held, both
 * unbilled and skipped by the sync.
 */
function moved(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  retainer: Retainer,
  change: Decimal,
): RetainerDecision {
  const before = retainer.availableAmount;
  const after = before.plus(change);
  const billed = billedActualOf(confirmation, detail, null);
  const released = before.isZero() ? null : unbilledOf(confirmation, billed, before);
  const held = after.isZero() ? null : unbilledOf(confirmation, billed, after.neg());
  const holder = held ?? { id: retainer.heldActualId!, skipSync: true };
  const { heldActualId } = retainer;
  const documents = [...invoiceDocuments(detail), { originId: retainer.id, originType: RECORD_TYPES.retainer }];
  const actuals = [...(released ? [released] : []), billed, ...(held ? [held] : [])];
  return {
    decision: {
      ...NOTHING,
      actuals,
      connections: [
        ...(released
          ? [connection(confirmation, { ...released, role: CONNECTION_ROLES.reversing }, heldEnd(heldActualId, CONNECTION_ROLES.original))]
          : []),
        connection(confirmation, { ...billed, role: CONNECTION_ROLES.billedSales }, { ...holder, role: CONNECTION_ROLES.unbilledSales }),
      ],
      origins: actuals.flatMap(({ id }) => origins(confirmation, id, documents)),
    },
    retainer: { ...retainer, availableAmount: after, heldActualId: held?.id ?? null },
  };
}

function heldEnd(heldActualId: string | null, role: string) {
  if (heldActualId === null) throw new InternalError('A retainer with something available has no actual that holds it');
  return { id: heldActualId, skipSync: true, role };
}

/** What the unbilled side holds or releases of a retainer: it never goes to finance and is never invoiced itself. */
function unbilledOf({ newId }: ConfirmationFacts, billed: Actual, amount: Decimal): Actual {
  return {
    ...billed,
    id: newId(),
    changeSetId: null,
    transactionType: TransactionType.UNBILLED_SALES,
    adjustmentStatus: AdjustmentStatus.UNADJUSTABLE,
    skipSync: true,
    quantity: billed.quantity.abs().times(amount.isNegative() ? -1 : 1),
    price: amount.abs(),
    amount,
    tax: ZERO,
  };
}
