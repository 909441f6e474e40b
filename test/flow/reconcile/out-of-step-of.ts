import { decimal, sum } from '../../../src/kernel/decimal';
import type { Story } from '../../support/story';

export interface FoundOutOfStep {
  readonly flow: string;
  readonly stage: string;
  readonly cause: string;
  readonly message: string;
  readonly nextStep: string | null;
  readonly amount: string;
  readonly proformaNumber: string | null;
  readonly record: { readonly __typename: string; readonly id: string };
}

export const OUT_OF_STEP = 'flow stage cause message code nextStep amount currencyCode number proformaNumber since record { __typename id }';

/** What is out of step of a story's contract, in the order of the process. */
export async function outOfStepOf(story: Story, filter: object = {}): Promise<FoundOutOfStep[]> {
  const { reconciliation } = await story.ask(`query ($contract: String!, $filter: OutOfStepFilter) {
    reconciliation(contractNumber: $contract) { outOfStep(first: 500, filter: $filter) { nodes { ${OUT_OF_STEP} } } } }`, { contract: story.contractNumber, filter });
  return reconciliation.outOfStep.nodes;
}

/** The causes, each once. */
export async function causesOf(story: Story, filter: object = {}): Promise<string[]> {
  return [...new Set((await outOfStepOf(story, filter)).map((row) => row.cause))].sort();
}

/** The stages of one flow of a story's contract: stage, currency, count and amount. */
export async function stageSumsOf(story: Story, flow: string): Promise<[stage: string, currencyCode: string, count: number, amount: string][]> {
  const { reconciliation } = await story.ask('query ($contract: String!) { reconciliation(contractNumber: $contract) { overall { flow stage currencyCode count amount } } }', { contract: story.contractNumber });
  return (reconciliation.overall as { flow: string; stage: string; currencyCode: string; count: number; amount: string }[])
    .filter((sum) => sum.flow === flow).map(({ stage, currencyCode, count, amount }) => [stage, currencyCode, count, amount]);
}

/** Stages of a story's contract that miss something else than what the records out of step make up. */
export async function unexplainedOf(story: Story): Promise<string[]> {
  const { reconciliation } = await story.ask(`query ($contract: String!) { reconciliation(contractNumber: $contract) {
    overall { flow stage currencyCode missingCount missingAmount } outOfStep(first: 0) { sums { flow stage currencyCode missingCount missingAmount } } } }`, { contract: story.contractNumber });
  type Missing = { flow: string; stage: string; currencyCode: string; missingCount: number | null; missingAmount: string | null };
  const told = reconciliation.outOfStep.sums as Missing[];
  return (reconciliation.overall as Missing[]).flatMap(({ flow, stage, currencyCode, missingCount, missingAmount }) => {
    const rows = told.filter((row) => row.flow === flow && row.stage === stage && row.currencyCode === currencyCode);
    const explained = `${rows.reduce((total, row) => total + row.missingCount!, 0)} rows, ${sum(rows.map((row) => decimal(row.missingAmount!))).toFixed()}`;
    const missing = `${missingCount ?? 0} rows, ${decimal(missingAmount ?? '0').toFixed()}`;
    return explained === missing ? [] : [`${flow} ${stage} misses ${missing}; explained are ${explained}`];
  });
}
