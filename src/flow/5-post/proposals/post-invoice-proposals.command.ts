import type { CommandContext } from '../../../context';
import { StagedActual, CustomerInvoice } from '../../../entities/finance';
import { invalid, notFound, refuse, stale } from '../../../kernel/refusal';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import { completeCustomerInvoice, insertCustomerInvoice, insertInvoiceCredits } from '../../../stores/finance/customer-invoice.store';
import { insertLedgerEntries, insertVouchers } from '../../../stores/finance/ledger.store';
import { changeProposal, lockProposal, selectReadyProposalIds } from '../../../stores/finance/proposal.store';
import { takeNumber } from '../../../stores/number-sequence.store';
import type { UnitOfWork } from '../../../stores/session';
import type { CommandRequest } from '../../command';
import { isCalendarDate } from '../calendar-date.rules';
import { invoiceHeaderRows } from './invoice-posting.rows';
import { INVOICE_PROPOSAL_STATES } from './invoice-proposal.states';
import { addLines, NO_LINES_YET, type InvoiceTotals } from './invoice-voucher.decision';
import { postEach, type PostingResult } from '../post-each';
import { writeInvoiceLines, type OpenInvoice } from './post-invoice-lines';
import { POSTED_PROPOSALS_MAX } from './proposal.limits';
import { beginPosting, decidedChunks, voucherOf, type AskedPosting, type ProposalPosting } from './proposal-posting';

export interface PostInvoiceProposalsInput {
  /** These proposals, or … */
  readonly proposalIds?: readonly string[] | null;
  /** … all open ones that have their lines, … */
  readonly allReady?: boolean | null;
  /** … perhaps of one legal entity, customer or contract only, … */
  readonly legalEntityId?: string | null;
  readonly customerAccount?: string | null;
  readonly contractId?: string | null;
  /** … or those whose own invoice date is not after this one. */
  readonly invoiceDateUpTo?: string | null;
  /** Date of the customer invoices, `YYYY-MM-DD`; drops a due date that the accountant had set. */
  readonly invoiceDate?: string | null;
  /** Version that the one proposal must still have. */
  readonly expectedVersion?: number | null;
}

export interface PostedProposal {
  readonly proposalId: string;
  readonly customerInvoiceId: string;
  readonly customerInvoiceNumber: string;
  readonly voucherId: string;
  readonly voucherNumber: string;
  readonly lineCount: number;
}

/**
 * Posts invoice proposals, each as one unit of work, so that no invoice is ever posted in parts: named ones, or all that are ready,
 * those included that become ready while it runs. It posts them into customer invoices with number, voucher, tax, subledgers and ledger
 * entries (domain facts 6.7 and 7.1 to 7.4). Refused for a proposal that does not exist, is not open, lacks its lines or some of
 * them, whose invoice date is in a period that is not open, or for which an exchange rate or set-up is missing.
 */
