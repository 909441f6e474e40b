import { ProductType, ProformaInvoiceLineDetail, ProjectContractLine, TransactionClassification } from '../../../../src/entities/dataverse';
import { decimal, ZERO } from '../../../../src/kernel/decimal';
import { updateRows } from '../../../../src/stores/bulk';
import { execute, sql } from '../../../../src/stores/session';
import { globalIdOf, keyOf } from '../../../../src/stores/reading/global-id';
import { ask } from '../../../support/api';
import { buildWorld } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { ERRORS, Process, type AnsweredError } from '../../../support/process';

interface Corrected {
  readonly id: string;
  readonly quantity: string;
  readonly amount: string;
  readonly tax: string;
  readonly previousAmount: string;
  readonly previousTax: string;
  readonly isCorrection: boolean;
  readonly originalDetail: { readonly id: string } | null;
  readonly originalBilledActual: { readonly id: string; readonly quantity: string } | null;
}

interface Revised {
  readonly proformaInvoice: {
    readonly id: string; readonly number: string; readonly status: string; readonly hasCorrections: boolean;
    readonly chargeableAmount: string; readonly tax: string; readonly totalAmount: string;
    readonly lines: { readonly nodes: readonly { readonly chargeableAmount: string; readonly extendedAmount: string }[] };
    readonly details: { readonly nodes: readonly Corrected[] };
  } | null;
  readonly correctionCount: number;
  readonly errors: readonly AnsweredError[];
}

const DETAILS = `details(orderBy: [{ field: ID }]) { nodes { id quantity amount tax previousAmount previousTax invoiceAmount isCorrection
  originalDetail { id } originalBilledActual { id quantity } } }`;
const REVISE = `mutation ($input: ReviseProformaInvoiceInput!) { reviseProformaInvoice(input: $input) {
  correctionCount ${ERRORS}
  proformaInvoice { id number status hasCorrections chargeableAmount tax totalAmount lines { nodes { chargeableAmount extendedAmount } } ${DETAILS} }
} }`;

