import type { StagedActual } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';

/** Why import does not take a staged actual up yet, or at all. */
export interface PrevalidationProblem {
  readonly code: 'PREVALIDATION_WAITING' | 'INVALID_ACTUALS';
  readonly message: string;
}

/** What Dataverse holds of a staged actual. */
export interface SourceActual {
  readonly quantity: Decimal;
  readonly amount: Decimal;
}

/** A connection that begins at a staged actual and is not what Dataverse holds. */
export interface StagedConnectionBroken {
  readonly connectionId: string;
  readonly role1: string;
  readonly role2: string;
  /** Dataverse does not hold it any more; else it holds it between other actuals, or in other roles. */
  readonly isGone: boolean;
}

/** What is wrong with it, as the middle of a sentence. */
export function brokenConnectionText({ connectionId, role1, role2, isGone }: StagedConnectionBroken): string {
  return `Dataverse ${isGone ? 'does not hold' : 'holds otherwise'} the staged connection ${connectionId} from ${role1} to ${role2}`;
}

export const MINUTE_MS = 60_000;

/**
 * The product's *Project actuals prevalidation* (domain facts 5.1 and 6.6): a staged actual is taken up only some minutes after it arrived,
 * and only when its source still exists in Dataverse and agrees with it, and so do the connections that begin at it; a transaction that Dataverse rolled back leaves neither journal
 * line nor invoice. Rows that a load brought have no time of arrival and do not wait. Null when nothing is wrong.
 */
export function prevalidationProblemOf(
  staged: Pick<StagedActual, 'createdOn' | 'quantity' | 'amount'>, source: SourceActual | null, broken: StagedConnectionBroken | null,
  { minutes, now }: { minutes: number; now: Date },
): PrevalidationProblem | null {
  const ready = staged.createdOn === null ? 0 : Date.parse(staged.createdOn) + minutes * MINUTE_MS;
  if (ready > now.getTime()) {
    return { code: 'PREVALIDATION_WAITING', message: `The staged actual waits for its prevalidation until ${new Date(ready).toISOString()}.` };
  }
  if (!source) return { code: 'INVALID_ACTUALS', message: 'Invalid actuals: Dataverse does not hold the staged actual any more.' };
  const differing = ([['quantity', staged.quantity, source.quantity], ['amount', staged.amount, source.amount]] as const)
    .find(([, here, there]) => !here.eq(there));
  if (!differing) return broken && { code: 'INVALID_ACTUALS', message: `Invalid actuals: ${brokenConnectionText(broken)}.` };
  const [what, here, there] = differing;
  return { code: 'INVALID_ACTUALS', message: `Invalid actuals: the ${what} is ${here.toFixed()} in the staging table and ${there.toFixed()} in Dataverse.` };
}
