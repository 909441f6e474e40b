import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Company } from '../../src/entities/dataverse';
import { RunStatus } from '../../src/entities/dual-write';
import { importFromStaging } from '../../src/flow/4-import/import-from-staging.command';
import { runSync } from '../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { systemClock } from '../../src/kernel/clock';
import { timeOrderedIds } from '../../src/kernel/ids';
import { Unavailable } from '../../src/kernel/unavailable';
import { insertRows } from '../../src/stores/bulk';
import { patiently } from '../../src/stores/outage';
import { name, query, sql } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';
import { billedCounts, CONFIRM_IN_BULK, draftsOf } from '../flow/2-confirm/bulk/bulk-desk';
import { startProgram } from '../server/program';
import { send } from '../support/api';
import { buildWorld, type World } from '../support/builders';
import type { RunningPostgres } from '../support/embedded-postgres';
import { contextOn, type TestGateway } from '../support/engines';
import { ownPostgres } from '../support/postgres-process';

const RECORDS = 3_000;
const TEST_MS_MAX = 120_000;
const AWAY_MS = 700;

let postgres: RunningPostgres;
let gateway: TestGateway;
let databases = 0;
jest.setTimeout(TEST_MS_MAX);

beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  databases += 1;
  const admin = await new DataSource({ type: 'postgres', url: postgres.url('postgres'), poolSize: 1 }).initialize();
  await admin.query(`CREATE DATABASE "outage${databases}"`);
  await admin.destroy();
  const location = { engine: 'postgres', url: postgres.url(`outage${databases}`), poolSize: 5 } as const;
  const database = await Database.open(location);
  const context = { ...contextOn(database), clock: systemClock, ids: timeOrderedIds() };
  gateway = { engine: 'postgres', location, database, context };
  await ensureTableMaps(context);
});
afterEach(() => gateway.database.close());

const count = async (table: string): Promise<number> =>
  Number((await query<{ n: string }>(gateway.database.reader, sql`SELECT COUNT(*) AS "n" FROM ${name(table)}`))[0]!.n);

/** Takes the database away when something has come as far as wanted, for a while. */
async function awayWhen(isFarEnough: () => Promise<boolean>): Promise<void> {
  while (!(await isFarEnough())) await pause(5);
  await postgres.halt();
  await pause(AWAY_MS);
  await postgres.again();
}

/** How often each staged actual is there, and how many there are. */
async function staged(): Promise<{ rows: number; distinct: number }> {
  const [row] = await query<{ n: string; d: string }>(gateway.database.reader, sql`SELECT COUNT(*) AS "n", COUNT(DISTINCT "ActualId") AS "d" FROM "ProjCDSActualsImport"`);
  return { rows: Number(row!.n), distinct: Number(row!.d) };
}

async function manyTransactions(): Promise<World> {
  const world = await buildWorld(gateway);
  await world.unbilledMany(RECORDS / 2);
  return world;
}

