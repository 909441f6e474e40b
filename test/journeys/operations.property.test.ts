import fc from 'fast-check';
import type { Engine } from '../../src/stores/session';
import { ENGINES } from '../support/engines';
import { steps } from './random/operations';
import { play } from './random/play';
import { onStage, setting, type Setting } from './random/setting';

/** Sequences tried per engine, some 1,000 and 100 operations; `npm run test:property` tries more, each time others. */
const RUNS: Readonly<Record<Engine, number>> = { sqlite: 30, postgres: 4 };
const OPERATIONS_MAX = 60;
const moreRuns = Number(process.env.OPERATION_RUNS ?? 0);
/** Thirty times what a sequence takes. */
const RUN_MS_MAX = 60_000;
/** Mutations of which a suite of this many sequences has to see every one succeed. */
const RUNS_THAT_MEET_ALL = 50;

describe.each(ENGINES)('any operations in any order [%s]', (engine) => {
  const runs = moreRuns || RUNS[engine];
  it('keep every invariant after every operation: what is refused changes nothing, everything adds up, and at the end WIP is zero where all is invoiced', async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(setting, steps(OPERATIONS_MAX), async (facts: Setting, sequence) => onStage(engine, facts, async (stage) => {
        const desk = await play(stage, sequence);
        for (const outcome of desk.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      })),
      { numRuns: runs, ...(moreRuns === 0 && { seed: 20260630 }) },
    );
    // A suite whose operations find nothing to do would hold anything.
    const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(runs * 10);
    expect([...outcomes.keys()].filter((outcome) => !outcome.endsWith('done')).length).toBeGreaterThan(5);
    const asked = new Set([...outcomes.keys()].map((outcome) => outcome.split(' ')[0]!));
    if (runs >= RUNS_THAT_MEET_ALL) expect([...asked].filter((name) => !outcomes.has(`${name} done`))).toEqual([]);
  }, runs * RUN_MS_MAX);
});
