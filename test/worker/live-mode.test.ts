import { setTimeout as pause } from 'node:timers/promises';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { SHUTDOWN_MS_MAX } from '../../src/server/limits';
import { query, sql } from '../../src/stores/session';
import { buildWorld } from '../support/builders';
import { contextOn, ENGINES, freshLocation, onDatabase } from '../support/engines';
import { Process, type Ask } from '../support/process';
import { askOf, settingsFor, startProgram, startWorker, type Program } from '../server/program';

const DEADLINE_MS = 30_000;
/** Actuals of a long sync: a dozen chunks. */
const MANY = 6_000;

describe.each(ENGINES)('live mode [%s]', (engine) => {
  let location: Awaited<ReturnType<typeof freshLocation>>;
  let contractId: string;
  const running = new Set<Program>();

  beforeEach(async () => {
    location = await freshLocation(engine);
    await onDatabase(location, async ({ database }) => {
      const context = contextOn(database);
      await ensureTableMaps(context);
      const world = await buildWorld({ database, context });
      await world.milestone();
      contractId = world.contractId;
    });
  });
  afterEach(async () => {
    await Promise.all([...running].map((program) => program.stop('SIGKILL')));
    running.clear();
  });

  function start(begin: typeof startProgram, settings: Record<string, string> = {}): Program {
    const program = begin({ LOG_LEVEL: 'error', ...settingsFor(location), ...settings });
    running.add(program);
    return program;
  }

  const asker = (program: Program): Ask => (query, variables) => askOf(program, query, variables);

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (const giveUpAt = performance.now() + DEADLINE_MS; !(await isSo()); await pause(50)) {
      if (performance.now() > giveUpAt) throw new Error(`It did not come so far in ${DEADLINE_MS} ms`);
    }
  }

  /** Confirms a proforma, posts its proposal as soon as it has lines, and waits for the write-back: nobody asks for a sync or an import. */
  async function throughFinance(ask: Ask): Promise<void> {
    const process = new Process(ask);
    const [draft] = await process.createDrafts([contractId]);
    await process.confirm(draft!.id);
    const proposal = async () => (await ask('query ($number: String!) { invoiceProposal(number: $number) { hasLines } }', { number: draft!.number })).invoiceProposal;
    await until(async () => (await proposal())?.hasLines === true);
    await process.postProposals({ proposalNumbers: [draft!.number] });
    const proforma = async () => (await ask('query ($id: ID!) { proformaInvoice(id: $id) { status } }', { id: draft!.id })).proformaInvoice;
    await until(async () => (await proforma()).status === 'POSTED');
  }

  it('WORKER-06 a server with intervals carries and imports by itself, and ends in order', async () => {
    const server = start(startProgram, { SYNC_INTERVAL_MS: '100', IMPORT_INTERVAL_MS: '150' });
    const ask = asker(server);
    await throughFinance(ask);
    const { periodicJobs, runs } = await ask('{ periodicJobs { nodes { name everyMs lastOutcome } } runs(filter: { kind: { eq: SYNC } }) { totalCount } }');
    expect(periodicJobs.nodes.map((job: { name: string; everyMs: number }) => [job.name, job.everyMs])).toEqual(
      expect.arrayContaining([['endOrphanedRuns', 30_000], ['importFromStaging', 150], ['sync', 100]]));
    // WORKER-04: only looks that found something have become runs.
    expect(runs.totalCount).toBeLessThan(10);
    expect(await server.stop()).toMatchObject({ code: 0 });
  }, DEADLINE_MS * 2);

  it('WORKER-06 a worker of its own does it for a server without intervals, and ends in order', async () => {
    const worker = start(startWorker, { SYNC_INTERVAL_MS: '100', IMPORT_INTERVAL_MS: '150' });
    expect(await worker.url).toBe('sync every 100 ms, import every 150 ms');
    await throughFinance(asker(start(startProgram)));
    expect(await worker.stop()).toMatchObject({ code: 0, stderr: '' });
  }, DEADLINE_MS * 2);

  it('WORKER-09 a worker that is told to end in the middle of a long sync gives everything back within the named time, and the next one goes on at once', async () => {
    await onDatabase(location, async ({ database }) => {
      const count = async (counted: 'staged' | 'held'): Promise<number> => Number((await query<{ n: number }>(database.reader, counted === 'staged'
        ? sql`SELECT COUNT(*) AS "n" FROM "ProjCDSActualsImport"`
        : sql`SELECT COUNT(*) AS "n" FROM "gw_synclog" WHERE "gw_leaseowner" IS NOT NULL`))[0]!.n);
      await (await buildWorld({ database, context: contextOn(database) })).unbilledMany(MANY / 2);
      const before = await count('staged');
      const first = start(startWorker, { SYNC_INTERVAL_MS: '100' });
      await until(async () => (await count('staged')) > before);
      const told = performance.now();
      expect(await first.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
      expect(performance.now() - told).toBeLessThan(SHUTDOWN_MS_MAX);
      expect([(await count('staged')) < MANY, await count('held')]).toEqual([true, 0]);
      start(startWorker, { SYNC_INTERVAL_MS: '100' });
      await until(async () => (await count('staged')) >= MANY);
    });
  }, DEADLINE_MS * 3);
});
