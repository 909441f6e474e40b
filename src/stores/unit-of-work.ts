import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError, type DataSource } from 'typeorm';
import { createDataSource, type DatabaseLocation } from '../../ormconfig';
import { InternalError } from '../kernel/refusal';
import { Unavailable } from '../kernel/unavailable';
import { isPatient, throughOutages } from './outage';
import { isBusy, isDeadlock, isPassing } from './passing-failure';
import { ReadReplica, type ReplicaNotice } from './read-replica';
import type { Engine, Session, UnitOfWork } from './session';

/** How often a command is repeated after PostgreSQL gave it up as a deadlock or serialization failure. */
const DEADLOCK_RETRIES_MAX = 3;
/** How long a unit of work waits for another process that holds SQLite's write lock. */
const SQLITE_LOCK_WAIT_MS_MAX = 60_000;
const SQLITE_LOCK_POLL_MS = 10;
/** Between two questions for a transaction that the database has not ended yet. */
const COMMIT_POLL_MS = 50;

const running = new AsyncLocalStorage<true>();

export interface DatabaseOptions {
  /** Milliseconds that opening the file, or a unit of work, waits for another process that holds SQLite's write lock. */
  readonly lockWaitMsMax?: number;
  readonly replicaNotice?: ReplicaNotice;
}

/** The connection broke while a unit of work was being committed: whether it was stored is for the database to say. */
class CommitInDoubt extends Error {
  constructor(readonly transactionId: string, readonly result: unknown, cause: unknown) {
    super('The connection broke during a commit', { cause });
  }
}

/**
 * The database as commands and queries see it. Commands write through `write`, one unit of work each; queries read through
 * `reader`, which on SQLite is a second, read-only connection and so never sees half of a running unit of work.
 */