export async function postInvoiceProposals(
  context: CommandContext,
  input: PostInvoiceProposalsInput,
  request: CommandRequest,
): Promise<PostingResult<PostedProposal>[]> {
  const { proposalIds, invoiceDate, expectedVersion } = input;
  if (Boolean(proposalIds) === Boolean(input.allReady)) {
    refuse(invalid('INVALID_INPUT', 'Give either proposals, by id or by number, or allReady.', ['input']));
  }
  if (isGiven(invoiceDate) && !isCalendarDate(invoiceDate)) {
    refuse(invalid('INVALID_INPUT', `${invoiceDate} is not a date.`, ['input', 'invoiceDate']));
  }
  const filters = ['legalEntityId', 'customerAccount', 'contractId', 'invoiceDateUpTo'] as const;
  for (const field of filters.filter((name) => proposalIds && isGiven(input[name]))) {
    refuse(invalid('INVALID_INPUT', `${field} narrows allReady; proposals that are named are posted as they are.`, ['input', field]));
  }
  if (isGiven(expectedVersion) && proposalIds?.length !== 1) {
    refuse(invalid('INVALID_INPUT', 'expectedVersion is for one proposal at a time.', ['input', 'expectedVersion']));
  }
  if ((proposalIds?.length ?? 0) > POSTED_PROPOSALS_MAX) {
    refuse(invalid('INVALID_INPUT', `At most ${POSTED_PROPOSALS_MAX} proposals can be named; post larger sets by allReady.`, ['input', 'proposalIds']));
  }
  const asked = { invoiceDate: invoiceDate ?? null, expectedVersion: expectedVersion ?? null };
  return postEach(
    context,
    request,
    { field: 'proposalIds', ids: proposalIds ?? null },
    { select: (session) => selectReadyProposalIds(session, input, POSTED_PROPOSALS_MAX), lateUpTo: POSTED_PROPOSALS_MAX },
    (work, proposalId) => postProposal(work, context, proposalId, asked),
  );
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

async function postProposal(
  work: UnitOfWork,
  context: CommandContext,
  proposalId: string,
  asked: AskedPosting,
): Promise<PostedProposal> {
  const proposal = await lockProposal(work, proposalId);
  if (!proposal) refuse(notFound('invoice proposal', proposalId));
  const invoice = await openInvoice(work, context, await beginPosting(work, proposal, asked));
  let totals = NO_LINES_YET;
  for await (const decided of decidedChunks(work, invoice)) {
    await writeInvoiceLines(work, context, invoice, decided);
    totals = addLines(totals, invoice.header.terms, decided);
  }
  await closeInvoice(work, context, invoice, totals);
  const { lineCount, identity } = invoice;
  const { invoiceId, invoiceNumber, voucherId, voucherNumber } = identity;
  return { proposalId, customerInvoiceId: invoiceId, customerInvoiceNumber: invoiceNumber, voucherId, voucherNumber, lineCount };
}

/** Takes invoice number and voucher and writes both headers, so that the lines have what they refer to. */
async function openInvoice(work: UnitOfWork, context: CommandContext, posting: ProposalPosting): Promise<OpenInvoice> {
  const { proposal, legalEntity, header } = posting;
  const identity = {
    invoiceId: context.ids.next(),
    invoiceNumber: await takeNumber(work, legalEntity.id, 'customerInvoice'),
    voucherId: context.ids.next(),
    voucherNumber: await takeNumber(work, legalEntity.id, 'invoiceVoucher'),
    changeSetId: context.ids.next(),
  };
  const rows = invoiceHeaderRows(context, proposal, header, identity, legalEntity.accountingCurrency);
  await insertVouchers(work, [rows.voucher]);
  await insertCustomerInvoice(work, rows.invoice);
  return { ...posting, identity };
}

/** Writes the ledger entries and totals, closes the proposal, and logs what is written back. */
async function closeInvoice(
  work: UnitOfWork,
  context: CommandContext,
  invoice: OpenInvoice,
  totals: InvoiceTotals,
): Promise<void> {
  const { proposal, header, identity } = invoice;
  const { legalEntityId } = proposal;
  const { invoiceId, invoiceNumber, voucherId, voucherNumber, changeSetId } = identity;
  const { terms, dueDate } = header;
  const { netAmount, taxAmount } = totals;
  const { invoiceAmount, accountingInvoiceAmount, entries } = voucherOf(invoice, totals, invoiceNumber);
  await insertLedgerEntries(
    work,
    entries.map((entry, index) => ({
      ...entry,
      id: context.ids.next(),
      legalEntityId,
      voucherId,
      lineNumber: index + 1,
      text: entry.text ?? null,
    })),
  );
  await completeCustomerInvoice(
    work,
    { id: invoiceId, netAmount, taxAmount, invoiceAmount, accountingInvoiceAmount },
    {
      id: context.ids.next(),
      legalEntityId,
      customerInvoiceId: invoiceId,
      customerAccount: proposal.customerAccount,
      invoiceNumber,
      voucherNumber,
      date: terms.invoiceDate,
      dueDate,
      currencyCode: terms.currencyCode,
      amount: invoiceAmount,
      accountingAmount: accountingInvoiceAmount,
    },
  );
  await insertInvoiceCredits(
    work,
    [...totals.credits].map(([creditedInvoiceId, credited]) => ({
      ...credited,
      id: context.ids.next(),
      legalEntityId,
      customerInvoiceId: invoiceId,
      creditedInvoiceId,
      currencyCode: terms.currencyCode,
    })),
  );
  const isChanged = await changeProposal(work, proposal, {
    status: INVOICE_PROPOSAL_STATES[proposal.status].post!,
    invoiceDate: terms.invoiceDate,
    dueDate,
    netAmount,
    taxAmount,
    invoiceAmount,
  });
  if (!isChanged) refuse(stale(`Invoice proposal ${proposal.number}`, null, null));
  await logChangeSet(work, context, changeSetId, [StagedActual, CustomerInvoice]);
}
