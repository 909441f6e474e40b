import { BillingType, TransactionClassification } from '../../../src/entities/dataverse';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { send } from '../../support/api';
import { buildWorld } from '../../support/builders';
import { onBothEngines } from '../../support/engines';
import { Process } from '../../support/process';
import { factsOf, fetched, fetchedCsv, linkOf, printed, totalsOf } from './document-desk';

onBothEngines('documents before an invoice is posted', (gateway) => {
  it('DOCUMENT-08 a proforma and its open proposal are marked, and have no invoice number', async () => {
    await ensureTableMaps(gateway().context);
    const world = await buildWorld(gateway(), { taxRatePercent: '10' });
    await world.unbilledMany(2, (index) => ({ price: '100', quantity: '2', tax: '20', billingType: index === 0 ? BillingType.CHARGEABLE : BillingType.COMPLIMENTARY }));
    await world.unbilled({ classification: TransactionClassification.EXPENSE, price: '50', quantity: '1' });
    const proformaId = await world.confirmedProforma();
    const process = new Process(gateway());
    await process.sync();
    await process.importFromStaging();
    await process.postJournals();
    await process.importFromStaging();
    const proforma = await printed(gateway(), 'ProformaInvoice', proformaId);
    expect(proforma.document).toMatchObject({ title: 'Pro forma invoice', mark: 'PRO FORMA' });
    expect(proforma.rows.map((row) => row.cells.slice(3))).toEqual([
      ['2', '100.00', '200.00', '20.00'], ['2', '100.00', 'no charge', ''], ['1', '50.00', '50.00', '0.00'],
    ]);
    expect(totalsOf(proforma)).toEqual({ 'Net amount': '250.00', 'Sales tax (estimate)': '20.00', 'Total USD': '270.00' });

    const number = factsOf(proforma).Proforma!;
    const { data } = await send(gateway(), 'query ($number: String!) { invoiceProposal(number: $number) { id } }', { number });
    const proposalId = Buffer.from(data.invoiceProposal.id, 'base64url').toString().split(':')[1]!;
    const proposal = await printed(gateway(), 'InvoiceProposal', proposalId);
    expect(proposal.document).toMatchObject({ title: 'Pro forma invoice', mark: 'PRO FORMA' });
    expect(factsOf(proposal)).toMatchObject({ 'Invoice proposal': number, 'Terms of payment': '30 days' });
    expect(factsOf(proposal).Number).toBeUndefined();
    expect(proposal.document.taxes.rows).toEqual([['Sales tax 10 %', '10 %', '250.00', '25.00']]);
    expect(totalsOf(proposal)).toEqual({ 'Net amount': '250.00', 'Sales tax': '25.00', 'Total USD': '275.00' });
    expect((await fetched(gateway(), (await linkOf(gateway(), 'invoiceProposal', number)).url)).fileName).toBe(`proforma-${number}.pdf`);
    expect((await fetchedCsv(gateway(), 'proformaInvoice', number)).map((row) => [row.Amount, row.Charged])).toEqual([['200', 'Yes'], ['0', 'No'], ['50', 'Yes']]);
  });
});
