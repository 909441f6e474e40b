import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startPostgres, type RunningPostgres } from './embedded-postgres';

/*
 * A PostgreSQL server of a test's own, which it may take away and bring back. It lives in a process of its own, because the package
 * that brings PostgreSQL is a module that Jest cannot load; this file is both the process and what talks with it.
 */

type Command = 'halt' | 'again' | 'stop';

/** Starts a server that a test may take away. */
export async function ownPostgres(): Promise<RunningPostgres> {
  const child = fork(__filename, { stdio: 'ignore' });
  const answered = async (): Promise<string> => String((await once(child, 'message'))[0]);
  const base = await answered();
  const obey = async (command: Command): Promise<void> => {
    const done = answered();
    child.send(command);
    await done;
  };
  return {
    url: (database) => base.replace(/postgres$/, database),
    halt: () => obey('halt'),
    again: () => obey('again'),
    stop: async () => {
      await obey('stop');
      child.disconnect();
    },
  };
}

async function serve(): Promise<void> {
  const postgres = await startPostgres();
  const obey = async (command: Command): Promise<void> => {
    await postgres[command]();
    if (process.connected) process.send!(command);
    if (command === 'stop') process.exit(0);
  };
  process.on('message', (command: Command) => void obey(command));
  // The test is gone, perhaps killed: so is its server.
  process.on('disconnect', () => void obey('stop'));
  process.send!(postgres.url('postgres'));
}

if (require.main === module) void serve();
