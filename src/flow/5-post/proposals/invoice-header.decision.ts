import {
  CustVendorBlocked,
  FiscalPeriodStatus,
  type FinanceCustomer,
  type FinanceFundingSource,
  type InvoiceProposal,
  type ProjectParameters,
} from '../../../entities/finance';
import type { Decimal } from '../../../kernel/decimal';
import { fitsMoney } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { FinanceMasters } from '../../../stores/finance/setup-masters.store';
import type { FinanceSetup, LegalEntityFacts } from '../../../stores/finance/setup.store';
import { accountingAmountTooLarge } from '../../4-import/amount-range.rules';
import { exchangeRateMissing } from '../../4-import/exchange-rate.rules';
import { invoiceDateOf } from '../../4-import/proposal-line.decision';
import { dueDateOf, paymentTermsOf } from './due-date.rules';
import { chosenFormatOf, type FormatChoice } from './invoice-format.rules';
import type { InvoiceTerms } from './invoice-line.decision';

export interface InvoiceHeaderFacts {
  readonly proposal: InvoiceProposal;
  readonly legalEntity: LegalEntityFacts;
  readonly setup: FinanceSetup;
  readonly masters: FinanceMasters;
  /** The rate at the invoice date; null when there is none. */
  readonly exchangeRate: Decimal | null;
  /** The date that the caller asks the invoice to have. */
  readonly requestedInvoiceDate: string | null;
}

export interface InvoiceHeader {
  readonly terms: InvoiceTerms;
  readonly dueDate: string;
  readonly paymentTerms: string | null;
  readonly postingProfile: string;
  /** The main account of what customers owe. */
  readonly receivableAccountId: string;
  /** How the invoice is printed. */
  readonly format: FormatChoice;
}

export type InvoiceHeaderDecision =
  | { readonly header: InvoiceHeader; readonly refusals?: undefined }
  | { readonly refusals: readonly Refusal[] };

/** On-hold statuses of a customer with which no invoice of his is posted (domain facts 5.1). */
const BLOCKS_INVOICES: readonly CustVendorBlocked[] = [CustVendorBlocked.INVOICE, CustVendorBlocked.ALL];

/** The date of the customer invoice: the one asked for, else the proposal's own, else the proforma's accounting date. */
export function customerInvoiceDateOf(
  proposal: Pick<InvoiceProposal, 'invoiceDate' | 'accountingDate'>,
  requested: string | null,
): string {
  return requested ?? invoiceDateOf(proposal);
}

/**
 * Decides what the lines of an invoice share. The due date follows from the terms of payment unless the proposal overrides it;
 * an invoice date given at posting drops the override (domain facts 7.3). Refused: a customer on hold, a fiscal period that is not open at the
 * invoice date, no exchange rate or one that makes the total too large, and missing set-up.
 */
