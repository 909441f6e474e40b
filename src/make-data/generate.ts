import { BillingStatus, BillingType, MilestoneInvoiceStatus, NotToExceedStatus } from '../entities/dataverse';
import { addDays } from '../kernel/clock';
import type { ContractIds, LineIds } from './contract-rows';
import { writeFinanceSetUp } from './finance-set-up';
import { Guids } from './guids';
import { ContractMaker } from './plan-contract';
import { pricesOf, roundAmount } from './price-list';
import { Random } from './random';
import { CATEGORIES, legalEntityOf, PRODUCTS, SHARED_IDS, writeSharedMasters, type CategoryName, type Sink } from './shared-masters';
import { writeMilestone, writeTransaction, type TransactionPlan } from './transaction-rows';

export interface GenerateOptions {
  /** The same seed gives the same bytes; folders of different seeds share only masters and set-up. */
  readonly seed: number;
  readonly contracts: number;
  /** Rows of `msdyn_actuals`, exactly. */
  readonly actuals: number;
}

/** GUIDs of the space 0 belong to all folders, those of 1 to 15 to samples. */
const FIRST_SPACE = 16;

const FIRST_DAY = '2026-01-05';
const DAYS = 176;
/** Work until this day is mostly ready to invoice, later work mostly not. */
const CUT_OFF = '2026-05-31';
const READY_PERCENT = { before: 85, after: 15 };

const KINDS: readonly (readonly [kind: 'Hour' | 'Cost' | 'Item' | 'Revenue', weight: number])[] = [['Hour', 72], ['Cost', 14], ['Item', 7], ['Revenue', 7]];
const BILLING_TYPES: readonly (readonly [BillingType, number])[] = [[BillingType.CHARGEABLE, 88], [BillingType.NON_CHARGEABLE, 10], [BillingType.COMPLIMENTARY, 2]];
const HOURS = ['8', '8', '8', '8', '7.5', '7', '6.25', '6', '4', '3.5', '2', '1.75', '0.5'];
const NOT_TO_EXCEED_FAILED_PERCENT = 1;
/** Percent of the work of a contract with a fixed-price line that is done on it. */
const FIXED_PRICE_WORK_PERCENT = 35;
const RESOURCES_MIN = 20;

const DESCRIPTIONS: Readonly<Record<CategoryName, readonly string[]>> = {
  Consulting: ['Requirements workshop', 'Process mapping', 'Fit-gap analysis', 'Steering committee', 'Configuration review'],
  Development: ['Integration service', 'Report layout', 'Data migration script', 'Defect correction', 'Performance tuning'],
  Training: ['Key user training', 'Training material'],
  Airfare: ['Flight to the customer and back'],
  Hotel: ['Hotel'],
  Mileage: ['Customer site and back'],
  Hardware: ['Device for the pilot', 'Spare device'],
  'Licence fee': ['Test system licence', 'Connector licence'],
};

const NAMES = ['Amal', 'Boris', 'Chloe', 'Dipak', 'Elena', 'Femi', 'Gita', 'Hugo', 'Ines', 'Jonas', 'Keiko', 'Lars', 'Mona', 'Nils', 'Olga', 'Paulo'];
const SURNAMES = ['Abe', 'Becker', 'Costa', 'Dahl', 'Evans', 'Fofana', 'Gupta', 'Hansen', 'Ito', 'Jensen', 'Kaya', 'Lopez', 'Moreau'];

/** Shares `total` out by weights, in whole rows, so that the shares sum to it. */
function shareOut(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let given = 0;
  return weights.map((weight) => {
    sum += weight;
    const until = Math.floor((total * sum) / whole);
    const share = until - given;
    given = until;
    return share;
  });
}

function workdayOf(position: number, of: number): string {
  const date = addDays(FIRST_DAY, Math.floor((position * DAYS) / Math.max(of, 1)));
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? addDays(date, 2) : weekday === 0 ? addDays(date, 1) : date;
}

/** Makes the work of contracts, row by row. */
class WorkMaker {
  private readonly resourceIds: string[];

  constructor(private readonly sink: Sink, private readonly guids: Guids, private readonly random: Random, contracts: number) {
    this.resourceIds = Array.from({ length: Math.max(RESOURCES_MIN, contracts) }, () => {
      const bookableresourceid = guids.next('resource');
      sink('bookableresources', { bookableresourceid, name: `${random.pick(NAMES)} ${random.pick(SURNAMES)}` });
      return bookableresourceid;
    });
  }

  /** Milestones of the contract's fixed-price line, whose amounts sum to the line's. */
  milestones(contract: ContractIds): void {
    const { random } = this;
    for (const line of contract.lines.filter(({ billing }) => billing === 'fixed price')) {
      const third = Math.floor(line.contractedAmount / 3);
      [third, third, line.contractedAmount - 2 * third].forEach((amount, index) => {
        const date = addDays(FIRST_DAY, random.between(30, 50) * (index + 1));
        const isReady = date <= CUT_OFF && random.chance(READY_PERCENT.before);
        const status = isReady ? MilestoneInvoiceStatus.READY_FOR_INVOICING : MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING;
        writeMilestone(this.sink, this.guids, { contract, line, name: `Milestone ${index + 1}`, amount: String(amount), date, status });
      });
    }
  }

