import { fixedClock } from '../../../../src/kernel/clock';
import { execute, raw } from '../../../../src/stores/session';
import { TEST_NOW, type TestGateway } from '../../../support/engines';

const TABLE = '"ProjCDSActualsImport"';

/**
 * Makes the database fail every write of staged actuals under these ids, or of any without ids, for a reason of the system: PostgreSQL
 * cancels the statement as it does at a time limit, SQLite meets the limit of a value's length. Gives what mends it.
 */
export async function breakStaging({ engine, database }: TestGateway, ids: readonly string[] = []): Promise<() => Promise<void>> {
  const when = ids.length === 0 ? '' : `WHEN (NEW."ActualId" IN (${ids.map((id) => `'${id}'`).join(', ')}))`;
  const statements = engine === 'sqlite'
    ? [`CREATE TRIGGER gw_broken BEFORE INSERT ON ${TABLE} ${when} BEGIN SELECT hex(zeroblob(900000000)); END`]
    : [
      `CREATE FUNCTION gw_break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END $$`,
      `CREATE TRIGGER gw_broken BEFORE INSERT ON ${TABLE} FOR EACH ROW ${when} EXECUTE FUNCTION gw_break()`,
    ];
  const mended = engine === 'sqlite' ? ['DROP TRIGGER gw_broken'] : [`DROP TRIGGER gw_broken ON ${TABLE}`, 'DROP FUNCTION gw_break()'];
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
