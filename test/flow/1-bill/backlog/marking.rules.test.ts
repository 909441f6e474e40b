import {
  AdjustmentStatus,
  BillingStatus,
  MilestoneInvoiceStatus,
  NotToExceedStatus,
  TransactionType,
} from '../../../../src/entities/dataverse';
import {
  refusalOfActual,
  refusalsOfActuals,
  refusalsOfMilestones,
  type MarkableActual,
  type MarkingAction,
} from '../../../../src/flow/1-bill/backlog/marking.rules';

const actual = (changes: Partial<MarkableActual> = {}): MarkableActual => ({
  id: 'a1',
  transactionType: TransactionType.UNBILLED_SALES,
  billingStatus: BillingStatus.UNBILLED_SALES_CREATED,
  adjustmentStatus: null,
  notToExceedStatus: NotToExceedStatus.NOT_APPLICABLE,
  contractLineId: 'l1',
  ...changes,
});
const codeOf = (action: MarkingAction, changes: Partial<MarkableActual>) =>
  refusalOfActual(action, actual(changes), [])?.code ?? null;

describe('marking for invoicing', () => {
  it.each([
    ['markReady', BillingStatus.UNBILLED_SALES_CREATED, null],
    ['markReady', BillingStatus.READY_TO_INVOICE, 'INVALID_STATE'],
    ['markReady', BillingStatus.CUSTOMER_INVOICE_CREATED, 'INVALID_STATE'],
    ['markReady', BillingStatus.CUSTOMER_INVOICE_POSTED, 'INVALID_STATE'],
    ['markReady', BillingStatus.CANCELED, 'INVALID_STATE'],
    ['markReady', null, 'INVALID_STATE'],
    ['markNotReady', BillingStatus.READY_TO_INVOICE, null],
    ['markNotReady', BillingStatus.UNBILLED_SALES_CREATED, 'INVALID_STATE'],
    ['markNotReady', BillingStatus.CUSTOMER_INVOICE_CREATED, 'INVALID_STATE'],
  ] as const)('BILL-01: %s from billing status %s gives %s', (action, billingStatus, code) => {
    expect(codeOf(action, { billingStatus })).toBe(code);
  });

  it('BILL-01: names the state it found, the one asked for and those that allow it', () => {
    expect(refusalOfActual('markReady', actual({ billingStatus: BillingStatus.CUSTOMER_INVOICE_CREATED }), ['input'])).toEqual({
      kind: 'state',
      code: 'INVALID_STATE',
      path: ['input'],
      from: 'CUSTOMER_INVOICE_CREATED',
      to: 'READY_TO_INVOICE',
      allowed: ['UNBILLED_SALES_CREATED'],
      message: 'The actual a1 is CUSTOMER_INVOICE_CREATED; it can become READY_TO_INVOICE only from UNBILLED_SALES_CREATED.',
    });
  });

  it('BILL-02: takes unbilled sales only', () => {
    expect(codeOf('markReady', { transactionType: TransactionType.COST, billingStatus: null })).toBe('NOT_UNBILLED_SALES');
    expect(codeOf('markReady', { transactionType: TransactionType.BILLED_SALES })).toBe('NOT_UNBILLED_SALES');
    expect(codeOf('markReady', { contractLineId: null })).toBe('NO_CONTRACT_LINE');
  });

  it('BILL-03: never takes an adjusted or unadjustable actual', () => {
    expect(codeOf('markReady', { adjustmentStatus: AdjustmentStatus.ADJUSTED })).toBe('ADJUSTED');
    expect(codeOf('markReady', { adjustmentStatus: AdjustmentStatus.UNADJUSTABLE })).toBe('UNADJUSTABLE');
    expect(codeOf('markReady', { adjustmentStatus: AdjustmentStatus.IN_PROCESS })).toBe('UNADJUSTABLE');
  });

  it('BILL-04: never takes an actual that failed a limit, but takes its mark back', () => {
    expect(codeOf('markReady', { notToExceedStatus: NotToExceedStatus.FAILED })).toBe('NOT_TO_EXCEED_FAILED');
    expect(codeOf('markReady', { notToExceedStatus: NotToExceedStatus.COMMITTED })).toBeNull();
    expect(
      codeOf('markNotReady', { notToExceedStatus: NotToExceedStatus.FAILED, billingStatus: BillingStatus.READY_TO_INVOICE }),
    ).toBeNull();
  });

  it('BILL-05: takes a milestone that is not ready yet, and no other', () => {
    const found = new Map([
      ['m1', { id: 'm1', name: 'Kick-off', invoiceStatus: MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING }],
      ['m2', { id: 'm2', name: 'Go-live', invoiceStatus: MilestoneInvoiceStatus.CUSTOMER_INVOICE_POSTED }],
    ]);
    expect(refusalsOfMilestones('markReady', ['m1'], found)).toEqual([]);
    expect(refusalsOfMilestones('markReady', ['m1', 'm2', 'm3'], found)).toMatchObject([
      { code: 'INVALID_STATE', from: 'CUSTOMER_INVOICE_POSTED', message: expect.stringContaining('The milestone Go-live is'), path: ['input', 'milestoneIds', '1'] },
      { code: 'NOT_FOUND', path: ['input', 'milestoneIds', '2'] },
    ]);
  });

  it('BILL-06: names the place of every refused one', () => {
    const found = new Map([
      ['a1', actual()],
      ['a2', actual({ id: 'a2', adjustmentStatus: AdjustmentStatus.ADJUSTED })],
    ]);
    expect(refusalsOfActuals('markReady', ['a1', 'a2', 'a3'], found)).toMatchObject([
      { code: 'ADJUSTED', path: ['input', 'actualIds', '1'] },
      { code: 'NOT_FOUND', path: ['input', 'actualIds', '2'] },
    ]);
  });
});
