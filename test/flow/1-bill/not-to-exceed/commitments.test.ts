import * as fc from 'fast-check';
import { BillingType, NotToExceedLevel, NotToExceedStatus, TransactionClassification } from '../../../../src/entities/dataverse';
import { Commitments, inOrder, type EvaluatedTransaction, type LimitBalance } from '../../../../src/flow/1-bill/not-to-exceed/commitments';
import { levelOf, refusalsOfLimit, scopeKeyOf } from '../../../../src/flow/1-bill/not-to-exceed/limit.rules';
import { decimal, sum } from '../../../../src/kernel/decimal';

const { COMMITTED, FAILED, NOT_APPLICABLE } = NotToExceedStatus;

const limit = (remaining: string, contractLineId: string | null = null, customerId: string | null = null): LimitBalance => ({
  contractLineId,
  customerId,
  remaining: decimal(remaining),
});
const transaction = (changes: Partial<Omit<EvaluatedTransaction, 'amount'>> & { amount?: string } = {}): EvaluatedTransaction => ({
  id: 'a',
  transactionDate: '2026-06-01',
  billingType: BillingType.CHARGEABLE,
  classification: TransactionClassification.TIME,
  contractLineId: 'line1',
  customerId: 'customer1',
  ...changes,
  amount: decimal(changes.amount ?? '100'),
});
const outcomes = (limits: LimitBalance[], transactions: EvaluatedTransaction[]) => {
  const commitments = new Commitments(limits, 'customer1');
  return transactions.map((one) => commitments.evaluate(one));
};

