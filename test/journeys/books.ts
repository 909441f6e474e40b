import { Decimal } from 'decimal.js';
import type { Ask } from '../support/process';

/** A record that is named by its id in the graph. */
interface Named {
  readonly id: string;
}

export interface BookedProforma extends Named {
  readonly number: string;
  readonly status: string;
  readonly legalEntityId: string;
  readonly currencyCode: string;
  readonly chargeableAmount: string;
  readonly nonChargeableAmount: string;
  readonly complimentaryAmount: string;
  readonly tax: string;
  readonly totalAmount: string;
  readonly billedActualCount: number | null;
  readonly customerInvoiceNumber: string | null;
  readonly customerInvoiceDate: string | null;
  readonly customerInvoiceTax: string | null;
}

export interface BookedDetail extends Named {
  readonly billingType: string;
  readonly quantity: string;
  readonly amount: string;
  readonly tax: string;
  readonly isCorrection: boolean;
  readonly previousAmount: string;
  readonly previousTax: string;
  readonly originalBilledActual: { readonly quantity: string } | null;
  readonly proformaInvoice: Named;
  readonly unbilledActual: Named | null;
  readonly milestone: { readonly id: string; readonly amount: string } | null;
  readonly retainer: Named | null;
}

export interface BookedRetainer extends Named {
  readonly amount: string;
  readonly usedAmount: string;
  readonly refundedAmount: string;
  readonly availableAmount: string;
  readonly invoiceStatus: string;
  readonly actuals: { readonly nodes: readonly { readonly transactionType: string; readonly amount: string; readonly skipSync: boolean }[] };
}

export interface BookedActual extends Named {
  readonly transactionType: string;
  readonly classification: string;
  readonly billingType: string;
  readonly billingStatus: string | null;
  readonly adjustmentStatus: string | null;
  readonly skipSync: boolean;
  readonly quantity: string;
  readonly price: string | null;
  readonly amount: string;
  readonly tax: string;
  readonly currencyCode: string;
  readonly accountingDate: string;
  readonly accountingAmount: string | null;
  readonly accountingExchangeRate: string | null;
  readonly voucherNumber: string | null;
  readonly salesTaxAmount: string | null;
  readonly version: number;
  readonly proformaInvoice: Named | null;
  readonly lineDetail: Named | null;
}

export interface BookedConnection extends Named {
  readonly transaction1Role: string;
  readonly transaction1: Named | null;
  readonly transaction2Role: string;
  readonly transaction2: Named | null;
}

export interface BookedStagedActual extends Named {
  readonly actual: Named | null;
  readonly transactionType: string;
  readonly quantity: string;
  readonly amount: string;
  readonly currencyCode: string;
  readonly isProcessed: boolean;
  readonly importErrorCode: string | null;
}

export interface BookedJournalLine extends Named {
  readonly actual: Named | null;
  readonly transactionType: string;
  readonly status: string;
  readonly contractId: string;
  readonly currencyCode: string;
  readonly accountingDate: string;
  readonly originalAccountingDate: string | null;
  readonly quantity: string;
  readonly amount: string;
  readonly exchangeRate: string;
  readonly accountingAmount: string;
  readonly accruesRevenue: boolean;
  readonly voucherNumber: string | null;
}

export interface BookedProjectTransaction extends Named {
  readonly legalEntityId: string;
  readonly actual: Named | null;
  readonly transactionType: string;
  readonly status: string;
  readonly projectId: string | null;
  readonly quantity: string;
  readonly amount: string;
  readonly accountingAmount: string;
  readonly voucherNumber: string;
  readonly journalLine: Named;
  readonly customerInvoice: Named | null;
}

export interface BookedProposal extends Named {
  readonly number: string;
  readonly status: string;
  readonly hasLines: boolean;
  readonly billedActualCount: number;
  readonly netAmount: string;
  readonly taxAmount: string;
  readonly invoiceAmount: string;
}