onBothEngines('revising a proforma', (gateway) => {
  const revise = async (input: object): Promise<Revised> => (await ask(gateway(), REVISE, { input })).reviseProformaInvoice;
  const revised = async (input: object) => {
    const { proformaInvoice, errors } = await revise(input);
    if (!proformaInvoice) throw new Error(JSON.stringify(errors));
    return proformaInvoice;
  };
  const codes = async (input: object) => (await revise(input)).errors.map(({ code, path }) => [code, path?.join('.')]);
  const proforma = async (id: string) =>
    (await ask(gateway(), `query ($id: ID!) { proformaInvoice(id: $id) { number status version totalAmount ${DETAILS} } }`, { id })).proformaInvoice;
  const idOf = (id: string) => globalIdOf('ProformaInvoice', id);
  const confirm = (id: string) => new Process(gateway()).confirm(id);
  const remove = (proformaInvoiceId: string) => ask(gateway(), `mutation ($input: DeleteProformaInvoiceInput!) {
    deleteProformaInvoice(input: $input) { deletedProformaInvoiceId ${ERRORS} } }`, { input: { proformaInvoiceId } });
  /** Confirmed, with so many time entries of 8 hours at 200 and a tax estimate of 320 each. */
  const confirmedWith = async (count: number, options: Parameters<typeof buildWorld>[1] = {}) => {
    const world = await buildWorld(gateway(), options);
    await world.unbilledMany(count, { tax: '320' });
    return { world, id: idOf(await world.confirmedProforma()) };
  };

  it('CORRECT-01: makes a draft of its own and leaves the revised one; CORRECT-02: each correction is a full credit at first', async () => {
    const { id } = await confirmedWith(2);
    const before = await proforma(id);
    const draft = await revised({ proformaInvoiceId: id });
    expect(draft).toMatchObject({
      status: 'DRAFT', hasCorrections: true, chargeableAmount: '-3200', tax: '-640', totalAmount: '-3840',
      lines: { nodes: [{ chargeableAmount: '-3200', extendedAmount: '-3840' }, { chargeableAmount: '0', extendedAmount: '0' }] },
    });
    expect(draft.number).not.toBe(before.number);
    expect(draft.details.nodes).toMatchObject(before.details.nodes.map((detail: Corrected) => ({
      quantity: '0', amount: '0', tax: '0', previousAmount: '1600', previousTax: '320', invoiceAmount: '-1600', isCorrection: true,
      originalDetail: { id: detail.id }, originalBilledActual: { quantity: '8' },
    })));
    expect(await proforma(id)).toEqual(before);
    const { transactionConnections } = await ask(gateway(), `query ($name: String!) { transactionConnections(filter: { transaction1Role: { eq: "Replacing" },
      transaction2: { proformaInvoice: { number: { eq: $name } } } }) { nodes { transaction2Role } totalCount } }`, { name: before.number });
    expect(transactionConnections).toEqual({ nodes: [{ transaction2Role: 'Original' }, { transaction2Role: 'Original' }], totalCount: 2 });
  });

  it('CORRECT-01: a draft, and one in review, is changed itself', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const id = idOf(await world.proforma());
    expect(await revise({ proformaInvoiceId: id })).toMatchObject({
      proformaInvoice: null,
      errors: [{ __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'DRAFT', allowed: ['CONFIRMED', 'PAID', 'POSTED'] }],
    });
  });

  it('CORRECT-03: named details are corrected all or none', async () => {
    const { id } = await confirmedWith(3);
    const other = await confirmedWith(1);
    const [first, second] = (await proforma(id)).details.nodes as Corrected[];
    const [foreign] = (await proforma(other.id)).details.nodes as Corrected[];
    expect(await codes({ proformaInvoiceId: id, lineDetailIds: [first!.id, foreign!.id] })).toEqual([['NOT_FOUND', 'input.lineDetailIds.1']]);
    expect(await codes({ proformaInvoiceId: id, lineDetailIds: [first!.id, first!.id] })).toEqual([['INVALID_INPUT', 'input.lineDetailIds.1']]);
    expect(await codes({ proformaInvoiceId: id, lineDetailIds: [] })).toEqual([['INVALID_INPUT', 'input.lineDetailIds']]);
    const draft = await revised({ proformaInvoiceId: id, lineDetailIds: [second!.id] });
    expect(draft.details.nodes.map((detail) => detail.originalDetail!.id)).toEqual([second!.id]);
    expect(await codes({ proformaInvoiceId: id, lineDetailIds: [first!.id, second!.id] })).toEqual([['CORRECTION_IN_PROGRESS', 'input.lineDetailIds.1']]);
    expect((await revised({ proformaInvoiceId: id })).details.nodes).toHaveLength(2);
    expect(await codes({ proformaInvoiceId: id })).toEqual([['NOTHING_TO_CORRECT', 'input.proformaInvoiceId']]);
    const [why] = (await revise({ proformaInvoiceId: id })).errors;
    expect(why!.message).toMatch(/is left to correct\. The line detail \S+ is being corrected on the draft PI-/);
  });

  it('CORRECT-04: what was credited in full is not corrected again', async () => {
    const { id } = await confirmedWith(1);
    await confirm((await revised({ proformaInvoiceId: id })).id);
    const [detail] = (await proforma(id)).details.nodes as Corrected[];
    expect(await codes({ proformaInvoiceId: id, lineDetailIds: [detail!.id] })).toEqual([['CREDITED_ALREADY', 'input.lineDetailIds.0']]);
    expect(await codes({ proformaInvoiceId: id })).toEqual([['NOTHING_TO_CORRECT', 'input.proformaInvoiceId']]);
  });

  it('CORRECT-04: a detail that was corrected before is corrected where it stands now, through either invoice', async () => {
    const { id } = await confirmedWith(1);
    const first = await revised({ proformaInvoiceId: id });
    await setQuantity(first.details.nodes[0]!.id, '6');
    await confirm(first.id);
    const throughFirst = await revised({ proformaInvoiceId: id });
    expect(throughFirst.details.nodes).toMatchObject([{
      previousAmount: '1200', originalDetail: { id: first.details.nodes[0]!.id }, originalBilledActual: { quantity: '6' },
    }]);
    expect(await codes({ proformaInvoiceId: first.id, lineDetailIds: [first.details.nodes[0]!.id] }))
      .toEqual([['CORRECTION_IN_PROGRESS', 'input.lineDetailIds.0']]);
    await remove(throughFirst.id);
    expect((await revised({ proformaInvoiceId: first.id })).details.nodes).toMatchObject([{ previousAmount: '1200' }]);
  });

  it('CORRECT-05: two proformas are revised into one draft of the same contract and customer, and into no other', async () => {
    const { world, id } = await confirmedWith(1);
    await world.unbilled();
    const second = idOf(await world.confirmedProforma());
    await world.unbilled({ price: '100' });
    const draftId = idOf(await world.proforma());
    const stranger = await confirmedWith(1);
    await stranger.world.unbilled();
    const strange = idOf(await stranger.world.proforma());
    expect(await codes({ proformaInvoiceId: id, intoProformaInvoiceId: strange })).toEqual([['INVALID_INPUT', 'input.intoProformaInvoiceId']]);
    expect(await codes({ proformaInvoiceId: id, intoProformaInvoiceId: second })).toEqual([['INVALID_STATE', 'input.intoProformaInvoiceId']]);
    await revised({ proformaInvoiceId: id, intoProformaInvoiceId: draftId });
    const draft = await revised({ proformaInvoiceId: second, intoProformaInvoiceId: draftId });
    expect(draft).toMatchObject({ id: draftId, hasCorrections: true, chargeableAmount: '-2400', tax: '-320', totalAmount: '-2720' });
    expect(draft.details.nodes).toHaveLength(3);
    const confirmed = await confirm(draftId);
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', billedActualCount: 3 });
  });

  it('CORRECT-05: a draft from before the contract line was added gets its line with the correction', async () => {
    const { world, id } = await confirmedWith(1);
    await world.unbilled();
    const draft = await world.proforma();
    // The draft is as old as if the time and material line had come after it; what it billed is on another line of the contract.
    const { lines } = world.facts;
    await gateway().database.write(async (work) => {
      await execute(work, sql`UPDATE "msdyn_invoicelinetransaction" SET "msdyn_invoicelineid" = (SELECT l."invoicedetailid" FROM "invoicedetail" l
        WHERE l."invoiceid" = ${draft} AND l."msdyn_contractlineid" = ${lines.fixedPrice}) WHERE "msdyn_invoice" = ${draft}`);
      await execute(work, sql`DELETE FROM "invoicedetail" WHERE "invoiceid" = ${draft} AND "msdyn_contractlineid" = ${lines.timeAndMaterial}`);
    });
    const corrected = await revised({ proformaInvoiceId: id, intoProformaInvoiceId: idOf(draft) });
    expect(corrected.lines.nodes.map(({ extendedAmount }) => extendedAmount)).toHaveLength(Object.keys(lines).length);
    expect(corrected.details.nodes).toHaveLength(2);
  });

  it('CORRECT-06: product lines are not corrected by revising', async () => {
    const { world, id } = await confirmedWith(1);
    const line = { id: world.facts.lines.timeAndMaterial, productType: ProductType.PRODUCT };
    await gateway().database.write((work) => updateRows(work, ProjectContractLine, [line]));
    const [detail] = (await proforma(id)).details.nodes as Corrected[];
    expect(await codes({ proformaInvoiceId: id, lineDetailIds: [detail!.id] })).toEqual([['NOT_REVISABLE', 'input.lineDetailIds.0']]);
  });

  it('CORRECT-15: a deleted draft of corrections leaves what it corrected as it was', async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    await world.milestone();
    const id = idOf(await world.confirmedProforma());
    const draft = await revised({ proformaInvoiceId: id });
    expect(draft.details.nodes).toHaveLength(2);
    expect((await remove(draft.id)).deleteProformaInvoice).toMatchObject({ deletedProformaInvoiceId: draft.id, errors: [] });
    const again = await revised({ proformaInvoiceId: id });
    expect(again.totalAmount).toBe('-6600');
    expect(await confirm(again.id)).toMatchObject({ billedActualCount: 2 });
  });

  it('CORRECT-01: repeated under the same key revises once, and with an old version is refused', async () => {
    const { id } = await confirmedWith(1);
    const input = { proformaInvoiceId: id, idempotencyKey: 'revise-once' };
    const [one, two] = [await revised(input), await revised(input)];
    expect(two.id).toBe(one.id);
    expect(await codes({ proformaInvoiceId: id, expectedVersion: 1 })).toEqual([['CONFLICT', 'input.expectedVersion']]);
  });

  it('CORRECT-04: of two revisions at the same time one wins, and the other is told so', async () => {
    const { id } = await confirmedWith(2);
    const [detail] = (await proforma(id)).details.nodes as Corrected[];
    const input = { proformaInvoiceId: id, lineDetailIds: [detail!.id] };
    const answers = await Promise.all([revise(input), revise(input), revise(input)]);
    expect(answers.map(({ correctionCount }) => correctionCount).sort()).toEqual([0, 0, 1]);
    expect(answers.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(['CORRECTION_IN_PROGRESS', 'CORRECTION_IN_PROGRESS']);
  });

  it('CORRECT-02: what the draft asks for is what its billed actuals are', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(3, (index) => ({ classification: index === 2 ? TransactionClassification.FEE : TransactionClassification.TIME, tax: '100' }));
    const id = idOf(await world.confirmedProforma());
    const draft = await revised({ proformaInvoiceId: id });
    await confirm(draft.id);
    const { actuals } = await ask(gateway(), `query ($number: String!) { actuals(filter: {
      proformaInvoice: { number: { eq: $number } }, transactionType: { eq: BILLED_SALES } }) { nodes { amount tax } } }`, { number: draft.number });
    const total = (actuals.nodes as { amount: string; tax: string }[]).reduce((sum, { amount, tax }) => sum.plus(amount).plus(tax), ZERO);
    expect(total.toString()).toBe(draft.totalAmount);
  });

  async function setQuantity(globalId: string, quantity: string): Promise<void> {
    const id = keyOf('ProformaInvoiceLineDetail', globalId);
    const amount = decimal(quantity).times(200);
    await gateway().database.write((work) => updateRows(work, ProformaInvoiceLineDetail, [{ id, quantity: decimal(quantity), amount }]));
  }
});
