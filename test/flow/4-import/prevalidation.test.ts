import { fixedClock } from '../../../src/kernel/clock';
import { performImport } from '../../../src/flow/4-import/import-from-staging.command';
import { sql } from '../../../src/stores/session';
import { ask } from '../../support/api';
import { onBothEngines, TEST_NOW } from '../../support/engines';
import { ImportDesk } from './import-desk';

onBothEngines('prevalidation of actuals', (gateway) => {
  const importAfter = (desk: ImportDesk, minutes: number) => {
    const clock = fixedClock(new Date(TEST_NOW.getTime() + minutes * 60_000));
    return performImport({ ...gateway().context, clock }, { legalEntityId: desk.legalEntityId });
  };
  const blockersOf = async (proformaId: string): Promise<{ code: string; message: string }[]> =>
    (await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { blockers { code message } } }', { id: proformaId })).proformaInvoice.blockers;

  it('IMPORT-21 takes a staged actual up only after the minutes of the parameters, and says that it waits', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled({ cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.changeSetup('ProjectParameters', sql`"PrevalidationMinutes" = 5`);
    const early = await importAfter(desk, 4);
    expect([early.journalLineCount, early.rowsWithErrorsCount, early.waitingProposalCount]).toEqual([0, 0, 1]);
    expect(await blockersOf(proformaId)).toMatchObject([{
      code: 'PREVALIDATION_WAITING',
      message: 'Import does not take 1 unbilled sales actual before the prevalidation: The staged actual waits for its prevalidation until 2026-06-30T12:05:00.000Z.',
    }]);
    expect((await importAfter(desk, 5)).journalLineCount).toBe(1);
    expect((await blockersOf(proformaId)).map((blocker) => blocker.code)).toEqual(['UNBILLED_NOT_POSTED']);
  });

  it('IMPORT-21 does not wait when it is off', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled({ cost: false });
    await desk.sync();
    expect((await importAfter(desk, 0)).journalLineCount).toBe(1);
  });

  it('IMPORT-22 does not take up what Dataverse holds otherwise', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.changeSetup('ProjectParameters', sql`"PrevalidationMinutes" = 5`);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" + 10000 WHERE "ActualId" = ${unbilledId}`);
    const outcome = await importAfter(desk, 10);
    expect([outcome.journalLineCount, outcome.rowsWithErrorsCount]).toEqual([0, 1]);
    const staged = await desk.staged(unbilledId);
    expect([staged.isProcessed, staged.importErrorCode, staged.importError]).toEqual(
      [false, 'INVALID_ACTUALS', 'Invalid actuals: the amount is 1601 in the staging table and 1600 in Dataverse.']);
    expect((await blockersOf(proformaId)).map((blocker) => blocker.code)).toEqual(['UNBILLED_IMPORT_ERROR']);
  });
});
