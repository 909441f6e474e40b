import type { CommandContext } from '../../context';
import { timestampOf, todayOf } from '../../kernel/clock';
import { invalid, notFound, refuse, refuseAny, Refused, stale, type Refusal } from '../../kernel/refusal';
import { breather } from '../../kernel/yielding';
import { CHUNK_ROWS } from '../../stores/bulk';
import {
  invoicedAmountsOf,
  lockReadyActuals,
  lockReadyMilestones,
  moveBillingStatus,
  moveMilestoneStatus,
  payersOfReadyTransactions,
  type ReadyScope,
} from '../../stores/dataverse/billing-backlog.store';
import {
  accountsInOrder,
  contractCustomersOf,
  contractLinesOf,
  currencyDecimalsOf,
  lockContracts,
} from '../../stores/dataverse/project-contract.store';
import {
  addDetails,
  addProformaInvoice,
  changeProformaInvoice,
  setLineTotals,
} from '../../stores/dataverse/proforma-invoice.store';
import { lockReadyRetainers, moveRetainerStatus, payersOfReadyRetainers } from '../../stores/dataverse/retainer.store';
import { addConnections } from '../../stores/dataverse/transaction-link.store';
import { takeNumber } from '../../stores/number-sequence.store';
import type { UnitOfWork } from '../../stores/session';
import { runCommand, type CommandRequest } from '../command';
import { CONTRACTS_MAX } from './bill.limits';
import { BILLING_STATES } from './billing-status.states';
import {
  decideDetailOfActual,
  decideDetailOfMilestone,
  decideDraft,
  type Draft,
  type DraftDetail,
  type DraftFacts,
} from './draft.decision';
import { MILESTONE_STATES } from './milestone.states';
import { payWithRetainers } from './pay-with-retainers';
import { extendedAmountOf, NO_TOTALS, refusalOfTotals, sumOfTotals, withDetail, type ProformaTotals } from './proforma-totals';
import { decideDetailOfRetainer, type RetainerDetailFacts } from './retainer-detail.decision';
import { RETAINER_STATES } from './retainer.states';
import { moveOf } from './transition';

export interface CreateProformaInvoicesInput {
  readonly contractIds: readonly string[];
  /** Creates a proforma with lines and no details where nothing is ready, instead of refusing. */
  readonly allowEmpty?: boolean | null;
  /** Only transactions up to this day, and on it. */
  readonly transactionsThrough?: string | null;
}

/** The answer for one contract: its proformas, or why there are none. */
export interface CreateProformaInvoicesItem {
  readonly contractId: string;
  readonly proformaInvoiceIds: readonly string[];
  readonly refusals: readonly Refusal[];
}

/**
 * Creates draft proformas: for each contract one per contract customer who has something ready to invoice (domain facts 6.2).
 * Each contract is a unit of work of its own, in the order given.
 */
export async function createProformaInvoices(
  context: CommandContext,
  input: CreateProformaInvoicesInput,
  request: CommandRequest,
): Promise<CreateProformaInvoicesItem[]> {
  const { contractIds } = input;
  if (contractIds.length === 0 || contractIds.length > CONTRACTS_MAX) {
    refuse(invalid('INVALID_INPUT', `Name one to ${CONTRACTS_MAX} contracts.`, ['input', 'contractIds']));
  }
  const items: CreateProformaInvoicesItem[] = [];
  for (const [index, contractId] of contractIds.entries()) {
    const path = ['input', 'contractIds', String(index)];
    const { idempotencyKey } = request;
    const itemRequest = { ...request, idempotencyKey: idempotencyKey ? `${idempotencyKey}#${index}` : null };
    try {
      if (contractIds.indexOf(contractId) < index) refuse(invalid('INVALID_INPUT', `The contract ${contractId} is named twice.`));
      const proformaInvoiceIds = await runCommand(context, itemRequest, (work) =>
        createForContract(work, context, contractId, input),
      );
      items.push({ contractId, proformaInvoiceIds, refusals: [] });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      items.push({
        contractId,
        proformaInvoiceIds: [],
        refusals: error.refusals.map((refusal) => ({ ...refusal, path: refusal.path ?? path })),
      });
    }
  }
  return items;
}

async function createForContract(
  work: UnitOfWork,
  context: CommandContext,
  contractId: string,
  input: CreateProformaInvoicesInput,
): Promise<string[]> {
  const contract = (await lockContracts(work, [contractId])).get(contractId) ?? refuse(notFound('project contract', contractId));
  const scope: ReadyScope = {
    contractId,
    contractCustomerAccountId: contract.customerId,
    transactionsThrough: input.transactionsThrough ?? null,
  };
  const payers = [...new Set([...(await payersOfReadyTransactions(work, scope)), ...(await payersOfReadyRetainers(work, scope))])];
  if (payers.length === 0 && !input.allowEmpty) {
    refuse(invalid('NOTHING_READY_TO_INVOICE', `The contract ${contract.number} has no transaction that is ready to invoice.`));
  }
  const shared = {
    contract,
    lines: await contractLinesOf(work, contractId),
    customers: await contractCustomersOf(work, contractId),
    invoiced: await invoicedAmountsOf(work, contractId),
    now: timestampOf(context.clock),
    today: todayOf(context.clock),
    currencyDecimals: await currencyDecimalsOf(work, contract.currencyId),
    newId: () => context.ids.next(),
  };
  const created: string[] = [];
  for (const { id: payerId } of await accountsInOrder(work, payers.length > 0 ? payers : [contract.customerId])) {
    const number = await takeNumber(work, 'DV', 'proformaInvoice');
    created.push(await createForPayer(work, scope, { ...shared, payerId, number }));
  }
  return created;
}

