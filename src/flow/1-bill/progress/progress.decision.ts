import { MilestoneInvoiceStatus, type Milestone } from '../../../entities/dataverse';
import { decimal, Decimal, decimalsOf, sum, ZERO } from '../../../kernel/decimal';
import { allocate, QUANTITY_SCALE, roundMoney } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';

const { NOT_READY_FOR_INVOICING, READY_FOR_INVOICING } = MilestoneInvoiceStatus;
/** All of a progress milestone, in percent. */
export const WHOLE = decimal(100);

/** A progress milestone with the milestones into which it is split so far. */
export interface ProgressFacts {
  readonly amount: Decimal;
  readonly currencyDecimals: number;
  readonly milestones: readonly Milestone[];
}

/** What somebody wants to invoice next: one of the two. */
export interface AskedPart {
  readonly percent: Decimal | null;
  readonly amount: Decimal | null;
}

export interface Part {
  readonly percent: Decimal;
  readonly amount: Decimal;
}

/** What no part has taken yet: one milestone per customer, and emptied ones that wait to be used again. */
function isLeft({ progressStep, invoiceStatus }: Milestone): boolean {
  return progressStep === null && invoiceStatus === NOT_READY_FOR_INVOICING;
}

export function remainingOf({ milestones }: ProgressFacts): Decimal {
  return sum(milestones.filter(isLeft).map(({ amount }) => amount));
}

/** The percentage that the parts so far have taken together. */
export function takenPercentOf({ milestones }: ProgressFacts): Decimal {
  const bySteps = new Map(milestones.flatMap(({ progressStep, progressPercent }) => (progressStep === null ? [] : [[progressStep, progressPercent!]])));
  return sum(bySteps.values());
}

/** The next part in percent and in amount, or why it cannot be (domain facts 1.8). */
export function partOf(facts: ProgressFacts, asked: AskedPart, pathOf: (field: 'nextPercent' | 'nextAmount') => string[]): Part | Refusal {
  if ((asked.percent === null) === (asked.amount === null)) {
    return invalid('INVALID_INPUT', 'Give nextPercent or nextAmount, one of them.', pathOf('nextPercent'));
  }
  return asked.percent === null ? partOfAmount(facts, asked.amount!, pathOf('nextAmount')) : partOfPercent(facts, asked.percent, pathOf('nextPercent'));
}

function partOfPercent(facts: ProgressFacts, percent: Decimal, path: string[]): Part | Refusal {
  const [left, remaining] = [WHOLE.minus(takenPercentOf(facts)), remainingOf(facts)];
  if (percent.lte(0) || decimalsOf(percent) > QUANTITY_SCALE) {
    return invalid('INVALID_INPUT', `${percent.toFixed()} percent has to be above zero, with at most ${QUANTITY_SCALE} decimals.`, path);
  }
  const amount = percent.eq(left) ? remaining : roundMoney(facts.amount.times(percent).div(WHOLE), facts.currencyDecimals);
  if (percent.gt(left) || amount.gt(remaining)) {
    return invalid('PROGRESS_EXCEEDED', `${percent.toFixed()} percent is more than what is left: ${left.toFixed()} percent, ${remaining.toFixed()}.`, path);
  }
  if (amount.isZero()) return invalid('INVALID_INPUT', `${percent.toFixed()} percent of ${facts.amount.toFixed()} rounds to nothing.`, path);
  return { percent, amount };
}

/** The smallest difference between two percentages. */
const SMALLEST_PERCENT = new Decimal(10).pow(-QUANTITY_SCALE);

function partOfAmount(facts: ProgressFacts, amount: Decimal, path: string[]): Part | Refusal {
  const [left, remaining] = [WHOLE.minus(takenPercentOf(facts)), remainingOf(facts)];
  if (amount.lte(0) || decimalsOf(amount) > facts.currencyDecimals) {
    return invalid('INVALID_INPUT', `The amount ${amount.toFixed()} has to be above zero, with at most ${facts.currencyDecimals} decimals.`, path);
  }
  if (amount.gt(remaining)) return invalid('PROGRESS_EXCEEDED', `${amount.toFixed()} is more than the ${remaining.toFixed()} that are left.`, path);
  if (amount.eq(remaining)) return { percent: left, amount };
  // Something is left in amount, so something is left in percent too, however little: else no percentage could take it any more.
  const percent = amount.times(WHOLE).div(facts.amount).toDecimalPlaces(QUANTITY_SCALE, Decimal.ROUND_DOWN);
  return { percent: percent.lt(left) ? percent : left.minus(SMALLEST_PERCENT), amount };
}

