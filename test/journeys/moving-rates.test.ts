import { ExchangeRateConversionFactor, ExchangeRateEntry } from '../../src/entities/finance';
import { decimal } from '../../src/kernel/decimal';
import { insertRows } from '../../src/stores/bulk';
import { onBothEngines } from '../support/engines';
import { Story } from '../support/story';
import { discrepanciesOf } from './audit';
import { readBooks } from './books';

/** What a pound is worth in dollars from the first of a month on. Everything is confirmed on 30 June. */
const RATES = { '2026-02-01': '1.2713', '2026-03-01': '1.25', '2026-04-01': '1.2907', '2026-05-01': '1.2345', '2026-06-01': '1.3333' };
const MARCH = '2026-03-10';
const IN_POUNDS = { currency: 'GBP', accountingCurrency: 'USD' };

interface Wip {
  readonly ledgerAmount: string;
  readonly ledgerAccountingAmount: string;
  readonly differenceAmount: string;
  readonly differenceAccountingAmount: string;
}

const tiedOut = (ledgerAmount: string, ledgerAccountingAmount: string): Wip =>
  ({ ledgerAmount, ledgerAccountingAmount, differenceAmount: '0', differenceAccountingAmount: '0' });
const NOTHING = tiedOut('0', '0');

/** WIP of a story's contract in its currency and in dollars, ledger against subledger. */
async function wipOf(story: Story): Promise<Wip[]> {
  const { wipBalances } = await story.ask(`query ($contract: String!) { wipBalances(filter: { contractId: $contract }) {
    ledgerAmount ledgerAccountingAmount differenceAmount differenceAccountingAmount
  } }`, { contract: story.contractNumber });
  return wipBalances;
}

/** Quantity, amount, rate and dollars of the sales lines of a story, in the order of their actuals. */
async function salesOf(story: Story): Promise<string[]> {
  const { integrationJournalLines } = await story.ask(`query ($contract: String!) { integrationJournalLines(first: 100,
    filter: { contractId: { eq: $contract }, transactionType: { eq: SALES } }, orderBy: [{ field: ID }]
  ) { nodes { quantity amount exchangeRate accountingAmount status } } }`, { contract: story.contractNumber });
  return integrationJournalLines.nodes.map((line: Record<string, string>) =>
    `${line.quantity} ${line.amount} GBP at ${line.exchangeRate} ${line.accountingAmount} USD ${line.status}`);
}

onBothEngines('a contract in pounds, books in dollars, and a rate that moves every month', (gateway) => {
  beforeAll(async () => {
    const { ids } = gateway().context;
    const rates = Object.entries(RATES).map(([startDate, rate]) => ({
      id: ids.next(), rateType: 'Default', fromCurrency: 'GBP', toCurrency: 'USD', startDate, rate: decimal(rate), conversionFactor: ExchangeRateConversionFactor.ONE,
    }));
    await gateway().database.write((work) => insertRows(work, ExchangeRateEntry, rates));
  });

  /** 7.7 hours at 33.33 of March, edited and confirmed in June. */
  async function edited(edit: object, isPostedBefore: boolean): Promise<{ story: Story; number: string }> {
    const story = await Story.begin(gateway(), IN_POUNDS);
    await story.world.unbilled({ quantity: '7.7', price: '33.33', date: MARCH });
    if (isPostedBefore) {
      await story.process.sync();
      await story.process.importFromStaging();
      await story.process.postJournals();
    }
    const { number, id, lines } = await story.draft();
    await story.editDetails(number, [{ detailId: lines[0]!.id, ...edit }]);
    await story.process.confirm(id);
    return { story, number };
  }

  const ORIGINAL = ['7.7 256.64 GBP at 1.25 320.8 USD POSTED', '-7.7 -256.64 GBP at 1.25 -320.8 USD POSTED'];

  describe.each([['before', true], ['after', false]])('whose original is posted %s the edit', (_when, isPostedBefore) => {
    it.each<[string, object, string[]]>([
      ['A2 quantity reduced', { quantity: '5.1' }, ['5.1 169.98 GBP at 1.3333 226.63 USD POSTED', '2.6 86.66 GBP at 1.3333 115.54 USD POSTED']],
      ['A3 quantity increased', { quantity: '9.3' }, ['9.3 309.97 GBP at 1.3333 413.28 USD POSTED']],
      ['price changed', { price: '31.17' }, ['7.7 240.01 GBP at 1.3333 320.01 USD POSTED']],
      ['billing type changed', { billingType: 'NON_CHARGEABLE' }, ['7.7 256.64 GBP at 1.3333 342.18 USD POSTED']],
    ])('IMPORT-23 JOURNAL-18 %s: WIP returns to zero in dollars', async (_name, edit, anew) => {
      const { story, number } = await edited(edit, isPostedBefore);
      await story.settle();
      expect(await salesOf(story)).toEqual([...ORIGINAL, ...anew]);
      expect(await wipOf(story)).toEqual([NOTHING]);
      expect(await story.balances()).toMatchObject({ WIP_SALES_VALUE: '0', ACCRUED_REVENUE_SALES_VALUE: '0' });
      expect(await story.notWrittenBack()).toEqual([]);
      expect(await story.proforma(number)).toMatchObject({ stage: 'DONE', blockers: [] });
    });
  });

  it('IMPORT-18 IMPORT-23 an import of one proposal takes what its confirmation took back along, so WIP is right by itself', async () => {
    const other = await Story.begin(gateway(), IN_POUNDS);
    await other.world.unbilled({ date: MARCH });
    const { story, number } = await edited({ quantity: '5.1' }, false);
    await story.process.sync();
    const scope = { proposalNumber: number };
    const { journalLineCount, integrationJournals } = await story.process.importFromStaging(scope);
    expect(journalLineCount).toBe(4);
    await story.process.postJournals({ journalIds: integrationJournals.map(({ id }) => id) });
    expect(await wipOf(story)).toEqual([tiedOut('169.98', '226.63')]);
    await story.process.importFromStaging(scope);
    await story.process.postProposals();
    expect(await wipOf(story)).toEqual([NOTHING]);
    expect(await salesOf(other)).toEqual([]);
  });

  it('IMPORT-23 a correction: what is invoiced anew is released, and what returned to the backlog stays in WIP until it is billed', async () => {
    const story = await Story.begin(gateway(), IN_POUNDS);
    await story.world.unbilled({ date: MARCH });
    const first = await story.draft();
    await story.process.confirm(first.id);
    await story.settle();
    expect(await wipOf(story)).toEqual([NOTHING]);
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { id: string; number: string } }>(
      'reviseProformaInvoice', { proformaInvoiceNumber: first.number }, 'proformaInvoice { id number }');
    const [detail] = await story.details(proformaInvoice.number);
    await story.editDetails(proformaInvoice.number, [{ detailId: detail!.id, quantity: '5' }]);
    await story.process.confirm(proformaInvoice.id);
    await story.settle();
    // 3 hours at 200, posted on the day of the confirmation.
    expect(await wipOf(story)).toEqual([tiedOut('600', '799.98')]);
    await story.process.markReady([story.world.contractId]);
    const again = await story.draft();
    await story.editDetails(again.number, [{ detailId: again.lines[0]!.id, quantity: '1' }]);
    await story.process.confirm(again.id);
    await story.settle();
    expect(await wipOf(story)).toEqual([NOTHING]);
  });

  it('CONFIRM-19: the books of all these contracts are right', async () => {
    const story = await Story.begin(gateway(), IN_POUNDS);
    await story.settle();
    expect(discrepanciesOf(await readBooks(story.ask))).toEqual([]);
  });
});
