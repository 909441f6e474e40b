import fc from 'fast-check';
import type { Engine } from '../../src/stores/session';
import { ENGINES } from '../support/engines';
import { MUTATIONS } from './random/desk';
import { steps } from './random/operations';
import { play } from './random/play';
import { onStage, setting, type Setting } from './random/setting';

/**
 * Sequences tried per engine: some 3,700 operations on SQLite and 200 on PostgreSQL, each followed by every check of `each-step.ts`.
 * `npm run test:property` tries more, each time others. One that fails is made as short as it can be.
 */
const RUNS: Readonly<Record<Engine, number>> = { sqlite: 100, postgres: 7 };
const OPERATIONS_MAX = 80;
const moreRuns = Number(process.env.OPERATION_RUNS ?? 0);
/** Sixty times what a sequence takes. */
const RUN_MS_MAX = 30_000;
/** Of so many operations every mutation succeeds at least once: one that never does is not tried at all. */
const OPERATIONS_THAT_MEET_ALL = 2_500;

describe.each(ENGINES)('any operations in any order [%s]', (engine) => {
  const runs = moreRuns || RUNS[engine];
  it('keep every invariant after every operation: what is refused changes nothing, everything adds up, and at the end WIP is zero where all is invoiced', async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(steps(OPERATIONS_MAX), setting, async (sequence, facts: Setting) => onStage(engine, facts, async (stage) => {
        for (const outcome of await play(stage, sequence)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      })),
      { numRuns: runs, ...(moreRuns === 0 && { seed: 20260630 }) },
    );
    // A suite whose operations find nothing to do would hold anything.
    const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(runs * 30);
    expect([...outcomes.keys()].filter((outcome) => !outcome.endsWith('done')).length).toBeGreaterThan(5);
    if (total >= OPERATIONS_THAT_MEET_ALL) expect(MUTATIONS.filter((name) => !outcomes.has(`${name} done`))).toEqual([]);
  }, runs * RUN_MS_MAX);
});
