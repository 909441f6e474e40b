import { ZERO } from '../../kernel/decimal';
import {
  gapsWanted, readGap, readGapSums, readHeldBack, type HeldBack, type OutOfStepFilter, type OutOfStepRow, type OutOfStepSum,
} from '../../stores/reconcile/out-of-step.store';
import { ReconciliationCause as Cause } from '../../stores/reconcile/reconciliation.enums';
import type { ReconciliationScope } from '../../stores/reconcile/scope';
import type { Session } from '../../stores/session';
import { stageAndBlockersOfProformas } from '../stage/stage-and-blockers';
import { CAUSE_OF_BLOCKER, CAUSES } from './causes.rules';

/** Proformas whose blockers are computed at a time. */
const HELD_BACK_CHUNK = 500;

/** A record out of step with its cause. */
export interface OutOfStepRecord extends OutOfStepRow {
  readonly cause: Cause;
  readonly message: string;
  readonly nextStep: string | null;
}

export interface OutOfStepPage {
  readonly records: readonly OutOfStepRecord[];
  readonly hasNextPage: boolean;
}

export type CauseSum = Omit<OutOfStepSum, 'cause' | 'proformaNumber'> & { readonly cause: Cause };

interface Held {
  readonly cause: Cause;
  readonly detail: string;
}

/** Proformas without proposal lines, by number, with what holds each back: the first blocker, as stage and blockers have it. */
async function heldBackOf(session: Session, scope: ReconciliationScope, proformaNumber: string | null, now: Date): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  for (let after = ''; ;) {
    const chunk = await readHeldBack(session, scope, proformaNumber, after, HELD_BACK_CHUNK);
    const standing = await stageAndBlockersOfProformas(session, chunk.map(({ id }) => id), now);
    for (const { id, number } of chunk) {
      const [first] = standing.get(id)?.blockers ?? [];
      if (first) held.set(number, { cause: CAUSE_OF_BLOCKER[first.code], detail: first.message });
    }
    if (chunk.length < HELD_BACK_CHUNK) return held;
    after = chunk.at(-1)!.id;
  }
}

/** Which rows of held proformas a filter of causes takes; null when it takes all of them. */
function heldWanted(held: ReadonlyMap<string, Held>, causes: readonly Cause[] | null | undefined): HeldBack | null {
  if (!causes) return null;
  return {
    numbers: [...held].filter(([, { cause }]) => causes.includes(cause)).map(([number]) => number),
    examined: [...held.keys()],
    withoutProforma: causes.includes(Cause.NO_CONFIRMED_PROFORMA),
    besideLines: causes.includes(Cause.COUNT_OR_CHECKSUM_MISMATCH),
  };
}

/** The cause of a row whose proforma is held back: the proforma's, unless it has its lines already or is none that goes to finance. */
function heldCause(held: ReadonlyMap<string, Held>, row: { proformaNumber: string | null; isBesideLines: boolean }): Held | { cause: Cause; detail: null } {
  const own = row.proformaNumber === null ? undefined : held.get(row.proformaNumber);
  return own ?? { cause: row.isBesideLines ? Cause.COUNT_OR_CHECKSUM_MISMATCH : Cause.NO_CONFIRMED_PROFORMA, detail: null };
}

/** What is asked about records out of step. */
export interface OutOfStepQuestion {
  readonly scope: ReconciliationScope;
  readonly filter: OutOfStepFilter;
  readonly now: Date;
}

/** What a page and the sums of one question share, computed once: the blockers of the proformas that are held back cost the most. */
export interface OutOfStepFacts {
  readonly places: readonly number[];
  readonly held: ReadonlyMap<string, Held>;
  readonly wanted: { readonly scope: ReconciliationScope; readonly filter: OutOfStepFilter; readonly held: HeldBack | null };
}

export async function loadOutOfStepFacts(session: Session, { scope, filter, now }: OutOfStepQuestion): Promise<OutOfStepFacts> {
  const { places, needBlockers } = gapsWanted(filter);
  const held = needBlockers ? await heldBackOf(session, scope, filter.proformaNumber ?? null, now) : new Map<string, Held>();
  return { places, held, wanted: { scope, filter, held: heldWanted(held, filter.causes) } };
}

/**
 * One page of the records that are out of step, in the order of the process and of their keys: a statement for each place where
 * records can stay behind until the page is full, and the blockers of the proformas that are held back.
 */
export async function outOfStep(
  session: Session, { places, held, wanted }: OutOfStepFacts, rows: number, after: { gap: number; key: string } | null,
): Promise<OutOfStepPage> {
  const found = [];
  for (const place of places) {
    if (after && place < after.gap) continue;
    if (found.length > rows) break;
    found.push(...await readGap(session, place, wanted, after?.gap === place ? after.key : '', rows + 1 - found.length));
  }
  const kept = found.slice(0, rows);
  return {
    hasNextPage: found.length > rows,
    records: kept.map(({ isBesideLines, ...row }) => {
      const { cause, detail } = row.cause ? { cause: row.cause, detail: row.detail } : heldCause(held, { ...row, isBesideLines });
      return { ...row, cause, message: CAUSES[cause].sentence(detail), nextStep: CAUSES[cause].nextStep };
    }),
  };
}

/** How many records are out of step, and their sums, by flow, stage, legal entity, currency and cause. */
export async function outOfStepSums(session: Session, { places, held, wanted }: OutOfStepFacts): Promise<CauseSum[]> {
  const sums = new Map<string, CauseSum>();
  for (const { proformaNumber, isBesideLines, ...sum } of await readGapSums(session, places, wanted)) {
    const cause = sum.cause ?? heldCause(held, { proformaNumber, isBesideLines }).cause;
    const key = [sum.flow, sum.stage, sum.legalEntityId, sum.currencyCode, cause].join('/');
    const known = sums.get(key) ?? { ...sum, cause, count: 0, amount: ZERO, missingCount: 0, missingAmount: ZERO };
    sums.set(key, {
      ...known, count: known.count + sum.count, amount: known.amount.plus(sum.amount),
      missingCount: known.missingCount + sum.missingCount, missingAmount: known.missingAmount.plus(sum.missingAmount),
    });
  }
  return [...sums.values()];
}
