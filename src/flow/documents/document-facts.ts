import type { CommandContext } from '../../context';
import type { Account } from '../../entities/dataverse';
import type { InvoiceFormat } from '../../entities/finance';
import { sum, type Decimal } from '../../kernel/decimal';
import { timestampOf } from '../../kernel/clock';
import {
  creditedInvoiceNumbers, financeDecimalsOf, customerInvoiceById, documentParties, invoiceProposalById, postedTaxes, proformaInvoiceById,
  taxCodeNames, type DocumentParties, type DocumentTax,
} from '../../stores/documents/document-facts.store';
import type { DocumentKind } from '../../stores/documents/document-lines.store';
import { loadFinanceMasters } from '../../stores/finance/setup-masters.store';
import { loadFinanceSetup } from '../../stores/finance/setup.store';
import type { Session } from '../../stores/session';
import { invoiceDateOf } from '../4-import/proposal-line.decision';
import { dueDateOf, paymentTermsOf } from '../5-post/proposals/due-date.rules';
import { chosenFormatOf } from '../5-post/proposals/invoice-format.rules';
import { proposalTaxes } from './proposal-taxes';

/** Invoices that a document says it credits: more would fill its head. */
const CREDITED_INVOICES_MAX = 10;
const DECIMALS_UNLESS_KNOWN = 2;

/** Everything that the head and the foot of a document say. Amounts are in the document's currency. */
export interface DocumentFacts {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly number: string;
  /** The record's version: a document whose record changes while it is written is broken off. */
  readonly version: number;
  readonly legalEntityId: string;
  readonly sellerName: string;
  readonly sellerAddress: string | null;
  readonly customerAccount: string;
  readonly customerName: string;
  readonly customerAddress: readonly string[];
  readonly contractNumber: string;
  readonly contractName: string | null;
  readonly proposalNumber: string | null;
  readonly invoiceDate: string | null;
  readonly dueDate: string | null;
  readonly paymentTerms: string | null;
  readonly currencyCode: string;
  readonly currencyDecimals: number;
  readonly netAmount: Decimal;
  readonly taxAmount: Decimal;
  readonly totalAmount: Decimal;
  /** By tax code and rate; empty on a proforma, whose tax is an estimate. */
  readonly taxes: readonly (DocumentTax & { readonly name: string | null })[];
  /** The same total in the currency of the books, where that is another one. */
  readonly accounting: { readonly currencyCode: string; readonly decimals: number; readonly exchangeRate: Decimal; readonly total: Decimal } | null;
  readonly creditedInvoices: readonly string[];
  readonly layout: InvoiceFormat | null;
  readonly managedFormatId: string | null;
  readonly textBefore: string | null;
  readonly textAfter: string | null;
  readonly madeOn: string;
}

type Context = Pick<CommandContext, 'clock'>;

/** The facts of a document; null when its record does not exist. */
export async function loadDocumentFacts(context: Context, session: Session, kind: DocumentKind, id: string): Promise<DocumentFacts | null> {
  switch (kind) {
    case 'CustomerInvoice': return customerInvoiceFacts(session, id);
    case 'InvoiceProposal': return proposalFacts(context, session, id);
    case 'ProformaInvoice': return proformaFacts(context, session, id);
  }
}

async function customerInvoiceFacts(session: Session, id: string): Promise<DocumentFacts | null> {
  const invoice = await customerInvoiceById(session, id);
  if (!invoice) return null;
  const { legalEntityId, customerAccount, contractId: contractNumber, currencyCode, accountingCurrencyCode, proposalNumber } = invoice;
  const parties = await documentParties(session, { legalEntityId, customerAccount, contractNumber, currencyCode });
  const setup = await loadFinanceSetup(session, [legalEntityId]);
  const names = await taxCodeNames(session, legalEntityId);
  const taxes = await postedTaxes(session, id);
  const accountingDecimals = (await financeDecimalsOf(session, accountingCurrencyCode)) ?? DECIMALS_UNLESS_KNOWN;
  return {
    ...partiesOf(parties, legalEntityId, customerAccount),
    kind: 'CustomerInvoice',
    id,
    number: invoice.number,
    version: invoice.version,
    contractNumber,
    proposalNumber,
    invoiceDate: invoice.invoiceDate,
    dueDate: invoice.dueDate,
    paymentTerms: termsText(invoice.paymentTerms && setup.paymentTerms(legalEntityId, invoice.paymentTerms)?.description, invoice.paymentTerms),
    currencyCode,
    netAmount: invoice.netAmount,
    taxAmount: invoice.taxAmount,
    totalAmount: invoice.invoiceAmount,
    taxes: taxes.map((tax) => ({ ...tax, name: names.get(tax.taxCode) ?? null })),
    accounting: accountingCurrencyCode === currencyCode ? null : {
      currencyCode: accountingCurrencyCode, decimals: accountingDecimals, exchangeRate: invoice.exchangeRate, total: invoice.accountingInvoiceAmount,
    },
    creditedInvoices: await creditedInvoiceNumbers(session, 'CustomerInvoice', id, CREDITED_INVOICES_MAX),
    layout: invoice.invoiceFormat,
    managedFormatId: invoice.managedInvoiceFormatId,
    textBefore: invoice.textBefore,
    textAfter: invoice.textAfter,
    madeOn: invoice.postedOn,
  };
}

