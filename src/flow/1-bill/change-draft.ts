import { ProformaInvoiceStatus, type ProformaInvoice, type ProformaInvoiceLineDetail } from '../../entities/dataverse';
import { refuse, refuseAny, stale, wrongState } from '../../kernel/refusal';
import { changeProformaInvoice, linesOf, setLineTotals } from '../../stores/dataverse/proforma-invoice.store';
import type { UnitOfWork } from '../../stores/session';
import { lockReferenced, type ProformaInvoiceReference } from './lock-proforma';
import {
  extendedAmountOf,
  NO_TOTALS,
  refusalOfTotals,
  sumOfTotals,
  withDetail,
  withoutDetail,
  type CountedDetail,
  type ProformaTotals,
} from './proforma-totals';

/** Locks a proforma whose details are to be changed. Only a draft's can be: in review only the header (domain facts 1.3). */
export async function lockDraft(work: UnitOfWork, reference: ProformaInvoiceReference): Promise<ProformaInvoice> {
  const proforma = await lockReferenced(work, reference);
  const { number, status } = proforma;
  if (status === ProformaInvoiceStatus.DRAFT) return proforma;
  const from = ProformaInvoiceStatus[status];
  const path = ['input', 'proformaInvoiceId'];
  return refuse({
    ...wrongState({ what: `The proforma ${number}`, from, to: 'EDITED', allowed: ['DRAFT'], path }),
    message: `The proforma ${number} is ${from}: line details can be changed only on a DRAFT.`,
  });
}

type Counted = CountedDetail & Pick<ProformaInvoiceLineDetail, 'lineId'>;

/** Details as they were and as they are now; an added one only is, a removed one only was. */
export interface DetailChanges {
  readonly before: readonly Counted[];
  readonly after: readonly Counted[];
}

/**
 * Moves the totals of lines and header on by what changed of their details, without reading the others, and bumps the header's
 * version. Who calls this holds the proforma's lock.
 */
export async function moveTotals(work: UnitOfWork, proforma: ProformaInvoice, { before, after }: DetailChanges): Promise<void> {
  const lines = await linesOf(work, proforma.id);
  const totals = new Map<string, ProformaTotals>(lines.map((line) => [line.id, line]));
  for (const detail of before) totals.set(detail.lineId, withoutDetail(totals.get(detail.lineId) ?? NO_TOTALS, detail));
  for (const detail of after) totals.set(detail.lineId, withDetail(totals.get(detail.lineId) ?? NO_TOTALS, detail));
  const total = sumOfTotals(totals.values());
  refuseAny([total, ...totals.values()].flatMap((one) => refusalOfTotals(one) ?? []));
  const touched = new Set([...before, ...after].map((detail) => detail.lineId));
  await setLineTotals(
    work,
    lines
      .filter((line) => touched.has(line.id))
      .map((line) => {
        const { chargeableAmount, nonChargeableAmount, complimentaryAmount, tax } = totals.get(line.id)!;
        const extendedAmount = extendedAmountOf(totals.get(line.id)!);
        const version = line.version + 1;
        return { id: line.id, chargeableAmount, nonChargeableAmount, complimentaryAmount, tax, extendedAmount, version };
      }),
  );
  const changed = await changeProformaInvoice(work, proforma, { ...total, totalAmount: extendedAmountOf(total) });
  if (!changed) refuse(stale(`The proforma ${proforma.number}`, null, null));
}
