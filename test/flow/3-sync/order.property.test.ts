import fc from 'fast-check';
import type { DatabaseLocation } from '../../../ormconfig';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import type { Engine } from '../../../src/stores/session';
import * as bulk from '../../../src/stores/bulk';
import { Database } from '../../../src/stores/unit-of-work';
import { Steps } from '../../journeys/random/steps';
import { buildWorld, World, type WorldFacts } from '../../support/builders';
import { contextOn, ENGINES, freshLocation, TEST_NOW } from '../../support/engines';
import { differencesBetween, readNormalised, type LeftOut } from '../../support/normalised-database';
import { Process } from '../../support/process';
import { sync } from './rungs';
import { CHANGES, DISTURBANCES, isChange, OrderDesk, type Step } from './order/desk';
import { deviations, heldVersions, wentBack } from './order/model';

/** Sequences tried per engine. `npm run test:property` tries more, each time others. One that fails is made as short as it can be. */
const RUNS: Readonly<Record<Engine, number>> = { sqlite: 6, postgres: 2 };
/** Of so many sequences each outcome is met at least once. */
const RUNS_THAT_MEET_ALL = 6;
const OUTCOMES = ['CATCH_UP', 'SKIP_TO_LIVE_KEEPING_QUEUE', 'SKIP_TO_LIVE_DISCARDING_QUEUE', ' cut', ' dismissed', ' done', ' refused', ' pushed'];
const moreRuns = Number(process.env.ORDER_RUNS ?? 0);
const RUN_MS_MAX = 60_000;
/** A change set is carried in several chunks, so that a run can end between them. */
const CHUNK_ROWS = 3;
/** More than a lease lasts: what a run that was cut off held is free at the next step. */
const STEP_MS = 90_000;

const OFTEN: readonly Step['kind'][] = ['sync', 'pause', 'resume', 'takeProjectAway', 'enterWork', 'describeWork', 'bill'];
const kinds = [...Object.keys(CHANGES), ...Object.keys(DISTURBANCES), ...OFTEN] as Step['kind'][];
const stepsOf = (names: readonly Step['kind'][], minLength: number, maxLength: number) =>
  new Steps<Step>(fc.noBias(fc.array(fc.record({ kind: fc.constantFrom(...names), pick: fc.nat(999) }), { minLength, maxLength, size: 'max' })));
/** On the way to finance, and, once everything is posted, on the way back. */
const forth = stepsOf(kinds, 12, 36);
const back = stepsOf(Object.keys(DISTURBANCES) as Step['kind'][], 0, 10);

type Play = (steps: readonly Step[], afterEach: () => Promise<void>) => Promise<void>;

/** What depends on how often and when something was carried, and not on what. */
const BY_THE_WAY: LeftOut = {
  gw_synclog: 'a discarded change set stays discarded',
  DualWriteErrorLog: 'what failed meanwhile stays in the list as resolved',
  gw_activity: 'what operators did',
  DualWriteProjectConfiguration: 'counts what was done to a map',
  gw_initialsync: 'belongs to a run',
  '*.gw_sourceversion': 'a record that is carried once for two changes skips a version',
  '*.RecVersion': 'and is written once',
  '*.LineNumber': 'lines are numbered in the order in which their records arrived',
};

interface Built {
  readonly location: DatabaseLocation;
  readonly facts: WorldFacts;
}

async function build(engine: Engine): Promise<Built> {
  const location = await freshLocation(engine);
  const database = await Database.open(location);
  const gateway = { database, context: contextOn(database, new Date(TEST_NOW.getTime() - STEP_MS)) };
  await ensureTableMaps(gateway.context);
  const world = await buildWorld(gateway);
  await world.unbilledMany(2);
  await database.close();
  return { location, facts: world.facts };
}

/** A contract with some work per engine: built once, copied for each sequence. */
const built = new Map<Engine, Promise<Built>>();

