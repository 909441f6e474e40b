import type { CommandContext } from '../../context';
import type { InvoiceProposal, InvoiceProposalLine, OnAccountTransaction } from '../../entities/finance';
import { InternalError, invalid, refuse, refuseAny, type Refusal } from '../../kernel/refusal';
import { insertCustomerInvoiceLines, invoicesOfLines } from '../../stores/finance/customer-invoice.store';
import { insertProjectPostings } from '../../stores/finance/ledger.store';
import { markTransactionsInvoiced, stampStagedActuals, updateOnAccountTransactions } from '../../stores/finance/posting.store';
import { updateProposalLines } from '../../stores/finance/proposal.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import type { UnitOfWork } from '../../stores/session';
import { loadInvoiceLineFacts, loadLineSetup } from './invoice-facts';
import type { InvoiceHeader } from './invoice-header.decision';
import { decideInvoiceLine, type InvoiceLineDecision, type InvoiceLineFacts } from './invoice-line.decision';
import { invoiceLineRows, type InvoiceIdentity } from './invoice-posting.rows';
import type { TotalledLine } from './invoice-voucher.decision';

/** Refusals of one posting that are reported together: enough to mend the set-up, few enough to read. */
const REFUSALS_REPORTED_MAX = 20;

/** A customer invoice whose header is written and whose lines are being posted. */
export interface OpenInvoice {
  readonly proposal: InvoiceProposal;
  readonly setup: FinanceSetup;
  readonly header: InvoiceHeader;
  readonly identity: InvoiceIdentity;
  /** Lets other requests in between two steps of a chunk. */
  readonly breath: () => Promise<void>;
}

type DecidedLine = InvoiceLineDecision & { readonly source: InvoiceProposalLine; readonly facts: InvoiceLineFacts };

/** Decides and writes one chunk of a proposal's lines; the decisions go into the sums of the invoice's voucher. */
export async function postInvoiceLines(
  work: UnitOfWork,
  context: CommandContext,
  invoice: OpenInvoice,
  lines: readonly InvoiceProposalLine[],
): Promise<readonly TotalledLine[]> {
  const setup = await loadLineSetup(work, invoice.setup, invoice.proposal, lines);
  const facts = await loadInvoiceLineFacts(work, lines);
  const decided = lines.map(
    (source, index): DecidedLine => ({
      ...decideInvoiceLine(facts[index]!, invoice.header.terms, setup),
      source,
      facts: facts[index]!,
    }),
  );
  refuseAny(distinct(decided.flatMap((line) => line.refusals)));
  await invoice.breath();
  await writeLines(work, context, invoice, decided);
  await invoice.breath();
  await moveSubledgersOn(work, invoice, decided);
  await invoice.breath();
  const credited = await invoicesOfLines(work, lines.flatMap((line) => line.creditedInvoiceLineId ?? []));
  return decided.map(({ source, facts: _facts, ...decision }) => ({
    ...decision,
    lineAmount: source.lineAmount,
    creditedInvoiceId: credited.get(source.creditedInvoiceLineId ?? '') ?? null,
  }));
}

function distinct(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((refusal) => [refusal.message, refusal])).values()].slice(0, REFUSALS_REPORTED_MAX);
}

async function writeLines(
  work: UnitOfWork,
  context: CommandContext,
  invoice: OpenInvoice,
  decided: readonly DecidedLine[],
): Promise<void> {
  const rows = decided.map((line) => invoiceLineRows(context, invoice.header, invoice.identity, line.source, line));
  await invoice.breath();
  await insertCustomerInvoiceLines(
    work,
    rows.map((row) => row.invoiceLine),
    rows.flatMap((row) => row.taxes),
  );
  await invoice.breath();
  await insertProjectPostings(
    work,
    rows.flatMap((row) => row.postings),
  );
  await invoice.breath();
  const stamped = await stampStagedActuals(
    work,
    rows.map((row) => row.detail),
    invoice.identity.changeSetId,
  );
  if (stamped !== rows.length) {
    throw new InternalError(`${rows.length} lines were invoiced, but ${stamped} staged actuals stamped`);
  }
  await updateProposalLines(
    work,
    decided
      .filter((line) => !line.taxAmount.eq(line.source.taxAmount))
      .map(({ source, taxAmount }) => ({ id: source.id, taxAmount, version: source.version + 1 })),
  );
}

/** The unbilled sales become Invoiced, each once; on-account transactions too, or open again when their invoice is reversed. */
async function moveSubledgersOn(work: UnitOfWork, { identity }: OpenInvoice, decided: readonly DecidedLine[]): Promise<void> {
  const unbilled = decided.filter((line) => line.invoicesUnbilled).map((line) => line.source.journalLineId!);
  const marked = await markTransactionsInvoiced(work, unbilled, identity.invoiceId);
  const onAccount: Pick<OnAccountTransaction, 'id' | 'status' | 'version'>[] = decided.flatMap(
    ({ source, facts, onAccountStatus }) =>
      onAccountStatus === null
        ? []
        : [{ id: source.onAccountTransactionId!, status: onAccountStatus, version: facts.onAccount!.version + 1 }],
  );
  const isDoubled = marked !== unbilled.length || new Set(onAccount.map((row) => row.id)).size !== onAccount.length;
  if (isDoubled) refuse(invalid('BLOCKED', 'Two lines of the proposal bill the same unbilled sales or the same milestone.'));
  await updateOnAccountTransactions(work, onAccount);
}
