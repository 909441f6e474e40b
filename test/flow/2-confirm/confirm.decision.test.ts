import {
  AdjustmentStatus,
  BillingMethod,
  BillingStatus,
  BillingType,
  MilestoneInvoiceStatus,
  TransactionClassification,
  TransactionType,
  type Actual,
} from '../../../src/entities/dataverse';
import { decideConfirmation, type DetailDecision, type DetailFacts } from '../../../src/flow/2-confirm/confirm.decision';
import { decimal } from '../../../src/kernel/decimal';
import type { Refusal } from '../../../src/kernel/refusal';
import { confirmation, milestoneDetail, milestoneOf, transactionDetail, unbilledActual } from './confirm-facts';

const { UNBILLED_SALES, BILLED_SALES } = TransactionType;

function decided(facts: DetailFacts): DetailDecision {
  const decision = decideConfirmation(confirmation(), facts);
  if ('kind' in decision) throw new Error(decision.message);
  return decision;
}

function refused(facts: DetailFacts): Refusal {
  const decision = decideConfirmation(confirmation(), facts);
  if (!('kind' in decision)) throw new Error('Expected a refusal');
  return decision;
}

/** A row of the table of domain facts 6.8: type, quantity, amount, billing type, adjustment status, skip sync. */
const row = (actual: Actual) => [
  actual.transactionType,
  actual.quantity.toString(),
  actual.amount.toString(),
  actual.billingType,
  actual.adjustmentStatus,
  actual.skipSync,
];
const { UNADJUSTABLE } = AdjustmentStatus;
const { CHARGEABLE, NON_CHARGEABLE, COMPLIMENTARY } = BillingType;