describe('evaluating against not-to-exceed limits', () => {
  it('NTE-03: is within at exactly the limit and over it by one cent', () => {
    expect(outcomes([limit('100')], [transaction()])).toEqual([COMMITTED]);
    expect(outcomes([limit('99.99')], [transaction()])).toEqual([FAILED]);
    expect(outcomes([], [transaction()])).toEqual([NOT_APPLICABLE]);
  });

  it.each([
    ['the customer of a contract line', limit('50', 'line1', 'customer1')],
    ['a contract line', limit('50', 'line1')],
    ['a customer of the contract', limit('50', null, 'customer1')],
    ['a contract', limit('50')],
  ])('NTE-01: covers %s and nothing beside it', (_level, own) => {
    const elsewhere = transaction({ contractLineId: 'line2', customerId: 'customer2' });
    expect(outcomes([own], [transaction()])).toEqual([FAILED]);
    expect(outcomes([own], [elsewhere])).toEqual([own.contractLineId === null && own.customerId === null ? FAILED : NOT_APPLICABLE]);
  });

  it('NTE-01: takes whoever pays for a transaction that names nobody as the contract\'s customer', () => {
    expect(outcomes([limit('50', null, 'customer1')], [transaction({ customerId: null })])).toEqual([FAILED]);
  });

  it('NTE-02: counts neither non-chargeable nor complimentary sales, milestones nor retainers', () => {
    const free = [
      transaction({ billingType: BillingType.NON_CHARGEABLE }),
      transaction({ billingType: BillingType.COMPLIMENTARY }),
      transaction({ classification: TransactionClassification.MILESTONE }),
      transaction({ classification: TransactionClassification.RETAINER }),
    ];
    expect(outcomes([limit('100')], [...free, transaction()])).toEqual([...free.map(() => NOT_APPLICABLE), COMMITTED]);
  });

  it('NTE-03: needs room under every limit that covers it', () => {
    const limits = [limit('1000'), limit('300', 'line1'), limit('150', 'line1', 'customer1'), limit('250', null, 'customer1')];
    const twoOfEach = ['customer1', 'customer1', 'customer2', 'customer2', 'customer2'].map((customerId, index) =>
      transaction({ id: String(index), customerId }),
    );
    // The second exceeds the line customer's 150, the fifth the line's 300.
    expect(outcomes(limits, twoOfEach)).toEqual([COMMITTED, FAILED, COMMITTED, COMMITTED, FAILED]);
  });

  it('NTE-04: takes nothing for one that fails, so that a smaller one behind it fits', () => {
    expect(outcomes([limit('100')], [transaction({ amount: '101' }), transaction()])).toEqual([FAILED, COMMITTED]);
  });

  it('NTE-04: goes by transaction date, then by id', () => {
    const unordered = [transaction({ id: 'b' }), transaction({ id: 'c', transactionDate: '2026-05-31' }), transaction({ id: 'a' })];
    expect(inOrder(unordered).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('NTE-07: a negative amount is always within and gives its amount back', () => {
    expect(outcomes([limit('0')], [transaction({ amount: '-40' }), transaction({ amount: '40' }), transaction({ amount: '1' })])).toEqual([
      COMMITTED, COMMITTED, FAILED,
    ]);
  });

  it('NTE-03: whatever comes, what is committed exceeds no limit', () => {
    const scope = fc.record({
      contractLineId: fc.option(fc.constantFrom('line1', 'line2')),
      customerId: fc.option(fc.constantFrom('customer1', 'customer2')),
      remaining: fc.integer({ min: 0, max: 500 }).map((cents) => decimal(cents).div(100)),
    });
    const row = fc.record({
      contractLineId: fc.constantFrom('line1', 'line2'),
      customerId: fc.constantFrom('customer1', 'customer2', null),
      cents: fc.integer({ min: -50, max: 200 }),
    });
    fc.assert(fc.property(fc.array(scope, { maxLength: 9 }), fc.array(row, { maxLength: 30 }), (limits, rows) => {
      const transactions = rows.map(({ cents, ...rest }, index) => transaction({ ...rest, id: String(index), amount: decimal(cents).div(100).toFixed() }));
      const committed = transactions.filter((_one, index) => outcomes(limits, transactions)[index] === COMMITTED);
      for (const { contractLineId, customerId, remaining } of limits) {
        const covered = committed.filter((one) =>
          (contractLineId === null || one.contractLineId === contractLineId) && (customerId === null || (one.customerId ?? 'customer1') === customerId));
        expect(sum(covered.map(({ amount }) => amount)).lte(remaining)).toBe(true);
      }
    }));
  });
});

describe('the scope of a limit', () => {
  const facts = {
    contract: { number: 'CON-1', customerId: 'customer1' },
    lines: [{ id: 'line1' }],
    customers: [{ customerId: 'customer2', contractLineId: null }, { customerId: 'customer3', contractLineId: 'line2' }],
    customer: { name: 'Fourth Coffee' },
    currencyDecimals: 0,
  };
  const refused = (scope: { contractLineId?: string; customerId?: string }, amount = '10') =>
    refusalsOfLimit({ contractId: 'c', contractLineId: null, customerId: null, ...scope }, decimal(amount), facts).map(({ code, path }) => [code, path?.[1]]);

  it('NTE-01: is refused with the name of a customer who pays nothing of the contract', () => {
    const [refusal] = refusalsOfLimit({ contractId: 'c', contractLineId: null, customerId: 'customer4' }, decimal('10'), facts);
    expect(refusal).toMatchObject({ message: 'The customer Fourth Coffee pays nothing of the contract CON-1.', path: ['input', 'customerId'] });
  });

  it('NTE-01: has a level and a key of its own', () => {
    const scopes = [null, 'line1'].flatMap((contractLineId) =>
      [null, 'customer1'].map((customerId) => ({ contractId: 'c', contractLineId, customerId })));
    expect(scopes.map(levelOf)).toEqual([
      NotToExceedLevel.CONTRACT, NotToExceedLevel.CUSTOMER, NotToExceedLevel.CONTRACT_LINE, NotToExceedLevel.CONTRACT_LINE_CUSTOMER,
    ]);
    expect(new Set(scopes.map(scopeKeyOf)).size).toBe(4);
  });

  it('NTE-13: is refused with a wrong amount, line or customer', () => {
    expect(refused({}, '-1')).toEqual([['INVALID_INPUT', 'amount']]);
    expect(refused({}, '1.5')).toEqual([['INVALID_INPUT', 'amount']]);
    expect(refused({}, '9999999999999')).toEqual([['AMOUNT_OUT_OF_RANGE', 'amount']]);
    expect(refused({ contractLineId: 'line9' })).toEqual([['NOT_FOUND', 'contractLineId']]);
    expect(refused({ contractLineId: 'line1', customerId: 'customer3' })).toEqual([['INVALID_INPUT', 'customerId']]);
    for (const scope of [{}, { contractLineId: 'line1' }, { customerId: 'customer1' }, { contractLineId: 'line1', customerId: 'customer2' }]) {
      expect(refused(scope, '0')).toEqual([]);
    }
  });
});
