import type { CommandContext } from '../../../context';
import {
  AdjustmentStatus, NotToExceedStatus, TransactionType, type Actual, type Milestone, type ProformaInvoice, type ProjectContract,
} from '../../../entities/dataverse';
import { invalid, notFound, refuse, refuseAny, type Refusal } from '../../../kernel/refusal';
import {
  contractsOfTransactions, lockActuals, lockMilestones, moveBillingStatus, moveMilestoneStatus,
} from '../../../stores/dataverse/billing-backlog.store';
import { lockNewestDraft } from '../../../stores/dataverse/proforma-invoice.store';
import { accountsInOrder, lockContracts } from '../../../stores/dataverse/project-contract.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfRepetitions } from '../../named-list';
import { addReady } from './add-ready-transactions';
import { MARKED_IDS_MAX } from '../bill.limits';
import { BILLING_STATES } from '../billing-status.states';
import { addToTotals, totalsOf } from './change-draft';
import { decideDetailOfActual, decideDetailOfMilestone } from './draft.decision';
import { MILESTONE_STATES } from '../milestone.states';
import { contractFactsOf, completedDetailFactsOf, openDraft } from './open-draft';
import { payWithRetainers } from '../retainers/pay-with-retainers';
import type { ProformaTotals } from './proforma-totals';
import { moveOf, refusalOf } from '../transition';

export interface AddToProformaInvoiceInput {
  readonly actualIds?: readonly string[] | null;
  readonly milestoneIds?: readonly string[] | null;
}

interface Named {
  readonly contract: ProjectContract;
  readonly actuals: readonly Actual[];
  readonly milestones: readonly Milestone[];
}

/**
 * Puts named ready transactions of one contract and customer on a draft, all or none: the only draft, else the newest one, else a new
 * one (domain facts 6.2). Retainers that are available and not on it yet pay for what is unpaid.
 */
export async function addToProformaInvoice(
  context: CommandContext,
  input: AddToProformaInvoiceInput,
  request: CommandRequest,
): Promise<{ readonly proformaInvoiceId: string }> {
  return runCommand(context, request, async (work) => {
    const named = await lockNamed(work, input);
    const proforma = await draftFor(work, context, named.contract, payerOf(named));
    const facts = await completedDetailFactsOf(work, context, proforma, named.contract);
    const added = new Map<string, ProformaTotals>();
    await addReady(work, added, {
      next: (after) => Promise.resolve(after === null ? [...named.actuals] : []),
      decide: (actual) => decideDetailOfActual(facts, actual),
      take: (ids) => moveBillingStatus(work, ids, ...moveOf(BILLING_STATES, 'addToProforma')),
    });
    await addReady(work, added, {
      next: (after) => Promise.resolve(after === null ? [...named.milestones] : []),
      decide: (milestone) => decideDetailOfMilestone(facts, milestone),
      take: (ids) => moveMilestoneStatus(work, ids, ...moveOf(MILESTONE_STATES, 'addToProforma')),
    });
    if (!proforma.hasCorrections) totalsOf(await payWithRetainers(work, facts), added);
    await addToTotals(work, proforma, added);
    return { proformaInvoiceId: proforma.id };
  });
}

async function lockNamed(work: UnitOfWork, input: AddToProformaInvoiceInput): Promise<Named> {
  const [actualIds, milestoneIds] = [input.actualIds ?? [], input.milestoneIds ?? []];
  const count = actualIds.length + milestoneIds.length;
  if (count === 0 || count > MARKED_IDS_MAX) {
    refuse(invalid('INVALID_INPUT', `Name one to ${MARKED_IDS_MAX} actuals and milestones.`, ['input']));
  }
  const contracts = await lockContracts(work, await contractsOfTransactions(work, actualIds, milestoneIds));
  const actuals = await lockActuals(work, actualIds);
  const milestones = await lockMilestones(work, milestoneIds);
  refuseAny([
    ...refusalsOf('actual', 'actualIds', actualIds, actuals, refusalOfActual),
    ...refusalsOf('milestone', 'milestoneIds', milestoneIds, milestones, refusalOfMilestone),
  ]);
  const [contract, ...others] = contracts.values();
  if (contract === undefined || others.length > 0) {
    refuse(invalid('INVALID_INPUT', 'The transactions are of several contracts; a proforma is of one.', ['input']));
  }
  return { contract, actuals: [...actuals.values()], milestones: [...milestones.values()] };
}

function refusalsOf<Transaction>(
  noun: string,
  field: keyof AddToProformaInvoiceInput,
  ids: readonly string[],
  found: ReadonlyMap<string, Transaction>,
  refusalOfOne: (one: Transaction, path: string[]) => Refusal | null,
): Refusal[] {
  const pathOf = (index: number) => ['input', field, String(index)];
  const unfit = ids.flatMap((id, index) => {
    const one = found.get(id);
    return (one ? refusalOfOne(one, pathOf(index)) : notFound(noun, id, pathOf(index))) ?? [];
  });
  return [...refusalsOfRepetitions(ids, noun, pathOf), ...unfit];
}

function refusalOfActual(actual: Actual, path: string[]): Refusal | null {
  const what = `The actual ${actual.id}`;
  if (actual.transactionType !== TransactionType.UNBILLED_SALES) {
    return invalid('NOT_UNBILLED_SALES', `${what} is ${TransactionType[actual.transactionType]}; only unbilled sales are invoiced.`, path);
  }
  if (actual.adjustmentStatus === AdjustmentStatus.ADJUSTED) return invalid('ADJUSTED', `${what} was replaced by a later one.`, path);
  if (actual.adjustmentStatus !== null) return invalid('UNADJUSTABLE', `${what} is a reversal or is being adjusted.`, path);
  if (actual.notToExceedStatus === NotToExceedStatus.FAILED) {
    return invalid('NOT_TO_EXCEED_FAILED', `${what} failed a not-to-exceed limit; raise the limit and evaluate it again.`, path);
  }
  return refusalOf(BILLING_STATES, what, actual.billingStatus, 'addToProforma', path);
}

function refusalOfMilestone(milestone: Milestone, path: string[]): Refusal | null {
  return refusalOf(MILESTONE_STATES, `The milestone ${milestone.name}`, milestone.invoiceStatus, 'addToProforma', path);
}

/** Who pays all of the named transactions: a proforma has one customer. */
function payerOf({ contract, actuals, milestones }: Named): string {
  const [payer, ...others] = new Set([...actuals, ...milestones].map(({ customerId }) => customerId ?? contract.customerId));
  if (payer === undefined || others.length > 0) {
    refuse(invalid('INVALID_INPUT', 'The transactions are paid by several customers; a proforma has one.', ['input']));
  }
  return payer;
}

/** The newest draft of contract and customer, locked, or a new one. */
async function draftFor(work: UnitOfWork, context: CommandContext, contract: ProjectContract, payerId: string): Promise<ProformaInvoice> {
  const newest = await lockNewestDraft(work, contract.id, payerId);
  if (newest) return newest;
  const [payer] = await accountsInOrder(work, [payerId]);
  return openDraft(work, await contractFactsOf(work, context, contract), payer!);
}
