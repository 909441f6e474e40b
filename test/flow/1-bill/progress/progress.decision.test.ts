import * as fc from 'fast-check';
import { MilestoneInvoiceStatus, type Milestone } from '../../../../src/entities/dataverse';
import {
  decidePart,
  decideTakingBack,
  partOf,
  remainingOf,
  takenPercentOf,
  type ProgressFacts,
  type Split,
} from '../../../../src/flow/1-bill/progress/progress.decision';
import { progressStatusOf } from '../../../../src/flow/1-bill/progress/progress.states';
import { decimal, sum, ZERO, type Decimal } from '../../../../src/kernel/decimal';
import { allocate } from '../../../../src/kernel/money';

const { NOT_READY_FOR_INVOICING, READY_FOR_INVOICING, CUSTOMER_INVOICE_CREATED, CUSTOMER_INVOICE_POSTED } = MilestoneInvoiceStatus;

const milestone = (id: string, customerId: string, amount: Decimal): Milestone => ({
  id, customerId, amount, name: 'Build', contractId: 'c', contractLineId: 'l', projectId: null, taskId: null, currencyId: 'usd', tax: ZERO, amountAfterTax: amount,
  invoiceDate: '2026-06-30', milestoneDate: '2026-06-30', invoiceStatus: NOT_READY_FOR_INVOICING, description: null, progressMilestoneId: 'p',
  progressStep: null, progressPercent: null, version: 1, changeSetId: null, sourceVersion: 0,
});

/** A progress milestone as it begins: one milestone per customer. */
function begin(amount: string, weights: readonly number[] = [1], currencyDecimals = 2): ProgressFacts {
  const parts = allocate(decimal(amount), weights.map((weight) => decimal(weight)), currencyDecimals);
  return { amount: decimal(amount), currencyDecimals, milestones: parts.map((part, index) => milestone(`m${index}`, `customer${index}`, part)) };
}

function after(facts: ProgressFacts, { changed, added }: Split): ProgressFacts {
  const changes = new Map(changed.map((change) => [change.id, change]));
  return {
    ...facts,
    milestones: [
      ...facts.milestones.map((one) => ({ ...one, ...changes.get(one.id) })),
      ...added.map(({ from, change }) => ({ ...from, ...change })),
    ],
  };
}

let ids = 0;
const newId = () => `n${(ids += 1)}`;
const pathOf = (field: string) => [field];
const asked = (next: { percent?: string; amount?: string }) => ({ percent: next.percent ? decimal(next.percent) : null, amount: next.amount ? decimal(next.amount) : null });

/** The split of the next part; fails when it is refused. */
function take(facts: ProgressFacts, next: { percent?: string; amount?: string }): ProgressFacts {
  const part = partOf(facts, asked(next), pathOf);
  if ('kind' in part) throw new Error(part.message);
  return after(facts, decidePart(facts, part, '2026-07-31', newId));
}
const refusalOf = (facts: ProgressFacts, next: { percent?: string; amount?: string }) => {
  const part = partOf(facts, asked(next), pathOf);
  return 'kind' in part ? `${part.code} ${part.path?.[0]}` : null;
};
const amountsOf = ({ milestones }: ProgressFacts) => milestones.map(({ amount, invoiceStatus }) => `${amount.toFixed()} ${invoiceStatus === READY_FOR_INVOICING ? 'ready' : 'left'}`);

