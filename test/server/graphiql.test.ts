import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { prefersPage } from '../../src/server/accept';
import { readExamples } from '../../src/server/examples';
import { ASSETS_FOLDER, EXAMPLES_FOLDER, startStandIn, type StandIn } from './stand-in';

const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

function openPage(accept = BROWSER_ACCEPT): Promise<Response> {
  return fetch(standIn.server.url, { headers: { accept } });
}

describe('GraphiQL', () => {
  it('is the page that a browser finds at /graphql', async () => {
    const response = await openPage();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<div id="page">');
  });

  it('is where the bare address leads', async () => {
    const response = await fetch(`${standIn.origin}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql']);
  });

  it('names nothing outside this server, in the page and in its stylesheet', async () => {
    const page = await (await openPage()).text();
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(addresses.filter((address) => !address.startsWith('/graphiql/') && !address.startsWith('data:'))).toEqual([]);
    const styles = await (await fetch(standIn.origin + addresses.find((address) => address.endsWith('.css')))).text();
    const outside = [...styles.matchAll(/url\(\s*["']?(.{0,40})/g)].map((match) => match[1] ?? '')
      .filter((address) => !address.startsWith('data:') && !address.startsWith('/graphiql/'));
    expect(outside).toEqual([]);
    expect(styles).not.toMatch(/@import/);
  });

  it('forbids the browser to ask any other server', async () => {
    const policy = (await openPage()).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src/);
  });

  it.each([
    ['br', 'br'], ['gzip, deflate', 'gzip'], ['identity', null],
  ])('sends its assets compressed beforehand to a browser that takes %s', async (accepted, encoding) => {
    const name = readdirSync(join(ASSETS_FOLDER, 'assets')).find((file) => /^page-.*\.js$/.test(file));
    const response = await fetch(`${standIn.origin}/graphiql/${name}`, { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe(readFileSync(join(ASSETS_FOLDER, 'assets', name ?? ''), 'utf8'));
  });

  it('serves nothing beside its assets', async () => {
    for (const path of ['stamp', 'index.html', '../stamp', '..%2fstamp', '%2e%2e/stamp', '']) {
      const response = await fetch(`${standIn.origin}/graphiql/${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('content-type')).toContain('application/json');
    }
  });

  it('opens with the examples as its tabs', async () => {
    const response = await fetch(`${standIn.origin}/graphiql/examples.json`);
    expect(await response.json()).toEqual(readExamples(EXAMPLES_FOLDER));
  });

  it('says how to build it when it was not built', async () => {
    const unbuilt = await startStandIn({ assets: '/no/such/folder', examples: EXAMPLES_FOLDER });
    try {
      const response = await fetch(unbuilt.server.url, { headers: { accept: BROWSER_ACCEPT } });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('npm run build');
      expect((await unbuilt.post({ query: '{ hello }' })).body).toEqual({ data: { hello: 'hello' } });
    } finally {
      await unbuilt.close();
    }
  });
});

describe('a client gets the page', () => {
  it.each([
    [BROWSER_ACCEPT, true],
    ['text/html', true],
    ['application/json, text/html;q=0.9', false],
    ['text/html;q=0.5, application/json;q=0.4', true],
    ['application/graphql-response+json, text/html', false],
    ['application/json', false],
    ['*/*', false],
    ['text/html;q=0', false],
    ['', false],
    [undefined, false],
  ])('with accept: %s: %s', (accept, expected) => {
    expect(prefersPage(accept)).toBe(expected);
  });
});

describe('the examples', () => {
  it('come in the order of their numbers, each with its variables', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-examples-'));
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('10-last.graphql', '{ c }');
    write('2-second.graphql', '{ b }');
    write('2-second.variables.json', '{ "b": 1 }');
    write('01-first.graphql', '{ a }');
    write('01-first.json', '{}');
    expect(readExamples(folder)).toEqual([
      { name: '01-first', query: '{ a }' },
      { name: '2-second', query: '{ b }', variables: '{ "b": 1 }' },
      { name: '10-last', query: '{ c }' },
    ]);
    expect(readExamples(join(folder, 'absent'))).toEqual([]);
  });

  it('are valid GraphQL with valid variables', () => {
    expect(existsSync(EXAMPLES_FOLDER)).toBe(true);
    for (const { query, variables } of readExamples(EXAMPLES_FOLDER)) {
      expect(() => parse(query)).not.toThrow();
      expect(() => JSON.parse(variables ?? '{}')).not.toThrow();
    }
  });
});
