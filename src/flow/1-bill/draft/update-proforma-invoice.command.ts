import type { CommandContext } from '../../../context';
import { tableOf } from '../../../entities/columns';
import { ProformaInvoice, ProformaInvoiceStatus } from '../../../entities/dataverse';
import { invalid, refuse, refuseAny, stale, wrongStateTo, type Refusal } from '../../../kernel/refusal';
import { changeProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import { runCommand, type CommandRequest } from '../../command';
import { lockReferenced, type ProformaInvoiceReference } from './lock-proforma';
import { UNCONFIRMED_STATUSES } from './proforma-invoice.states';

/** The fields of a header that can be edited before confirmation (domain facts 1.1). */
export const HEADER_FIELDS = [
  'name', 'description', 'invoiceDate', 'dueDate', 'accountingDate',
  'billToName', 'billToLine1', 'billToLine2', 'billToLine3', 'billToCity', 'billToStateOrProvince', 'billToPostalCode', 'billToCountry',
] as const;

export type HeaderEdit = Partial<Pick<ProformaInvoice, (typeof HEADER_FIELDS)[number]>>;
export type UpdateProformaInvoiceInput = ProformaInvoiceReference & {
  /** A name that is null, and what is left out, stays; null empties every other field. */
  readonly [Field in keyof HeaderEdit]?: string | null;
};

/** Edits the header of a proforma that is not confirmed yet, in review as well. */
export async function updateProformaInvoice(
  context: CommandContext,
  input: UpdateProformaInvoiceInput,
  request: CommandRequest,
): Promise<{ readonly proformaInvoiceId: string }> {
  return runCommand(context, request, async (work) => {
    const changes = editOf(input);
    refuseAny(refusalsOfEdit(changes));
    const proforma = await lockReferenced(work, input);
    if (!UNCONFIRMED_STATUSES.includes(proforma.status)) refuse(refusalOfConfirmed(proforma));
    if (!(await changeProformaInvoice(work, proforma, changes))) refuse(stale(`The proforma ${proforma.number}`, null, null));
    return { proformaInvoiceId: proforma.id };
  });
}

function editOf(input: UpdateProformaInvoiceInput): HeaderEdit {
  const given = HEADER_FIELDS.filter((field) => input[field] !== undefined && !(field === 'name' && input.name === null));
  return Object.fromEntries(given.map((field) => [field, input[field]]));
}

function refusalsOfEdit(changes: HeaderEdit): Refusal[] {
  const fields = Object.keys(changes) as (keyof HeaderEdit)[];
  if (fields.length === 0) return [invalid('INVALID_INPUT', 'Nothing of the proforma is to be changed.', ['input'])];
  return fields.flatMap((field) => {
    const text = changes[field] ?? '';
    const { length } = tableOf(ProformaInvoice).property(field);
    if (field === 'name' && text.trim() === '') return [invalid('INVALID_INPUT', 'A proforma needs a name.', ['input', field])];
    if (length === undefined || text.length <= length) return [];
    return [invalid('INVALID_INPUT', `The ${field} has ${text.length} characters; ${length} is the most.`, ['input', field])];
  });
}

function refusalOfConfirmed({ number, status }: ProformaInvoice): Refusal {
  const from = ProformaInvoiceStatus[status];
  const allowed = UNCONFIRMED_STATUSES.map((unconfirmed) => ProformaInvoiceStatus[unconfirmed]);
  const message = `The proforma ${number} is ${from}: a confirmed proforma is read-only.`;
  return wrongStateTo({ what: `The proforma ${number}`, from, done: 'edited', allowed, path: ['input', 'proformaInvoiceId'], message });
}