describe('the next part of a progress milestone', () => {
  it('PROGRESS-04: 20 percent of 1,000 become 200 ready and 800 not ready', () => {
    const facts = take(begin('1000'), { percent: '20' });
    expect(amountsOf(facts)).toEqual(['800 left', '200 ready']);
    expect(facts.milestones[1]).toMatchObject({ progressStep: 1, milestoneDate: '2026-07-31', name: 'Build', customerId: 'customer0' });
    expect([takenPercentOf(facts).toFixed(), remainingOf(facts).toFixed()]).toEqual(['20', '800']);
  });

  it('PROGRESS-05: 20, 30 and 50 percent of 1,000.01 leave no cent', () => {
    const facts = take(take(take(begin('1000.01'), { percent: '20' }), { percent: '30' }), { percent: '50' });
    expect(amountsOf(facts)).toEqual(['500.01 ready', '200 ready', '300 ready']);
    const thirds = take(take(take(begin('1000.01'), { percent: '33.33' }), { percent: '33.33' }), { percent: '33.34' });
    expect(amountsOf(thirds)).toEqual(['333.41 ready', '333.3 ready', '333.3 ready']);
  });

  it('PROGRESS-02: an amount has its percentage and a percentage its amount, rounded to the currency', () => {
    const partsOf = (amount: string, decimals: number, next: { percent?: string; amount?: string }) => {
      const part = partOf(begin(amount, [1], decimals), asked(next), pathOf);
      return 'kind' in part ? part.code : [part.percent.toFixed(), part.amount.toFixed()];
    };
    expect(partsOf('1000', 2, { amount: '333.33' })).toEqual(['33.333', '333.33']);
    expect(partsOf('1000', 2, { amount: '1000' })).toEqual(['100', '1000']);
    expect(partsOf('1001', 0, { percent: '33.333333' })).toEqual(['33.333333', '334']);
    expect(partsOf('1001', 0, { percent: '50' })).toEqual(['50', '501']);
  });

  it('PROGRESS-02: an amount that leaves a cent of a large whole leaves a percentage for it too', () => {
    const part = partOf(begin('1000000000', [1], 2), asked({ amount: '999999999.99' }), pathOf);
    expect(part).toMatchObject({ percent: decimal('99.999999'), amount: decimal('999999999.99') });
    const facts = take(begin('1000000000'), { amount: '999999999.99' });
    expect(refusalOf(facts, { percent: '0.000001' })).toBeNull();
  });

  it('PROGRESS-03: more than is left, nothing, and both or neither at once are refused', () => {
    const facts = take(begin('1000'), { percent: '60' });
    expect(refusalOf(facts, { percent: '40.000001' })).toBe('PROGRESS_EXCEEDED nextPercent');
    expect(refusalOf(facts, { amount: '400.01' })).toBe('PROGRESS_EXCEEDED nextAmount');
    expect(refusalOf(facts, { percent: '40' })).toBeNull();
    expect(refusalOf(facts, { amount: '400' })).toBeNull();
    for (const percent of ['-1', '0.0001', '0.0000001']) expect(refusalOf(facts, { percent })).toBe('INVALID_INPUT nextPercent');
    for (const amount of ['-1', '0.001']) expect(refusalOf(facts, { amount })).toBe('INVALID_INPUT nextAmount');
    expect(refusalOf(facts, {})).toBe('INVALID_INPUT nextPercent');
    expect(refusalOf(facts, { percent: '1', amount: '10' })).toBe('INVALID_INPUT nextPercent');
  });

  it('PROGRESS-06: taking back empties the part, and the next one uses it again', () => {
    const taken = take(begin('1000'), { percent: '20' });
    const back = after(taken, decideTakingBack(taken, new Set()));
    expect(amountsOf(back)).toEqual(['1000 left', '0 left']);
    expect(takenPercentOf(back).isZero()).toBe(true);
    expect(amountsOf(take(back, { percent: '30' }))).toEqual(['700 left', '300 ready']);
    const whole = take(begin('1000'), { percent: '100' });
    expect(amountsOf(after(whole, decideTakingBack(whole, new Set())))).toEqual(['1000 left']);
  });

  it('PROGRESS-06: what is on a proforma, or was billed and credited, is not taken back', () => {
    const taken = take(take(begin('1000'), { percent: '20' }), { percent: '30' });
    const [left, first, second] = taken.milestones;
    const onDraft = { ...taken, milestones: [left!, { ...first!, invoiceStatus: CUSTOMER_INVOICE_CREATED }, second!] };
    expect(decideTakingBack(onDraft, new Set([second!.id])).changed).toEqual([]);
    expect(decideTakingBack(onDraft, new Set()).changed.map(({ id, amount }) => [id, amount.toFixed()])).toEqual([[left!.id, '800'], [second!.id, '0']]);
  });

  it('PROGRESS-08: is not started, in progress, completed', () => {
    const position = { amount: decimal(10), ready: ZERO, onDrafts: ZERO };
    expect(progressStatusOf({ ...position, remaining: decimal(10), invoiced: ZERO })).toBe('NOT_STARTED');
    expect(progressStatusOf({ ...position, remaining: decimal(4), ready: decimal(6), invoiced: ZERO })).toBe('IN_PROGRESS');
    expect(progressStatusOf({ ...position, remaining: ZERO, onDrafts: decimal(10), invoiced: ZERO })).toBe('IN_PROGRESS');
    expect(progressStatusOf({ ...position, remaining: ZERO, invoiced: decimal(10) })).toBe('COMPLETED');
  });

  it('PROGRESS-07: whatever is taken, billed and taken back, nothing is lost for anybody', () => {
    const operation = fc.oneof(
      fc.record({ percent: fc.integer({ min: 1, max: 10_000 }).map((hundredths) => decimal(hundredths).div(100).toFixed()) }),
      fc.record({ amount: fc.integer({ min: 1, max: 99_999 }).map((units) => String(units)) }),
      fc.constant('back' as const), fc.constant('bill' as const),
    );
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(weights, fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 3 }), fc.array(operation, { maxLength: 20 }), (shares, units, decimals, operations) => {
      const started = begin(decimal(units).div(decimal(10).pow(decimals)).toFixed(), shares, decimals);
      const shareOf = (facts: ProgressFacts, customer: string) => sum(facts.milestones.filter(({ customerId }) => customerId === customer).map(({ amount }) => amount));
      let facts = started;
      for (const one of operations) {
        if (one === 'back') facts = after(facts, decideTakingBack(facts, new Set()));
        else if (one === 'bill') {
          facts = { ...facts, milestones: facts.milestones.map((row) => (row.invoiceStatus === READY_FOR_INVOICING ? { ...row, invoiceStatus: CUSTOMER_INVOICE_POSTED } : row)) };
        } else if (refusalOf(facts, one) === null) {
          facts = take(facts, one);
          if ('percent' in one && takenPercentOf(facts).eq(100)) expect(remainingOf(facts).isZero()).toBe(true);
        }
        expect(facts.milestones.every(({ amount }) => !amount.isNegative())).toBe(true);
        started.milestones.forEach(({ customerId, amount }) => expect(shareOf(facts, customerId!).eq(amount)).toBe(true));
        expect(takenPercentOf(facts).lte(100)).toBe(true);
      }
    }));
  });
});
