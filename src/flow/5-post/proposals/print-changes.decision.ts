import type { InvoiceFormat, InvoiceProposal } from '../../../entities/finance';
import { invalid, type Refusal } from '../../../kernel/refusal';
import { problemOfFormatChoice } from '../../managed-format.rules';

/** How finance wants an invoice printed. Undefined leaves a value; null clears it. */
export interface PrintChanges {
  readonly invoiceFormat?: InvoiceFormat | null;
  readonly managedInvoiceFormatId?: string | null;
  readonly textBefore?: string | null;
  readonly textAfter?: string | null;
}

const TEXT_LENGTH_MAX = 1000;

export interface PrintDecision {
  /** Only what really changes. */
  readonly changes: Partial<Pick<InvoiceProposal, keyof PrintChanges>>;
  readonly refusals: readonly Refusal[];
}

/** The managed format that a proposal would have after an edit: another format than *Manage invoice* drops it. */
export function managedFormatAfter(proposal: InvoiceProposal, input: PrintChanges): string | null {
  const isOther = input.invoiceFormat !== undefined && input.managedInvoiceFormatId === undefined && input.invoiceFormat !== proposal.invoiceFormat;
  if (isOther) return null;
  return (input.managedInvoiceFormatId === undefined ? proposal.managedInvoiceFormatId : input.managedInvoiceFormatId) || null;
}

/** Decides how an open proposal's invoice is to be printed. `isManagedFormatKnown`: whether the legal entity has the format after the edit. */
export function decidePrintChanges(proposal: InvoiceProposal, input: PrintChanges, isManagedFormatKnown: boolean): PrintDecision {
  const wanted = {
    invoiceFormat: input.invoiceFormat === undefined ? proposal.invoiceFormat : input.invoiceFormat,
    managedInvoiceFormatId: managedFormatAfter(proposal, input),
    textBefore: input.textBefore === undefined ? proposal.textBefore : input.textBefore || null,
    textAfter: input.textAfter === undefined ? proposal.textAfter : input.textAfter || null,
  };
  const changes = Object.fromEntries(Object.entries(wanted).filter(([field, value]) => value !== proposal[field as keyof PrintChanges]));
  const refusals: Refusal[] = [];
  const refuseField = (field: keyof PrintChanges, message: string) => refusals.push(invalid('INVALID_INPUT', message, ['input', field]));
  const problem = problemOfFormatChoice(wanted.invoiceFormat, wanted.managedInvoiceFormatId);
  if (problem) refuseField('managedInvoiceFormatId', `The format of an invoice: ${problem}.`);
  if (wanted.managedInvoiceFormatId !== null && !isManagedFormatKnown) {
    refuseField('managedInvoiceFormatId', `Invoice format ${wanted.managedInvoiceFormatId} does not exist in legal entity ${proposal.legalEntityId}.`);
  }
  for (const field of ['textBefore', 'textAfter'] as const) {
    if ((wanted[field]?.length ?? 0) > TEXT_LENGTH_MAX) refuseField(field, `A text of an invoice has at most ${TEXT_LENGTH_MAX} characters.`);
  }
  return { changes, refusals };
}
