import { asker, Process } from '../../support/process';
import { changesBetween, snapshotOf } from '../../support/whole-database';
import { audit, CHECKS, type CheckName } from '../audit';
import { readBooks } from '../books';
import { miscalculated } from './arithmetic';
import { Desk } from './desk';
import { brokenNow } from './each-step';
import { familiesOutOfBalance } from './families';
import { openPeriods } from './further-operations';
import { begin, perform, type Step } from './operations';
import type { Stage } from './setting';

/** What holds at any moment; the other checks hold when everything has gone to its end. */
const ALWAYS: readonly CheckName[] = [
  'proforma totals are those of their details', 'retainers are never overdrawn, and their actuals balance', 'vouchers balance in both currencies', 'the ledger trace adds up to the ledger',
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

/** Plays a sequence; throws what does not hold, with the story of what was done. */
export async function play(stage: Stage, sequence: readonly Step[]): Promise<Desk> {
  const desk = new Desk(stage);
  await begin(desk);
  for (const step of sequence) {
    await perform(desk, step);
    const broken = await brokenNow(stage.gateway.database.reader);
    if (broken.length > 0) throw new Error(`${broken.join('\n')}\n${desk.told()}`);
  }
  await booksHold(stage, desk, ALWAYS);
  await openPeriods(desk);
  await driveToTheEnd(stage, desk);
  await booksHold(stage, desk, Object.keys(CHECKS) as CheckName[]);
  return desk;
}
