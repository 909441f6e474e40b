import { Decimal } from 'decimal.js';
import { groupBy } from '../../src/kernel/group-by';
import {
  sumOf, type BookedActual, type BookedConnection, type BookedDetail, type BookedInvoice, type BookedInvoiceLine, type BookedJournalLine, type Books,
} from './books';

/** The invariants of the process (domain facts 6.9 and 7), each over the whole of both systems' books. */

const isChargeable = ({ billingType }: { readonly billingType: string }) => billingType === 'CHARGEABLE';
const WRITTEN = ['CONFIRMED', 'POSTED', 'PAID'];

/** An index that fails on a second record under the same key: then something was doubled. */
function indexed<Row>(rows: readonly Row[], key: (row: Row) => string | undefined, doubled: (key: string) => void): Map<string, Row> {
  const index = new Map<string, Row>();
  for (const row of rows) {
    const value = key(row);
    if (value === undefined) continue;
    if (index.has(value)) doubled(value);
    index.set(value, row);
  }
  return index;
}

/** Compares amounts by value: '5' is '5.00'. */
class Findings {
  readonly found: string[] = [];

  same(what: string, one: string | Decimal | null | undefined, other: string | Decimal | null | undefined): void {
    const missing = one === null || one === undefined || other === null || other === undefined;
    if (missing ? one !== other : !new Decimal(one).eq(other)) this.found.push(`${what}: ${String(one)} is not ${String(other)}`);
  }

  holds(what: string, holds: boolean): void {
    if (!holds) this.found.push(what);
  }
}

type Check = (books: Books, findings: Findings) => void;

/** Every chargeable billed amount is in exactly one customer invoice line of its own proforma's invoice; no line has another origin. */
const billedIsInvoicedOnce: Check = ({ actuals, invoiceLines, proposalLines, invoices, proformas }, findings) => {
  const numbers = new Map(proformas.map((proforma) => [proforma.id, proforma.number]));
  const invoiceOf = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  const lines = indexed(invoiceLines, (line) => line.actual?.id, (id) => findings.holds(`Actual ${id} is in two customer invoice lines`, false));
  const proposed = indexed(proposalLines, (line) => line.actual?.id, (id) => findings.holds(`Actual ${id} is in two proposal lines`, false));
  const billed = actuals.filter((actual) => actual.transactionType === 'BILLED_SALES');
  for (const actual of billed) {
    const line = lines.get(actual.id);
    findings.holds(`Billed actual ${actual.id} is in no customer invoice line`, line !== undefined);
    findings.holds(`Billed actual ${actual.id} is in no proposal line`, proposed.has(actual.id));
    if (!line) continue;
    findings.same(`Amount of the invoice line of ${actual.id}`, line.lineAmount, isChargeable(actual) ? actual.amount : '0');
    findings.same(`Quantity of the invoice line of ${actual.id}`, line.quantity, actual.quantity);
    findings.holds(`The invoice line of ${actual.id} is on another proforma's invoice`,
      invoiceOf.get(line.customerInvoice.id)?.proposalNumber === numbers.get(actual.proformaInvoice?.id ?? ''));
  }
  findings.same('Customer invoice lines against billed actuals', String(invoiceLines.length), String(billed.length));
};

/** What a detail adds to its proforma: of a correction the difference to what was billed before. */
const addedAmount = (detail: BookedDetail) => new Decimal(detail.amount).minus(detail.previousAmount).toFixed();
const addedTax = (detail: BookedDetail) => new Decimal(detail.tax).minus(detail.previousTax).toFixed();

/** A proforma's amounts are the sums of its details by billing type; its total is the chargeable amount plus its tax. */
const proformaTotals: Check = ({ proformas, details }, findings) => {
  const byProforma = groupBy(details, (detail) => detail.proformaInvoice.id);
  for (const proforma of proformas) {
    const own = byProforma.get(proforma.id) ?? [];
    const amountOf = (billingType: string) => sumOf(own.filter((detail) => detail.billingType === billingType), addedAmount);
    findings.same(`Chargeable amount of ${proforma.number}`, proforma.chargeableAmount, amountOf('CHARGEABLE'));
    findings.same(`Non-chargeable amount of ${proforma.number}`, proforma.nonChargeableAmount, amountOf('NON_CHARGEABLE'));
    findings.same(`Complimentary amount of ${proforma.number}`, proforma.complimentaryAmount, amountOf('COMPLIMENTARY'));
    findings.same(`Tax of ${proforma.number}`, proforma.tax, sumOf(own.filter(isChargeable), addedTax));
    findings.same(`Total of ${proforma.number}`, proforma.totalAmount, new Decimal(proforma.chargeableAmount).plus(proforma.tax));
  }
};

