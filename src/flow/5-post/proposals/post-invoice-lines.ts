import type { CommandContext } from '../../../context';
import type { OnAccountTransaction } from '../../../entities/finance';
import { InternalError, invalid, refuse } from '../../../kernel/refusal';
import { insertCustomerInvoiceLines } from '../../../stores/finance/customer-invoice.store';
import { insertProjectPostings } from '../../../stores/finance/ledger.store';
import { markTransactionsInvoiced, stampStagedActuals, updateOnAccountTransactions } from '../../../stores/finance/posting.store';
import { updateProposalLines } from '../../../stores/finance/proposal.store';
import type { UnitOfWork } from '../../../stores/session';
import { invoiceLineRows, type InvoiceIdentity } from './invoice-posting.rows';
import { BILLED_TWICE, type DecidedLine, type ProposalPosting } from './proposal-posting';

/** A customer invoice whose header is written and whose lines are being posted. */
export interface OpenInvoice extends ProposalPosting {
  readonly identity: InvoiceIdentity;
}

/** Writes one decided chunk of a proposal's lines. */
export async function writeInvoiceLines(
  work: UnitOfWork,
  context: CommandContext,
  invoice: OpenInvoice,
  decided: readonly DecidedLine[],
): Promise<void> {
  await invoice.breath();
  await writeLines(work, context, invoice, decided);
  await invoice.breath();
  await moveSubledgersOn(work, invoice, decided);
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
  if (isDoubled) refuse(invalid('BLOCKED', BILLED_TWICE));
  await updateOnAccountTransactions(work, onAccount);
}
