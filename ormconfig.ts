import 'reflect-metadata';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { allTables } from './src/entities/columns';
import * as dataverse from './src/entities/dataverse';
import * as dualWrite from './src/entities/dual-write';
import * as finance from './src/entities/finance';
import * as gateway from './src/entities/gateway';
import { migrations } from './src/migrations';

/** Where the data lives: one SQLite file, or a PostgreSQL database. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly path: string }
  | {
    readonly engine: 'postgres';
    readonly url: string;
    /** A replica that queries read from. */
    readonly readUrl?: string;
    readonly poolSize?: number;
  };

// Importing the entity modules registers their tables.
void [dataverse, dualWrite, finance, gateway];
export const entities = allTables().map((facts) => facts.entity);

/** Text compares by code point on PostgreSQL too, so that both engines sort alike. */
class GatewayDataSource extends DataSource {
  protected override async buildMetadatas(): Promise<void> {
    await super.buildMetadatas();
    if (this.options.type !== 'postgres') return;
    for (const metadata of this.entityMetadatas) {
      for (const column of metadata.columns) {
        if (column.type === 'varchar' || column.type === 'text') column.collation = 'C';
      }
    }
  }
}

interface SqliteDriverDatabase {
  pragma(text: string): unknown;
}

/** Connections of one process to PostgreSQL, unless the location says otherwise. */
const POOL_CONNECTIONS = 10;
/** How long a request waits for a connection: for a free one of the pool, or for a server that does not answer at all. */
const CONNECTION_WAIT_MS_MAX = 60_000;
/** The same for a replica: the primary answers in its place. */
const REPLICA_WAIT_MS_MAX = 2_000;
/** Pages of SQLite's cache in KiB (negative means KiB): large documents write fast when their indexes stay in memory. */
const SQLITE_CACHE_KIB = -200_000;

/**
 * Opens a data source on a location. On SQLite there are two: `write`, used by one unit of work at a time, and `read`, which
 * is read-only; on PostgreSQL `read` is the replica, where the location names one. Every open sets WAL, full synchronisation and foreign keys. Nothing waits for a lock inside the driver, because
 * that would stop the event loop.
 */
export function createDataSource(location: DatabaseLocation, access: 'write' | 'read' = 'write'): DataSource {
  const shared = { entities, migrations, migrationsTableName: 'gw_migrations', synchronize: false, logging: false } as const;
  if (location.engine === 'postgres') {
    return new GatewayDataSource({
      type: 'postgres',
      url: access === 'read' ? (location.readUrl ?? location.url) : location.url,
      poolSize: location.poolSize ?? POOL_CONNECTIONS,
      connectTimeoutMS: access === 'read' ? REPLICA_WAIT_MS_MAX : CONNECTION_WAIT_MS_MAX,
      // So that a connection whose other end has vanished without a word is found out.
      extra: { keepAlive: true },
      ...shared,
    } satisfies DataSourceOptions);
  }
  return new GatewayDataSource({
    type: 'better-sqlite3',
    database: location.path,
    readonly: access === 'read',
    fileMustExist: access === 'read',
    timeout: 0,
    statementCacheSize: 500,
    prepareDatabase: (database: SqliteDriverDatabase) => {
      if (access === 'write') database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      database.pragma(`cache_size = ${SQLITE_CACHE_KIB}`);
    },
    ...shared,
  } satisfies DataSourceOptions);
}

/** Parses `postgres://...` or a file path. */
export function locationOf(
  { databaseUrl, databaseReadUrl, databasePath }: { databaseUrl?: string | undefined; databaseReadUrl?: string | undefined; databasePath: string },
): DatabaseLocation {
  if (!databaseUrl) return { engine: 'sqlite', path: databasePath };
  return { engine: 'postgres', url: databaseUrl, ...(databaseReadUrl && { readUrl: databaseReadUrl }) };
}

/** For TypeORM's command line: `npx typeorm -d dist/ormconfig.js ...`. */
export const commandLineDataSource = createDataSource(
  locationOf({ databaseUrl: process.env.DATABASE_URL, databasePath: process.env.DATABASE_PATH ?? 'data/gateway.sqlite' }),
);
