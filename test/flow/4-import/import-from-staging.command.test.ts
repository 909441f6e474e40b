import { BillingType, MilestoneInvoiceStatus } from '../../../src/entities/dataverse';
import {
  ExchangeRateEntry, IntegrationJournalLineStatus, IntegrationJournalStatus, ProjCdsTransType, ProjTransStatus, ProjTransType,
} from '../../../src/entities/finance';
import { RunStatus } from '../../../src/entities/dual-write';
import { importFromStaging } from '../../../src/flow/4-import/import-from-staging.command';
import { decimal } from '../../../src/kernel/decimal';
import { insertRows } from '../../../src/stores/bulk';
import { renewOnAccountTransactions } from '../../../src/stores/finance/staging.store';
import { readRun } from '../../../src/stores/dual-write/run.store';
import { sql } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { refusalsOf } from '../../support/flow-commands';
import { ImportDesk } from './import-desk';

onBothEngines('import from staging: on-account transactions', (gateway) => {
  it('IMPORT-01 makes one on-account transaction per staged milestone, with its tax groups', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '20' });
    const milestoneId = await desk.world.milestone({ amount: '5000' });
    await desk.sync();
    expect(await desk.import()).toMatchObject({ milestoneCount: 1, journalLineCount: 0 });
    expect(await desk.import()).toMatchObject({ milestoneCount: 0 });
    const [transaction, ...others] = await desk.onAccount();
    expect(others).toEqual([]);
    expect(transaction).toMatchObject({
      milestoneId, contractId: desk.world.facts.contractNumber, date: '2026-06-15', status: ProjTransStatus.NO_STATUS,
      salesTaxGroup: 'VAT20', itemSalesTaxGroup: 'FULL',
    });
    expect(transaction!.amount.toFixed()).toBe('5000');
  });

  it('IMPORT-01 takes a newer version of the milestone over, but not the tax groups, until a proposal holds it', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '20' });
    const milestoneId = await desk.world.milestone({ invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING });
    await desk.sync();
    await desk.import();
    await desk.change(sql`UPDATE "ProjOnAccTrans" SET "TaxGroupId" = 'ACCOUNTANT' WHERE "gw_milestoneid" = ${milestoneId}`);
    const renew = (amount: number) => desk.change(sql`UPDATE "ProjCDSContractLineMilestoneImport"
      SET "Amount" = ${amount}, "gw_sourceversion" = "gw_sourceversion" + 1 WHERE "TransactionId" = ${milestoneId}`);

    await renew(60000000);
    expect(await desk.import()).toMatchObject({ milestoneCount: 0 });
    expect((await desk.onAccount()).map((row) => [row.amount.toFixed(), row.salesTaxGroup])).toEqual([['6000', 'ACCOUNTANT']]);

    await desk.change(sql`UPDATE "ProjOnAccTrans" SET "TransStatus" = ${ProjTransStatus.INVOICE_PROPOSAL} WHERE "gw_milestoneid" = ${milestoneId}`);
    await renew(70000000);
    await desk.import();
    expect((await desk.onAccount()).map((row) => row.amount.toFixed())).toEqual(['6000']);
  });

  it('IMPORT-01 changes nothing of a transaction that a proposal took up after it was read, but the version that was seen', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.milestone({ amount: '5000' });
    await desk.sync();
    await desk.import();
    const [read] = await desk.onAccount();
    const renewal = { id: read!.id, amount: decimal('7000'), sourceVersion: read!.sourceVersion + 1 };
    await desk.change(sql`UPDATE "ProjOnAccTrans" SET "TransStatus" = ${ProjTransStatus.INVOICE_PROPOSAL} WHERE "gw_id" = ${read!.id}`);
    const renew = () => gateway().database.write((work) => renewOnAccountTransactions(work, [renewal]));
    await renew();
    const [held] = await desk.onAccount();
    expect([held!.amount.toFixed(), held!.sourceVersion, held!.version]).toEqual(['5000', read!.sourceVersion + 1, read!.version + 1]);
    await desk.change(sql`UPDATE "ProjOnAccTrans" SET "TransStatus" = ${ProjTransStatus.NO_STATUS} WHERE "gw_id" = ${read!.id}`);
    renewal.sourceVersion += 1;
    await renew();
    expect((await desk.onAccount())[0]!.amount.toFixed()).toBe('7000');
  });
});

