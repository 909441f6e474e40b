import { NotToExceedLevel, type NotToExceedLimit, type ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { invalid, type Refusal } from '../../../kernel/refusal';
import { limitPositionsOf, lockLimits, type LimitPosition } from '../../../stores/dataverse/not-to-exceed.store';
import type { UnitOfWork } from '../../../stores/session';
import { covers } from './commitments';

type Billed = Pick<ProformaInvoiceLineDetail, 'billingType' | 'amount' | 'classification' | 'contractLineId' | 'customerId'>;

/** A detail of a draft before and after somebody changed it, and its place in the input. */
export interface DetailChange {
  /** Null for a detail that is added. */
  readonly before: Billed | null;
  readonly after: Billed & Pick<ProformaInvoiceLineDetail, 'id'>;
  readonly path: string[];
}

/** A limit that a change went over: what was left under it before, and what the change takes. */
interface ExceededLimit {
  readonly limit: NotToExceedLimit;
  readonly left: Decimal;
  readonly taken: Decimal;
}

const LEVEL_NAMES: Readonly<Record<NotToExceedLevel, string>> = {
  [NotToExceedLevel.CONTRACT]: 'contract',
  [NotToExceedLevel.CUSTOMER]: 'customer',
  [NotToExceedLevel.CONTRACT_LINE]: 'contract line',
  [NotToExceedLevel.CONTRACT_LINE_CUSTOMER]: 'customer of a contract line',
};

/**
 * The not-to-exceed limits of a locked contract while details of one of its drafts change: what a draft bills above its transactions
 * counts as soon as it is typed. What it bills below them gives room back only when it is confirmed, because the edit can be undone.
 */
export class LimitsOfDraft {
  private constructor(
    private readonly work: UnitOfWork,
    private readonly limits: readonly NotToExceedLimit[],
    private readonly before: ReadonlyMap<string, LimitPosition>,
  ) {}

  /** Locks the limits, and keeps how they stand before the change. */
  static async of(work: UnitOfWork, contractId: string): Promise<LimitsOfDraft> {
    const limits = await lockLimits(work, [contractId]);
    return new LimitsOfDraft(work, limits, await positionsOf(work, limits));
  }

  /** Why changes that are written already cannot stay; none when no limit is exceeded by them. */
  async refusalsOf(changes: readonly DetailChange[]): Promise<Refusal[]> {
    const now = await positionsOf(this.work, this.limits);
    return this.limits.flatMap((limit) => {
      const { amount, committed } = now.get(limit.id)!;
      const before = this.before.get(limit.id)!.committed;
      const isExceeded = committed.gt(before) && committed.gt(amount);
      return isExceeded ? refusalsOfExceeded({ limit, left: amount.minus(before), taken: committed.minus(before) }, changes) : [];
    });
  }
}

async function positionsOf(work: UnitOfWork, limits: readonly NotToExceedLimit[]): Promise<Map<string, LimitPosition>> {
  return limits.length === 0 ? new Map() : limitPositionsOf(work, limits.map(({ id }) => id));
}

/** One refusal per detail that bills more under the limit than it did. */
function refusalsOfExceeded({ limit, left, taken }: ExceededLimit, changes: readonly DetailChange[]): Refusal[] {
  const billedUnder = (detail: Billed | null) => (detail && covers(limit, detail) ? detail.amount : ZERO);
  return changes
    .filter(({ before, after }) => billedUnder(after).gt(billedUnder(before)))
    .map(({ after, path }) => {
      const of = `The not-to-exceed limit ${limit.id} of the ${LEVEL_NAMES[limit.level]} is ${limit.amount.toFixed()}`;
      const sentence = `${of}, of which ${left.toFixed()} are left, and the change takes ${taken.toFixed()}: raise the limit, or bill less with the line detail ${after.id}.`;
      return invalid('NOT_TO_EXCEED_FAILED', sentence, path);
    });
}
