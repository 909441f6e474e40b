import { BillingMethod, type ProjectContractLine } from '../../../entities/dataverse';
import { decimalsOf, type Decimal } from '../../../kernel/decimal';
import { fitsMoney } from '../../../kernel/money';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { MilestoneCoverage } from '../../../stores/dataverse/milestone.store';

/** Characters of a milestone's name. */
const NAME_CHARACTERS_MAX = 100;
/** Characters of its description. */
const DESCRIPTION_CHARACTERS_MAX = 2_000;

export interface PlannedMilestone {
  readonly name: string;
  readonly description: string | null;
  readonly amount: Decimal;
  /** The project manager's estimate. */
  readonly tax: Decimal;
}

/** What is wrong with a new milestone of a line, before it is shared (domain facts 1.8). */
export function refusalsOfMilestone(
  line: Pick<ProjectContractLine, 'billingMethod'>,
  { contracted, planned }: MilestoneCoverage,
  { name, description, amount, tax }: PlannedMilestone,
  currencyDecimals: number,
): Refusal[] {
  const refusals: Refusal[] = [];
  if (line.billingMethod !== BillingMethod.FIXED_PRICE) {
    refusals.push(invalid('INVALID_INPUT', 'Milestones are on fixed-price lines.', ['input', 'contractLineId']));
  }
  if (name.trim() === '' || Array.from(name).length > NAME_CHARACTERS_MAX) {
    refusals.push(invalid('INVALID_INPUT', `A milestone has a name of at most ${NAME_CHARACTERS_MAX} characters.`, ['input', 'name']));
  }
  if (description !== null && Array.from(description).length > DESCRIPTION_CHARACTERS_MAX) {
    refusals.push(invalid('INVALID_INPUT', `The description of a milestone has at most ${DESCRIPTION_CHARACTERS_MAX} characters.`, ['input', 'description']));
  }
  if (amount.lte(0) || !isPrecise(amount, currencyDecimals)) {
    refusals.push(invalid('INVALID_INPUT', `The amount ${amount.toFixed()} has to be above zero, with at most ${currencyDecimals} decimals.`, ['input', 'amount']));
  }
  if (tax.isNegative() || !isPrecise(tax, currencyDecimals)) {
    refusals.push(invalid('INVALID_INPUT', `The tax ${tax.toFixed()} has to be at least zero, with at most ${currencyDecimals} decimals.`, ['input', 'tax']));
  }
  if (refusals.length === 0 && contracted !== null && planned.plus(amount).gt(contracted)) {
    const sentence = `The line is contracted at ${contracted.toFixed()}, of which milestones cover ${planned.toFixed()}; ${amount.toFixed()} is too much.`;
    refusals.push(invalid('MILESTONES_EXCEED_LINE', sentence, ['input', 'amount']));
  }
  return refusals;
}

function isPrecise(amount: Decimal, currencyDecimals: number): boolean {
  return decimalsOf(amount) <= currencyDecimals && fitsMoney(amount);
}