/** A customer invoice's amounts are those of its lines and taxes, and its net amount is what the proforma charged. */
const invoiceTotals: Check = ({ proformas, proposals, invoices, invoiceLines, taxes }, findings) => {
  const byInvoice = groupBy(invoiceLines, (line) => line.customerInvoice.id);
  const byLine = groupBy(taxes, (tax) => tax.invoiceLine.id);
  const proposalOf = new Map(proposals.map((proposal) => [proposal.number, proposal]));
  const ofProforma = indexed(invoices, (invoice) => invoice.proposalNumber, (number) => findings.holds(`Proforma ${number} has two customer invoices`, false));
  for (const line of invoiceLines) {
    findings.same(`Tax of invoice line ${line.id}`, line.taxAmount, sumOf(byLine.get(line.id) ?? [], (tax) => tax.taxAmount));
  }
  for (const proforma of proformas.filter(({ status }) => WRITTEN.includes(status))) {
    const invoice = ofProforma.get(proforma.number);
    findings.holds(`Confirmed proforma ${proforma.number} has no customer invoice`, invoice !== undefined);
    if (!invoice) continue;
    const lines = byInvoice.get(invoice.id) ?? [];
    const what = `invoice ${invoice.number}`;
    findings.same(`Lines of ${what}`, String(lines.length), String(proforma.billedActualCount));
    findings.same(`Net amount of ${what}`, invoice.netAmount, sumOf(lines, (line) => line.lineAmount));
    findings.same(`Tax of ${what}`, invoice.taxAmount, sumOf(lines, (line) => line.taxAmount));
    findings.same(`Amount of ${what}`, invoice.invoiceAmount, new Decimal(invoice.netAmount).plus(invoice.taxAmount));
    findings.same(`Net amount of ${what} against its proforma`, invoice.netAmount, proforma.chargeableAmount);
    findings.holds(`${what} is in another currency than its proforma`, invoice.currencyCode === proforma.currencyCode);
    findings.holds(`${what} is in another legal entity than its proforma`, invoice.legalEntityId === proforma.legalEntityId);
    const proposal = proposalOf.get(proforma.number);
    findings.holds(`The proposal of ${what} is not invoiced`, proposal?.status === 'INVOICED');
    findings.same(`Amount of the proposal of ${what}`, proposal?.invoiceAmount, invoice.invoiceAmount);
  }
};

/**
 * Every confirmed detail is billed by actuals that say what it says, and unbilled to zero, and leaves no quantity of its source
 * behind (6.9: A1 to A4, B and C); a correction bills the difference to what it corrects (6.9: E). Which actuals bill, reverse and
 * replace which, their connections say (1.6).
 */
const sourcesAreBilled: Check = ({ proformas, details, actuals, connections }, findings) => {
  const confirmed = new Set(proformas.filter(({ status }) => WRITTEN.includes(status)).map(({ id }) => id));
  const actualOf = new Map(actuals.map((actual) => [actual.id, actual]));
  const connectedFrom = groupBy(connections, ({ transaction1Role, transaction2Role, transaction1 }) => `${transaction1Role} ${transaction2Role} ${transaction1?.id}`);
  const reversing = groupBy(connections.filter(({ transaction1Role }) => transaction1Role === 'Reversing'), ({ transaction2 }) => transaction2?.id ?? '');
  const ofDetail = groupBy(actuals, (actual) => actual.lineDetail?.id ?? '');
  for (const detail of details.filter((one) => confirmed.has(one.proformaInvoice.id) && !one.retainer)) {
    const own = ofDetail.get(detail.id) ?? [];
    const source = detail.unbilledActual && actualOf.get(detail.unbilledActual.id)!;
    const billed = own.filter((actual) => actual.transactionType === 'BILLED_SALES');
    findings.same(`Billed quantity of detail ${detail.id}`, sumOf(billed, (actual) => actual.quantity), billedQuantityOf(detail, source));
    findings.same(`Billed chargeable amount of detail ${detail.id}`, sumOf(billed.filter(isChargeable), (actual) => actual.amount),
      isChargeable(detail) ? addedAmount(detail) : '0');
    findings.holds(`Detail ${detail.id} has a billed actual that is not sent`, billed.every((actual) => !actual.skipSync));
    if (detail.isCorrection) continue;
    // Of an invoice that was loaded, the reversals do not name their detail.
    const loaded = source ? (reversing.get(source.id) ?? []).flatMap(({ transaction1 }) => actualOf.get(transaction1?.id ?? '') ?? []) : [];
    const unbilled = [...new Set([...(source ? [source] : []), ...own.filter((actual) => actual.transactionType === 'UNBILLED_SALES'), ...loaded])];
    findings.same(`Unbilled quantity of detail ${detail.id}`, sumOf(unbilled, (actual) => actual.quantity), '0');
    findings.same(`Unbilled amount of detail ${detail.id}`, sumOf(unbilled, (actual) => actual.amount), '0');
    findings.holds(`Unbilled of detail ${detail.id} is not posted`, unbilled.every((actual) => actual.billingStatus === 'CUSTOMER_INVOICE_POSTED'));
    if (unbilled.length === 0) continue;
    for (const actual of own) connectedWithOneOf(unbilled, actual, connectedFrom, findings);
    reversalsAreSkipped(unbilled, source, findings);
  }
};

