import fc from 'fast-check';
import { CostPosting, FiscalPeriodStatus, JournalGrouping, NoYes, PostingType, ProjCdsTransType, ProjTransType } from '../../../../src/entities/finance';
import { accruesRevenue, costPostingOf } from '../../../../src/flow/4-import/defaulting.rules';
import { decideJournalLine } from '../../../../src/flow/5-post/journals/journal-voucher.decision';
import { imbalancesOf } from '../../../../src/flow/5-post/voucher-balance.rules';
import { decimal } from '../../../../src/kernel/decimal';
import { toAccountingCurrency } from '../../../../src/kernel/money';
import { sql } from '../../../../src/stores/session';
import { onBothEngines } from '../../../support/engines';
import { JournalDesk } from '../journal-desk';
import { stubSetup } from '../posting-setup-stub';

const { HOUR, COST, ITEM, REVENUE } = ProjTransType;
const yesNo = fc.constantFrom(NoYes.NO, NoYes.YES);
const costPosting = fc.constantFrom(CostPosting.NO_LEDGER, CostPosting.BALANCE, CostPosting.PROFIT_AND_LOSS, CostPosting.NEVER_LEDGER);

const usage = fc.record({
  transactionType: fc.constantFrom(ProjCdsTransType.COST, ProjCdsTransType.SALES),
  classification: fc.constantFrom(HOUR, COST, ITEM, REVENUE),
  isTimeAndMaterial: fc.boolean(),
  profile: fc.record({ accrueRevenue: yesNo, postCostsHour: costPosting, postCostsExpense: costPosting, postCostsItem: costPosting }),
  lineProperty: fc.record({ toBeInvoiced: yesNo, toBeAccrued: yesNo }),
  cents: fc.integer({ min: -10_000_000, max: 10_000_000 }),
  rate: fc.integer({ min: 1, max: 3_000_000 }),
  accounting: fc.constantFrom('USD', 'JPY', 'KWD'),
});

describe('what usage posts, whatever its profile', () => {
  it('JOURNAL-09 JOURNAL-10 POST-14 every voucher balances in both currencies, and accrues only what will be invoiced beside cost in profit and loss', () => {
    fc.assert(fc.property(usage, ({ cents, rate, accounting, profile, ...given }) => {
      const posting = costPostingOf(given.classification, profile);
      const accrues = accruesRevenue({ ...given, profile, costPosting: posting });
      const amount = decimal(cents).div(100);
      const exchangeRate = decimal(rate).div(10_000);
      const decimals = { USD: 2, JPY: 0, KWD: 3 }[accounting]!;
      const line = {
        ...given, id: 'line', categoryId: null, accountingDate: '2026-06-10', currencyCode: 'GBP', exchangeRate, amount, costPosting: posting,
        accountingAmount: toAccountingCurrency(amount, exchangeRate, decimals), accruesRevenue: accrues,
      };
      const decision = decideJournalLine(line, stubSetup({ accountingCurrency: accounting }));
      const isCostOfFee = given.transactionType === ProjCdsTransType.COST && given.classification === REVENUE;
      expect(decision.outcome).toBe(isCostOfFee ? 'giveUp' : 'post');
      if (decision.outcome !== 'post') return;
      expect(imbalancesOf(decision.entries)).toEqual([]);
      const types = decision.entries.map((entry) => entry.postingType);
      expect(types.includes(PostingType.WIP_SALES_VALUE)).toBe(accrues && types.length > 0);
      expect(types.includes(PostingType.COST)).toBe(types.length > 0 && given.transactionType === ProjCdsTransType.COST && posting === CostPosting.PROFIT_AND_LOSS);
      if (accrues) expect([given.isTimeAndMaterial, given.lineProperty.toBeInvoiced, posting]).toEqual([true, NoYes.YES, CostPosting.PROFIT_AND_LOSS]);
    }), { numRuns: 500 });
  });
});

const LINES = 6;
const operation = fc.oneof(
  fc.constant({ kind: 'import' } as const),
  fc.record({ kind: fc.constantFrom('post', 'reset', 'deleteJournal', 'deleteLine', 'edit'), pick: fc.nat(20) }),
  fc.record({ kind: fc.constant('period' as const), isOpen: fc.boolean() }),
);

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Does one thing to a journal; refusals are answers, so whatever the state, nothing is lost. */
async function perform(desk: JournalDesk, step: Operation): Promise<void> {
  if (step.kind === 'import') return void (await desk.import());
  if (step.kind === 'period') return desk.periods(step.isOpen ? FiscalPeriodStatus.OPEN : FiscalPeriodStatus.CLOSED, '2026-05-01');
  const journals = await desk.journals();
  const journal = journals[step.pick % Math.max(1, journals.length)];
  const line = journal?.lines.nodes[step.pick % Math.max(1, journal.lines.nodes.length)];
  if (!journal) return;
  if (step.kind === 'post') await desk.post(journal);
  if (step.kind === 'reset') await desk.mutate('resetIntegrationJournal', { journalId: journal.id });
  if (step.kind === 'deleteJournal') await desk.mutate('deleteIntegrationJournal', { journalId: journal.id });
  if (step.kind === 'deleteLine' && line) await desk.mutate('deleteIntegrationJournalLines', { journalId: journal.id, lineIds: [line.id] });
  if (step.kind === 'edit' && line) await desk.mutate('updateIntegrationJournalLines', { journalId: journal.id, lines: [{ lineId: line.id, defaultDimension: `${step.pick}` }] });
}

onBothEngines('integration journals under any sequence of work', (gateway) => {
  it('JOURNAL-05 JOURNAL-06 JOURNAL-07 JOURNAL-16 every actual is posted once in the end, and WIP ties out after every step', async () => {
    await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 10 }), yesNo, async (steps, movesErrors) => {
      const desk = await JournalDesk.open(gateway());
      const { legalEntityId, world } = desk.desk;
      await desk.desk.changeSetup('ProjectParameters', sql`"MoveErrorLinesToNewJournal" = ${movesErrors}, "MaxLinesPerJournal" = 4, "JournalGrouping" = ${JournalGrouping.ALL}`);
      await world.unbilledMany(LINES, (index) => ({ cost: false, date: index % 2 ? '2026-05-20' : '2026-06-10' }));
      await desk.desk.sync();
      await desk.import();
      for (const step of steps) {
        await perform(desk, step);
        const { wipBalances } = await desk.ask('query ($entity: String!) { wipBalances(filter: { legalEntityId: $entity }) { differenceAmount } }', { entity: legalEntityId });
        expect(wipBalances.filter((row: { differenceAmount: string }) => row.differenceAmount !== '0')).toEqual([]);
      }
      await desk.periods(FiscalPeriodStatus.OPEN, '2026-05-01');
      await desk.import();
      for (const journal of await desk.journals()) if (journal.lines.nodes.length > 0 && journal.status !== 'POSTED') await desk.post(journal);
      const lines = (await desk.journals()).flatMap((journal) => journal.lines.nodes);
      expect(lines.map((line) => line.status)).toEqual(Array.from({ length: LINES }, () => 'POSTED'));
      expect(new Set(lines.map((line) => line.actualId)).size).toBe(LINES);
      const { vouchers } = await desk.ask('query ($entity: String!) { vouchers(filter: { legalEntityId: { eq: $entity } }) { totalCount nodes { number } } }', { entity: legalEntityId });
      expect(vouchers.nodes.map((voucher: { number: string }) => Number(voucher.number.slice(-7)))).toEqual(Array.from({ length: LINES }, (_, index) => index + 1));
    }), { numRuns: 8 });
  }, 60_000);
});
