import { BulkConfirmationStatus, type BulkConfirmationItem, type ProformaInvoice } from '../../../entities/dataverse';
import { notFound, wrongState, type Refusal } from '../../../kernel/refusal';
import { PROFORMA_INVOICE_STATES } from '../../1-bill/draft/proforma-invoice.states';
import { refusalOf } from '../../1-bill/transition';

/** A proforma that a bulk confirmation names, and where its input does so. */
export interface NamedProforma {
  /** Null when no proforma has the number. */
  readonly proformaInvoiceId: string | null;
  /** The number by which it is named, if it is. */
  readonly number: string | null;
  readonly path: string[];
}

export interface ScheduleFacts {
  readonly runId: string;
  readonly now: string;
  readonly newId: () => string;
  /** The proformas that there are, locked. */
  readonly proformas: ReadonlyMap<string, ProformaInvoice>;
  /** Items of other bulk confirmations that are not through yet, by proforma. */
  readonly openItems: ReadonlyMap<string, BulkConfirmationItem>;
}

/** One item per named proforma: Scheduled, or Failed at once with the reason. A refused one leaves the others alone. */
export function decideSchedule(named: readonly NamedProforma[], facts: ScheduleFacts): BulkConfirmationItem[] {
  return named.map((one, position) => {
    const { proformaInvoiceId, number, path } = one;
    const refusal = refusalOfScheduling(one, facts);
    return {
      id: facts.newId(),
      runId: facts.runId,
      position,
      path,
      proformaInvoiceId,
      proformaInvoiceNumber: facts.proformas.get(proformaInvoiceId ?? '')?.number ?? number,
      status: refusal ? BulkConfirmationStatus.FAILED : BulkConfirmationStatus.SCHEDULED,
      finishedOn: refusal ? facts.now : null,
      refusals: refusal ? [refusal] : null,
      message: refusal?.message ?? null,
    };
  });
}

function refusalOfScheduling({ proformaInvoiceId, number, path }: NamedProforma, { proformas, openItems }: ScheduleFacts): Refusal | null {
  const id = proformaInvoiceId ?? '';
  const proforma = proformas.get(id);
  if (!proforma) return notFound('proforma invoice', number ?? id, path);
  const what = `The proforma ${proforma.number}`;
  const wrong = refusalOf(PROFORMA_INVOICE_STATES, what, proforma.status, 'confirm', path);
  if (wrong) return wrong;
  const open = openItems.get(id);
  if (!open) return null;
  const { SCHEDULED, COMPLETE, FAILED } = BulkConfirmationStatus;
  return {
    ...wrongState({
      what, from: BulkConfirmationStatus[open.status], to: BulkConfirmationStatus[SCHEDULED],
      allowed: [BulkConfirmationStatus[FAILED], BulkConfirmationStatus[COMPLETE]], path,
    }),
    message: `${what} is in a bulk confirmation already, which is not through with it yet.`,
  };
}
