import { decimal } from '../../../src/kernel/decimal';
import { MONEY_MAX } from '../../../src/kernel/money';
import { performImport } from '../../../src/flow/4-import/import-from-staging.command';
import { billedGroupsOf } from '../../../src/stores/finance/staging-readiness.store';
import { sql, type UnitOfWork } from '../../../src/stores/session';
import type { Database } from '../../../src/stores/unit-of-work';
import { onBothEngines } from '../../support/engines';
import { refusalsOf } from '../../support/flow-commands';
import { ImportDesk } from './import-desk';

onBothEngines('figures of an import', (gateway) => {
  /** A database on which another import always adds the same journal lines a moment earlier. */
  const overtaken = (): Database => {
    const meeting: Database = Object.create(gateway().database);
    meeting.write = (inner) => gateway().database.write((work: UnitOfWork) => {
      const { runner } = work;
      const original = runner.query.bind(runner);
      runner.query = (async (...parameters: Parameters<typeof original>) => {
        if (parameters[0].startsWith('INSERT INTO "ProjAdvancedJournalLine"')) await original(...parameters);
        return original(...parameters);
      }) as typeof runner.query;
      return inner(work).finally(() => { runner.query = original; });
    });
    return meeting;
  };

  it('IMPORT-17 an import whose actuals another one took up meanwhile makes no journal', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    await desk.sync();
    const importing = performImport({ ...gateway().context, database: overtaken() }, { legalEntityId: desk.legalEntityId });
    expect(await refusalsOf(importing)).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await desk.journals()).toEqual([]);
    expect(await desk.import()).toMatchObject({ journalLineCount: 2 });
    expect(await desk.journalLines()).toHaveLength(2);
  });

  it('IMPORT-19 amounts at the edge of what a column holds are summed to the last digit', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(3);
    const { number } = await desk.proforma(await desk.world.confirmedProforma());
    await desk.sync();
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = ${Number.MAX_SAFE_INTEGER} WHERE "InvoiceId" = ${number}`);
    const groups = await billedGroupsOf(gateway().database.reader, [number]);
    expect(groups.map(({ count, amount }) => [count, amount.toFixed()])).toEqual([[3, MONEY_MAX.times(3).toFixed()]]);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = -1000001 WHERE "InvoiceId" = ${number}`);
    const [negative] = await billedGroupsOf(gateway().database.reader, [number]);
    expect(negative!.amount.toFixed()).toBe(decimal('-300.0003').toFixed());
  });
});
