import fc from 'fast-check';
import { ExchangeRateConversionFactor, ExchangeRateEntry, ProjBillingType, ProjTransType } from '../../../../src/entities/finance';
import { decimal } from '../../../../src/kernel/decimal';
import { CHUNK_ROWS, insertRows } from '../../../../src/stores/bulk';
import { globalIdOf } from '../../../../src/stores/reading/global-id';
import { execute, sql } from '../../../../src/stores/session';
import { ask, send } from '../../../support/api';
import { onBothEngines } from '../../../support/engines';
import { ERRORS, Process } from '../../../support/process';
import { PostingDesk, type ProposalLineGiven } from '../posting-desk';

const AMOUNTS = 'netAmount taxAmount invoiceAmount accountingInvoiceAmount';
const TERMS = 'invoiceDate dueDate paymentTerms postingProfile currencyCode exchangeRate accountingCurrencyCode';
const TAX = 'taxCode ratePercent baseAmount taxAmount accountingTaxAmount';

const PREVIEW = `query ($id: ID!, $invoiceDate: LocalDate, $firstLines: Int! = 500, $afterLine: Int! = 0) {
  invoiceProposal(id: $id) { version postingPreview(invoiceDate: $invoiceDate, firstLines: $firstLines, afterLine: $afterLine) {
    invoice {
      ${TERMS} ${AMOUNTS} lineCount hasMoreLines
      lines { lineNumber lineAmount taxAmount accountingAmount taxes { ${TAX} } proposalLine { lineNumber quantity } }
      taxes { ${TAX} }
      ledgerEntries { postingType mainAccountId mainAccountName currencyCode amount accountingAmount text }
    }
    ${ERRORS}
  } }
}`;

const POSTED = `query ($id: ID!) { invoiceProposal(id: $id) { customerInvoice {
  ${TERMS} ${AMOUNTS}
  lines(first: 500) { nodes { lineNumber lineAmount taxAmount accountingAmount taxTransactions { nodes { ${TAX} } } proposalLine { lineNumber quantity } } }
  voucher { ledgerEntries { nodes { postingType mainAccountId mainAccount { name } currencyCode amount accountingAmount text } } }
} } }`;

interface Line { readonly taxes: readonly { readonly taxCode: string; readonly taxAmount: string }[] }