async function proposalFacts({ clock }: Context, session: Session, id: string): Promise<DocumentFacts | null> {
  const proposal = await invoiceProposalById(session, id);
  if (!proposal) return null;
  const { legalEntityId, customerAccount, contractId: contractNumber, currencyCode } = proposal;
  const parties = await documentParties(session, { legalEntityId, customerAccount, contractNumber, currencyCode });
  const setup = await loadFinanceSetup(session, [legalEntityId]);
  const masters = await loadFinanceMasters(session, {
    legalEntityIds: [legalEntityId], contractIds: [contractNumber], customerAccounts: [customerAccount],
  });
  const fundingSource = proposal.fundingSourceId === null ? undefined : masters.fundingSource(legalEntityId, contractNumber, proposal.fundingSourceId);
  const termsName = paymentTermsOf({
    proposal: proposal.paymentTerms,
    fundingSource: fundingSource?.paymentTerms ?? null,
    contract: masters.contract(legalEntityId, contractNumber)?.paymentTerms ?? null,
    customer: masters.customer(legalEntityId, customerAccount)?.paymentTerms ?? null,
  });
  const terms = termsName === null ? null : setup.paymentTerms(legalEntityId, termsName) ?? null;
  const invoiceDate = invoiceDateOf(proposal);
  const format = chosenFormatOf(proposal, fundingSource);
  const names = await taxCodeNames(session, legalEntityId);
  const head = partiesOf(parties, legalEntityId, customerAccount);
  const taxes = await proposalTaxes(session, setup, proposal, { invoiceDate, currencyDecimals: head.currencyDecimals });
  return {
    ...head,
    kind: 'InvoiceProposal',
    id,
    number: proposal.number,
    version: proposal.version,
    contractNumber,
    proposalNumber: null,
    invoiceDate,
    dueDate: proposal.dueDate ?? dueDateOf(invoiceDate, terms),
    paymentTerms: termsText(terms?.description, termsName),
    currencyCode,
    netAmount: proposal.netAmount,
    taxAmount: proposal.taxAmount,
    totalAmount: proposal.invoiceAmount,
    taxes: taxes.map((tax) => ({ ...tax, name: names.get(tax.taxCode) ?? null })),
    accounting: null,
    creditedInvoices: await creditedInvoiceNumbers(session, 'InvoiceProposal', id, CREDITED_INVOICES_MAX),
    layout: format.invoiceFormat,
    managedFormatId: format.managedInvoiceFormatId,
    textBefore: proposal.textBefore,
    textAfter: proposal.textAfter,
    madeOn: timestampOf(clock),
  };
}

async function proformaFacts({ clock }: Context, session: Session, id: string): Promise<DocumentFacts | null> {
  const found = await proformaInvoiceById(session, id);
  if (!found) return null;
  const { proforma, contract, company, account, currency } = found;
  const legalEntityId = company.code;
  const parties = await documentParties(session, {
    legalEntityId, customerAccount: account.accountNumber, contractNumber: contract.number, currencyCode: currency.code,
  });
  return {
    ...partiesOf({ ...parties, account }, legalEntityId, account.accountNumber),
    sellerName: parties.legalEntity?.name ?? company.name,
    currencyDecimals: currency.decimals,
    kind: 'ProformaInvoice',
    id,
    number: proforma.number,
    version: proforma.version,
    contractNumber: contract.number,
    proposalNumber: null,
    invoiceDate: proforma.invoiceDate ?? proforma.accountingDate ?? proforma.createdOn.slice(0, 10),
    dueDate: null,
    paymentTerms: null,
    currencyCode: currency.code,
    netAmount: proforma.chargeableAmount,
    taxAmount: proforma.tax,
    totalAmount: sum([proforma.chargeableAmount, proforma.tax]),
    taxes: [],
    accounting: null,
    creditedInvoices: await creditedInvoiceNumbers(session, 'ProformaInvoice', id, CREDITED_INVOICES_MAX),
    layout: null,
    managedFormatId: null,
    textBefore: proforma.description,
    textAfter: null,
    madeOn: timestampOf(clock),
  };
}

function partiesOf({ legalEntity, account, contractName, currencyDecimals }: DocumentParties, legalEntityId: string, customerAccount: string) {
  return {
    legalEntityId,
    sellerName: legalEntity?.name ?? legalEntityId,
    sellerAddress: legalEntity?.address ?? null,
    customerAccount,
    customerName: account?.name ?? customerAccount,
    customerAddress: account ? addressLines(account) : [],
    contractName,
    currencyDecimals: currencyDecimals ?? DECIMALS_UNLESS_KNOWN,
  };
}

function addressLines({ addressLine1, addressCity, addressStateOrProvince, addressPostalCode, addressCountry }: Account): string[] {
  const region = [addressStateOrProvince, addressPostalCode].filter(Boolean).join(' ');
  const place = [addressCity, region].filter(Boolean).join(', ');
  return [addressLine1, place, addressCountry].filter((line): line is string => Boolean(line));
}

function termsText(description: string | null | undefined, name: string | null): string | null {
  return description || name;
}
