import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { chromium, type Browser, type Page } from 'playwright-core';
import { PROJECT_FOLDER } from '../../src/config';
import { readExamples } from '../../src/server/examples';
import { newDatabasePath, startProgram, type Program } from '../server/program';

const CHROMIUM_PATH = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
/** The examples that are run in the browser; all of them have golden answers elsewhere. */
const TAB_SETTLES_MS = 500;
const EXAMPLES_RUN = 4;
const SCREENSHOTS = join(PROJECT_FOLDER, 'tmp');

const examples = readExamples(join(PROJECT_FOLDER, 'examples'));
/** What the browser asked of anybody else, and what the page complained about. */
const outside: string[] = [];
const complaints: string[] = [];
let program: Program;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  program = startProgram({
    DATABASE_PATH: newDatabasePath(), CLOCK: '2026-06-30T12:00:00Z', SAMPLE_DIR: join(PROJECT_FOLDER, 'samples', 'contoso'),
  });
  const url = await program.url;
  browser = await chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync',
    ],
  });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && origin !== new URL(url).origin) outside.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.waitForSelector('.graphiql-execute-button');
  await page.waitForSelector('.graphiql-query-editor .monaco-editor .view-line');
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** The text of one of GraphiQL's editors: what is scrolled out of sight has no elements in the page. */
async function editorText(ending: string): Promise<string> {
  return page.evaluate((name) => {
    interface Model { uri: { path: string }; getValue(): string }
    const { __MONACO: monaco } = globalThis as unknown as { __MONACO: { editor: { getModels(): Model[] } } };
    return monaco.editor.getModels().find((model) => model.uri.path.endsWith(name))?.getValue() ?? '';
  }, ending);
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

interface Answer {
  readonly data?: Json;
  readonly errors?: Json;
}

/** Presses the button, and returns the answer once the editor on the right shows it. */
async function execute(): Promise<Answer> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.click('.graphiql-execute-button');
  const answer = await (await answered).json() as Answer;
  while (parsedOrNull(await editorText('response.json')) !== JSON.stringify(answer)) await page.waitForTimeout(20);
  return answer;
}

function parsedOrNull(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Every list in an answer that holds rows: `nodes` and `edges` of connections. */
function pagesIn(value: Json | undefined): Json[][] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(pagesIn);
  return Object.entries(value).flatMap(([name, inner]) => {
    const isPage = ['nodes', 'edges'].includes(name) && Array.isArray(inner);
    return isPage ? [inner, ...pagesIn(inner)] : pagesIn(inner);
  });
}

function operationName(query: string): string | undefined {
  return parse(query).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)?.name?.value;
}

/** Refusals in the payloads of mutations. */
function refusalsIn(value: Json | undefined): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(refusalsIn);
  return Object.entries(value).flatMap(([name, inner]) => (name === 'errors' && Array.isArray(inner) ? inner : refusalsIn(inner)));
}

describe('GraphiQL in a browser', () => {
  it('opens with a tab for each example, named after its operation', async () => {
    const titles = await page.locator('.graphiql-tab button.graphiql-tab-button').allTextContents();
    expect(titles).toEqual(examples.map(({ query }) => operationName(query)));
    expect(await editorText('operation.graphql')).toBe(examples[0]?.query);
  });

  it('shows the description of the schema', async () => {
    await page.click('button[aria-label="Show Documentation Explorer"]');
    await page.getByText('All Schema Types').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, 'graphiql-documentation.png') });
    await page.click('button[aria-label="Hide Documentation Explorer"]');
  });

  it('lets people pick fields in the explorer', async () => {
    await page.click('button[aria-label="Show GraphiQL Explorer"]');
    await page.locator('.graphiql-explorer-root').waitFor();
    expect(await page.locator('.graphiql-explorer-root .graphiql-explorer-node').count()).toBeGreaterThan(0);
    await page.screenshot({ path: join(SCREENSHOTS, 'graphiql-explorer.png') });
    await page.click('button[aria-label="Hide GraphiQL Explorer"]');
  });

  it.each(examples.slice(0, EXAMPLES_RUN).map((example, index) => ({ ...example, index })))(
    'runs the example $name and shows its rows', async ({ name, query, variables, index }) => {
      await page.locator('.graphiql-tab button.graphiql-tab-button').nth(index).click();
      // GraphiQL takes the tab's operation over a moment after the tab has changed.
      await page.waitForTimeout(TAB_SETTLES_MS);
      expect(await editorText('operation.graphql')).toBe(query);
      expect(await editorText('variables.json')).toBe(variables ?? '');
      const answer = await execute();
      await page.screenshot({ path: join(SCREENSHOTS, `graphiql-${name}.png`) });
      expect(answer.errors).toBeUndefined();
      expect(refusalsIn(answer.data)).toEqual([]);
      if (/\b(nodes|edges)\b/.test(query)) expect(pagesIn(answer.data).some((rows) => rows.length > 0)).toBe(true);
    },
  );

  it('asked no other server, and complained about nothing', () => {
    expect({ outside, complaints }).toEqual({ outside: [], complaints: [] });
  });
});
