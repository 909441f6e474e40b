import { TransactionClassification } from '../../src/entities/dataverse';
import type { UnbilledOptions } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { Story, type ActualRow } from '../support/story';
import { discrepanciesOf } from './audit';
import { readBooks } from './books';

const POSTED = 'CUSTOMER_INVOICE_POSTED';
const ORIGINAL: ActualRow = ['U', '8', '1600', 'CHARGEABLE', POSTED, 'ADJUSTED', 'sent', []];
const ORIGINAL_REVERSED: ActualRow = ['U', '-8', '-1600', 'CHARGEABLE', POSTED, 'UNADJUSTABLE', 'sent', ['Reversing > Original U 8']];
/** A new unbilled actual that replaces the original, its reversal, and what bills it. */
const anew = (quantity: string, amount: string, billingType = 'CHARGEABLE'): ActualRow[] => [
  ['U', quantity, amount, billingType, POSTED, null, 'sent', ['Replacing > Original U 8']],
  ['U', `-${quantity}`, `-${amount}`, billingType, POSTED, 'UNADJUSTABLE', 'skipped', [`Reversing > Original U ${quantity}`]],
  ['B', quantity, amount, billingType, POSTED, null, 'sent', [`Billed Sales > Unbilled Sales U ${quantity}`]],
];

/** What the books of one contract hold when everything is invoiced: no WIP, and revenue that the customer owes. */
const settled = (revenue: string) => ({
  ACCRUED_REVENUE_SALES_VALUE: '0', COST: '800', CUSTOMER_BALANCE: revenue, INVOICED_REVENUE: `-${revenue}`, PAYROLL_ALLOCATION: '-800', WIP_SALES_VALUE: '0',
});

interface Case {
  readonly title: string;
  readonly edit: object;
  readonly rows: readonly ActualRow[];
  readonly total: string;
}

const CASES: readonly Case[] = [
  { title: 'A2 quantity reduced 8 to 6', edit: { quantity: '6' }, total: '1200',
    rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('6', '1200'), ...anew('2', '400', 'NON_CHARGEABLE')] },
  { title: 'A3 quantity increased 8 to 10', edit: { quantity: '10' }, total: '2000', rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('10', '2000')] },
  { title: 'A3 price changed 200 to 180.5', edit: { price: '180.5' }, total: '1444', rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('8', '1444')] },
  { title: 'A2 and A3 quantity reduced and price changed', edit: { quantity: '5', price: '220' }, total: '1100',
    rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('5', '1100'), ...anew('3', '600', 'NON_CHARGEABLE')] },
  { title: 'A2 quantity reduced to nothing', edit: { quantity: '0' }, total: '0', rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('8', '1600', 'NON_CHARGEABLE')] },
  { title: 'A3 billing type non-chargeable', edit: { billingType: 'NON_CHARGEABLE' }, total: '0', rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('8', '1600', 'NON_CHARGEABLE')] },
  { title: 'A3 billing type complimentary', edit: { billingType: 'COMPLIMENTARY' }, total: '0', rows: [ORIGINAL, ORIGINAL_REVERSED, ...anew('8', '1600', 'COMPLIMENTARY')] },
  { title: 'A1 unedited but for tax and descriptions', edit: { tax: '100', description: 'Design', externalDescription: null }, total: '1700', rows: [
    ['U', '8', '1600', 'CHARGEABLE', POSTED, null, 'sent', []],
    ['U', '-8', '-1600', 'CHARGEABLE', POSTED, 'UNADJUSTABLE', 'skipped', ['Reversing > Original U 8']],
    ['B', '8', '1600', 'CHARGEABLE', POSTED, null, 'sent', ['Billed Sales > Unbilled Sales U 8']],
  ] },
];

/** 8 hours at 200, edited and confirmed. */
async function confirmed({ edit, total }: Case, story: Story): Promise<string> {
  const { number, id, lines } = await story.draft();
  await story.editDetails(number, [{ detailId: lines[0]!.id, ...edit }]);
  expect((await story.proforma(number)).totalAmount).toBe(total);
  await story.process.confirm(id);
  return number;
}