/** A retainer is never used beyond its amount; what is unbilled of it is minus what is available, and what is billed is the rest (design 7.5). */
const retainersBalance: Check = ({ retainers }, findings) => {
  for (const { id, amount, usedAmount, refundedAmount, availableAmount, invoiceStatus, actuals: { nodes } } of retainers) {
    const isInvoiced = invoiceStatus === 'INVOICED';
    const ofType = (type: string) => sumOf(nodes.filter((actual) => actual.transactionType === type), (actual) => actual.amount);
    findings.same(`Available amount of retainer ${id}`, availableAmount, isInvoiced ? new Decimal(amount).minus(usedAmount).minus(refundedAmount) : '0');
    findings.holds(`Retainer ${id} has ${availableAmount} available`, new Decimal(availableAmount).gte(0));
    findings.same(`Unbilled amount of retainer ${id}`, ofType('UNBILLED_SALES'), new Decimal(availableAmount).neg());
    findings.same(`Billed amount of retainer ${id}`, ofType('BILLED_SALES'), availableAmount);
    findings.holds(`Retainer ${id} has an unbilled actual that is sent`, nodes.every((actual) => actual.skipSync === (actual.transactionType === 'UNBILLED_SALES')));
  }
};

/** A correction bills the difference. What a reduced quantity leaves is billed too, as non-chargeable; a fee leaves nothing. */
function billedQuantityOf(detail: BookedDetail, source: BookedActual | null): string {
  if (detail.isCorrection) return new Decimal(detail.quantity).minus(detail.originalBilledActual?.quantity ?? 0).toFixed();
  if (!source || source.classification === 'FEE') return detail.quantity;
  return new Decimal(detail.quantity).gte(0) ? Decimal.max(detail.quantity, source.quantity).toFixed() : detail.quantity;
}

/** A billed actual bills one of the detail's unbilled actuals, a negative one reverses one of them. */
function connectedWithOneOf(
  unbilled: readonly BookedActual[], actual: BookedActual, connectedFrom: ReadonlyMap<string, readonly BookedConnection[]>, findings: Findings,
): void {
  const pair = actual.transactionType === 'BILLED_SALES' ? 'Billed Sales Unbilled Sales' : 'Reversing Original';
  if (actual.transactionType === 'UNBILLED_SALES' && actual.adjustmentStatus !== 'UNADJUSTABLE') return;
  const others = connectedFrom.get(`${pair} ${actual.id}`) ?? [];
  const isOne = others.length === 1 && unbilled.some(({ id }) => id === others[0]!.transaction2?.id);
  findings.holds(`Actual ${actual.id} is not connected as ${pair} with one unbilled actual of its detail`, isOne);
}

/** Reversals are unadjustable; only the reversal of an adjusted source is sent, because finance has to take it out of WIP. */
function reversalsAreSkipped(unbilled: readonly BookedActual[], source: BookedActual | null, findings: Findings): void {
  const reversals = unbilled.filter((actual) => actual.adjustmentStatus === 'UNADJUSTABLE');
  const sent = reversals.filter((actual) => !actual.skipSync);
  const isAdjusted = source?.adjustmentStatus === 'ADJUSTED';
  findings.holds(`Of ${unbilled.length} unbilled actuals around ${unbilled[0]!.id}, ${reversals.length} are reversals`, reversals.length * 2 === unbilled.length);
  findings.holds(`Of the reversals around ${unbilled[0]!.id}, ${sent.length} are sent`, sent.length === (isAdjusted ? 1 : 0));
}

