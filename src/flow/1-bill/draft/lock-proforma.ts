import type { ProformaInvoice } from '../../../entities/dataverse';
import { notFound, refuse, stale } from '../../../kernel/refusal';
import { lockProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import type { UnitOfWork } from '../../../stores/session';

/** Which proforma a command is about, and the version that the caller has read, if that matters to him. */
export interface ProformaInvoiceReference {
  readonly proformaInvoiceId: string;
  readonly expectedVersion?: number | null;
}

/** Locks the proforma of a command, or refuses it as unknown or changed meanwhile. */
export async function lockReferenced(work: UnitOfWork, reference: ProformaInvoiceReference): Promise<ProformaInvoice> {
  const { proformaInvoiceId, expectedVersion = null } = reference;
  const proforma = await lockProformaInvoice(work, proformaInvoiceId)
    ?? refuse(notFound('proforma invoice', proformaInvoiceId, ['input', 'proformaInvoiceId']));
  if (expectedVersion !== null && expectedVersion !== proforma.version) {
    refuse(stale(`The proforma ${proforma.number}`, expectedVersion, proforma.version, ['input', 'expectedVersion']));
  }
  return proforma;
}
