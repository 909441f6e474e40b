import type { ProformaInvoiceLineDetail, Retainer } from '../../../entities/dataverse';
import { ZERO } from '../../../kernel/decimal';
import { refuseAny } from '../../../kernel/refusal';
import { addDetails } from '../../../stores/dataverse/proforma-invoice.store';
import {
  appliedOnDrafts,
  chargeableAndAppliedOf,
  lockAvailableRetainers,
  lockRetainersToRefund,
} from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';
import type { DraftDetail, NewRow } from '../draft/draft.decision';
import { decideApplications, decideRefund, type RetainerBalance, type RetainerDetailFacts } from './retainer-detail.decision';

/**
 * Puts the refunds that are asked for on a draft, and lets the available retainers of its contract and customer pay for its
 * chargeable transactions. Retainers that the draft applies already keep the amount that somebody gave them. The draft's
 * transactions are written by then; the new details are returned for its totals.
 */
export async function payWithRetainers(
  work: UnitOfWork,
  facts: RetainerDetailFacts,
): Promise<readonly NewRow<ProformaInvoiceLineDetail>[]> {
  const { contract, payerId, proformaInvoiceId } = facts;
  const toRefund = await balancesOf(work, await lockRetainersToRefund(work, contract.id, payerId));
  const available = await balancesOf(work, await lockAvailableRetainers(work, contract.id, payerId));
  const { chargeable, applied, appliedRetainerIds } = await chargeableAndAppliedOf(work, proformaInvoiceId);
  const applicable = available.filter(({ retainer }) => !appliedRetainerIds.has(retainer.id));
  const decided = [
    ...toRefund.map((balance) => decideRefund(facts, balance)),
    ...decideApplications(facts, applicable, chargeable.minus(applied)),
  ];
  refuseAny(decided.filter((decision) => 'kind' in decision));
  const details = decided.filter((decision): decision is DraftDetail => 'detail' in decision).map(({ detail }) => detail);
  await addDetails(work, details);
  return details;
}

/** Locked retainers with what drafts apply of them. */
export async function balancesOf(work: UnitOfWork, retainers: readonly Retainer[]): Promise<RetainerBalance[]> {
  const applied = await appliedOnDrafts(
    work,
    retainers.map(({ id }) => id),
  );
  return retainers.map((retainer) => ({ retainer, appliedOnDrafts: applied.get(retainer.id) ?? ZERO }));
}