/** Every actual that is not skipped is staged once, as it stands; no other is. */
const sentIsStaged: Check = ({ actuals, staged }, findings) => {
  const arrived = indexed(staged, (row) => row.actual?.id, (id) => findings.holds(`Actual ${id} is staged twice`, false));
  for (const actual of actuals) {
    const row = arrived.get(actual.id);
    findings.holds(`Actual ${actual.id} is ${row ? '' : 'not '}staged, Skip Sync is ${actual.skipSync}`, (row !== undefined) === !actual.skipSync);
    if (!row) continue;
    findings.same(`Staged quantity of ${actual.id}`, row.quantity, actual.quantity);
    findings.same(`Staged amount of ${actual.id}`, row.amount, actual.amount);
    findings.holds(`Staged actual ${actual.id} was not processed: ${row.importErrorCode ?? 'no error'}`, row.isProcessed);
  }
};

/** Cost and unbilled rows that were sent have one journal line each, and that one project transaction; invoicing marks the unbilled ones. */
const journalsMatchSubledger: Check = ({ staged, journalLines, projectTransactions, proposalLines, invoiceLines }, findings) => {
  const lines = indexed(journalLines, (line) => line.actual?.id, (id) => findings.holds(`Actual ${id} is in two journal lines`, false));
  const transactions = indexed(projectTransactions, (row) => row.actual?.id, (id) => findings.holds(`Actual ${id} has two project transactions`, false));
  const invoiceOfLine = new Map(invoiceLines.map((line) => [line.proposalLine.id, line.customerInvoice.id]));
  const invoiced = new Map(proposalLines.filter((line) => line.journalLine).map((line) => [line.journalLine!.id, invoiceOfLine.get(line.id)]));
  for (const row of staged.filter(({ transactionType }) => transactionType !== 'BILLED_SALES')) {
    const line = lines.get(row.actual!.id);
    const transaction = transactions.get(row.actual!.id);
    findings.holds(`Staged ${row.transactionType} ${row.id} has no posted journal line and transaction`, line?.status === 'POSTED' && transaction !== undefined);
    if (!line || !transaction) continue;
    findings.same(`Journal amount of ${row.id}`, line.amount, row.amount);
    findings.same(`Subledger amount of ${row.id}`, transaction.amount, row.amount);
    findings.same(`Subledger amount of ${row.id} in accounting currency`, transaction.accountingAmount, line.accountingAmount);
    const invoice = invoiced.get(line.id);
    findings.holds(`Project transaction ${transaction.id} is ${transaction.status}, its invoice ${String(invoice)}`,
      transaction.status === (invoice ? 'INVOICED' : 'POSTED') && (transaction.customerInvoice?.id ?? undefined) === invoice);
  }
};

/** Every voucher balances in accounting currency and in each transaction currency. */
const vouchersBalance: Check = ({ vouchers, ledgerEntries }, findings) => {
  const known = new Set(vouchers.map((voucher) => voucher.id));
  for (const [voucher, entries] of groupBy(ledgerEntries, (entry) => entry.voucher.id)) {
    findings.holds(`Voucher ${voucher} does not exist`, known.has(voucher));
    findings.same(`Voucher ${voucher} in accounting currency`, sumOf(entries, (entry) => entry.accountingAmount), '0');
    for (const [currency, own] of groupBy(entries, (entry) => entry.currencyCode)) {
      findings.same(`Voucher ${voucher} in ${currency}`, sumOf(own, (entry) => entry.amount), '0');
    }
  }
};

/** The ledger trace of the project subledger adds up to the ledger, account by account, but for receivables and tax. */
const traceMatchesLedger: Check = ({ ledgerEntries, projectPostings }, findings) => {
  const ofSubledgers = ['CUSTOMER_BALANCE', 'SALES_TAX_PAYABLE'];
  type Posted = Books['projectPostings'][number] | Books['ledgerEntries'][number];
  const keyOf = (row: Posted) => [row.voucher.id, row.mainAccountId, row.postingType].join(' ');
  const ledger = groupBy(ledgerEntries.filter((entry) => !ofSubledgers.includes(entry.postingType)), keyOf);
  const trace = groupBy(projectPostings, keyOf);
  for (const key of new Set([...ledger.keys(), ...trace.keys()])) {
    const [entries, postings] = [ledger.get(key) ?? [], trace.get(key) ?? []];
    findings.same(`Ledger and trace of ${key}`, sumOf(entries, (row) => row.accountingAmount), sumOf(postings, (row) => row.accountingAmount));
  }
};

