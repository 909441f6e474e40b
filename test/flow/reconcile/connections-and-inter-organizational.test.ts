import { SyncLogStatus, TABLE_MAPS } from '../../../src/entities/dual-write';
import { TransactionType } from '../../../src/entities/dataverse';
import { decimal } from '../../../src/kernel/decimal';
import { execute, sql, type Sql } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { Story } from '../../support/story';
import { actualRow, addChangeSet, connectionRow } from '../3-sync/rungs';
import { outOfStepOf, stageSumsOf, unexplainedOf } from './out-of-step-of';

const NOBODY = '00000000-0000-4000-8000-00000000dead';

onBothEngines('reconciliation of connections and of inter-organizational actuals', (gateway) => {
  const change = (statement: Sql): Promise<number> => gateway().database.write((work) => execute(work, statement));
  const accident = async (statement: Sql): Promise<void> => expect(await change(statement)).toBeGreaterThan(0);

  async function billedAndSettled(): Promise<Story> {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    await story.process.confirm((await story.draft()).id);
    await story.settle();
    expect(await outOfStepOf(story)).toEqual([]);
    return story;
  }

  /** The staged connection of a story's billed actual. */
  const billedConnectionOf = (story: Story): Sql => sql`"ConnectionId" IN (SELECT c."msdyn_transactionconnectionid" FROM "msdyn_transactionconnection" c
    JOIN "msdyn_actual" a ON a."msdyn_actualid" = c."msdyn_transaction1" JOIN "salesorder" o ON o."salesorderid" = a."msdyn_salescontract"
    WHERE o."ordernumber" = ${story.contractNumber} AND a."msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES})`;

  it('RECON-06 connections go from Dataverse to the staging table by count, with no currency, and those with an end that never goes stand apart', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    await story.process.confirm((await story.draft()).id);
    expect((await outOfStepOf(story, { flows: ['CONNECTIONS'] })).map((row) => [row.stage, row.cause, row.record.__typename, row.amount]))
      .toEqual(Array.from({ length: 2 }, () => ['STAGED', 'NOT_SYNCED', 'TransactionConnection', '0']));
    expect(await unexplainedOf(story)).toEqual([]);
    await story.settle();
    expect(await stageSumsOf(story, 'CONNECTIONS')).toEqual([['SKIPPED', 'XXX', 1, '0'], ['RECORDED', 'XXX', 2, '0'], ['STAGED', 'XXX', 2, '0']]);
    expect(await outOfStepOf(story)).toEqual([]);
  });

  it('RECON-06 a connection that finance has lost although both its actuals are there was carried and is not there', async () => {
    const story = await billedAndSettled();
    await accident(sql`DELETE FROM "ProjCDSTransactionRelationshipImport" WHERE ${billedConnectionOf(story)}`);
    const [row, ...others] = await outOfStepOf(story);
    expect(others).toEqual([]);
    expect([row!.flow, row!.stage, row!.cause, row!.record.__typename, row!.nextStep, row!.proformaNumber])
      .toEqual(['CONNECTIONS', 'STAGED', 'CARRIED_AND_NOT_THERE', 'TransactionConnection', 'runTableMaps', story.proformaNumbers[0]]);
    expect(row!.message).toContain('finance does not have it');
    expect(await unexplainedOf(story)).toEqual([]);
  });

  it('RECON-06 a staged connection whose source is gone is an orphan and one too many, and one with other ends or roles differs', async () => {
    const story = await billedAndSettled();
    await accident(sql`UPDATE "ProjCDSTransactionRelationshipImport" SET "Transaction2Role" = 'Original' WHERE ${billedConnectionOf(story)}`);
    expect((await outOfStepOf(story)).map((row) => [row.flow, row.cause, row.record.__typename])).toEqual([['CONNECTIONS', 'CONNECTION_DIFFERS', 'TransactionConnection']]);
    expect(await unexplainedOf(story)).toEqual([]);
    await accident(sql`DELETE FROM "msdyn_transactionconnection" WHERE "msdyn_transactionconnectionid" IN (SELECT s."ConnectionId"
      FROM "ProjCDSTransactionRelationshipImport" s WHERE ${billedConnectionOf(story)})`);
    expect((await outOfStepOf(story)).map((row) => [row.flow, row.cause, row.record.__typename])).toEqual([['CONNECTIONS', 'ORPHAN', 'StagedConnection']]);
    expect(await unexplainedOf(story)).toEqual([]);
  });

  it('RECON-06 a connection whose second actual is gone in Dataverse is a sync error before it is staged, and an orphan afterwards', async () => {
    const story = await billedAndSettled();
    const actual = actualRow(gateway(), story.world);
    await addChangeSet(gateway(), { actuals: [actual], connections: [connectionRow(gateway(), actual.id, NOBODY)] });
    await story.process.sync();
    expect((await outOfStepOf(story, { flows: ['CONNECTIONS'] })).map((row) => [row.cause, row.nextStep])).toEqual([['SYNC_ERROR', 'retrySyncErrors']]);
    expect(await unexplainedOf(story)).toEqual([]);
  });

  it('RECON-05 what is staged and got Skip Sync afterwards is one too many, and so is its connection', async () => {
    const story = await billedAndSettled();
    await accident(sql`UPDATE "msdyn_actual" SET "gw_skipsync" = true WHERE "msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}
      AND "msdyn_invoice" IN (SELECT "invoiceid" FROM "invoice" WHERE "invoicenumber" = ${story.proformaNumbers[0]!})`);
    expect((await outOfStepOf(story)).map((row) => [row.flow, row.cause]).sort()).toEqual([
      ['BILLED_SALES', 'SKIP_SYNC'], ['BILLED_SALES', 'STAGED_THOUGH_SKIPPED'], ['CONNECTIONS', 'STAGED_THOUGH_SKIPPED'],
    ]);
    expect(await unexplainedOf(story)).toEqual([]);
  });

  it('RECON-07 inter-organizational actuals are compared until they are staged, which is where finance\'s process for them ends here', async () => {
    const story = await Story.begin(gateway());
    const lent = actualRow(gateway(), story.world, { transactionType: TransactionType.RESOURCING_UNIT_COST, amount: decimal('80') });
    const sold = actualRow(gateway(), story.world, { transactionType: TransactionType.INTER_ORGANIZATIONAL_SALES, amount: decimal('95') });
    await addChangeSet(gateway(), { actuals: [lent, sold] });
    expect((await outOfStepOf(story)).map((row) => [row.flow, row.stage, row.cause, row.amount]))
      .toEqual([['INTER_ORGANIZATIONAL', 'STAGED', 'NOT_SYNCED', '80'], ['INTER_ORGANIZATIONAL', 'STAGED', 'NOT_SYNCED', '95']]);
    await story.settle();
    expect(await outOfStepOf(story)).toEqual([]);
    expect(await stageSumsOf(story, 'INTER_ORGANIZATIONAL')).toEqual([['RECORDED', 'USD', 2, '175'], ['STAGED', 'USD', 2, '175']]);
    await accident(sql`DELETE FROM "ProjCDSActualsImport" WHERE "ActualId" = ${lent.id}`);
    const [gone, ...others] = await outOfStepOf(story);
    expect([others, gone!.cause, gone!.amount, gone!.record.__typename]).toEqual([[], 'CARRIED_AND_NOT_THERE', '80', 'Actual']);
    await change(sql`UPDATE "gw_synclog" SET "gw_status" = ${SyncLogStatus.DISCARDED} WHERE "gw_map" = ${TABLE_MAPS.actuals}
      AND "gw_changesetid" = (SELECT "gw_changesetid" FROM "msdyn_actual" WHERE "msdyn_actualid" = ${lent.id})`);
    expect((await outOfStepOf(story)).map((row) => row.cause)).toEqual(['QUEUE_DISCARDED']);
    expect(await unexplainedOf(story)).toEqual([]);
  });

  it('RECON-05 a staged milestone that Dataverse does not have is one too many, with its name', async () => {
    const story = await Story.begin(gateway());
    await story.world.milestone({ amount: '500' });
    await story.settle();
    await accident(sql`DELETE FROM "msdyn_contractlinescheduleofvalue" WHERE "msdyn_contract" = ${story.world.contractId}`);
    const [row, ...others] = await outOfStepOf(story);
    expect([others, row!.flow, row!.cause, row!.amount, row!.record]).toEqual([[], 'MILESTONES', 'ORPHAN', '500', null]);
    expect(await unexplainedOf(story)).toEqual([]);
  });
});
