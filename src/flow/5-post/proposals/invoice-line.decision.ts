import {
  CompletionMethod,
  IntegrationJournalLineStatus,
  OnAccountPosting,
  PostingType,
  ProjOrigin,
  ProjTransStatus,
  ProjTransType,
  type CostAndRevenueProfile,
  type InvoiceProposalLine,
} from '../../../entities/finance';
import { sum, type Decimal } from '../../../kernel/decimal';
import { toAccountingCurrency } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { TaxCodeAtDate } from '../../../stores/finance/setup.store';
import { tooLargeAmong } from '../../4-import/amount-range.rules';
import { salesTaxOf, type TaxOfCode } from '../../4-import/sales-tax.rules';
import { mainAccountFor } from '../main-account.rules';
import type { PostingSetup } from '../posting-setup';
import { decideRelease, type BalanceAmount, type ReleaseDecision } from './balance-release.decision';
import { decideDeduction, taxGivenBack, type DeductedRetainer } from './retainer-deduction.decision';
import { isEmptyPosting, reversed, type LedgerPosting } from '../voucher-balance.rules';

export type InvoicedLine = Pick<
  InvoiceProposalLine,
  | 'lineNumber'
  | 'classification'
  | 'origin'
  | 'categoryId'
  | 'projectId'
  | 'contractLineId'
  | 'quantity'
  | 'lineAmount'
  | 'currencyCode'
  | 'salesTaxGroup'
  | 'itemSalesTaxGroup'
  | 'taxDate'
  | 'creditedInvoiceLineId'
>;

/** The unbilled sales partner of a line: its posted journal line and what the project subledger holds of it. */
export interface UnbilledPartner {
  readonly journalLineStatus: IntegrationJournalLineStatus;
  readonly quantity: Decimal;
  readonly amount: Decimal;
  /** Null when no project transaction was posted. */
  readonly transactionStatus: ProjTransStatus | null;
  /** What the journal line posted to WIP and accrued revenue, from the ledger trace; empty when it accrued nothing. */
  readonly accrued: readonly LedgerPosting[];
  /** Financial dimensions of the journal line. */
  readonly defaultDimension?: string | null;
}

/** The on-account transaction of a milestone, whose quantity is always one. */
export interface OnAccountPartner {
  readonly version: number;
  readonly status: ProjTransStatus;
  readonly amount: Decimal;
}

export interface InvoiceLineFacts {
  readonly line: InvoicedLine;
  readonly unbilled: UnbilledPartner | null;
  readonly onAccount: OnAccountPartner | null;
  /** The retainer that a line of a negative amount deducts. */
  readonly deducted?: DeductedRetainer | null;
  /** What the invoice line that this line credits left on a balance account; null where it left nothing there. */
  readonly creditedBalance?: BalanceAmount | null;
  /** Financial dimensions of the revenue that this line credits. */
  readonly creditedDimension?: string | null;
}

/** What all lines of one invoice share. */
export interface InvoiceTerms {
  readonly contractId: string;
  readonly invoiceDate: string;
  readonly currencyCode: string;
  readonly currencyDecimals: number;
  /** Units of accounting currency per unit of transaction currency. */
  readonly exchangeRate: Decimal;
  readonly accountingDecimals: number;
}

/** Sales tax of one line and tax code, rounded by itself. */
export interface LineTax extends TaxOfCode {
  /** The main account that holds the tax payable. */
  readonly payableMainAccountId: string;
}

export interface PostedLineTax extends LineTax {
  readonly accountingTaxAmount: Decimal;
}

export interface InvoiceLineDecision {
  readonly accountingAmount: Decimal;
  readonly taxAmount: Decimal;
  readonly taxes: readonly PostedLineTax[];
  /** What the line posts to the project accounts: revenue, and the release of WIP and accrued revenue. */
  readonly entries: readonly LedgerPosting[];
  /** Whether the unbilled partner becomes Invoiced. */
  readonly invoicesUnbilled: boolean;
  /** The status that the on-account transaction gets; null when the line has none. */
  readonly onAccountStatus: ProjTransStatus | null;
  readonly refusals: readonly Refusal[];
}

/** The line takes back what an earlier invoice billed. A negative line that credits none bills negative unbilled sales. */
function isBilledReversal({ creditedInvoiceLineId }: Pick<InvoicedLine, 'creditedInvoiceLineId'>): boolean {
  return creditedInvoiceLineId !== null;
}

/** The sales tax of a line, or what is missing in the set-up of one of its tax codes. */
export interface LineTaxes {
  readonly taxes: readonly LineTax[];
  readonly refusals: readonly Refusal[];
}

