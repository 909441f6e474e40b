import type { Random } from '../../src/make-data/random';
import type { Kill, KilledClient, KillPlan, StepFigures } from './killed-client';
import type { KillOrder } from './kill-order';

const MOMENTS = ['before', 'sent', 'answered'] as const;
/** A kill by time may also come when the answer is there. */
const LATEST_KILL_PERCENT = 115;
/** How often a repetition that follows a kill is killed again, and the start of the program before it. */
const AGAIN_PERCENT = 25;
const START_PERCENT = 15;

/**
 * One kill in each of so many steps, at a random place: by statement, by COMMIT, or by time, evenly over what the step takes
 * undisturbed. Some of the repetitions and starts that follow are killed again.
 */
export function randomKills(random: Random, { figures, statementsToStart }: KilledClient, steps: number): KillPlan {
  const due = dueSteps(random, figures, steps);
  let hasKilled = false;
  return {
    forStep(step, attempt) {
      const isWanted = due.has(step) && (attempt === 0 || (attempt === 1 && random.chance(AGAIN_PERCENT)));
      hasKilled ||= isWanted;
      return isWanted ? killWithin(random, figures[step]!) : null;
    },
    forStart() {
      if (!hasKilled || !random.chance(START_PERCENT)) return null;
      return { counted: 'statements', at: random.between(1, statementsToStart), moment: random.pick(MOMENTS) };
    },
  };
}

/** Steps by chance, of as many different phases as there can be. */
function dueSteps(random: Random, figures: readonly StepFigures[], count: number): Set<number> {
  const shuffled = figures.map(({ phase }, step) => ({ phase, step, place: random.next() })).sort((one, other) => one.place - other.place);
  const taken = new Map<string, number>();
  const ranked = shuffled.map((one) => {
    const rank = taken.get(one.phase) ?? 0;
    taken.set(one.phase, rank + 1);
    return { ...one, rank };
  });
  return new Set(ranked.sort((one, other) => one.rank - other.rank).slice(0, count).map(({ step }) => step));
}

function killWithin(random: Random, { statements, commits, durationMs }: StepFigures): Kill {
  const orderAt = (counted: KillOrder['counted'], last: number): KillOrder => ({ counted, at: random.between(1, Math.max(last, 1)), moment: random.pick(MOMENTS) });
  const kind = random.weighted([['statements', 2], ['commits', 2], ['time', 1]] as const);
  if (kind === 'time') return { afterMs: random.between(0, Math.ceil((durationMs * LATEST_KILL_PERCENT) / 100)) };
  return orderAt(kind, kind === 'commits' ? commits : statements);
}
