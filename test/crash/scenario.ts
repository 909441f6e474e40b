import type { DatabaseLocation } from '../../ormconfig';
import { discrepanciesOf } from '../journeys/audit';
import { readBooks } from '../journeys/books';
import { freshLocation, onDatabase, TEST_NOW } from '../support/engines';
import { readNormalised, type LeftOut, type NormalisedDatabase } from '../support/normalised-database';
import { asker } from '../support/process';
import type { Engine } from '../../src/stores/session';
import { settingsFor } from '../server/program';
import { KilledClient, type KillPlan } from './killed-client';
import { wholeProcess } from './whole-process';

const TEST_DAY = TEST_NOW.toISOString().slice(0, 10);

export interface Outcome {
  readonly client: KilledClient;
  readonly content: NormalisedDatabase;
  /** What the audit of the books finds. */
  readonly discrepancies: readonly string[];
}

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
  return onDatabase(location, async (gateway) => ({
    content: await readNormalised(gateway.database.reader, TEST_DAY, leftOut), discrepancies: discrepanciesOf(await readBooks(asker(gateway))),
  }));
}
