import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseLocation } from '../../ormconfig';
import type { KillOrder } from '../crash/kill-order';
import { billedCounts, CONFIRM_IN_BULK, draftsOf, RUN_QUERY, type AnsweredBulkRun, type AnsweredTotals } from '../flow/2-confirm/bulk/bulk-desk';
import { buildWorld, type World } from '../support/builders';
import { contextOn, emptyLocation, ENGINES, freshLocation, onDatabase } from '../support/engines';
import { askOf, settingsFor, startProgram, type Program } from './program';

const DRAFTS = 12;
const DETAILS = 5;
const DEADLINE_MS = 60_000;
const KILL_SWITCH = join(__dirname, '..', 'crash', 'kill-switch.js');
/** Each confirmation is a few commits: some proformas are confirmed by then, and others are not. */
const IN_THE_MIDDLE: KillOrder = { counted: 'commits', at: 14, moment: 'answered' };

describe.each(ENGINES)('programs that are killed, and that share a database [%s]', (engine) => {
  let prepared: DatabaseLocation;
  let location: DatabaseLocation;
  let world: World;
  let ids: string[];
  const running = new Set<Program>();

  beforeAll(async () => {
    prepared = await freshLocation(engine);
    await onDatabase(prepared, async ({ database }) => {
      world = await buildWorld({ database, context: contextOn(database) });
      ids = await draftsOf(world, DRAFTS, DETAILS);
    });
  });
  beforeEach(async () => { location = await freshLocation(engine, prepared); });
  afterEach(async () => {
    await Promise.all([...running].map((program) => program.stop('SIGKILL')));
    running.clear();
  });

  function start(settings: Record<string, string> = settingsFor(location)): Program {
    const program = startProgram({ LOG_LEVEL: 'error', ...settings }, KILL_SWITCH);
    running.add(program);
    return program;
  }

  /** Schedules, and does not wait. */
  async function schedule(program: Program, proformaInvoiceIds: readonly string[]): Promise<string> {
    const answer = await askOf(program, CONFIRM_IN_BULK, { input: { proformaInvoiceIds, waitMs: 0 } });
    return answer.confirmProformaInvoices.run.id;
  }

  /** Schedules on a program that dies in the middle of it; the run. */
  async function scheduleAndDie(program: Program): Promise<string> {
    await program.url;
    program.child.send({ order: IN_THE_MIDDLE });
    const id = await schedule(program, ids);
    expect((await program.ended).signal).toBe('SIGKILL');
    return id;
  }

  /** Asks for a run until it is as wanted. */
  async function until(program: Program, id: string, isWanted: (run: AnsweredBulkRun, totals: AnsweredTotals) => boolean): Promise<AnsweredBulkRun> {
    for (const giveUpAt = performance.now() + DEADLINE_MS; performance.now() < giveUpAt;) {
      const { run } = await askOf(program, RUN_QUERY, { id });
      if (isWanted(run, run.bulkConfirmationTotals!)) return run;
      await pause(10);
    }
    throw new Error(`The bulk confirmation ${id} did not come so far in ${DEADLINE_MS} ms`);
  }

  const billed = () => onDatabase(location, ({ database }) => billedCounts({ database }, world.contractId));
  const allBilled = () => ids.map(() => DETAILS);

  it('BULK-08 a bulk confirmation whose program is killed goes on in the program that starts next, and ends the same', async () => {
    const id = await scheduleAndDie(start());
    const left = await billed();
    expect(left.every((count) => count === 0 || count === DETAILS)).toBe(true);
    expect([left.includes(0), left.includes(DETAILS)]).toEqual([true, true]);
    const run = await until(start(), id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', errors: [], bulkConfirmationTotals: { total: DRAFTS, complete: DRAFTS } });
    expect(await billed()).toEqual(allBilled());
  }, DEADLINE_MS * 2);

  it('BULK-08 another program on the same database takes over what a killed one has left', async () => {
    const [killed, other] = [start(), start()];
    await other.url;
    const id = await scheduleAndDie(killed);
    const run = await until(other, id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: DRAFTS } });
    expect(await billed()).toEqual(allBilled());
  }, DEADLINE_MS * 2);

  it('BULK-08 a program that is told to end leaves the rest to the next one', async () => {
    const first = start();
    const id = await schedule(first, ids);
    await until(first, id, (_run, { complete }) => complete >= 1);
    expect(await first.stop('SIGTERM')).toMatchObject({ code: 0 });
    const run = await until(start(), id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: DRAFTS } });
  }, DEADLINE_MS * 2);

  it('programs that start at once on one empty database both start: one migrates it, and the other one waits and finds nothing to do', async () => {
    const settings = settingsFor(await emptyLocation(engine));
    const programs = [start(settings), start(settings)];
    await Promise.all(programs.map((program) => program.url));
    for (const program of programs) expect((await askOf(program, '{ tableMaps { totalCount } }')).tableMaps.totalCount).toBe(5);
    expect(await Promise.all(programs.map((program) => program.stop()))).toEqual(programs.map(() => expect.objectContaining({ code: 0, stderr: '' })));
  }, DEADLINE_MS);
});