onBothEngines('a detail that is edited before its invoice is confirmed, by queries only', (gateway) => {
  async function expectSettled(story: Story, number: string, revenue: string): Promise<void> {
    expect(await story.proforma(number)).toMatchObject({ status: 'POSTED', stage: 'DONE', blockers: [], customerInvoice: { invoiceAmount: revenue } });
    const { CUSTOMER_BALANCE = '0', INVOICED_REVENUE = '0', ...others } = await story.balances();
    expect({ CUSTOMER_BALANCE, INVOICED_REVENUE: INVOICED_REVENUE === '0' ? '-0' : INVOICED_REVENUE, ...others }).toEqual(settled(revenue));
    expect(await story.notWrittenBack()).toEqual([]);
  }

  describe.each(CASES)('$title', (example) => {
    const revenue = example.title.startsWith('A1') ? '1600' : example.total;

    it('CONFIRM-13: makes the rows of the table, and is invoiced with no WIP left', async () => {
      const story = await Story.begin(gateway());
      await story.world.unbilled();
      const number = await confirmed(example, story);
      expect(await story.rows()).toEqual(example.rows);
      await story.settle();
      await expectSettled(story, number, revenue);
    });

    it('CONFIRM-18: leaves no WIP either when the original was posted long before the edit', async () => {
      const story = await Story.begin(gateway());
      await story.world.unbilled();
      await story.process.sync();
      await story.process.importFromStaging();
      await story.process.postJournals();
      const number = await confirmed(example, story);
      await story.settle();
      await expectSettled(story, number, revenue);
    });
  });

  it.each<[string, NonNullable<UnbilledOptions['classification']>, boolean]>([
    ['expense', TransactionClassification.EXPENSE, true],
    ['material', TransactionClassification.MATERIAL, true],
    ['fee', TransactionClassification.FEE, false],
  ])('CONFIRM-17: %s that is reduced', async (_name, classification, leavesRest) => {
    const story = await Story.begin(gateway());
    await story.world.unbilled({ classification, cost: false });
    const { number, id, lines } = await story.draft();
    await story.editDetails(number, [{ detailId: lines[0]!.id, quantity: '6' }]);
    await story.process.confirm(id);
    expect(await story.rows()).toEqual([ORIGINAL, ORIGINAL_REVERSED, ...anew('6', '1200'), ...(leavesRest ? anew('2', '400', 'NON_CHARGEABLE') : [])]);
    await story.settle();
    expect(await story.balances()).toEqual({ ACCRUED_REVENUE_SALES_VALUE: '0', CUSTOMER_BALANCE: '1200', INVOICED_REVENUE: '-1200', WIP_SALES_VALUE: '0' });
  });

  it('CONFIRM-17: both shares are the whole to the cent', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled({ quantity: '3', price: '33.335' });
    const { number, id, lines } = await story.draft();
    expect(lines.map((line) => line.amount)).toEqual(['100.01']);
    await story.editDetails(number, [{ detailId: lines[0]!.id, quantity: '1' }]);
    await story.process.confirm(id);
    expect((await story.rows()).filter(([type, quantity]) => type === 'B' && quantity !== '3').map(([, , amount]) => amount)).toEqual(['33.34', '66.67']);
  });

  it('CONFIRM-19: the books of all these contracts are right', async () => {
    const story = await Story.begin(gateway());
    await story.settle();
    expect(discrepanciesOf(await readBooks(story.ask))).toEqual([]);
  });
});

onBothEngines('the setting that skips the reversals of adjusted actuals', (gateway) => {
  it('CONFIRM-18: the setting restores the literal wording, and WIP is left over', async () => {
    const { settings } = gateway().context;
    const literal = { ...gateway(), context: { ...gateway().context, settings: { ...settings, skipReversalsOfAdjusted: true } } };
    const story = await Story.begin(literal);
    await story.world.unbilled();
    await confirmed(CASES[0]!, story);
    expect((await story.rows())[1]).toEqual(['U', '-8', '-1600', 'CHARGEABLE', POSTED, 'UNADJUSTABLE', 'skipped', ['Reversing > Original U 8']]);
    await story.settle();
    expect(await story.balances()).toMatchObject({ WIP_SALES_VALUE: '1600', ACCRUED_REVENUE_SALES_VALUE: '-1600', CUSTOMER_BALANCE: '1200' });
  });
});
