import { asker } from '../../support/process';
import { changesSince, lastChange } from '../../support/change-log';
import { audit, CHECKS, type CheckName } from '../audit';
import { readBooks } from '../books';
import { miscalculated } from './arithmetic';
import { Desk } from './desk';
import { openPeriods } from './further-operations';
import { begin, perform, settle, type Step } from './operations';
import { unreconciled } from './reconciled';
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
  const wrong = [...names.flatMap((name) => findings[name].map((sentence) => `${name}: ${sentence}`)), ...miscalculated(books, stage)];
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${desk.told()}`);
}

/** Sync, import and posting until a round changes nothing: an invoice may wait for another one, which only the round before posted. */
async function driveToTheEnd({ gateway }: Stage, desk: Desk): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const before = await lastChange(gateway.database.reader);
    await settle(desk);
    if ((await changesSince(gateway.database.reader, before)).length === 0) return;
  }
  throw new Error(`Something still changes after ${ROUNDS_MAX} rounds\n${desk.told()}`);
}

async function reconciles({ gateway }: Stage, desk: Desk, isAtEnd: boolean): Promise<void> {
  const sentences = await unreconciled(asker(gateway), isAtEnd);
  if (sentences.length > 0) throw new Error(`${sentences.join('\n')}\n${desk.told()}`);
}

/** Plays a sequence and says what its mutations came to; throws what does not hold, with the story of what was done. */
export async function play(stage: Stage, sequence: readonly Step[]): Promise<readonly string[]> {
  const desk = new Desk(stage);
  await begin(desk);
  for (const step of sequence) await perform(desk, step);
  await booksHold(stage, desk, ALWAYS);
  await reconciles(stage, desk, false);
  const outcomes = [...desk.outcomes];
  await openPeriods(desk);
  await driveToTheEnd(stage, desk);
  await booksHold(stage, desk, Object.keys(CHECKS) as CheckName[]);
  await reconciles(stage, desk, true);
  return outcomes;
}
