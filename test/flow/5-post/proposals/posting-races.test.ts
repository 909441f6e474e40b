import type { CommandContext } from '../../../../src/context';
import { CustomerInvoice, InvoiceProposal, InvoiceProposalLine, InvoiceProposalStatus, LedgerEntry } from '../../../../src/entities/finance';
import { deleteInvoiceProposalLines } from '../../../../src/flow/5-post/proposals/delete-invoice-proposal-lines.command';
import { postInvoiceProposals } from '../../../../src/flow/5-post/proposals/post-invoice-proposals.command';
import { updateInvoiceProposalLines } from '../../../../src/flow/5-post/proposals/update-invoice-proposal-lines.command';
import { refuseAny, Refused } from '../../../../src/kernel/refusal';
import { sum } from '../../../../src/kernel/decimal';
import { sql } from '../../../../src/stores/session';
import { Database } from '../../../../src/stores/unit-of-work';
import { onBothEngines } from '../../../support/engines';
import { run } from '../../../support/flow-commands';
import { balances, PostingDesk } from '../posting-desk';

const ROUNDS = 6;

onBothEngines('postings of two processes on one database', (gateway) => {
  let second: Database;
  beforeAll(async () => {
    second = await Database.open(gateway().location);
  });
  afterAll(() => second.close());
  const other = (): CommandContext => ({ ...gateway().context, database: second });

  const codeOf = (outcome: PromiseSettledResult<unknown>): string => {
    if (outcome.status === 'fulfilled') return 'done';
    if (outcome.reason instanceof Refused) return outcome.reason.refusals[0]!.code;
    throw outcome.reason;
  };
  /** Posts one proposal, as the plural command does, but throws its refusals. */
  const post = async (context: CommandContext, proposalId: string, expectedVersion: number | null = null) => {
    const [result] = await run(postInvoiceProposals, context, { proposalIds: [proposalId], expectedVersion });
    refuseAny(result!.refusals);
  };
  const invoicesOf = (desk: PostingDesk) => desk.rows(CustomerInvoice, sql`WHERE t."dataAreaId" = ${desk.legalEntityId} ORDER BY t."ProjInvoiceId"`);

  /** Every invoice of a legal entity once, its number and voucher without a gap, and its ledger in balance. */
  async function expectWhole(desk: PostingDesk, proposalIds: readonly string[]): Promise<void> {
    const invoices = await invoicesOf(desk);
    expect(invoices.map((invoice) => invoice.proposalId).sort()).toEqual([...proposalIds].sort());
    for (const numbers of [invoices.map((invoice) => invoice.number), invoices.map((invoice) => invoice.voucherNumber)]) {
      const counted = numbers.map((number) => Number(/(\d+)$/.exec(number)![1])).sort((a, b) => a - b);
      expect(counted).toEqual(counted.map((_, index) => index + 1));
    }
    expect(balances(await desk.rows(LedgerEntry, sql`WHERE t."dataAreaId" = ${desk.legalEntityId}`))).toBe(true);
  }

  it('PROPOSAL-10 POST-13 batches of two processes post every proposal once, with numbers without a gap', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'NZD', currency: 'NZD', taxRatePercent: '7.5' });
    const ids: string[] = [];
    for (let index = 0; index < 8; index += 1) ids.push(await desk.proposal([{ amount: '33.33' }, { amount: '66.67' }]));
    const input = { allReady: true, legalEntityId: desk.legalEntityId };
    const batches = await Promise.all([gateway().context, other()].map((context) => run(postInvoiceProposals, context, input)));
    expect(batches.flat().flatMap((result) => result.refusals)).toEqual([]);
    expect(batches.flat().map((result) => result.id).sort()).toEqual([...ids].sort());
    await expectWhole(desk, ids);
  });

  it('POST-09 PROPOSAL-06 of posting and deleting the lines one wins, and the other is told', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'AUD', currency: 'AUD' });
    const invoiced: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await desk.proposal([{}, {}, {}]);
      const steps = [() => post(gateway().context, id), () => run(deleteInvoiceProposalLines, other(), { proposalId: id })];
      const started = (round % 2 === 0 ? steps : [...steps].reverse()).map((step) => step());
      const [posted, deleted] = (await Promise.allSettled(round % 2 === 0 ? started : [...started].reverse())).map(codeOf);
      expect([['done', 'INVALID_STATE'], ['NO_PROPOSAL_LINES', 'done']]).toContainEqual([posted, deleted]);
      const proposal = await desk.row(InvoiceProposal, id);
      const lines = await desk.rows(InvoiceProposalLine, sql`WHERE t."gw_projproposaljour" = ${id}`);
      const isPosted = posted === 'done';
      expect([proposal.status, proposal.hasLines, lines.length, proposal.netAmount.toFixed()])
        .toEqual(isPosted ? [InvoiceProposalStatus.INVOICED, true, 3, '3000'] : [InvoiceProposalStatus.OPEN, false, 0, '0']);
      if (isPosted) invoiced.push(id);
    }
    await expectWhole(desk, invoiced);
  });

  it('POST-09 PROPOSAL-04 posting that meets an edit of the lines invoices the lines before it or after it, never between', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'ZAR', currency: 'ZAR', taxRatePercent: '10' });
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await desk.proposal([{}, {}]);
      ids.push(id);
      const { version } = await desk.row(InvoiceProposal, id);
      const isAsked = round % 2 === 0;
      const edit = { proposalId: id, expectedVersion: version, lines: [{ lineNumber: 1, salesTaxGroup: null }, { lineNumber: 2, salesTaxGroup: null }] };
      const [edited, posted] = (await Promise.allSettled([
        run(updateInvoiceProposalLines, other(), edit), post(gateway().context, id, isAsked ? version : null),
      ])).map(codeOf);
      expect(isAsked ? [['done', 'CONFLICT'], ['CONFLICT', 'done']] : [['done', 'done'], ['CONFLICT', 'done']]).toContainEqual([edited, posted]);
      if (posted !== 'done') await post(gateway().context, id);
      const [invoice] = await desk.rows(CustomerInvoice, sql`WHERE t."gw_projproposaljour" = ${id}`);
      const lines = await desk.rows(InvoiceProposalLine, sql`WHERE t."gw_projproposaljour" = ${id}`);
      expect(invoice!.taxAmount.toFixed()).toBe(edited === 'done' ? '0' : '200');
      expect(sum(lines.map((line) => line.taxAmount)).toFixed()).toBe(invoice!.taxAmount.toFixed());
    }
    await expectWhole(desk, ids);
  });
});