export interface BookedProposalLine extends Named {
  readonly actual: Named | null;
  readonly proposalNumber: string;
  readonly quantity: string;
  readonly lineAmount: string;
  readonly taxAmount: string;
  readonly journalLine: Named | null;
}

export interface BookedInvoice extends Named {
  readonly legalEntityId: string;
  readonly number: string;
  readonly proposalNumber: string;
  readonly contractId: string;
  readonly invoiceDate: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly netAmount: string;
  readonly taxAmount: string;
  readonly invoiceAmount: string;
  readonly accountingInvoiceAmount: string;
  readonly voucherNumber: string;
}

export interface BookedInvoiceLine extends Named {
  readonly actual: Named | null;
  readonly customerInvoice: Named;
  readonly proposalLine: Named & { readonly itemSalesTaxGroup: string | null };
  readonly quantity: string;
  readonly lineAmount: string;
  readonly taxAmount: string;
  readonly accountingAmount: string;
  readonly classification: string;
  readonly categoryId: string | null;
}

export interface BookedTax extends Named {
  readonly invoiceLine: Named;
  readonly taxCode: string;
  readonly taxAmount: string;
  readonly accountingTaxAmount: string;
}

export interface BookedCustomerTransaction extends Named {
  readonly legalEntityId: string;
  readonly customerInvoice: Named;
  readonly currencyCode: string;
  readonly amount: string;
  readonly accountingAmount: string;
  readonly voucherNumber: string;
}

export interface BookedVoucher extends Named {
  readonly legalEntityId: string;
  readonly number: string;
}

export interface BookedLedgerEntry extends Named {
  readonly legalEntityId: string;
  readonly voucher: Named;
  readonly mainAccountId: string;
  readonly postingType: string;
  readonly currencyCode: string;
  readonly amount: string;
  readonly accountingAmount: string;
}

export interface BookedProjectPosting extends Named {
  readonly legalEntityId: string;
  readonly voucher: Named;
  readonly mainAccountId: string;
  readonly postingType: string;
  readonly projectId: string | null;
  readonly currencyCode: string;
  readonly amount: string;
  readonly accountingAmount: string;
}

/** Both systems' records as a reader of the API sees them: everything that the invariants of the process speak about. */
export interface Books {
  readonly proformas: readonly BookedProforma[];
  readonly details: readonly BookedDetail[];
  readonly retainers: readonly BookedRetainer[];
  readonly actuals: readonly BookedActual[];
  readonly connections: readonly BookedConnection[];
  readonly staged: readonly BookedStagedActual[];
  readonly journalLines: readonly BookedJournalLine[];
  readonly projectTransactions: readonly BookedProjectTransaction[];
  readonly proposals: readonly BookedProposal[];
  readonly proposalLines: readonly BookedProposalLine[];
  readonly invoices: readonly BookedInvoice[];
  readonly invoiceLines: readonly BookedInvoiceLine[];
  readonly taxes: readonly BookedTax[];
  readonly customerTransactions: readonly BookedCustomerTransaction[];
  readonly vouchers: readonly BookedVoucher[];
  readonly ledgerEntries: readonly BookedLedgerEntry[];
  readonly projectPostings: readonly BookedProjectPosting[];
}

