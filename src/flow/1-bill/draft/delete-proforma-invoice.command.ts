import type { CommandContext } from '../../../context';
import { ProformaInvoiceStatus, type ProformaInvoice } from '../../../entities/dataverse';
import { refuse, stale, wrongStateTo } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import { deleteProformaInvoiceRow, detailsOf } from '../../../stores/dataverse/proforma-invoice.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { lockReferenced, type ProformaInvoiceReference } from './lock-proforma';
import { UNCONFIRMED_STATUSES } from './proforma-invoice.states';
import { returnDetailsToBacklog } from './return-details';

export type DeleteProformaInvoiceInput = ProformaInvoiceReference;

export interface DeleteProformaInvoiceOutcome {
  readonly proformaInvoiceId: string;
  readonly number: string;
  /** How many actuals, milestones and retainers went back to the backlog. */
  readonly returnedTransactionCount: number;
}

/**
 * Deletes a proforma that was not confirmed yet; its transactions go back to the backlog, ready to invoice. It was never
 * synced, so finance knows nothing of it. A confirmed one is refused: it is corrected, not deleted (domain facts 6.3).
 */
export async function deleteProformaInvoice(
  context: CommandContext, input: DeleteProformaInvoiceInput, request: CommandRequest,
): Promise<DeleteProformaInvoiceOutcome> {
  return runCommand(context, request, async (work) => {
    const proforma = await lockReferenced(work, input);
    if (!UNCONFIRMED_STATUSES.includes(proforma.status)) refuse(refusalOfConfirmed(proforma));
    const returnedTransactionCount = await returnDetails(work, proforma);
    if (!await deleteProformaInvoiceRow(work, proforma)) refuse(stale(`The proforma ${proforma.number}`, null, null));
    return { proformaInvoiceId: proforma.id, number: proforma.number, returnedTransactionCount };
  });
}

function refusalOfConfirmed({ number, status }: ProformaInvoice) {
  const from = ProformaInvoiceStatus[status];
  const allowed = UNCONFIRMED_STATUSES.map((unconfirmed) => ProformaInvoiceStatus[unconfirmed]);
  const message = `The proforma ${number} is ${from}: a confirmed proforma is corrected by another one, not deleted.`;
  return wrongStateTo({ what: `The proforma ${number}`, from, done: 'deleted', allowed, path: ['input', 'proformaInvoiceId'], message });
}

async function returnDetails(work: UnitOfWork, proforma: ProformaInvoice): Promise<number> {
  const breath = breather();
  let returned = 0;
  const next = (after: string | null) => detailsOf(work, proforma.id, { after, limit: CHUNK_ROWS });
  for (let chunk = await next(null); chunk.length > 0; chunk = await next(chunk[chunk.length - 1]!.id)) {
    returned += await returnDetailsToBacklog(work, proforma, chunk);
    await breath();
  }
  return returned;
}
