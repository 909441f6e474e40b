import { Actual, ProformaInvoiceLineDetail } from '../../../../src/entities/dataverse';
import { updateProformaInvoiceLineDetails } from '../../../../src/flow/1-bill/draft/update-line-details.command';
import { decimal } from '../../../../src/kernel/decimal';
import { updateRows } from '../../../../src/stores/bulk';
import { onBothEngines } from '../../../support/engines';
import { Story } from '../../../support/story';
import { run } from '../../../support/flow-commands';

const MUTATION = 'updateProformaInvoiceLineDetails';

onBothEngines('editing line details of a draft', (gateway) => {
  async function drafted(count = 1) {
    const story = await Story.begin(gateway());
    await story.world.unbilledMany(count);
    const draft = await story.draft();
    return { story, draft, proformaInvoiceNumber: draft.number, detailIds: draft.lines.map(({ id }) => id) };
  }

  it('BILL-21: recomputes amounts and moves the totals of line and proforma', async () => {
    const { story, proformaInvoiceNumber, detailIds } = await drafted(3);
    await story.editDetails(proformaInvoiceNumber, [
      { detailId: detailIds[0], quantity: '2.5', price: '99.9999', tax: '12.34' },
      { detailId: detailIds[1], billingType: 'NON_CHARGEABLE', tax: '7' },
    ]);
    const totals = { chargeableAmount: '1850', nonChargeableAmount: '1600', complimentaryAmount: '0', tax: '12.34' };
    const proforma = await story.proforma(proformaInvoiceNumber);
    expect(proforma).toMatchObject({ ...totals, totalAmount: '1862.34' });
    expect(proforma.lines.nodes[0]).toEqual({ ...totals, extendedAmount: '1862.34' });
    expect((await story.details(proformaInvoiceNumber)).map(({ quantity, price, amount, tax, version }) => [quantity, price, amount, tax, version])).toEqual([
      ['2.5', '99.9999', '250', '12.34', 2], ['8', '200', '1600', '7', 2], ['8', '200', '1600', '0', 1],
    ]);
    await story.editDetails(proformaInvoiceNumber, [{ detailId: detailIds[0], quantity: '8', price: '200', tax: '0' }, { detailId: detailIds[1], billingType: 'CHARGEABLE', tax: '0' }]);
    expect(await story.proforma(proformaInvoiceNumber)).toMatchObject({ chargeableAmount: '4800', nonChargeableAmount: '0', tax: '0', totalAmount: '4800' });
  });

  it('BILL-21: rounds to the currency, half away from zero', async () => {
    const story = await Story.begin(gateway(), { currency: 'JPY', exchangeRate: '0.007' });
    await story.world.unbilled();
    const { number, lines } = await story.draft();
    await story.editDetails(number, [{ detailId: lines[0]!.id, quantity: '1.5', price: '33.3333' }]);
    expect((await story.details(number))[0]!.amount).toBe('50');
    const detailId = lines[0]!.id;
    expect(await story.isRefused(MUTATION, { proformaInvoiceNumber: number, details: [{ detailId, tax: '0.5' }] })).toEqual([['TOO_MANY_DECIMALS', 'input.details.0.tax']]);
  });

  it('BILL-21: a quantity of 0 asks the customer for no tax either, and none can be typed', async () => {
    const { story, proformaInvoiceNumber, detailIds } = await drafted(2);
    await story.editDetails(proformaInvoiceNumber, [{ detailId: detailIds[0], tax: '320' }, { detailId: detailIds[1], tax: '320' }]);
    await story.editDetails(proformaInvoiceNumber, [{ detailId: detailIds[0], quantity: '0' }]);
    expect(await story.proforma(proformaInvoiceNumber)).toMatchObject({ chargeableAmount: '1600', tax: '320', totalAmount: '1920' });
    const refused = (edit: object) => story.isRefused(MUTATION, { proformaInvoiceNumber, details: [edit] });
    expect(await refused({ detailId: detailIds[0], tax: '1' })).toEqual([['INVALID_INPUT', 'input.details.0.tax']]);
    expect(await refused({ detailId: detailIds[1], quantity: '0', tax: '1' })).toEqual([['INVALID_INPUT', 'input.details.0.tax']]);
    await story.process.confirm((await story.proforma(proformaInvoiceNumber)).id);
    const { actuals } = await story.ask(
      'query ($contract: String!) { actuals(filter: { contract: { number: { eq: $contract } }, transactionType: { eq: BILLED_SALES } }, orderBy: [{ field: ID }]) { nodes { amount tax billingType } } }',
      { contract: story.contractNumber },
    );
    expect(actuals.nodes).toEqual([{ amount: '1600', tax: '0', billingType: 'NON_CHARGEABLE' }, { amount: '1600', tax: '320', billingType: 'CHARGEABLE' }]);
  });

  it('BILL-21: a correction that invoices what was billed again asks for nothing, to the cent', async () => {
    const story = await Story.begin(gateway());
    // The share of a customer: its amount was rounded together with those of the others, not by itself.
    const { unbilledId } = await story.world.unbilled({ quantity: '2.666667', price: '200' });
    await gateway().database.write((work) => updateRows(work, Actual, [{ id: unbilledId, amount: decimal('533.34') }]));
    const { id, number } = await story.draft();
    await story.process.confirm(id);
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { number: string } }>('reviseProformaInvoice', { proformaInvoiceNumber: number }, 'proformaInvoice { number }');
    const detailId = (await story.details(proformaInvoice.number))[0]!.id;
    await story.editDetails(proformaInvoice.number, [{ detailId, quantity: '2.666667' }]);
    expect(await story.proforma(proformaInvoice.number)).toMatchObject({ chargeableAmount: '0', totalAmount: '0' });
    await story.editDetails(proformaInvoice.number, [{ detailId, quantity: '2' }]);
    expect(await story.proforma(proformaInvoice.number)).toMatchObject({ chargeableAmount: '-133.34' });
  });

  it('BILL-19: refuses all when one is wrong, and names each mistake with its place', async () => {
    const { story, proformaInvoiceNumber, detailIds } = await drafted(4);
    const other = await drafted();
    const before = await story.details(proformaInvoiceNumber);
    const details = [
      { detailId: detailIds[0], quantity: '7' },
      { detailId: detailIds[1], quantity: '-1', price: '1.00001', tax: '0.001' },
      { detailId: other.detailIds[0], quantity: '1' },
      { detailId: detailIds[2] },
      { detailId: detailIds[3], classification: 'FEE', billingType: 'NOT_AVAILABLE', description: 'x'.repeat(201) },
    ];
    expect(await story.isRefused(MUTATION, { proformaInvoiceNumber, details })).toEqual([
      ['NEGATIVE_FIGURE', 'input.details.1.quantity'], ['TOO_MANY_DECIMALS', 'input.details.1.price'], ['TOO_MANY_DECIMALS', 'input.details.1.tax'],
      ['NOT_FOUND', 'input.details.2.detailId'], ['INVALID_INPUT', 'input.details.3'],
      ['NOT_EDITABLE', 'input.details.4.classification'], ['INVALID_INPUT', 'input.details.4.billingType'], ['INVALID_INPUT', 'input.details.4.description'],
    ]);
    expect(await story.details(proformaInvoiceNumber)).toEqual(before);
  });

  it('BILL-19: refuses a detail that is named twice, none, too many, and a stale version', async () => {
    const { story, proformaInvoiceNumber, detailIds } = await drafted();
    const edit = { detailId: detailIds[0], quantity: '7' };
    const refused = (input: object) => story.isRefused(MUTATION, { proformaInvoiceNumber, ...input });
    expect(await refused({ details: [edit, edit] })).toEqual([['INVALID_INPUT', 'input.details.1.detailId']]);
    expect(await refused({ details: [] })).toEqual([['INVALID_INPUT', 'input.details']]);
    expect(await refused({ details: Array(1_001).fill(edit) })).toEqual([['INVALID_INPUT', 'input.details']]);
    expect(await refused({ details: [edit], expectedVersion: 1 })).toEqual([['CONFLICT', 'input.expectedVersion']]);
    await story.does(MUTATION, { proformaInvoiceNumber, details: [edit], expectedVersion: 2 });
  });

  it('BILL-19: refuses what was confirmed', async () => {
    const { story, draft, proformaInvoiceNumber, detailIds } = await drafted();
    await story.process.confirm(draft.id);
    expect(await story.isRefused(MUTATION, { proformaInvoiceNumber, details: [{ detailId: detailIds[0], quantity: '1' }] })).toEqual([
      ['INVALID_STATE', 'input.proformaInvoiceNumber'],
    ]);
  });

  it('BILL-22: refuses what is larger than can be billed', async () => {
    const { story, proformaInvoiceNumber, detailIds } = await drafted();
    const refused = (edit: object) => story.isRefused(MUTATION, { proformaInvoiceNumber, details: [{ detailId: detailIds[0], ...edit }] });
    expect(await refused({ quantity: '1000000001' })).toEqual([['AMOUNT_OUT_OF_RANGE', 'input.details.0.quantity']]);
    expect(await refused({ quantity: '1000000', price: '1000.01' })).toEqual([['AMOUNT_OUT_OF_RANGE', 'input.details.0.quantity']]);
    expect(await refused({ quantity: '1.0000001' })).toEqual([['TOO_MANY_DECIMALS', 'input.details.0.quantity']]);
  });

  it('BILL-20: of a milestone the quantity stays, and it is billed at its edited price', async () => {
    const story = await Story.begin(gateway());
    await story.world.milestone();
    const { id, number, lines } = await story.draft();
    const detailId = lines[0]!.id;
    expect(await story.isRefused(MUTATION, { proformaInvoiceNumber: number, details: [{ detailId, quantity: '2' }] })).toEqual([['NOT_EDITABLE', 'input.details.0.quantity']]);
    await story.editDetails(number, [{ detailId, price: '4800', tax: '10', description: 'Go-live, reduced' }]);
    await story.process.confirm(id);
    expect(await story.rows()).toEqual([['B', '1', '4800', 'CHARGEABLE', 'CUSTOMER_INVOICE_POSTED', null, 'sent', []]]);
  });

  it('BILL-19: an edit while the invoice is confirmed is in or refused, never half', async () => {
    for (const quantity of ['1', '2', '3', '4', '5']) {
      const { story, draft, proformaInvoiceNumber, detailIds } = await drafted();
      const [edit] = await Promise.all([
        story.tell(MUTATION, { proformaInvoiceNumber, details: [{ detailId: detailIds[0], quantity }] }),
        story.process.confirm(draft.id),
      ]);
      const isIn = edit.errors.length === 0;
      const chargeable = (await story.rows()).filter(([type, , , billingType]) => type === 'B' && billingType === 'CHARGEABLE');
      expect(chargeable.map((row) => row[1])).toEqual([isIn ? quantity : '8']);
      expect((await story.proforma(proformaInvoiceNumber)).totalAmount).toBe(isIn ? String(Number(quantity) * 200) : '1600');
    }
  });

  it('BILL-19: a repetition under the same key does nothing twice', async () => {
    const { story, proformaInvoiceNumber, detailIds } = await drafted();
    const input = { proformaInvoiceNumber, details: [{ detailId: detailIds[0], quantity: '6' }], idempotencyKey: `edit ${proformaInvoiceNumber}` };
    await story.does(MUTATION, input);
    await story.does(MUTATION, input);
    expect((await story.details(proformaInvoiceNumber))[0]!.version).toBe(2);
  });

  it('BILL-20: a detail without a price needs one with its quantity', async () => {
    const { draft } = await drafted();
    const manager = gateway().database.reader.manager;
    const [detail] = await manager.findBy(ProformaInvoiceLineDetail, { id: Buffer.from(draft.lines[0]!.id, 'base64url').toString().split(':')[1]! });
    await gateway().database.write((work) => work.manager.update(ProformaInvoiceLineDetail, { id: detail!.id }, { price: null }));
    const input = { proformaInvoiceId: detail!.proformaInvoiceId, details: [{ detailId: detail!.id, quantity: detail!.quantity.plus(1) }] };
    await expect(run(updateProformaInvoiceLineDetails, gateway().context, input)).rejects.toThrow('has no price');
  });
});
