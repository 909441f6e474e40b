import { ExchangeRateConversionFactor, ExchangeRateEntry } from '../../src/entities/finance';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { decimal, sum } from '../../src/kernel/decimal';
import { insertRows } from '../../src/stores/bulk';
import { buildWorld, type WorldOptions } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { MAIN_ACCOUNTS } from '../support/finance-setup';
import { asker } from '../support/process';
import { RetainerDesk } from './retainer-desk';

/** Account, amount in transaction currency, amount in accounting currency. */
type Entry = readonly [account: string, amount: string, accountingAmount: string];

const INVOICE = `query ($number: String!) { proformaInvoice(number: $number) { status customerInvoiceTax totalAmount customerInvoice {
  netAmount taxAmount invoiceAmount accountingInvoiceAmount exchangeRate
  lines { nodes { lineAmount accountingAmount } }
  voucher { ledgerEntries(orderBy: [{ field: MAIN_ACCOUNT_ID }, { field: AMOUNT }]) { nodes { mainAccountId amount accountingAmount } } }
} } }`;

const { customerBalance, invoicedRevenue, invoicedRevenueOnAccount, wipSalesValue, accruedRevenue, exchangeRateDifference, salesTaxPayable } =
  MAIN_ACCOUNTS;

onBothEngines('a retainer through finance, by queries only', (gateway) => {
  beforeAll(() => ensureTableMaps(gateway().context));

  const open = async (options: WorldOptions = {}) => new RetainerDesk(asker(gateway()), await buildWorld(gateway(), options));

  /** Settles a confirmed proforma in finance, and reads what it became. */
  async function settled(desk: RetainerDesk, number: string, posting: object = {}) {
    const { process } = desk;
    await process.sync();
    await process.importFromStaging();
    await process.postJournals();
    await process.importFromStaging();
    await process.postProposals({ proposalNumbers: [number], ...posting });
    await process.sync();
    const { proformaInvoice } = await desk.ask(INVOICE, { number });
    const { voucher, ...invoice } = proformaInvoice.customerInvoice;
    const entries: Entry[] = voucher.ledgerEntries.nodes.map((entry: Record<string, string>) => [
      entry.mainAccountId, entry.amount, entry.accountingAmount,
    ]);
    return { proformaInvoice, invoice, entries };
  }

  it('RETAINER-12 is customer against on-account revenue, and its deduction takes that back', async () => {
    const desk = await open();
    const retainer = await desk.ready('1000');
    const advance = await desk.draft();
    await desk.confirm(advance);
    const billed = await settled(desk, advance.number);
    expect(billed.entries).toEqual([[customerBalance, '1000', '1000'], [invoicedRevenueOnAccount, '-1000', '-1000']]);
    expect(billed.proformaInvoice).toMatchObject({ status: 'POSTED' });

    await desk.world.unbilled();
    const later = await desk.draft();
    await desk.confirm(later);
    const { invoice, entries } = await settled(desk, later.number);
    expect(invoice).toMatchObject({ netAmount: '600', invoiceAmount: '600' });
    expect(entries).toEqual([
      [customerBalance, '600', '600'],
      [wipSalesValue, '-1600', '-1600'],
      [invoicedRevenue, '-1600', '-1600'],
      [invoicedRevenueOnAccount, '1000', '1000'],
      [accruedRevenue, '1600', '1600'],
    ]);
    const { retainer: read } = await desk.ask(`query ($id: ID!) { retainer(id: $id) { actuals(filter: { transactionType: { eq: BILLED_SALES } },
      orderBy: [{ field: AMOUNT, direction: DESC }]) { nodes { amount accountingAmount voucherNumber proposalLine { origin } customerInvoiceLine { origin } } } } }`, { id: retainer.id });
    expect(read.actuals.nodes).toEqual([
      { amount: '1000', accountingAmount: '1000', voucherNumber: expect.any(String), proposalLine: { origin: 'PREPAYMENT' }, customerInvoiceLine: { origin: 'PREPAYMENT' } },
      { amount: '-1000', accountingAmount: '-1000', voucherNumber: expect.any(String), proposalLine: { origin: 'DEDUCTION' }, customerInvoiceLine: { origin: 'DEDUCTION' } },
    ]);
  });

  it('RETAINER-13 is released at the amount at which it stands in the books, the rest is an exchange rate difference', async () => {
    const desk = await open({ currency: 'GBP', exchangeRate: '1.25' });
    await gateway().database.write((work) => insertRows(work, ExchangeRateEntry, [{
      id: gateway().context.ids.next(), rateType: 'Default', fromCurrency: 'GBP', toCurrency: 'USD', startDate: '2026-07-15',
      rate: decimal('1.3'), conversionFactor: ExchangeRateConversionFactor.ONE,
    }]));
    await desk.ready('100.01');
    const advance = await desk.draft();
    await desk.confirm(advance);
    expect((await settled(desk, advance.number)).entries).toEqual([[customerBalance, '100.01', '125.01'], [invoicedRevenueOnAccount, '-100.01', '-125.01']]);

    await desk.world.unbilled({ quantity: '1', price: '33.34' });
    const second = await desk.draft();
    await desk.confirm(second);
    const part = await settled(desk, second.number, { invoiceDate: '2026-07-31' });
    // 33.34 of 100.01 release 41.67 of 125.01; at 1.3 the customer is credited 43.34.
    expect(part.entries).toEqual([
      [wipSalesValue, '-33.34', '-41.68'],
      [invoicedRevenue, '-33.34', '-43.34'],
      [invoicedRevenueOnAccount, '33.34', '41.67'],
      [accruedRevenue, '33.34', '41.68'],
      [exchangeRateDifference, '0', '1.67'],
    ]);
    await desk.world.unbilled({ quantity: '1', price: '100' });
    const third = await desk.draft();
    await desk.confirm(third);
    const rest = await settled(desk, third.number, { invoiceDate: '2026-07-31' });
    expect(rest.entries).toEqual([
      [customerBalance, '33.33', '43.33'],
      [wipSalesValue, '-100', '-125'],
      [invoicedRevenue, '-100', '-130'],
      [invoicedRevenueOnAccount, '66.67', '83.34'],
      [accruedRevenue, '100', '125'],
      [exchangeRateDifference, '0', '3.33'],
    ]);
  });

  it('RETAINER-14 is not deducted in finance before its own invoice is posted there', async () => {
    const desk = await open();
    const retainer = await desk.ready('1000');
    const advance = await desk.draft();
    await desk.confirm(advance);
    await desk.world.unbilled();
    const later = await desk.draft();
    await desk.confirm(later);
    await desk.process.sync();
    await desk.process.importFromStaging();
    await desk.process.postJournals();
    await desk.process.importFromStaging();
    const blockersOf = async (number: string) => (await desk.ask(`query ($number: String!) { proformaInvoice(number: $number) { stage
      blockers { code message nextStep recordIds } } }`, { number })).proformaInvoice;
    expect(await blockersOf(later.number)).toEqual({ stage: 'AWAITING_POSTING', blockers: [{
      code: 'RETAINER_NOT_INVOICED', nextStep: 'postInvoiceProposals', recordIds: [retainer.id],
      message: `The proposal deducts a retainer that finance has not invoiced: it waits for invoice proposal ${advance.number} to be posted.`,
    }] });
    const answer = await desk.ask(`mutation ($number: String!) { postInvoiceProposals(input: { proposalNumbers: [$number] }) {
      results { errors { code message } } } }`, { number: later.number });
    expect(answer.postInvoiceProposals.results[0].errors).toMatchObject([{ code: 'BLOCKED', message: expect.stringContaining('retainer') }]);
    await desk.process.postProposals({ proposalNumbers: [advance.number] });
    expect((await blockersOf(later.number)).blockers).toMatchObject([{ code: 'NOT_POSTED' }]);
    await desk.process.postProposals({ allReady: true });
    const { proformaInvoice } = await desk.ask(INVOICE, { number: later.number });
    expect(proformaInvoice.customerInvoice).toMatchObject({ netAmount: '600' });
  });

  it('RETAINER-14 is invoiced first in a batch, whatever the numbers of the proposals', async () => {
    const desk = await open();
    await desk.world.unbilled();
    const deducting = await desk.draft();
    await desk.ready('1000');
    const advance = await desk.draft();
    await desk.confirm(advance);
    const refresh = { proformaInvoiceId: deducting.id };
    expect(await desk.refused('refreshProformaInvoice', refresh, 'proformaInvoice { id }')).toEqual([]);
    await desk.confirm(deducting);
    await desk.process.sync();
    await desk.process.importFromStaging();
    await desk.process.postJournals();
    await desk.process.importFromStaging();
    await desk.process.postProposals({ allReady: true });
    const { proformaInvoice } = await desk.ask(INVOICE, { number: deducting.number });
    expect(proformaInvoice.customerInvoice).toMatchObject({ netAmount: '600' });
  });

  it('RETAINER-12 holds under a fixed rate, in yen, and with sales tax on the retainer and on its deduction', async () => {
    const fixed = await open({ currency: 'GBP', fixedRate: '1.2' });
    await fixed.ready('1000');
    const advance = await fixed.draft();
    await fixed.confirm(advance);
    expect((await settled(fixed, advance.number)).entries).toEqual([[customerBalance, '1000', '1200'], [invoicedRevenueOnAccount, '-1000', '-1200']]);
    await fixed.world.unbilled({ quantity: '2', price: '200' });
    const later = await fixed.draft();
    await fixed.confirm(later);
    expect((await settled(fixed, later.number)).entries).toEqual([
      [wipSalesValue, '-400', '-480'], [invoicedRevenue, '-400', '-480'], [invoicedRevenueOnAccount, '400', '480'], [accruedRevenue, '400', '480'],
    ]);

    const yen = await open({ currency: 'JPY', accountingCurrency: 'JPY', taxRatePercent: '10' });
    await yen.ready('1005', { tax: '101' });
    const inYen = await yen.draft();
    expect(inYen.totalAmount).toBe('1106');
    await yen.confirm(inYen);
    expect((await settled(yen, inYen.number)).entries).toEqual([
      [customerBalance, '1106', '1106'], [salesTaxPayable, '-101', '-101'], [invoicedRevenueOnAccount, '-1005', '-1005'],
    ]);
    await yen.world.unbilled({ quantity: '1', price: '400', tax: '40' });
    const part = await yen.draft();
    // 101 x 400 / 1005 = 40.2: the deduction's share of the estimate.
    expect([part.totalAmount, part.tax]).toEqual(['0', '0']);
    await yen.confirm(part);
    expect((await settled(yen, part.number)).entries).toEqual([
      [wipSalesValue, '-400', '-400'], [invoicedRevenue, '-400', '-400'], [invoicedRevenueOnAccount, '400', '400'], [accruedRevenue, '400', '400'],
    ]);
  });

  it('RETAINER-20 three deductions give back the sales tax of the retainer to the cent, though each rounds it by itself', async () => {
    const desk = await open({ taxRatePercent: '8.5' });
    await desk.ready('100', { tax: '8.50' });
    const advance = await desk.draft();
    await desk.confirm(advance);
    const taxOf = (entries: readonly (readonly unknown[])[]) => entries.filter(([account]) => account === salesTaxPayable).map(([, amount]) => amount);
    expect(taxOf((await settled(desk, advance.number)).entries)).toEqual(['-8.5']);
    const left: string[] = [];
    for (const price of ['33.35', '33.35', '33.30']) {
      await desk.world.unbilled({ quantity: '1', price });
      const part = await desk.draft();
      await desk.confirm(part);
      await settled(desk, part.number);
      const { proformaInvoice } = await desk.ask(INVOICE, { number: part.number });
      left.push(proformaInvoice.customerInvoice.taxAmount);
    }
    // The work is taxed 2.83 three times; given back are 2.83, 2.84 (half of the 5.67 that are left) and the 2.83 that remain.
    expect(left.reduce((sum, amount) => sum.plus(amount), decimal(0)).toFixed()).toBe('-0.01');
  });

  it('RETAINER-12 a refund is a credit to the customer against the on-account revenue', async () => {
    const desk = await open();
    const { id } = await desk.ready('1000');
    const advance = await desk.draft();
    await desk.confirm(advance);
    await settled(desk, advance.number);
    await desk.retainer('markRetainerReadyToRefund', { retainerId: id, amount: '250' });
    const refund = await desk.draft();
    await desk.confirm(refund);
    const { entries, proformaInvoice } = await settled(desk, refund.number);
    expect(entries).toEqual([[customerBalance, '-250', '-250'], [invoicedRevenueOnAccount, '250', '250']]);
    expect(proformaInvoice.status).toBe('POSTED');
  });

  it('RETAINER-13 is used in three thirds that do not divide, at a rate that moves, and leaves nothing in either currency', async () => {
    const desk = await open({ currency: 'KWD', exchangeRate: '3.1' });
    const rateFrom = (startDate: string, rate: string) => gateway().database.write((work) => insertRows(work, ExchangeRateEntry, [{
      id: gateway().context.ids.next(), rateType: 'Default', fromCurrency: 'KWD', toCurrency: 'USD', startDate, rate: decimal(rate),
      conversionFactor: ExchangeRateConversionFactor.ONE,
    }]));
    await rateFrom('2026-07-05', '3.333');
    await rateFrom('2026-07-15', '2.917');
    await rateFrom('2026-07-25', '3.0001');
    const retainer = await desk.ready('100');
    const advance = await desk.draft();
    await desk.confirm(advance);
    const onAccount = [(await settled(desk, advance.number)).entries.find(([account]) => account === invoicedRevenueOnAccount)!];
    const differences: string[] = [];
    for (const [price, invoiceDate] of [['33.333', '2026-07-10'], ['33.333', '2026-07-20'], ['33.334', '2026-07-30']] as const) {
      await desk.world.unbilled({ quantity: '1', price });
      const part = await desk.draft();
      await desk.confirm(part);
      const { entries } = await settled(desk, part.number, { invoiceDate });
      onAccount.push(entries.find(([account]) => account === invoicedRevenueOnAccount)!);
      differences.push(...entries.flatMap(([account, , accounting]) => (account === exchangeRateDifference ? [accounting] : [])));
      expect(sum(entries.map(([, , accounting]) => decimal(accounting))).isZero()).toBe(true);
    }
    // 310 in three parts: 103.33, 103.33 and the 103.34 that are left; the customer is credited 111.10, 97.23 and 100.01.
    expect(onAccount).toEqual([
      [invoicedRevenueOnAccount, '-100', '-310'], [invoicedRevenueOnAccount, '33.333', '103.33'],
      [invoicedRevenueOnAccount, '33.333', '103.33'], [invoicedRevenueOnAccount, '33.334', '103.34'],
    ]);
    expect(differences).toEqual(['7.77', '-6.1', '-3.33']);
    expect(await desk.read(retainer.id)).toMatchObject({ usedAmount: '100', availableAmount: '0' });
  });
});
