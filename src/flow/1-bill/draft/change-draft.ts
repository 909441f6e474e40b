import { ProformaInvoiceStatus, type ProformaInvoice, type ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { refuse, refuseAny, stale, wrongStateTo } from '../../../kernel/refusal';
import { changeProformaInvoice, linesOf, setLineTotals } from '../../../stores/dataverse/proforma-invoice.store';
import type { UnitOfWork } from '../../../stores/session';
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
  const message = `The proforma ${number} is ${from}: line details can be changed only on a DRAFT.`;
  return refuse(wrongStateTo({ what: `The proforma ${number}`, from, done: 'edited', allowed: ['DRAFT'], path, message }));
}

type Counted = CountedDetail & Pick<ProformaInvoiceLineDetail, 'lineId'>;

/** Details as they were and as they are now; an added one only is, a removed one only was. */
export interface DetailChanges {
  readonly before: readonly Counted[];
  readonly after: readonly Counted[];
}

/** What details add to the totals of their lines. */
export function totalsOf(details: readonly Counted[], totals = new Map<string, ProformaTotals>()): Map<string, ProformaTotals> {
  for (const detail of details) totals.set(detail.lineId, withDetail(totals.get(detail.lineId) ?? NO_TOTALS, detail));
  return totals;
}

/** Moves the totals on by what changed of the details: see `addToTotals`. */
export async function moveTotals(
  work: UnitOfWork,
  proforma: ProformaInvoice,
  { before, after }: DetailChanges,
  changes: Partial<ProformaInvoice> = {},
): Promise<void> {
  const added = totalsOf(after);
  for (const detail of before) added.set(detail.lineId, withoutDetail(added.get(detail.lineId) ?? NO_TOTALS, detail));
  await addToTotals(work, proforma, added, changes);
}

/**
 * Moves the totals of lines and header on by what is added to each line, without reading the details that are there, and bumps the
 * header's version. Who calls this holds the proforma's lock.
 */
export async function addToTotals(
  work: UnitOfWork,
  proforma: ProformaInvoice,
  added: ReadonlyMap<string, ProformaTotals>,
  changes: Partial<ProformaInvoice> = {},
): Promise<void> {
  const lines = (await linesOf(work, proforma.id)).map((line) => {
    const own = added.get(line.id);
    return { line, totals: own ? sumOfTotals([line, own]) : sumOfTotals([line]) };
  });
  const total = sumOfTotals(lines.map(({ totals }) => totals));
  refuseAny([total, ...lines.map(({ totals }) => totals)].flatMap((one) => refusalOfTotals(one) ?? []));
  await setLineTotals(
    work,
    lines
      .filter(({ line }) => added.has(line.id))
      .map(({ line, totals }) => ({
        ...totals,
        id: line.id,
        extendedAmount: extendedAmountOf(totals),
        version: line.version + 1,
      })),
  );
  const changed = await changeProformaInvoice(work, proforma, { ...total, totalAmount: extendedAmountOf(total), ...changes });
  if (!changed) refuse(stale(`The proforma ${proforma.number}`, null, null));
}
