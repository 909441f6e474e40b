import type { CommandContext } from '../../context';
import { MAP_FLOWS } from '../../entities/dual-write';
import { InvoiceProposalStatus, type InvoiceProposal } from '../../entities/finance';
import { InternalError, invalid, notFound, refuse, refuseAny, stale, wrongState } from '../../kernel/refusal';
import { statesAllowing } from '../../kernel/state-table';
import { breather } from '../../kernel/yielding';
import { logChangeSet } from '../../stores/dual-write/sync-log.store';
import { completeCustomerInvoice, insertCustomerInvoice, insertInvoiceCredits } from '../../stores/finance/customer-invoice.store';
import { insertLedgerEntries, insertVouchers } from '../../stores/finance/ledger.store';
import {
  changeProposal,
  countProposalLines,
  lockProposal,
  proposalLinesAfter,
  selectReadyProposalIds,
} from '../../stores/finance/proposal.store';
import { loadFinanceSetup } from '../../stores/finance/setup.store';
import { takeNumber } from '../../stores/number-sequence.store';
import type { UnitOfWork } from '../../stores/session';
import type { CommandRequest } from '../command';
import { isCalendarDate } from './calendar-date.rules';
import { loadProposalMasters, loadProposalRate } from './invoice-facts';
import { decideInvoiceHeader, customerInvoiceDateOf } from './invoice-header.decision';
import { invoiceHeaderRows } from './invoice-posting.rows';
import { INVOICE_PROPOSAL_STATES } from './invoice-proposal.states';
import { addLines, decideInvoiceVoucher, tooLargeInVoucher, NO_LINES_YET, type InvoiceTotals } from './invoice-voucher.decision';
import { postEach, type PostingResult } from './post-each';
import { postInvoiceLines, type OpenInvoice } from './post-invoice-lines';

