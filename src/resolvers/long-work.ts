import type { CommandContext } from '../context';
import { RunStatus, type RunKind } from '../entities/dual-write/enums';
import type { CommandRequest } from '../flow/command';
import { startRun, withinWait, type RunResult, type StartedRun } from '../flow/runs';
import { Refused, type Refusal } from '../kernel/refusal';
import { readRun } from '../stores/dual-write/run.store';
import { sentPath } from './sent-path';

interface LongWorkInput {
  readonly waitMs?: number | null;
}

export interface Waited<Outcome> {
  readonly runId: string;
  /** Null while the run is still at work. */
  readonly outcome: Outcome | null;
}

/**
 * Runs a command as long work and waits for it as long as the caller's input says. The outcome is read back from the run, so that a
 * repetition under the same idempotency key answers alike. What it refuses is kept in the words of the input, for those who read the run.
 */
export async function longWork<Outcome>(
  context: CommandContext, kind: RunKind, request: CommandRequest, input: LongWorkInput, perform: () => Promise<RunResult & { readonly outcome: Outcome }>,
): Promise<Waited<Outcome>> {
  return outcomeWithin(context, await startRun(context, kind, request, () => refusingInTermsOf(input, perform)), input.waitMs);
}

async function refusingInTermsOf<T>(input: LongWorkInput, perform: () => Promise<T>): Promise<T> {
  try {
    return await perform();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [first, ...more] = error.refusals.map((refusal) => refusalInTermsOf(input, refusal));
    throw new Refused([first!, ...more]);
  }
}

function refusalInTermsOf(input: LongWorkInput, refusal: Refusal): Refusal {
  return refusal.path ? { ...refusal, path: sentPath({ input }, refusal.path) } : refusal;
}

/** Waits for a run that has begun, and reads its outcome when it ended in time. A refusal is thrown as one. */
export async function outcomeWithin<Outcome>(context: CommandContext, run: StartedRun, waitMs: number | null | undefined): Promise<Waited<Outcome>> {
  const { isFinished } = await withinWait(run.finished, waitMs);
  if (!isFinished) return { runId: run.id, outcome: null };
  const outcome = (await readRun(context.database.reader, run.id))?.outcome as Outcome | { readonly refusals: readonly [Refusal, ...Refusal[]] } | null;
  if (outcome && typeof outcome === 'object' && 'refusals' in outcome && Array.isArray(outcome.refusals)) throw new Refused(outcome.refusals as [Refusal]);
  return { runId: run.id, outcome: outcome as Outcome | null };
}

/** What a run refused: as a whole, or item by item. Other outcomes hold ids only. */
export function refusalsOfOutcome(outcome: unknown): readonly Refusal[] {
  if (Array.isArray(outcome)) return outcome.flatMap(refusalsOfOutcome);
  const { refusals } = (outcome ?? {}) as { readonly refusals?: unknown };
  return Array.isArray(refusals) ? (refusals as Refusal[]) : [];
}

/** The result of a plural mutation: it finished, with or without refusals of single items. */
export function pluralResult<Item extends { readonly refusals: readonly Refusal[] }>(
  input: LongWorkInput, done: readonly Item[],
): RunResult & { outcome: readonly Item[] } {
  const items = done.map((item) => ({ ...item, refusals: item.refusals.map((refusal) => refusalInTermsOf(input, refusal)) }));
  const refused = items.filter((item) => item.refusals.length > 0).length;
  return {
    status: refused === 0 ? RunStatus.SUCCEEDED : RunStatus.FINISHED_WITH_ERRORS,
    message: `${items.length - refused} done, ${refused} refused.`,
    outcome: items,
    keepsKey: refused === 0,
  };
}
