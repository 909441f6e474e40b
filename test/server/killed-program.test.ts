import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '../../src/stores/unit-of-work';
import { buildWorld, type World } from '../support/builders';
import { contextOn, ENGINES, freshLocation } from '../support/engines';
import { billedCounts, CONFIRM_IN_BULK, draftsOf, RUN_QUERY, type AnsweredBulkRun, type AnsweredTotals } from '../flow/2-confirm/bulk/bulk-desk';
import { startProgram, type Program } from './program';

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
    settings = { LOG_LEVEL: 'error', ...(location.engine === 'postgres' ? { DATABASE_URL: location.url } : { DATABASE_PATH: location.path }) };
    await onDatabase(async (database) => {
      world = await buildWorld({ database, context: contextOn(database) });
      ids = await draftsOf(world, DRAFTS, DETAILS);
    });
  });
  afterEach(async () => {
    await Promise.all([...running].map((program) => program.stop('SIGKILL')));
    running.clear();
  });

  async function onDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
    const database = await Database.open(location);
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  }

  function start(): Program {
    const program = startProgram(settings);
    running.add(program);
    return program;
  }

  async function ask<T>(program: Program, query: string, variables: object): Promise<T> {
    const response = await fetch(await program.url, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Schedules, and does not wait. */
  async function schedule(program: Program, proformaInvoiceIds: readonly string[]): Promise<string> {
    const answer = await ask<{ confirmProformaInvoices: { run: AnsweredBulkRun } }>(program, CONFIRM_IN_BULK, { input: { proformaInvoiceIds, waitMs: 0 } });
    return answer.confirmProformaInvoices.run.id;
  }

  /** Asks for a run until it is as wanted. */
  async function until(program: Program, id: string, isWanted: (run: AnsweredBulkRun, totals: AnsweredTotals) => boolean): Promise<AnsweredBulkRun> {
    for (const giveUpAt = performance.now() + DEADLINE_MS; performance.now() < giveUpAt;) {
      const { run } = await ask<{ run: AnsweredBulkRun }>(program, RUN_QUERY, { id });
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
    const left = await onDatabase((database) => billedCounts({ database }, world.contractId));
    expect(left.filter((count) => count === DETAILS).length).toBeLessThan(DRAFTS);
    expect(left.every((count) => count === 0 || count === DETAILS)).toBe(true);
    const next = start();
    const run = await until(next, id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', errors: [], bulkConfirmationTotals: { total: DRAFTS, complete: DRAFTS } });
    expect(await onDatabase((database) => billedCounts({ database }, world.contractId))).toEqual(ids.map(() => DETAILS));
  }, DEADLINE_MS * 2);

  it('BULK-08 another program on the same database takes over what a killed one has left', async () => {
    const killed = start();
    await killed.url;
    const other = start();
    await other.url;
    const id = await schedule(killed, ids);
    await until(killed, id, (_run, { complete }) => complete >= 3);
    await killed.stop('SIGKILL');
    const run = await until(other, id, ({ status }) => status !== 'RUNNING');
    expect(run).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: DRAFTS } });
    expect(await onDatabase((database) => billedCounts({ database }, world.contractId))).toEqual(ids.map(() => DETAILS));
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