export interface PostInvoiceProposalsInput {
  /** These proposals, or … */
  readonly proposalIds?: readonly string[] | null;
  /** … all open ones that have their lines, … */
  readonly allReady?: boolean | null;
  /** … perhaps of one legal entity only. */
  readonly legalEntityId?: string | null;
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
 * Posts invoice proposals, each as one unit of work, into customer invoices with number, voucher, tax, subledgers and ledger
 * entries (domain facts 6.7 and 7.1 to 7.4). Refused for a proposal that does not exist, is not open, lacks its lines or some of
 * them, whose invoice date is in a period that is not open, or for which an exchange rate or set-up is missing.
 */
export async function postInvoiceProposals(
  context: CommandContext,
  input: PostInvoiceProposalsInput,
  request: CommandRequest,
): Promise<PostingResult<PostedProposal>[]> {
  const { proposalIds, legalEntityId, invoiceDate, expectedVersion } = input;
  if (Boolean(proposalIds) === Boolean(input.allReady)) {
    refuse(invalid('INVALID_INPUT', 'Give either proposalIds or allReady.', ['input', 'proposalIds']));
  }
  if (isGiven(invoiceDate) && !isCalendarDate(invoiceDate)) {
    refuse(invalid('INVALID_INPUT', `${invoiceDate} is not a date.`, ['input', 'invoiceDate']));
  }
  if (isGiven(expectedVersion) && proposalIds?.length !== 1) {
    refuse(invalid('INVALID_INPUT', 'expectedVersion is for one proposal at a time.', ['input', 'expectedVersion']));
  }
  const asked = { invoiceDate: invoiceDate ?? null, expectedVersion: expectedVersion ?? null };
  return postEach(
    context,
    request,
    { field: 'proposalIds', ids: proposalIds ?? null },
    async (session) => selectReadyProposalIds(session, legalEntityId ?? undefined),
    (work, proposalId) => postProposal(work, context, proposalId, asked),
  );
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

interface Asked {
  readonly invoiceDate: string | null;
  readonly expectedVersion: number | null;
}

async function postProposal(
  work: UnitOfWork,
  context: CommandContext,
  proposalId: string,
  asked: Asked,
): Promise<PostedProposal> {
  const proposal = await lockProposal(work, proposalId);
  if (!proposal) refuse(notFound('invoice proposal', proposalId));
  const lineCount = await refuseUnready(work, proposal, asked);
  const invoice = await openInvoice(work, context, proposal, asked.invoiceDate);
  const totals = await postAllLines(work, context, invoice, lineCount);
  await closeInvoice(work, context, invoice, totals);
  const { invoiceId, invoiceNumber, voucherId, voucherNumber } = invoice.identity;
  return { proposalId, customerInvoiceId: invoiceId, customerInvoiceNumber: invoiceNumber, voucherId, voucherNumber, lineCount };
}

/** Refuses what cannot be posted whatever the set-up says; gives the number of lines. */
async function refuseUnready(work: UnitOfWork, proposal: InvoiceProposal, { expectedVersion }: Asked): Promise<number> {
  const what = `Invoice proposal ${proposal.number}`;
  if (expectedVersion !== null && expectedVersion !== proposal.version) {
    refuse(stale(what, expectedVersion, proposal.version, ['input', 'expectedVersion']));
  }
  if (INVOICE_PROPOSAL_STATES[proposal.status].post === undefined) {
    refuse(
      wrongState({
        what,
        from: InvoiceProposalStatus[proposal.status],
        to: InvoiceProposalStatus[InvoiceProposalStatus.INVOICED],
        allowed: statesAllowing(INVOICE_PROPOSAL_STATES, 'post').map((state) => InvoiceProposalStatus[Number(state)]!),
      }),
    );
  }
  const lineCount = await countProposalLines(work, proposal.id);
  if (lineCount === 0) {
    refuse(invalid('NO_PROPOSAL_LINES', `${what} has no lines yet; its blockers say what they wait for.`));
  }
  if (lineCount !== proposal.billedActualCount) {
    refuse(
      invalid('BLOCKED', `${what} has ${lineCount} of the ${proposal.billedActualCount} lines that the confirmation billed.`),
    );
  }
  return lineCount;
}

/** Decides the header, takes invoice number and voucher, and writes both, so that the lines have what they refer to. */
async function openInvoice(
  work: UnitOfWork,
  context: CommandContext,
  proposal: InvoiceProposal,
  requestedInvoiceDate: string | null,
): Promise<OpenInvoice> {
  const { legalEntityId } = proposal;
  const setup = await loadFinanceSetup(work, [legalEntityId]);
  const legalEntity = setup.legalEntity(legalEntityId);
  if (!legalEntity) refuse(invalid('SETUP_MISSING', `Legal entity ${legalEntityId} is not set up in finance.`));
  const masters = await loadProposalMasters(work, proposal);
  const exchangeRate = await loadProposalRate(work, proposal, legalEntity, customerInvoiceDateOf(proposal, requestedInvoiceDate));
  const decision = decideInvoiceHeader({ proposal, legalEntity, setup, masters, exchangeRate, requestedInvoiceDate });
  if (decision.refusals) {
    refuseAny(decision.refusals);
    throw new InternalError('A header decision without header gave no refusal');
  }
  const identity = {
    invoiceId: context.ids.next(),
    invoiceNumber: await takeNumber(work, legalEntityId, 'customerInvoice'),
    voucherId: context.ids.next(),
    voucherNumber: await takeNumber(work, legalEntityId, 'invoiceVoucher'),
    changeSetId: context.ids.next(),
  };
  const rows = invoiceHeaderRows(context, proposal, decision.header, identity, legalEntity.accountingCurrency);
  await insertVouchers(work, [rows.voucher]);
  await insertCustomerInvoice(work, rows.invoice);
  return { proposal, setup, header: decision.header, identity, breath: breather() };
}

/** Posts the lines chunk by chunk, in line order; only the sums stay in memory. */
async function postAllLines(
  work: UnitOfWork,
  context: CommandContext,
  invoice: OpenInvoice,
  lineCount: number,
): Promise<InvoiceTotals> {
  let totals = NO_LINES_YET;
  for (let after = -1; ; ) {
    const lines = await proposalLinesAfter(work, invoice.proposal.id, after);
    if (lines.length === 0) break;
    after = lines.at(-1)!.lineNumber;
    totals = addLines(totals, invoice.header.terms, await postInvoiceLines(work, context, invoice, lines));
  }
  if (totals.lineCount !== lineCount) {
    throw new InternalError(`Proposal ${invoice.proposal.number} has ${lineCount} lines, but ${totals.lineCount} were posted`);
  }
  return totals;
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
  const voucher = decideInvoiceVoucher(totals, terms, { mainAccountId: header.receivableAccountId, invoiceNumber });
  const tooLarge = tooLargeInVoucher(`invoice proposal ${proposal.number}`, totals, voucher);
  if (tooLarge) refuse(invalid('AMOUNT_OUT_OF_RANGE', tooLarge));
  const { invoiceAmount, accountingInvoiceAmount, entries } = voucher;
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
  await logChangeSet(work, context, changeSetId, [MAP_FLOWS.actualsWriteBack, MAP_FLOWS.customerInvoices]);
}
