import type { ProformaInvoice, ProjectContract } from '../../../entities/dataverse';
import { notFound, refuse, refuseStale } from '../../../kernel/refusal';
import { contractOfProforma, lockProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import { lockContracts } from '../../../stores/dataverse/project-contract.store';
import type { UnitOfWork } from '../../../stores/session';

/** Which proforma a command is about, and the version that the caller has read, if that matters to him. */
export interface ProformaInvoiceReference {
  readonly proformaInvoiceId: string;
  readonly expectedVersion?: number | null;
}

/** Locks the contract of a proforma: it is the root of its backlog, lines and limits, so it is locked before the proforma. */
export async function lockContractOf(work: UnitOfWork, { proformaInvoiceId }: ProformaInvoiceReference): Promise<ProjectContract> {
  const contractId = (await contractOfProforma(work, proformaInvoiceId))
    ?? refuse(notFound('proforma invoice', proformaInvoiceId, ['input', 'proformaInvoiceId']));
  return (await lockContracts(work, [contractId])).get(contractId)!;
}

/** Locks the proforma of a command, or refuses it as unknown or changed meanwhile. */
export async function lockReferenced(work: UnitOfWork, reference: ProformaInvoiceReference): Promise<ProformaInvoice> {
  const { proformaInvoiceId, expectedVersion = null } = reference;
  const proforma = await lockProformaInvoice(work, proformaInvoiceId)
    ?? refuse(notFound('proforma invoice', proformaInvoiceId, ['input', 'proformaInvoiceId']));
  refuseStale(`The proforma ${proforma.number}`, expectedVersion, proforma.version);
  return proforma;
}
