import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, visit } from 'graphql';
import { Decimal } from '../../src/kernel/decimal';
import { readExamples } from '../../src/server/examples';
import { send, type Answer } from '../support/api';
import { onBothEngines } from '../support/engines';
import { expectGolden } from '../support/golden';
import { importContoso } from '../support/process';
import { ROOT } from '../support/repository';

const FOLDER = join(ROOT, 'examples');
const EXAMPLES = readExamples(FOLDER);
const PLACED = EXAMPLES.map((example, index) => ({ ...example, number: index + 1, next: EXAMPLES[index + 1] }));

/** Lines of explanation between the title and the name of the next tab. */
const EXPLANATION_LINES_MIN = 3;
const EXPLANATION_LINES_MAX = 9;
/** What GraphiQL's editor shows of a line in a window of 1,400 pixels; it does not wrap. */
const COMMENT_COLUMNS_MAX = 56;

/** Vouchers of tabs 17, 20 and 32: two of a journal, four of invoices and a previewed one. */
const LEDGERS_SHOWN_MIN = 7;

interface LedgerEntryShown {
  readonly amount: string;
  readonly accountingAmount?: string;
}

/** The ledger entries of every voucher, posted or previewed, in an answer; all entries of one voucher are in one currency. */
function ledgersIn(value: unknown): LedgerEntryShown[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === 'ledgerEntries' ? [Array.isArray(inner) ? inner as LedgerEntryShown[] : (inner as { nodes: LedgerEntryShown[] }).nodes] : ledgersIn(inner));
}

/** The lines of the comment with which an example begins. */
function openingComment(query: string): string[] {
  const lines = query.split('\n');
  return lines.slice(0, lines.findIndex((line) => !line.startsWith('#')));
}

/** The name of the only operation of an example: the title of its tab. */
function operationName(query: string): string | undefined {
  const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.length === 1 ? operations[0]?.name?.value : undefined;
}

/** What stands in the variables for an id of a new record, which differs from machine to machine: where a reader copies it from. */
const COPIED = /^from the answer of tab (\d+): (.+)$/;

/** The variables of a tab, with the ids that a reader copies out of the answers of earlier ones. */
function variablesOf(variables: string | undefined, answers: ReadonlyMap<string, Answer>): Record<string, unknown> {
  return JSON.parse(variables ?? '{}', (_, value: unknown) => {
    const [, tab, place] = (typeof value === 'string' && COPIED.exec(value)) || [];
    if (!tab || !place) return value;
    const { data } = answers.get(EXAMPLES[Number(tab) - 1]!.name)!;
    return place.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], data);
  }) as Record<string, unknown>;
}

onBothEngines('the examples one after the other on the Contoso sample', (gateway) => {
  const answers = new Map<string, Answer>();

  beforeAll(async () => {
    await importContoso(gateway());
    for (const { name, query, variables } of EXAMPLES) answers.set(name, await send(gateway(), query, variablesOf(variables, answers)));
  });

  it.each(EXAMPLES)('$name gives its golden answer', ({ name }) => {
    const { data, errors } = answers.get(name)!;
    expect(errors).toEqual([]);
    expectGolden(join(FOLDER, `${name}.json`), gateway().engine, { data });
  });

  it('each voucher that an example shows adds up to zero, in its currency and in that of the books', () => {
    const vouchers = [...answers.values()].flatMap(({ data }) => ledgersIn(data));
    expect(vouchers.length).toBeGreaterThanOrEqual(LEDGERS_SHOWN_MIN);
    for (const entries of vouchers) {
      for (const column of ['amount', 'accountingAmount'] as const) {
        expect(Decimal.sum(0, ...entries.map((entry) => entry[column] ?? 0)).toString()).toBe('0');
      }
    }
  });
});

describe('the examples', () => {
  it('are numbered from 01 without a gap, in the order in which GraphiQL opens them', () => {
    expect(EXAMPLES.map(({ name }) => name.slice(0, 3))).toEqual(EXAMPLES.map((_, index) => `${String(index + 1).padStart(2, '0')}-`));
  });

  it('each have a golden answer beside them, and nothing else lies there', () => {
    const expected = EXAMPLES.flatMap(({ name, variables }) => [`${name}.graphql`, `${name}.json`, ...(variables ? [`${name}.variables.json`] : [])]);
    expect(readdirSync(FOLDER).sort()).toEqual(expected.sort());
  });

  it.each(PLACED)('$name begins with its number, explains the business in a few lines, and names the next tab', ({ query, number, next }) => {
    const comment = openingComment(query);
    const explanation = comment.slice(1, next ? -1 : undefined);
    expect(comment[0]).toMatch(new RegExp(`^# ${number}\\. `));
    expect(explanation.length).toBeGreaterThanOrEqual(EXPLANATION_LINES_MIN);
    expect(explanation.length).toBeLessThanOrEqual(EXPLANATION_LINES_MAX);
    expect(comment.filter((line) => line.length > COMMENT_COLUMNS_MAX)).toEqual([]);
    if (next) expect(comment.at(-1)).toBe(`# Next tab: ${operationName(next.query)}.`);
  });

  it.each(EXAMPLES)('$name is one named operation and asks for nothing that differs from run to run', ({ query }) => {
    expect(operationName(query)).toBeDefined();
    const fields = new Set<string>();
    visit(parse(query), { Field: ({ name }) => void fields.add(name.value) });
    expect(fields).not.toContain('durationMs');
  });
});
