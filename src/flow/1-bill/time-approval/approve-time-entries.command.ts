import type { CommandContext } from '../../../context';
import { Actual, BillingMethod, BillingType, TransactionCategory, TransactionConnection, type ProjectContract, type ProjectContractCustomer, type ProjectContractLine, type TimeEntry } from '../../../entities/dataverse';
import { timestampOf } from '../../../kernel/clock';
import { ZERO } from '../../../kernel/decimal';
import { invalid, notFound, refuse, refuseAny, stale, type Refusal } from '../../../kernel/refusal';
import { chunksOf } from '../../../stores/bulk';
import { addActuals } from '../../../stores/dataverse/actual.store';
import { coverByLimit, lockLimits } from '../../../stores/dataverse/not-to-exceed.store';
import {
  currenciesOfUnits,
  customersOfContracts,
  decimalsOfCurrencies,
  lockContracts,
} from '../../../stores/dataverse/project-contract.store';
import { lockTimeEntries, moveTimeEntryStatus, timeLinesOf } from '../../../stores/dataverse/time-entry.store';
import { addConnections, addOrigins } from '../../../stores/dataverse/transaction-link.store';
import { unknownIdsOf } from '../../../stores/dataverse/master.store';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfNames } from '../../named-list';
import { sharesOf } from '../split/split-billing.rules';
import { moveOf } from '../transition';
import { decideApproval, hoursOf, type ApprovalDecision, type ApprovalFacts, type ApprovalLine } from './approval.decision';
import { namedTimeEntries, refusalOfEntry, refusalsOfFigures, type ApproveTimeEntry } from './approval.rules';
import { TIME_ENTRY_STATES } from './time-entry.states';

export interface ApproveTimeEntriesInput {
  readonly entries: readonly ApproveTimeEntry[];
  /** When the actuals count in the books; the day of the work unless given. */
  readonly accountingDate?: string | null;
}

export interface TimeApprovalOutcome {
  readonly timeEntryIds: readonly string[];
  /** The new actuals: cost, and unbilled sales per customer; on a cancellation the reversals. */
  readonly actualIds: readonly string[];
}

/**
 * Approves submitted time, all entries or none: its cost and, per customer of the contract line, its unbilled sales become
 * actuals that the next sync carries (domain facts 6.8 F). Refuses entries in other states, projects without exactly one line
 * for their time, and lines whose split is not whole.
 */
export async function approveTimeEntries(
  context: CommandContext,
  input: ApproveTimeEntriesInput,
  request: CommandRequest,
): Promise<TimeApprovalOutcome> {
  return runCommand(context, request, async (work) => {
    const { entries: asked, accountingDate = null } = input;
    const timeEntryIds = asked.map(({ timeEntryId }) => timeEntryId);
    refuseAny(refusalsOfNames(timeEntryIds, namedTimeEntries((index) => ['input', 'entries', String(index), 'timeEntryId'])));
    const lines = await timeLinesOf(work, timeEntryIds);
    const contracts = await lockContracts(work, lines.map(({ contractId }) => contractId));
    const entries = await lockTimeEntries(work, timeEntryIds);
    const targets = await ApprovalLines.read(work, lines, contracts);
    const unknownCategories = await unknownIdsOf(work, TransactionCategory, asked.flatMap(({ categoryId }) => categoryId ?? []));
    const approval: ApprovalFacts = { changeSetId: context.ids.next(), now: timestampOf(context.clock), accountingDate, newId: () => context.ids.next() };
    const decided = asked.map((one, index) => decide(approval, one, index, { entries, targets, unknownCategories }));
    refuseAny(decided.flatMap((decision) => (Array.isArray(decision) ? decision : [])));
    const decisions = decided.flatMap((decision) => (Array.isArray(decision) ? [] : [decision as ApprovalDecision]));
    if ((await moveTimeEntryStatus(work, timeEntryIds, ...moveOf(TIME_ENTRY_STATES, 'approve'))) !== timeEntryIds.length) {
      refuse(stale('A time entry', null, null));
    }
    const actualIds = await writeDecisions(work, decisions);
    for (const limit of await lockLimits(work, [...contracts.keys()])) await coverByLimit(work, limit.id);
    await logChangeSet(work, context, approval.changeSetId, [Actual, TransactionConnection]);
    return { timeEntryIds, actualIds };
  });
}

interface ApprovalReadings {
  readonly entries: ReadonlyMap<string, TimeEntry>;
  readonly targets: ApprovalLines;
  readonly unknownCategories: ReadonlySet<string>;
}

