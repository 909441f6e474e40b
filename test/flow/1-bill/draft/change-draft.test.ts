import { Account, BillingStatus, ProjectContractLine, TransactionClassification } from '../../../../src/entities/dataverse';
import { updateRows } from '../../../../src/stores/bulk';
import { onBothEngines } from '../../../support/engines';
import { Story } from '../../../support/story';

const POSTED = 'CUSTOMER_INVOICE_POSTED';

onBothEngines('changing a draft, by queries only', (gateway) => {
  const billingStatusOf = async (story: Story, id: string) => (await story.ask('query ($id: ID!) { actual(id: $id) { billingStatus } }', { id })).actual.billingStatus;

  it('BILL-23: adds time by hand to a time and material line: unbilled, reversed, billed, and no WIP is left (A4)', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { id, number } = await story.draft();
    const { lines, categories } = story.world.facts;
    const manual = { contractLineId: lines.timeAndMaterial, classification: 'TIME', quantity: '3', price: '150.005', tax: '9', categoryId: categories[TransactionClassification.TIME] };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [manual] });
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '2050.02', tax: '9', totalAmount: '2059.02' });
    await story.process.confirm(id);
    expect((await story.rows()).slice(-3)).toEqual([
      ['U', '3', '450.02', 'CHARGEABLE', POSTED, null, 'sent', []],
      ['U', '-3', '-450.02', 'CHARGEABLE', POSTED, 'UNADJUSTABLE', 'skipped', ['Reversing > Original U 3']],
      ['B', '3', '450.02', 'CHARGEABLE', POSTED, null, 'sent', ['Billed Sales > Unbilled Sales U 3']],
    ]);
    await story.settle();
    expect(await story.proforma(number)).toMatchObject({ stage: 'DONE', customerInvoice: { invoiceAmount: '2050.02' } });
    expect(await story.balances()).toMatchObject({ WIP_SALES_VALUE: '0', ACCRUED_REVENUE_SALES_VALUE: '0', CUSTOMER_BALANCE: '2050.02', INVOICED_REVENUE: '-2050.02' });
    expect(await story.notWrittenBack()).toEqual([]);
  });

  it('BILL-23: adds a fee by hand to a fixed-price line: billed only (C2)', async () => {
    const story = await Story.begin(gateway());
    await story.world.milestone();
    const { id, number } = await story.draft();
    const { lines, categories } = story.world.facts;
    const manual = { contractLineId: lines.fixedPrice, classification: 'FEE', quantity: '1', price: '75', categoryId: categories[TransactionClassification.FEE] };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [manual] });
    await story.process.confirm(id);
    expect(await story.rows()).toEqual([
      ['B', '1', '5000', 'CHARGEABLE', POSTED, null, 'sent', []], ['B', '1', '75', 'CHARGEABLE', POSTED, null, 'sent', []],
    ]);
    await story.settle();
    expect(await story.proforma(number)).toMatchObject({ stage: 'DONE', customerInvoice: { invoiceAmount: '5075' } });
    expect(await story.balances()).toMatchObject({ CUSTOMER_BALANCE: '5075' });
  });

  it('BILL-23: refuses bad details by hand, all with their places, and adds none', async () => {
    const story = await Story.begin(gateway());
    const other = await Story.begin(gateway());
    await story.world.unbilled();
    const { number } = await story.draft();
    const good = { contractLineId: story.world.facts.lines.timeAndMaterial, classification: 'TIME', quantity: '1', price: '1' };
    const details = [good, { ...good, classification: 'MILESTONE', quantity: '-1' }, { ...good, contractLineId: other.world.facts.lines.timeAndMaterial }, { ...good, roleId: other.world.contractId }, { ...good, quantity: '0', tax: '1' }];
    expect(await story.isRefused('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details })).toEqual([
      ['INVALID_INPUT', 'input.details.1.classification'], ['NEGATIVE_FIGURE', 'input.details.1.quantity'],
      ['NO_CONTRACT_LINE', 'input.details.2.contractLineId'], ['INVALID_INPUT', 'input.details.4.quantity'], ['NOT_FOUND', 'input.details.3.roleId'],
    ]);
    expect(await story.details(number)).toHaveLength(1);
  });

  it('BILL-23: what was added by hand cannot be edited down to nothing, only removed', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { number, lines } = await story.draft();
    const manual = { contractLineId: story.world.facts.lines.timeAndMaterial, classification: 'TIME', quantity: '3', price: '10' };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [manual] });
    const byHand = (await story.details(number)).find(({ id }) => id !== lines[0]!.id)!;
    const edit = (detailId: string, quantity: string) => ({ proformaInvoiceNumber: number, details: [{ detailId, quantity }] });
    expect(await story.isRefused('updateProformaInvoiceLineDetails', edit(byHand.id, '0'))).toEqual([['INVALID_INPUT', 'input.details.0.quantity']]);
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '1630' });
    await story.editDetails(number, [{ detailId: byHand.id, quantity: '0.5' }, { detailId: lines[0]!.id, quantity: '0' }]);
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '5' });
  });

  it('BILL-23: adds by hand on a contract line that came after the draft', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { number } = await story.draft();
    const late = { contractLineId: await story.world.lateLine(), classification: 'TIME', quantity: '2', price: '50' };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [late] });
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '1700' });
  });

  it('BILL-23: refuses by hand what the contract line does not include', async () => {
    const story = await Story.begin(gateway());
    const { timeAndMaterial, fixedPrice } = story.world.facts.lines;
    await gateway().database.write((work) => updateRows(work, ProjectContractLine, [{ id: timeAndMaterial, includesExpense: false, includesFee: false }]));
    await story.world.unbilled();
    const { number } = await story.draft();
    const of = (classification: string, contractLineId = timeAndMaterial) => ({ contractLineId, classification, quantity: '1', price: '1' });
    const details = [of('TIME'), of('EXPENSE'), of('MATERIAL'), of('FEE'), of('FEE', fixedPrice)];
    expect(await story.isRefused('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details })).toEqual([
      ['NOT_INCLUDED', 'input.details.1.classification'], ['NOT_INCLUDED', 'input.details.3.classification'],
    ]);
    expect(await story.details(number)).toHaveLength(1);
  });

  it('BILL-31: a draft is addressed to its customer, however it came about, and keeps what somebody wrote', async () => {
    const story = await Story.begin(gateway());
    const { accountId } = story.world.facts.customers[0]!;
    const address = { addressLine1: '1 Main Street', addressCity: 'Seattle', addressStateOrProvince: 'WA', addressPostalCode: '98101', addressCountry: 'USA' };
    await gateway().database.write((work) => updateRows(work, Account, [{ id: accountId, ...address }]));
    const billTo = async (number: string) => (await story.ask(`query ($number: String!) { proformaInvoice(number: $number) { customer { name }
      billToName billToLine1 billToLine2 billToCity billToStateOrProvince billToPostalCode billToCountry } }`, { number })).proformaInvoice;
    await story.world.unbilled();
    const { id, number } = await story.draft();
    const { customer: { name }, ...addressed } = await billTo(number);
    const own = { billToName: name, billToLine1: '1 Main Street', billToLine2: null, billToCity: 'Seattle', billToStateOrProvince: 'WA', billToPostalCode: '98101', billToCountry: 'USA' };
    expect(addressed).toEqual(own);
    await story.does('updateProformaInvoice', { proformaInvoiceNumber: number, billToName: 'Accounts payable', billToCity: null });
    await story.world.unbilled();
    await story.does('refreshProformaInvoice', { proformaInvoiceNumber: number });
    expect(await billTo(number)).toMatchObject({ ...own, billToName: 'Accounts payable', billToCity: null });
    await story.process.confirm(id);
    const { unbilledId } = await story.world.unbilled();
    type Made = { errors: []; proformaInvoice: { number: string } };
    const added = await story.does<Made>('addToProformaInvoice', { actualIds: [unbilledId] }, 'proformaInvoice { number }');
    expect(await billTo(added.proformaInvoice.number)).toMatchObject(own);
    const revised = await story.does<Made>('reviseProformaInvoice', { proformaInvoiceNumber: number }, 'proformaInvoice { number }');
    expect(await billTo(revised.proformaInvoice.number)).toMatchObject(own);
  });

  it('BILL-24: takes details off, and what they bill is ready again', async () => {
    const story = await Story.begin(gateway());
    const { unbilledId } = await story.world.unbilled();
    await story.world.unbilled({ quantity: '2' });
    const milestoneId = await story.world.milestone();
    const { number, lines } = await story.draft();
    const manual = { contractLineId: story.world.facts.lines.timeAndMaterial, classification: 'EXPENSE', quantity: '1', price: '10' };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [manual] });
    const details = await story.details(number);
    const gone = [lines[0]!.id, details.find((detail) => detail.classification === 'MILESTONE')!.id, details.find((detail) => detail.classification === 'EXPENSE')!.id];
    const { returnedTransactionCount } = await story.does<{ errors: []; returnedTransactionCount: number }>(
      'removeProformaInvoiceLineDetails', { proformaInvoiceNumber: number, detailIds: gone }, 'returnedTransactionCount',
    );
    expect(returnedTransactionCount).toBe(2);
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '400', totalAmount: '400' });
    expect(await billingStatusOf(story, unbilledId)).toBe('READY_TO_INVOICE');
    const { milestone } = await story.ask('query ($id: ID!) { milestone(id: $id) { invoiceStatus } }', { id: milestoneId });
    expect(milestone.invoiceStatus).toBe('READY_FOR_INVOICING');
    expect(await story.isRefused('removeProformaInvoiceLineDetails', { proformaInvoiceNumber: number, detailIds: [gone[0]] })).toEqual([['NOT_FOUND', 'input.detailIds.0']]);
  });

  it('BILL-25: refreshes a draft with what has become ready, and leaves edits alone', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { number, lines } = await story.draft();
    await story.editDetails(number, [{ detailId: lines[0]!.id, quantity: '7' }]);
    await story.world.unbilled({ date: '2026-06-30', quantity: '1' });
    await story.world.unbilled({ date: '2026-07-01', quantity: '2' });
    await story.world.unbilled({ quantity: '3', billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    await story.does('refreshProformaInvoice', { proformaInvoiceNumber: number });
    expect((await story.details(number)).map(({ quantity }) => quantity)).toEqual(['7', '1']);
    await story.does('refreshProformaInvoice', { proformaInvoiceNumber: number, transactionsThrough: '2026-07-31' });
    expect((await story.details(number)).map(({ quantity }) => quantity)).toEqual(['7', '1', '2']);
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '2000', totalAmount: '2000' });
  });

  it('BILL-26: adds named transactions to the newest draft, or to a new one', async () => {
    const story = await Story.begin(gateway());
    const first = await story.world.unbilled();
    const added = async (input: object) => (await story.does<{ errors: []; proformaInvoice: { number: string } }>('addToProformaInvoice', input, 'proformaInvoice { number }')).proformaInvoice.number;
    const number = await added({ actualIds: [first.unbilledId] });
    const second = await story.world.unbilled({ quantity: '2' });
    const milestoneId = await story.world.milestone();
    expect(await added({ actualIds: [second.unbilledId], milestoneIds: [milestoneId] })).toBe(number);
    expect(await story.proforma(number)).toMatchObject({ chargeableAmount: '7000', totalAmount: '7000' });
    const third = await story.world.unbilled();
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { number: string } }>('submitProformaInvoiceForReview', { proformaInvoiceNumber: number }, 'proformaInvoice { number }');
    expect(await added({ actualIds: [third.unbilledId] })).not.toBe(proformaInvoice.number);
  });

  it('BILL-26: refuses what is not ready, named twice, or of several contracts and customers', async () => {
    const story = await Story.begin(gateway(), { customers: 2 });
    const other = await Story.begin(gateway());
    const [one, two] = [await story.world.unbilled(), await story.world.unbilled({ customer: 1 })];
    const foreign = await other.world.unbilled();
    const open = await story.world.unbilled({ billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    const refused = (input: object) => story.isRefused('addToProformaInvoice', input);
    expect(await refused({ actualIds: [one.unbilledId, one.unbilledId, open.unbilledId, one.costId] })).toEqual([
      ['INVALID_INPUT', 'input.actualIds.1'], ['INVALID_STATE', 'input.actualIds.2'], ['NOT_UNBILLED_SALES', 'input.actualIds.3'],
    ]);
    expect(await refused({ actualIds: [one.unbilledId, two.unbilledId] })).toEqual([['INVALID_INPUT', 'input']]);
    expect(await refused({ actualIds: [one.unbilledId, foreign.unbilledId] })).toEqual([['INVALID_INPUT', 'input']]);
    expect(await refused({})).toEqual([['INVALID_INPUT', 'input']]);
    expect(await billingStatusOf(story, one.unbilledId)).toBe('READY_TO_INVOICE');
  });

  it('BILL-27: edits the header until confirmation, whose actuals take its accounting date', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { id, number, lines } = await story.draft();
    await story.does('updateProformaInvoice', { proformaInvoiceNumber: number, name: 'June', accountingDate: '2026-06-25', dueDate: '2026-07-15', billToCity: 'Seattle' });
    await story.does('submitProformaInvoiceForReview', { proformaInvoiceNumber: number });
    await story.does('updateProformaInvoice', { proformaInvoiceNumber: number, description: 'Second half', billToCity: null });
    const details = [{ detailId: lines[0]!.id, quantity: '1' }];
    expect(await story.isRefused('updateProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details })).toEqual([['INVALID_STATE', 'input.proformaInvoiceNumber']]);
    expect(await story.isRefused('updateProformaInvoice', { proformaInvoiceNumber: number })).toEqual([['INVALID_INPUT', 'input']]);
    expect(await story.isRefused('updateProformaInvoice', { proformaInvoiceNumber: number, name: ' ', billToPostalCode: 'x'.repeat(21) })).toEqual([
      ['INVALID_INPUT', 'input.name'], ['INVALID_INPUT', 'input.billToPostalCode'],
    ]);
    const { proformaInvoice } = await story.ask('query ($number: String!) { proformaInvoice(number: $number) { name description dueDate billToCity accountingDate status } }', { number });
    expect(proformaInvoice).toEqual({ name: 'June', description: 'Second half', dueDate: '2026-07-15', billToCity: null, accountingDate: '2026-06-25', status: 'IN_REVIEW' });
    await story.process.confirm(id);
    const { actuals } = await story.ask('query ($number: String!) { actuals(filter: { proformaInvoice: { number: { eq: $number } } }) { nodes { accountingDate } } }', { number });
    expect(new Set(actuals.nodes.map((actual: { accountingDate: string }) => actual.accountingDate))).toEqual(new Set(['2026-06-25']));
    expect(await story.isRefused('updateProformaInvoice', { proformaInvoiceNumber: number, name: 'July' })).toEqual([['INVALID_STATE', 'input.proformaInvoiceNumber']]);
  });

  it('BILL-28: goes to review and back, and stays paid when finance posts the invoice later', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { id, number } = await story.draft();
    expect(await story.isRefused('markProformaInvoicePaid', { proformaInvoiceNumber: number })).toEqual([['INVALID_STATE', 'input.proformaInvoiceNumber']]);
    await story.does('submitProformaInvoiceForReview', { proformaInvoiceNumber: number });
    expect(await story.isRefused('submitProformaInvoiceForReview', { proformaInvoiceNumber: number })).toEqual([['INVALID_STATE', 'input.proformaInvoiceNumber']]);
    await story.does('returnProformaInvoiceToDraft', { proformaInvoiceNumber: number });
    await story.process.confirm(id);
    await story.does('markProformaInvoicePaid', { proformaInvoiceNumber: number });
    await story.settle();
    expect(await story.proforma(number)).toMatchObject({ status: 'PAID', customerInvoice: { invoiceAmount: '1600' }, customerInvoiceNumber: expect.any(String) });
  });

  it('BILL-29: lists edited transactions, and sums the contract up at every stage', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    const { id, number, lines } = await story.draft();
    await story.editDetails(number, [{ detailId: lines[0]!.id, quantity: '6', description: 'Design' }]);
    await story.world.unbilled({ quantity: '1' });
    await story.world.unbilled({ quantity: '2', billingStatus: BillingStatus.UNBILLED_SALES_CREATED });
    const summary = async () => (await story.ask(`query ($number: String!) { projectContract(number: $number) { financialSummary {
      currencyCode byBillingType { billingType openAmount readyAmount draftAmount confirmedAmount invoicedAmount }
    } } }`, { number: story.contractNumber })).projectContract.financialSummary.byBillingType;
    const { proformaInvoice } = await story.ask('query ($number: String!) { proformaInvoice(number: $number) { editedTransactions { detail { id } changes { field original value } } } }', { number });
    expect(proformaInvoice.editedTransactions).toEqual([{ detail: { id: lines[0]!.id }, changes: [
      { field: 'quantity', original: '8', value: '6' }, { field: 'amount', original: '1600', value: '1200' }, { field: 'description', original: 'Work', value: 'Design' },
    ] }]);
    const none = { openAmount: '400', readyAmount: '200', draftAmount: '0', confirmedAmount: '0', invoicedAmount: '0', billingType: 'CHARGEABLE' };
    expect(await summary()).toEqual([{ ...none, draftAmount: '1200' }]);
    await story.process.confirm(id);
    const rest = { ...none, openAmount: '0', readyAmount: '0', billingType: 'NON_CHARGEABLE' };
    expect(await summary()).toEqual([{ ...rest, confirmedAmount: '400' }, { ...none, confirmedAmount: '1200' }]);
    await story.settle();
    expect(await summary()).toEqual([{ ...rest, invoicedAmount: '400' }, { ...none, invoicedAmount: '1200' }]);
  });
});
