import fc from 'fast-check';
import {
  CostPosting, FiscalPeriodStatus, IntegrationJournalLineStatus, JournalGrouping, PostingType, ProjCdsTransType, ProjTransType, type IntegrationJournalLine,
  type StagedActual,
} from '../../../../src/entities/finance';
import { BillingStatus } from '../../../../src/entities/dataverse';
import { decideReversalLine, type Valuation } from '../../../../src/flow/4-import/journal-line.decision';
import { decideReversal, valuedAsTakenBack } from '../../../../src/flow/5-post/journals/journal-reversal.decision';
import { decideJournalLine } from '../../../../src/flow/5-post/journals/journal-voucher.decision';
import { imbalancesOf, type LedgerPosting } from '../../../../src/flow/5-post/voucher-balance.rules';
import { decimal, sum, ZERO } from '../../../../src/kernel/decimal';
import { toAccountingCurrency } from '../../../../src/kernel/money';
import { sql } from '../../../../src/stores/session';
import { ApprovalDesk, submitTime } from '../../../support/approval-desk';
import { onBothEngines } from '../../../support/engines';
import { JournalDesk } from '../journal-desk';
import { stubSetup } from '../posting-setup-stub';

const { SALES, COST } = ProjCdsTransType;
const original = (changes: Partial<IntegrationJournalLine> = {}): IntegrationJournalLine => ({
  id: 'original', actualId: 'U8', transactionType: SALES, classification: ProjTransType.HOUR, categoryId: 'Time', accountingDate: '2026-03-10',
  currencyCode: 'GBP', exchangeRate: decimal('1.25'), amount: decimal('256.64'), accountingAmount: decimal('320.8'), status: IntegrationJournalLineStatus.POSTED,
  costPosting: CostPosting.PROFIT_AND_LOSS, accruesRevenue: true, linePropertyId: 'Billable', salesTaxGroup: 'TAX', itemSalesTaxGroup: 'FULL',
  defaultDimension: 'Department=Consulting', ...changes,
} as IntegrationJournalLine);
const stagedReversal = { id: 'R', actualId: 'U-8', transactionType: SALES, classification: ProjTransType.HOUR, accountingDate: '2026-06-30', currencyCode: 'GBP', amount: decimal('-256.64') } as StagedActual;
const entry = (postingType: PostingType, mainAccountId: string, amount: string, accountingAmount: string): LedgerPosting =>
  ({ postingType, mainAccountId, currencyCode: 'GBP', amount: decimal(amount), accountingAmount: decimal(accountingAmount) });