onBothEngines('import from staging: integration journal lines', (gateway) => {
  it('IMPORT-02 makes one journal line of every cost and unbilled sales actual, and none of it again', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId, costId } = await desk.world.unbilled({ quantity: '8', price: '200', costPrice: '100' });
    await desk.sync();
    const first = await desk.import();
    expect(first).toMatchObject({ journalLineCount: 2, rowsWithErrorsCount: 0 });
    expect(first.journalIds).toHaveLength(1);
    expect(await desk.import()).toMatchObject({ journalLineCount: 0, journalIds: [] });

    const lines = await desk.journalLines();
    const sales = lines.find((line) => line.actualId === unbilledId)!;
    const cost = lines.find((line) => line.actualId === costId)!;
    expect(lines).toHaveLength(2);
    expect(sales).toMatchObject({
      journalId: first.journalIds[0], transactionType: ProjCdsTransType.SALES, classification: ProjTransType.HOUR,
      status: IntegrationJournalLineStatus.DRAFT, linePropertyId: 'Charge', categoryId: 'Time', voucherNumber: null,
    });
    expect([sales.quantity.toFixed(), sales.unitPrice?.toFixed(), sales.amount.toFixed(), sales.accountingAmount.toFixed()])
      .toEqual(['8', '200', '1600', '1600']);
    expect([cost.amount.toFixed(), cost.accruesRevenue, cost.salesTaxGroup]).toEqual(['800', false, null]);
    expect((await desk.staged(unbilledId)).isProcessed).toBe(true);
    const [journal] = await desk.journals();
    expect(journal).toMatchObject({ number: `${desk.legalEntityId}-000001`, status: IntegrationJournalStatus.DRAFT });
  });

  it('IMPORT-03 splits at the line limit, in key order, and numbers the lines of each journal from one', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.changeSetup('ProjectParameters', sql`"MaxLinesPerJournal" = 3`);
    await desk.world.unbilledMany(4);
    await desk.sync();
    const outcome = await desk.import();
    expect(outcome).toMatchObject({ journalLineCount: 8 });
    const journals = await desk.journals();
    const lines = await desk.journalLines();
    expect(journals.map((journal) => lines.filter((line) => line.journalId === journal.id).map((line) => line.lineNumber)))
      .toEqual([[1, 2, 3], [1, 2, 3], [1, 2]]);
    const inOrder = journals.flatMap((journal) => lines.filter((line) => line.journalId === journal.id).map((line) => line.stagedActualId));
    expect(inOrder).toEqual([...inOrder].sort());
  });

  it('IMPORT-03 keeps the legal entities apart', async () => {
    const one = await ImportDesk.open(gateway());
    const other = await ImportDesk.open(gateway());
    await one.world.unbilled();
    await other.world.unbilled();
    await one.sync();
    expect(await one.import()).toMatchObject({ journalLineCount: 2 });
    expect(await other.journals()).toEqual([]);
    expect(await other.import({})).toMatchObject({ journalLineCount: 2 });
    expect((await other.journals()).map((journal) => journal.legalEntityId)).toEqual([other.legalEntityId]);
  });

  it('IMPORT-03 goes over more rows than one chunk within one journal', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.changeSetup('ProjectParameters', sql`"MaxLinesPerJournal" = 5000`);
    await desk.world.unbilledMany(601, { cost: false });
    await desk.sync();
    expect(await desk.import()).toMatchObject({ journalLineCount: 601, rowsWithErrorsCount: 0 });
    expect(await desk.journals()).toHaveLength(1);
    expect((await desk.journalLines()).map((line) => line.lineNumber)).toEqual(Array.from({ length: 601 }, (_, index) => index + 1));
  });

  it('IMPORT-04 IMPORT-05 takes the line property from the billing type, and accrues by line property and profile', async () => {
    const desk = await ImportDesk.open(gateway(), { wip: true });
    const chargeable = await desk.world.unbilled({ cost: false });
    const complimentary = await desk.world.unbilled({ cost: false, billingType: BillingType.COMPLIMENTARY });
    await desk.sync();
    await desk.import();
    const lines = new Map((await desk.journalLines()).map((line) => [line.actualId, line]));
    expect([lines.get(chargeable.unbilledId)!.linePropertyId, lines.get(chargeable.unbilledId)!.accruesRevenue]).toEqual(['Charge', true]);
    expect([lines.get(complimentary.unbilledId)!.linePropertyId, lines.get(complimentary.unbilledId)!.accruesRevenue]).toEqual(['Complim', false]);

    const plain = await ImportDesk.open(gateway(), { wip: false });
    await plain.world.unbilled({ cost: false });
    await plain.sync();
    await plain.import();
    expect((await plain.journalLines()).map((line) => line.accruesRevenue)).toEqual([false]);
  });

  it('IMPORT-06 turns 1,000 GBP into 1,250 USD under the fixed-rate agreement of 1.25, and cost stays as it is', async () => {
    const desk = await ImportDesk.open(gateway(), { currency: 'GBP', accountingCurrency: 'USD', exchangeRate: '1.4', fixedRate: '1.25' });
    await desk.world.unbilled({ quantity: '4', price: '250', costPrice: '120' });
    await desk.sync();
    await desk.import();
    const lines = await desk.journalLines();
    expect(lines.map((line) => [line.currencyCode, line.amount.toFixed(), line.exchangeRate.toFixed(), line.accountingAmount.toFixed()]).sort())
      .toEqual([['GBP', '1000', '1.25', '1250'], ['USD', '480', '1', '480']]);
  });

  it('IMPORT-06 rounds to the decimals of the accounting currency', async () => {
    const desk = await ImportDesk.open(gateway(), { currency: 'EUR', accountingCurrency: 'JPY', exchangeRate: '163.275' });
    await desk.world.unbilled({ cost: false, quantity: '1', price: '10.02' });
    await desk.sync();
    await desk.import();
    expect((await desk.journalLines()).map((line) => line.accountingAmount.toFixed())).toEqual(['1636']);
  });

  it('IMPORT-07 leaves a row without exchange rate behind with its reason, takes the others, and takes it once the rate is there', async () => {
    const desk = await ImportDesk.open(gateway(), { currency: 'DKK', accountingCurrency: 'SEK' });
    const { unbilledId, costId } = await desk.world.unbilled();
    await desk.sync();
    expect(await desk.import()).toMatchObject({ journalLineCount: 1, rowsWithErrorsCount: 1 });
    expect((await desk.journalLines()).map((line) => line.actualId)).toEqual([costId]);
    const left = await desk.staged(unbilledId);
    expect([left.isProcessed, left.importErrorCode]).toEqual([false, 'EXCHANGE_RATE_MISSING']);
    expect(left.importError).toBe('No exchange rate of type Default from DKK to SEK is valid on 2026-06-10, and the contract has no fixed-rate agreement for it.');
    expect(await desk.import()).toMatchObject({ journalLineCount: 0, rowsWithErrorsCount: 1, journalIds: [] });
    expect((await desk.staged(unbilledId)).version).toBe(left.version);

    await gateway().database.write((work) => insertRows(work, ExchangeRateEntry, [{
      id: gateway().context.ids.next(), rateType: 'Default', fromCurrency: 'DKK', toCurrency: 'SEK', startDate: '2026-06-10', rate: decimal('1.52'),
    }]));
    expect(await desk.import()).toMatchObject({ journalLineCount: 1, rowsWithErrorsCount: 0 });
    expect(await desk.staged(unbilledId)).toMatchObject({ isProcessed: true, importErrorCode: null, importError: null });
  });

  it('IMPORT-07 IMPORT-04 names a missing line property, category, project and parameters', async () => {
    const messageOf = async (mutilate: (desk: ImportDesk) => Promise<void>) => {
      const desk = await ImportDesk.open(gateway());
      const { unbilledId } = await desk.world.unbilled({ cost: false });
      await desk.sync();
      await mutilate(desk);
      expect(await desk.import()).toMatchObject({ journalLineCount: 0, rowsWithErrorsCount: 1 });
      const { importErrorCode, importError } = await desk.staged(unbilledId);
      expect(importErrorCode).toBe('SETUP_MISSING');
      return importError!.replace(desk.legalEntityId, 'USPM').replace(/PRJ-\d+-TM/, 'PRJ');
    };
    const remove = (table: string) => (desk: ImportDesk) =>
      desk.change(sql`DELETE FROM ${{ texts: [`"${table}"`], values: [] }} WHERE "dataAreaId" = ${desk.legalEntityId}`).then(() => undefined);
    expect(await messageOf(remove('BillingTypeLineProperties'))).toBe('Legal entity USPM has no line property for billing type CHARGEABLE.');
    expect(await messageOf(remove('ProjectCategories'))).toBe('Project category Time does not exist in legal entity USPM.');
    expect(await messageOf(remove('Projects'))).toBe('Project PRJ does not exist in legal entity USPM.');
    expect(await messageOf(remove('ProjectParameters'))).toBe('Legal entity USPM has no project parameters.');
  });

  it('IMPORT-19 leaves a row behind whose accounting amount is too large, and takes the others', async () => {
    const desk = await ImportDesk.open(gateway(), { currency: 'HUF', accountingCurrency: 'BGN', exchangeRate: '900000000' });
    const { unbilledId, costId } = await desk.world.unbilled({ quantity: '8', price: '200' });
    await desk.sync();
    expect(await desk.import()).toMatchObject({ journalLineCount: 1, rowsWithErrorsCount: 1 });
    expect((await desk.journalLines()).map((line) => line.actualId)).toEqual([costId]);
    const { importErrorCode, importError, isProcessed } = await desk.staged(unbilledId);
    expect([importErrorCode, importError, isProcessed]).toEqual([
      'AMOUNT_OUT_OF_RANGE', '1600 HUF at the exchange rate 900000000 is BGN 1440000000000, more than the 900719925474.0991 that can be stored.', false,
    ]);
  });

  it('IMPORT-02 does not mind a closed period: posting checks it', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.changeSetup('FiscalPeriods', sql`"PeriodStatus" = 2`);
    await desk.world.unbilled();
    await desk.sync();
    expect(await desk.import()).toMatchObject({ journalLineCount: 2, rowsWithErrorsCount: 0 });
  });
});