describe('what confirming a detail creates', () => {
  it.each([
    ['A1 time', TransactionClassification.TIME],
    ['A1 expense', TransactionClassification.EXPENSE],
    ['A1 material', TransactionClassification.MATERIAL],
    ['B fee', TransactionClassification.FEE],
  ])('CONFIRM-01: %s of 8 at 200: a reversal and a billed actual', (_case, classification) => {
    const { actuals } = decided(transactionDetail(unbilledActual({ classification })));
    expect(actuals.map(row)).toEqual([
      [UNBILLED_SALES, '-8', '-1600', CHARGEABLE, UNADJUSTABLE, true],
      [BILLED_SALES, '8', '1600', CHARGEABLE, null, false],
    ]);
    expect(actuals.map((actual) => actual.classification)).toEqual([classification, classification]);
    expect(actuals.map((actual) => actual.price?.toString())).toEqual(['200', '200']);
  });

  it('CONFIRM-02: C1 milestone of 5,000: a billed actual only', () => {
    const { actuals, connections } = decided(milestoneDetail());
    expect(actuals.map(row)).toEqual([[BILLED_SALES, '1', '5000', CHARGEABLE, null, false]]);
    expect(actuals[0]).toMatchObject({
      milestoneId: 'milestone',
      classification: TransactionClassification.MILESTONE,
      proformaInvoiceId: 'proforma',
      lineDetailId: 'detail',
      transactionDate: '2026-06-15',
      accountingDate: '2026-06-30',
      contractingUnitId: 'unit-of-contract',
      description: 'Go-live',
    });
    expect(connections).toEqual([]);
  });

  it.each([NON_CHARGEABLE, COMPLIMENTARY])('CONFIRM-05: billing type %s is billed with its own billing type', (billingType) => {
    const { actuals } = decided(transactionDetail(unbilledActual({ billingType })));
    expect(actuals.map(row)).toEqual([
      [UNBILLED_SALES, '-8', '-1600', billingType, UNADJUSTABLE, true],
      [BILLED_SALES, '8', '1600', billingType, null, false],
    ]);
  });

  it("CONFIRM-05: the billed actual has the detail's tax and descriptions, the reversal the source's", () => {
    const facts = transactionDetail(unbilledActual(), {
      tax: decimal(300),
      description: 'Design',
      externalDescription: 'Phase 1',
    });
    const [reversal, billed] = decided(facts).actuals;
    expect([reversal!.tax.toString(), reversal!.description, reversal!.externalDescription]).toEqual([
      '-320',
      'Work',
      'For the customer',
    ]);
    expect([billed!.tax.toString(), billed!.description, billed!.externalDescription]).toEqual(['300', 'Design', 'Phase 1']);
    expect([reversal!.amountBase?.toString(), billed!.amountBase?.toString()]).toEqual(['-2000', '2000']);
  });

  it('CONFIRM-03: only the billed actual carries the change set that goes to finance', () => {
    expect(decided(transactionDetail()).actuals.map((actual) => actual.changeSetId)).toEqual([null, 'change-set']);
  });

  it('CONFIRM-04: the source becomes posted, and the new actuals are born posted', () => {
    const transaction = decided(transactionDetail());
    expect([transaction.invoicedActualId, transaction.invoicedMilestoneId]).toEqual(['unbilled', null]);
    expect(transaction.actuals.map((actual) => actual.billingStatus)).toEqual([
      BillingStatus.CUSTOMER_INVOICE_POSTED,
      BillingStatus.CUSTOMER_INVOICE_POSTED,
    ]);
    const milestone = decided(milestoneDetail());
    expect([milestone.invoicedActualId, milestone.invoicedMilestoneId]).toEqual([null, 'milestone']);
  });

  it('CONFIRM-06: two connections, of which finance gets the one between sent actuals', () => {
    const {
      actuals: [reversal, billed],
      connections,
    } = decided(transactionDetail());
    expect(connections).toMatchObject([
      {
        transaction1Id: reversal!.id,
        transaction1Role: 'Reversing',
        transaction2Id: 'unbilled',
        transaction2Role: 'Original',
        changeSetId: null,
      },
      {
        transaction1Id: billed!.id,
        transaction1Role: 'Billed Sales',
        transaction2Id: 'unbilled',
        transaction2Role: 'Unbilled Sales',
        changeSetId: 'change-set',
      },
    ]);
    expect(new Set(connections.flatMap((one) => [one.transaction1Type, one.transaction2Type]))).toEqual(
      new Set(['msdyn_actual']),
    );
    const unsent = decided(transactionDetail(unbilledActual({ skipSync: true })));
    expect(unsent.connections.map((one) => one.changeSetId)).toEqual([null, null]);
  });

  it('CONFIRM-07: origins of the billed actual are invoice, line, detail and the work; of the reversal the work', () => {
    const {
      actuals: [reversal, billed],
      origins,
    } = decided(transactionDetail());
    const of = (id: string) =>
      origins.filter((origin) => origin.transactionId === id).map(({ originType, originId }) => [originType, originId]);
    const work = [
      ['msdyn_journalline', 'journal-line'],
      ['msdyn_timeentry', 'time-entry'],
    ];
    expect(of(billed!.id)).toEqual([
      ['invoice', 'proforma'],
      ['invoicedetail', 'line'],
      ['msdyn_invoicelinetransaction', 'detail'],
      ...work,
    ]);
    expect(of(reversal!.id)).toEqual(work);
    expect(decided(milestoneDetail()).origins.map(({ originType, originId }) => [originType, originId])).toEqual([
      ['invoice', 'proforma'],
      ['invoicedetail', 'line'],
      ['msdyn_invoicelinetransaction', 'detail'],
      ['msdyn_contractlinescheduleofvalue', 'milestone'],
    ]);
  });

  it('CONFIRM-07: leaves out what the source does not have', () => {
    const {
      actuals: [reversal],
      origins,
    } = decided({ ...transactionDetail(), sourceOrigins: [] });
    expect(origins.map((origin) => origin.originType)).toEqual(['invoice', 'invoicedetail', 'msdyn_invoicelinetransaction']);
    expect(origins.some((origin) => origin.transactionId === reversal!.id)).toBe(false);
  });

  it('CONFIRM-08: takes the accounting date of the confirmation, and every other date of the source', () => {
    for (const actual of decided(transactionDetail()).actuals) {
      expect(actual).toMatchObject({
        accountingDate: '2026-06-30',
        transactionDate: '2026-06-10',
        documentDate: '2026-06-11',
        startDateTime: '2026-06-10T08:00:00.000Z',
        createdOn: '2026-06-30T12:00:00.000Z',
        proformaInvoiceId: 'proforma',
        lineDetailId: 'detail',
      });
    }
  });

  it('CONFIRM-08: what finance wrote back to the source is not copied', () => {
    for (const actual of decided(transactionDetail()).actuals) {
      expect(actual).toMatchObject({
        externalReference: null,
        accountingAmount: null,
        accountingExchangeRate: null,
        voucherNumber: null,
        salesTaxAmount: null,
        version: 1,
        sourceVersion: 0,
      });
    }
  });

  const NEW = (quantity: string, amount: string, billingType = CHARGEABLE) => [
    [UNBILLED_SALES, quantity, amount, billingType, null, false],
    [UNBILLED_SALES, `-${quantity}`, `-${amount}`, billingType, UNADJUSTABLE, true],
    [BILLED_SALES, quantity, amount, billingType, null, false],
  ];
  const REVERSED = [UNBILLED_SALES, '-8', '-1600', CHARGEABLE, UNADJUSTABLE, false];

  it.each([
    ['A2 quantity 6', { quantity: decimal(6), amount: decimal(1200) }, [...NEW('6', '1200'), ...NEW('2', '400', NON_CHARGEABLE)]],
    ['A3 quantity 10', { quantity: decimal(10), amount: decimal(2000) }, NEW('10', '2000')],
    ['another price', { price: decimal(180), amount: decimal(1440) }, NEW('8', '1440')],
    ['another amount', { amount: decimal(1500) }, NEW('8', '1500')],
    ['another billing type', { billingType: COMPLIMENTARY }, NEW('8', '1600', COMPLIMENTARY)],
  ])('CONFIRM-13: %s replaces the source', (_what, changes, rows) => {
    const decision = decided(transactionDetail(unbilledActual(), changes));
    expect(decision.actuals.map(row)).toEqual([REVERSED, ...rows]);
    expect([decision.invoicedActualId, decision.adjustedActualIds]).toEqual(['unbilled', ['unbilled']]);
    expect(new Set(decision.actuals.map((actual) => actual.billingStatus))).toEqual(
      new Set([BillingStatus.CUSTOMER_INVOICE_POSTED]),
    );
  });

  it('CONFIRM-18: the reversal of an adjusted source is skipped where a setting says so, or the source was not sent', () => {
    const edit = { quantity: decimal(10), amount: decimal(2000) };
    const unsent = decided(transactionDetail(unbilledActual({ skipSync: true }), edit)).actuals[0]!;
    expect([unsent.skipSync, unsent.changeSetId]).toEqual([true, null]);
    const literal = decideConfirmation({ ...confirmation(), skipReversalsOfAdjusted: true }, transactionDetail(unbilledActual(), edit));
    expect('kind' in literal || literal.actuals[0]).toMatchObject({ skipSync: true, changeSetId: null });
  });

  it('CONFIRM-19: new unbilled actuals come from invoice, line, detail and the work, and replace the source', () => {
    const { actuals, connections, origins } = decided(transactionDetail(unbilledActual(), { quantity: decimal(10), amount: decimal(2000) }));
    const [reversal, unbilled, unbilledReversal, billed] = actuals.map(({ id }) => id);
    expect(connections.map((one) => [one.transaction1Id, one.transaction1Role, one.transaction2Id, one.transaction2Role, one.changeSetId])).toEqual([
      [reversal, 'Reversing', 'unbilled', 'Original', 'change-set'],
      [unbilled, 'Replacing', 'unbilled', 'Original', 'change-set'],
      [unbilledReversal, 'Reversing', unbilled, 'Original', null],
      [billed, 'Billed Sales', unbilled, 'Unbilled Sales', 'change-set'],
    ]);
    const count = (id: string | undefined) => origins.filter((origin) => origin.transactionId === id).length;
    expect([reversal, unbilled, unbilledReversal, billed].map(count)).toEqual([2, 5, 2, 5]);
    expect(actuals.map((actual) => actual.amountBase?.toString())).toEqual(['-2000', '2500', '-2500', '2500']);
  });

  it('CONFIRM-20: A4 and C2: what was added by hand', () => {
    const manual = { ...transactionDetail(unbilledActual(), { unbilledActualId: null }), source: null, sourceOrigins: [] };
    expect(decided(manual).actuals.map(row)).toEqual(NEW('8', '1600'));
    const billingMethods = new Map([['line', BillingMethod.FIXED_PRICE]]);
    const onFixedPrice = decideConfirmation({ ...confirmation(), billingMethods }, manual);
    expect('kind' in onFixedPrice || onFixedPrice.actuals.map(row)).toEqual([[BILLED_SALES, '8', '1600', CHARGEABLE, null, false]]);
  });

  it('CONFIRM-16: a source in another status, adjusted, or gone is refused', () => {
    expect(refused(transactionDetail(unbilledActual({ billingStatus: BillingStatus.READY_TO_INVOICE })))).toMatchObject({
      kind: 'state',
      from: 'READY_TO_INVOICE',
      to: 'CUSTOMER_INVOICE_POSTED',
      allowed: ['CUSTOMER_INVOICE_CREATED'],
    });
    expect(refused(transactionDetail(unbilledActual({ adjustmentStatus: AdjustmentStatus.ADJUSTED })))).toMatchObject({
      code: 'ADJUSTED',
    });
    expect(refused({ ...transactionDetail(), source: null })).toMatchObject({ code: 'NOT_FOUND', key: 'unbilled' });
    expect(
      refused(milestoneDetail(milestoneOf({ invoiceStatus: MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED }))),
    ).toMatchObject({ kind: 'state' });
  });
});
