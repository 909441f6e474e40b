import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import { ENTITY_SETS } from './flow/0-load';
import { EntitySetFolder } from './make-data/entity-set-file';
import { generate, type GenerateOptions } from './make-data/generate';

const USAGE = 'Usage: npm run make-data -- [--seed 1] [--contracts 50] [--actuals 20000] DIR\n'
  + 'Writes a folder that npm run load understands. The same seed and numbers give the same bytes.';

/** Smallest, largest and usual value of each option. */
const OPTIONS = {
  seed: { min: 0, max: 9_999_999, usual: 1 },
  contracts: { min: 1, max: 50_000, usual: 50 },
  actuals: { min: 0, max: 50_000_000, usual: 20_000 },
} as const;

/** Says what the folder was made from; a folder that has it may be written anew. */
const MARKER = 'make-data.json';

class UsageError extends Error {}

function numberOf(name: keyof typeof OPTIONS, text: string | undefined): number {
  const { min, max, usual } = OPTIONS[name];
  if (text === undefined) return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw new UsageError(`--${name} is "${text}"; it must be a whole number from ${min} to ${max}.`);
  return value;
}

function parse(argv: readonly string[]): { folder: string; options: GenerateOptions } {
  const text = { type: 'string' } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { seed: text, contracts: text, actuals: text } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const [folder, ...more] = parsed.positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('Give one folder to write to.');
  const { seed, contracts, actuals } = parsed.values;
  return {
    folder,
    options: { seed: numberOf('seed', seed), contracts: numberOf('contracts', contracts), actuals: numberOf('actuals', actuals) },
  };
}

/** Nobody's own files are overwritten: the folder is new, empty, or was written by this program, whose files are then removed. */
function clear(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length === 0) return;
  if (!existsSync(join(folder, MARKER))) throw new UsageError(`${folder} holds files that make-data did not write; give an empty folder.`);
  for (const { side, name } of ENTITY_SETS) rmSync(join(folder, side, `${name}.json`), { force: true });
}

function main(argv: readonly string[]): number {
  const started = performance.now();
  try {
    const { folder, options } = parse(argv);
    clear(folder);
    writeFileSync(join(folder, MARKER), `${JSON.stringify(options)}\n`);
    const files = new EntitySetFolder(folder);
    generate(options, files.add);
    const rows = files.close();
    for (const [name, count] of rows) console.log(`${name.padEnd(40)} ${String(count).padStart(9)}`);
    console.log(`Wrote ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s. Load it with: npm run load -- ${folder}`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
