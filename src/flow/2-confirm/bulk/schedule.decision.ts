import { BulkConfirmationStatus, type BulkConfirmationItem, type ProformaInvoice } from '../../../entities/dataverse';
import { notFound, wrongState, type Refusal } from '../../../kernel/refusal';
import { PROFORMA_INVOICE_STATES } from '../../1-bill/draft/proforma-invoice.states';
import { refusalOf } from '../../1-bill/transition';

/** A proforma that a bulk confirmation names, and where its input does so. */
export interface NamedProforma {
  readonly proformaInvoiceId: string;
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
  return named.map(({ proformaInvoiceId, path }, position) => {
    const refusal = refusalOfScheduling(proformaInvoiceId, path, facts);
    return {
      id: facts.newId(),
      runId: facts.runId,
      position,
      path,
      proformaInvoiceId,
      proformaInvoiceNumber: facts.proformas.get(proformaInvoiceId)?.number ?? null,
      status: refusal ? BulkConfirmationStatus.FAILED : BulkConfirmationStatus.SCHEDULED,
      finishedOn: refusal ? facts.now : null,
      refusals: refusal ? [refusal] : null,
      message: refusal?.message ?? null,
    };
  });
}

function refusalOfScheduling(id: string, path: string[], { proformas, openItems }: ScheduleFacts): Refusal | null {
  const proforma = proformas.get(id);
  if (!proforma) return notFound('proforma invoice', id, path);
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