onBothEngines('import from staging: together and again', (gateway) => {
  it('IMPORT-17 imports at the same time make each line, journal and total once', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.changeSetup('ProjectParameters', sql`"MaxLinesPerJournal" = 7`);
    await desk.world.unbilledMany(20);
    await desk.world.milestone();
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    const made = await Promise.all([desk.import(), desk.import(), desk.import()]);
    expect(made.reduce((total, outcome) => total + outcome.journalLineCount, 0)).toBe(40);
    expect(made.reduce((total, outcome) => total + outcome.milestoneCount, 0)).toBe(1);
    const lines = await desk.journalLines();
    expect(new Set(lines.map((line) => line.stagedActualId)).size).toBe(40);
    const journals = await desk.journals();
    expect(journals.every((journal) => lines.some((line) => line.journalId === journal.id))).toBe(true);
    expect(journals.map((journal) => journal.number)).toEqual(journals.map((_, index) => `${desk.legalEntityId}-${String(index + 1).padStart(6, '0')}`));

    await desk.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    const together = await Promise.all([desk.import(), desk.import(), desk.import()]);
    expect(together.reduce((total, outcome) => total + outcome.proposalsWithLinesCount, 0)).toBe(1);
    expect(await desk.linesOf(proformaId)).toHaveLength(21);
    expect((await desk.proposalOf(proformaId)).netAmount.toFixed()).toBe('37000');
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 0, journalLineCount: 0 });
    expect(await desk.linesOf(proformaId)).toHaveLength(21);
  });

  it('IMPORT-18 an import of one proposal takes its milestones, unbilled sales and lines, and leaves the rest', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.milestone();
    const { unbilledId } = await desk.world.unbilled();
    const proformaId = await desk.world.confirmedProforma();
    await desk.world.unbilled();
    await desk.world.milestone({ invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING });
    await desk.sync();
    const proposalId = (await desk.proposalOf(proformaId)).id;
    expect(await desk.import({ proposalId })).toMatchObject({ milestoneCount: 1, journalLineCount: 1, waitingProposalCount: 1 });
    expect((await desk.journalLines()).map((line) => line.actualId)).toEqual([unbilledId]);
    await desk.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    expect(await desk.import({ proposalId })).toMatchObject({ proposalsWithLinesCount: 1, proposalIds: [proposalId] });
    expect(await desk.import()).toMatchObject({ milestoneCount: 1, journalLineCount: 3 });
  });

  it('IMPORT-18 refuses a proposal and a legal entity that do not exist', async () => {
    const desk = await ImportDesk.open(gateway());
    const unknown = gateway().context.ids.next();
    expect(await refusalsOf(desk.import({ proposalId: unknown }))).toMatchObject([{ code: 'NOT_FOUND', key: unknown }]);
    expect(await refusalsOf(desk.import({ legalEntityId: 'NONE' }))).toMatchObject([{ code: 'NOT_FOUND', key: 'NONE' }]);
  });

  it('IMPORT-17 an import is a run that says what it did, and the same idempotency key leads to the same run', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled();
    await desk.sync();
    const input = { legalEntityId: desk.legalEntityId };
    const request = { mutation: 'importFromStaging', input, idempotencyKey: 'import-once' };
    const run = await importFromStaging(gateway().context, input, request);
    await run.finished;
    const stored = await readRun(gateway().database.reader, run.id);
    expect(stored).toMatchObject({ status: RunStatus.SUCCEEDED, outcome: { journalLineCount: 2 } });
    expect(stored!.message).toBe('Made 0 on-account transactions, 2 lines in 1 integration journal, and the lines of 0 proposals; 0 proposals wait, 0 rows could not be taken up.');
    const again = await importFromStaging(gateway().context, input, request);
    expect([again.id, again.isRepeated]).toEqual([run.id, true]);
  });
});
