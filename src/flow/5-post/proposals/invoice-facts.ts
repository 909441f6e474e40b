import {
  IntegrationJournalLineStatus,
  ProjTransType,
  type InvoiceProposal,
  type InvoiceProposalLine,
  type IntegrationJournalLine,
  type ProjectPosting,
} from '../../../entities/finance';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { InternalError } from '../../../kernel/refusal';
import { loadExchangeRates } from '../../../stores/finance/exchange-rate.store';
import { journalLinesById } from '../../../stores/finance/journal.store';
import { accruedPostingsOf, balancesPostedBy, dimensionsPostedBy, onAccountTransactionsOf, projectTransactionsOf } from '../../../stores/finance/posting.store';
import { lockRetainersOnAccount, retainersOfLines } from '../../../stores/finance/retainer-balance.store';
import { loadFinanceMasters, type FinanceMasters } from '../../../stores/finance/setup-masters.store';
import type { FinanceSetup, LegalEntityFacts } from '../../../stores/finance/setup.store';
import type { Session } from '../../../stores/session';
import { exchangeRateOf } from '../../4-import/exchange-rate.rules';
import type { InvoiceLineFacts, UnbilledPartner } from './invoice-line.decision';
import type { DeductedRetainer } from './retainer-deduction.decision';
import { postingSetupOf, type PostingSetup } from '../posting-setup';
import { isEmptyPosting, postedEntry } from '../voucher-balance.rules';

/** The customer, contract and funding sources of a proposal. */
export async function loadProposalMasters(session: Session, proposal: InvoiceProposal): Promise<FinanceMasters> {
  return loadFinanceMasters(session, {
    legalEntityIds: [proposal.legalEntityId],
    contractIds: [proposal.contractId],
    customerAccounts: [proposal.customerAccount],
  });
}

/** The exchange rate of a proposal at a date: units of accounting currency per unit of its currency, null when there is none. */
export async function loadProposalRate(
  session: Session,
  proposal: InvoiceProposal,
  legalEntity: LegalEntityFacts,
  date: string,
): Promise<Decimal | null> {
  const asked = {
    legalEntityId: proposal.legalEntityId,
    contractId: proposal.contractId,
    currencyCode: proposal.currencyCode,
    accountingCurrency: legalEntity.accountingCurrency,
    rateType: legalEntity.exchangeRateType,
    date,
  };
  const book = await loadExchangeRates(session, [asked]);
  return exchangeRateOf({ ...asked, ...book(asked) });
}

/** The set-up with the contract lines and projects of a chunk, which decide where on-account and fixed-price lines post. */
export async function loadLineSetup(
  session: Session,
  setup: FinanceSetup,
  proposal: InvoiceProposal,
  lines: readonly InvoiceProposalLine[],
): Promise<PostingSetup> {
  const masters = await loadFinanceMasters(session, {
    legalEntityIds: [proposal.legalEntityId],
    contractIds: [proposal.contractId],
    contractLineIds: lines.map((line) => line.contractLineId),
    projectIds: lines.map((line) => line.projectId),
  });
  return postingSetupOf(setup, masters, proposal.legalEntityId);
}

/** What the earlier lines of one invoice deduct of each retainer, by retainer: it grows from chunk to chunk. */
export type Deductions = Map<string, DeductedRetainer>;

/**
 * What the decision of each line of a chunk needs: its unbilled partner with the ledger trace, its on-account transaction, the
 * balance that the line it credits left and the dimensions that it posted under, and the retainer that it deducts.
 */
export async function loadInvoiceLineFacts(
  session: Session,
  lines: readonly InvoiceProposalLine[],
  deductions: Deductions,
): Promise<InvoiceLineFacts[]> {
  const journalLineIds = [...new Set(lines.flatMap((line) => line.journalLineId ?? []))];
  const onAccountIds = [...new Set(lines.flatMap((line) => line.onAccountTransactionId ?? []))];
  const journalLines = await journalLinesById(session, journalLineIds);
  const transactions = await projectTransactionsOf(session, journalLineIds);
  const accrued = await accruedPostingsOf(session, journalLineIds);
  const onAccount = await onAccountTransactionsOf(session, onAccountIds);
  const creditedIds = lines.flatMap((line) => line.creditedInvoiceLineId ?? []);
  const balances = await balancesPostedBy(session, creditedIds);
  const dimensions = await dimensionsPostedBy(session, creditedIds);
  const deducted = await deductedRetainersOf(session, lines, deductions);
  return lines.map((line) => {
    const journalLine = line.journalLineId === null ? null : journalLines.get(line.journalLineId)!;
    return {
      line,
      unbilled:
        journalLine &&
        unbilledPartner(journalLine, transactions.get(journalLine.id)?.status ?? null, accrued.get(journalLine.id) ?? []),
      onAccount: line.onAccountTransactionId === null ? null : onAccount.get(line.onAccountTransactionId)!,
      deducted: deducted.get(line.id) ?? null,
      creditedBalance: balances.get(line.creditedInvoiceLineId ?? '') ?? null,
      creditedDimension: dimensions.get(line.creditedInvoiceLineId ?? '') ?? null,
    };
  });
}

/**
 * The retainers that lines of a negative amount deduct, by line. What a retainer has on account is read once for the whole invoice:
 * posting has written the deductions of earlier chunks, a preview has not, and both count them as deducted before.
 */
async function deductedRetainersOf(
  session: Session,
  lines: readonly InvoiceProposalLine[],
  deductions: Deductions,
): Promise<Map<string, DeductedRetainer>> {
  const deducting = lines.filter((line) => line.lineAmount.isNegative() && line.classification === ProjTransType.ON_ACCOUNT);
  const retainers = await retainersOfLines(
    session,
    deducting.map((line) => line.stagedActualId),
  );
  const unread = [...new Set(retainers.values())].filter((id) => !deductions.has(id));
  const onAccount = await lockRetainersOnAccount(session, unread);
  for (const id of unread) deductions.set(id, { onAccount: onAccount.get(id) ?? null, deductedBefore: ZERO });
  const found = new Map<string, DeductedRetainer>();
  for (const { id, stagedActualId, lineAmount } of deducting) {
    const retainerId = retainers.get(stagedActualId);
    if (retainerId === undefined) continue;
    const deducted = deductions.get(retainerId)!;
    found.set(id, deducted);
    deductions.set(retainerId, { ...deducted, deductedBefore: deducted.deductedBefore.minus(lineAmount) });
  }
  return found;
}

function unbilledPartner(
  journalLine: IntegrationJournalLine,
  transactionStatus: UnbilledPartner['transactionStatus'],
  postings: readonly ProjectPosting[],
): UnbilledPartner {
  const isPosted = journalLine.status === IntegrationJournalLineStatus.POSTED;
  if (isPosted && journalLine.accruesRevenue && postings.length === 0 && !isEmptyPosting(journalLine)) {
    throw new InternalError(`Journal line ${journalLine.id} accrued revenue, but has no ledger trace to release it by`);
  }
  return {
    journalLineStatus: journalLine.status,
    quantity: journalLine.quantity,
    amount: journalLine.amount,
    transactionStatus,
    defaultDimension: journalLine.defaultDimension,
    accrued: postings.map(postedEntry),
  };
}
