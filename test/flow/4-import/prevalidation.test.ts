import { fixedClock } from '../../../src/kernel/clock';
import { TransactionConnection } from '../../../src/entities/dataverse';
import { ProjCdsTransType, StagedActual } from '../../../src/entities/finance';
import { performImport } from '../../../src/flow/4-import/import-from-staging.command';
import { sql } from '../../../src/stores/session';
import { ask } from '../../support/api';
import { onBothEngines, TEST_NOW } from '../../support/engines';
import { ImportDesk } from './import-desk';

onBothEngines('prevalidation of actuals', (gateway) => {
  const contextAfter = (minutes: number) => ({ ...gateway().context, clock: fixedClock(new Date(TEST_NOW.getTime() + minutes * 60_000)) });
  const importAfter = (desk: ImportDesk, minutes: number) => performImport(contextAfter(minutes), { legalEntityId: desk.legalEntityId });
  const blockersAfter = async (minutes: number, proformaId: string): Promise<{ code: string; message: string; count: number; recordIds: string[] }[]> =>
    (await ask({ ...gateway(), context: contextAfter(minutes) }, 'query ($id: ID!) { proformaInvoice(id: $id) { blockers { code message count recordIds } } }', { id: proformaId })).proformaInvoice.blockers;

  it('IMPORT-21 takes a staged actual up only after the minutes of the parameters, and says that it waits', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled({ cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.changeSetup('ProjectParameters', sql`"PrevalidationMinutes" = 5`);
    const early = await importAfter(desk, 4);
    expect([early.journalLineCount, early.rowsWithErrorsCount, early.waitingProposalCount]).toEqual([0, 0, 1]);
    expect(await blockersAfter(4, proformaId)).toMatchObject([{
      code: 'PREVALIDATION_WAITING',
      message: 'Import does not take 2 sales actuals before the prevalidation: The staged actual waits for its prevalidation until 2026-06-30T12:05:00.000Z.',
    }]);
    expect((await importAfter(desk, 5)).journalLineCount).toBe(1);
    expect((await blockersAfter(5, proformaId)).map((blocker) => blocker.code)).toEqual(['UNBILLED_NOT_POSTED']);
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
    expect((await blockersAfter(10, proformaId)).map((blocker) => blocker.code)).toEqual(['UNBILLED_IMPORT_ERROR']);
  });

  /** A milestone, which waits for no journal: only prevalidation can hold its line back. */
  const milestoneStaged = async (desk: ImportDesk) => {
    const milestoneId = await desk.world.milestone({ amount: '500' });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.changeSetup('ProjectParameters', sql`"PrevalidationMinutes" = 5`);
    const [billed] = await desk.rows(StagedActual, sql`WHERE t."gw_milestoneid" = ${milestoneId}`);
    return { proformaId, billedId: billed!.actualId };
  };

  it('IMPORT-21 gives a proposal no lines before its billed actuals have waited, and the lines of others are not held back', async () => {
    const desk = await ImportDesk.open(gateway());
    const { proformaId } = await milestoneStaged(desk);
    expect(await importAfter(desk, 4)).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    expect(await blockersAfter(4, proformaId)).toMatchObject([{
      code: 'PREVALIDATION_WAITING', count: 1,
      message: 'Import does not take 1 sales actual before the prevalidation: The staged actual waits for its prevalidation until 2026-06-30T12:05:00.000Z.',
    }]);
    expect((await blockersAfter(5, proformaId)).map(({ code }) => code)).toEqual(['LINES_NOT_IMPORTED']);
    const other = await ImportDesk.open(gateway());
    await other.world.milestone({ amount: '500' });
    await other.world.confirmedProforma();
    await other.sync();
    expect(await importAfter(other, 0)).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 0 });
    expect(await importAfter(desk, 5)).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 0 });
  });

  const connectionOf = (actualId: string) => sql`"msdyn_transactionconnectionid" IN (
    SELECT "ConnectionId" FROM "ProjCDSTransactionRelationshipImport" WHERE "Transaction1Id" = ${actualId})`;

  it('IMPORT-22 does not take up what has a broken connection: gone from Dataverse, or leading elsewhere', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled();
    const other = await desk.world.unbilled();
    await desk.sync();
    await desk.changeSetup('ProjectParameters', sql`"PrevalidationMinutes" = 5`);
    const lead = (from: string, to: string) => desk.change(sql`UPDATE "msdyn_transactionconnection" SET "msdyn_transaction2" = ${to}
      WHERE ${connectionOf(from)}`);
    const [connection] = await desk.rows(TransactionConnection, sql`WHERE ${connectionOf(unbilledId)}`);
    await lead(unbilledId, other.unbilledId);
    await desk.change(sql`DELETE FROM "msdyn_transactionconnection" WHERE ${connectionOf(other.unbilledId)}`);
    expect(await importAfter(desk, 10)).toMatchObject({ journalLineCount: 2, rowsWithErrorsCount: 2 });
    const errors = await Promise.all([unbilledId, other.unbilledId].map(async (id) => (await desk.staged(id)).importError));
    expect(errors).toEqual([
      `Invalid actuals: Dataverse holds otherwise the staged connection ${connection!.id} from Unbilled Sales to Cost.`,
      expect.stringMatching(/^Invalid actuals: Dataverse does not hold the staged connection \S+ from Unbilled Sales to Cost\.$/),
    ]);
    await lead(unbilledId, connection!.transaction2Id);
    expect(await importAfter(desk, 10)).toMatchObject({ journalLineCount: 1, rowsWithErrorsCount: 1 });
  });

  it('IMPORT-22 gives a proposal no lines while the connection of a billed actual is broken', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled({ cost: false });
    const proformaId = await desk.readyProforma();
    await desk.changeSetup('ProjectParameters', sql`"PrevalidationMinutes" = 5`);
    const [billed] = await desk.rows(StagedActual, sql`WHERE t."InvoiceId" = ${(await desk.proforma(proformaId)).number} AND t."TransType" = ${ProjCdsTransType.BILLED_SALES}`);
    const setRole = (role: string) => desk.change(sql`UPDATE "msdyn_transactionconnection" SET "msdyn_transaction2role" = ${role} WHERE ${connectionOf(billed!.actualId)}`);
    await setRole('Original');
    expect(await importAfter(desk, 10)).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    expect((await blockersAfter(10, proformaId)).map(({ code, message }) => [code, message])).toContainEqual(['INVALID_ACTUALS',
      expect.stringMatching(/^Prevalidation holds 1 billed sales actual back: Invalid actuals: Dataverse holds otherwise the staged connection \S+ from Billed Sales to Unbilled Sales\.$/)]);
    await setRole('Unbilled Sales');
    expect(await importAfter(desk, 10)).toMatchObject({ proposalsWithLinesCount: 1 });
  });

  it('IMPORT-22 gives a proposal no lines while Dataverse holds a billed actual otherwise, or not any more', async () => {
    const desk = await ImportDesk.open(gateway());
    const { proformaId, billedId } = await milestoneStaged(desk);
    const messages = async () => (await blockersAfter(10, proformaId)).map(({ code, message }) => [code, message]);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" + 10000 WHERE "ActualId" = ${billedId}`);
    expect(await importAfter(desk, 10)).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    expect(await messages()).toEqual([
      ['INVALID_ACTUALS', 'Prevalidation holds 1 billed sales actual back: Invalid actuals: the amount is 501 in the staging table and 500 in Dataverse.'],
    ]);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" - 10000 WHERE "ActualId" = ${billedId}`);
    const moveSource = (from: string, to: string) => desk.change(sql`UPDATE "msdyn_actual" SET "msdyn_actualid" = ${to} WHERE "msdyn_actualid" = ${from}`);
    const elsewhere = gateway().context.ids.next();
    await desk.change(sql`DELETE FROM "msdyn_transactionorigin" WHERE "msdyn_transaction" = ${billedId}`);
    await moveSource(billedId, elsewhere);
    expect(await importAfter(desk, 10)).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    expect((await messages()).filter(([code]) => code === 'INVALID_ACTUALS')).toEqual([
      ['INVALID_ACTUALS', 'Prevalidation holds 1 billed sales actual back: Invalid actuals: Dataverse does not hold the staged actual any more.'],
    ]);
    await moveSource(elsewhere, billedId);
    expect(await importAfter(desk, 10)).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 0 });
  });
});
