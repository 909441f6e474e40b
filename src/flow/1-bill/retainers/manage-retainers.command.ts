import type { CommandContext } from '../../../context';
import {
  RetainerInvoiceStatus,
  RetainerRefundStatus,
  type ProjectContract,
  type ProjectContractLine,
  type Retainer,
} from '../../../entities/dataverse';
import { timestampOf, todayOf } from '../../../kernel/clock';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { invalid, notFound, refuse, refuseAny, stale } from '../../../kernel/refusal';
import { contractCustomersOf, contractLinesOf, currencyDecimalsOf, lockContracts } from '../../../stores/dataverse/project-contract.store';
import { addRetainer, changeRetainer, contractOfRetainer, deleteRetainerRow } from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { lockRetainer, type RetainerReference } from './lock-retainer';
import { refusalOfChange, refusalsOfEntries } from './retainer.rules';

/** What somebody says of a new retainer. */
export interface RetainerFacts {
  /** The line on which it is billed and applied; the contract's first unless given. */
  readonly contractLineId?: string | null;
  /** Who pays it: the contract's customer unless given. */
  readonly customerId?: string | null;
  readonly amount: Decimal;
  readonly tax?: Decimal | null;
  /** Today unless given. */
  readonly date?: string | null;
  readonly description?: string | null;
}

export interface CreateRetainerInput extends RetainerFacts {
  readonly contractId: string;
}

export interface RetainerOutcome {
  readonly retainerId: string;
}

/** Adds a retainer to a contract, not ready to be invoiced yet. Refused: a line or customer that is not the contract's. */
export async function createRetainer(
  context: CommandContext,
  input: CreateRetainerInput,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    const { contractId } = input;
    const path = ['input', 'contractId'];
    const contract = (await lockContracts(work, [contractId])).get(contractId) ?? refuse(notFound('project contract', contractId, path));
    const retainer = await newRetainer(work, context, contract, input);
    await addRetainer(work, retainer);
    return { retainerId: retainer.id };
  });
}

/** A retainer as somebody entered it, or the refusals of what is wrong with it. */
export async function newRetainer(
  work: UnitOfWork,
  context: CommandContext,
  contract: ProjectContract,
  input: RetainerFacts,
): Promise<Retainer> {
  const { amount, description = null } = input;
  const tax = input.tax ?? ZERO;
  refuseAny(refusalsOfEntries({ amount, tax, description }, await currencyDecimalsOf(work, contract.currencyId)));
  const line = await lineOfRetainer(work, contract, input.contractLineId ?? null);
  return {
    id: context.ids.next(),
    contractId: contract.id,
    contractLineId: line.id,
    projectId: line.projectId,
    customerId: await payerOf(work, contract, input.customerId ?? null),
    currencyId: contract.currencyId,
    amount,
    tax,
    date: input.date ?? todayOf(context.clock),
    description,
    invoiceStatus: RetainerInvoiceStatus.NOT_READY,
    usedAmount: ZERO,
    refundedAmount: ZERO,
    availableAmount: ZERO,
    refundAmount: ZERO,
    heldActualId: null,
    version: 1,
    sourceVersion: 0,
    changeSetId: null,
    refundStatus: RetainerRefundStatus.BLANK,
    createdOn: timestampOf(context.clock),
  };
}

/** A proforma line stands for a contract line, so a retainer needs one to be billed on. */
async function lineOfRetainer(
  work: UnitOfWork,
  { id, number }: Pick<ProjectContract, 'id' | 'number'>,
  contractLineId: string | null,
): Promise<ProjectContractLine> {
  const lines = await contractLinesOf(work, id);
  const line = contractLineId === null ? lines[0] : lines.find((one) => one.id === contractLineId);
  if (line) return line;
  if (contractLineId === null) refuse(invalid('NO_CONTRACT_LINE', `The contract ${number} has no line that could bill a retainer.`));
  return refuse(notFound(`line of the contract ${number}`, contractLineId, ['input', 'contractLineId']));
}

async function payerOf(work: UnitOfWork, contract: ProjectContract, customerId: string | null): Promise<string> {
  if (customerId === null || customerId === contract.customerId) return contract.customerId;
  const customers = await contractCustomersOf(work, contract.id);
  if (customers.some((customer) => customer.customerId === customerId)) return customerId;
  return refuse(notFound(`customer of the contract ${contract.number}`, customerId, ['input', 'customerId']));
}

export interface UpdateRetainerInput extends RetainerReference {
  readonly contractLineId?: string | null;
  readonly amount?: Decimal | null;
  readonly tax?: Decimal | null;
  readonly date?: string | null;
  /** Null clears it; undefined leaves it. */
  readonly description?: string | null;
}

/** Changes a retainer until a draft has it. What is not given, or null, stays as it is; a null description clears it. */
export async function updateRetainer(
  context: CommandContext,
  input: UpdateRetainerInput,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    const contract = input.contractLineId ? await lockContractOf(work, input.retainerId) : null;
    const retainer = await lockRetainer(work, input);
    const wrong = refusalOfChange(retainer, 'changed');
    if (wrong) refuse(wrong);
    const entries = { amount: input.amount ?? retainer.amount, tax: input.tax ?? retainer.tax, description: input.description ?? null };
    refuseAny(refusalsOfEntries(entries, await currencyDecimalsOf(work, retainer.currencyId)));
    const changes: Partial<Retainer> = {
      amount: entries.amount,
      tax: entries.tax,
      date: input.date ?? retainer.date,
      ...(input.description !== undefined && { description: input.description }),
      ...(contract && (await lineChanges(work, contract, input.contractLineId!))),
    };
    if (!(await changeRetainer(work, retainer, changes))) refuse(stale(`The retainer ${retainer.id}`, null, null));
    return { retainerId: retainer.id };
  });
}

/** The contract is locked before the retainer, as every command does. Null for a retainer that does not exist. */
async function lockContractOf(work: UnitOfWork, retainerId: string): Promise<ProjectContract | null> {
  const contractId = await contractOfRetainer(work, retainerId);
  return contractId === null ? null : (await lockContracts(work, [contractId])).get(contractId)!;
}

async function lineChanges(work: UnitOfWork, contract: ProjectContract, contractLineId: string): Promise<Partial<Retainer>> {
  const { id, projectId } = await lineOfRetainer(work, contract, contractLineId);
  return { contractLineId: id, projectId };
}

/** Deletes a retainer that is not ready to be invoiced. Nothing of it was ever synced. */
export async function deleteRetainer(
  context: CommandContext,
  input: RetainerReference,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    const retainer = await lockRetainer(work, input);
    const wrong = refusalOfChange(retainer, 'deleted');
    if (wrong) refuse(wrong);
    if (!(await deleteRetainerRow(work, retainer))) refuse(stale(`The retainer ${retainer.id}`, null, null));
    return { retainerId: retainer.id };
  });
}
