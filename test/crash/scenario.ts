import type { DatabaseLocation } from '../../ormconfig';
import { Database } from '../../src/stores/unit-of-work';
import { discrepanciesOf } from '../journeys/audit';
import { readBooks } from '../journeys/books';
import { contextOn, freshLocation, TEST_NOW } from '../support/engines';
import { readNormalised, type LeftOut, type NormalisedDatabase } from '../support/normalised-database';
import { asker } from '../support/process';
import type { Engine } from '../../src/stores/session';
import { KilledClient, type KillPlan } from './killed-client';
import { wholeProcess } from './whole-process';

const TEST_DAY = TEST_NOW.toISOString().slice(0, 10);

export interface Outcome {
  readonly client: KilledClient;
  readonly content: NormalisedDatabase;
  /** What the audit of the books finds. */
  readonly discrepancies: readonly string[];
}

export const settingsFor = (location: DatabaseLocation): Record<string, string> =>
  (location.engine === 'postgres' ? { DATABASE_URL: location.url } : { DATABASE_PATH: location.path });

/** Goes through the whole process on a new database, with a program that is killed as planned. */
export async function play(engine: Engine, plan: KillPlan): Promise<Outcome> {
  const location = await freshLocation(engine);
  const client = new KilledClient(settingsFor(location), plan);
  try {
    await wholeProcess(client);
  } finally {
    await client.end();
  }
  return { client, ...await contentOf(location) };
}

/** What a database holds when its programs have ended. */
export async function contentOf(location: DatabaseLocation, leftOut: LeftOut = {}): Promise<Pick<Outcome, 'content' | 'discrepancies'>> {
  const database = await Database.open(location);
  try {
    const ask = asker({ engine: location.engine, location, database, context: contextOn(database) });
    return { content: await readNormalised(database.reader, TEST_DAY, leftOut), discrepancies: discrepanciesOf(await readBooks(ask)) };
  } finally {
    await database.close();
  }
}
