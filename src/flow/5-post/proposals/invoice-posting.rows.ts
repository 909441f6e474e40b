import type { CommandContext } from '../../../context';
import {
  InvoiceFormat,
  type CustomerInvoice,
  type CustomerInvoiceLine,
  type InvoiceProposal,
  type InvoiceProposalLine,
  type ProjectPosting,
  type TaxTransaction,
  type Voucher,
} from '../../../entities/finance';
import { ZERO } from '../../../kernel/decimal';
import { timestampOf } from '../../../kernel/clock';
import type { AccountingDetail } from '../../../stores/finance/posting.store';
import type { InvoiceHeader } from './invoice-header.decision';
import type { InvoiceLineDecision } from './invoice-line.decision';

/** The numbers and ids that all rows of one customer invoice share. */
export interface InvoiceIdentity {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly voucherId: string;
  readonly voucherNumber: string;
  readonly changeSetId: string;
}

type Makers = Pick<CommandContext, 'ids' | 'clock' | 'actor'>;

/** The voucher and the header of a customer invoice, its totals still zero. */
export function invoiceHeaderRows(
  { clock, actor }: Makers,
  proposal: InvoiceProposal,
  header: InvoiceHeader,
  identity: InvoiceIdentity,
  accountingCurrencyCode: string,
): { voucher: Partial<Voucher>; invoice: Partial<CustomerInvoice> } {
  const { legalEntityId } = proposal;
  const { terms } = header;
  const { invoiceNumber: number, voucherId, voucherNumber, changeSetId } = identity;
  const now = timestampOf(clock);
  return {
    voucher: {
      id: voucherId,
      legalEntityId,
      number: voucherNumber,
      accountingDate: terms.invoiceDate,
      documentNumber: number,
      accountingCurrencyCode,
      createdOn: now,
    },
    invoice: {
      id: identity.invoiceId,
      legalEntityId,
      number,
      proposalId: proposal.id,
      proposalNumber: proposal.number,
      contractId: proposal.contractId,
      customerAccount: proposal.customerAccount,
      invoiceDate: terms.invoiceDate,
      dueDate: header.dueDate,
      paymentTerms: header.paymentTerms,
      postingProfile: header.postingProfile,
      currencyCode: terms.currencyCode,
      exchangeRate: terms.exchangeRate,
      accountingCurrencyCode,
      netAmount: ZERO,
      taxAmount: ZERO,
      invoiceAmount: ZERO,
      accountingInvoiceAmount: ZERO,
      invoiceFormat: header.format.invoiceFormat ?? InvoiceFormat.DETAIL_INVOICE,
      managedInvoiceFormatId: header.format.managedInvoiceFormatId,
      textBefore: proposal.textBefore,
      textAfter: proposal.textAfter,
      voucherId,
      voucherNumber,
      postedOn: now,
      postedBy: actor,
      changeSetId,
    },
  };
}

/** Every row that posting one proposal line makes, and the accounting detail of its billed actual. */
export interface InvoiceLineRows {
  readonly invoiceLine: Partial<CustomerInvoiceLine>;
  readonly taxes: readonly Partial<TaxTransaction>[];
  readonly postings: readonly Partial<ProjectPosting>[];
  readonly detail: AccountingDetail;
}

export function invoiceLineRows(
  { ids }: Makers,
  header: InvoiceHeader,
  identity: InvoiceIdentity,
  line: InvoiceProposalLine,
  decision: InvoiceLineDecision,
): InvoiceLineRows {
  const { legalEntityId, actualId, projectId, currencyCode } = line;
  const { invoiceId: customerInvoiceId, voucherId, voucherNumber } = identity;
  const { contractId, invoiceDate, exchangeRate } = header.terms;
  const { accountingAmount, taxAmount } = decision;
  const invoiceLineId = ids.next();
  const { lineNumber, classification, origin, categoryId, transactionDate, description, quantity, salesPrice, lineAmount } = line;
  return {
    invoiceLine: {
      id: invoiceLineId,
      legalEntityId,
      customerInvoiceId,
      proposalLineId: line.id,
      actualId,
      lineNumber,
      classification,
      origin,
      projectId,
      categoryId,
      transactionDate,
      description,
      quantity,
      salesPrice,
      lineAmount,
      taxAmount,
      currencyCode,
      accountingAmount,
    },
    taxes: decision.taxes.map(({ taxCode, ratePercent, baseAmount, taxAmount: taxOfCode, accountingTaxAmount }) => ({
      id: ids.next(),
      legalEntityId,
      customerInvoiceId,
      invoiceLineId,
      voucherNumber,
      taxCode,
      ratePercent,
      currencyCode,
      baseAmount,
      taxAmount: taxOfCode,
      accountingTaxAmount,
    })),
    postings: decision.entries.map((entry) => ({
      ...entry,
      id: ids.next(),
      legalEntityId,
      voucherId,
      voucherNumber,
      journalLineId: null,
      invoiceLineId,
      actualId,
      projectId,
      contractId,
      accountingDate: invoiceDate,
    })),
    detail: {
      id: line.stagedActualId,
      voucherNumber,
      accountingAmount,
      accountingExchangeRate: exchangeRate,
      salesTaxAmount: taxAmount,
    },
  };
}