onBothEngines('previewing the posting of a proposal', (gateway) => {
  const idOf = (proposalId: string) => globalIdOf('InvoiceProposal', proposalId);
  const preview = async (proposalId: string, variables: object = {}) => {
    const { invoiceProposal } = await ask(gateway(), PREVIEW, { id: idOf(proposalId), ...variables });
    return invoiceProposal.postingPreview;
  };
  /** The posted invoice in the shape of a preview, but for its number. */
  const posted = async (proposalId: string) => {
    const { customerInvoice } = (await ask(gateway(), POSTED, { id: idOf(proposalId) })).invoiceProposal;
    const { voucher, lines, ...rest } = customerInvoice;
    return {
      ...rest,
      lines: lines.nodes.map(({ taxTransactions, ...line }: { taxTransactions: { nodes: object[] } }) => ({ ...line, taxes: taxTransactions.nodes })),
      ledgerEntries: voucher.ledgerEntries.nodes.map(({ mainAccount, ...entry }: { mainAccount: { name: string }; postingType: string }) => ({
        ...entry, mainAccountName: mainAccount.name, ...(entry.postingType === 'CUSTOMER_BALANCE' && { text: 'Pro forma' }),
      })),
    };
  };
  const post = (proposalId: string, input: object = {}) => new Process(gateway()).postProposals({ proposalIds: [idOf(proposalId)], ...input });
  const rowsOf = async () => ask(gateway(), '{ customerInvoices { totalCount } vouchers { totalCount } projectTransactions { totalCount } }');

  it('PROPOSAL-01 shows header, lines, tax and ledger entries as posting writes them, and changes nothing', async () => {
    const desk = await PostingDesk.open(gateway(), { currency: 'GBP', fixedRate: '1.30', taxRatePercent: '20' });
    const { lineIds } = await desk.postedJournal({ rate: '1.25' }, { rate: '1.20', amount: '33.33' });
    const onAccountTransactionId = await desk.milestone('5000');
    const proposalId = await desk.proposal([
      { journalLineId: lineIds[0]! },
      { journalLineId: lineIds[1]!, amount: '33.33' },
      { classification: ProjTransType.ON_ACCOUNT, quantity: '1', amount: '5000', onAccountTransactionId, salesTaxGroup: null },
    ]);
    const before = await rowsOf();
    const { invoice, errors } = await preview(proposalId);
    expect(errors).toEqual([]);
    expect(invoice).toMatchObject({
      invoiceDate: '2026-06-20', dueDate: '2026-07-20', paymentTerms: 'Net30', currencyCode: 'GBP', exchangeRate: '1.3', accountingCurrencyCode: 'USD',
      netAmount: '6033.33', taxAmount: '206.67', invoiceAmount: '6240', lineCount: 3, hasMoreLines: false,
      taxes: [{ taxCode: 'VAT20', ratePercent: '20', baseAmount: '1033.33', taxAmount: '206.67', accountingTaxAmount: '268.67' }],
    });
    expect(invoice.ledgerEntries[0]).toEqual({
      postingType: 'CUSTOMER_BALANCE', mainAccountId: '130100', mainAccountName: 'customerBalance', currencyCode: 'GBP', amount: '6240',
      accountingAmount: '8112', text: 'Pro forma',
    });
    expect(await rowsOf()).toEqual(before);
    await post(proposalId);
    const { taxes, lineCount, hasMoreLines, ...shown } = invoice;
    expect([taxes.length, lineCount, hasMoreLines]).toEqual([1, 3, false]);
    expect(shown).toEqual(await posted(proposalId));
  });

  it('PROPOSAL-01 equals posting for generated proposals, at the date that is asked for', async () => {
    const desk = await PostingDesk.open(gateway(), { currency: 'GBP', exchangeRate: '1.2345', taxRatePercent: '7.5' });
    const line: fc.Arbitrary<ProposalLineGiven & { rate: string; hasPartner: boolean }> = fc.record({
      amount: fc.integer({ min: 1, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)),
      rate: fc.integer({ min: 1, max: 30_000 }).map((value) => (value / 10_000).toFixed(4)),
      hasPartner: fc.boolean(),
      billingType: fc.constantFrom(ProjBillingType.CHARGEABLE, ProjBillingType.NON_CHARGEABLE),
    });
    await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom(null, '2026-07-03'), async (given, invoiceDate) => {
      const partners = given.filter((one) => one.hasPartner);
      const lineIds = partners.length === 0 ? [] : (await desk.postedJournal(...partners.map(({ amount, rate }) => ({ amount: amount!, rate })))).lineIds;
      const proposalId = await desk.proposal(given.map(({ rate: _rate, hasPartner, ...one }) => ({ ...one, journalLineId: hasPartner ? lineIds.shift()! : null })));
      const asked = invoiceDate ? { invoiceDate } : {};
      const { invoice } = await preview(proposalId, asked);
      await post(proposalId, asked);
      const { taxes, lineCount, hasMoreLines: _more, ...shown } = invoice;
      const written = await posted(proposalId);
      expect(shown).toEqual(written);
      expect(lineCount).toBe(given.length);
      const lineTaxes = (written.lines as Line[]).flatMap((one) => one.taxes);
      expect(taxes.map((tax: { taxCode: string }) => tax.taxCode)).toEqual([...new Set(lineTaxes.map((tax) => tax.taxCode))]);
    }), { seed: 20_260_630, numRuns: 8 });
  });

  it('PROPOSAL-02 says why posting would be refused, in the words of posting', async () => {
    const desk = await PostingDesk.open(gateway(), { accountingCurrency: 'CHF', currency: 'CHF' });
    const bare = await desk.proposal([]);
    expect((await preview(bare)).errors.map((error: { code: string }) => error.code)).toEqual(['NO_PROPOSAL_LINES']);
    const { lineIds } = await desk.journal({});
    const waiting = await desk.proposal([{ journalLineId: lineIds[0]! }]);
    await gateway().database.write((work) => execute(work, sql`UPDATE "FiscalPeriods" SET "PeriodStatus" = 2
      WHERE "dataAreaId" = ${desk.legalEntityId} AND "StartDate" = '2026-08-01'`));
    for (const invoiceDate of [null, '2026-08-15']) {
      const asked = invoiceDate ? { invoiceDate } : {};
      const { invoice, errors } = await preview(waiting, asked);
      expect(invoice).toBeNull();
      expect(errors.map(({ code, message }: { code: string; message: string }) => [code, message]))
        .toEqual(await desk.refusalsOf({ proposalIds: [waiting], ...asked }));
    }
    const done = await desk.proposal([{}]);
    await post(done);
    expect((await preview(done)).errors).toMatchObject([{ __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'INVOICED' }]);
  });

  it('PROPOSAL-03 lists the lines of a long invoice in parts, and totals all of them', async () => {
    const desk = await PostingDesk.open(gateway());
    const proposalId = await desk.proposal(Array.from({ length: 520 }, () => ({ amount: '10' })));
    const first = (await preview(proposalId, { firstLines: 2 })).invoice;
    expect(first).toMatchObject({ lineCount: 520, netAmount: '5200', hasMoreLines: true });
    expect(first.lines.map((line: { lineNumber: number }) => line.lineNumber)).toEqual([1, 2]);
    expect(first.ledgerEntries).toHaveLength(2);
    const last = (await preview(proposalId, { firstLines: 3, afterLine: 517 })).invoice;
    expect([last.lines.length, last.hasMoreLines, last.netAmount]).toEqual([3, false, '5200']);
    const wrong = await send(gateway(), PREVIEW, { id: idOf(proposalId), firstLines: 501 });
    expect(wrong.errors).toMatchObject([{ message: 'firstLines is 0 to 500, not 501.', extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('PROPOSAL-03 twenty are previewed in one request, however it asks for them', async () => {
    const desk = await PostingDesk.open(gateway());
    const id = idOf(await desk.proposal([{ amount: '10' }]));
    const previews = (count: number) => send(gateway(), `query ($id: ID!) { invoiceProposal(id: $id) {
      ${Array.from({ length: count }, (_, index) => `preview${index}: postingPreview(firstLines: ${index}) { invoice { netAmount } }`).join(' ')}
    } }`, { id });
    const allowed = await previews(20);
    expect([allowed.errors, allowed.data.invoiceProposal.preview19.invoice.netAmount]).toEqual([[], '10']);
    const { errors } = await previews(21);
    expect(errors).toMatchObject([{ message: expect.stringContaining('20'), extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT' } }]);
  });

  it('PROPOSAL-01 RETAINER-13 deducts a retainer in two chunks of one invoice as posting does, to the cent', async () => {
    const desk = await PostingDesk.open(gateway(), { currency: 'GBP', accountingCurrency: 'SEK', exchangeRate: '1.25' });
    const { context } = gateway();
    await gateway().database.write((work) => insertRows(work, ExchangeRateEntry, [{
      id: context.ids.next(), rateType: 'Default', fromCurrency: 'GBP', toCurrency: 'SEK', startDate: '2026-07-15', rate: decimal('1.3'),
      conversionFactor: ExchangeRateConversionFactor.ONE,
    }]));
    const retainerId = context.ids.next();
    const onAccount = (amount: string): ProposalLineGiven =>
      ({ classification: ProjTransType.ON_ACCOUNT, quantity: amount.startsWith('-') ? '-1' : '1', amount, retainerId });
    const work = Array.from({ length: CHUNK_ROWS }, (): ProposalLineGiven => ({ amount: '10' }));
    await desk.posted(await desk.proposal([onAccount('100.01')]));

    const tooMuch = await desk.proposal([onAccount('-33.34'), ...work, onAccount('-66.68')]);
    const refused = (await preview(tooMuch)).errors.map(({ code, message }: { code: string; message: string }) => [code, message]);
    expect(refused).toEqual([['BLOCKED', 'Line 502 waits: it deducts 66.68 of a retainer of which 66.67 are invoiced and left.']]);
    expect(await desk.refusalsOf({ proposalIds: [tooMuch] })).toEqual(refused);

    const proposalId = await desk.proposal([onAccount('-33.34'), ...work, onAccount('-66.67')]);
    const asked = { invoiceDate: '2026-07-20' };
    const { lineCount: _count, taxes: _taxes, hasMoreLines: _more, ...shown } = (await preview(proposalId, asked)).invoice;
    await post(proposalId, asked);
    expect(shown).toEqual(await posted(proposalId));
    const released = shown.ledgerEntries.find((entry: { postingType: string }) => entry.postingType === 'INVOICED_REVENUE_ON_ACCOUNT');
    expect([released.amount, released.accountingAmount]).toEqual(['100.01', '125.01']);
  });

  it('PROPOSAL-02 POST-20 sees that two lines bill the same unbilled sales or the same milestone', async () => {
    const desk = await PostingDesk.open(gateway());
    const { lineIds } = await desk.postedJournal({});
    const onAccountTransactionId = await desk.milestone();
    const milestone = { amount: '5000', quantity: '1', classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId };
    const far = Array.from({ length: CHUNK_ROWS }, (): ProposalLineGiven => ({ amount: '10' }));
    for (const twice of [[{ journalLineId: lineIds[0]! }, ...far, { journalLineId: lineIds[0]! }], [milestone, milestone]]) {
      const proposalId = await desk.proposal(twice);
      const refused = [['BLOCKED', 'Two lines of the proposal bill the same unbilled sales or the same milestone.']];
      expect((await preview(proposalId)).errors.map(({ code, message }: { code: string; message: string }) => [code, message])).toEqual(refused);
      expect(await desk.refusalsOf({ proposalIds: [proposalId] })).toEqual(refused);
    }
  });
});