type Facts = DraftFacts & Pick<RetainerDetailFacts, 'today' | 'currencyDecimals'>;

async function createForPayer(work: UnitOfWork, scope: ReadyScope, facts: Facts): Promise<string> {
  const draft = decideDraft(facts);
  await addProformaInvoice(work, draft.header, draft.lines);
  const { contract, payerId, newId, today, currencyDecimals } = facts;
  const detailFacts: RetainerDetailFacts = {
    contract,
    payerId,
    newId,
    today,
    currencyDecimals,
    proformaInvoiceId: draft.header.id,
    lineIds: new Map(draft.lines.map((line) => [line.contractLineId, line.id])),
  };
  const totals = new Map<string, ProformaTotals>();
  await addReady(work, totals, {
    next: (after) => lockReadyActuals(work, scope, facts.payerId, { after, limit: CHUNK_ROWS }),
    decide: (actual) => decideDetailOfActual(detailFacts, actual),
    take: (ids) => moveBillingStatus(work, ids, ...moveOf(BILLING_STATES, 'addToProforma')),
  });
  await addReady(work, totals, {
    next: (after) => lockReadyMilestones(work, scope, facts.payerId, { after, limit: CHUNK_ROWS }),
    decide: (milestone) => decideDetailOfMilestone(detailFacts, milestone),
    take: (ids) => moveMilestoneStatus(work, ids, ...moveOf(MILESTONE_STATES, 'addToProforma')),
  });
  await addReady(work, totals, {
    next: (after) => lockReadyRetainers(work, scope, payerId, { after, limit: CHUNK_ROWS }),
    decide: (retainer) => decideDetailOfRetainer(detailFacts, retainer),
    take: (ids) => moveRetainerStatus(work, ids, ...moveOf(RETAINER_STATES, 'addToProforma')),
  });
  count(totals, await payWithRetainers(work, detailFacts));
  await storeTotals(work, draft, totals);
  return draft.header.id;
}

interface ReadyTransactions<Transaction> {
  /** The next chunk in key order, locked. */
  next(after: string | null): Promise<Transaction[]>;
  decide(transaction: Transaction): DraftDetail | Refusal;
  /** Moves the transactions on to the draft, and says how many were still ready. */
  take(ids: readonly string[]): Promise<number>;
}

/** Adds a detail per ready transaction, a chunk at a time, and counts them into the totals of their lines. */
async function addReady<Transaction extends { id: string }>(
  work: UnitOfWork,
  totals: Map<string, ProformaTotals>,
  { next, decide, take }: ReadyTransactions<Transaction>,
): Promise<void> {
  const breath = breather();
  for (let chunk = await next(null); chunk.length > 0; chunk = await next(chunk[chunk.length - 1]!.id)) {
    const decided = chunk.map(decide);
    refuseAny(decided.filter((decision) => 'kind' in decision));
    const details = decided.filter((decision) => 'detail' in decision);
    await addDetails(
      work,
      details.map(({ detail }) => detail),
    );
    await addConnections(
      work,
      details.flatMap(({ connection }) => connection ?? []),
    );
    if ((await take(chunk.map(({ id }) => id))) !== chunk.length) refuse(stale('A transaction of the contract', null, null));
    count(
      totals,
      details.map(({ detail }) => detail),
    );
    await breath();
  }
}

function count(totals: Map<string, ProformaTotals>, details: readonly DraftDetail['detail'][]): void {
  for (const detail of details) totals.set(detail.lineId, withDetail(totals.get(detail.lineId) ?? NO_TOTALS, detail));
}

async function storeTotals(
  work: UnitOfWork,
  { header, lines }: Draft,
  totals: ReadonlyMap<string, ProformaTotals>,
): Promise<void> {
  const total = sumOfTotals(totals.values());
  refuseAny([total, ...totals.values()].flatMap((one) => refusalOfTotals(one) ?? []));
  await setLineTotals(
    work,
    lines.map((line) => {
      const lineTotals = totals.get(line.id) ?? NO_TOTALS;
      return { id: line.id, ...lineTotals, extendedAmount: extendedAmountOf(lineTotals) };
    }),
  );
  const changed = await changeProformaInvoice(
    work,
    { id: header.id, status: header.status!, version: 1 },
    { ...total, totalAmount: extendedAmountOf(total) },
  );
  if (!changed) refuse(stale(`The proforma ${header.number}`, null, null));
}
