import { BillingType, TransactionClassification } from '../../../src/entities/dataverse';
import { CustomerInvoiceLine, IntegrationJournalLineStatus, ProjCdsTransType, ProjTransStatus, ProjTransType, StagedActual } from '../../../src/entities/finance';
import { reviseProformaInvoice } from '../../../src/flow/1-bill/corrections/revise-proforma-invoice.command';
import { confirmProformaInvoice } from '../../../src/flow/2-confirm/confirm-proforma-invoice.command';
import { postIntegrationJournals } from '../../../src/flow/5-post/journals/post-integration-journals.command';
import { postInvoiceProposals } from '../../../src/flow/5-post/proposals/post-invoice-proposals.command';
import { updateInvoiceProposal } from '../../../src/flow/5-post/proposals/update-invoice-proposal.command';
import { stageAndBlockersOfProformas } from '../../../src/flow/stage/stage-and-blockers';
import { sum } from '../../../src/kernel/decimal';
import { sql } from '../../../src/stores/session';
import { onBothEngines, TEST_NOW } from '../../support/engines';
import { run } from '../../support/flow-commands';
import { ImportDesk } from './import-desk';

const { TIME, EXPENSE, MATERIAL, FEE } = TransactionClassification;

onBothEngines('import from staging: proposal lines', (gateway) => {
  it('IMPORT-08 IMPORT-09 IMPORT-12 makes all lines when all unbilled sales are posted, none before', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(3, { quantity: '8', price: '200' });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1, proposalIds: [] });
    await desk.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    await desk.change(sql`UPDATE "ProjAdvancedJournalLine" SET "Status" = ${IntegrationJournalLineStatus.DRAFT} WHERE "gw_id" =
      (SELECT MAX("gw_id") FROM "ProjAdvancedJournalLine" WHERE "dataAreaId" = ${desk.legalEntityId} AND "TransType" = ${ProjCdsTransType.SALES})`);
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    expect(await desk.linesOf(proformaId)).toEqual([]);

    await desk.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    const proposal = await desk.proposalOf(proformaId);
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 0, proposalIds: [proposal.id] });
    const lines = await desk.linesOf(proformaId);
    const unbilledLines = (await desk.journalLines()).filter((line) => line.transactionType === ProjCdsTransType.SALES);
    expect(lines.map((line) => line.lineNumber)).toEqual([1, 2, 3]);
    expect(lines.map((line) => line.journalLineId).sort()).toEqual(unbilledLines.map((line) => line.id).sort());
    const done = await desk.proposalOf(proformaId);
    expect([done.hasLines, done.netAmount.toFixed(), done.taxAmount.toFixed(), done.invoiceAmount.toFixed(), done.version])
      .toEqual([true, '4800', '0', '4800', proposal.version + 1]);
    const staged = await desk.rows(StagedActual, sql`WHERE t."InvoiceId" = ${proposal.number}`);
    expect(staged.map((row) => row.isProcessed)).toEqual([true, true, true]);
  });

  it('IMPORT-08 makes no lines while a billed actual is missing, or another one is there', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(2);
    const proformaId = await desk.readyProforma();
    const { number } = await desk.proposalOf(proformaId);
    const away = (from: string, to: string) => desk.change(sql`UPDATE "ProjCDSActualsImport" SET "InvoiceId" = ${to} WHERE "gw_id" =
      (SELECT MIN("gw_id") FROM "ProjCDSActualsImport" WHERE "InvoiceId" = ${from})`);
    await away(number, `${number}-away`);
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    await away(`${number}-away`, number);

    const swap = (from: string, to: string) => desk.change(sql`UPDATE "ProjProposalJour" SET "HashedListOfBillableSalesActualIds" = ${to}
      WHERE "ProposalId" = ${number} AND "HashedListOfBillableSalesActualIds" = ${from}`);
    const { billedActualChecksum } = await desk.proposalOf(proformaId);
    await swap(billedActualChecksum, 'another');
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
    await swap('another', billedActualChecksum);
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 0 });
  });

  it('IMPORT-11 bills a milestone as soon as its on-account transaction exists, and holds it', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '10' });
    await desk.world.milestone({ amount: '5000' });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    expect(await desk.import()).toMatchObject({ milestoneCount: 1, proposalsWithLinesCount: 1, waitingProposalCount: 0 });
    const [transaction] = await desk.onAccount();
    const [line] = await desk.linesOf(proformaId);
    expect([line!.onAccountTransactionId, line!.journalLineId, line!.classification]).toEqual([transaction!.id, null, ProjTransType.ON_ACCOUNT]);
    expect([line!.lineAmount.toFixed(), line!.taxAmount.toFixed()]).toEqual(['5000', '500']);
    expect(transaction!.status).toBe(ProjTransStatus.INVOICE_PROPOSAL);
  });

  it('IMPORT-16 takes the tax groups that the accountant gave the on-account transaction', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '10' });
    await desk.world.milestone({ amount: '5000' });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync('actuals', 'connections', 'milestones');
    await desk.import();
    await desk.change(sql`UPDATE "ProjOnAccTrans" SET "TaxGroupId" = NULL WHERE "dataAreaId" = ${desk.legalEntityId}`);
    await desk.sync();
    await desk.import();
    expect((await desk.linesOf(proformaId)).map((line) => [line.salesTaxGroup, line.itemSalesTaxGroup, line.taxAmount.toFixed()]))
      .toEqual([[null, 'FULL', '0']]);
  });

  it('IMPORT-20 gives every line the sales tax group that the proposal has already', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '10' });
    await desk.world.milestone({ amount: '5000' });
    await desk.world.unbilled({ quantity: '1', price: '100' });
    const proformaId = await desk.readyProforma();
    await desk.change(sql`INSERT INTO "SalesTaxGroups" ("gw_id", "dataAreaId", "TaxGroupCode") VALUES (${gateway().context.ids.next()}, ${desk.legalEntityId}, 'EXEMPT')`);
    const input = { proposalId: (await desk.proposalOf(proformaId)).id, salesTaxGroup: 'EXEMPT' };
    await updateInvoiceProposal(gateway().context, input, { mutation: 'updateInvoiceProposal', input });
    await desk.import();
    expect((await desk.linesOf(proformaId)).map((line) => [line.salesTaxGroup, line.taxAmount.toFixed()])).toEqual([['EXEMPT', '0'], ['EXEMPT', '0']]);
    expect((await desk.proposalOf(proformaId)).invoiceAmount.toFixed()).toBe('5100');
  });

  it('IMPORT-19 a proposal whose total is too large waits, and the others get their lines', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(2, { cost: false, quantity: '1', price: '400000000000' });
    const proformaId = await desk.readyProforma();
    const { number } = await desk.proposalOf(proformaId);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = 8000000000000000 WHERE "InvoiceId" = ${number}`);
    await desk.world.unbilled();
    const other = await desk.readyProforma();
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 1 });
    expect([await desk.linesOf(proformaId), (await desk.linesOf(other)).length]).toEqual([[], 1]);
    const { blockers } = (await stageAndBlockersOfProformas(gateway().database.reader, [proformaId], TEST_NOW)).get(proformaId)!;
    expect(blockers.map((blocker) => [blocker.code, blocker.nextStep, blocker.message])).toEqual([[
      'AMOUNT_OUT_OF_RANGE', null, 'The net amount of the proposal is 1600000000000, more than the 900719925474.0991 that can be stored.',
    ]]);
  });

  it('IMPORT-11 bills a manual fixed-price row and a retainer at once', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.milestone({ amount: '5000' });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync('invoices', 'actuals');
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "gw_milestoneid" = NULL, "TransactionClassification" = ${ProjTransType.HOUR}
      WHERE "InvoiceId" = ${(await desk.proposalOf(proformaId)).number}`);
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1 });

    const retainer = await ImportDesk.open(gateway());
    await retainer.world.milestone({ amount: '1000' });
    const second = await retainer.world.confirmedProforma();
    await retainer.sync('invoices', 'actuals');
    await retainer.change(sql`UPDATE "ProjCDSActualsImport" SET "gw_milestoneid" = NULL, "ContractLineId" = NULL
      WHERE "InvoiceId" = ${(await retainer.proposalOf(second)).number}`);
    expect(await retainer.import()).toMatchObject({ proposalsWithLinesCount: 1 });
  });

  it('IMPORT-10 CORRECT-16 credits a line once the invoice of its original is posted, not before', async () => {
    const desk = await ImportDesk.open(gateway());
    const { context } = gateway();
    await desk.world.unbilled();
    const originalId = await desk.world.confirmedProforma();
    const { proformaInvoiceId: creditId } = await run(reviseProformaInvoice, context, { proformaInvoiceId: originalId });
    await run(confirmProformaInvoice, context, { proformaInvoiceId: creditId });
    await desk.sync();
    await desk.import();
    await run(postIntegrationJournals, context, { allDraft: true, legalEntityId: desk.legalEntityId });
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 1 });
    const standing = await stageAndBlockersOfProformas(gateway().database.reader, [creditId], TEST_NOW);
    expect(standing.get(creditId)!.blockers.map((blocker) => [blocker.code, blocker.message])).toEqual([
      ['ORIGINAL_NOT_INVOICED', '1 credit waits for the customer invoice of its original.'],
    ]);
    await run(postInvoiceProposals, context, { proposalIds: [(await desk.proposalOf(originalId)).id] });
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1, waitingProposalCount: 0 });
    const [original] = await desk.linesOf(originalId);
    const [invoiced] = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projproposaltrans" = ${original!.id}`);
    expect((await desk.linesOf(creditId)).map((line) => [line.lineAmount.toFixed(), line.journalLineId, line.creditedInvoiceLineId]))
      .toEqual([['-1600', null, invoiced!.id]]);
    expect((await desk.proposalOf(creditId)).invoiceAmount.toFixed()).toBe('-1600');
  });

  it('IMPORT-13 IMPORT-12 gives a proposal of nothing but complimentary work its lines, at zero', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '20' });
    await desk.world.unbilled({ billingType: BillingType.COMPLIMENTARY });
    await desk.world.unbilled({ billingType: BillingType.NON_CHARGEABLE });
    const proformaId = await desk.readyProforma();
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 1 });
    expect((await desk.linesOf(proformaId)).map((line) => [line.lineAmount.toFixed(), line.taxAmount.toFixed(), line.quantity.toFixed()]))
      .toEqual([['0', '0', '8'], ['0', '0', '8']]);
    expect((await desk.proposalOf(proformaId)).invoiceAmount.toFixed()).toBe('0');
  });

  it('IMPORT-14 IMPORT-15 IMPORT-16 taxes time, expense, material and fee line by line, and sums to the cent', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '7.25' });
    for (const classification of [TIME, EXPENSE, MATERIAL, FEE] as const) {
      await desk.world.unbilled({ classification, quantity: '1', price: '33.33' });
    }
    const proformaId = await desk.readyProforma();
    await desk.import();
    const lines = await desk.linesOf(proformaId);
    // 33.33 at 7.25 % is 2.416425: 2.42 a line, 9.68 in all, where the sum taxed at once would be 9.67.
    expect(lines.map((line) => [line.salesTaxGroup, line.itemSalesTaxGroup, line.taxAmount.toFixed()]))
      .toEqual(Array.from({ length: 4 }, () => ['VAT7.25', 'FULL', '2.42']));
    const { netAmount, taxAmount, invoiceAmount } = await desk.proposalOf(proformaId);
    expect([netAmount.toFixed(), taxAmount.toFixed(), invoiceAmount.toFixed()]).toEqual(['133.32', '9.68', '143']);
    expect(sum(lines.map((line) => line.lineAmount)).toFixed()).toBe(netAmount.toFixed());
  });

  it('IMPORT-14 takes the tax rate that is valid at the invoice date', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '20' });
    await desk.world.unbilled({ quantity: '1', price: '100' });
    const proformaId = await desk.readyProforma();
    await desk.change(sql`UPDATE "SalesTaxCodeValues" SET "ToDate" = '2026-06-30' WHERE "dataAreaId" = ${desk.legalEntityId}`);
    await desk.change(sql`INSERT INTO "SalesTaxCodeValues" ("gw_id", "dataAreaId", "TaxCode", "FromDate", "Rate")
      VALUES (${gateway().context.ids.next()}, ${desk.legalEntityId}, 'VAT20', '2026-07-01', '22')`);
    await desk.change(sql`UPDATE "ProjProposalJour" SET "InvoiceDate" = '2026-07-01' WHERE "gw_invoiceid" = ${proformaId}`);
    await desk.import();
    expect((await desk.linesOf(proformaId)).map((line) => line.taxAmount.toFixed())).toEqual(['22']);
  });

  it('IMPORT-12 goes over more lines than one chunk, and the totals are the sum of the lines', async () => {
    const desk = await ImportDesk.open(gateway(), { taxRatePercent: '19' });
    await desk.world.unbilledMany(501, (index) => ({ cost: false, quantity: '1', price: `${10 + index}.37` }));
    const proformaId = await desk.readyProforma();
    await desk.import();
    const lines = await desk.linesOf(proformaId);
    const proposal = await desk.proposalOf(proformaId);
    expect(lines).toHaveLength(501);
    expect(lines.map((line) => line.lineNumber)).toEqual(Array.from({ length: 501 }, (_, index) => index + 1));
    expect(proposal.netAmount.toFixed()).toBe(sum(lines.map((line) => line.lineAmount)).toFixed());
    expect(proposal.taxAmount.toFixed()).toBe(sum(lines.map((line) => line.taxAmount)).toFixed());
  });
});
