import type { CommandContext } from '../../../context';
import type { ProformaInvoice } from '../../../entities/dataverse';
import { invalid, notFound, refuse, Refused, type Refusal } from '../../../kernel/refusal';
import { payersOfReadyTransactions, type ReadyScope } from '../../../stores/dataverse/billing-backlog.store';
import { accountsInOrder, lockContracts } from '../../../stores/dataverse/project-contract.store';
import { payersOfReadyRetainers } from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { addReadyRetainers, addReadyTransactions } from './add-ready-transactions';
import { CONTRACTS_MAX } from '../bill.limits';
import { addToTotals, totalsOf } from './change-draft';
import { contractFactsOf, detailFactsOf, openDraft } from './open-draft';
import { payWithRetainers } from '../retainers/pay-with-retainers';
import type { ProformaTotals } from './proforma-totals';
import type { RetainerDetailFacts } from '../retainers/retainer-detail.decision';

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
  const seen = new Set<string>();
  for (const [index, contractId] of contractIds.entries()) {
    const path = ['input', 'contractIds', String(index)];
    const { idempotencyKey } = request;
    const itemRequest = { ...request, idempotencyKey: idempotencyKey ? `${idempotencyKey}#${index}` : null };
    try {
      if (seen.has(contractId)) refuse(invalid('INVALID_INPUT', 'The contract is named twice.'));
      seen.add(contractId);
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
  const facts = await contractFactsOf(work, context, contract);
  const created: string[] = [];
  for (const payer of await accountsInOrder(work, payers.length > 0 ? payers : [contract.customerId])) {
    const proforma = await openDraft(work, facts, payer);
    await billReady(work, scope, proforma, await detailFactsOf(work, context, proforma, contract));
    created.push(proforma.id);
  }
  return created;
}

async function billReady(
  work: UnitOfWork,
  scope: ReadyScope,
  proforma: ProformaInvoice,
  facts: RetainerDetailFacts,
): Promise<void> {
  const totals = new Map<string, ProformaTotals>();
  await addReadyTransactions(work, scope, facts, totals);
  await addReadyRetainers(work, scope, facts, totals);
  totalsOf(await payWithRetainers(work, facts), totals);
  await addToTotals(work, proforma, totals);
}
