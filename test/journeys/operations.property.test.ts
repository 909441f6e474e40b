import fc from 'fast-check';
import type { Engine } from '../../src/stores/session';
import { ENGINES } from '../support/engines';
import { asker, Process } from '../support/process';
import { changesBetween, snapshotOf } from '../support/whole-database';
import { audit, CHECKS, type CheckName } from './audit';
import { readBooks } from './books';
import { miscalculated } from './random/arithmetic';
import { Desk } from './random/desk';
import { familiesOutOfBalance } from './random/families';
import { perform, steps, type Step } from './random/operations';
import { onStage, setting, type Setting, type Stage } from './random/setting';

/** Sequences tried per engine; `npm run test:property` tries more, each time others (`OPERATION_RUNS`, 500 unless given). */
const RUNS: Readonly<Record<Engine, number>> = { sqlite: 60, postgres: 6 };
const OPERATIONS_MAX = 40;
const moreRuns = Number(process.env.OPERATION_RUNS ?? 0);
/** Thirty times what a sequence takes. */
const RUN_MS_MAX = 60_000;

/** What holds at any moment; the other checks hold when everything has gone to its end. */
const ALWAYS: readonly CheckName[] = [
  'proforma totals are those of their details', 'vouchers balance in both currencies', 'the ledger trace adds up to the ledger',
  'invoice numbers and vouchers have no gap', 'the customer subledger is the ledger\'s customer balance', 'WIP is what is posted and not invoiced',
];
/** Rounds of sync, import and posting after which nothing is left to do. */
const ROUNDS_MAX = 6;

async function booksHold(stage: Stage, desk: Desk, names: readonly CheckName[]): Promise<void> {
  const books = await readBooks(asker(stage.gateway));
  const findings = audit(books);
  const wrong = [...names.flatMap((name) => findings[name].map((sentence) => `${name}: ${sentence}`)), ...familiesOutOfBalance(books), ...miscalculated(books, stage)];
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${desk.told()}`);
}

/** Sync, import and posting until a round changes nothing. */
async function driveToTheEnd({ gateway }: Stage, desk: Desk): Promise<void> {
  const process = new Process(gateway);
  let before = await snapshotOf(gateway.database.reader);
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    await process.settleFinance();
    const after = await snapshotOf(gateway.database.reader);
    if (changesBetween(before, after).length === 0) return;
    before = after;
  }
  throw new Error(`Something still changes after ${ROUNDS_MAX} rounds\n${desk.told()}`);
}

async function play(stage: Stage, sequence: readonly Step[]): Promise<Desk> {
  const desk = new Desk(stage);
  for (const step of sequence) await perform(desk, step);
  await booksHold(stage, desk, ALWAYS);
  await driveToTheEnd(stage, desk);
  await booksHold(stage, desk, Object.keys(CHECKS) as CheckName[]);
  return desk;
}

describe.each(ENGINES)('any operations in any order [%s]', (engine) => {
  const runs = moreRuns || RUNS[engine];
  it('keep every invariant: what is refused changes nothing, everything adds up, and at the end WIP is zero where all is invoiced', async () => {
    let [done, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(setting, steps(OPERATIONS_MAX), async (facts: Setting, sequence) => onStage(engine, facts, async (stage) => {
        const desk = await play(stage, sequence);
        done += desk.done;
        refused += desk.refused;
      })),
      { numRuns: runs, ...(moreRuns === 0 && { seed: 20260630 }) },
    );
    // A suite whose operations find nothing to do would hold anything.
    expect(done).toBeGreaterThan(runs * 8);
    expect(refused).toBeGreaterThan(runs);
  }, runs * RUN_MS_MAX);
});
