import { RetainerUse, type ProformaInvoice, type ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { refuse, stale } from '../../../kernel/refusal';
import { moveBillingStatus, moveMilestoneStatus } from '../../../stores/dataverse/billing-backlog.store';
import { deleteDetails } from '../../../stores/dataverse/proforma-invoice.store';
import { moveRetainerStatus } from '../../../stores/dataverse/retainer.store';
import { deleteDetailConnections } from '../../../stores/dataverse/transaction-link.store';
import type { UnitOfWork } from '../../../stores/session';
import { BILLING_STATES } from '../billing-status.states';
import { MILESTONE_STATES } from '../milestone.states';
import { RETAINER_STATES } from '../retainers/retainer.states';
import { moveOf } from '../transition';

/** Takes details off a draft. What they bill is back in the backlog, ready; says how many transactions that were. */
export async function returnDetailsToBacklog(
  work: UnitOfWork,
  proforma: ProformaInvoice,
  details: readonly ProformaInvoiceLineDetail[],
): Promise<number> {
  const returned = await returnTransactions(work, proforma, details);
  const detailIds = details.map((detail) => detail.id);
  await deleteDetailConnections(work, detailIds);
  await deleteDetails(work, detailIds);
  return returned;
}

async function returnTransactions(
  work: UnitOfWork, proforma: ProformaInvoice, details: readonly ProformaInvoiceLineDetail[],
): Promise<number> {
  // A correction takes nothing from the backlog, so it returns nothing: the milestone that it credits stays invoiced.
  const billing = details.filter((detail) => !detail.isCorrection);
  const actualIds = billing.flatMap((detail) => detail.unbilledActualId ?? []);
  const milestoneIds = billing.flatMap((detail) => detail.milestoneId ?? []);
  const retainerIds = billing.flatMap(({ retainerId, retainerUse }) => (retainerUse === RetainerUse.INVOICE ? (retainerId ?? []) : []));
  const actuals = await moveBillingStatus(work, actualIds, ...moveOf(BILLING_STATES, 'removeFromProforma'));
  const milestones = await moveMilestoneStatus(work, milestoneIds, ...moveOf(MILESTONE_STATES, 'removeFromProforma'));
  // An application holds its amount by being on a draft; a refund that was asked for holds it until it is canceled.
  const retainers = await moveRetainerStatus(work, retainerIds, ...moveOf(RETAINER_STATES, 'removeFromProforma'));
  if (actuals !== actualIds.length || milestones !== milestoneIds.length || retainers !== retainerIds.length) {
    refuse(stale(`A transaction of the proforma ${proforma.number}`, null, null));
  }
  return actuals + milestones + retainers;
}
