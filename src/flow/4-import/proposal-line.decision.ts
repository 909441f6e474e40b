import {
  NoYes, ProjOrigin, type InvoiceProposal, type InvoiceProposalLine, type LineProperty, type OnAccountTransaction, type StagedActual,
} from '../../entities/finance';
import { ZERO, type Decimal } from '../../kernel/decimal';
import type { CreditedLine } from '../../stores/finance/import-proposal.store';
import type { FinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import { defaultsOf, type DefaultingSubject, type ImportProblem } from './defaulting.rules';
import { tooLargeAmong } from './amount-range.rules';
import { salesTaxOf } from './sales-tax.rules';

/** The groups of an on-account transaction or posted journal line: the accountant may have changed them, so they win over the defaults. */
export type OwnTaxGroups = Pick<OnAccountTransaction, 'salesTaxGroup' | 'itemSalesTaxGroup'>;

/** What the lines of one proposal are decided with. */
export interface ProposalLineFacts {
  readonly setup: FinanceSetup;
  readonly masters: FinanceMasters;
  /** The proposal's invoice date: tax is computed with the rates valid then. */
  readonly date: string;
  readonly currencyCode: string;
  /** The sales tax group that the proposal has; it goes before those of on-account transaction, journal line and set-up. */
  readonly salesTaxGroup: string | null;
}

/** What finance's set-up says about a proposal line. */
export interface LineSetup extends OwnTaxGroups {
  readonly lineProperty: LineProperty;
  readonly codes: readonly { readonly taxCode: string; readonly ratePercent: Decimal }[];
  readonly currencyDecimals: number;
}

export type LineSetupDecision = { readonly found: LineSetup; readonly problem?: undefined } | { readonly problem: ImportProblem };

/** The invoice date of a proposal: finance's own, else the accounting date that the proforma brought. */
export function invoiceDateOf(proposal: Pick<InvoiceProposal, 'invoiceDate' | 'accountingDate'>): string {
  return proposal.invoiceDate ?? proposal.accountingDate;
}

/** Where a line has its tax groups from when not from the set-up. */
export interface TaxSources {
  /** The groups of the on-account transaction or posted journal line that it bills. */
  readonly own: OwnTaxGroups | null;
  /** The invoiced line that a credit takes back: its groups and the rates of its day are the credit's, whatever changed since. */
  readonly credited: (OwnTaxGroups & Pick<CreditedLine, 'invoiceDate'>) | null;
}

/** Line property, tax groups and tax codes of a billed actual, or the first thing that the set-up misses for it. */
export function lineSetupOf(subject: DefaultingSubject, { own, credited }: TaxSources, facts: ProposalLineFacts): LineSetupDecision {
  const { setup, masters, currencyCode } = facts;
  const date = credited?.invoiceDate ?? facts.date;
  const missing = (message: string): LineSetupDecision => ({ problem: { code: 'SETUP_MISSING', message } });
  const currencyDecimals = setup.currencyDecimals(currencyCode);
  if (currencyDecimals === undefined) return missing(`Currency ${currencyCode} does not exist in finance.`);
  const defaulted = defaultsOf(subject, setup, masters);
  if (defaulted.problem) return defaulted;
  const { itemSalesTaxGroup, ...groups } = credited ?? own ?? defaulted.defaults;
  const salesTaxGroup = credited ? credited.salesTaxGroup : facts.salesTaxGroup || groups.salesTaxGroup;
  const codes: { taxCode: string; ratePercent: Decimal }[] = [];
  for (const { taxCode, ratePercent } of setup.taxCodesAt(subject.legalEntityId, salesTaxGroup, itemSalesTaxGroup, date)) {
    if (ratePercent === null) return missing(`Sales tax code ${taxCode} of legal entity ${subject.legalEntityId} has no value on ${date}.`);
    codes.push({ taxCode, ratePercent });
  }
  return { found: { lineProperty: defaulted.defaults.lineProperty, salesTaxGroup, itemSalesTaxGroup, codes, currencyDecimals } };
}

/** The records that a billed actual's line points back at. */
export interface LineLinks {
  /** The posted journal line of its unbilled sales actual, whose WIP the line releases. */
  readonly journalLine: (OwnTaxGroups & { readonly id: string }) | null;
  readonly onAccount: OnAccountTransaction | null;
  /** The invoiced line that a credit takes back. */
  readonly credited: CreditedLine | null;
}

/** A proposal line without its keys and line number, which the command gives it. */
export type ProposalLineContent = Omit<Partial<InvoiceProposalLine>, 'id' | 'proposalId' | 'proposalNumber' | 'lineNumber'>
  & Pick<InvoiceProposalLine, 'lineAmount' | 'taxAmount'>;

export type ProposalLineDecision =
  | { readonly line: ProposalLineContent; readonly problem?: undefined }
  | { readonly problem: ImportProblem };

/**
 * The proposal line of a staged billed actual: zero where it is not to be invoiced, taxed on what the customer pays. A credit is the
 * negative of the line that it credits, with the line property, tax groups and tax rates that were used there.
 */
export function decideProposalLine(staged: StagedActual, links: LineLinks, facts: ProposalLineFacts): ProposalLineDecision {
  const { credited } = links;
  const decided = lineSetupOf(staged, { own: links.onAccount ?? links.journalLine, credited }, facts);
  if (decided.problem) return decided;
  const { lineProperty, salesTaxGroup, itemSalesTaxGroup, codes, currencyDecimals } = decided.found;
  const lineAmount = credited ? credited.lineAmount.neg() : lineProperty.toBeInvoiced === NoYes.YES ? staged.amount : ZERO;
  const { taxAmount } = salesTaxOf({ netAmount: lineAmount, codes, currencyDecimals });
  const tooLarge = tooLargeAmong('the line', { 'sales tax': taxAmount });
  if (tooLarge) return { problem: { code: 'AMOUNT_OUT_OF_RANGE', message: tooLarge } };
  return {
    line: {
      legalEntityId: staged.legalEntityId,
      stagedActualId: staged.id,
      actualId: staged.actualId,
      journalLineId: links.journalLine?.id ?? null,
      onAccountTransactionId: links.onAccount?.id ?? null,
      classification: staged.classification,
      origin: originOf(staged),
      billingType: staged.billingType,
      creditedInvoiceLineId: credited?.invoiceLineId ?? null,
      linePropertyId: credited?.linePropertyId ?? lineProperty.linePropertyId,
      projectId: staged.projectId,
      categoryId: staged.categoryId,
      contractLineId: staged.contractLineId,
      transactionDate: staged.documentDate,
      description: staged.externalDescription ?? staged.description,
      resourceName: staged.resourceName,
      quantity: staged.quantity,
      salesPrice: staged.unitPrice,
      lineAmount,
      currencyCode: staged.currencyCode,
      salesTaxGroup,
      itemSalesTaxGroup,
      taxAmount,
      taxDate: credited?.invoiceDate ?? null,
    },
  };
}

function originOf({ retainerId, milestoneId, amount }: StagedActual): ProjOrigin | null {
  if (retainerId !== null) return amount.isNegative() ? ProjOrigin.DEDUCTION : ProjOrigin.PREPAYMENT;
  return milestoneId === null ? null : ProjOrigin.MILESTONE;
}
