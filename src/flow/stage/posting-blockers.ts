import type { InvoiceProposal, InvoiceProposalLine } from '../../entities/finance';
import { ZERO } from '../../kernel/decimal';
import type { Refusal } from '../../kernel/refusal';
import { loadExchangeRates, type ExchangeRateBook, type ExchangeRateQuestion } from '../../stores/finance/exchange-rate.store';
import { deductionsOf, lockRetainersOnAccount, type ProposalDeduction } from '../../stores/finance/retainer-balance.store';
import { loadFinanceMasters, type FinanceMasters } from '../../stores/finance/setup-masters.store';
import { loadFinanceSetup, type FinanceSetup } from '../../stores/finance/setup.store';
import { exampleLinesOf, releasingLinesOf } from '../../stores/stage/progress.store';
import type { Session } from '../../stores/session';
import { exchangeRateOf } from '../4-import/exchange-rate.rules';
import { invoiceDateOf } from '../4-import/proposal-line.decision';
import { decideInvoiceHeader } from '../5-post/proposals/invoice-header.decision';
import { loadInvoiceLineFacts } from '../5-post/proposals/invoice-facts';
import { decideInvoiceLine, type InvoiceLineFacts } from '../5-post/proposals/invoice-line.decision';
import { postingSetupOf } from '../5-post/posting-setup';
import { blocker, inProcessOrder, type Blocker } from '../blockers/blocker';

interface PostingFacts {
  readonly setup: FinanceSetup;
  readonly masters: FinanceMasters;
  readonly rates: ExchangeRateBook;
}

/**
 * What would keep open proposals that have their lines from being posted today: the same decisions that posting takes, on the
 * header, on one line of each kind and on those that take something off a balance. Only `NOT_POSTED` is left when nothing does.
 */
export async function postingBlockersOf(session: Session, proposals: readonly InvoiceProposal[]): Promise<Map<string, Blocker[]>> {
  if (proposals.length === 0) return new Map();
  const decided = await decidedLinesOf(session, proposals.map((proposal) => proposal.id));
  const setup = await loadFinanceSetup(session, proposals.map((proposal) => proposal.legalEntityId));
  const masters = await loadFinanceMasters(session, {
    legalEntityIds: proposals.map((proposal) => proposal.legalEntityId),
    contractIds: proposals.map((proposal) => proposal.contractId),
    customerAccounts: proposals.map((proposal) => proposal.customerAccount),
    contractLineIds: decided.map(({ line }) => line.contractLineId),
    projectIds: decided.map(({ line }) => line.projectId),
  });
  const rates = await loadExchangeRates(session, proposals.flatMap((proposal) => rateQuestionOf(proposal, setup) ?? []));
  const unpaid = await unpaidDeductionsOf(session, proposals.map((proposal) => proposal.id));
  return new Map(proposals.map((proposal) => {
    const own = decided.filter(({ line }) => line.proposalId === proposal.id);
    const waiting = unpaid.filter((deduction) => deduction.proposalId === proposal.id);
    return [proposal.id, blockersOf(proposal, own, waiting, { setup, masters, rates })];
  }));
}

type DecidedLine = InvoiceLineFacts & { readonly line: InvoiceProposalLine };

/** The lines that posting would decide in different ways, with the balances that they release. Their partners are other blockers' business. */
async function decidedLinesOf(session: Session, proposalIds: readonly string[]): Promise<DecidedLine[]> {
  const releasing = await releasingLinesOf(session, proposalIds);
  const released = await loadInvoiceLineFacts(session, releasing, new Map());
  const isReleasing = new Set(releasing.map((line) => line.id));
  const examples = (await exampleLinesOf(session, proposalIds)).filter((line) => !isReleasing.has(line.id));
  return [
    ...examples.map((line) => ({ line, unbilled: null, onAccount: null })),
    ...releasing.map((line, index) => ({ ...released[index]!, line, unbilled: null, onAccount: null })),
  ];
}

/** Deductions of more than finance has invoiced of their retainers: posting refuses them until it has. */
async function unpaidDeductionsOf(session: Session, proposalIds: readonly string[]): Promise<ProposalDeduction[]> {
  const deductions = await deductionsOf(session, proposalIds);
  const onAccount = await lockRetainersOnAccount(session, [...new Set(deductions.map((deduction) => deduction.retainerId))]);
  return deductions.filter(({ retainerId, amount }) => amount.gt(onAccount.get(retainerId)?.amount.neg() ?? ZERO));
}

function rateQuestionOf(proposal: InvoiceProposal, setup: FinanceSetup): ExchangeRateQuestion | null {
  const legalEntity = setup.legalEntity(proposal.legalEntityId);
  return legalEntity ? {
    legalEntityId: proposal.legalEntityId,
    contractId: proposal.contractId,
    currencyCode: proposal.currencyCode,
    accountingCurrency: legalEntity.accountingCurrency,
    rateType: legalEntity.exchangeRateType,
    date: invoiceDateOf(proposal),
  } : null;
}

function blockersOf(
  proposal: InvoiceProposal, decided: readonly DecidedLine[], unpaid: readonly ProposalDeduction[], facts: PostingFacts,
): Blocker[] {
  const { setup, masters, rates } = facts;
  const legalEntity = setup.legalEntity(proposal.legalEntityId);
  const asked = rateQuestionOf(proposal, setup);
  if (!legalEntity || !asked) {
    return [blocker('SETUP_MISSING', { details: [`Legal entity ${proposal.legalEntityId} is not set up in finance`], recordIds: [] })];
  }
  const exchangeRate = exchangeRateOf({ ...asked, ...rates(asked) });
  const decision = decideInvoiceHeader({ proposal, legalEntity, setup, masters, exchangeRate, requestedInvoiceDate: null });
  if (decision.refusals) return inProcessOrder(decision.refusals.map((refusal) => ofRefusal(refusal, proposal.id)));
  const posting = postingSetupOf(setup, masters, proposal.legalEntityId);
  const missing = decided.flatMap((line) => decideInvoiceLine(line, decision.header.terms, posting)
    .refusals.filter((refusal) => refusal.code === 'SETUP_MISSING').map((refusal) => ({ refusal, actualId: line.line.actualId })));
  if (missing.length > 0) {
    return [blocker('SETUP_MISSING', {
      count: missing.length,
      details: [...new Set(missing.map(({ refusal }) => refusal.message))],
      recordIds: [...new Set(missing.map(({ actualId }) => actualId))],
    })];
  }
  if (unpaid.length > 0) {
    return [blocker('RETAINER_NOT_INVOICED', {
      count: unpaid.length,
      details: [...new Set(unpaid.flatMap(({ invoicedBy }) => invoicedBy ?? []))].map((number) => `it waits for invoice proposal ${number} to be posted`),
      recordIds: unpaid.map(({ retainerId }) => retainerId),
    })];
  }
  return [blocker('NOT_POSTED', { count: proposal.billedActualCount, recordIds: [proposal.id] })];
}

function ofRefusal(refusal: Refusal, proposalId: string): Blocker {
  if (refusal.code === 'CUSTOMER_ON_HOLD' || refusal.code === 'PERIOD_CLOSED' || refusal.code === 'EXCHANGE_RATE_MISSING') {
    return blocker(refusal.code, { details: [refusal.message], recordIds: [proposalId] });
  }
  if (refusal.code === 'AMOUNT_OUT_OF_RANGE') return blocker(refusal.code, { details: [refusal.message], recordIds: [] });
  return blocker('SETUP_MISSING', { details: [refusal.message], recordIds: [] });
}
