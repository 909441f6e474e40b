import type { ProformaInvoiceLineDetail, Retainer } from '../../../entities/dataverse';
import { ZERO } from '../../../kernel/decimal';
import { refuseAny, type Refusal } from '../../../kernel/refusal';
import { addDetails } from '../../../stores/dataverse/proforma-invoice.store';
import {
  chargeableAndAppliedOf,
  lockAvailableRetainers,
  lockRetainersToRefund,
  sharesOf,
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
  const refunds = await addDecided(work, toRefund.map((balance) => decideRefund(facts, balance)));
  const available = await balancesOf(work, await lockAvailableRetainers(work, contract.id, payerId));
  const { chargeable, applied, appliedRetainerIds } = await chargeableAndAppliedOf(work, proformaInvoiceId);
  const applicable = available.filter(({ retainer }) => !appliedRetainerIds.has(retainer.id));
  const applications = await addDecided(work, decideApplications(facts, applicable, chargeable.minus(applied)));
  return [...refunds, ...applications];
}

async function addDecided(work: UnitOfWork, decided: readonly (DraftDetail | Refusal)[]): Promise<NewRow<ProformaInvoiceLineDetail>[]> {
  refuseAny(decided.filter((decision) => 'kind' in decision));
  const details = decided.filter((decision): decision is DraftDetail => 'detail' in decision).map(({ detail }) => detail);
  await addDetails(work, details);
  return details;
}

const NO_SHARES = { appliedOnDrafts: ZERO, amount: ZERO, tax: ZERO };

/** Locked retainers with the shares that are taken of them. */
export async function balancesOf(work: UnitOfWork, retainers: readonly Retainer[]): Promise<RetainerBalance[]> {
  const shares = await sharesOf(
    work,
    retainers.map(({ id }) => id),
  );
  return retainers.map((retainer) => {
    const { appliedOnDrafts, amount, tax } = shares.get(retainer.id) ?? NO_SHARES;
    return { retainer, appliedOnDrafts, left: { amount: retainer.amount.minus(amount), tax: retainer.tax.minus(tax) } };
  });
}
