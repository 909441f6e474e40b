import { BillingType } from '../../../src/entities/dataverse';
import { SyncDirection, SyncError, SyncErrorStatus, TABLE_MAPS, TableMapStatus } from '../../../src/entities/dual-write';
import { ExchangeRateEntry, FiscalPeriodStatus, IntegrationJournalLineStatus } from '../../../src/entities/finance';
import { postIntegrationJournals } from '../../../src/flow/5-post/journals/post-integration-journals.command';
import { postInvoiceProposals } from '../../../src/flow/5-post/proposals/post-invoice-proposals.command';
import { BLOCKERS, ProformaStage, ProposalStage, type BlockerCode } from '../../../src/flow/blockers/blockers';
import { stageAndBlockersOfProformas, stageAndBlockersOfProposals } from '../../../src/flow/stage/stage-and-blockers';
import { decimal } from '../../../src/kernel/decimal';
import { insertRows } from '../../../src/stores/bulk';
import { sql, type Session } from '../../../src/stores/session';
import { onBothEngines, TEST_NOW } from '../../support/engines';
import { run } from '../../support/flow-commands';
import { ImportDesk } from '../4-import/import-desk';

/** Codes of what only a change outside the process can mend. */
const MENDED_OUTSIDE = ['CUSTOMER_ON_HOLD', 'CHECKSUM_MISMATCH', 'AMOUNT_OUT_OF_RANGE', 'INVALID_ACTUALS'];

/** Stage and codes of a proforma, as short as a test can read it. */
async function standing(desk: ImportDesk, proformaId: string): Promise<[ProformaStage, BlockerCode[]]> {
  const { stage, blockers } = (await stageAndBlockersOfProformas(desk.gateway.database.reader, [proformaId], TEST_NOW)).get(proformaId)!;
  return [stage, blockers.map((blocker) => blocker.code)];
}

async function blockerOf(desk: ImportDesk, proformaId: string, code: BlockerCode) {
  const { blockers } = (await stageAndBlockersOfProformas(desk.gateway.database.reader, [proformaId], TEST_NOW)).get(proformaId)!;
  return blockers.find((blocker) => blocker.code === code)!;
}

async function proposalStanding(desk: ImportDesk, proformaId: string): Promise<[ProposalStage, BlockerCode[]]> {
  const { id } = await desk.proposalOf(proformaId);
  const { stage, blockers } = (await stageAndBlockersOfProposals(desk.gateway.database.reader, [id], TEST_NOW)).get(id)!;
  return [stage, blockers.map((blocker) => blocker.code)];
}

/** A sync error as a table map leaves it, and its end. */
async function failing(desk: ImportDesk, map: string, recordId: string, message: string, status = SyncErrorStatus.OPEN): Promise<() => Promise<void>> {
  const { context, database } = desk.gateway;
  const id = context.ids.next();
  const now = context.clock.now().toISOString();
  await database.write((work) => insertRows(work, SyncError, [{
    id, mapName: map, direction: SyncDirection.DATAVERSE_TO_FINANCE, recordId, status, code: 'LOOKUP_NOT_FOUND', message, firstOn: now, lastOn: now,
  }]));
  return async () => { await desk.change(sql`UPDATE "DualWriteErrorLog" SET "gw_status" = ${SyncErrorStatus.RESOLVED} WHERE "gw_id" = ${id}`); };
}

async function ids(desk: ImportDesk, statement: ReturnType<typeof sql>): Promise<string[]> {
  const { manager } = desk.gateway.database.reader;
  const text = statement.texts.reduce((all, piece, index) => all + manager.dataSource.driver.createParameter(`p${index}`, index - 1) + piece);
  return (await manager.query(text, [...statement.values])).map((row: { id: string }) => row.id);
}

