import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startPostgres, type RunningPostgres } from './embedded-postgres';

/*
 * A PostgreSQL server of a test's own, which it may take away and bring back, with a replica where it wants one. They live in a process
 * of their own, because the package that brings PostgreSQL is a module that Jest cannot load; this file is both the process and what
 * talks with it.
 */

type Which = 'primary' | 'replica';
type What = 'halt' | 'again' | 'replica' | 'stop';

/** Starts a server that a test may take away. */
export async function ownPostgres(): Promise<RunningPostgres> {
  const child = fork(__filename, { stdio: 'ignore' });
  const primary = await serverOf(child, 'primary');
  return { ...primary, stop: async () => { await primary.stop(); child.disconnect(); } };
}

async function serverOf(child: ChildProcess, which: Which): Promise<RunningPostgres> {
  const answer = async (): Promise<string> => String((await once(child, 'message'))[0]);
  const obey = async (what: What): Promise<void> => {
    const done = answer();
    child.send([which, what]);
    await done;
  };
  const base = await answer();
  return {
    url: (database) => base.replace(/postgres$/, database),
    halt: () => obey('halt'),
    again: () => obey('again'),
    replica: async () => {
      child.send([which, 'replica']);
      return serverOf(child, 'replica');
    },
    stop: () => obey('stop'),
  };
}

async function serve(): Promise<void> {
  const servers: Partial<Record<Which, RunningPostgres>> = { primary: await startPostgres() };
  const obey = async ([which, what]: [Which, What]): Promise<string> => {
    const server = servers[which]!;
    if (what !== 'replica') return server[what]().then(() => what);
    servers.replica = await server.replica();
    return servers.replica.url('postgres');
  };
  const stopAll = async (): Promise<void> => {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    process.exit(0);
  };
  process.on('message', (message: [Which, What]) => void obey(message).then((answered) => process.send!(answered)));
  // The test is gone, perhaps killed: so are its servers.
  process.on('disconnect', () => void stopAll());
  process.send!(servers.primary!.url('postgres'));
}

if (require.main === module) void serve();
