import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actual, BillingType, RECORD_TYPES, TransactionClassification, TransactionConnection, TransactionOrigin, TransactionType } from '../../src/entities/dataverse';
import { loadRecords, readFolder } from '../../src/flow/0-load';
import { EntitySetFolder } from '../../src/make-data/entity-set-file';
import { generate, type GenerateOptions } from '../../src/make-data/generate';
import { selectRows } from '../../src/stores/bulk';
import { raw } from '../../src/stores/session';
import { onBothEngines } from '../support/engines';

const CONTOSO = join(__dirname, '..', '..', '..', 'samples', 'contoso');
const PROGRAM = join(__dirname, '..', '..', 'src', 'make-data.js');

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-make-data-'));
  folders.push(folder);
  return folder;
}

function write(options: GenerateOptions): string {
  const folder = newFolder();
  const files = new EntitySetFolder(folder);
  generate(options, files.add);
  files.close();
  return folder;
}

function bytesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe('made data', () => {
  const options = { seed: 7, contracts: 9, actuals: 700 };

  it('is the same, byte by byte, for the same seed, and another for another seed', () => {
    const first = bytesOf(write(options));
    expect(bytesOf(write(options))).toEqual(first);
    const other = bytesOf(write({ ...options, seed: 8 }));
    expect(other['msdyn_actuals.json']).not.toBe(first['msdyn_actuals.json']);
    expect(other['FiscalPeriods.json']).toBe(first['FiscalPeriods.json']);
  });

  it.each([[1, 1], [1, 2], [3, 500], [40, 39], [5, 0]])('has with %d contracts exactly %d actuals', (contracts, actuals) => {
    let rows = 0;
    generate({ seed: 3, contracts, actuals }, (name) => { rows += name === 'msdyn_actuals' ? 1 : 0; });
    expect(rows).toBe(actuals);
  });

  it('is written by the program into an empty folder, and never over somebody\'s files', () => {
    const folder = newFolder();
    const run = (...more: string[]) => execFileSync(process.execPath, [PROGRAM, '--seed', '5', '--contracts', '2', '--actuals', '20', folder, ...more], { encoding: 'utf8', stdio: 'pipe' });
    expect(run()).toMatch(/msdyn_actuals +20/);
    const first = bytesOf(folder);
    run();
    expect(bytesOf(folder)).toEqual(first);
    rmSync(join(folder, 'make-data.json'));
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    expect(() => run()).toThrow('empty folder');
    expect(() => run('--actuals', 'many')).toThrow('--actuals is "many"');
  });
});

onBothEngines('made data, loaded beside Contoso', (gateway) => {
  const options = { seed: 7, contracts: 12, actuals: 1500 };
  let actuals: Actual[];
  beforeAll(async () => {
    const load = async (folder: string) => loadRecords(gateway().context, await readFolder(folder), { mutation: 'load', input: null });
    await load(CONTOSO);
    await load(write(options));
    await load(write({ ...options, seed: 8 }));
    actuals = (await selectRows(gateway().database.reader, Actual, raw('ORDER BY "msdyn_actualid"'))).filter((row) => row.id.endsWith('000017'));
  });

  it('has the actuals that were asked for', () => expect(actuals).toHaveLength(options.actuals));

  it('gives every unbilled actual its cost partner by a connection, but fees, which have no cost, and every hour its time entry', async () => {
    const { reader } = gateway().database;
    const connected = new Map((await selectRows(reader, TransactionConnection, raw(''))).map((row) => [row.transaction1Id, row.transaction2Id]));
    const timeEntryOf = new Map((await selectRows(reader, TransactionOrigin, raw('')))
      .filter((row) => row.originType === RECORD_TYPES.timeEntry).map((row) => [row.transactionId, row.originId]));
    const byId = new Map(actuals.map((actual) => [actual.id, actual]));
    for (const actual of actuals) {
      if (actual.classification === TransactionClassification.TIME) expect(timeEntryOf.has(actual.id)).toBe(true);
      if (actual.transactionType !== TransactionType.UNBILLED_SALES) continue;
      const cost = byId.get(connected.get(actual.id) ?? '');
      expect(cost?.transactionType).toBe(actual.classification === TransactionClassification.FEE ? undefined : TransactionType.COST);
    }
  });

  it('has the mix of a professional-services company', () => {
    const unbilled = actuals.filter((actual) => actual.transactionType === TransactionType.UNBILLED_SALES);
    const percent = (isSo: (actual: Actual) => boolean) => (unbilled.filter(isSo).length / unbilled.length) * 100;
    const within = (value: number, min: number, max: number) => expect(value >= min && value <= max ? 'within' : value).toBe('within');
    within(percent((actual) => actual.classification === TransactionClassification.TIME), 62, 78);
    within(percent((actual) => actual.billingType === BillingType.NON_CHARGEABLE), 6, 14);
    for (const classification of [TransactionClassification.EXPENSE, TransactionClassification.MATERIAL, TransactionClassification.FEE]) {
      within(percent((actual) => actual.classification === classification), 3, 22);
    }
    expect(new Set(unbilled.map((actual) => actual.currencyId)).size).toBeGreaterThan(2);
    expect(new Set(unbilled.map((actual) => actual.billingStatus)).size).toBe(2);
  });
});
