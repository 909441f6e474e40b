import { NoYes, type InvoiceProposal } from '../../../entities/finance';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { FinanceSetup } from '../../../stores/finance/setup.store';
import { isCalendarDate } from '../calendar-date.rules';
import { customerInvoiceDateOf } from './invoice-header.decision';
import { DEFAULT_DIMENSION_LENGTH_MAX } from '../default-dimension.limits';

/** What finance may change of a proposal. Undefined leaves a value; null clears it, so that it is found anew at posting. */
export interface ProposalChanges {
  readonly salesTaxGroup?: string | null;
  readonly dueDate?: string | null;
  readonly invoiceDate?: string | null;
  readonly paymentTerms?: string | null;
  readonly postingProfile?: string | null;
  readonly defaultDimension?: string | null;
}

const EDITABLE = ['salesTaxGroup', 'dueDate', 'invoiceDate', 'paymentTerms', 'postingProfile', 'defaultDimension'] as const;

export interface ProposalUpdateDecision {
  /** Only what really changes. */
  readonly changes: Partial<Pick<InvoiceProposal, (typeof EDITABLE)[number]>>;
  readonly recomputesTax: boolean;
  readonly refusals: readonly Refusal[];
}

/**
 * Decides an edit of an open proposal. A new invoice date or new terms of payment drop a due date that was set by hand, unless
 * the same edit gives one (domain facts 7.3).
 */
export function decideProposalUpdate(
  proposal: InvoiceProposal,
  input: ProposalChanges,
  setup: FinanceSetup,
): ProposalUpdateDecision {
  const changes: { -readonly [Key in (typeof EDITABLE)[number]]?: string | null } = {};
  for (const field of EDITABLE) {
    const value = input[field] === '' ? null : input[field];
    if (value !== undefined && value !== proposal[field]) changes[field] = value;
  }
  const movesDueDate = changes.invoiceDate !== undefined || changes.paymentTerms !== undefined;
  if (movesDueDate && input.dueDate === undefined && proposal.dueDate !== null) changes.dueDate = null;
  return {
    changes,
    recomputesTax: changes.salesTaxGroup !== undefined || changes.invoiceDate !== undefined,
    refusals: refusalsOf(proposal, changes, setup),
  };
}

function refusalsOf(proposal: InvoiceProposal, changes: ProposalChanges, setup: FinanceSetup): Refusal[] {
  const { legalEntityId } = proposal;
  const refusals: Refusal[] = [];
  const refuseField = (field: keyof ProposalChanges, message: string): void => {
    refusals.push(invalid('INVALID_INPUT', message, ['input', field]));
  };
  const { salesTaxGroup, dueDate, invoiceDate, paymentTerms, postingProfile, defaultDimension } = changes;
  for (const [field, date] of [
    ['invoiceDate', invoiceDate],
    ['dueDate', dueDate],
  ] as const) {
    if (date && !isCalendarDate(date)) refuseField(field, `${date} is not a date.`);
  }
  if (refusals.length > 0) return refusals;
  const effective = customerInvoiceDateOf({ ...proposal, ...(invoiceDate !== undefined && { invoiceDate }) }, null);
  if (dueDate && dueDate < effective) refuseField('dueDate', `The due date ${dueDate} is before the invoice date ${effective}.`);
  if (salesTaxGroup && !setup.hasSalesTaxGroup(legalEntityId, salesTaxGroup)) {
    refuseField('salesTaxGroup', `Sales tax group ${salesTaxGroup} does not exist in legal entity ${legalEntityId}.`);
  }
  if (paymentTerms && !setup.paymentTerms(legalEntityId, paymentTerms)) {
    refuseField('paymentTerms', `Terms of payment ${paymentTerms} do not exist in legal entity ${legalEntityId}.`);
  }
  if (postingProfile && !setup.customerPostingProfile(legalEntityId, postingProfile)) {
    refuseField('postingProfile', `Customer posting profile ${postingProfile} does not exist in legal entity ${legalEntityId}.`);
  }
  if (defaultDimension && setup.parameters(legalEntityId)?.allowInvoiceHeaderDimensions !== NoYes.YES) {
    refuseField('defaultDimension', `The project parameters of ${legalEntityId} do not allow dimensions on the header of a proposal.`);
  }
  if (defaultDimension && defaultDimension.length > DEFAULT_DIMENSION_LENGTH_MAX) {
    refuseField('defaultDimension', `A default dimension has at most ${DEFAULT_DIMENSION_LENGTH_MAX} characters.`);
  }
  return refusals;
}