/** A milestone as a split leaves it. */
export interface MilestoneChange {
  readonly id: string;
  readonly amount: Decimal;
  readonly invoiceStatus: MilestoneInvoiceStatus;
  readonly progressStep: number | null;
  readonly progressPercent: Decimal | null;
  readonly milestoneDate: string;
}

export interface Split {
  readonly changed: readonly MilestoneChange[];
  /** New milestones: what they have from the one that they are split off, with these values. */
  readonly added: readonly { readonly from: Milestone; readonly change: MilestoneChange }[];
}

/**
 * Splits the next part off what is left, for each customer in proportion to what is left for him (domain facts 6.4): 20 percent of
 * 1,000 become 200 ready and 800 not ready. Who has nothing left afterwards has his last milestone ready as it is.
 */
export function decidePart(facts: ProgressFacts, { percent, amount }: Part, milestoneDate: string, newId: () => string): Split {
  const left = facts.milestones.filter((milestone) => isLeft(milestone) && milestone.amount.gt(0));
  const emptied = facts.milestones.filter((milestone) => isLeft(milestone) && milestone.amount.isZero());
  const parts = allocate(amount, left.map((milestone) => milestone.amount), facts.currencyDecimals);
  const step = Math.max(0, ...facts.milestones.map(({ progressStep }) => progressStep ?? 0)) + 1;
  const ready = { invoiceStatus: READY_FOR_INVOICING, progressStep: step, progressPercent: percent, milestoneDate };
  const changed: MilestoneChange[] = [];
  const added: { from: Milestone; change: MilestoneChange }[] = [];
  left.forEach((from, index) => {
    const part = parts[index]!;
    if (part.isZero()) return;
    if (part.eq(from.amount)) {
      changed.push({ id: from.id, amount: part, ...ready });
      return;
    }
    changed.push({ ...asLeft(from), amount: from.amount.minus(part) });
    const again = emptied.find(({ customerId }) => customerId === from.customerId);
    if (again) changed.push({ id: again.id, amount: part, ...ready });
    else added.push({ from, change: { id: newId(), amount: part, ...ready } });
  });
  return { changed, added };
}

/**
 * Merges parts that are ready, and were never billed, into what is left for their customers. Nothing that finance may have heard
 * of is deleted: the milestones are emptied, and the next part uses them again.
 */
export function decideTakingBack(facts: ProgressFacts, billedMilestoneIds: ReadonlySet<string>): Split {
  const changed: MilestoneChange[] = [];
  const back = facts.milestones.filter(({ id, progressStep, invoiceStatus }) =>
    progressStep !== null && invoiceStatus === READY_FOR_INVOICING && !billedMilestoneIds.has(id));
  for (const customerId of new Set(back.map((milestone) => milestone.customerId))) {
    const own = back.filter((milestone) => milestone.customerId === customerId);
    const left = facts.milestones.find((milestone) => isLeft(milestone) && milestone.amount.gt(0) && milestone.customerId === customerId);
    const into = left ?? own[0]!;
    const others = own.filter(({ id }) => id !== into.id);
    changed.push({ ...asLeft(into), amount: sum([into, ...others].map(({ amount }) => amount)) });
    changed.push(...others.map((milestone) => ({ ...asLeft(milestone), amount: ZERO })));
  }
  return { changed, added: [] };
}

function asLeft({ id, amount, milestoneDate }: Milestone): MilestoneChange {
  return { id, amount, milestoneDate, invoiceStatus: NOT_READY_FOR_INVOICING, progressStep: null, progressPercent: null };
}
