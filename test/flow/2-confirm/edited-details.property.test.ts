import fc from 'fast-check';
import {
  BillingMethod, BillingType, TransactionClassification, TransactionType, type Actual, type ProformaInvoiceLineDetail,
} from '../../../src/entities/dataverse';
import { decideEdit, type DetailEdit } from '../../../src/flow/1-bill/draft/edit-details.decision';
import { decideManualDetail } from '../../../src/flow/1-bill/draft/manual-detail.decision';
import { decideConfirmation, type DetailFacts } from '../../../src/flow/2-confirm/confirm.decision';
import { Decimal, sum, ZERO } from '../../../src/kernel/decimal';
import { amountOf } from '../../../src/kernel/money';
import { confirmation, transactionDetail, unbilledActual } from './confirm-facts';

/** The sums of domain facts 6.9 over random edits and manual entries, in currencies of every number of decimals. */

const figure = (most: number, decimals: number) =>
  fc.integer({ min: 0, max: most }).map((units) => new Decimal(units).div(new Decimal(10).pow(decimals)));
const quantity = figure(500_000_000, 6);
const price = figure(50_000_000, 4);
const currencyDecimals = fc.constantFrom(0, 1, 2, 3, 4);
const { TIME, EXPENSE, MATERIAL, FEE } = TransactionClassification;
const classification = fc.constantFrom(TIME, EXPENSE, MATERIAL, FEE);
const billingType = fc.constantFrom(BillingType.CHARGEABLE, BillingType.NON_CHARGEABLE, BillingType.COMPLIMENTARY);
const edit = fc.record({ quantity, price, billingType }, { requiredKeys: [] });

const total = (actuals: readonly Actual[], field: 'quantity' | 'amount' | 'tax', of: (actual: Actual) => boolean = () => true) =>
  sum(actuals.filter(of).map((actual) => actual[field])).toFixed();
const isChargeable = (actual: Actual) => actual.billingType === BillingType.CHARGEABLE;
const ofType = (type: TransactionType) => (actual: Actual) => actual.transactionType === type;

function confirmed(facts: DetailFacts, decimals: number) {
  const decision = decideConfirmation({ ...confirmation(), currencyDecimals: decimals }, facts);
  if ('kind' in decision) throw new Error(decision.message);
  const { actuals } = decision;
  // Confirming keeps the original, so its own row is part of the sums.
  const unbilled = [...actuals.filter(ofType(TransactionType.UNBILLED_SALES)), ...(facts.source ? [facts.source] : [])];
  return { decision, unbilled, billed: actuals.filter(ofType(TransactionType.BILLED_SALES)) };
}

function edited(facts: DetailFacts, changes: Omit<DetailEdit, 'detailId'>, decimals: number): ProformaInvoiceLineDetail {
  const line = { billingMethod: BillingMethod.TIME_AND_MATERIAL, productType: 5 };
  const decided = decideEdit({ detailId: facts.detail.id, ...changes }, { detail: facts.detail, line, source: facts.source, currencyDecimals: decimals, path: [] });
  if (Array.isArray(decided)) throw new Error(decided.map(({ message }) => message).join(' '));
  return decided;
}

describe('edited and manual details', () => {
  it('CONFIRM-19: of an edit no unbilled quantity or amount is left, and the customer is billed what the detail says', () => {
    fc.assert(fc.property(quantity, price, classification, billingType, edit, currencyDecimals, (worked, at, kind, type, changes, decimals) => {
      fc.pre(Object.keys(changes).length > 0);
      const source = unbilledActual({ quantity: worked, price: at, amount: amountOf(worked, at, decimals), tax: ZERO, classification: kind, billingType: type });
      const facts = transactionDetail(source);
      const detail = edited(facts, changes, decimals);
      const { unbilled, billed } = confirmed({ ...facts, detail }, decimals);
      expect([total(unbilled, 'quantity'), total(unbilled, 'amount'), total(unbilled, 'tax')]).toEqual(['0', '0', '0']);
      const billedQuantity = kind === FEE ? detail.quantity : Decimal.max(worked, detail.quantity);
      expect(total(billed, 'quantity')).toBe(billedQuantity.toFixed());
      expect(total(billed, 'amount', isChargeable)).toBe(detail.billingType === BillingType.CHARGEABLE ? detail.amount.toFixed() : '0');
    }), { numRuns: 1_000, seed: 20260630 });
  });

  it('CONFIRM-17: at an unchanged price what is billed and what is left over are the whole, to the smallest unit of any currency', () => {
    const split = fc.record({ worked: quantity, share: fc.integer({ min: 0, max: 1_000_000 }), at: price, decimals: currencyDecimals });
    fc.assert(fc.property(split, ({ worked, share, at, decimals }) => {
      const source = unbilledActual({ quantity: worked, price: at, amount: amountOf(worked, at, decimals), tax: ZERO });
      const facts = transactionDetail(source);
      const reduced = worked.times(share).div(1_000_000).toDecimalPlaces(6);
      const { billed } = confirmed({ ...facts, detail: edited(facts, { quantity: reduced }, decimals) }, decimals);
      expect([total(billed, 'quantity'), total(billed, 'amount')]).toEqual([worked.toFixed(), source.amount.toFixed()]);
      for (const { amount } of billed) expect(amount.decimalPlaces()).toBeLessThanOrEqual(decimals);
    }), { numRuns: 1_000, seed: 20260630 });
  });

  it('CONFIRM-20: a manual detail leaves nothing unbilled, and is billed once, on lines of both billing methods', () => {
    const method = fc.constantFrom(BillingMethod.TIME_AND_MATERIAL, BillingMethod.FIXED_PRICE);
    const something = quantity.filter((worked) => !worked.isZero());
    fc.assert(fc.property(something, price, classification, billingType, currencyDecimals, method, (worked, at, kind, type, decimals, billingMethod) => {
      const manual = { contractLineId: 'contract-line', classification: kind, quantity: worked, price: at, billingType: type };
      const detail = decideManualDetail(manual, {
        proforma: { id: 'proforma', number: 'P', contractId: 'contract', customerId: 'customer', currencyId: 'currency' },
        line: { id: 'line', projectId: 'project', contractLineId: 'contract-line' },
        includes: { name: null, includesTime: true, includesExpense: true, includesMaterial: true, includesFee: true },
        currencyDecimals: decimals, today: '2026-06-30', newId: () => 'detail', path: [],
      });
      if (Array.isArray(detail)) throw new Error(detail.map(({ message }) => message).join(' '));
      const facts: DetailFacts = { detail, source: null, sourceOrigins: [], milestone: null, corrected: null };
      const decision = decideConfirmation({ ...confirmation(), currencyDecimals: decimals, billingMethods: new Map([['line', billingMethod]]) }, facts);
      if ('kind' in decision) throw new Error(decision.message);
      const unbilled = decision.actuals.filter(ofType(TransactionType.UNBILLED_SALES));
      const billed = decision.actuals.filter(ofType(TransactionType.BILLED_SALES));
      expect(unbilled).toHaveLength(billingMethod === BillingMethod.FIXED_PRICE ? 0 : 2);
      expect([total(unbilled, 'quantity'), total(unbilled, 'amount')]).toEqual(['0', '0']);
      expect(billed.map((row) => [row.quantity.toFixed(), row.amount.toFixed(), row.billingType])).toEqual([
        [worked.toFixed(), amountOf(worked, at, decimals).toFixed(), type],
      ]);
    }), { numRuns: 500, seed: 20260630 });
  });
});