/** Opens a database of its own for a desk whose clock goes on from step to step. */
async function atDesk<T>(engine: Engine, use: (desk: OrderDesk, play: Play) => Promise<T>): Promise<T> {
  if (!built.has(engine)) built.set(engine, build(engine));
  const original = await built.get(engine)!;
  const location = await freshLocation(engine, original.location);
  const database = await Database.open(location);
  try {
    let now = TEST_NOW.getTime();
    const gateway = { engine, location, database, context: { ...contextOn(database), clock: { now: () => new Date(now) } } };
    const desk = new OrderDesk(gateway, new World(gateway, original.facts));
    return await use(desk, async (steps, afterEach) => {
      for (const step of steps) {
        now += STEP_MS;
        await desk.perform(step);
        await afterEach();
      }
      now += STEP_MS;
    });
  } finally {
    await database.close();
  }
}

/** Import and posting, once everything has arrived. */
async function settleFinance({ gateway }: OrderDesk): Promise<void> {
  const finance = new Process(gateway);
  await finance.importFromStaging();
  await finance.postJournals();
  await finance.importFromStaging();
  await finance.postProposals();
}

/** Every change carried at once and in order, and nothing in the way. */
async function undisturbed(engine: Engine, changes: readonly Step[]) {
  return atDesk(engine, async (desk, play) => {
    await play(changes, async () => { await sync(desk.gateway); });
    await sync(desk.gateway);
    await settleFinance(desk);
    await sync(desk.gateway);
    return readNormalised(desk.gateway.database.reader, TEST_NOW.toISOString().slice(0, 10), BY_THE_WAY);
  });
}

const refuse = (desk: OrderDesk, wrong: readonly string[]): void => {
  if (wrong.length > 0) throw new Error(`${wrong.slice(0, 10).join('\n')}\n${desk.told.join('\n')}`);
};

/** After each step nothing has gone back to an older version. */
function watch(desk: OrderDesk) {
  let held = new Map<string, number>();
  return async () => {
    const before = held;
    held = await heldVersions(desk.gateway.database.reader);
    refuse(desk, wentBack(before, held));
  };
}

/** Once nothing is in the way, the other side is as the model says; what was given up on purpose may be behind until everything is pushed. */
async function endsInOrder(desk: OrderDesk): Promise<void> {
  const { reader } = desk.gateway.database;
  await desk.driveToTheEnd();
  refuse(desk, [...await desk.leftOver(), ...await deviations(reader, desk.lost)]);
  await desk.pushEverything();
  refuse(desk, [...await desk.leftOver(), ...await deviations(reader, new Set())]);
  desk.lost.clear();
}

describe.each(ENGINES)('changes, pauses, failures, retries and runs in any order [%s]', (engine) => {
  const runs = moreRuns || RUNS[engine];
  it('SYNC-07, SYNC-08, MAP-02: leave finance and Dataverse as if every change had been carried once and in order', async () => {
    const chunk = jest.replaceProperty(bulk, 'CHUNK_ROWS', CHUNK_ROWS as never);
    const met = new Set<string>();
    try {
      await fc.assert(fc.asyncProperty(forth, back, async (stepsForth, stepsBack) => {
        const disturbed = await atDesk(engine, async (desk, play) => {
          const nothingWentBack = watch(desk);
          await play(stepsForth, nothingWentBack);
          await endsInOrder(desk);
          await settleFinance(desk);
          await play(stepsBack, nothingWentBack);
          await endsInOrder(desk);
          for (const outcome of OUTCOMES) if (desk.told.some((line) => line.endsWith(outcome))) met.add(outcome);
          return readNormalised(desk.gateway.database.reader, TEST_NOW.toISOString().slice(0, 10), BY_THE_WAY);
        });
        const expected = await undisturbed(engine, stepsForth.filter(isChange));
        expect(differencesBetween(expected, disturbed).slice(0, 3)).toEqual([]);
      }), { numRuns: runs, ...(moreRuns === 0 && { seed: 20260630 }) });
    } finally {
      chunk.restore();
    }
    // A suite in which nothing got lost, cut off or in the way would hold anything.
    if (runs >= RUNS_THAT_MEET_ALL) expect(OUTCOMES.filter((outcome) => !met.has(outcome))).toEqual([]);
  }, runs * RUN_MS_MAX);
});
