import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import type { DatabaseLocation } from '../../ormconfig';
import { Company } from '../../src/entities/dataverse';
import { insertRows } from '../../src/stores/bulk';
import { patiently } from '../../src/stores/outage';
import { Database } from '../../src/stores/unit-of-work';
import { freshLocation } from '../support/engines';

const WAIT_MS = 100;

describe('an SQLite file that another process keeps locked', () => {
  let database: Database;
  let other: BetterSqlite.Database;

  let location: DatabaseLocation;

  beforeEach(async () => {
    location = await freshLocation('sqlite');
    database = await Database.open(location, { lockWaitMsMax: WAIT_MS });
    other = new BetterSqlite((location as { path: string }).path);
    other.exec('BEGIN IMMEDIATE');
  });
  afterEach(async () => {
    other.close();
    await database.close();
  });

  const add = () => database.write((work) => insertRows(work, Company, [{ id: 'a', code: 'AAA', name: 'Company' }]));

  it('WORKER-10 makes a request that has waited long enough fail with the error that says to ask again, and the next one succeed', async () => {
    await expect(add()).rejects.toMatchObject({ name: 'Unavailable', code: 'DATABASE_UNAVAILABLE' });
    other.exec('ROLLBACK');
    expect(await add()).toBe(1);
  });

  it('WORKER-11 is waited for by a program that opens it, such as one of two that start at the same moment', async () => {
    const opening = Database.open(location);
    await pause(3 * WAIT_MS);
    other.exec('ROLLBACK');
    await (await opening).close();
  });

  it('WORKER-11 is waited for by long work', async () => {
    const adding = patiently(add);
    await pause(3 * WAIT_MS);
    other.exec('ROLLBACK');
    expect(await adding).toBe(1);
  });
});
