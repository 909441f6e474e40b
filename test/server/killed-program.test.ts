import { setTimeout as pause } from 'node:timers/promises';
import { buildWorld, type World } from '../support/builders';
import { contextOn, ENGINES, freshLocation, onDatabase } from '../support/engines';
import { billedCounts, CONFIRM_IN_BULK, draftsOf, RUN_QUERY, type AnsweredBulkRun, type AnsweredTotals } from '../flow/2-confirm/bulk/bulk-desk';
import { askOf, settingsFor, startProgram, type Program } from './program';

const DRAFTS = 40;
const DETAILS = 25;
const DEADLINE_MS = 60_000;

describe.each(ENGINES)('programs that are killed, and that share a database [%s]', (engine) => {
  let location: Awaited<ReturnType<typeof freshLocation>>;
  let settings: Record<string, string>;
  let world: World;
  let ids: string[];
  const running = new Set<Program>();

  beforeEach(async () => {
    location = await freshLocation(engine);
    settings = { LOG_LEVEL: 'error', ...settingsFor(location) };
    await onDatabase(location, async ({ database }) => {
      world = await buildWorld({ database, context: contextOn(database) });
      ids = await draftsOf(world, DRAFTS, DETAILS);
    });
  });
  afterEach(async () => {
    await Promise.all([...running].map((program) => program.stop('SIGKILL')));
    running.clear();
  });

  function start(): Program {
    const program = startProgram(settings);
    running.add(program);
    return program;
  }

  /** Schedules, and does not wait. */
  async function schedule(program: Program, proformaInvoiceIds: readonly string[]): Promise<string> {
    const answer = await askOf(program, CONFIRM_IN_BULK, { input: { proformaInvoiceIds, waitMs: 0 } });
    return answer.confirmProformaInvoices.run.id;
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

  it('BULK-08 a bulk confirmation whose program is killed goes on in the program that starts next, and ends the same', async () => {
    const first = start();
    const id = await schedule(first, ids);
    await until(first, id, (_run, { complete }) => complete >= 3);
    await first.stop('SIGKILL');
    const left = await onDatabase(location, ({ database }) => billedCounts({ database }, world.contractId));
    expect(left.filter((count) => count === DETAILS).length).toBeLessThan(DRAFTS);
    expect(left.every((count) => count === 0 || count === DETAILS)).toBe(true);
    const next = start();
    const run = await until(next, id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', errors: [], bulkConfirmationTotals: { total: DRAFTS, complete: DRAFTS } });
    expect(await onDatabase(location, ({ database }) => billedCounts({ database }, world.contractId))).toEqual(ids.map(() => DETAILS));
  }, DEADLINE_MS * 2);

  it('BULK-08 another program on the same database takes over what a killed one has left', async () => {
    const [killed, other] = [start(), start()];
    await Promise.all([killed.url, other.url]);
    const id = await schedule(killed, ids);
    await until(killed, id, (_run, { complete }) => complete >= 3);
    await killed.stop('SIGKILL');
    const run = await until(other, id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: DRAFTS } });
    expect(await onDatabase(location, ({ database }) => billedCounts({ database }, world.contractId))).toEqual(ids.map(() => DETAILS));
  }, DEADLINE_MS * 2);

  it('BULK-08 a program that is told to end leaves the rest to the next one', async () => {
    const first = start();
    const id = await schedule(first, ids);
    await until(first, id, (_run, { complete }) => complete >= 1);
    expect(await first.stop('SIGTERM')).toMatchObject({ code: 0 });
    const run = await until(start(), id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: DRAFTS } });
  }, DEADLINE_MS * 2);
});
