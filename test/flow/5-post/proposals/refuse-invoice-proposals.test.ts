import {
  CustomerInvoice,
  CustomerInvoiceLine,
  InvoiceProposal,
  InvoiceProposalStatus,
  OnAccountTransaction,
  ProjTransStatus,
  ProjTransType,
} from '../../../../src/entities/finance';
import { postInvoiceProposals } from '../../../../src/flow/5-post/proposals/post-invoice-proposals.command';
import { postingBlockersOf } from '../../../../src/flow/stage/posting-blockers';
import { decimal } from '../../../../src/kernel/decimal';
import { execute, sql } from '../../../../src/stores/session';
import { onBothEngines } from '../../../support/engines';
import { PostingDesk } from '../posting-desk';

onBothEngines('which invoice proposals are posted, under which numbers and dates', (gateway) => {
  const open = (options: Parameters<typeof PostingDesk.open>[1] = {}) => PostingDesk.open(gateway(), options);

  it('POST-08 refuses a proposal without lines, and one that lacks some', async () => {
    const desk = await open();
    const empty = await desk.proposal([]);
    const partial = await desk.proposal([{}], { billedActualCount: 2 });
    expect((await desk.refusalsOf({ proposalIds: [empty] }))[0]![0]).toBe('NO_PROPOSAL_LINES');
    expect((await desk.refusalsOf({ proposalIds: [partial] }))[0]).toEqual([
      'BLOCKED',
      `Invoice proposal ${(await desk.row(InvoiceProposal, partial)).number} has 1 of the 2 lines that the confirmation billed.`,
    ]);
  });

  it('POST-09 refuses a proposal that is invoiced, unknown, or of another version', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}]);
    await desk.posted(proposalId, { expectedVersion: 1 });
    expect((await desk.refusalsOf({ proposalIds: [proposalId] }))[0]![0]).toBe('INVALID_STATE');
    expect((await desk.refusalsOf({ proposalIds: [proposalId], expectedVersion: 1 }))[0]![0]).toBe('CONFLICT');
    expect((await desk.refusalsOf({ proposalIds: ['nowhere'] }))[0]![0]).toBe('NOT_FOUND');
  });

  it('POST-26 a refusal of a proposal that the input names points at its place in the list', async () => {
    const desk = await open();
    const sound = await desk.proposal([{}]);
    const empty = await desk.proposal([]);
    const results = await desk.post({ proposalIds: [sound, empty, 'nowhere'] });
    expect(results.map((result) => result.refusals.map((refusal) => [refusal.code, refusal.path?.join('.')]))).toEqual([
      [],
      [['NO_PROPOSAL_LINES', 'input.proposalIds.1']],
      [['NOT_FOUND', 'input.proposalIds.2']],
    ]);
    const [other] = await desk.post({ proposalIds: [empty], expectedVersion: 9 });
    expect(other!.refusals[0]!.path).toEqual(['input', 'expectedVersion']);
  });

  it('POST-25 refuses what a rate or the sum of the lines makes too large, and posts the others', async () => {
    const desk = await open({ currency: 'HUF', accountingCurrency: 'RON', exchangeRate: '900' });
    const told = await desk.proposal([{ amount: '2000000000' }], { invoiceAmount: decimal('2000000000') });
    const line = await desk.proposal([{ amount: '2000000000' }]);
    const total = await desk.proposal([{ amount: '600000000' }, { amount: '600000000' }]);
    const sound = await desk.proposal([{ amount: '600000000' }]);
    const results = await desk.post({ proposalIds: [told, line, total, sound] });
    const limit = 'more than the 900719925474.0991 that can be stored.';
    expect(results.map((result) => result.refusals.map(({ code, message }) => [code, message]))).toEqual([
      [['AMOUNT_OUT_OF_RANGE', `2000000000 HUF at the exchange rate 900 is RON 1800000000000, ${limit}`]],
      [['AMOUNT_OUT_OF_RANGE', `The amount in accounting currency of line 1 is 1800000000000, ${limit}`]],
      [['AMOUNT_OUT_OF_RANGE', expect.stringContaining(`The total in accounting currency of invoice proposal`)]],
      [],
    ]);
    const [told1] = (await postingBlockersOf(gateway().database.reader, [await desk.row(InvoiceProposal, told)])).get(told)!;
    expect([told1!.code, told1!.nextStep]).toEqual(['AMOUNT_OUT_OF_RANGE', null]);
  });

  it('POST-09 refuses an input that makes no sense', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}]);
    await expect(desk.post({})).rejects.toThrow('either proposals, by id or by number, or allReady');
    await expect(desk.post({ proposalIds: [proposalId], invoiceDate: '2026-02-30' })).rejects.toThrow('is not a date');
    await expect(desk.post({ allReady: true, expectedVersion: 1 })).rejects.toThrow('one proposal at a time');
  });

  it('POST-09 POST-13 lets one of two win that post the same proposal at the same time', async () => {
    const desk = await open({ accountingCurrency: 'NOK', currency: 'NOK' });
    const proposalId = await desk.proposal([{}]);
    const outcomes = (
      await Promise.all([desk.post({ proposalIds: [proposalId] }), desk.post({ proposalIds: [proposalId] })])
    ).flat();
    expect(outcomes.filter((result) => result.outcome !== null)).toHaveLength(1);
    expect(outcomes.find((result) => result.outcome === null)!.refusals[0]!.code).toBe('INVALID_STATE');
    await desk.posted(await desk.proposal([{}]));
    const invoices = await desk.rows(CustomerInvoice, sql`WHERE t."dataAreaId" = 'NOPM' ORDER BY t."ProjInvoiceId"`);
    expect(invoices.map((invoice) => invoice.number)).toEqual(['NOPM-INV-0000001', 'NOPM-INV-0000002']);
  });

  it('POST-13 leaves no gap after a posting that failed when its numbers were taken', async () => {
    const desk = await open({ accountingCurrency: 'DKK', currency: 'DKK' });
    const broken = await desk.proposal([{ journalLineId: (await desk.journal({})).lineIds[0]! }]);
    const sound = await desk.proposal([{}]);
    expect((await desk.refusalsOf({ proposalIds: [broken] }))[0]).toEqual([
      'BLOCKED',
      'Line 1 waits: its unbilled sales are not posted in an integration journal.',
    ]);
    const { next } = gateway().context.ids;
    let given = 0;
    const ids = {
      next: () => {
        given += 1;
        if (given > 5) throw new Error('out of ids');
        return next();
      },
    };
    const input = { proposalIds: [sound] };
    await expect(
      postInvoiceProposals({ ...gateway().context, ids }, input, { mutation: 'postInvoiceProposals', input }),
    ).rejects.toThrow('out of ids');
    expect(await desk.rows(CustomerInvoice, sql`WHERE t."dataAreaId" = 'DKPM'`)).toEqual([]);
    const { invoice } = await desk.posted(sound);
    expect([invoice.number, invoice.voucherNumber]).toEqual(['DKPM-INV-0000001', 'DKPM-PIV-0000001']);
  });

  it('POST-13 gives proposals that are posted at the same time continuous numbers', async () => {
    const desk = await open({ accountingCurrency: 'PLN', currency: 'PLN' });
    const proposals: string[] = [];
    for (let index = 0; index < 5; index += 1) proposals.push(await desk.proposal([{}]));
    await Promise.all(proposals.map((id) => desk.post({ proposalIds: [id] })));
    const invoices = await desk.rows(CustomerInvoice, sql`WHERE t."dataAreaId" = 'PLPM' ORDER BY t."ProjInvoiceId"`);
    expect(invoices.map((invoice) => [Number(invoice.number.slice(-7)), Number(invoice.voucherNumber.slice(-7))])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ]);
  });

  it("POST-10 takes the date asked for, else the proposal's, and refuses a closed period", async () => {
    const desk = await open({ accountingCurrency: 'AUD', currency: 'AUD' });
    await gateway().database.write((work) =>
      execute(
        work,
        sql`UPDATE "FiscalPeriods" SET "PeriodStatus" = 2
      WHERE "dataAreaId" = 'AUPM' AND "StartDate" = '2026-05-01'`,
      ),
    );
    const own = await desk.proposal([{}], { invoiceDate: '2026-06-25' });
    expect(await desk.refusalsOf({ proposalIds: [own], invoiceDate: '2026-05-31' })).toEqual([
      ['PERIOD_CLOSED', 'The fiscal period of 2026-05-31 is not open in AUPM.'],
    ]);
    expect((await desk.posted(own)).invoice.invoiceDate).toBe('2026-06-25');
    expect(
      (await desk.posted(await desk.proposal([{}], { invoiceDate: '2026-06-25' }), { invoiceDate: '2026-06-28' })).invoice
        .invoiceDate,
    ).toBe('2026-06-28');
  });

  it('POST-11 keeps a due date set by hand, and drops it for another invoice date', async () => {
    const desk = await open();
    const kept = await desk.posted(await desk.proposal([{}], { dueDate: '2026-12-24' }));
    const dropped = await desk.posted(await desk.proposal([{}], { dueDate: '2026-12-24' }), { invoiceDate: '2026-06-28' });
    expect([kept.invoice.dueDate, dropped.invoice.dueDate]).toEqual(['2026-12-24', '2026-07-28']);
  });

  it('POST-12 names the missing exchange rate, and the missing set-up', async () => {
    const desk = await open({ currency: 'EUR', accountingCurrency: 'CAD' });
    const rateless = await desk.proposal([{}]);
    expect((await desk.refusalsOf({ proposalIds: [rateless] })).map(([code]) => code)).toEqual(['EXCHANGE_RATE_MISSING']);
    const home = await open({ currency: 'CAD', accountingCurrency: 'CAD' });
    const lost = await home.proposal([{}], { paymentTerms: 'Net99', postingProfile: 'NOPE', customerAccount: 'NOBODY' });
    expect((await desk.refusalsOf({ proposalIds: [lost] })).map(([, message]) => message)).toEqual([
      'Customer NOBODY is not set up in CAPM.',
      'Terms of payment Net99 is not set up in CAPM.',
      'Customer posting profile NOPE is not set up in CAPM.',
    ]);
    await gateway().database.write((work) =>
      execute(work, sql`DELETE FROM "ProjectPostingProfiles" WHERE "dataAreaId" = 'CAPM' AND "PostingType" = 6`),
    );
    const accountless = await home.proposal([{}, {}]);
    expect(await desk.refusalsOf({ proposalIds: [accountless] })).toEqual([
      ['SETUP_MISSING', 'The project posting profile of CAPM has no main account for INVOICED_REVENUE of HOUR of category Time.'],
    ]);
    expect((await home.row(InvoiceProposal, accountless)).status).toBe(InvoiceProposalStatus.OPEN);
  });

  it('POST-20 refuses to bill unbilled sales or a milestone twice', async () => {
    const desk = await open();
    const { lineIds } = await desk.postedJournal({});
    const onAccountTransactionId = await desk.milestone();
    const milestone = { amount: '5000', quantity: '1', classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId };
    const twice = await desk.proposal([{ journalLineId: lineIds[0]! }, { journalLineId: lineIds[0]! }]);
    expect((await desk.refusalsOf({ proposalIds: [twice] }))[0]![1]).toContain('bill the same unbilled sales');
    await desk.posted(await desk.proposal([{ journalLineId: lineIds[0]! }, milestone]));
    const again = await desk.proposal([{ journalLineId: lineIds[0]! }, milestone]);
    expect((await desk.refusalsOf({ proposalIds: [again] })).map(([, message]) => message)).toEqual([
      'Line 1 bills unbilled sales that another invoice line has invoiced already.',
      'Line 2 bills a milestone that another invoice has invoiced already.',
    ]);
  });

  it('POST-20 opens a milestone again when its invoice is reversed', async () => {
    const desk = await open();
    const onAccountTransactionId = await desk.milestone();
    const milestone = { classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId };
    const { invoice } = await desk.posted(await desk.proposal([{ ...milestone, quantity: '1', amount: '5000' }]));
    const [credited] = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    await desk.posted(
      await desk.proposal([{ ...milestone, quantity: '-1', amount: '-5000', creditedInvoiceLineId: credited!.id }]),
    );
    expect((await desk.row(OnAccountTransaction, onAccountTransactionId)).status).toBe(ProjTransStatus.NO_STATUS);
  });

  it('POST-24 gives the same invoice for the same idempotency key', async () => {
    const desk = await open({ accountingCurrency: 'HUF', currency: 'HUF' });
    const ready = await desk.proposal([{}]);
    await desk.proposal([]);
    const input = { allReady: true, legalEntityId: 'HUPM' };
    const first = await desk.post(input, 'key-1');
    expect(first.map((result) => result.id)).toEqual([ready]);
    expect(await desk.post(input, 'key-1')).toEqual(first);
    expect(await desk.rows(CustomerInvoice, sql`WHERE t."dataAreaId" = 'HUPM'`)).toHaveLength(1);
    expect(await desk.post(input, 'key-2')).toEqual([]);
  });
});