describe('PostgreSQL that is stopped and started under a running gateway', () => {
  it('WORKER-10 requests fail with a clear error that says to ask again, and succeed afterwards', async () => {
    const ask = () => send(gateway, '{ companies { totalCount } }');
    const change = () => send(gateway, 'mutation { sync(input: {}) { run { status } errors { code } } }');
    expect((await ask()).errors).toEqual([]);
    await postgres.halt();
    await expect(query(gateway.database.reader, sql`SELECT 1`)).rejects.toMatchObject({ name: 'Unavailable', code: 'DATABASE_UNAVAILABLE' });
    await expect(gateway.database.write(async () => undefined)).rejects.toBeInstanceOf(Unavailable);
    expect([(await ask()).errors.length, (await change()).errors.length]).toEqual([1, 1]);
    await postgres.again();
    expect((await ask()).errors).toEqual([]);
    expect((await change()).data.sync).toMatchObject({ run: { status: 'SUCCEEDED' }, errors: [] });
  });

  it('WORKER-10 a unit of work whose connection is cut between two statements fails the same, and leaves nothing', async () => {
    const begun = gateway.database.write(async (work) => {
      await insertRows(work, Company, [{ id: gateway.context.ids.next(), code: 'CUT', name: 'Cut off' }]);
      await postgres.halt();
      await postgres.again();
      await query(work, sql`SELECT 1`);
    });
    await expect(begun).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await count('cdm_company')).toBe(0);
  });

  it('WORKER-11 a sync goes on where it was, and carries everything once', async () => {
    await manyTransactions();
    const running = runSync(gateway.context, {}, { mutation: 'sync', input: {} });
    await awayWhen(async () => (await staged()).rows > 0);
    const { run, maps } = await running;
    expect(run).toMatchObject({ status: RunStatus.SUCCEEDED });
    expect(await staged()).toEqual({ rows: RECORDS, distinct: RECORDS });
    expect(maps.reduce((sum, map) => sum + map.failed, 0)).toBe(0);
    expect(maps.reduce((sum, map) => sum + map.written, 0)).toBe(RECORDS + RECORDS / 2);
  });

  it('WORKER-11 an import goes on where it was, and makes every line once', async () => {
    await manyTransactions();
    await runSync(gateway.context, {}, { mutation: 'sync', input: {} });
    const { finished } = await importFromStaging(gateway.context, {}, { mutation: 'importFromStaging', input: {} });
    await awayWhen(async () => (await count('ProjAdvancedJournalLine')) > 0);
    await finished;
    const [lines] = await query<{ n: string; d: string }>(gateway.database.reader, sql`
      SELECT COUNT(*) AS "n", COUNT(DISTINCT "gw_projcdsactualsimport") AS "d" FROM "ProjAdvancedJournalLine"`);
    expect([Number(lines!.n), Number(lines!.d)]).toEqual([RECORDS, RECORDS]);
  });

  it('WORKER-11 a program lives on, says that it is not ready, and ends a bulk confirmation when the database is back', async () => {
    const world = await buildWorld(gateway);
    const ids = await draftsOf(world, 30, 20);
    const program = startProgram({ DATABASE_URL: postgres.url(`outage${databases}`), SYNC_INTERVAL_MS: '200', LOG_LEVEL: 'error' });
    const url = await program.url;
    const post = async (body: object, accept = 'application/json') => {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body) });
      return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as { data: Record<string, never>; errors?: unknown[] } };
    };
    const ready = async () => (await fetch(`${new URL(url).origin}/health/ready`)).status;
    await post({ query: CONFIRM_IN_BULK, variables: { input: { proformaInvoiceIds: ids, waitMs: 0 } } });
    while ((await confirmed()) < 3) await pause(5);
    await postgres.halt();
    const asked = { query: '{ runs { nodes { id } } }' };
    const unavailable = { errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true } }] };
    expect(await post(asked)).toMatchObject({ status: 200, retryAfter: '1', body: unavailable });
    expect(await post(asked, 'application/graphql-response+json')).toMatchObject({ status: 503, retryAfter: '1', body: unavailable });
    expect(await ready()).toBe(503);
    await pause(AWAY_MS);
    await postgres.again();
    while ((await confirmed()) < ids.length) await pause(20);
    expect(await ready()).toBe(200);
    expect((await post(asked)).body.errors).toBeUndefined();
    expect(await billedCounts(gateway, world.contractId)).toEqual(ids.map(() => 20));
    expect(await program.stop()).toMatchObject({ code: 0 });
  });

  const confirmed = async (): Promise<number> =>
    Number((await query<{ n: string }>(gateway.database.reader, sql`SELECT COUNT(*) AS "n" FROM "gw_bulkconfirmationitem" WHERE "gw_finishedon" IS NOT NULL`))[0]!.n);
});

describe('a commit whose answer was lost', () => {
  const company = (code: string) => ({ id: gateway.context.ids.next(), code, name: `Company ${code}` });
  const lost = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

  it('WORKER-11 counts as done in long work when the database has stored it, and is not done again', async () => {
    let attempts = 0;
    const result = await patiently(() => gateway.database.write(async (work) => {
      attempts += 1;
      await insertRows(work, Company, [company('ONE')]);
      const commit = work.runner.commitTransaction.bind(work.runner);
      work.runner.commitTransaction = async () => { await commit(); throw lost(); };
      return attempts;
    }));
    expect([result, attempts, await count('cdm_company')]).toEqual([1, 1, 1]);
  });

  it('WORKER-11 is done again in long work when the database has not stored it', async () => {
    let attempts = 0;
    const result = await patiently(() => gateway.database.write(async (work) => {
      attempts += 1;
      await insertRows(work, Company, [company('TWO')]);
      if (attempts === 1) work.runner.commitTransaction = async () => { throw lost(); };
      return attempts;
    }));
    expect([result, attempts, await count('cdm_company')]).toEqual([2, 2, 1]);
  });

  it('WORKER-10 is told to a request as an error that says to ask again', async () => {
    const write = gateway.database.write(async (work) => {
      await insertRows(work, Company, [company('TRE')]);
      work.runner.commitTransaction = async () => { throw lost(); };
    });
    await expect(write).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});
