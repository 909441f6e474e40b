import { NotToExceedStatus, type Actual, type NotToExceedLimit, type ProjectContract } from '../../../entities/dataverse';
import { InternalError, invalid, type Refusal } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import {
  limitPositionsOf,
  lockLimits,
  lockUncommitted,
  setNotToExceedStatus,
  type EvaluationCursor,
  type EvaluationScope,
} from '../../../stores/dataverse/not-to-exceed.store';
import type { UnitOfWork } from '../../../stores/session';
import { Commitments, inOrder } from './commitments';

/** Which of the transactions are within the limits that cover them, and which are not. */
export interface Evaluation {
  readonly committedIds: readonly string[];
  readonly failedIds: readonly string[];
}

/**
 * The not-to-exceed limits of locked contracts, locked as well: whoever evaluates against them waits for the others. Statuses
 * are written as they are found, so that what is evaluated next counts them.
 */
export class LockedLimits {
  private constructor(
    private readonly work: UnitOfWork,
    private readonly contracts: ReadonlyMap<string, ProjectContract>,
    private readonly limits: readonly NotToExceedLimit[],
  ) {}

  static async of(work: UnitOfWork, contracts: ReadonlyMap<string, ProjectContract>): Promise<LockedLimits> {
    return new LockedLimits(work, contracts, await lockLimits(work, [...contracts.keys()]));
  }

  /** Contracts among those given that have a limit at all. */
  limited(contractIds: readonly string[]): string[] {
    return contractIds.filter((contractId) => this.limits.some((limit) => limit.contractId === contractId));
  }

  /** Evaluates transactions that are locked and take nothing from a limit yet, each against the limits of its contract. */
  async evaluate(actuals: readonly Actual[]): Promise<Evaluation> {
    const all = { committedIds: [] as string[], failedIds: [] as string[] };
    for (const contractId of new Set(actuals.map((actual) => actual.contractId))) {
      const commitments = await this.commitmentsOf(contractId);
      const found = await this.store(commitments, inOrder(actuals.filter((actual) => actual.contractId === contractId)));
      all.committedIds.push(...found.committedIds);
      all.failedIds.push(...found.failedIds);
    }
    return all;
  }

  /** Evaluates the open transactions of a contract, a chunk at a time, in order; says how many are within and how many not. */
  async evaluateContract(scope: EvaluationScope): Promise<{ committed: number; failed: number }> {
    const commitments = await this.commitmentsOf(scope.contractId);
    const breath = breather();
    const counts = { committed: 0, failed: 0 };
    const next = (after: EvaluationCursor | null) => lockUncommitted(this.work, scope, { after, limit: CHUNK_ROWS });
    for (let chunk = await next(null); chunk.length > 0; chunk = await next(chunk[chunk.length - 1]!)) {
      const { committedIds, failedIds } = await this.store(commitments, chunk);
      counts.committed += committedIds.length;
      counts.failed += failedIds.length;
      await breath();
    }
    return counts;
  }

  private async commitmentsOf(contractId: string): Promise<Commitments> {
    const contract = this.contracts.get(contractId);
    if (!contract) throw new InternalError(`The contract ${contractId} is not locked`);
    const own = this.limits.filter((limit) => limit.contractId === contractId);
    const positions = await limitPositionsOf(this.work, own.map(({ id }) => id));
    const balances = own.map(({ id, contractLineId, customerId, amount }) => ({
      contractLineId,
      customerId,
      remaining: amount.minus(positions.get(id)!.committed),
    }));
    return new Commitments(balances, contract.customerId);
  }

  private async store(commitments: Commitments, actuals: readonly Actual[]): Promise<Evaluation> {
    const idsBy = new Map<NotToExceedStatus, string[]>();
    for (const actual of actuals) {
      const status = commitments.evaluate(actual);
      idsBy.set(status, [...(idsBy.get(status) ?? []), actual.id]);
    }
    for (const [status, ids] of idsBy) await setNotToExceedStatus(this.work, ids, status);
    return {
      committedIds: idsBy.get(NotToExceedStatus.COMMITTED) ?? [],
      failedIds: idsBy.get(NotToExceedStatus.FAILED) ?? [],
    };
  }
}

/** One refusal per named transaction that exceeds a limit, at its place in the input. */
export function refusalsOfFailed(namedIds: readonly string[], failedIds: readonly string[]): Refusal[] {
  return failedIds.map((id) =>
    invalid('NOT_TO_EXCEED_FAILED', `The actual ${id} exceeds a not-to-exceed limit; raise the limit, or leave it out.`, [
      'input',
      'actualIds',
      String(namedIds.indexOf(id)),
    ]),
  );
}