/** Numbers of a sequence, for example GBPM-INV-0000003, count from 1 without a gap. */
const numbersHaveNoGap: Check = ({ invoices, vouchers }, findings) => {
  const all = [...invoices, ...vouchers].map(({ legalEntityId, number }) => {
    const [, sequence = number, counted = '0'] = /^(.*?)(\d+)$/.exec(number) ?? [];
    return { sequence: `${legalEntityId} ${sequence}`, counted: Number(counted) };
  });
  for (const [sequence, numbers] of groupBy(all, (one) => one.sequence)) {
    const ordered = numbers.map(({ counted }) => counted).sort((one, other) => one - other);
    const gap = ordered.findIndex((counted, index) => counted !== index + 1);
    findings.holds(`${sequence} has ${ordered[gap]} where ${gap + 1} was expected`, gap < 0);
  }
};

/** What customers owe by their subledger is the customer balance in the ledger; each invoice is owed once. */
const subledgerMatchesLedger: Check = ({ invoices, customerTransactions, ledgerEntries }, findings) => {
  const owed = indexed(customerTransactions, (row) => row.customerInvoice.id, (id) => findings.holds(`Invoice ${id} is owed twice`, false));
  for (const invoice of invoices) {
    const row = owed.get(invoice.id);
    findings.same(`Customer transaction of ${invoice.number}`, row?.amount, invoice.invoiceAmount);
    findings.same(`Customer transaction of ${invoice.number} in accounting currency`, row?.accountingAmount, invoice.accountingInvoiceAmount);
    findings.holds(`Customer transaction of ${invoice.number} has another voucher`, row?.voucherNumber === invoice.voucherNumber);
  }
  const balances = ledgerEntries.filter((entry) => entry.postingType === 'CUSTOMER_BALANCE');
  const keyOf = (row: { legalEntityId: string; currencyCode: string }) => `${row.legalEntityId} ${row.currencyCode}`;
  const ledger = groupBy(balances, keyOf);
  const subledger = groupBy(customerTransactions, keyOf);
  for (const key of new Set([...ledger.keys(), ...subledger.keys()])) {
    const [entries, rows] = [ledger.get(key) ?? [], subledger.get(key) ?? []];
    findings.same(`Customer balance of ${key}`, sumOf(entries, (row) => row.amount), sumOf(rows, (row) => row.amount));
    findings.same(`Customer balance of ${key} in accounting currency`, sumOf(entries, (row) => row.accountingAmount), sumOf(rows, (row) => row.accountingAmount));
  }
};

/** What is left in WIP and in accrued revenue of a project is what its unbilled sales that are not invoiced accrued: zero when all are. */
const wipIsWhatIsNotInvoiced: Check = ({ journalLines, projectTransactions, projectPostings }, findings) => {
  const lineOf = new Map(journalLines.map((line) => [line.id, line]));
  const open = projectTransactions.filter((row) => row.transactionType === 'SALES' && row.status === 'POSTED' && lineOf.get(row.journalLine.id)?.accruesRevenue);
  const keyOf = (row: { legalEntityId: string; projectId: string | null }) => `${row.legalEntityId} ${row.projectId ?? 'without project'}`;
  const stillOpen = groupBy(open, keyOf);
  const ofType = (postingType: string) => groupBy(projectPostings.filter((row) => row.postingType === postingType), keyOf);
  const wip = ofType('WIP_SALES_VALUE');
  const accrued = ofType('ACCRUED_REVENUE_SALES_VALUE');
  for (const key of new Set([...stillOpen.keys(), ...wip.keys(), ...accrued.keys()])) {
    const expected = sumOf(stillOpen.get(key) ?? [], (row) => row.accountingAmount);
    findings.same(`WIP of ${key}`, sumOf(wip.get(key) ?? [], (row) => row.accountingAmount), expected);
    findings.same(`Accrued revenue of ${key}`, sumOf(accrued.get(key) ?? [], (row) => row.accountingAmount).neg(), expected);
  }
};

