import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseLocation } from '../../ormconfig';
import { PROJECT_FOLDER } from '../../src/config';
import type { Engine } from '../../src/stores/session';
import { freshLocation } from '../support/engines';

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  /** The address that it prints when it is ready. Rejects with what it wrote when it ends before. */
  readonly url: Promise<string>;
  readonly ended: Promise<Ending>;
  /** The process itself, for tests that talk with what they have loaded into it. */
  readonly child: ChildProcess;
  /** Asks it to end, as a service manager does. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

/** A path for an SQLite file that does not exist yet. */
export function newDatabasePath(): string {
  return join(mkdtempSync(join(tmpdir(), 'gateway-program-')), 'made', 'gateway.sqlite');
}

/** Settings of a fresh database of an engine. */
export async function databaseSettings(engine: Engine): Promise<Record<string, string>> {
  return engine === 'sqlite' ? { DATABASE_PATH: newDatabasePath() } : settingsFor(await freshLocation('postgres'));
}

/** The settings of a program on a database that is there. */
export const settingsFor = (location: DatabaseLocation): Record<string, string> =>
  (location.engine === 'postgres' ? { DATABASE_URL: location.url } : { DATABASE_PATH: location.path });

/** Runs the program that `npm start` runs, as a process of its own, with these settings and no others; `preload` is a module to load before it. */
export function startProgram(settings: Readonly<Record<string, string>>, preload?: string): Program {
  return startProcess('main.js', /^GraphQL and GraphiQL: (\S+)\n/m, settings, preload);
}

/** The same for `npm run worker`, which has no address: it prints what it does. */
export function startWorker(settings: Readonly<Record<string, string>>): Program {
  return startProcess('worker.js', /^Worker: (.+)\n/m, settings);
}

function startProcess(file: string, ready: RegExp, settings: Readonly<Record<string, string>>, preload?: string): Program {
  const child = spawn(process.execPath, [...(preload ? ['--require', preload] : []), join(PROJECT_FOLDER, 'dist', 'src', file)], {
    // A folder without .env, so that a developer's own settings do not reach the test.
    cwd: mkdtempSync(join(tmpdir(), 'gateway-program-')),
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', SAMPLE_DIR: 'none', ...settings },
    stdio: ['ignore', 'pipe', 'pipe', ...(preload ? ['ipc' as const] : [])],
  });
  let stdout = '';
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const url = new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const address = ready.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    ended.then((ending) => reject(new Error(`The program ended: ${JSON.stringify(ending)}`)), reject);
  });
  // Tests that expect it to fail never ask for the address.
  url.catch(() => undefined);
  return {
    url,
    ended,
    child,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

export interface ProgramAnswer {
  // Answers are as various as the requests.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends a GraphQL request to a program, and gives its whole answer. Rejects when the connection breaks off, as when the program dies. */
export async function sendTo(program: Program, query: string, variables: object = {}): Promise<ProgramAnswer> {
  const response = await fetch(await program.url, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as ProgramAnswer;
}

/** The same where nothing may go wrong: the data. */
export async function askOf(program: Program, query: string, variables: object = {}): Promise<ProgramAnswer['data']> {
  const { data, errors } = await sendTo(program, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
