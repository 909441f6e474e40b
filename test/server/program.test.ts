import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config';
import { ENGINES } from '../support/engines';
import { databaseSettings, newDatabasePath, startProgram, type Program } from './program';

async function ask(program: Program, query: string): Promise<unknown> {
  const response = await fetch(await program.url, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }),
  });
  return response.json();
}

describe.each(ENGINES)('the program on %s', (engine) => {
  it('makes its database, prints one line, answers, logs JSON to the error stream, and ends when told to', async () => {
    const settings = await databaseSettings(engine);
    const program = startProgram(settings);
    const url = await program.url;
    expect(await ask(program, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    if (settings.DATABASE_PATH) expect(existsSync(settings.DATABASE_PATH)).toBe(true);
    const ending = await program.stop('SIGTERM');
    expect(ending).toMatchObject({ code: 0, signal: null, stdout: `GraphQL and GraphiQL: ${url}\n` });
    const lines = ending.stderr.trim().split('\n').map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map((line) => line.msg)).toEqual(['stopping', 'stopped']);
  });

  it('opens its database again', async () => {
    const settings = await databaseSettings(engine);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = startProgram(settings);
      expect(await ask(program, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
      expect((await program.stop(signal)).code).toBe(0);
    }
  });
});

describe.each(ENGINES)('the sample on %s', (engine) => {
  it('is loaded into a new database once, and its records can be asked for', async () => {
    const settings = { ...await databaseSettings(engine), SAMPLE_DIR: join(PROJECT_FOLDER, 'samples', 'contoso'), CLOCK: '2026-06-30T12:00:00Z' };
    const loaded = 'the database was new: loaded the sample';
    const answers: unknown[] = [];
    const logs: boolean[] = [];
    for (let start = 0; start < 2; start += 1) {
      const program = startProgram(settings);
      answers.push(await ask(program, '{ actuals(first: 1) { totalCount nodes { id } } projectContracts(first: 1) { totalCount } }'));
      logs.push((await program.stop()).stderr.includes(loaded));
    }
    expect(logs).toEqual([true, false]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ data: { actuals: { totalCount: expect.any(Number), nodes: [{ id: expect.any(String) }] } } });
  });
});

describe('the program does not start', () => {
  it('with mistakes in its settings, and names every one', async () => {
    const { code, stdout, stderr } = await startProgram({ PORT: 'http', CLOCK: 'noon', LOG_LEVEL: 'all' }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n').map((line) => line.trim().split(' ')[0])).toEqual(['The', 'CLOCK', 'PORT', 'LOG_LEVEL', '']);
  });

  it('on a port that another program has, and says what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await startProgram({ DATABASE_PATH: newDatabasePath(), PORT: String(port) }).ended;
    other.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`Port ${port} at 127.0.0.1 is in use. Set PORT to a free one, or stop the program that listens there.\n`);
  });

  it('at an address that is not of this machine', async () => {
    const { code, stderr } = await startProgram({ DATABASE_PATH: newDatabasePath(), HOST: '192.0.2.1' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('192.0.2.1 is not an address of this machine.');
  });

  it('without its database, and names it without its password', async () => {
    const { code, stderr } = await startProgram({ DATABASE_URL: 'postgres://gateway:secret@127.0.0.1:1/missing' }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The PostgreSQL database missing at 127\.0\.0\.1:1 \(DATABASE_URL\) cannot be opened: .*ECONNREFUSED/);
    expect(stderr).not.toContain('secret');
  });

  it('on a file that is no database', async () => {
    const { code, stderr } = await startProgram({ DATABASE_PATH: __filename }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The SQLite file .*program\.test\.js \(DATABASE_PATH\) cannot be opened: .*not a database/);
  });

  it('with a sample that cannot be loaded', async () => {
    const { code, stderr } = await startProgram({ DATABASE_PATH: newDatabasePath(), SAMPLE_DIR: __dirname }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The sample cannot be loaded (SAMPLE_DIR):');
  });
});