describe('what a reversal is worth and posts', () => {
  const { WIP_SALES_VALUE, ACCRUED_REVENUE_SALES_VALUE } = PostingType;

  it('IMPORT-23 it takes everything that finance adds from the line of its original, and asks for no rate and no set-up', () => {
    const { line } = decideReversalLine(stagedReversal, 'U8', original()) as { line: Valuation };
    expect(line).toMatchObject({
      actualId: 'U-8', accountingDate: '2026-06-30', amount: decimal('-256.64'), exchangeRate: decimal('1.25'), accountingAmount: decimal('-320.8'),
      accruesRevenue: true, linePropertyId: 'Billable', salesTaxGroup: 'TAX', itemSalesTaxGroup: 'FULL', defaultDimension: 'Department=Consulting',
    });
  });

  it('IMPORT-24 it waits for an original that has no line', () => {
    expect(decideReversalLine(stagedReversal, 'U8', null)).toEqual({ problem: {
      code: 'ORIGINAL_NOT_IMPORTED', message: 'It takes actual U8 back, and waits until that one is in an integration journal and their connection is staged.',
    } });
  });

  it('JOURNAL-18 it posts on the accounts where its original stands, though the posting profile has others now', () => {
    const entries = [entry(WIP_SALES_VALUE, '161300', '256.64', '320.8'), entry(ACCRUED_REVENUE_SALES_VALUE, '420200', '-256.64', '-320.8')];
    const drifted = original({ id: 'reversal', amount: decimal('-256.64'), exchangeRate: decimal('1.31'), accountingAmount: decimal('-336.2') });
    const line = valuedAsTakenBack(drifted, { line: original(), entries });
    expect([line.id, line.exchangeRate.toFixed(), line.accountingAmount.toFixed()]).toEqual(['reversal', '1.25', '-320.8']);
    const decision = decideReversal(line, { line: original(), entries }, stubSetup({ profileAccount: () => null }));
    expect(decision).toEqual({ outcome: 'post', accountingDate: '2026-03-10', entries: [
      entry(WIP_SALES_VALUE, '161300', '-256.64', '-320.8'), entry(ACCRUED_REVENUE_SALES_VALUE, '420200', '256.64', '320.8'),
    ] });
  });

  it.each([
    ['that is a draft', { line: original({ status: IntegrationJournalLineStatus.DRAFT }), entries: [] }],
    ['that is in error', { line: original({ status: IntegrationJournalLineStatus.ERROR }), entries: [] }],
    ['whose line was deleted', null],
  ])('JOURNAL-18 it is not posted before an original %s', (_what, found) => {
    expect(decideReversal(original({ id: 'reversal' }), found, stubSetup())).toMatchObject({ outcome: 'fail', refusal: { code: 'BLOCKED' } });
  });

  it('JOURNAL-18 it fails in a closed period as any other line does', () => {
    const decision = decideReversal(original({ id: 'reversal' }), { line: original(), entries: [] }, stubSetup({ isPeriodOpen: () => false }));
    expect(decision).toMatchObject({ outcome: 'fail', refusal: { code: 'PERIOD_CLOSED' } });
  });

  it('IMPORT-23 JOURNAL-18 original and reversal leave nothing on any account, whatever amount, rate, currency and profile', () => {
    const given = fc.record({
      transactionType: fc.constantFrom(SALES, COST), classification: fc.constantFrom(ProjTransType.HOUR, ProjTransType.COST, ProjTransType.ITEM),
      tenThousandths: fc.integer({ min: -100_000_000, max: 100_000_000 }), rate: fc.integer({ min: 1, max: 3_000_000 }), decimals: fc.constantFrom(0, 2, 3),
      costPosting: fc.constantFrom(CostPosting.NO_LEDGER, CostPosting.BALANCE, CostPosting.PROFIT_AND_LOSS, CostPosting.NEVER_LEDGER), accruesRevenue: fc.boolean(),
    });
    fc.assert(fc.property(given, ({ tenThousandths, rate, decimals, ...kind }) => {
      const amount = decimal(tenThousandths).div(10_000);
      const exchangeRate = decimal(rate).div(10_000);
      const line = original({ ...kind, amount, exchangeRate, accountingAmount: toAccountingCurrency(amount, exchangeRate, decimals) });
      const posted = decideJournalLine(line, stubSetup());
      if (posted.outcome !== 'post') throw new Error('The original was to be posted');
      const staged = { ...stagedReversal, ...kind, amount: amount.neg() };
      const { line: content } = decideReversalLine(staged, line.actualId, line) as { line: Valuation };
      const reversal = { ...line, ...content, id: 'reversal' };
      const decision = decideReversal(reversal, { line, entries: posted.entries }, stubSetup({ profileAccount: () => null }));
      if (decision.outcome !== 'post') throw new Error('The reversal was to be posted');
      expect(reversal.accountingAmount.plus(line.accountingAmount).isZero()).toBe(true);
      expect(imbalancesOf(decision.entries)).toEqual([]);
      for (const { mainAccountId } of posted.entries) {
        const both = [...posted.entries, ...decision.entries].filter((one) => one.mainAccountId === mainAccountId);
        expect([sum(both.map((one) => one.amount)), sum(both.map((one) => one.accountingAmount))]).toEqual([ZERO, ZERO]);
      }
    }), { numRuns: 300 });
  });
});

const LATER_RATE = '1.9';

