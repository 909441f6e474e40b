import type { ProformaInvoice, ProformaInvoiceLineDetail, Retainer } from '../../entities/dataverse';
import { InternalError, invalid, refuse, refuseAny, stale, type Refusal } from '../../kernel/refusal';
import { chargeableAndAppliedOf, changeRetainer, lockRetainers } from '../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../stores/session';
import type { ConfirmationFacts, DetailDecision } from './detail-decision';
import { decideRetainer } from './patterns/retainer.pattern';

/**
 * Decides the details of retainers in their order, because two of them may move the same retainer, and moves the retainers on.
 * The decisions are the caller's to write.
 */
export async function confirmRetainers(
  work: UnitOfWork,
  confirmation: ConfirmationFacts,
  details: readonly ProformaInvoiceLineDetail[],
): Promise<DetailDecision[]> {
  const before = await lockRetainers(
    work,
    details.flatMap(({ retainerId }) => retainerId ?? []),
  );
  const after = new Map(before);
  const decisions: DetailDecision[] = [];
  const refusals: Refusal[] = [];
  for (const detail of details) {
    const decided = decideRetainer(confirmation, detail, foundIn(after, detail));
    if ('kind' in decided) refusals.push(decided);
    else {
      after.set(decided.retainer.id, decided.retainer);
      decisions.push(decided.decision);
    }
  }
  refuseAny(refusals);
  for (const [id, retainer] of after) await move(work, before.get(id)!, retainer);
  return decisions;
}

function foundIn(retainers: ReadonlyMap<string, Retainer>, { id, retainerId }: ProformaInvoiceLineDetail): Retainer {
  const retainer = retainers.get(retainerId ?? '');
  if (!retainer) throw new InternalError(`The detail ${id} has no retainer`);
  return retainer;
}

async function move(work: UnitOfWork, before: Retainer, after: Retainer): Promise<void> {
  if (after === before) return;
  const { invoiceStatus, usedAmount, refundedAmount, availableAmount, refundStatus, refundAmount, heldActualId } = after;
  const changes = { invoiceStatus, usedAmount, refundedAmount, availableAmount, refundStatus, refundAmount, heldActualId };
  if (!(await changeRetainer(work, before, changes))) refuse(stale(`The retainer ${before.id}`, null, null));
}

/** Refuses a proforma whose retainers pay more than its chargeable transactions are by now. */
export async function refuseOverpaid(work: UnitOfWork, { id, number }: ProformaInvoice): Promise<void> {
  const { chargeable, applied } = await chargeableAndAppliedOf(work, id);
  if (applied.lte(0) || applied.lte(chargeable)) return;
  refuse(
    invalid(
      'RETAINERS_EXCEED_CHARGEABLE',
      `The proforma ${number} applies ${applied.toFixed()} of retainers to chargeable transactions of ${chargeable.toFixed()}; apply less.`,
      ['input', 'proformaInvoiceId'],
    ),
  );
}
