import type { CommandContext } from '../../context';
import { timestampOf, todayOf } from '../../kernel/clock';
import { invalid, notFound, refuse, refuseAny, Refused, stale, type Refusal } from '../../kernel/refusal';
import {
  invoicedAmountsOf,
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
import { addProformaInvoice, changeProformaInvoice, setLineTotals } from '../../stores/dataverse/proforma-invoice.store';
import { payersOfReadyRetainers } from '../../stores/dataverse/retainer.store';
import { takeNumber } from '../../stores/number-sequence.store';
import type { UnitOfWork } from '../../stores/session';
import { runCommand, type CommandRequest } from '../command';
import { addReadyTransactions } from './add-ready-transactions';
import { CONTRACTS_MAX } from './bill.limits';
import { totalsOf } from './change-draft';
import { decideDraft, type Draft, type DraftFacts } from './draft.decision';
import { payWithRetainers } from './pay-with-retainers';
import { extendedAmountOf, NO_TOTALS, refusalOfTotals, sumOfTotals, type ProformaTotals } from './proforma-totals';
import type { RetainerDetailFacts } from './retainer-detail.decision';

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
  await addReadyTransactions(work, scope, detailFacts, totals);
  totalsOf(await payWithRetainers(work, detailFacts), totals);
  await storeTotals(work, draft, totals);
  return draft.header.id;
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
