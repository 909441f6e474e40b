import { dirname, join, normalize } from 'node:path';
import { filesBelow, textOf } from '../support/repository';

/** What each layer may import, besides itself and the kernel. `context` is what commands are given. */
const ALLOWED: Record<string, readonly string[]> = {
  kernel: [],
  entities: [],
  migrations: [],
  stores: ['entities', 'ormconfig'],
  context: ['stores'],
  flow: ['stores', 'entities', 'context'],
  schema: ['entities', 'stores'],
  resolvers: ['flow', 'stores', 'schema', 'entities', 'context'],
};

/**
 * The folders of `src/flow` in the order in which they may import: each from those before it, and from the files beside the folders,
 * which all share. Blockers come first, because the import decides by what holds a document back; the stages stand as the process goes;
 * documents, the stage of a document and reconciliation come last, because they only look at what the stages did.
 */
const FLOW_ORDER: readonly string[] = [
  'blockers',
  '0-load', '1-bill', '2-confirm', '3-sync', '4-import', '5-post', '6-write-back',
  'documents', 'stage', 'reconcile',
];

const FLOW_STAGES_OF_FINANCE = ['4-import', '5-post'];

function importsOf(file: string): string[] {
  const specifiers = [...textOf(file).matchAll(/(?:from|import|require\()\s*'(\.[^']+)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => normalize(join(dirname(file), specifier)));
}

/** `src/flow/...` is of the layer flow, `src/context` of context, `ormconfig` of itself. */
function layerOf(path: string): string {
  const [first, second = ''] = path.replace(/\.ts$/, '').split('/');
  return first === 'src' ? second : first!;
}

/** Where in the order `src/flow/1-bill/...` stands; -1 is a file beside the folders, before all of them. */
function flowPlaceOf(path: string): number {
  return FLOW_ORDER.indexOf(path.split('/')[2]!);
}

const files = filesBelow('src', '.ts');
const flowFiles = files.filter((file) => file.startsWith('src/flow/'));

describe('the source', () => {
  it('imports one way only: resolvers, flow, stores, entities', () => {
    const wrong = files.flatMap((file) => {
      const layer = layerOf(file);
      const allowed = ALLOWED[layer];
      if (!allowed) return [];
      return importsOf(file)
        .filter((path) => layerOf(path) !== layer && layerOf(path) !== 'kernel' && !allowed.includes(layerOf(path)))
        .map((path) => `${file} imports ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it('goes through the flow one way: a stage imports only from what comes before it, so no two folders import each other', () => {
    const folders = new Set(flowFiles.map((file) => file.split('/').slice(2)).filter(({ length }) => length > 1).map(([folder]) => folder));
    expect([...folders].sort()).toEqual([...FLOW_ORDER].sort());
    const stages = FLOW_ORDER.filter((folder) => /^\d/.test(folder));
    expect(stages).toEqual([...stages].sort());
    const wrong = flowFiles.flatMap((file) => importsOf(file)
      .filter((path) => path.startsWith('src/flow/') && flowPlaceOf(path) > flowPlaceOf(file))
      .map((path) => `${file} imports ${path}`));
    expect(wrong).toEqual([]);
  });

  it('lets periodic work start what the flow does, and nothing else', () => {
    const allowed = ['worker', 'kernel', 'flow', 'stores', 'entities', 'context'];
    const wrong = files.filter((file) => file.startsWith('src/worker/')).flatMap((file) => importsOf(file)
      .filter((path) => !allowed.includes(layerOf(path))).map((path) => `${file} imports ${path}`));
    expect(wrong).toEqual([]);
  });

  it('shows GraphQL types and entities to each other only through enums', () => {
    const wrong = files.filter((file) => file.startsWith('src/schema/')).flatMap((file) => importsOf(file)
      .filter((path) => path.startsWith('src/entities/') && !/\/(enums|option-sets)$/.test(path))
      .map((path) => `${file} imports ${path}`));
    expect(wrong).toEqual([]);
  });

  it('lets nothing but the table maps insert an invoice proposal', () => {
    const inserting = files.filter((file) => /insertRows\([^)]*InvoiceProposal\b(?!Line)|\.insert\(\s*InvoiceProposal\b(?!Line)|\.save\(/.test(textOf(file)));
    expect(inserting).toEqual([]);
    const naming = files.filter((file) => /INSERT INTO[^`]*ProjProposalJour/s.test(textOf(file)));
    expect(naming.filter((file) => !file.startsWith('src/migrations/'))).toEqual([]);
  });

  it('lets the finance stages read and write finance only', () => {
    const wrong = files
      .filter((file) => FLOW_STAGES_OF_FINANCE.some((stage) => file.startsWith(`src/flow/${stage}/`)) || file.startsWith('src/stores/finance/'))
      .flatMap((file) => importsOf(file)
        .filter((path) => path.startsWith('src/entities/dataverse') || path.startsWith('src/stores/dataverse'))
        .filter((path) => !path.endsWith('/option-sets'))
        .map((path) => `${file} imports ${path}`));
    expect(wrong).toEqual([]);
  });

  it('takes the generic insert that the table maps use from one place', () => {
    const applying = files.filter((file) => importsOf(file).includes('src/stores/dual-write/apply.store'));
    expect(applying.every((file) => file.startsWith('src/flow/3-sync/') || file.startsWith('src/flow/6-write-back/'))).toBe(true);
  });
});
