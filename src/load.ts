import 'reflect-metadata';
import { loadSettings, readEnvironment, type Settings } from './config';
import { ENTITY_SETS, loadRecords, readFolder, type LoadOutcome } from './flow/0-load';
import { ensureTableMaps } from './flow/3-sync/seed-table-maps';
import { timeOrderedIds } from './kernel/ids';
import { Refused } from './kernel/refusal';
import { makeLog } from './server/logging';
import { explainStartFailure, openDatabase } from './server/start-failure';
import { hasCompanies } from './stores/health.store';

/** Bad rows shown; the others are counted. */
const BAD_ROWS_SHOWN_MAX = 100;
const USAGE = 'Usage: npm run load -- DIR\nDIR holds dataverse/<entity set>.json and finance/<entity set>.json.';

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  return rows.map(line).join('\n');
}

/** The sets that the folder does not have; registry comments say what each absence means. */
function absentSets(present: readonly string[]): string {
  const absent = ENTITY_SETS.filter((set) => !present.includes(set.name));
  const list = (isOptional: boolean) => absent.filter((set) => set.isOptional === isOptional).map((set) => set.name).join(', ');
  const optional = list(true) && `Absent, so their defaults hold: ${list(true)}.\n`;
  return optional + (list(false) && `Absent, and needed to invoice anything, unless loaded before: ${list(false)}.\n`);
}

/** What was read, as a table. */
function describe({ sets, changeSetId }: LoadOutcome): string {
  const cells = sets.map((set) => [set.name, set.read, set.new, set.unchanged].map(String));
  const total = (column: 'read' | 'new' | 'unchanged') => String(sets.reduce((sum, set) => sum + set[column], 0));
  const table = tableOf([['entity set', 'read', 'new', 'unchanged'], ...cells, ['all', total('read'), total('new'), total('unchanged')]]);
  return `${table}\n${absentSets(sets.map((set) => set.name))}${changeSetId ? `Change set ${changeSetId} waits for the sync.` : 'Nothing new goes to finance.'}`;
}

function describeRefusal(folder: string, { refusals }: Refused): string {
  const shown = refusals.slice(0, BAD_ROWS_SHOWN_MAX).map((refusal) => `  ${refusal.message}`);
  const more = refusals.length - shown.length;
  return [`${folder} was refused; nothing was loaded:`, ...shown, ...(more > 0 ? [`  ... and ${more} more`] : [])].join('\n');
}

async function load(settings: Settings, folder: string): Promise<LoadOutcome> {
  const database = await openDatabase(settings.location);
  try {
    // Under a clock that stands still ids repeat from run to run: a database that has records already holds them.
    const ids = settings.reproducible && await hasCompanies(database.reader) ? timeOrderedIds() : settings.ids;
    await ensureTableMaps({ database, ids, clock: settings.clock });
    const context = { database, clock: settings.clock, ids, actor: 'load', settings: settings.flow, log: makeLog('warn') };
    return await loadRecords(context, await readFolder(folder), { mutation: 'load', input: { folder } });
  } finally {
    await database.close();
  }
}

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined || folder.startsWith('-')) {
    console.error(USAGE);
    return 2;
  }
  let settings: Settings | undefined;
  const started = performance.now();
  try {
    settings = loadSettings(readEnvironment());
    const outcome = await load(settings, folder);
    console.log(describe(outcome));
    console.log(`Loaded ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    return 0;
  } catch (error) {
    console.error(error instanceof Refused ? describeRefusal(folder, error) : explainStartFailure(error, settings));
    return 1;
  }
}

void main(process.argv[2]).then((code) => { process.exitCode = code; });
