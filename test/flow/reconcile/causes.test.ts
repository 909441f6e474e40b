import { BillingStatus, TransactionType } from '../../../src/entities/dataverse';
import { TABLE_MAPS } from '../../../src/entities/dual-write';
import { FiscalPeriodStatus } from '../../../src/entities/finance';
import { decimal } from '../../../src/kernel/decimal';
import { execute, sql, type Sql } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { Story } from '../../support/story';
import { actualRow, addChangeSet } from '../3-sync/rungs';
import { operate, operated } from '../3-sync/operate/operating';
import { causesOf, outOfStepOf } from './out-of-step-of';

const MAPS = Object.values(TABLE_MAPS);

onBothEngines('causes of records out of step, each made by operations', (gateway) => {
  const change = (statement: Sql): Promise<number> => gateway().database.write((work) => execute(work, statement));
  const accident = async (statement: Sql): Promise<void> => expect(await change(statement)).toBeGreaterThan(0);

  async function confirmed(): Promise<Story> {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    await story.process.confirm((await story.draft()).id);
    return story;
  }

  /** Everything of other stories has left the queues, so that what a test does to the maps is about its own records. */
  beforeEach(async () => {
    for (const map of MAPS) await operate(gateway(), 'runTableMaps', [map]);
    await (await Story.begin(gateway())).process.sync();
  });

  it('RECON-04 MAP_PAUSED, MAP_STOPPED and QUEUE_DISCARDED follow what is done to the table maps, and NOT_SYNCED a map that runs', async () => {
    const story = await confirmed();
    expect(await causesOf(story)).toEqual(['NOT_SYNCED']);
    await operated(gateway(), 'pauseTableMaps', ...MAPS);
    expect(await causesOf(story)).toEqual(['MAP_PAUSED']);
    const paused = await outOfStepOf(story);
    expect([...new Set(paused.map((row) => row.nextStep))]).toEqual(['resumeTableMaps']);
    await operated(gateway(), 'stopTableMaps', ...MAPS);
    expect(await causesOf(story)).toEqual(['MAP_STOPPED']);
    expect([...new Set((await outOfStepOf(story)).map((row) => row.nextStep))]).toEqual(['runTableMaps']);
    await operated(gateway(), 'runTableMaps', ...MAPS);
    expect(await causesOf(story)).toEqual(['NOT_SYNCED']);
    await operated(gateway(), 'pauseTableMaps', ...MAPS);
    await operate(gateway(), 'resumeTableMaps', MAPS, { mode: 'SKIP_TO_LIVE_DISCARDING_QUEUE' });
    expect(await causesOf(story)).toEqual(['QUEUE_DISCARDED']);
    expect([...new Set((await outOfStepOf(story)).map((row) => row.nextStep))]).toEqual(['runTableMaps']);
    await story.settle();
    expect(await causesOf(story)).toEqual(['QUEUE_DISCARDED']);
  });

  it('RECON-04 a queue that was kept is SYNC_ERROR until it is retried, and SYNC_ERROR_DISMISSED once somebody dismisses it', async () => {
    const story = await confirmed();
    await operated(gateway(), 'pauseTableMaps', ...MAPS);
    await operate(gateway(), 'resumeTableMaps', MAPS, { mode: 'SKIP_TO_LIVE_KEEPING_QUEUE' });
    expect(await causesOf(story)).toEqual(['SYNC_ERROR']);
    const { syncErrors } = await story.ask('{ syncErrors(first: 100, filter: { status: { eq: OPEN } }) { nodes { id } } }');
    await story.does('dismissSyncErrors', { errorIds: (syncErrors.nodes as { id: string }[]).map(({ id }) => id) });
    expect(await causesOf(story)).toEqual(['SYNC_ERROR_DISMISSED']);
  });

  it('RECON-04 DOCUMENT_INCOMPLETE where billed actuals came and the header did not, then COUNT_OR_CHECKSUM_MISMATCH where another actual took the place of one', async () => {
    const story = await confirmed();
    await story.process.sync({ maps: [TABLE_MAPS.actuals] });
    expect(await causesOf(story, { flows: ['BILLED_SALES'] })).toEqual(['DOCUMENT_INCOMPLETE']);
    await story.settle();
    expect(await causesOf(story)).toEqual([]);

    const swapped = await confirmed();
    await swapped.process.sync();
    await swapped.process.importFromStaging();
    await swapped.process.postJournals();
    await accident(sql`UPDATE "ProjProposalJour" SET "HashedListOfBillableSalesActualIds" = 'another' WHERE "ProposalId" = ${swapped.proformaNumbers[0]!}`);
    const [row] = await outOfStepOf(swapped, { flows: ['BILLED_SALES'] });
    expect([row!.cause, row!.nextStep]).toEqual(['COUNT_OR_CHECKSUM_MISMATCH', null]);
  });

  it('RECON-04 WAITING_FOR_RECORD where the map lets a record come only after another one', async () => {
    const story = await confirmed();
    const refersTo = (references: { column: string; map: string }[]) => accident(sql`UPDATE "DualWriteProjectConfiguration"
      SET "gw_references" = ${JSON.stringify(references)} WHERE "ProjectName" = ${TABLE_MAPS.actuals}`);
    await refersTo([{ column: 'msdyn_invoice', map: TABLE_MAPS.invoices }]);
    await story.process.sync({ maps: [TABLE_MAPS.actuals] });
    const waiting = await outOfStepOf(story, { causes: ['WAITING_FOR_RECORD'] });
    expect(waiting.map((row) => [row.flow, row.record.__typename, row.nextStep])).toEqual([['BILLED_SALES', 'Actual', 'sync']]);
    expect(waiting[0]!.message).toContain(`which ${TABLE_MAPS.invoices} has not carried yet`);
    await refersTo([]);
  });

  it('RECON-04 NO_CONFIRMED_PROFORMA where a billed actual was loaded that no proforma bills', async () => {
    const story = await Story.begin(gateway());
    const billed = actualRow(gateway(), story.world, { transactionType: TransactionType.BILLED_SALES, billingStatus: BillingStatus.CUSTOMER_INVOICE_POSTED, amount: decimal('100') });
    await addChangeSet(gateway(), { actuals: [billed] });
    await story.settle();
    expect((await outOfStepOf(story)).map((row) => [row.cause, row.stage, row.amount, row.nextStep])).toEqual([['NO_CONFIRMED_PROFORMA', 'TAKEN_UP', '100', null]]);
  });

  it('RECON-04 PREVALIDATION_WAITING until the minutes of the parameters are over', async () => {
    const story = await confirmed();
    await accident(sql`UPDATE "ProjectParameters" SET "PrevalidationMinutes" = 5 WHERE "dataAreaId" = ${story.world.facts.legalEntityId}`);
    await story.process.sync();
    await story.process.importFromStaging();
    expect(await causesOf(story)).toEqual(['PREVALIDATION_WAITING']);
    await accident(sql`UPDATE "ProjectParameters" SET "PrevalidationMinutes" = 0 WHERE "dataAreaId" = ${story.world.facts.legalEntityId}`);
    await story.settle();
    expect(await causesOf(story)).toEqual([]);
  });

  it('RECON-04 IMPORT_ERROR with the words of the import, while finance\'s set-up is incomplete', async () => {
    const story = await confirmed();
    await story.process.sync();
    const category = sql`"dataAreaId" = ${story.world.facts.legalEntityId}`;
    await accident(sql`UPDATE "ProjectCategories" SET "dataAreaId" = 'away' WHERE ${category}`);
    await story.process.importFromStaging();
    const rows = await outOfStepOf(story, { causes: ['IMPORT_ERROR'] });
    expect([...new Set(rows.map((row) => row.flow))].sort()).toEqual(['BILLED_SALES', 'COST', 'DOCUMENTS', 'UNBILLED_SALES']);
    expect(rows.every((row) => row.message.startsWith('Import from staging could not take it up: '))).toBe(true);
    await accident(sql`UPDATE "ProjectCategories" SET "dataAreaId" = ${story.world.facts.legalEntityId} WHERE "dataAreaId" = 'away'`);
    await story.settle();
    expect(await causesOf(story)).toEqual([]);
  });

  it('RECON-04 JOURNAL_LINE_ERROR while the fiscal period is closed', async () => {
    const story = await confirmed();
    const periods = (status: FiscalPeriodStatus) => accident(sql`UPDATE "FiscalPeriods" SET "PeriodStatus" = ${status} WHERE "dataAreaId" = ${story.world.facts.legalEntityId}`);
    await story.process.sync();
    await story.process.importFromStaging();
    await periods(FiscalPeriodStatus.CLOSED);
    await story.process.postJournals();
    const rows = await outOfStepOf(story, { causes: ['JOURNAL_LINE_ERROR'] });
    expect(rows.map((row) => row.flow).sort()).toEqual(['COST', 'UNBILLED_SALES']);
    expect(rows[0]!.message).toContain('PERIOD_CLOSED');
    await periods(FiscalPeriodStatus.OPEN);
    await story.settle();
    expect(await causesOf(story)).toEqual([]);
  });

  it('RECON-04 CREDITED_NOT_POSTED for a credit whose original is not invoiced yet', async () => {
    const story = await confirmed();
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { id: string; number: string } }>(
      'reviseProformaInvoice', { proformaInvoiceNumber: story.proformaNumbers[0]! }, 'proformaInvoice { id number }');
    await story.process.confirm(proformaInvoice.id);
    await story.process.sync();
    await story.process.importFromStaging();
    await story.process.postJournals();
    await story.process.importFromStaging();
    const rows = await outOfStepOf(story, { causes: ['CREDITED_NOT_POSTED'] });
    expect([...new Set(rows.map((row) => row.proformaNumber))]).toEqual([proformaInvoice.number]);
    await story.settle();
    await story.settle();
    expect(await causesOf(story)).toEqual([]);
  });
});
