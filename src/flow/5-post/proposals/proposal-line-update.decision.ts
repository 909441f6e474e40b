import type { InvoiceProposal, InvoiceProposalLine } from '../../../entities/finance';
import { sum, type Decimal } from '../../../kernel/decimal';
import { invalid, notFound, type Refusal } from '../../../kernel/refusal';
import type { FinanceSetup } from '../../../stores/finance/setup.store';
import { tooLargeAmong } from '../../4-import/amount-range.rules';
import { taxesOfLine, type InvoiceTerms } from './invoice-line.decision';
import { postingSetupOf } from '../posting-setup';

/** What finance changes of one proposal line (domain facts 6.7). Undefined leaves a group; null clears it, and the line is not taxed by it. */
export interface ProposalLineEdit {
  readonly lineId?: string | null;
  readonly lineNumber?: number | null;
  readonly salesTaxGroup?: string | null;
  readonly itemSalesTaxGroup?: string | null;
}

export type ChangedLine = Pick<InvoiceProposalLine, 'id' | 'salesTaxGroup' | 'itemSalesTaxGroup' | 'taxAmount' | 'version'>;

export interface ProposalLineUpdateDecision {
  /** Only the lines that really change. */
  readonly rows: readonly ChangedLine[];
  /** By how much the tax of the proposal changes. */
  readonly taxChange: Decimal;
  readonly refusals: readonly Refusal[];
}

export interface ProposalLineUpdateFacts {
  readonly proposal: InvoiceProposal;
  /** The lines that the edits name, in any order. */
  readonly lines: readonly InvoiceProposalLine[];
  readonly edits: readonly ProposalLineEdit[];
  readonly setup: FinanceSetup;
  readonly terms: Pick<InvoiceTerms, 'invoiceDate' | 'currencyDecimals'>;
}

/**
 * Decides new tax groups of proposal lines, all or none, and the tax of each anew. Refused, each with its path: a line that the proposal
 * does not have or that is named twice, a group that is not set up, and a credit, which keeps the groups of what it credits.
 */
export function decideProposalLineUpdate({ proposal, lines, edits, setup, terms }: ProposalLineUpdateFacts): ProposalLineUpdateDecision {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const byNumber = new Map(lines.map((line) => [line.lineNumber, line]));
  const postingSetup = postingSetupOf(setup, null, proposal.legalEntityId);
  const seen = new Set<string>();
  const refusals: Refusal[] = [];
  const changed: { before: InvoiceProposalLine; row: ChangedLine }[] = [];
  edits.forEach((edit, index) => {
    const path = (field: string) => ['input', 'lines', String(index), field];
    const line = edit.lineId ? byId.get(edit.lineId) : byNumber.get(edit.lineNumber ?? 0);
    const named = edit.lineId ? 'lineId' : 'lineNumber';
    if (!line) {
      refusals.push(notFound(`line of invoice proposal ${proposal.number}`, String(edit.lineId ?? edit.lineNumber ?? ''), path(named)));
      return;
    }
    if (seen.has(line.id)) refusals.push(invalid('INVALID_INPUT', `Line ${line.lineNumber} is named twice.`, path(named)));
    seen.add(line.id);
    const refused = groupRefusals(proposal, line, edit, setup, path);
    refusals.push(...refused);
    if (refused.length > 0) return;
    const groups = {
      salesTaxGroup: edit.salesTaxGroup === undefined ? line.salesTaxGroup : edit.salesTaxGroup || null,
      itemSalesTaxGroup: edit.itemSalesTaxGroup === undefined ? line.itemSalesTaxGroup : edit.itemSalesTaxGroup || null,
    };
    if (groups.salesTaxGroup === line.salesTaxGroup && groups.itemSalesTaxGroup === line.itemSalesTaxGroup) return;
    const { taxes, refusals: missing } = taxesOfLine({ ...line, ...groups }, terms, postingSetup);
    const taxAmount = sum(taxes.map((tax) => tax.taxAmount));
    const tooLarge = tooLargeAmong(`line ${line.lineNumber}`, { 'sales tax': taxAmount });
    refusals.push(...missing.map((refusal) => ({ ...refusal, path: ['input', 'lines', String(index)] })));
    if (tooLarge) refusals.push(invalid('AMOUNT_OUT_OF_RANGE', tooLarge, ['input', 'lines', String(index)]));
    changed.push({ before: line, row: { id: line.id, ...groups, taxAmount, version: line.version + 1 } });
  });
  return {
    rows: changed.map(({ row }) => row),
    taxChange: sum(changed.map(({ before, row }) => row.taxAmount.minus(before.taxAmount))),
    refusals,
  };
}

function groupRefusals(
  { legalEntityId }: InvoiceProposal,
  line: InvoiceProposalLine,
  { salesTaxGroup, itemSalesTaxGroup }: ProposalLineEdit,
  setup: FinanceSetup,
  path: (field: string) => string[],
): Refusal[] {
  const refusals: Refusal[] = [];
  const refuseField = (field: string, message: string): void => void refusals.push(invalid('INVALID_INPUT', message, path(field)));
  const isCredit = line.creditedInvoiceLineId !== null;
  for (const [field, group] of Object.entries({ salesTaxGroup, itemSalesTaxGroup })) {
    if (isCredit && group !== undefined) {
      refuseField(field, `Line ${line.lineNumber} is a credit: it keeps the tax groups of the invoice line that it credits.`);
    }
  }
  if (isCredit) return refusals;
  if (salesTaxGroup && !setup.hasSalesTaxGroup(legalEntityId, salesTaxGroup)) {
    refuseField('salesTaxGroup', `Sales tax group ${salesTaxGroup} does not exist in legal entity ${legalEntityId}.`);
  }
  if (itemSalesTaxGroup && !setup.hasItemSalesTaxGroup(legalEntityId, itemSalesTaxGroup)) {
    refuseField('itemSalesTaxGroup', `Item sales tax group ${itemSalesTaxGroup} does not exist in legal entity ${legalEntityId}.`);
  }
  return refusals;
}