function decide(approval: ApprovalFacts, asked: ApproveTimeEntry, index: number, facts: ApprovalReadings): ApprovalDecision | Refusal[] {
  const path = ['input', 'entries', String(index)];
  const entry = facts.entries.get(asked.timeEntryId);
  const wrong = refusalOfEntry('approve', asked.timeEntryId, entry, [...path, 'timeEntryId']);
  if (wrong || !entry) return wrong ? [wrong] : [];
  const to = facts.targets.of(entry, [...path, 'timeEntryId']);
  if ('kind' in to) return [to];
  const { categoryId = null } = asked;
  const refusals = refusalsOfFigures(asked, entry, to, path);
  if (categoryId !== null && facts.unknownCategories.has(categoryId)) {
    refusals.push(notFound('transaction category', categoryId, [...path, 'categoryId']));
  }
  if (refusals.length > 0) return refusals;
  return decideApproval(approval, to, {
    entry,
    billableHours: asked.billableHours ?? hoursOf(entry),
    salesPrice: asked.salesPrice ?? ZERO,
    costPrice: asked.costPrice,
    billingType: asked.billingType ?? BillingType.CHARGEABLE,
    categoryId,
  });
}

/** The contract lines of the projects whose time is approved, with what pricing and sharing them takes. */
class ApprovalLines {
  private constructor(private readonly byProject: ReadonlyMap<string, readonly (ApprovalLine | Refusal)[]>) {}

  static async read(
    work: UnitOfWork,
    lines: readonly ProjectContractLine[],
    contracts: ReadonlyMap<string, ProjectContract>,
  ): Promise<ApprovalLines> {
    const facts = await readPricing(work, contracts);
    const byProject = new Map<string, (ApprovalLine | Refusal)[]>();
    for (const line of lines) {
      const target = lineOf(line, contracts.get(line.contractId)!, facts);
      byProject.set(line.projectId!, [...(byProject.get(line.projectId!) ?? []), target]);
    }
    return new ApprovalLines(byProject);
  }

  /** The one line that the time of an entry belongs to. */
  of(entry: TimeEntry, path: string[]): ApprovalLine | Refusal {
    const found = this.byProject.get(entry.projectId) ?? [];
    if (found.length === 1) return 'kind' in found[0]! ? { ...found[0], path } : found[0]!;
    const sentence = `The project of the time entry ${entry.id} is on ${found.length} contract lines that include time; it has to be on one.`;
    return invalid('NO_CONTRACT_LINE', sentence, path);
  }
}

/** What pricing and sharing the lines of some contracts takes, read in as many statements for one contract as for many. */
interface ApprovalPricing {
  readonly customers: ReadonlyMap<string, readonly ProjectContractCustomer[]>;
  /** The currency of a contract's cost: its contracting unit's, or its own. */
  readonly costCurrencyOf: (contract: ProjectContract) => string;
  /** By currency. */
  readonly decimals: ReadonlyMap<string, number>;
}

async function readPricing(work: UnitOfWork, contracts: ReadonlyMap<string, ProjectContract>): Promise<ApprovalPricing> {
  const all = [...contracts.values()];
  const customers = await customersOfContracts(work, [...contracts.keys()]);
  const units = await currenciesOfUnits(work, all.flatMap(({ contractingUnitId }) => contractingUnitId ?? []));
  const costCurrencyOf = ({ contractingUnitId, currencyId }: ProjectContract) => units.get(contractingUnitId ?? '') ?? currencyId;
  const currencyIds = new Set(all.flatMap((contract) => [contract.currencyId, costCurrencyOf(contract)]));
  return { customers, costCurrencyOf, decimals: await decimalsOfCurrencies(work, [...currencyIds]) };
}

function lineOf(line: ProjectContractLine, contract: ProjectContract, { customers, costCurrencyOf, decimals }: ApprovalPricing): ApprovalLine | Refusal {
  // Fixed-price time is sold through milestones, so how they are shared does not matter here.
  const isFixedPrice = line.billingMethod === BillingMethod.FIXED_PRICE;
  const shares = isFixedPrice ? [] : sharesOf(contract, line.id, customers.get(contract.id) ?? []);
  if ('kind' in shares) return shares;
  const costCurrencyId = costCurrencyOf(contract);
  return {
    contract, line, shares, costCurrencyId,
    salesDecimals: decimals.get(contract.currencyId)!,
    costDecimals: decimals.get(costCurrencyId)!,
  };
}

/** Writes new actuals with their connections and origins; their ids. */
export async function writeDecisions(work: UnitOfWork, decisions: readonly ApprovalDecision[]): Promise<string[]> {
  for (const chunk of chunksOf(decisions, DECISIONS_WRITTEN_AT_ONCE)) {
    await addActuals(work, chunk.flatMap(({ actuals }) => actuals));
    await addConnections(work, chunk.flatMap(({ connections }) => connections));
    await addOrigins(work, chunk.flatMap(({ origins }) => origins));
  }
  return decisions.flatMap(({ actuals }) => actuals.map(({ id }) => id));
}

const DECISIONS_WRITTEN_AT_ONCE = 100;
