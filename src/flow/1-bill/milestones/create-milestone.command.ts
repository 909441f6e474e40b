import type { CommandContext } from '../../../context';
import { Milestone, MilestoneInvoiceStatus, type ProjectContract, type ProjectContractLine } from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { notFound, refuse, refuseAny } from '../../../kernel/refusal';
import { addMilestones, milestoneCoverageOf } from '../../../stores/dataverse/milestone.store';
import { contractCustomersOf, contractLineOf, currencyDecimalsOf, lockContracts } from '../../../stores/dataverse/project-contract.store';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { partsOf, sharesOf, type Share } from '../split/split-billing.rules';
import { refusalsOfMilestone, type PlannedMilestone } from './milestone.rules';

export interface CreateMilestoneInput {
  readonly contractLineId: string;
  readonly name: string;
  readonly description?: string | null;
  /** Before tax, in the contract's currency, of all customers together. */
  readonly amount: Decimal;
  readonly tax?: Decimal | null;
  readonly milestoneDate: string;
}

export interface CreateMilestoneOutcome {
  /** One per customer who shares the line. */
  readonly milestoneIds: readonly string[];
}

/** A contract line whose contract is locked. */
export interface LockedLine {
  readonly line: ProjectContractLine;
  readonly contract: ProjectContract;
  readonly currencyDecimals: number;
}

export interface SharedLine extends LockedLine {
  readonly shares: readonly Share[];
}

/**
 * Adds a milestone to a fixed-price line: one for each customer who shares it, not ready yet, carried by the next sync (domain
 * facts 1.8 and 1.9). Refuses more than the line is contracted at.
 */
export async function createMilestone(
  context: CommandContext,
  input: CreateMilestoneInput,
  request: CommandRequest,
): Promise<CreateMilestoneOutcome> {
  return runCommand(context, request, async (work) => {
    const { contractLineId, milestoneDate, description = null } = input;
    const locked = await lockSharedLine(work, contractLineId, ['input', 'contractLineId']);
    const planned: PlannedMilestone = { name: input.name, description, amount: input.amount, tax: input.tax ?? ZERO };
    const coverage = (await milestoneCoverageOf(work, [contractLineId])).get(contractLineId)!;
    refuseAny(refusalsOfMilestone(locked.line, coverage, planned, locked.currencyDecimals));
    const changeSetId = context.ids.next();
    const milestones = milestonesOf(locked, planned).map((milestone) => ({
      ...milestone,
      id: context.ids.next(),
      description,
      milestoneDate,
      invoiceDate: milestoneDate,
      changeSetId,
    }));
    await addMilestones(work, milestones);
    await logChangeSet(work, context, changeSetId, [Milestone]);
    return { milestoneIds: milestones.map(({ id }) => id) };
  });
}

/** Locks the contract of a line; refuses an unknown line. */
export async function lockLine(work: UnitOfWork, contractLineId: string, path: string[]): Promise<LockedLine> {
  const line = (await contractLineOf(work, contractLineId)) ?? refuse(notFound('contract line', contractLineId, path));
  const contract = (await lockContracts(work, [line.contractId])).get(line.contractId)!;
  return { line, contract, currencyDecimals: await currencyDecimalsOf(work, contract.currencyId) };
}

/** The same with those who share the line; refuses a split that is not whole. */
export async function lockSharedLine(work: UnitOfWork, contractLineId: string, path: string[]): Promise<SharedLine> {
  const locked = await lockLine(work, contractLineId, path);
  const shares = sharesOf(locked.contract, contractLineId, await contractCustomersOf(work, locked.contract.id));
  return 'kind' in shares ? refuse({ ...shares, path }) : { ...locked, shares };
}

/** One milestone per customer; together they are the whole. A share too small for the smallest coin has none. */
export function milestonesOf({ line, contract, shares, currencyDecimals }: SharedLine, { name, amount, tax }: PlannedMilestone): Partial<Milestone>[] {
  const amounts = partsOf(amount, shares, currencyDecimals);
  const taxes = partsOf(tax, shares, currencyDecimals);
  return shares.flatMap(({ customerId }, index) => {
    const [partAmount, partTax] = [amounts[index]!, taxes[index]!];
    if (partAmount.isZero() && partTax.isZero()) return [];
    return {
      name,
      contractId: contract.id,
      contractLineId: line.id,
      projectId: line.projectId,
      customerId,
      currencyId: contract.currencyId,
      amount: partAmount,
      tax: partTax,
      amountAfterTax: partAmount.plus(partTax),
      invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING,
    };
  });
}