/** Finance's figures are back on every actual that it posted, and on every proforma that it invoiced; on no other. */
const detailIsWrittenBack: Check = ({ proformas, actuals, journalLines, invoices, invoiceLines }, findings) => {
  const invoiceOf = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  const journalLineOf = new Map(journalLines.map((line) => [line.actual?.id, line]));
  const invoiceLineOf = new Map(invoiceLines.map((line) => [line.actual?.id, line]));
  for (const actual of actuals) {
    const line = invoiceLineOf.get(actual.id);
    const expected = line ? ofInvoice(line, invoiceOf.get(line.customerInvoice.id)!) : ofJournal(journalLineOf.get(actual.id));
    findings.holds(`Voucher of actual ${actual.id}: ${String(actual.voucherNumber)} is not ${String(expected.voucherNumber)}`, actual.voucherNumber === expected.voucherNumber);
    findings.same(`Accounting amount of actual ${actual.id}`, actual.accountingAmount, expected.accountingAmount);
    findings.same(`Exchange rate of actual ${actual.id}`, actual.accountingExchangeRate, expected.exchangeRate);
    findings.same(`Sales tax of actual ${actual.id}`, actual.salesTaxAmount, expected.salesTaxAmount);
  }
  const invoiceOfProforma = new Map(invoices.map((invoice) => [invoice.proposalNumber, invoice]));
  for (const proforma of proformas) {
    const invoice = invoiceOfProforma.get(proforma.number);
    findings.holds(`Proforma ${proforma.number} is ${proforma.status}`, (invoice !== undefined) === ['POSTED', 'PAID'].includes(proforma.status));
    findings.holds(`Invoice number on ${proforma.number}`, proforma.customerInvoiceNumber === (invoice?.number ?? null));
    findings.holds(`Invoice date on ${proforma.number}`, proforma.customerInvoiceDate === (invoice?.invoiceDate ?? null));
    findings.same(`Sales tax on ${proforma.number}`, proforma.customerInvoiceTax, invoice?.taxAmount ?? null);
  }
};

interface WrittenBack {
  readonly voucherNumber: string | null;
  readonly accountingAmount: string | null;
  readonly exchangeRate: string | null;
  readonly salesTaxAmount: string | null;
}

function ofInvoice(line: BookedInvoiceLine, invoice: BookedInvoice): WrittenBack {
  const { voucherNumber, exchangeRate } = invoice;
  return { voucherNumber, exchangeRate, accountingAmount: line.accountingAmount, salesTaxAmount: line.taxAmount };
}

function ofJournal(line: BookedJournalLine | undefined): WrittenBack {
  if (line?.status !== 'POSTED') return { voucherNumber: null, accountingAmount: null, exchangeRate: null, salesTaxAmount: null };
  const { voucherNumber, accountingAmount, exchangeRate } = line;
  return { voucherNumber, accountingAmount, exchangeRate, salesTaxAmount: '0' };
}

export const CHECKS = {
  'billed amounts are in exactly one customer invoice line': billedIsInvoicedOnce,
  'proforma totals are those of their details': proformaTotals,
  'invoice totals are those of their lines, taxes and proformas': invoiceTotals,
  'sources are billed in full and unbilled to zero': sourcesAreBilled,
  'retainers are never overdrawn, and their actuals balance': retainersBalance,
  'what is sent is staged, and nothing else': sentIsStaged,
  'journals and project subledger agree': journalsMatchSubledger,
  'vouchers balance in both currencies': vouchersBalance,
  'the ledger trace adds up to the ledger': traceMatchesLedger,
  'invoice numbers and vouchers have no gap': numbersHaveNoGap,
  'the customer subledger is the ledger\'s customer balance': subledgerMatchesLedger,
  'WIP is what is posted and not invoiced': wipIsWhatIsNotInvoiced,
  'accounting detail is written back': detailIsWrittenBack,
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;

/** What does not hold, per check; a check that holds has no sentences. */
export function audit(books: Books): Record<CheckName, string[]> {
  const results = Object.entries(CHECKS).map(([name, check]) => {
    const findings = new Findings();
    check(books, findings);
    return [name, findings.found] as const;
  });
  return Object.fromEntries(results) as Record<CheckName, string[]>;
}

/** Everything that does not hold, as sentences. Empty when the books are right. */
export const discrepanciesOf = (books: Books): string[] => Object.values(audit(books)).flat();
