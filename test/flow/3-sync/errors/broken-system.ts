import { fixedClock } from '../../../../src/kernel/clock';
import { execute, raw } from '../../../../src/stores/session';
import { TEST_NOW, type TestGateway } from '../../../support/engines';

/** Which writes fail: insertions into a table, or those of some rows of it only. */
export interface BrokenWrites {
  readonly table: string;
  readonly column?: string;
  readonly values?: readonly string[];
}

/** The same for staged actuals under these ids, or any without ids. */
export function breakStaging(gateway: TestGateway, values?: readonly string[]): Promise<() => Promise<void>> {
  return breakWrites(gateway, { table: 'ProjCDSActualsImport', column: 'ActualId', ...(values && { values }) });
}

/**
 * Makes the database fail insertions for a reason of the system: PostgreSQL cancels the statement as it does at a time limit, SQLite
 * meets the limit of a value's length. Gives what mends it.
 */
export async function breakWrites({ engine, database }: TestGateway, { table, column, values }: BrokenWrites): Promise<() => Promise<void>> {
  const when = values ? `WHEN (NEW."${column}" IN (${values.map((value) => `'${value}'`).join(', ')}))` : '';
  const statements = engine === 'sqlite'
    ? [`CREATE TRIGGER gw_broken BEFORE INSERT ON "${table}" ${when} BEGIN SELECT hex(zeroblob(900000000)); END`]
    : [
      `CREATE FUNCTION gw_break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END $$`,
      `CREATE TRIGGER gw_broken BEFORE INSERT ON "${table}" FOR EACH ROW ${when} EXECUTE FUNCTION gw_break()`,
    ];
  const mended = engine === 'sqlite' ? ['DROP TRIGGER gw_broken'] : [`DROP TRIGGER gw_broken ON "${table}"`, 'DROP FUNCTION gw_break()'];
  const run = (all: readonly string[]) => database.write(async (work) => {
    for (const statement of all) await execute(work, raw(statement));
  });
  await run(statements);
  return () => run(mended);
}

/** A gateway whose clock shows so many milliseconds more. */
export function later(gateway: TestGateway, ms: number): TestGateway {
  return { ...gateway, context: { ...gateway.context, clock: fixedClock(new Date(TEST_NOW.getTime() + ms)) } };
}