export function decideInvoiceHeader(facts: InvoiceHeaderFacts): InvoiceHeaderDecision {
  const { proposal, legalEntity, setup, masters, exchangeRate, requestedInvoiceDate } = facts;
  const legalEntityId = legalEntity.id;
  const invoiceDate = customerInvoiceDateOf(proposal, requestedInvoiceDate);
  const refusals: Refusal[] = [];
  if (setup.fiscalPeriodAt(legalEntityId, invoiceDate)?.status !== FiscalPeriodStatus.OPEN) {
    refusals.push(invalid('PERIOD_CLOSED', `The fiscal period of ${invoiceDate} is not open in ${legalEntityId}.`));
  }
  if (exchangeRate === null) {
    const { currencyCode } = proposal;
    refusals.push(
      invalid(
        'EXCHANGE_RATE_MISSING',
        exchangeRateMissing({
          currencyCode,
          accountingCurrency: legalEntity.accountingCurrency,
          rateType: legalEntity.exchangeRateType,
          date: invoiceDate,
        }),
      ),
    );
  }
  const missing = (what: string): void => {
    refusals.push(invalid('SETUP_MISSING', `${what} is not set up in ${legalEntityId}.`));
  };
  const customer = masters.customer(legalEntityId, proposal.customerAccount);
  if (!customer) missing(`Customer ${proposal.customerAccount}`);
  if (customer && BLOCKS_INVOICES.includes(customer.onHoldStatus)) {
    const held = CustVendorBlocked[customer.onHoldStatus].toLowerCase();
    refusals.push(invalid('CUSTOMER_ON_HOLD', `Customer ${proposal.customerAccount} is on hold in ${legalEntityId} (${held}).`));
  }
  const fundingSource =
    proposal.fundingSourceId === null
      ? undefined
      : masters.fundingSource(legalEntityId, proposal.contractId, proposal.fundingSourceId);
  const currencyDecimals = setup.currencyDecimals(proposal.currencyCode);
  if (currencyDecimals === undefined) missing(`Currency ${proposal.currencyCode}`);
  if (legalEntity.accountingDecimals === null) missing(`Accounting currency ${legalEntity.accountingCurrency}`);

  const paymentTerms = paymentTermsOf({
    proposal: proposal.paymentTerms,
    fundingSource: fundingSource?.paymentTerms ?? null,
    contract: masters.contract(legalEntityId, proposal.contractId)?.paymentTerms ?? null,
    customer: customer?.paymentTerms ?? null,
  });
  const terms = paymentTerms === null ? null : setup.paymentTerms(legalEntityId, paymentTerms);
  if (terms === undefined) missing(`Terms of payment ${paymentTerms}`);

  const postingProfile = postingProfileOf(proposal, fundingSource, customer, setup.parameters(legalEntityId));
  const receivable = receivableOf(postingProfile, setup, legalEntityId);
  if (receivable.missing) missing(receivable.missing);

  if (exchangeRate !== null && !fitsMoney(proposal.invoiceAmount.times(exchangeRate))) {
    const { invoiceAmount: amount, currencyCode } = proposal;
    const { accountingCurrency } = legalEntity;
    refusals.push(
      invalid('AMOUNT_OUT_OF_RANGE', accountingAmountTooLarge({ amount, rate: exchangeRate, currencyCode, accountingCurrency })),
    );
  }
  if (refusals.length > 0) return { refusals };
  const isOverrideKept = requestedInvoiceDate === null && proposal.dueDate !== null;
  return {
    header: {
      terms: {
        contractId: proposal.contractId,
        invoiceDate,
        currencyCode: proposal.currencyCode,
        currencyDecimals: currencyDecimals!,
        exchangeRate: exchangeRate!,
        accountingDecimals: legalEntity.accountingDecimals!,
      },
      dueDate: isOverrideKept ? proposal.dueDate! : dueDateOf(invoiceDate, terms ?? null),
      paymentTerms,
      postingProfile: postingProfile!,
      receivableAccountId: receivable.mainAccountId!,
      format: chosenFormatOf(proposal, fundingSource),
    },
  };
}

/** The customer posting profile: the first of proposal, funding source and customer that names one, else the parameter's. */
function postingProfileOf(
  proposal: InvoiceProposal,
  fundingSource: FinanceFundingSource | undefined,
  customer: FinanceCustomer | undefined,
  parameters: ProjectParameters | undefined,
): string | null {
  const named = proposal.postingProfile || fundingSource?.postingProfile || customer?.postingProfile;
  return named || parameters?.defaultPostingProfile || null;
}

/** The main account of what customers owe by a posting profile, or what is missing for it. */
function receivableOf(
  postingProfile: string | null,
  setup: FinanceSetup,
  legalEntityId: string,
): { mainAccountId?: string; missing?: string } {
  if (postingProfile === null) return { missing: 'A customer posting profile' };
  const mainAccountId = setup.customerPostingProfile(legalEntityId, postingProfile)?.summaryMainAccountId;
  if (mainAccountId === undefined) return { missing: `Customer posting profile ${postingProfile}` };
  if (setup.mainAccountName(mainAccountId) !== undefined) return { mainAccountId };
  return { missing: `Main account ${mainAccountId} of customer posting profile ${postingProfile}` };
}
