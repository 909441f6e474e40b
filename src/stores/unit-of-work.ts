import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { createDataSource, type DatabaseLocation } from '../../ormconfig';
import { InternalError } from '../kernel/refusal';
import { isBusy, isDeadlock } from './passing-failure';
import type { Engine, Session, UnitOfWork } from './session';

/** How often a command is repeated after PostgreSQL gave it up as a deadlock or serialization failure. */
const DEADLOCK_RETRIES_MAX = 3;
/** How long a unit of work waits for another process that holds SQLite's write lock. */
const SQLITE_LOCK_WAIT_MS_MAX = 60_000;
const SQLITE_LOCK_POLL_MS = 10;

const running = new AsyncLocalStorage<true>();

/**
 * The database as commands and queries see it. Commands write through `write`, one unit of work each; queries read through
 * `reader`, which on SQLite is a second, read-only connection and so never sees half of a running unit of work.
 */
export class Database {
  readonly reader: Session;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly engine: Engine,
    private readonly writeSource: DataSource,
    private readonly readSource: DataSource,
  ) {
    this.reader = { engine, manager: readSource.manager };
  }

  /** Opens the database and brings it to the newest migration. */
  static async open(location: DatabaseLocation): Promise<Database> {
    const writeSource = await createDataSource(location, 'write').initialize();
    try {
      if (location.engine === 'postgres') {
        await migrateAlone(writeSource);
        return new Database('postgres', writeSource, writeSource);
      }
      await writeSource.runMigrations({ transaction: 'each' });
      await assertSqliteSettings(writeSource);
      await writeSource.query(`INSERT INTO "gw_writelock" ("gw_id", "gw_taken") VALUES ('file', 0) ON CONFLICT DO NOTHING`);
      const readSource = await createDataSource(location, 'read').initialize();
      return new Database('sqlite', writeSource, readSource);
    } catch (error) {
      await writeSource.destroy();
      throw error;
    }
  }

  /**
   * Runs `work` as one unit of work: all of it is stored, or nothing. On SQLite they queue, first in, first out; a nested one
   * throws, because it would wait for itself.
   */
  async write<T>(work: (unitOfWork: UnitOfWork) => Promise<T>): Promise<T> {
    if (running.getStore()) throw new InternalError('A unit of work was begun inside another one');
    return running.run(true, () => (this.engine === 'sqlite' ? this.enqueue(() => this.attempt(work)) : this.withRetries(work)));
  }

  async close(): Promise<void> {
    await this.queue.catch(() => undefined);
    if (this.readSource !== this.writeSource) await this.readSource.destroy();
    await this.writeSource.destroy();
  }

  private enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = this.queue.then(job, job);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async withRetries<T>(work: (unitOfWork: UnitOfWork) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isDeadlock(error) || attempt >= DEADLOCK_RETRIES_MAX) throw error;
      }
    }
  }

  private async attempt<T>(work: (unitOfWork: UnitOfWork) => Promise<T>): Promise<T> {
    const runner = this.writeSource.createQueryRunner();
    try {
      await runner.connect();
      await this.begin(runner);
      const result = await work({ engine: this.engine, manager: runner.manager, runner });
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** SQLite: takes the file's write lock with a first write, without ever blocking the event loop while it waits. */
  private async begin(runner: UnitOfWork['runner']): Promise<void> {
    const deadline = performance.now() + SQLITE_LOCK_WAIT_MS_MAX;
    for (;;) {
      await runner.startTransaction();
      if (this.engine === 'postgres') return;
      try {
        await runner.query(`UPDATE "gw_writelock" SET "gw_taken" = "gw_taken" + 1 WHERE "gw_id" = 'file'`);
        return;
      } catch (error) {
        await runner.rollbackTransaction();
        if (!isBusy(error) || performance.now() > deadline) throw error;
        await pause(SQLITE_LOCK_POLL_MS);
      }
    }
  }
}

/** Any number that nothing else in the database takes as an advisory lock. */
const MIGRATION_LOCK = 7_204_311;

/** Processes that start together on one PostgreSQL migrate one after the other; all but the first find nothing to do. */
async function migrateAlone(source: DataSource): Promise<void> {
  const holder = source.createQueryRunner();
  try {
    await holder.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    await source.runMigrations({ transaction: 'each' });
    await holder.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
  } finally {
    await holder.release();
  }
}

async function assertSqliteSettings(source: DataSource): Promise<void> {
  const [journal] = await source.query('PRAGMA journal_mode');
  const [synchronous] = await source.query('PRAGMA synchronous');
  const [foreignKeys] = await source.query('PRAGMA foreign_keys');
  if (journal.journal_mode !== 'wal' || synchronous.synchronous !== 2 || foreignKeys.foreign_keys !== 1) {
    throw new InternalError('SQLite did not accept WAL, synchronous FULL and foreign keys');
  }
}
