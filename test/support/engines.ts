import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { DatabaseLocation } from '../../ormconfig';
import type { CommandContext } from '../../src/context';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { fixedClock } from '../../src/kernel/clock';
import { seededIds } from '../../src/kernel/ids';
import type { Engine } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';

export const ENGINES: Engine[] = ['sqlite', 'postgres'];

/** The instant at which tests happen, unless they say otherwise. */
export const TEST_NOW = new Date('2026-06-30T12:00:00.000Z');

/** A fresh database of an engine: a copy of the run's template, which is migrated and empty, or of another one that nobody has open. */
export async function freshLocation(engine: Engine, original?: DatabaseLocation): Promise<DatabaseLocation> {
  const id = randomUUID().replaceAll('-', '');
  if (engine === 'sqlite') {
    const folder = process.env.GATEWAY_TEST_FOLDER!;
    const path = join(folder, `${id}.sqlite`);
    copyFileSync(original?.engine === 'sqlite' ? original.path : join(folder, 'template.sqlite'), path);
    return { engine, path };
  }
  return postgresCopy(id, original?.engine === 'postgres' ? new URL(original.url).pathname.slice(1) : 'gateway_template');
}

/** A database that nobody has migrated yet; on SQLite there is no file even. */
export async function emptyLocation(engine: Engine): Promise<DatabaseLocation> {
  const id = randomUUID().replaceAll('-', '');
  return engine === 'sqlite' ? { engine, path: join(process.env.GATEWAY_TEST_FOLDER!, `${id}.sqlite`) } : postgresCopy(id, 'template0');
}

async function postgresCopy(id: string, template: string): Promise<DatabaseLocation> {
  const server = process.env.GATEWAY_TEST_POSTGRES!;
  const admin = await new DataSource({ type: 'postgres', url: server, poolSize: 1 }).initialize();
  try {
    await admin.query(`CREATE DATABASE "t${id}" TEMPLATE "${template}"`);
  } finally {
    await admin.destroy();
  }
  return { engine: 'postgres', url: server.replace(/\/postgres$/, `/t${id}`), poolSize: 5 };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface TestGateway {
  readonly engine: Engine;
  readonly location: DatabaseLocation;
  readonly database: Database;
  /** A command context with a clock that stands still and ids that repeat. */
  readonly context: CommandContext;
}

export function contextOn(database: Database, now = TEST_NOW): CommandContext {
  const clock = fixedClock(now);
  const settings = { skipReversalsOfAdjusted: false, documents: { secret: 'a secret that only the tests know', lifetimeMs: 15 * 60_000 } };
  return { database, clock, ids: seededIds(clock), actor: 'test', settings, log: silent };
}

/** Opens a database that programs use as well, for as long as it is used here. */
export async function onDatabase<T>(location: DatabaseLocation, use: (gateway: TestGateway) => Promise<T>): Promise<T> {
  const database = await Database.open(location);
  try {
    return await use({ engine: location.engine, location, database, context: contextOn(database) });
  } finally {
    await database.close();
  }
}

/**
 * Describes the same behaviour on SQLite and on PostgreSQL. `gateway()` is a fresh database for each test file and engine; call
 * it inside tests and hooks.
 */
export function onBothEngines(title: string, define: (gateway: () => TestGateway) => void): void {
  describe.each(ENGINES)(`${title} [%s]`, (engine) => {
    let gateway: TestGateway | undefined;
    beforeAll(async () => {
      const location = await freshLocation(engine);
      const database = await Database.open(location);
      gateway = { engine, location, database, context: contextOn(database) };
      // As the program does when it starts.
      await ensureTableMaps(gateway.context);
    });
    afterAll(async () => gateway?.database.close());
    define(() => gateway!);
  });
}
