import type { DatabaseLocation } from '../../ormconfig';
import { TableMapActivityKind } from '../../src/entities/dual-write';
import { discrepanciesOf } from '../journeys/audit';
import { readBooks } from '../journeys/books';
import { contextOn, freshLocation, onDatabase, TEST_NOW } from '../support/engines';
import { readNormalised, type LeftOut, type NormalisedDatabase } from '../support/normalised-database';
import { asker, contosoRecords, importRecords, type EntitySetRecords } from '../support/process';
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

/** What the program itself loads, and is killed at; the rest of the sample is loaded once, and copied. */
const LOADED_BY_PROGRAMS = 'FiscalPeriods';
/** Before everything that programs do. */
const PREPARED_ON = new Date(TEST_NOW.getTime() - 24 * 60 * 60_000);

const isLoadedByPrograms = ({ name }: EntitySetRecords): boolean => name === LOADED_BY_PROGRAMS;
/** The entity sets of the sample that a copy of `withSample` does not hold yet. */
export const restOfSample = (): EntitySetRecords[] => contosoRecords().filter(isLoadedByPrograms);

const samples = new Map<Engine, Promise<DatabaseLocation>>();

/** A database with the sample in it, but for what programs load themselves: a copy of one that is made once per test file. */
export async function withSample(engine: Engine): Promise<DatabaseLocation> {
  if (!samples.has(engine)) samples.set(engine, loadSample(engine));
  return freshLocation(engine, await samples.get(engine)!);
}

async function loadSample(engine: Engine): Promise<DatabaseLocation> {
  const location = await freshLocation(engine);
  await onDatabase(location, (gateway) =>
    importRecords({ ...gateway, context: contextOn(gateway.database, PREPARED_ON) }, contosoRecords().filter((set) => !isLoadedByPrograms(set))));
  return location;
}

/** A retry that was cut off and the one that went on in its place are two, as their runs are. */
const isOfRetry = ({ table, stored }: NormalisedDatabase[number]): boolean =>
  table === 'gw_activity' && stored.includes(`"gw_kind":${TableMapActivityKind.ERRORS_RETRIED},`);

/** Goes through the whole process on a database of its own, with a program that is killed as planned. */
export async function play(engine: Engine, plan: KillPlan): Promise<Outcome> {
  const location = await withSample(engine);
  const client = new KilledClient(settingsFor(location), plan);
  try {
    await wholeProcess(client, restOfSample());
  } finally {
    await client.end();
  }
  const { content, discrepancies } = await contentOf(location);
  return { client, discrepancies, content: content.filter((row) => !isOfRetry(row)) };
}

/** What a database holds when its programs have ended. */
export async function contentOf(location: DatabaseLocation, leftOut: LeftOut = {}): Promise<Pick<Outcome, 'content' | 'discrepancies'>> {
  return onDatabase(location, async (gateway) => ({
    content: await readNormalised(gateway.database.reader, TEST_DAY, leftOut), discrepancies: discrepanciesOf(await readBooks(asker(gateway))),
  }));
}
