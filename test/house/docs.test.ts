import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { SETTING_NAMES } from '../../src/config';
import { allTables } from '../../src/entities/columns';
import { loadRecords, readFolder } from '../../src/flow/0-load';
import { Database } from '../../src/stores/unit-of-work';
import { generatedParts, withGenerated } from '../../src/write-docs';
import { ask, gatewaySchema } from '../support/api';
import { contextOn, freshLocation, type TestGateway } from '../support/engines';
import { filesBelow, ROOT, textOf } from '../support/repository';

const documents = ['README.md', 'CHANGELOG.md', ...filesBelow('docs', '.md')];

const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** Paths of the repository's folders as documents name them. Patterns with a star or an angle bracket are not paths. */
function pathsIn(text: string): string[] {
  const named = text.match(/(?<![\w/.-])(?:src|test|docs|samples|examples|bench|dist)\/[\w./*<>-]*/g) ?? [];
  return named.filter((path) => !/[*<>]|^dist\//.test(path)).map((path) => path.replace(/[.,]$/, ''));
}

/** Where the links of a document lead inside the repository, without their anchors. */
function linksIn(document: string): string[] {
  return [...textOf(document).matchAll(/\]\((?!\w+:)([^)]+)\)/g)]
    .map((match) => match[1]!.replace(/#.*$/, ''))
    .filter((link) => link !== '')
    .map((link) => normalize(join(dirname(document), link)));
}

/** GitHub's anchors of a document's headings. */
function anchorsOf(document: string): string[] {
  return [...textOf(document).matchAll(/^#+ (.+)$/gm)].map((match) => match[1]!.toLowerCase().replace(/[^\w\s-]/g, '').replaceAll(' ', '-'));
}

describe('the documents', () => {
  it('hold what the source says: run npm run docs:write after a change', async () => {
    for (const [file, parts] of Object.entries(generatedParts(await gatewaySchema()))) {
      expect([file, textOf(file)]).toEqual([file, withGenerated(textOf(file), parts)]);
    }
  });

  it('name only files that there are', () => {
    const missing = documents.flatMap((document) => pathsIn(textOf(document)).filter((path) => !exists(path)).map((path) => `${document}: ${path}`));
    expect(missing).toEqual([]);
    expect(pathsIn(textOf('docs/the-flow.md')).length).toBeGreaterThan(30);
  });

  it('link only to files and headings that there are', () => {
    const broken = documents.flatMap((document) => linksIn(document).filter((path) => !exists(path)).map((path) => `${document}: ${path}`));
    expect(broken).toEqual([]);
    const anchors = documents.flatMap((document) => [...textOf(document).matchAll(/\]\(([^):#]*)#([^)]+)\)/g)].map((match) => ({
      from: document, to: match[1] ? normalize(join(dirname(document), match[1])) : document, anchor: match[2]!,
    })));
    expect(anchors.filter(({ to, anchor }) => !anchorsOf(to).includes(anchor))).toEqual([]);
  });

  it('name only commands that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) => [...textOf(document).matchAll(/npm run ([\w:-]+)/g)].map((match) => `${document}: ${match[1]}`));
    expect(named.filter((entry) => !scripts[entry.split(': ')[1]!])).toEqual([]);
  });

  it('explain every setting, in .env.example and in operations', () => {
    const example = textOf('.env.example');
    const operations = textOf('docs/operations.md');
    expect(SETTING_NAMES.filter((name) => !new RegExp(`^#?${name}=`, 'm').test(example))).toEqual([]);
    expect(SETTING_NAMES.filter((name) => !operations.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('the glossary', () => {
  const rows = textOf('docs/glossary.md').split('\n').map((line) => line.split('|').map((part) => part.trim()));
  const tablesOf = (column: string) => rows.filter((cells) => cells[1] === `\`${column}\``).map((cells) => cells[2]!);
  const ours = allTables().flatMap(({ table, columns }) =>
    columns.filter(({ column }) => column.startsWith('gw_')).map(({ column }) => ({ table, column })));

  it('tells the meaning of every table that has our name', () => {
    const tables = allTables().map(({ table }) => table).filter((table) => table.startsWith('gw_'));
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((table) => tablesOf(table).length === 0)).toEqual([]);
  });

  it('tells the meaning of every column that has our name, in every table', () => {
    expect(ours.length).toBeGreaterThan(100);
    const isTold = (table: string, column: string) =>
      tablesOf(column).some((tables) => tables.startsWith('every ') || tables.includes(`\`${table}\``));
    expect(ours.filter(({ table, column }) => !isTold(table, column)).map(({ table, column }) => `${table}.${column}`)).toEqual([]);
  });

  it('tells of no column that there is not', () => {
    const told = rows.filter((cells) => cells.length === 6 && /^`gw_/.test(cells[1]!)).flatMap((cells) =>
      [...cells[2]!.matchAll(/`([^`]+)`/g)].map((match) => `${match[1]}.${cells[1]!.replaceAll('`', '')}`));
    const known = new Set(ours.map(({ table, column }) => `${table}.${column}`));
    expect(told.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the README', () => {
  const readme = textOf('README.md');
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';

  it('gives the answer that its first query has on the sample', async () => {
    const location = await freshLocation('sqlite');
    const database = await Database.open(location);
    try {
      const gateway: TestGateway = { engine: 'sqlite', location, database, context: contextOn(database) };
      await loadRecords(gateway.context, await readFolder(join(ROOT, 'samples', 'contoso')), { mutation: 'load', input: {} });
      expect(JSON.parse(block('json'))).toEqual({ data: await ask(gateway, block('graphql')) });
    } finally {
      await database.close();
    }
  });

  it('begins with a screenful: what it is, the picture, the two commands', () => {
    const screenful = readme.split('\n').slice(0, 35).join('\n');
    for (const part of ['npm ci && npm start', 'npm ci && npm test', 'invoice proposal']) expect(screenful).toContain(part);
    expect(statSync(join(ROOT, 'README.md')).size).toBeLessThan(8_000);
  });
});
