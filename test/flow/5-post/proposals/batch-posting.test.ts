import { CustomerInvoice, InvoiceProposal, NetCurrent, ProjectParameters } from '../../../../src/entities/finance';
import { dueDateOf } from '../../../../src/flow/5-post/proposals/due-date.rules';
import { postEach } from '../../../../src/flow/5-post/post-each';
import { updateInvoiceProposal } from '../../../../src/flow/5-post/proposals/update-invoice-proposal.command';
import { selectReadyProposalIds } from '../../../../src/stores/finance/proposal.store';
import { execute, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { onBothEngines } from '../../../support/engines';
import { refusalsOf, run } from '../../../support/flow-commands';
import { globalIdOf } from '../../../../src/stores/reading/global-id';
import { PostingDesk } from '../posting-desk';

onBothEngines('posting proposals in a batch', (gateway) => {
  const change = (statement: ReturnType<typeof sql>) => gateway().database.write((work) => execute(work, statement));

  it('PROPOSAL-09 takes what is ready by legal entity, customer, contract and invoice date', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'CZK', currency: 'CZK' });
    const [early, late, other] = [await desk.proposal([{}], { accountingDate: '2026-06-01' }), await desk.proposal([{}], { invoiceDate: '2026-06-25' }), await desk.proposal([{}], { contractId: 'C-OTHER' })];
    const { legalEntityId } = desk;
    const ready = (filter: object) => selectReadyProposalIds(gateway().database.reader, { legalEntityId, ...filter }, 10);
    expect(await ready({})).toEqual([early, late, other]);
    expect(await ready({ invoiceDateUpTo: '2026-06-24' })).toEqual([early, other]);
    expect(await ready({ contractId: 'C-OTHER' })).toEqual([other]);
    expect(await ready({ customerAccount: 'NOBODY' })).toEqual([]);
    const results = await desk.post({ allReady: true, legalEntityId, invoiceDateUpTo: '2026-06-24', customerAccount: desk.world.facts.customers[0]!.accountNumber });
    expect(results.map((result) => [result.id, result.outcome !== null])).toEqual([[early, true], [other, results[1]!.outcome !== null]]);
    await expect(desk.post({ proposalIds: [late], customerAccount: 'X' })).rejects.toThrow('narrows allReady');
  });

  it('PROPOSAL-09 takes proposals that become ready while it runs, and goes on past refused ones', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'PLN', currency: 'PLN' });
    const bad = await desk.proposal([{}], { currencyCode: 'XXX' });
    const first = await desk.proposal([{}]);
    const waiting = await desk.proposal([{}], { hasLines: false });
    const posted: string[] = [];
    const results = await postEach(
      gateway().context, { mutation: 'test', input: {} }, { field: 'ids', ids: null },
      { select: (session) => selectReadyProposalIds(session, { legalEntityId: desk.legalEntityId }, 10), lateUpTo: 10 },
      async (work, id) => {
        posted.push(id);
        if (id === first) await execute(work, sql`UPDATE "ProjProposalJour" SET "gw_haslines" = true WHERE "gw_id" = ${waiting}`);
        return id;
      },
    );
    expect(posted).toEqual([bad, first, waiting]);
    expect(results.map((result) => result.outcome)).toEqual([bad, first, waiting]);
    const batch = await desk.post({ allReady: true, legalEntityId: desk.legalEntityId });
    expect(batch.map((result) => [result.id, result.refusals.length === 0])).toEqual([[bad, false], [first, true], [waiting, true]]);
  });

  it('PROPOSAL-10 posts every proposal once when batches run at the same time', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'NOK', currency: 'NOK' });
    const ids = [await desk.proposal([{}, {}]), await desk.proposal([{}]), await desk.proposal([{}])];
    const input = { allReady: true, legalEntityId: desk.legalEntityId };
    const batches = await Promise.all([desk.post(input), desk.post(input), desk.post(input)]);
    expect(batches.flat().flatMap((result) => result.refusals)).toEqual([]);
    expect(batches.flat().map((result) => result.id).sort()).toEqual([...ids].sort());
    expect((await desk.rows(CustomerInvoice, sql`WHERE t."dataAreaId" = ${desk.legalEntityId}`)).map((invoice) => invoice.proposalId).sort()).toEqual([...ids].sort());
  });

  it('PROPOSAL-11 holds the invoices of a customer on hold back, and says so beforehand', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'DKK', currency: 'DKK' });
    const proposalId = await desk.proposal([{}]);
    const { accountNumber } = desk.world.facts.customers[0]!;
    const hold = (status: number) => change(sql`UPDATE "CustomersV3" SET "OnHoldStatus" = ${status} WHERE "dataAreaId" = ${desk.legalEntityId}`);
    await hold(2);
    const refused = [['CUSTOMER_ON_HOLD', `Customer ${accountNumber} is on hold in ${desk.legalEntityId} (all).`]];
    expect(await desk.refusalsOf({ proposalIds: [proposalId] })).toEqual(refused);
    const { invoiceProposal } = await ask(gateway(), 'query ($id: ID!) { invoiceProposal(id: $id) { blockers { code message } postingPreview { errors { code message } } } }', { id: globalIdOf('InvoiceProposal', proposalId) });
    for (const said of [invoiceProposal.blockers, invoiceProposal.postingPreview.errors]) {
      expect(said.map(({ code, message }: { code: string; message: string }) => [code, message])).toEqual(refused);
    }
    await hold(3);
    await desk.posted(proposalId);
  });

  it('PROPOSAL-08 takes header dimensions only where the project parameters allow them', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'RON', currency: 'RON' });
    const proposalId = await desk.proposal([{}]);
    const attempt = () => run(updateInvoiceProposal, gateway().context, { proposalId, defaultDimension: '-022-' });
    expect((await refusalsOf(attempt())).map(({ code, path }) => [code, path])).toEqual([['INVALID_INPUT', ['input', 'defaultDimension']]]);
    expect(await desk.rows(ProjectParameters, sql`WHERE t."dataAreaId" = ${desk.legalEntityId}`)).toHaveLength(1);
    await change(sql`UPDATE "ProjectParameters" SET "AllowInvoiceHeaderDimensions" = 1 WHERE "dataAreaId" = ${desk.legalEntityId}`);
    await attempt();
    expect((await desk.row(InvoiceProposal, proposalId)).defaultDimension).toBe('-022-');
  });
});

describe('terms of payment', () => {
  it('PROPOSAL-12 count from the invoice date or the end of its week, month, quarter or year', () => {
    const due = (method: NetCurrent, invoiceDate: string) => dueDateOf(invoiceDate, { method, months: 0, days: 10 });
    expect(due(NetCurrent.NET, '2026-02-10')).toBe('2026-02-20');
    expect(due(NetCurrent.CURRENT_MONTH, '2026-02-10')).toBe('2026-03-10');
    expect(due(NetCurrent.CURRENT_QUARTER, '2026-02-10')).toBe('2026-04-10');
    expect(due(NetCurrent.CURRENT_QUARTER, '2026-12-31')).toBe('2027-01-10');
    expect(due(NetCurrent.CURRENT_YEAR, '2026-02-10')).toBe('2027-01-10');
    expect([due(NetCurrent.CURRENT_WEEK, '2026-06-24'), due(NetCurrent.CURRENT_WEEK, '2026-06-28')]).toEqual(['2026-07-08', '2026-07-08']);
    expect(due(NetCurrent.COD, '2026-02-10')).toBe('2026-02-10');
  });
});
