import { timeOrderedIds } from '../../src/kernel/ids';
import { raw, execute, type UnitOfWork } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';
import { documentedExamples } from '../journeys/documented-examples';
import { contextOn, ENGINES, freshLocation, TEST_NOW, type TestGateway } from '../support/engines';
import { differencesBetween, readNormalised, type NormalisedDatabase } from '../support/normalised-database';
import { importRecords, Process } from '../support/process';

const DAY = TEST_NOW.toISOString().slice(0, 10);
const LATER = new Date(TEST_NOW.getTime() + 3_600_000);
/** Undoes what was planted. */
class Enough extends Error {}

describe.each(ENGINES)('the comparison of two databases without what chance has named [%s]', (engine) => {
  let first: NormalisedDatabase;
  let second: TestGateway;

  /** The documented examples through the whole process; contracts are confirmed in the given order, so that each order gives other numbers. */
  async function played(isBackwards: boolean): Promise<TestGateway> {
    const location = await freshLocation(engine);
    const database = await Database.open(location);
    const context = isBackwards ? { ...contextOn(database, LATER), ids: timeOrderedIds() } : contextOn(database);
    const gateway = { engine, location, database, context };
    await importRecords(gateway, documentedExamples());
    const process = new Process(gateway);
    const contractIds = await Promise.all(['CON-TIME', 'CON-FIXED', 'CON-MIXED'].map((number) => process.contractId(number)));
    if (isBackwards) contractIds.reverse();
    await process.markReady(contractIds);
    for (const { id } of await process.createDrafts(contractIds)) await process.confirm(id);
    await process.settleFinance();
    return gateway;
  }

  beforeAll(async () => {
    const { database } = await played(false);
    first = await readNormalised(database.reader, DAY);
    await database.close();
    second = await played(true);
  });
  afterAll(() => second.database.close());

  /** What the comparison finds when statements have changed the second database. */
  async function foundAfter(...statements: readonly string[]): Promise<string[]> {
    let found: string[] = [];
    const plant = async (work: UnitOfWork) => {
      for (const statement of statements) expect(await execute(work, raw(statement))).toBeGreaterThan(0);
      found = differencesBetween(first, await readNormalised(work, DAY));
      throw new Enough();
    };
    await expect(second.database.write(plant)).rejects.toThrow(Enough);
    return found;
  }

  it('finds none where the same was done under other ids, at another time, with other numbers', async () => {
    expect(first.length).toBeGreaterThan(300);
    expect(differencesBetween(first, await readNormalised(second.database.reader, DAY))).toEqual([]);
  });

  const dearest = '(SELECT "gw_id" FROM "GeneralJournalAccountEntry" ORDER BY "AccountingCurrencyAmount" DESC, "gw_id" LIMIT 1)';
  /** An unbilled actual that a billed one names. */
  const billed = (which: 'MIN' | 'MAX') => `(SELECT ${which}("msdyn_transaction2") FROM "msdyn_transactionconnection" WHERE "msdyn_transaction1role" = 'Billed Sales')`;

  it.each<[planted: string, table: string, ...statements: string[]]>([
    ['a cent is missing', 'GeneralJournalAccountEntry', `UPDATE "GeneralJournalAccountEntry" SET "AccountingCurrencyAmount" = "AccountingCurrencyAmount" - 1 WHERE "gw_id" = ${dearest}`],
    ['a line is missing', 'TaxTrans', 'DELETE FROM "TaxTrans" WHERE "gw_id" = (SELECT MIN("gw_id") FROM "TaxTrans")'],
    ['a number was skipped', 'NumberSequenceTable', `UPDATE "NumberSequenceTable" SET "NextRec" = "NextRec" + 1 WHERE "NumberSequence" = 'USPM/invoiceVoucher'`],
    ['a change set was not carried', 'gw_synclog', 'UPDATE "gw_synclog" SET "gw_status" = 0 WHERE "gw_id" = (SELECT MIN("gw_id") FROM "gw_synclog")'],
    ['two invoices have changed their numbers in the subledger only', 'CustTrans', `UPDATE "CustTrans" SET "Invoice" = CASE "Invoice"
      WHEN 'USPM-INV-0000001' THEN 'USPM-INV-0000002' WHEN 'USPM-INV-0000002' THEN 'USPM-INV-0000001' ELSE "Invoice" END`],
    ['two billed actuals have changed what they bill', 'msdyn_transactionconnection', `UPDATE "msdyn_transactionconnection" SET "msdyn_transaction2" = CASE "msdyn_transaction2"
      WHEN ${billed('MIN')} THEN ${billed('MAX')} ELSE ${billed('MIN')} END
      WHERE "msdyn_transaction1role" = 'Billed Sales' AND "msdyn_transaction2" IN (${billed('MIN')}, ${billed('MAX')})`],
  ])('finds it when %s', async (_planted, table, ...statements) => {
    const found = await foundAfter(...statements);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(first.length / 10);
    expect(found.map((difference) => difference.split(' ')[0])).toContain(table);
  });

  it('finds it when a row is doubled under another id', async () => {
    const content = await readNormalised(second.database.reader, DAY);
    const line = content.findLast(({ table }) => table === 'gw_ProjInvoiceTrans')!;
    const doubled = { ...line, named: ['00000000-0000-4000-8000-000000000000', ...line.named.slice(1)] };
    expect(differencesBetween(first, [...content, doubled])).toEqual([expect.stringMatching(/^gw_ProjInvoiceTrans too many: /)]);
  });
});