export class Database {
  readonly reader: Session;
  private readonly replica: ReadReplica | null;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly engine: Engine,
    private readonly writeSource: DataSource,
    private readonly readSource: DataSource,
    private readonly options: DatabaseOptions,
    replicaSource?: DataSource,
  ) {
    this.reader = { engine, manager: readSource.manager };
    this.replica = replicaSource ? new ReadReplica(replicaSource, writeSource, options.replicaNotice ?? (() => undefined)) : null;
  }

  /**
   * What queries read from: the replica where there is one, which may lag behind. Commands, and all that a mutation answers, read from
   * `reader`, which sees every unit of work that has ended.
   */
  get queries(): Session {
    return this.replica ?? this.reader;
  }

  /** Whether the replica answers; null where there is none. */
  get replicaAnswers(): boolean | null {
    return this.replica && this.replica.answers;
  }

  /** Opens the database and brings it to the newest migration. On SQLite it waits for another process that holds the file, as every write does. */
  static open(location: DatabaseLocation, options: DatabaseOptions = {}): Promise<Database> {
    return pastLocks(() => Database.attemptOpen(location, options), options);
  }

  private static async attemptOpen(location: DatabaseLocation, options: DatabaseOptions): Promise<Database> {
    const writeSource = await createDataSource(location, 'write').initialize();
    try {
      if (location.engine === 'postgres') {
        await migrateAlone(writeSource);
        const database = new Database('postgres', writeSource, writeSource, options, location.readUrl ? createDataSource(location, 'read') : undefined);
        await database.replica?.connect();
        return database;
      }
      await migrateFile(writeSource);
      await assertSqliteSettings(writeSource);
      await writeSource.query(`INSERT INTO "gw_writelock" ("gw_id", "gw_taken") VALUES ('file', 0) ON CONFLICT DO NOTHING`);
      const readSource = await createDataSource(location, 'read').initialize();
      return new Database('sqlite', writeSource, readSource, options);
    } catch (error) {
      await writeSource.destroy();
      throw error;
    }
  }

  /**
   * Runs `work` as one unit of work: all of it is stored, or nothing. On SQLite they queue, first in, first out; a nested one
   * throws, because it would wait for itself. Throws `Unavailable` when the database is away; long work waits for it instead.
   */
  async write<T>(work: (unitOfWork: UnitOfWork) => Promise<T>): Promise<T> {
    if (running.getStore()) throw new InternalError('A unit of work was begun inside another one');
    const once = () => (this.engine === 'sqlite' ? this.enqueue(() => this.attempt(work)) : this.withRetries(work));
    return running.run(true, () => throughOutages(async () => {
      try {
        return await once();
      } catch (error) {
        if (!(error instanceof CommitInDoubt)) throw error;
        if (await throughOutages(() => this.wasCommitted(error.transactionId))) return error.result as T;
        throw error.cause;
      }
    }));
  }

  async close(): Promise<void> {
    await this.queue.catch(() => undefined);
    await this.replica?.close();
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
      await this.commit(runner, result);
      return result;
    } catch (error) {
      // TypeORM lets go of a connection that broke while nothing was asked of it, and says so at the next statement.
      const isCut = error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;
      if (isCut) throw new Unavailable('DATABASE_UNAVAILABLE', { cause: error });
      if (runner.isTransactionActive) await rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /**
   * Commits. Long work asks for the transaction's id before, so that it can find out what became of it, should the connection break
   * meanwhile; a request is told that it may ask again, and an idempotency key makes that safe.
   */
  private async commit(runner: UnitOfWork['runner'], result: unknown): Promise<void> {
    const isFollowed = this.engine === 'postgres' && isPatient();
    const [row] = isFollowed ? (await runner.query('SELECT pg_current_xact_id_if_assigned()::text AS "id"')) as { id: string | null }[] : [];
    try {
      await runner.commitTransaction();
    } catch (error) {
      if (!row?.id || !isPassing(error) || isDeadlock(error)) throw error;
      throw new CommitInDoubt(row.id, result, error);
    }
  }

  /** What became of a transaction, once the database answers again. One that it has not ended yet is asked for again. */
  private async wasCommitted(transactionId: string): Promise<boolean> {
    for (;;) {
      const [row] = (await this.writeSource.query('SELECT pg_xact_status($1::xid8) AS "status"', [transactionId])) as { status: string | null }[];
      if (row?.status !== 'in progress') return row?.status === 'committed';
      await pause(COMMIT_POLL_MS);
    }
  }

  /** SQLite: takes the file's write lock with a first write, without ever blocking the event loop while it waits. */
  private async begin(runner: UnitOfWork['runner']): Promise<void> {
    if (this.engine === 'postgres') return runner.startTransaction();
    await pastLocks(async () => {
      await runner.startTransaction();
      try {
        await runner.query(`UPDATE "gw_writelock" SET "gw_taken" = "gw_taken" + 1 WHERE "gw_id" = 'file'`);
      } catch (error) {
        await runner.rollbackTransaction();
        throw error;
      }
    }, this.options);
  }
}

/** Repeats an attempt, which leaves nothing behind when it fails, while another process holds SQLite's write lock. */
async function pastLocks<T>(attempt: () => Promise<T>, { lockWaitMsMax = SQLITE_LOCK_WAIT_MS_MAX }: DatabaseOptions): Promise<T> {
  for (const deadline = performance.now() + lockWaitMsMax; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await pause(SQLITE_LOCK_POLL_MS);
    }
  }
}

/** Without a connection there is nothing to roll back: the database has done it. */
async function rollBack(runner: UnitOfWork['runner']): Promise<void> {
  try {
    await runner.rollbackTransaction();
  } catch (error) {
    if (!isPassing(error) && !runner.isReleased) throw error;
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

/**
 * The same on one file, as one transaction that holds the write lock from before the first look on: between a look at what is pending and
 * its migration another process could do it. Throws the driver's error while another process holds the lock.
 */
async function migrateFile(source: DataSource): Promise<void> {
  await source.query('BEGIN IMMEDIATE');
  try {
    await source.runMigrations({ transaction: 'none' });
    await source.query('COMMIT');
  } catch (error) {
    await source.query('ROLLBACK');
    throw error;
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
