import type { CommandContext } from '../../../context';
import { InvoiceState, type ProformaInvoice } from '../../../entities/dataverse';
import { refuse, stale } from '../../../kernel/refusal';
import { changeProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import { runCommand, type CommandRequest } from '../../command';
import { lockReferenced, type ProformaInvoiceReference } from './lock-proforma';
import { PROFORMA_INVOICE_STATES, type ProformaInvoiceAction } from './proforma-invoice.states';
import { refusalOf } from '../transition';

export interface MoveProformaInvoiceOutcome {
  readonly proformaInvoiceId: string;
}

type Move = (
  context: CommandContext, input: ProformaInvoiceReference, request: CommandRequest,
) => Promise<MoveProformaInvoiceOutcome>;

function moveBy(action: ProformaInvoiceAction, changes: Partial<ProformaInvoice> = {}): Move {
  return (context, input, request) =>
    runCommand(context, request, async (work) => {
      const proforma = await lockReferenced(work, input);
      const what = `The proforma ${proforma.number}`;
      const wrong = refusalOf(PROFORMA_INVOICE_STATES, what, proforma.status, action, ['input', 'proformaInvoiceId']);
      if (wrong) refuse(wrong);
      const status = PROFORMA_INVOICE_STATES.table[proforma.status][action]!;
      if (!(await changeProformaInvoice(work, proforma, { ...changes, status }))) refuse(stale(what, null, null));
      return { proformaInvoiceId: proforma.id };
    });
}

/** Gives a draft to its reviewers: from then on only its header can be edited, until it is returned or confirmed. */
export const submitProformaInvoiceForReview: Move = moveBy('submitForReview');

/** Takes a proforma back from its reviewers. */
export const returnProformaInvoiceToDraft: Move = moveBy('returnToDraft');

/** Marks a confirmed or posted proforma as paid (state Paid); a customer invoice that is posted later leaves it so. */
export const markProformaInvoicePaid: Move = moveBy('markPaid', { state: InvoiceState.PAID });