const billedIds = (desk: ImportDesk, proformaId: string) =>
  ids(desk, sql`SELECT "msdyn_actualid" AS "id" FROM "msdyn_actual" WHERE "msdyn_invoice" = ${proformaId} AND "msdyn_transactiontypecode" = 192350006 ORDER BY 1`);
const billedConnectionIds = (desk: ImportDesk, proformaId: string) => ids(desk, sql`SELECT c."msdyn_transactionconnectionid" AS "id"
  FROM "msdyn_transactionconnection" c JOIN "msdyn_actual" a ON a."msdyn_actualid" = c."msdyn_transaction1"
  WHERE a."msdyn_invoice" = ${proformaId} AND c."msdyn_transaction1role" = 'Billed Sales' ORDER BY 1`);

onBothEngines('stage and blockers of a proforma', (gateway) => {
  it('STAGE-01 a draft, and a proforma in review, wait to be confirmed', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    const proformaId = await desk.world.proforma();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.DRAFT, ['NOT_CONFIRMED']]);
    await desk.change(sql`UPDATE "invoice" SET "msdyn_projectinvoicestatus" = 192350001 WHERE "invoiceid" = ${proformaId}`);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.IN_REVIEW, ['NOT_CONFIRMED']]);
    expect(await blockerOf(desk, proformaId, 'NOT_CONFIRMED')).toEqual({
      code: 'NOT_CONFIRMED', message: 'The proforma is in review and not confirmed, so nothing of it goes to finance.', count: 1,
      nextStep: 'confirmProformaInvoice', records: 'ProformaInvoice', recordIds: [proformaId],
    });
  });

  it('STAGE-02 every map that has not run is told, and disappears when it has', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled();
    await desk.world.milestone();
    const proformaId = await desk.world.confirmedProforma();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['HEADER_NOT_SYNCED', 'ACTUALS_NOT_SYNCED']]);
    const missing = await blockerOf(desk, proformaId, 'ACTUALS_NOT_SYNCED');
    expect([missing.count, missing.message, missing.nextStep]).toEqual([2, '2 of 2 billed sales actuals have not arrived in the staging table.', 'sync']);
    expect(missing.recordIds).toEqual(await billedIds(desk, proformaId));

    await desk.sync('invoices');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['ACTUALS_NOT_SYNCED']]);
    expect(await proposalStanding(desk, proformaId)).toEqual([ProposalStage.AWAITING_LINES, ['ACTUALS_NOT_SYNCED']]);
    await desk.sync('actuals');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['CONNECTION_NOT_SYNCED', 'MILESTONE_NOT_SYNCED']]);
    expect((await blockerOf(desk, proformaId, 'CONNECTION_NOT_SYNCED')).recordIds).toEqual(await billedConnectionIds(desk, proformaId));

    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = 'elsewhere' WHERE "ActualId" = ${unbilledId}`);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['UNBILLED_NOT_SYNCED', 'MILESTONE_NOT_SYNCED']]);
    expect((await blockerOf(desk, proformaId, 'UNBILLED_NOT_SYNCED')).recordIds).toEqual([unbilledId]);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = ${unbilledId} WHERE "ActualId" = 'elsewhere'`);

    await desk.sync('connections');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['MILESTONE_NOT_SYNCED', 'UNBILLED_NOT_IMPORTED']]);
    await desk.sync('milestones');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['MILESTONE_NOT_IMPORTED', 'UNBILLED_NOT_IMPORTED']]);
  });

  it('STAGE-09 a map that is paused or stopped is told before what it holds up, also on the way back', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    const proformaId = await desk.world.confirmedProforma();
    const become = (map: string, status: TableMapStatus) =>
      desk.change(sql`UPDATE "DualWriteProjectConfiguration" SET "Status" = ${status} WHERE "ProjectName" = ${map}`);
    try {
      await become(TABLE_MAPS.actuals, TableMapStatus.PAUSED);
      expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['TABLE_MAP_PAUSED', 'HEADER_NOT_SYNCED', 'ACTUALS_NOT_SYNCED']]);
      const { message, nextStep } = await blockerOf(desk, proformaId, 'TABLE_MAP_PAUSED');
      expect([message, nextStep]).toEqual([`No sync carries what is queued while a table map is paused: ${TABLE_MAPS.actuals}.`, 'resumeTableMaps']);
      await become(TABLE_MAPS.invoices, TableMapStatus.STOPPED);
      expect((await standing(desk, proformaId))[1]).toEqual(['TABLE_MAP_PAUSED', 'TABLE_MAP_STOPPED', 'HEADER_NOT_SYNCED', 'ACTUALS_NOT_SYNCED']);
      await become(TABLE_MAPS.actuals, TableMapStatus.RUNNING);
      await become(TABLE_MAPS.invoices, TableMapStatus.RUNNING);
      await become(TABLE_MAPS.customerInvoices, TableMapStatus.STOPPED);
      expect((await standing(desk, proformaId))[1]).toEqual(['HEADER_NOT_SYNCED', 'ACTUALS_NOT_SYNCED']);
    } finally {
      for (const map of Object.values(TABLE_MAPS)) await become(map, TableMapStatus.RUNNING);
    }
  });

  it('STAGE-02 a connection that Dataverse itself lacks is told with the billed actual that lacks it', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync('invoices');
    await desk.sync('actuals');
    await desk.change(sql`DELETE FROM "msdyn_transactionconnection" WHERE "msdyn_transaction1role" = 'Billed Sales' AND "msdyn_transaction1type" = 'msdyn_actual'`);
    await desk.sync('connections');
    expect((await standing(desk, proformaId))[1]).toContain('CONNECTION_MISSING');
    expect((await blockerOf(desk, proformaId, 'CONNECTION_MISSING')).recordIds).toEqual(await billedIds(desk, proformaId));
  });

  it('STAGE-03 what a map could not carry is told with its error, until it is mended', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled();
    await desk.world.milestone();
    const proformaId = await desk.world.confirmedProforma();
    const mended = await failing(desk, TABLE_MAPS.invoices, proformaId, 'Customer C1 does not exist in finance.');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['HEADER_SYNC_FAILED', 'ACTUALS_NOT_SYNCED']]);
    expect(await blockerOf(desk, proformaId, 'HEADER_SYNC_FAILED')).toMatchObject({
      message: 'The table map could not carry the proforma\'s header: Customer C1 does not exist in finance.', nextStep: 'retrySyncErrors',
    });
    await mended();
    expect((await standing(desk, proformaId))[1]).toContain('HEADER_NOT_SYNCED');
    await desk.sync('invoices');

    const [billedId] = await billedIds(desk, proformaId);
    const actualMended = await failing(desk, TABLE_MAPS.actuals, billedId!, 'Category Time does not exist.');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['ACTUALS_NOT_SYNCED', 'ACTUAL_SYNC_FAILED']]);
    expect(await blockerOf(desk, proformaId, 'ACTUAL_SYNC_FAILED')).toMatchObject({
      count: 1, message: 'The table map could not carry 1 actual: Category Time does not exist.', recordIds: [billedId],
    });
    expect((await blockerOf(desk, proformaId, 'ACTUALS_NOT_SYNCED')).count).toBe(1);
    await actualMended();
    await desk.sync('actuals');

    const [connectionId] = await billedConnectionIds(desk, proformaId);
    const milestoneId = (await ids(desk, sql`SELECT "gw_milestone" AS "id" FROM "msdyn_actual" WHERE "msdyn_invoice" = ${proformaId} AND "gw_milestone" IS NOT NULL`))[0]!;
    const connectionMended = await failing(desk, TABLE_MAPS.connections, connectionId!, 'The role is unknown.');
    const milestoneMended = await failing(desk, TABLE_MAPS.milestones, milestoneId, 'The contract line is unknown.');
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['CONNECTION_SYNC_FAILED', 'MILESTONE_NOT_SYNCED']]);
    expect((await blockerOf(desk, proformaId, 'MILESTONE_NOT_SYNCED')).message).toBe('1 milestone has not arrived in finance: The contract line is unknown.');
    await connectionMended();
    await milestoneMended();

    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = 'elsewhere' WHERE "ActualId" = ${unbilledId}`);
    const unbilledMended = await failing(desk, TABLE_MAPS.actuals, unbilledId, 'Project P1 does not exist.');
    expect((await blockerOf(desk, proformaId, 'ACTUAL_SYNC_FAILED')).recordIds).toEqual([unbilledId]);
    await unbilledMended();
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = ${unbilledId} WHERE "ActualId" = 'elsewhere'`);
    await desk.sync('connections', 'milestones');
    expect((await standing(desk, proformaId))[0]).toBe(ProformaStage.AWAITING_IMPORT);
  });

  it('STAGE-03 a header that waits for another record has not failed', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    const proformaId = await desk.world.confirmedProforma();
    await failing(desk, TABLE_MAPS.invoices, proformaId, 'It waits for the contract.', SyncErrorStatus.WAITING);
    expect((await blockerOf(desk, proformaId, 'HEADER_NOT_SYNCED')).message)
      .toBe('The proforma\'s header has not been synced, so finance has no invoice proposal of it: It waits for the contract.');
  });

  it('STAGE-04 from staging to lines, each wait is told and disappears: import, posting, import again', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled();
    await desk.world.unbilled();
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['UNBILLED_NOT_IMPORTED']]);
    expect((await blockerOf(desk, proformaId, 'UNBILLED_NOT_IMPORTED')).message)
      .toBe('The unbilled sales actuals of 2 of 2 lines are staged but in no integration journal.');

    await desk.import();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['UNBILLED_NOT_POSTED']]);
    expect(await blockerOf(desk, proformaId, 'UNBILLED_NOT_POSTED')).toMatchObject({
      count: 2, nextStep: 'postIntegrationJournals', records: 'Actual',
      message: `The unbilled sales actuals of 2 of 2 lines are in an integration journal that is not posted (${desk.legalEntityId}-000001).`,
    });
    await desk.change(sql`UPDATE "ProjAdvancedJournalLine" SET "Status" = ${IntegrationJournalLineStatus.ERROR}, "PostError" = 'The period is closed.'
      WHERE "gw_actualid" = ${unbilledId}`);
    expect((await standing(desk, proformaId))[1]).toEqual(['UNBILLED_NOT_POSTED', 'UNBILLED_POSTING_ERROR']);
    expect(await blockerOf(desk, proformaId, 'UNBILLED_POSTING_ERROR')).toMatchObject({
      count: 1, message: 'Posting failed for 1 unbilled sales actual: The period is closed.', recordIds: [unbilledId],
    });
    await desk.change(sql`UPDATE "ProjAdvancedJournalLine" SET "PostError" = 'PERIOD_CLOSED: The fiscal period of 2026-06-10 is not open in USPM.'
      WHERE "gw_actualid" = ${unbilledId}`);
    expect(await blockerOf(desk, proformaId, 'UNBILLED_POSTING_ERROR')).toMatchObject({
      nextStep: 'postIntegrationJournals',
      message: 'Posting failed for 1 unbilled sales actual: PERIOD_CLOSED: The fiscal period of 2026-06-10 is not open in USPM. '
        + 'Open the fiscal period first, then post again.',
    });
    await desk.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['LINES_NOT_IMPORTED']]);
    expect(await blockerOf(desk, proformaId, 'LINES_NOT_IMPORTED')).toMatchObject({
      message: 'Everything is ready; the next import makes the 2 lines of the proposal.', nextStep: 'importFromStaging',
    });
    expect(await proposalStanding(desk, proformaId)).toEqual([ProposalStage.AWAITING_LINES, ['LINES_NOT_IMPORTED']]);
    await desk.import();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_POSTING, ['NOT_POSTED']]);
  });

  it('STAGE-04 a missing exchange rate of an unbilled actual is told with its sentence, and goes with the rate', async () => {
    const desk = await ImportDesk.open(gateway(), { currency: 'NOK', accountingCurrency: 'ISK' });
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.import();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['UNBILLED_IMPORT_ERROR']]);
    expect(await blockerOf(desk, proformaId, 'UNBILLED_IMPORT_ERROR')).toMatchObject({
      count: 1, recordIds: [unbilledId],
      message: 'Import could not take up 1 unbilled sales actual: No exchange rate of type Default from NOK to ISK is valid on 2026-06-10, '
        + 'and the contract has no fixed-rate agreement for it.',
    });
    await addRate(desk, 'NOK', 'ISK', '2020-01-01');
    await desk.import();
    expect((await standing(desk, proformaId))[1]).toEqual(['UNBILLED_NOT_POSTED']);
  });

  it('STAGE-04 rows that are not the confirmed ones are told, by number and by checksum', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(2);
    const proformaId = await desk.readyProforma();
    const { number } = await desk.proposalOf(proformaId);
    await desk.change(sql`UPDATE "ProjProposalJour" SET "HashedListOfBillableSalesActualIds" = 'x' WHERE "ProposalId" = ${number}`);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_SYNC, ['CHECKSUM_MISMATCH']]);
    await desk.change(sql`UPDATE "ProjProposalJour" SET "gw_billedactualcount" = 1 WHERE "ProposalId" = ${number}`);
    expect((await blockerOf(desk, proformaId, 'CHECKSUM_MISMATCH')).message)
      .toBe('The staged billed sales actuals are not the 1 that the confirmation counted and summed: 2 are staged. '
        + 'The proforma\'s billed actuals were changed outside the process, which no sync can mend.');
    expect((await blockerOf(desk, proformaId, 'CHECKSUM_MISMATCH')).nextStep).toBeNull();
    await desk.change(sql`UPDATE "ProjProposalJour" SET "gw_billedactualcount" = 5 WHERE "ProposalId" = ${number}`);
    expect((await blockerOf(desk, proformaId, 'ACTUALS_NOT_SYNCED')).message)
      .toBe('3 of 5 billed sales actuals have not arrived in the staging table.');
  });

  it('STAGE-04 a credit waits for the invoice of its original', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    const proformaId = await desk.readyProforma();
    const [billedId] = await billedIds(desk, proformaId);
    await desk.change(sql`UPDATE "ProjCDSTransactionRelationshipImport" SET "Transaction1Role" = 'Reversing', "Transaction2Role" = 'Original'
      WHERE "Transaction1Id" = ${billedId}`);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['ORIGINAL_NOT_INVOICED']]);
    expect((await blockerOf(desk, proformaId, 'ORIGINAL_NOT_INVOICED')).message).toBe('1 credit waits for the customer invoice of its original.');
  });

  it('STAGE-04 a missing line property or tax rate is told before the import, and goes when it is mended', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '20' });
    await desk.world.unbilledMany(3);
    const proformaId = await desk.readyProforma();
    await desk.changeSetup('SalesTaxCodeValues', sql`"FromDate" = '2027-01-01'`);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_IMPORT, ['SETUP_MISSING']]);
    expect(await blockerOf(desk, proformaId, 'SETUP_MISSING')).toMatchObject({
      count: 3, message: `Finance's set-up is incomplete: Sales tax code VAT20 of legal entity ${desk.legalEntityId} has no value on 2026-06-30.`,
    });
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    await desk.changeSetup('SalesTaxCodeValues', sql`"FromDate" = '2020-01-01'`);
    expect((await standing(desk, proformaId))[1]).toEqual(['LINES_NOT_IMPORTED']);

    await desk.changeSetup('BillingTypeLineProperties', sql`"LinePropertyId" = 'None'`);
    expect((await blockerOf(desk, proformaId, 'SETUP_MISSING')).message)
      .toBe(`Finance's set-up is incomplete: Legal entity ${desk.legalEntityId} has no line property for billing type CHARGEABLE.`);
  });

  it('STAGE-05 a closed period, a missing rate and missing accounts are told before posting, and go when they are mended', async () => {
    const desk = await ImportDesk.open(gateway(), { currency: 'PLN', accountingCurrency: 'CZK' });
    await addRate(desk, 'PLN', 'CZK', '2020-01-01');
    await desk.world.unbilled();
    const proformaId = await desk.readyProforma();
    await desk.import();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_POSTING, ['NOT_POSTED']]);
    expect(await proposalStanding(desk, proformaId)).toEqual([ProposalStage.READY_TO_POST, ['NOT_POSTED']]);

    await desk.changeSetup('FiscalPeriods', sql`"PeriodStatus" = ${FiscalPeriodStatus.CLOSED}`);
    await desk.change(sql`UPDATE "ExchangeRates" SET "StartDate" = '2027-01-01' WHERE "FromCurrency" = 'PLN' AND "ToCurrency" = 'CZK'`);
    expect((await standing(desk, proformaId))[1]).toEqual(['EXCHANGE_RATE_MISSING', 'PERIOD_CLOSED']);
    expect((await blockerOf(desk, proformaId, 'PERIOD_CLOSED')).message).toBe('The fiscal period of 2026-06-30 is not open in CZPM.');
    await desk.changeSetup('FiscalPeriods', sql`"PeriodStatus" = ${FiscalPeriodStatus.OPEN}`);
    await desk.change(sql`UPDATE "ExchangeRates" SET "StartDate" = '2020-01-01' WHERE "FromCurrency" = 'PLN' AND "ToCurrency" = 'CZK'`);

    const accounts = sql`"PostingType" = 6`;
    await desk.changeSetup('ProjectPostingProfiles', sql`"MainAccountId" = 'none'`, accounts);
    expect((await blockerOf(desk, proformaId, 'SETUP_MISSING')).message)
      .toBe('Finance\'s set-up is incomplete: The project posting profile of CZPM names main account none, which the chart of accounts does not hold.');
    await desk.changeSetup('ProjectPostingProfiles', sql`"MainAccountId" = '411100'`, accounts);
    await desk.changeSetup('CustomersV3', sql`"CustomerAccount" = 'away'`);
    expect((await standing(desk, proformaId))[1]).toEqual(['SETUP_MISSING']);
    await desk.changeSetup('CustomersV3', sql`"CustomerAccount" = ${desk.world.facts.customers[0]!.accountNumber}`);
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_POSTING, ['NOT_POSTED']]);
  });

  it('STAGE-06 after posting it waits for the write-back, then nothing holds it', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(2);
    await desk.world.milestone();
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.import();
    await run(postIntegrationJournals, desk.gateway.context, { journalIds: (await desk.journals()).map((journal) => journal.id) });
    await desk.import();
    const [result] = await run(postInvoiceProposals, desk.gateway.context, { proposalIds: [(await desk.proposalOf(proformaId)).id] });
    expect(result!.refusals).toEqual([]);

    expect(await standing(desk, proformaId)).toEqual([ProformaStage.AWAITING_WRITE_BACK, ['WRITE_BACK_PENDING']]);
    expect(await proposalStanding(desk, proformaId)).toEqual([ProposalStage.INVOICED, []]);
    const pending = await blockerOf(desk, proformaId, 'WRITE_BACK_PENDING');
    expect(pending.message).toBe('The customer invoice is posted; not written back yet: the invoice number and 3 of 3 billed sales actuals.');
    expect([...pending.recordIds].sort()).toEqual(await billedIds(desk, proformaId));
    await desk.sync('actuals');
    expect(await blockerOf(desk, proformaId, 'WRITE_BACK_PENDING')).toMatchObject({
      count: 1, recordIds: [], message: 'The customer invoice is posted; not written back yet: the invoice number.',
    });
    await desk.sync();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.DONE, []]);
  });

  it('STAGE-06 a proforma of nothing but complimentary work goes the whole way', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled({ billingType: BillingType.COMPLIMENTARY });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await desk.import();
    await run(postIntegrationJournals, desk.gateway.context, { journalIds: (await desk.journals()).map((journal) => journal.id) });
    await desk.import();
    await run(postInvoiceProposals, desk.gateway.context, { proposalIds: [(await desk.proposalOf(proformaId)).id] });
    await desk.sync();
    expect(await standing(desk, proformaId)).toEqual([ProformaStage.DONE, []]);
  });

  it('STAGE-07 names ten records at most, and counts all', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(12, { cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    for (const expected of ['UNBILLED_NOT_IMPORTED', 'UNBILLED_NOT_POSTED'] as const) {
      const found = await blockerOf(desk, proformaId, expected);
      expect([found.count, found.recordIds.length]).toEqual([12, 10]);
      await desk.import();
    }
  });

  it('STAGE-07 every code that the process can mend has a next step, and every code a sentence that ends with a full stop', () => {
    for (const [code, { nextStep, sentence }] of Object.entries(BLOCKERS)) {
      const expected = MENDED_OUTSIDE.includes(code) ? null : expect.stringMatching(/^[a-z][A-Za-z]+$/);
      expect([code, nextStep]).toEqual([code, expected]);
      for (const facts of [{ count: 1, total: 1, details: [] }, { count: 2, total: 3, details: ['One cause.', 'Another'] }]) {
        expect(sentence(facts)).toMatch(/^[A-Z0-9].*\.$/);
      }
    }
  });

  it('STAGE-08 takes the same number of statements for one proforma and for many in every stage', async () => {
    const proformaIds: string[] = [];
    const desks = await Promise.all(Array.from({ length: 3 }, () => ImportDesk.open(gateway())));
    for (const desk of desks) {
      await desk.world.unbilledMany(2);
      proformaIds.push(await desk.readyProforma());
      await desk.import();
    }
    for (const desk of desks) {
      await desk.world.unbilledMany(2);
      proformaIds.push(await desk.readyProforma());
    }
    const unsynced: string[] = [];
    for (const desk of desks) {
      await desk.world.unbilledMany(2);
      unsynced.push(await desk.world.confirmedProforma());
    }
    const statements = async (asked: readonly string[]) => {
      let count = 0;
      const { reader } = gateway().database;
      const manager = Object.create(reader.manager, {
        query: { value: (...args: Parameters<typeof reader.manager.query>) => { count += 1; return reader.manager.query(...args); } },
      });
      const counting: Session = { engine: reader.engine, manager };
      expect((await stageAndBlockersOfProformas(counting, asked, TEST_NOW)).size).toBe(asked.length);
      return count;
    };
    const few = await statements([proformaIds[0]!, proformaIds[3]!, unsynced[0]!]);
    expect(await statements([...proformaIds, ...unsynced])).toBe(few);
    const { id } = await desks[0]!.proposalOf(proformaIds[0]!);
    expect((await stageAndBlockersOfProposals(gateway().database.reader, [id, 'none'], TEST_NOW)).size).toBe(1);
    expect((await stageAndBlockersOfProformas(gateway().database.reader, ['none'], TEST_NOW)).size).toBe(0);
  });
});

async function addRate(desk: ImportDesk, from: string, to: string, startDate: string): Promise<void> {
  await desk.gateway.database.write((work) => insertRows(work, ExchangeRateEntry, [{
    id: desk.gateway.context.ids.next(), rateType: 'Default', fromCurrency: from, toCurrency: to, startDate, rate: decimal('5.5'),
  }]));
}
