import type { InvoiceProposal, InvoiceProposalLine } from '../../entities/finance';
import type { Refusal } from '../../kernel/refusal';
import { loadExchangeRates, type ExchangeRateBook, type ExchangeRateQuestion } from '../../stores/finance/exchange-rate.store';
import { loadFinanceMasters, type FinanceMasters } from '../../stores/finance/setup-masters.store';
import { loadFinanceSetup, type FinanceSetup } from '../../stores/finance/setup.store';
import { exampleLinesOf } from '../../stores/stage/progress.store';
import type { Session } from '../../stores/session';
import { exchangeRateOf } from '../4-import/exchange-rate.rules';
import { invoiceDateOf } from '../4-import/proposal-line.decision';
import { decideInvoiceHeader } from '../5-post/invoice-header.decision';
import { decideInvoiceLine } from '../5-post/invoice-line.decision';
import { postingSetupOf } from '../5-post/posting-setup';
import { blocker, inProcessOrder, type Blocker } from './blocker';

interface PostingFacts {
  readonly setup: FinanceSetup;
  readonly masters: FinanceMasters;
  readonly rates: ExchangeRateBook;
}

/**
 * What would keep open proposals that have their lines from being posted today: the same decisions that posting takes, on the
 * header and on one line of each kind. Only `NOT_POSTED` is left when nothing does.
 */
export async function postingBlockersOf(session: Session, proposals: readonly InvoiceProposal[]): Promise<Map<string, Blocker[]>> {
  if (proposals.length === 0) return new Map();
  const examples = await exampleLinesOf(session, proposals.map((proposal) => proposal.id));
  const setup = await loadFinanceSetup(session, proposals.map((proposal) => proposal.legalEntityId));
  const masters = await loadFinanceMasters(session, {
    legalEntityIds: proposals.map((proposal) => proposal.legalEntityId),
    contractIds: proposals.map((proposal) => proposal.contractId),
    customerAccounts: proposals.map((proposal) => proposal.customerAccount),
    contractLineIds: examples.map((line) => line.contractLineId),
    projectIds: examples.map((line) => line.projectId),
  });
  const rates = await loadExchangeRates(session, proposals.flatMap((proposal) => rateQuestionOf(proposal, setup) ?? []));
  return new Map(proposals.map((proposal) => {
    const own = examples.filter((line) => line.proposalId === proposal.id);
    return [proposal.id, blockersOf(proposal, own, { setup, masters, rates })];
  }));
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

function blockersOf(proposal: InvoiceProposal, examples: readonly InvoiceProposalLine[], facts: PostingFacts): Blocker[] {
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
  const missing = examples.flatMap((line) => decideInvoiceLine({ line, unbilled: null, onAccount: null }, decision.header.terms, posting)
    .refusals.filter((refusal) => refusal.code === 'SETUP_MISSING').map((refusal) => ({ refusal, actualId: line.actualId })));
  if (missing.length > 0) {
    return [blocker('SETUP_MISSING', {
      count: missing.length,
      details: [...new Set(missing.map(({ refusal }) => refusal.message))],
      recordIds: [...new Set(missing.map(({ actualId }) => actualId))],
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