/** What the set-up of a tax code lacks for posting; null when it has everything. */
function lackOfTaxCode({ ratePercent, payableMainAccountId }: TaxCodeAtDate, date: string, setup: PostingSetup): string | null {
  if (ratePercent === null) return `has no rate on ${date}`;
  if (payableMainAccountId === null) return 'is not set up';
  if (setup.hasMainAccount(payableMainAccountId)) return null;
  return `posts to main account ${payableMainAccountId}, which the chart of accounts does not hold`;
}

/**
 * Sales tax of a proposal line: each tax code that its two groups have in common, at the rate of the invoice date, rounded by
 * itself; of a credit at the rate of the date of the invoice that it credits. A line of zero has no tax rows.
 */
export function taxesOfLine(
  line: Pick<InvoicedLine, 'lineAmount' | 'salesTaxGroup' | 'itemSalesTaxGroup' | 'taxDate'>,
  terms: Pick<InvoiceTerms, 'invoiceDate' | 'currencyDecimals'>,
  setup: PostingSetup,
): LineTaxes {
  if (line.lineAmount.isZero()) return { taxes: [], refusals: [] };
  const codes: { taxCode: string; ratePercent: Decimal; payableMainAccountId: string }[] = [];
  const refusals: Refusal[] = [];
  const date = line.taxDate ?? terms.invoiceDate;
  for (const code of setup.taxCodes(line.salesTaxGroup, line.itemSalesTaxGroup, date)) {
    const lacking = lackOfTaxCode(code, date, setup);
    if (lacking) refusals.push(invalid('SETUP_MISSING', `Sales tax code ${code.taxCode} of ${setup.legalEntityId} ${lacking}.`));
    else codes.push({ taxCode: code.taxCode, ratePercent: code.ratePercent!, payableMainAccountId: code.payableMainAccountId! });
  }
  const { perCode } = salesTaxOf({ netAmount: line.lineAmount, codes, currencyDecimals: terms.currencyDecimals });
  return { taxes: perCode.map((tax, index) => ({ ...tax, payableMainAccountId: codes[index]!.payableMainAccountId })), refusals };
}

/**
 * Which account on-account invoices credit: completed contract and completed percentage, and every profile that posts on-account
 * invoices to the balance, use WIP invoiced on account; the others invoiced revenue on account (domain facts 7.2).
 */
export function onAccountPostingType(profile: Pick<CostAndRevenueProfile, 'onAccountPosting' | 'completionMethod'>): PostingType {
  const isBalance = profile.onAccountPosting === OnAccountPosting.BALANCE || profile.completionMethod !== CompletionMethod.NO_WIP;
  return isBalance ? PostingType.WIP_INVOICED_ON_ACCOUNT : PostingType.INVOICED_REVENUE_ON_ACCOUNT;
}

/** Milestones, retainers and everything billed on a fixed-price contract line without unbilled sales are on-account. */
function isOnAccount({ line, unbilled }: InvoiceLineFacts, setup: PostingSetup): boolean {
  const { classification, contractLineId, projectId } = line;
  if (classification === ProjTransType.ON_ACCOUNT || classification === ProjTransType.NONE) return true;
  return unbilled === null && !setup.isTimeAndMaterial(contractLineId, projectId);
}

function profileMissing(projectId: string | null, contractId: string): Refusal {
  const project = projectId === null ? 'no project' : `project ${projectId}`;
  return invalid('SETUP_MISSING', `No cost and revenue profile applies to ${project} of contract ${contractId}.`);
}

/** What the line credits; nothing when it is not to be invoiced. */
function decideRevenue(
  facts: InvoiceLineFacts,
  accountingAmount: Decimal,
  terms: InvoiceTerms,
  setup: PostingSetup,
): ReleaseDecision {
  const { line } = facts;
  const amounts = { amount: line.lineAmount.neg(), accountingAmount: accountingAmount.neg() };
  if (isEmptyPosting(amounts)) return { entries: [] };
  if (facts.deducted) return decideDeduction(line, facts.deducted, { ...terms, accountingAmount }, setup);
  if (facts.creditedBalance) return decideRelease(line, facts.creditedBalance, accountingAmount, setup);
  let postingType = PostingType.INVOICED_REVENUE;
  if (isOnAccount(facts, setup)) {
    const profile = setup.costAndRevenueProfile(line.projectId, terms.contractId);
    if (!profile) return { refusal: profileMissing(line.projectId, terms.contractId) };
    postingType = onAccountPostingType(profile);
  }
  const account = mainAccountFor(setup, postingType, line);
  if (account.refusal) return { refusal: account.refusal };
  const entry = { postingType, mainAccountId: account.mainAccountId, currencyCode: line.currencyCode, ...amounts };
  const defaultDimension = dimensionOf(facts, setup);
  return { entries: [defaultDimension ? { ...entry, defaultDimension } : entry] };
}

