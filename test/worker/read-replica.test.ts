import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { insertRows } from '../../src/stores/bulk';
import { Company } from '../../src/entities/dataverse';
import { query, sql } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';
import { startProgram } from '../server/program';
import { ask } from '../support/api';
import type { RunningPostgres } from '../support/embedded-postgres';
import { contextOn, type TestGateway } from '../support/engines';
import { importRecords } from '../support/process';
import { ownPostgres } from '../support/postgres-process';

const COMPANIES = '{ companies { nodes { code } } }';
const WAIT_MS_MAX = 60_000;
jest.setTimeout(2 * WAIT_MS_MAX);

describe('a streaming replica for reads', () => {
  let primary: RunningPostgres;
  let replica: RunningPostgres;
  let gateway: TestGateway;
  const notices: boolean[] = [];

  beforeAll(async () => {
    primary = await ownPostgres();
    await (await Database.open({ engine: 'postgres', url: primary.url('postgres') })).close();
    replica = await primary.replica();
    const location = { engine: 'postgres', url: primary.url('postgres'), readUrl: replica.url('postgres'), poolSize: 5 } as const;
    const database = await Database.open(location, { replicaNotice: (answers) => notices.push(answers) });
    gateway = { engine: 'postgres', location, database, context: contextOn(database) };
    await importRecords(gateway, []);
  });
  afterAll(async () => {
    await gateway.database.close();
    await replica.stop();
    await primary.stop();
  });

  const codes = async (): Promise<string[]> => (await ask(gateway, COMPANIES)).companies.nodes.map(({ code }: { code: string }) => code);
  const add = (code: string) => gateway.database.write((work) => insertRows(work, Company, [{ id: gateway.context.ids.next(), code, name: code }]));

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (const giveUpAt = performance.now() + WAIT_MS_MAX; !(await isSo()); await pause(50)) {
      if (performance.now() > giveUpAt) throw new Error('It did not come so far');
    }
  }

  /** Lets nothing arrive on the replica while something is tried. */
  async function whileItLags(tried: () => Promise<void>): Promise<void> {
    const admin = await new DataSource({ type: 'postgres', url: replica.url('postgres'), poolSize: 1 }).initialize();
    await admin.query('SELECT pg_wal_replay_pause()');
    try {
      await tried();
    } finally {
      await admin.query('SELECT pg_wal_replay_resume()');
      await admin.destroy();
    }
  }

  it('WORKER-12 queries read from it, and see what the primary has committed a moment later', async () => {
    await whileItLags(async () => {
      await add('LAG');
      expect(await codes()).toEqual([]);
      expect(await query(gateway.database.reader, sql`SELECT 1 FROM "cdm_company"`)).toHaveLength(1);
    });
    await until(async () => (await codes()).includes('LAG'));
  });

  it('WORKER-12 a mutation reads, and answers, from the primary, so that it holds what it has just done', async () => {
    const load = (source: string) => ask(gateway, `mutation ($input: ImportRecordsInput!) { importRecords(input: $input) { errors { code } } ${source} }`, { input: { entitySets: [] } });
    await whileItLags(async () => {
      const { importRecords: answered, sync } = await load('sync(input: {}) { run { status message } errors { code } }');
      // The run was stored while nothing arrives on the replica.
      expect([answered.errors, sync.errors, sync.run.status]).toEqual([[], [], 'SUCCEEDED']);
      expect((await ask(gateway, '{ runs { totalCount } }')).runs.totalCount).toBe(0);
    });
    await until(async () => (await ask(gateway, '{ runs { totalCount } }')).runs.totalCount === 1);
  });

  it('WORKER-13 while it is away the primary answers, and the log says so once; when it is back it answers again', async () => {
    notices.length = 0;
    await replica.halt();
    await add('AWAY');
    for (let asked = 0; asked < 3; asked += 1) expect(await codes()).toContain('AWAY');
    expect([notices, gateway.database.replicaAnswers]).toEqual([[false], false]);
    await replica.again();
    await until(async () => { await codes(); return gateway.database.replicaAnswers === true; });
    expect(notices).toEqual([false, true]);
  });

  it('WORKER-13 a program starts while it is away, says so in its log, and is ready', async () => {
    await replica.halt();
    const program = startProgram({ DATABASE_URL: primary.url('postgres'), DATABASE_READ_URL: replica.url('postgres'), LOG_LEVEL: 'warn' });
    const ready = await fetch(`${new URL(await program.url).origin}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', readReplica: 'does not answer; the primary does' }]);
    const { stderr, code } = await program.stop();
    expect([code, stderr.match(/the read replica does not answer/g)]).toEqual([0, ['the read replica does not answer']]);
    await replica.again();
  });
});
