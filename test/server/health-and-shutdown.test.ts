import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { startServer } from '../../src/server/start-server';
import { databaseAnswers, hasCompanies } from '../../src/stores/health.store';
import { Company } from '../../src/entities/dataverse';
import { insertRows } from '../../src/stores/bulk';
import type { Session } from '../../src/stores/session';
import { onBothEngines } from '../support/engines';
import { startStandIn } from './stand-in';

async function health(origin: string, which: 'live' | 'ready'): Promise<[number, unknown]> {
  const response = await fetch(`${origin}/health/${which}`);
  return [response.status, await response.json()];
}

describe('the health checks', () => {
  it('say that the process lives and the database answers', async () => {
    const standIn = await startStandIn();
    expect(await health(standIn.origin, 'live')).toEqual([200, { status: 'live' }]);
    expect(await health(standIn.origin, 'ready')).toEqual([200, { status: 'ready' }]);
    await standIn.close();
  });

  it('say that the server is alive but not ready when the database is gone', async () => {
    const standIn = await startStandIn();
    await standIn.database.close();
    expect(await health(standIn.origin, 'live')).toEqual([200, { status: 'live' }]);
    expect(await health(standIn.origin, 'ready')).toEqual([503, { status: 'database does not answer' }]);
    expect(standIn.lines).toMatchObject([{ level: 'warn', message: 'the database does not answer' }]);
    await standIn.server.close();
  });
});

onBothEngines('the database', (gateway) => {
  it('answers the health check', async () => {
    expect(await databaseAnswers(gateway().database.reader, 1_000)).toBe(true);
  });

  it('is given up when it does not answer in time', async () => {
    const { engine } = gateway().database.reader;
    const manager = { dataSource: { driver: { createParameter: () => '?' } }, query: () => new Promise(() => undefined) };
    const stuck = { engine, manager } as unknown as Session;
    expect(await databaseAnswers(stuck, 10)).toBe(false);
  });

  it('is new until it holds a company', async () => {
    const { database, context } = gateway();
    expect(await hasCompanies(database.reader)).toBe(false);
    await database.write((work) => insertRows(work, Company, [{ id: context.ids.next(), code: 'USMF', name: 'Contoso' }]));
    expect(await hasCompanies(database.reader)).toBe(true);
  });
});

/** Opens a connection and sends a request over it that ends when its answer does. */
function slowRequest(url: string, ms: number): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => { body += text; }).on('end', () => resolve({ status: response.statusCode, body }));
    });
    request.on('error', reject).end(JSON.stringify({ query: `{ slow(ms: ${ms}) }` }));
  });
}

describe('stopping', () => {
  it('lets a running request end, takes no new one, and leaves the database open', async () => {
    const standIn = await startStandIn();
    const running = slowRequest(standIn.server.url, 500);
    await pause(150);
    let ended = false;
    const closing = standIn.server.close().then(() => { ended = true; });
    await pause(50);
    expect(ended).toBe(false);
    await expect(fetch(`${standIn.origin}/health/live`)).rejects.toThrow('fetch failed');
    expect(await running).toEqual({ status: 200, body: '{"data":{"slow":"done"}}\n' });
    await closing;
    expect(await databaseAnswers(standIn.database.reader, 1_000)).toBe(true);
    await standIn.database.close();
  });

  it('may be asked for twice', async () => {
    const standIn = await startStandIn();
    await Promise.all([standIn.server.close(), standIn.server.close()]);
    await standIn.close();
  });
});

describe('a port that is taken', () => {
  it('makes starting fail and leaves nothing behind', async () => {
    const standIn = await startStandIn();
    const port = Number(new URL(standIn.origin).port);
    const second = startServer({
      openDocument: async () => ({ problem: 'FORGED' }),
      settings: { host: '127.0.0.1', port }, database: standIn.database, schema: buildSchema('type Query { a: Int }'), contextFor: () => ({}),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await standIn.post({ query: '{ hello }' })).body).toEqual({ data: { hello: 'hello' } });
    await standIn.close();
  });
});
