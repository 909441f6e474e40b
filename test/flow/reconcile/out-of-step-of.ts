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