/** What is read for each part of the books: the root field and its selection. */
const PARTS: { readonly [Part in keyof Books]: readonly [field: string, selection: string] } = {
  proformas: ['proformaInvoices', `id number status legalEntityId currencyCode chargeableAmount nonChargeableAmount complimentaryAmount tax totalAmount
    billedActualCount customerInvoiceNumber customerInvoiceDate customerInvoiceTax`],
  details: ['proformaInvoiceLineDetails', `id billingType quantity amount tax isCorrection previousAmount previousTax
    originalBilledActual { quantity } proformaInvoice { id } unbilledActual { id } milestone { id amount } retainer { id }`],
  retainers: ['retainers', 'id amount usedAmount refundedAmount availableAmount invoiceStatus actuals(first: 500) { nodes { transactionType amount skipSync } }'],
  actuals: ['actuals', `id transactionType classification billingType billingStatus adjustmentStatus skipSync quantity price amount tax currencyCode
    accountingDate accountingAmount accountingExchangeRate voucherNumber salesTaxAmount version proformaInvoice { id } lineDetail { id }`],
  connections: ['transactionConnections', 'id transaction1Role transaction1 { id } transaction2Role transaction2 { id }'],
  staged: ['stagedActuals', 'id actual { id } transactionType quantity amount currencyCode isProcessed importErrorCode'],
  journalLines: ['integrationJournalLines', `id actual { id } transactionType status contractId currencyCode accountingDate originalAccountingDate quantity amount exchangeRate accountingAmount accruesRevenue
    voucherNumber`],
  projectTransactions: ['projectTransactions', `id legalEntityId actual { id } transactionType status projectId quantity amount accountingAmount
    voucherNumber journalLine { id } customerInvoice { id }`],
  proposals: ['invoiceProposals', 'id number status hasLines billedActualCount netAmount taxAmount invoiceAmount'],
  proposalLines: ['invoiceProposalLines', 'id actual { id } proposalNumber quantity lineAmount taxAmount journalLine { id }'],
  invoices: ['customerInvoices', `id legalEntityId number proposalNumber contractId invoiceDate currencyCode exchangeRate netAmount taxAmount invoiceAmount
    accountingInvoiceAmount voucherNumber`],
  invoiceLines: ['customerInvoiceLines', 'id actual { id } customerInvoice { id } proposalLine { id itemSalesTaxGroup } quantity lineAmount taxAmount accountingAmount classification categoryId'],
  taxes: ['taxTransactions', 'id invoiceLine { id } taxCode taxAmount accountingTaxAmount'],
  customerTransactions: ['customerTransactions', 'id legalEntityId customerInvoice { id } currencyCode amount accountingAmount voucherNumber'],
  vouchers: ['vouchers', 'id legalEntityId number'],
  ledgerEntries: ['ledgerEntries', 'id legalEntityId voucher { id } mainAccountId postingType currencyCode amount accountingAmount'],
  projectPostings: ['projectPostings', 'id legalEntityId voucher { id } mainAccountId postingType projectId currencyCode amount accountingAmount'],
};

const PAGE_ROWS = 500;

interface AnsweredPage<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All rows of a list, page by page in the order of their ids. Fails when the pages do not hold what the list says it has. */
export async function readAll<Row>(ask: Ask, field: string, selection: string): Promise<Row[]> {
  const { [field]: counted } = await ask(`{ ${field}(first: 0) { totalCount } }`);
  const rows: Row[] = [];
  let after: string | null = null;
  for (let pages = Math.ceil(counted.totalCount / PAGE_ROWS); pages > 0; pages -= 1) {
    const answer: Record<string, AnsweredPage<Row>> = await ask(`query ($after: String) {
      ${field}(first: ${PAGE_ROWS}, after: $after, orderBy: [{ field: ID }]) { nodes { ${selection} } pageInfo { hasNextPage endCursor } }
    }`, { after });
    const page = answer[field]!;
    rows.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  if (rows.length !== counted.totalCount) throw new Error(`${field} has ${counted.totalCount} rows, its pages have ${rows.length}`);
  return rows;
}

/** Reads everything. `onPart` is told how long each part took. */
export async function readBooks(ask: Ask, onPart: (part: string, rows: number) => void = () => undefined): Promise<Books> {
  const books: Record<string, unknown[]> = {};
  for (const [part, [field, selection]] of Object.entries(PARTS)) {
    books[part] = await readAll(ask, field, selection);
    onPart(part, books[part].length);
  }
  return books as unknown as Books;
}

export const sumOf = <Row>(rows: readonly Row[], amount: (row: Row) => string): Decimal =>
  rows.reduce((sum, row) => sum.plus(amount(row)), new Decimal(0));
