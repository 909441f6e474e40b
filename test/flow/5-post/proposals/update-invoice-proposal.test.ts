import { InvoiceProposal, InvoiceProposalLine, ProjTransType } from '../../../../src/entities/finance';
import { Refused } from '../../../../src/kernel/refusal';
import { postInvoiceProposals } from '../../../../src/flow/5-post/proposals/post-invoice-proposals.command';
import { updateInvoiceProposal, type UpdateInvoiceProposalInput } from '../../../../src/flow/5-post/proposals/update-invoice-proposal.command';
import { execute, sql } from '../../../../src/stores/session';
import { onBothEngines } from '../../../support/engines';
import { PostingDesk } from '../posting-desk';

onBothEngines('updating an invoice proposal', (gateway) => {
  const open = (options: Parameters<typeof PostingDesk.open>[1] = {}) => PostingDesk.open(gateway(), options);

  function update(input: UpdateInvoiceProposalInput, idempotencyKey?: string) {
    return updateInvoiceProposal(gateway().context, input, { mutation: 'updateInvoiceProposal', input, idempotencyKey });
  }

  async function refusalsOf(input: UpdateInvoiceProposalInput): Promise<[string, string | undefined][]> {
    try {
      await update(input);
    } catch (error) {
      if (error instanceof Refused) return error.refusals.map((refusal) => [refusal.code, refusal.path?.join('.')]);
      throw error;
    }
    return [];
  }

  const linesOf = (desk: PostingDesk, proposalId: string) =>
    desk.rows(InvoiceProposalLine, sql`WHERE t."gw_projproposaljour" = ${proposalId} ORDER BY t."LineNumber"`);
  const totalsOf = ({ netAmount, taxAmount, invoiceAmount }: InvoiceProposal) =>
    [netAmount, taxAmount, invoiceAmount].map(String);

  it('POST-22 changes dates, terms, profile and dimension of an open proposal, and leaves what is not given', async () => {
    const desk = await open();
    await gateway().database.write((work) => execute(work, sql`UPDATE "ProjectParameters" SET "AllowInvoiceHeaderDimensions" = 1`));
    const proposalId = await desk.proposal([{}], { paymentTerms: 'Net30' });
    expect(await update({ proposalId, dueDate: '2026-09-01', postingProfile: 'GEN', defaultDimension: '-022-' })).toEqual({
      proposalId,
    });
    const proposal = await desk.row(InvoiceProposal, proposalId);
    expect([
      proposal.dueDate,
      proposal.postingProfile,
      proposal.defaultDimension,
      proposal.paymentTerms,
      proposal.version,
    ]).toEqual(['2026-09-01', 'GEN', '-022-', 'Net30', 2]);
  });

  it('POST-22 changes nothing when the values are those that it has', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}], { paymentTerms: 'Net30' });
    await update({ proposalId, paymentTerms: 'Net30', dueDate: null });
    expect((await desk.row(InvoiceProposal, proposalId)).version).toBe(1);
  });

  it('POST-22 refuses values that are not set up, all of them at once', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}]);
    expect(
      await refusalsOf({ proposalId, salesTaxGroup: 'X', paymentTerms: 'X', postingProfile: 'X', dueDate: '2026-06-19' }),
    ).toEqual([
      ['INVALID_INPUT', 'input.dueDate'],
      ['INVALID_INPUT', 'input.salesTaxGroup'],
      ['INVALID_INPUT', 'input.paymentTerms'],
      ['INVALID_INPUT', 'input.postingProfile'],
    ]);
    expect(await refusalsOf({ proposalId, invoiceDate: '30.06.2026', dueDate: '2026-13-01' })).toEqual([
      ['INVALID_INPUT', 'input.invoiceDate'],
      ['INVALID_INPUT', 'input.dueDate'],
    ]);
    expect((await desk.row(InvoiceProposal, proposalId)).version).toBe(1);
  });

  it('POST-22 refuses a proposal that is posted, unknown, or of another version', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}]);
    expect(await refusalsOf({ proposalId, expectedVersion: 7, dueDate: '2026-09-01' })).toEqual([
      ['CONFLICT', 'input.expectedVersion'],
    ]);
    const input = { proposalIds: [proposalId] };
    await postInvoiceProposals(gateway().context, input, { mutation: 'postInvoiceProposals', input });
    expect((await refusalsOf({ proposalId, dueDate: '2026-09-01' }))[0]![0]).toBe('INVALID_STATE');
    expect((await refusalsOf({ proposalId: 'nowhere' }))[0]![0]).toBe('NOT_FOUND');
  });

  it('POST-23 gives another sales tax group to every line, and null gives each line its default again', async () => {
    const desk = await open({ taxRatePercent: '20' });
    const proposalId = await desk.proposal([{ amount: '100.03', salesTaxGroup: null }, { amount: '200' }]);
    await update({ proposalId, salesTaxGroup: 'VAT20' });
    expect(totalsOf(await desk.row(InvoiceProposal, proposalId))).toEqual(['300.03', '60.01', '360.04']);
    expect((await linesOf(desk, proposalId)).map((line) => [line.salesTaxGroup, line.taxAmount.toFixed(), line.version])).toEqual(
      [
        ['VAT20', '20.01', 2],
        ['VAT20', '40', 2],
      ],
    );
    await update({ proposalId, salesTaxGroup: null });
    expect((await linesOf(desk, proposalId)).map((line) => line.salesTaxGroup)).toEqual(['VAT20', 'VAT20']);
    expect(totalsOf(await desk.row(InvoiceProposal, proposalId))).toEqual(['300.03', '60.01', '360.04']);
  });

  it('POST-23 without a group of its own, lines default by the set-up, on-account lines by their transaction', async () => {
    const desk = await open({ taxRatePercent: '20' });
    const onAccountTransactionId = await desk.milestone('5000');
    const onAccount = { classification: ProjTransType.ON_ACCOUNT, quantity: '1', amount: '5000', onAccountTransactionId };
    const proposalId = await desk.proposal([{ amount: '100' }, onAccount], { salesTaxGroup: 'OTHER' });
    await update({ proposalId, salesTaxGroup: 'VAT20' });
    expect(totalsOf(await desk.row(InvoiceProposal, proposalId))).toEqual(['5100', '1020', '6120']);
    await update({ proposalId, salesTaxGroup: null });
    expect((await linesOf(desk, proposalId)).map((line) => [line.salesTaxGroup, line.taxAmount.toFixed()])).toEqual([
      ['VAT20', '20'],
      [null, '0'],
    ]);
    expect(totalsOf(await desk.row(InvoiceProposal, proposalId))).toEqual(['5100', '20', '5120']);
  });

  it('POST-25 refuses an edit that makes the total too large', async () => {
    const desk = await open({ taxRatePercent: '20' });
    const proposalId = await desk.proposal([{ amount: '800000000000', salesTaxGroup: null }]);
    expect(await refusalsOf({ proposalId, salesTaxGroup: 'VAT20' })).toEqual([['AMOUNT_OUT_OF_RANGE', undefined]]);
  });

  it("POST-23 computes the tax at another invoice date with the rate valid then, keeps the lines' own groups, and drops the due date", async () => {
    const desk = await open({ accountingCurrency: 'SEK', currency: 'SEK', taxRatePercent: '25' });
    await gateway().database.write((work) =>
      execute(
        work,
        sql`INSERT INTO "SalesTaxCodeValues"
      ("gw_id", "dataAreaId", "TaxCode", "FromDate", "Rate") VALUES ('later', 'SEPM', 'VAT25', '2026-07-01', '6')`,
      ),
    );
    const proposalId = await desk.proposal([{ amount: '100' }, { amount: '50', salesTaxGroup: null }], { dueDate: '2026-12-24' });
    await update({ proposalId, invoiceDate: '2026-07-02' });
    const proposal = await desk.row(InvoiceProposal, proposalId);
    expect([proposal.invoiceDate, proposal.dueDate, ...totalsOf(proposal)]).toEqual(['2026-07-02', null, '150', '6', '156']);
    await update({ proposalId, invoiceDate: '2026-06-20', dueDate: '2026-06-30' });
    expect([
      (await desk.row(InvoiceProposal, proposalId)).dueDate,
      ...totalsOf(await desk.row(InvoiceProposal, proposalId)),
    ]).toEqual(['2026-06-30', '150', '25', '175']);
  });

  it('POST-23 refuses an invoice date at which a tax code has no rate', async () => {
    const desk = await open({ taxRatePercent: '20' });
    const proposalId = await desk.proposal([{}]);
    expect((await refusalsOf({ proposalId, invoiceDate: '2019-01-01' }))[0]![0]).toBe('SETUP_MISSING');
    expect((await desk.row(InvoiceProposal, proposalId)).invoiceDate).toBeNull();
  });

  it('POST-24 changes a proposal once under the same idempotency key', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}]);
    const input = { proposalId, dueDate: '2026-09-01' };
    expect(await update(input, 'key-1')).toEqual({ proposalId });
    await update({ proposalId, dueDate: '2026-10-01' });
    expect(await update(input, 'key-1')).toEqual({ proposalId });
    expect((await desk.row(InvoiceProposal, proposalId)).dueDate).toBe('2026-10-01');
  });
});