  /** At most `budget` actuals of a contract; says how many it made. A budget of one is always used up where there is one payer. */
  work(contract: ContractIds, budget: number): number {
    let made = 0;
    while (made < budget) {
      const rows = this.transaction(contract, workdayOf(made, budget), budget - made);
      if (rows === 0) return made;
      made += rows;
    }
    return made;
  }

  private transaction(contract: ContractIds, date: string, left: number): number {
    const [timeAndMaterial, fixedPrice] = contract.lines as [LineIds, LineIds?];
    if (fixedPrice && this.random.chance(FIXED_PRICE_WORK_PERCENT)) return this.write({ ...this.hours(contract, fixedPrice, date), billingType: BillingType.NOT_AVAILABLE }, false);
    const payers = contract.payers.length;
    if (left < payers) return 0;
    const kind = left < payers + 1 ? 'Revenue' : this.random.weighted(KINDS);
    const plan = this.planOf(kind, contract, timeAndMaterial, date);
    const billingType = this.random.weighted(BILLING_TYPES);
    const isFailed = this.random.chance(NOT_TO_EXCEED_FAILED_PERCENT);
    const isReady = !isFailed && this.random.chance(date <= CUT_OFF ? READY_PERCENT.before : READY_PERCENT.after);
    return this.write({
      ...plan, billingType, billingStatus: isReady ? BillingStatus.READY_TO_INVOICE : BillingStatus.UNBILLED_SALES_CREATED,
      ...(isFailed && { notToExceedStatus: NotToExceedStatus.FAILED }),
    }, true);
  }

  private write(plan: TransactionPlan, isBillable: boolean): number {
    const { price: _price, ...costOnly } = plan;
    const { costId, unbilled } = writeTransaction(this.sink, this.guids, isBillable ? plan : costOnly);
    return (costId === null ? 0 : 1) + unbilled.length;
  }

  private planOf(kind: (typeof CATEGORIES)[number]['kind'], contract: ContractIds, line: LineIds, date: string): TransactionPlan {
    if (kind === 'Hour') return this.hours(contract, line, date);
    const { random } = this;
    const category = random.pick(CATEGORIES.filter((candidate) => candidate.kind === kind)).name;
    const shared = { contract, line, date, category, description: random.pick(DESCRIPTIONS[category]), startHour: 12 };
    if (kind === 'Revenue') {
      const price = roundAmount(random.between(4, 60) * 25, contract.plan.currency);
      return { ...shared, quantity: '1', price, unitId: SHARED_IDS.units.Each };
    }
    const prices = this.prices(category, contract);
    if (kind === 'Item') {
      return { ...shared, ...prices, quantity: String(random.between(1, 12)), unitId: SHARED_IDS.units.Each, productId: SHARED_IDS.products[random.pick(PRODUCTS).number] };
    }
    const isMileage = category === 'Mileage';
    return {
      ...shared, ...prices, quantity: String(isMileage ? random.between(8, 400) : random.between(1, 4)), resourceId: random.pick(this.resourceIds),
      unitId: isMileage ? SHARED_IDS.units.Mile : SHARED_IDS.units.Each,
    };
  }

  private hours(contract: ContractIds, line: LineIds, date: string): TransactionPlan {
    const { random } = this;
    const category = random.weighted<CategoryName>([['Consulting', 45], ['Development', 45], ['Training', 10]]);
    return {
      contract, line, date, category, description: random.pick(DESCRIPTIONS[category]), ...this.prices(category, contract), quantity: random.pick(HOURS),
      resourceId: random.pick(this.resourceIds), roleId: category === 'Development' ? SHARED_IDS.roles.Developer : SHARED_IDS.roles.Consultant,
      taskIndex: random.between(0, line.taskIds.length - 1), unitId: SHARED_IDS.units.Hour, startHour: random.between(7, 10),
    };
  }

  private prices(category: CategoryName, { plan: { currency, legalEntity } }: ContractIds) {
    return pricesOf(category, currency, legalEntityOf(legalEntity).currency, (min, max) => this.random.between(min, max));
  }
}

/**
 * Writes a professional-services company of any size to a sink, contract by contract: about seven in ten transactions are time,
 * the rest expenses, materials and fees; fixed-price lines have milestones and cost only; one transaction in ten is not
 * chargeable; most work before June is ready to invoice.
 */
export function generate({ seed, contracts, actuals }: GenerateOptions, sink: Sink): void {
  const random = new Random(seed);
  const guids = new Guids(FIRST_SPACE + seed);
  writeFinanceSetUp(sink);
  writeSharedMasters(sink);
  const maker = new ContractMaker(sink, guids, random, `S${seed}`);
  const workMaker = new WorkMaker(sink, guids, random, contracts);
  const budgets = shareOut(actuals, Array.from({ length: contracts }, () => random.between(1, 10) ** 2));
  let carried = 0;
  budgets.forEach((budget, index) => {
    const isLast = index === budgets.length - 1;
    const contract = maker.next(index + 1, isLast);
    workMaker.milestones(contract);
    carried += budget - workMaker.work(contract, budget + carried);
  });
}