onBothEngines('approved time that is taken back after finance has it, in a currency that moves', (gateway) => {
  const approvals = new ApprovalDesk(gateway);

  /** 8 hours of June at 200 pounds, approved, synced and imported; the books in a currency of their own, at 1.5. */
  async function approved(): Promise<{ desk: JournalDesk; timeEntryId: string }> {
    const desk = await JournalDesk.open(gateway(), { currency: 'GBP', exchangeRate: '1.5' });
    const timeEntryId = await submitTime(gateway(), desk.desk.world);
    await approvals.approve(timeEntryId);
    await desk.process.markReady([desk.desk.world.contractId]);
    await desk.desk.sync();
    await desk.import();
    return { desk, timeEntryId };
  }

  /** From the tenth of June on, a pound is worth more than it was when the time was imported. */
  async function rateMoves({ desk }: JournalDesk): Promise<void> {
    await desk.change(sql`UPDATE "ExchangeRates" SET "Rate" = ${LATER_RATE} WHERE "ToCurrency" = ${desk.world.facts.accountingCurrency}`);
  }

  async function postAll({ process, desk }: JournalDesk): Promise<string[]> {
    const posted = await process.postJournals({ allDraft: true, legalEntityId: desk.legalEntityId });
    return posted.map(({ integrationJournal }) => integrationJournal.status);
  }

  async function salesOf({ ask, desk }: JournalDesk): Promise<string[]> {
    const { integrationJournalLines } = await ask(`query ($entity: String!) { integrationJournalLines(
      filter: { legalEntityId: { eq: $entity }, transactionType: { eq: SALES } }, orderBy: [{ field: QUANTITY, direction: DESC }]
    ) { nodes { quantity exchangeRate accountingAmount status accountingDate } } }`, { entity: desk.legalEntityId });
    return integrationJournalLines.nodes.map((line: Record<string, string>) =>
      `${line.quantity} at ${line.exchangeRate} ${line.accountingAmount} ${line.status} ${line.accountingDate}`);
  }

  /** Whatever the journal posted is zero on every account, and WIP ties out. */
  async function expectNothingLeft({ ask, desk }: JournalDesk): Promise<void> {
    const { ledgerBalances, wipBalances } = await ask(`query ($entity: String!) {
      ledgerBalances(filter: { legalEntityId: $entity }) { amount accountingAmount }
      wipBalances(filter: { legalEntityId: $entity }) { ledgerAmount ledgerAccountingAmount differenceAccountingAmount }
    }`, { entity: desk.legalEntityId });
    expect(ledgerBalances).toEqual(ledgerBalances.map(() => ({ amount: '0', accountingAmount: '0' })));
    expect(ledgerBalances).not.toEqual([]);
    expect(wipBalances).toEqual([{ ledgerAmount: '0', ledgerAccountingAmount: '0', differenceAccountingAmount: '0' }]);
  }

  async function cancelled(timeEntryId: string, desk: JournalDesk): Promise<void> {
    expect((await approvals.cancel([timeEntryId])).errors).toEqual([]);
    await desk.desk.sync();
  }

  it('IMPORT-23 JOURNAL-18 cost and unbilled sales return to zero at the rate at which they were posted', async () => {
    const { desk, timeEntryId } = await approved();
    expect(await postAll(desk)).toEqual(['POSTED']);
    await rateMoves(desk);
    await cancelled(timeEntryId, desk);
    expect(await desk.import()).toBe(2);
    expect(await postAll(desk)).toEqual(['POSTED']);
    expect(await salesOf(desk)).toEqual(['8 at 1.5 2400 POSTED 2026-06-10', '-8 at 1.5 -2400 POSTED 2026-06-30']);
    await expectNothingLeft(desk);
  });

  it('JOURNAL-18 reverses by what was posted, though profile and accounts were changed since', async () => {
    const { desk, timeEntryId } = await approved();
    await postAll(desk);
    await desk.desk.changeSetup('ProjectCostAndRevenueProfiles', sql`"AccrueRevenue" = 0, "PostCostsHour" = ${CostPosting.NO_LEDGER}`);
    await desk.desk.changeSetup('ProjectPostingProfiles', sql`"MainAccountId" = '411100'`);
    await cancelled(timeEntryId, desk);
    await desk.import();
    expect(await postAll(desk)).toEqual(['POSTED']);
    await expectNothingLeft(desk);
  });

  it('JOURNAL-18 waits for an original that is not posted, and takes the values with which it is posted in the end', async () => {
    const { desk, timeEntryId } = await approved();
    await cancelled(timeEntryId, desk);
    expect(await desk.import()).toBe(2);
    const [first, second] = await desk.journals();
    expect(await desk.post(second!)).toMatchObject({ integrationJournal: { status: 'ERROR' }, postedLineCount: 0, failedLineCount: 2 });
    expect((await desk.journal(second!.number)).lines.nodes.map((line) => line.postError)).toEqual(Array.from({ length: 2 }, () =>
      'BLOCKED: The line takes another one back that is not posted in an integration journal yet; post that one first.'));
    // The original is deleted and comes back at the rate of then; its reversal has the old one until it is posted.
    await desk.mutate('deleteIntegrationJournal', { journalId: first!.id });
    await rateMoves(desk);
    expect(await desk.import()).toBe(2);
    expect(await salesOf(desk)).toEqual(['8 at 1.9 3040 DRAFT 2026-06-10', '-8 at 1.5 -2400 ERROR 2026-06-30']);
    const third = (await desk.journals()).at(-1)!;
    expect(await desk.post(third)).toMatchObject({ integrationJournal: { status: 'POSTED' } });
    expect(await desk.post(second!)).toMatchObject({ integrationJournal: { status: 'POSTED' } });
    expect(await salesOf(desk)).toEqual(['8 at 1.9 3040 POSTED 2026-06-10', '-8 at 1.9 -3040 POSTED 2026-06-30']);
    await expectNothingLeft(desk);
  });

  it('IMPORT-24 waits while its connection is not staged, says so, and is taken once it is', async () => {
    const { desk, timeEntryId } = await approved();
    expect((await approvals.cancel([timeEntryId])).errors).toEqual([]);
    await desk.desk.sync('actuals');
    expect(await desk.import()).toBe(0);
    const { stagedActuals } = await desk.ask(`query ($entity: String!) { stagedActuals(filter: { legalEntityId: { eq: $entity }, isProcessed: { eq: false } }) {
      nodes { transactionType importErrorCode importError } } }`, { entity: desk.desk.legalEntityId });
    expect(stagedActuals.nodes).toEqual(['COST', 'SALES'].map((transactionType) => ({
      transactionType, importErrorCode: 'ORIGINAL_NOT_IMPORTED', importError: expect.stringMatching(/^It takes actual \S+ back, and waits/),
    })));
    await desk.desk.sync();
    expect(await desk.import()).toBe(2);
    expect(await postAll(desk)).toEqual(['POSTED', 'POSTED']);
    await expectNothingLeft(desk);
  });

  it('IMPORT-24 one import takes both, though the reversal stands in an earlier month than its original', async () => {
    const desk = await JournalDesk.open(gateway(), { currency: 'GBP', exchangeRate: '1.5' });
    const timeEntryId = await submitTime(gateway(), desk.desk.world, { date: '2026-07-15' });
    await approvals.approve(timeEntryId);
    await desk.desk.changeSetup('ProjectParameters', sql`"JournalGrouping" = ${JournalGrouping.MONTHS}`);
    await cancelled(timeEntryId, desk);
    expect(await desk.import()).toBe(4);
    expect((await desk.journals()).map((journal) => journal.lines.nodes.map((line) => line.accountingDate))).toEqual([
      ['2026-07-15', '2026-07-15'], ['2026-06-30', '2026-06-30'],
    ]);
    expect(await postAll(desk)).toEqual(['POSTED', 'POSTED']);
    await expectNothingLeft(desk);
  });

  it('IMPORT-24 waits for an original that finance cannot take up, and the others go on', async () => {
    const { desk, timeEntryId } = await approved();
    await desk.mutate('deleteIntegrationJournal', { journalId: (await desk.journals())[0]!.id });
    await cancelled(timeEntryId, desk);
    await desk.desk.change(sql`UPDATE "ExchangeRates" SET "StartDate" = '2027-01-01' WHERE "ToCurrency" = ${desk.desk.world.facts.accountingCurrency}`);
    await desk.desk.world.unbilled({ billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    await desk.desk.sync();
    // Both costs, and that of the other work, are in the currency of the books.
    expect(await desk.process.importFromStaging({ legalEntityId: desk.desk.legalEntityId })).toMatchObject({ journalLineCount: 3, errorRowCount: 2 });
    await desk.desk.change(sql`UPDATE "ExchangeRates" SET "StartDate" = '2020-01-01' WHERE "ToCurrency" = ${desk.desk.world.facts.accountingCurrency}`);
    expect(await desk.import()).toBe(3);
    expect(await salesOf(desk)).toEqual(['8 at 1.5 2400 DRAFT 2026-06-10', '8 at 1.5 2400 DRAFT 2026-06-10', '-8 at 1.5 -2400 DRAFT 2026-06-30']);
  });

  it('JOURNAL-18 an original that moved to the next open period is reversed at the same rate, in its own period', async () => {
    const { desk, timeEntryId } = await approved();
    await desk.switchOn('MoveToNextOpenPeriod');
    await desk.periods(FiscalPeriodStatus.ON_HOLD, '2026-06-01');
    await postAll(desk);
    await rateMoves(desk);
    await cancelled(timeEntryId, desk);
    await desk.periods(FiscalPeriodStatus.OPEN, '2026-06-01');
    await desk.import();
    await postAll(desk);
    expect(await salesOf(desk)).toEqual(['8 at 1.5 2400 POSTED 2026-07-01', '-8 at 1.5 -2400 POSTED 2026-06-30']);
    await expectNothingLeft(desk);
  });
});