/**
 * Financial dimensions of what a line credits (domain facts 7.3): those of the journal line that it bills; of the line that it takes back;
 * else its contract line's or project's. Retainers have none, as they belong to the contract, so that deductions release what was credited.
 */
function dimensionOf({ line, unbilled, creditedDimension }: InvoiceLineFacts, setup: PostingSetup): string | null {
  if (isBilledReversal(line)) return creditedDimension ?? null;
  if (unbilled) return unbilled.defaultDimension ?? null;
  const isRetainer = line.origin === ProjOrigin.PREPAYMENT || line.origin === ProjOrigin.DEDUCTION;
  return isRetainer ? null : setup.defaultDimension(line.contractLineId, line.projectId);
}

/**
 * Decides what one proposal line posts on the customer invoice. Revenue at the invoice's exchange rate; WIP and accrued revenue
 * are released exactly as the unbilled partner posted them, even when the line itself is not to be invoiced; a billed reversal
 * reverses revenue and leaves WIP alone (design 7.4 and 7.9).
 */
export function decideInvoiceLine(facts: InvoiceLineFacts, terms: InvoiceTerms, setup: PostingSetup): InvoiceLineDecision {
  const { line, unbilled, onAccount } = facts;
  const inAccountingCurrency = (amount: Decimal) => toAccountingCurrency(amount, terms.exchangeRate, terms.accountingDecimals);
  const accountingAmount = inAccountingCurrency(line.lineAmount);
  const { taxes: ownTaxes, refusals: taxRefusals } = taxesOfLine(line, terms, setup);
  const { deducted } = facts;
  const taxes = deducted ? ownTaxes.map((tax) => taxGivenBack(tax, deducted, terms.currencyDecimals)) : ownTaxes;
  const revenue = decideRevenue(facts, accountingAmount, terms, setup);
  const invoicesUnbilled = unbilled !== null && !isBilledReversal(line);
  const taxAmount = sum(taxes.map((tax) => tax.taxAmount));
  const tooLarge = tooLargeAmong(`line ${line.lineNumber}`, {
    'amount in accounting currency': accountingAmount,
    'sales tax': taxAmount,
    'sales tax in accounting currency': inAccountingCurrency(taxAmount),
  });
  const refusals = [
    ...partnerRefusals(facts, terms),
    ...(revenue.refusal ? [revenue.refusal] : []),
    ...taxRefusals,
    ...(tooLarge ? [invalid('AMOUNT_OUT_OF_RANGE', tooLarge)] : []),
  ];
  return {
    accountingAmount,
    taxAmount,
    taxes: taxes.map((tax) => ({ ...tax, accountingTaxAmount: inAccountingCurrency(tax.taxAmount) })),
    entries: [
      ...(revenue.refusal ? [] : revenue.entries),
      ...(invoicesUnbilled ? unbilled.accrued.map(reversed) : []),
    ],
    invoicesUnbilled,
    onAccountStatus: onAccount && (isBilledReversal(line) ? ProjTransStatus.NO_STATUS : ProjTransStatus.INVOICED),
    refusals,
  };
}

/** A line cannot be invoiced before its unbilled partner is posted, nor twice (domain facts 6.7). */
function partnerRefusals({ line, unbilled, onAccount }: InvoiceLineFacts, terms: InvoiceTerms): Refusal[] {
  const refusals: Refusal[] = [];
  const what = `Line ${line.lineNumber}`;
  if (line.currencyCode !== terms.currencyCode) {
    refusals.push(invalid('INVALID_INPUT', `${what} is in ${line.currencyCode}, the proposal in ${terms.currencyCode}.`));
  }
  if (unbilled && (unbilled.journalLineStatus !== IntegrationJournalLineStatus.POSTED || unbilled.transactionStatus === null)) {
    refusals.push(invalid('BLOCKED', `${what} waits: its unbilled sales are not posted in an integration journal.`));
  } else if (unbilled && !isBilledReversal(line) && unbilled.transactionStatus !== ProjTransStatus.POSTED) {
    refusals.push(invalid('BLOCKED', `${what} bills unbilled sales that another invoice line has invoiced already.`));
  }
  if (onAccount && onAccount.status === ProjTransStatus.INVOICED && !isBilledReversal(line)) {
    refusals.push(invalid('BLOCKED', `${what} bills a milestone that another invoice has invoiced already.`));
  }
  return refusals;
}
