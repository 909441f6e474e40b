import { ZERO, type Decimal } from '../../kernel/decimal';
import { ReconciliationFlow, ReconciliationStage } from '../../stores/reconcile/reconciliation.enums';
import type { StageSum } from '../../stores/reconcile/stage-sums.store';

const { SKIPPED, RECORDED, STAGED, TAKEN_UP, POSTED, WRITTEN_BACK } = ReconciliationStage;

/** The stages of each flow in the order in which its records pass them. */
export const STAGES_OF_FLOW: Readonly<Record<ReconciliationFlow, readonly ReconciliationStage[]>> = {
  [ReconciliationFlow.COST]: [RECORDED, STAGED, TAKEN_UP, POSTED, WRITTEN_BACK],
  [ReconciliationFlow.UNBILLED_SALES]: [RECORDED, STAGED, TAKEN_UP, POSTED, WRITTEN_BACK],
  [ReconciliationFlow.BILLED_SALES]: [RECORDED, STAGED, TAKEN_UP, POSTED, WRITTEN_BACK],
  [ReconciliationFlow.DOCUMENTS]: [RECORDED, STAGED, TAKEN_UP, POSTED, WRITTEN_BACK],
  [ReconciliationFlow.MILESTONES]: [RECORDED, STAGED, TAKEN_UP],
  [ReconciliationFlow.INTER_ORGANIZATIONAL]: [RECORDED, STAGED],
  [ReconciliationFlow.CONNECTIONS]: [RECORDED, STAGED],
};

/** A stage beside the one before it. What is missing is what the earlier one holds and this one does not. */
export interface ComparedSum {
  readonly flow: ReconciliationFlow;
  readonly stage: ReconciliationStage;
  readonly currencyCode: string;
  readonly count: number;
  readonly amount: Decimal;
  /** Null before posting, and where sums of several accounting currencies would be added up. */
  readonly accountingAmount: Decimal | null;
  /** Null at the first stage, and for what is skipped. */
  readonly missingCount: number | null;
  readonly missingAmount: Decimal | null;
}

type Sums = Pick<StageSum, 'count' | 'amount' | 'accountingAmount'>;

function together(sums: readonly StageSum[]): Sums {
  const accounting = sums.flatMap((sum) => sum.accountingAmount ?? []);
  return {
    count: sums.reduce((total, sum) => total + sum.count, 0),
    amount: sums.reduce((total, sum) => total.plus(sum.amount), ZERO),
    accountingAmount: accounting.length === 0 ? null : accounting.reduce((total, amount) => total.plus(amount), ZERO),
  };
}

/**
 * Puts every stage beside the one before it, by flow and currency, in the order of the process; a stage that holds nothing is there
 * with zero. The sums may be of one legal entity or of several, whose accounting currency then has to be the same to be added.
 */
export function compareStages(sums: readonly StageSum[], addsAccounting: boolean): ComparedSum[] {
  const flows = Object.values(ReconciliationFlow);
  return flows.flatMap((flow) => {
    const ofFlow = sums.filter((sum) => sum.flow === flow);
    const currencies = [...new Set(ofFlow.map((sum) => sum.currencyCode))].sort();
    return currencies.flatMap((currencyCode) => ofCurrency(flow, currencyCode, ofFlow.filter((sum) => sum.currencyCode === currencyCode), addsAccounting));
  });
}

function ofCurrency(flow: ReconciliationFlow, currencyCode: string, sums: readonly StageSum[], addsAccounting: boolean): ComparedSum[] {
  const at = (stage: ReconciliationStage): Sums => {
    const { accountingAmount, ...rest } = together(sums.filter((sum) => sum.stage === stage));
    const isKnown = stage === WRITTEN_BACK || stage === POSTED ? flow !== ReconciliationFlow.DOCUMENTS : false;
    return { ...rest, accountingAmount: isKnown && addsAccounting ? accountingAmount ?? ZERO : null };
  };
  const skipped = at(SKIPPED);
  const beside = skipped.count === 0 ? [] : [{ flow, stage: SKIPPED, currencyCode, ...skipped, missingCount: null, missingAmount: null }];
  const stages = STAGES_OF_FLOW[flow];
  return [...beside, ...stages.map((stage, place) => {
    const own = at(stage);
    const before = place === 0 ? null : at(stages[place - 1]!);
    return {
      flow, stage, currencyCode, ...own,
      missingCount: before && before.count - own.count,
      missingAmount: before && before.amount.minus(own.amount),
    };
  })];
}
