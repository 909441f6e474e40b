import { ask } from './api';
import type { World } from './builders';
import type { TestGateway } from './engines';
import { ERRORS, type AnsweredError } from './process';

const PROGRESS = `id name amount currencyCode milestoneDate nextPercent nextAmount status remainingAmount readyAmount invoicedToDate version
  milestones(orderBy: [{ field: ID }]) { nodes { id amount invoiceStatus progressStep progressPercent customer { accountNumber } } }`;

export interface AnsweredProgress {
  readonly id: string;
  readonly readyAmount: string;
  readonly remainingAmount: string;
  readonly invoicedToDate: string;
  readonly status: string;
  readonly version: number;
  readonly milestones: {
    readonly nodes: { id: string; amount: string; invoiceStatus: string; progressStep: number | null; progressPercent: string | null; customer: { accountNumber: string } }[];
  };
}

/** Progress milestones through the API; payloads, refusals included. */
export class ProgressDesk {
  constructor(private readonly gateway: () => TestGateway) {}

  async create({ facts }: World, amount: string) {
    return this.mutate('createProgressMilestone', 'CreateProgressMilestoneInput', {
      contractLineId: facts.lines.fixedPrice, name: 'Build', milestoneDate: '2026-06-20', amount,
    });
  }

  async update(progressMilestoneId: string, input: object) {
    return this.mutate('updateProgressMilestone', 'UpdateProgressMilestoneInput', { progressMilestoneId, ...input });
  }

  async ready(progressMilestoneId: string, input: object = {}) {
    return this.mutate('markProgressMilestoneReady', 'MarkProgressMilestoneReadyInput', { progressMilestoneId, ...input });
  }

  async notReady(progressMilestoneId: string, input: object = {}) {
    return this.mutate('markProgressMilestoneNotReady', 'MarkProgressMilestoneNotReadyInput', { progressMilestoneId, ...input });
  }

  async read(id: string): Promise<AnsweredProgress> {
    return (await ask(this.gateway(), `query ($id: ID!) { progressMilestone(id: $id) { ${PROGRESS} } }`, { id })).progressMilestone;
  }

  private async mutate(mutation: string, inputType: string, input: object): Promise<{ progressMilestone: AnsweredProgress; errors: AnsweredError[] }> {
    const answer = await ask(this.gateway(), `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { progressMilestone { ${PROGRESS} } ${ERRORS} } }`, { input });
    return answer[mutation];
  }
}
