import { CustomerInvoiceLine, LedgerEntry, PostingType, ProjTransType } from '../../../../src/entities/finance';
import { execute, sql } from '../../../../src/stores/session';
import { globalIdOf } from '../../../../src/stores/reading/global-id';
import { ask } from '../../../support/api';
import { onBothEngines } from '../../../support/engines';
import { PostingDesk } from '../posting-desk';

onBothEngines('financial dimensions of customer invoices', (gateway) => {
  const change = (statement: ReturnType<typeof sql>) => gateway().database.write((work) => execute(work, statement));
  /** Posts a proposal; its ledger as posting type, amount and dimensions. */
  const posted = async (desk: PostingDesk, proposalId: string) => {
    const { invoice } = await desk.posted(proposalId);
    const entries = await desk.rows(LedgerEntry, sql`WHERE t."GeneralJournalEntry" = ${invoice.voucherId} ORDER BY t."gw_linenumber"`);
    const lines = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${invoice.id} ORDER BY t."LineNumber"`);
    return {
      ledger: entries.map((entry) => [PostingType[entry.postingType], entry.amount.toFixed(), entry.defaultDimension]),
      lineIds: lines.map((line) => line.id),
    };
  };

  it('POST-28 posts revenue under the dimensions of the journal lines, and credits it under the same', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'BGN', currency: 'BGN' });
    const { lineIds: [north, south] } = await desk.postedJournal({ accrues: false }, { accrues: false, amount: '300' });
    const dimension = (id: string, value: string) => change(sql`UPDATE "ProjAdvancedJournalLine" SET "DefaultDimension" = ${value} WHERE "gw_id" = ${id}`);
    await dimension(north!, '001-North');
    await dimension(south!, '002-South');
    const { ledger, lineIds } = await posted(desk, await desk.proposal([{ journalLineId: north! }, { journalLineId: south!, amount: '300' }]));
    expect(ledger).toEqual([
      ['CUSTOMER_BALANCE', '1300', null], ['INVOICED_REVENUE', '-1000', '001-North'], ['INVOICED_REVENUE', '-300', '002-South'],
    ]);
    const credit = await desk.proposal([{ amount: '-300', quantity: '-4', creditedInvoiceLineId: lineIds[1]! }]);
    expect((await posted(desk, credit)).ledger).toEqual([['CUSTOMER_BALANCE', '-300', null], ['INVOICED_REVENUE', '300', '002-South']]);
  });

  it('POST-28 posts a milestone under the dimensions of its contract line, else of its project, and credits it under the same', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'HUF', currency: 'HUF' });
    const { lines, projects } = desk.world.facts;
    await change(sql`UPDATE "Projects" SET "DefaultDimension" = 'PROJECT' WHERE "ProjectId" = ${projects.fixedPrice.number}`);
    const bill = async () => {
      const onAccountTransactionId = await desk.milestone();
      return posted(desk, await desk.proposal([{
        amount: '5000', quantity: '1', classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId, contractLineId: lines.fixedPrice,
        projectId: projects.fixedPrice.number,
      }]));
    };
    expect((await bill()).ledger[1]).toEqual(['INVOICED_REVENUE_ON_ACCOUNT', '-5000', 'PROJECT']);
    await change(sql`UPDATE "ProjectContractLines" SET "DefaultDimension" = 'LINE' WHERE "ContractLineId" = ${lines.fixedPrice}`);
    const { ledger, lineIds } = await bill();
    expect(ledger[1]).toEqual(['INVOICED_REVENUE_ON_ACCOUNT', '-5000', 'LINE']);
    await change(sql`UPDATE "ProjectContractLines" SET "DefaultDimension" = 'OTHER' WHERE "ContractLineId" = ${lines.fixedPrice}`);
    const credit = await desk.proposal([{
      amount: '-5000', quantity: '-1', classification: ProjTransType.ON_ACCOUNT, creditedInvoiceLineId: lineIds[0]!, contractLineId: lines.fixedPrice,
    }]);
    expect((await posted(desk, credit)).ledger[1]).toEqual(['INVOICED_REVENUE_ON_ACCOUNT', '5000', 'LINE']);
  });

  it('PROPOSAL-08 posts the customer balance under the dimensions of the header, and the preview shows them', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'ISK', currency: 'ISK' });
    const proposalId = await desk.proposal([{}], { defaultDimension: '-022-' });
    const { invoiceProposal } = await ask(gateway(), `query ($id: ID!) { invoiceProposal(id: $id) { postingPreview {
      invoice { ledgerEntries { postingType defaultDimension } } } } }`, { id: globalIdOf('InvoiceProposal', proposalId) });
    expect(invoiceProposal.postingPreview.invoice.ledgerEntries[0]).toEqual({ postingType: 'CUSTOMER_BALANCE', defaultDimension: '-022-' });
    expect((await posted(desk, proposalId)).ledger).toEqual([['CUSTOMER_BALANCE', '1000', '-022-'], ['INVOICED_REVENUE', '-1000', null]]);
  });
});
