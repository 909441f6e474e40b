import { FiscalPeriodStatus } from '../../src/entities/finance';
import { execute, sql } from '../../src/stores/session';
import { Database } from '../../src/stores/unit-of-work';
import { ask, send } from '../support/api';
import { buildWorld } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { ERRORS, importRecords, Process, type AnsweredError } from '../support/process';
import { changesBetween, snapshotOf } from '../support/whole-database';

/** Bad input by the API: each is refused with a typed error that names what is wrong, and no row of any table changes. */

const RESULTS = `results { ${ERRORS} }`;
const MUTATIONS = {
  confirm: `mutation ($input: ConfirmProformaInvoiceInput!) { payload: confirmProformaInvoice(input: $input) { proformaInvoice { id } ${ERRORS} } }`,
  remove: `mutation ($input: DeleteProformaInvoiceInput!) { payload: deleteProformaInvoice(input: $input) { deletedProformaInvoiceId ${ERRORS} } }`,
  create: `mutation ($input: CreateProformaInvoicesInput!) { payload: createProformaInvoices(input: $input) { ${RESULTS} ${ERRORS} } }`,
  markReady: `mutation ($input: MarkTransactionsInput!) { payload: markReadyToInvoice(input: $input) { actualCount ${ERRORS} } }`,
  postJournals: `mutation ($input: PostIntegrationJournalsInput!) { payload: postIntegrationJournals(input: $input) { ${RESULTS} ${ERRORS} } }`,
  postProposals: `mutation ($input: PostInvoiceProposalsInput!) { payload: postInvoiceProposals(input: $input) { ${RESULTS} ${ERRORS} } }`,
  edit: `mutation ($input: UpdateProformaInvoiceLineDetailsInput!) { payload: updateProformaInvoiceLineDetails(input: $input) { details { id } ${ERRORS} } }`,
  revise: `mutation ($input: ReviseProformaInvoiceInput!) { payload: reviseProformaInvoice(input: $input) { correctionCount ${ERRORS} } }`,
  refund: `mutation ($input: MarkRetainerReadyToRefundInput!) { payload: markRetainerReadyToRefund(input: $input) { retainer { id } ${ERRORS} } }`,
  apply: `mutation ($input: UpdateAppliedRetainersInput!) { payload: updateAppliedRetainers(input: $input) { proformaInvoice { id } ${ERRORS} } }`,
  updateProposal: `mutation ($input: UpdateInvoiceProposalInput!) { payload: updateInvoiceProposal(input: $input) { invoiceProposal { id } ${ERRORS} } }`,
} as const;
type MutationName = keyof typeof MUTATIONS;

interface Payload {
  readonly errors: readonly AnsweredError[];
  readonly results?: readonly { readonly errors: readonly AnsweredError[] }[];
}

onBothEngines('bad input', (gateway) => {
  let process: Process;
  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });

  const snapshot = () => snapshotOf(gateway().database.reader);

  const errorsOf = async (name: MutationName, input: object): Promise<readonly AnsweredError[]> => {
    const { payload } = (await ask(gateway(), MUTATIONS[name], { input })) as { payload: Payload };
    return [...payload.errors, ...(payload.results ?? []).flatMap((result) => result.errors)];
  };

  /** Expects the one refusal, and that it left everything as it was. */
  const refused = async (name: MutationName, input: object): Promise<AnsweredError> => {
    const before = await snapshot();
    const errors = await errorsOf(name, input);
    expect(changesBetween(before, await snapshot())).toEqual([]);
    expect(errors).toHaveLength(1);
    return errors[0]!;
  };

  /** A value that is malformed never reaches a command: a top-level error that names the field. */
  const malformed = async (source: string, input: object): Promise<{ code: unknown; message: string }> => {
    const before = await snapshot();
    const { errors } = await send(gateway(), source, { input });
    expect(changesBetween(before, await snapshot())).toEqual([]);
    expect(errors).toHaveLength(1);
    return { code: errors[0]!.extensions.code, message: errors[0]!.message };
  };

  const draft = async () => {
    const world = await buildWorld(gateway());
    await world.unbilled();
    const [made] = await process.createDrafts([world.contractId]);
    return { world, ...made! };
  };

  const emptyDraft = async (): Promise<{ id: string; number: string }> => {
    const world = await buildWorld(gateway());
    const { payload } = await ask(gateway(), MUTATIONS.create.replace('results {', 'results { proformaInvoices { id number }'), { input: { contractIds: [world.contractId], allowEmpty: true } });
    return payload.results[0].proformaInvoices[0];
  };

  it('confirming an empty proforma: names it, and says that nothing is on it', async () => {
    const { id, number } = await emptyDraft();
    expect(await refused('confirm', { proformaInvoiceId: id })).toMatchObject({ __typename: 'ValidationError', code: 'EMPTY_PROFORMA', message: expect.stringContaining(number), path: ['input', 'proformaInvoiceId'] });
  });

  it('confirming a proforma that is confirmed already: names its state, and those from which it could be confirmed', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    expect(await refused('confirm', { proformaInvoiceId: id })).toMatchObject({
      __typename: 'StateTransitionError', code: 'INVALID_STATE', message: expect.stringContaining(number), from: 'CONFIRMED', to: 'CONFIRMED', allowed: ['DRAFT', 'IN_REVIEW'],
    });
  });

  it('deleting a proforma that is confirmed: corrected, not deleted', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    expect(await refused('remove', { proformaInvoiceId: id })).toMatchObject({ __typename: 'StateTransitionError', from: 'CONFIRMED', message: expect.stringContaining(number) });
  });

  it('a stale version: tells the version that was expected and the one that is', async () => {
    const { id, version } = await draft();
    for (const name of ['confirm', 'remove'] as const) {
      expect(await refused(name, { proformaInvoiceId: id, expectedVersion: version + 1 })).toMatchObject({
        __typename: 'ConflictError', code: 'CONFLICT', expectedVersion: version + 1, actualVersion: version, path: ['input', 'expectedVersion'],
      });
    }
  });

  it('a record that there is not: names its type and key', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(await refused('confirm', { proformaInvoiceId: nobody })).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND', key: nobody });
    expect(await refused('confirm', { proformaInvoiceNumber: 'PF-NOBODY' })).toMatchObject({ __typename: 'NotFoundError', key: 'PF-NOBODY', path: ['input', 'proformaInvoiceNumber'] });
    expect(await refused('postProposals', { proposalIds: [nobody] })).toMatchObject({ __typename: 'NotFoundError', key: nobody });
  });

  it('a transaction that is on an invoice already: names it, and marks none of the others', async () => {
    const world = await buildWorld(gateway());
    const [billed, free] = await world.unbilledMany(2);
    await world.confirmedProforma();
    await world.unbilled();
    expect(await refused('markReady', { actualIds: [free!.unbilledId] })).toMatchObject({ __typename: 'StateTransitionError', from: 'CUSTOMER_INVOICE_POSTED', message: expect.stringContaining(free!.unbilledId) });
    expect(await errorsOf('markReady', { actualIds: [billed!.unbilledId, free!.unbilledId] })).toHaveLength(2);
  });

  const detailsOf = async (id: string): Promise<{ id: string; version: number; quantity: string }[]> => (
    (await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { details { nodes { id version quantity } } } }', { id })).proformaInvoice.details.nodes);

  it.each([
    ['a negative quantity', 'USD', { quantity: '-1' }, 'NEGATIVE_FIGURE', 'quantity'],
    ['a negative price', 'USD', { price: '-0.01' }, 'NEGATIVE_FIGURE', 'price'],
    ['a quantity that overflows', 'USD', { quantity: '99999999999' }, 'AMOUNT_OUT_OF_RANGE', 'quantity'],
    ['a tax with too many decimals for dollars', 'USD', { tax: '1.234' }, 'TOO_MANY_DECIMALS', 'tax'],
    ['a tax with too many decimals for yen', 'JPY', { tax: '1.2' }, 'TOO_MANY_DECIMALS', 'tax'],
  ])('%s: names the field, and edits none of the others', async (_title, currency, change, code, field) => {
    const world = await buildWorld(gateway(), { currency, ...(currency !== 'USD' && { exchangeRate: '0.0064' }) });
    await world.unbilledMany(2);
    const [made] = await process.createDrafts([world.contractId]);
    const { id } = made!;
    const [one, other] = await detailsOf(id);
    const details = [{ detailId: one!.id, quantity: '3' }, { detailId: other!.id, ...change }];
    expect(await refused('edit', { proformaInvoiceId: id, details })).toMatchObject({ __typename: 'ValidationError', code, path: ['input', 'details', '1', field] });
  });

  it('a figure that is no number is malformed, and named', async () => {
    const { id } = await draft();
    const [detail] = await detailsOf(id);
    expect((await malformed(MUTATIONS.edit, { proformaInvoiceId: id, details: [{ detailId: detail!.id, quantity: 'eight' }] })).message).toMatch(/eight/);
  });

  it('editing a confirmed proforma: names its state', async () => {
    const { id, number } = await draft();
    const [detail] = await detailsOf(id);
    await process.confirm(id);
    expect(await refused('edit', { proformaInvoiceId: id, details: [{ detailId: detail!.id, quantity: '3' }] })).toMatchObject({
      __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'CONFIRMED', message: expect.stringContaining(number),
    });
  });

  it('revising what is not confirmed: a draft is changed itself', async () => {
    const { id, number } = await draft();
    expect(await refused('revise', { proformaInvoiceId: id })).toMatchObject({ __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'DRAFT', message: expect.stringContaining(number) });
  });

  /** A retainer of 1,000 of a new contract, invoiced. */
  const retained = async () => {
    const world = await buildWorld(gateway());
    const { createRetainer: { retainer } } = await ask(gateway(), `mutation ($input: CreateRetainerInput!) { createRetainer(input: $input) { retainer { id } ${ERRORS} } }`,
      { input: { contractId: world.contractId, amount: '1000' } });
    await ask(gateway(), `mutation ($input: MarkTransactionsInput!) { markReadyToInvoice(input: $input) { ${ERRORS} } }`, { input: { retainerIds: [retainer.id] } });
    const [invoice] = await process.createDrafts([world.contractId]);
    await process.confirm(invoice!.id);
    return { world, retainerId: retainer.id as string };
  };

  it('refunding more of a retainer than is left: tells what is', async () => {
    const { retainerId } = await retained();
    expect(await refused('refund', { retainerId, amount: '1000.01' })).toMatchObject({ __typename: 'ValidationError', code: 'RETAINER_EXCEEDED', message: expect.stringMatching(/1000\b/) });
    expect(await errorsOf('refund', { retainerId, amount: '1000' })).toEqual([]);
  });

  it('applying more of a retainer than is left: tells what is, and names the detail', async () => {
    const { world } = await retained();
    await world.unbilled({ quantity: '20' });
    const [made] = await process.createDrafts([world.contractId]);
    const { proformaInvoice } = await ask(gateway(), `query ($id: ID!) { proformaInvoice(id: $id) {
      details(filter: { retainerUse: { eq: APPLICATION } }) { nodes { id amount } } } }`, { id: made!.id });
    expect(proformaInvoice.details.nodes).toMatchObject([{ amount: '-1000' }]);
    const apply = (amount: string) => ({ proformaInvoiceId: made!.id, details: [{ detailId: proformaInvoice.details.nodes[0].id, amount }] });
    expect(await refused('apply', apply('1000.01'))).toMatchObject({
      __typename: 'ValidationError', code: 'RETAINER_EXCEEDED', message: expect.stringMatching(/1000\b/), path: ['input', 'details', '0', 'amount'],
    });
    expect(await errorsOf('apply', apply('999.99'))).toEqual([]);
  });

  it('posting a proposal without lines: says so by its number', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    await process.sync();
    expect(await refused('postProposals', { proposalNumbers: [number] })).toMatchObject({ __typename: 'ValidationError', code: 'NO_PROPOSAL_LINES', message: expect.stringContaining(number) });
  });

  it('posting a proposal that is posted already', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    await process.settleFinance();
    expect(await refused('postProposals', { proposalNumbers: [number] })).toMatchObject({ __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'INVOICED' });
    expect(await refused('updateProposal', { proposalNumber: number, dueDate: '2026-12-24' })).toMatchObject({ __typename: 'StateTransitionError', from: 'INVOICED' });
  });

  it('posting in a closed period: names the day and the legal entity', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    await process.sync();
    await process.importFromStaging();
    await process.postJournals();
    await process.importFromStaging();
    const setPeriod = (status: FiscalPeriodStatus) => gateway().database.write((work) => execute(work, sql`UPDATE "FiscalPeriods"
      SET "PeriodStatus" = ${status} WHERE "StartDate" <= ${'2026-02-10'} AND "EndDate" >= ${'2026-02-10'}`));
    await setPeriod(FiscalPeriodStatus.CLOSED);
    expect(await refused('postProposals', { proposalNumbers: [number], invoiceDate: '2026-02-10' })).toMatchObject({
      __typename: 'ValidationError', code: 'PERIOD_CLOSED', message: expect.stringMatching(/2026-02-10.*USPM/),
    });
    await setPeriod(FiscalPeriodStatus.OPEN);
    expect(await errorsOf('postProposals', { proposalNumbers: [number], invoiceDate: '2026-02-10' })).toEqual([]);
  });

  it.each([
    ['a day that there is not', { dueDate: '2026-02-30' }, /2026-02-30/],
    ['a day that is none', { dueDate: 'tomorrow' }, /tomorrow/],
  ])('%s is malformed, and named', async (_title, change, named) => {
    const answer = await malformed(MUTATIONS.updateProposal, { proposalNumber: 'PF-1', ...change });
    expect(answer.message).toMatch(named);
  });

  it('an idempotency key that was used for something else: names the key', async () => {
    const [one, other] = [await draft(), await draft()];
    const idempotencyKey = `key of ${one.number}`;
    expect(await errorsOf('remove', { proformaInvoiceId: one.id, idempotencyKey })).toEqual([]);
    expect(await refused('remove', { proformaInvoiceId: other.id, idempotencyKey })).toMatchObject({ __typename: 'IdempotencyError', code: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey });
  });

  describe('two people at once', () => {
    let second: Database;
    beforeAll(async () => { second = await Database.open(gateway().location); });
    afterAll(() => second.close());

    /** Both ask at the same moment, each through a process of their own. */
    const both = async (one: [MutationName, object], other: [MutationName, object]) => {
      const elsewhere = { ...gateway(), database: second, context: { ...gateway().context, database: second } };
      const answers = await Promise.all([ask(gateway(), MUTATIONS[one[0]], { input: one[1] }, 'Ann'), ask(elsewhere, MUTATIONS[other[0]], { input: other[1] }, 'Ben')]);
      return answers.map(({ payload }: { payload: Payload }) => payload.errors);
    };

    it('confirm: one wins, the other is told, and the proforma is billed once', async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        const { id } = await draft();
        const answers = await both(['confirm', { proformaInvoiceId: id }], ['confirm', { proformaInvoiceId: id }]);
        const losers = answers.filter((errors) => errors.length > 0);
        expect(losers).toMatchObject([[{ code: expect.stringMatching(/^(INVALID_STATE|CONFLICT)$/) }]]);
        const { proformaInvoice } = await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { status billedActualCount actuals(filter: { transactionType: { eq: BILLED_SALES } }) { totalCount } } }', { id });
        expect(proformaInvoice).toEqual({ status: 'CONFIRMED', billedActualCount: 1, actuals: { totalCount: 1 } });
      }
    });

    it('edit the same detail of an invoice at the same version: one edit stands whole, the other is told the version that is', async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        const { id, version } = await draft();
        const [detail] = await detailsOf(id);
        const edit = (quantity: string) => ({ proformaInvoiceId: id, expectedVersion: version, details: [{ detailId: detail!.id, quantity }] });
        const answers = await both(['edit', edit('3')], ['edit', edit('5')]);
        const loser = answers.findIndex((errors) => errors.length > 0);
        expect(answers.filter((errors) => errors.length > 0)).toMatchObject([[{ __typename: 'ConflictError', code: 'CONFLICT', expectedVersion: version, path: ['input', 'expectedVersion'] }]]);
        expect(await detailsOf(id)).toMatchObject([{ quantity: loser === 0 ? '5' : '3' }]);
      }
    });

    it('edit a detail and confirm its invoice: the edit is on the invoice or refused, never half', async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        const { id } = await draft();
        const [detail] = await detailsOf(id);
        const [edited, confirmed] = await both(['edit', { proformaInvoiceId: id, details: [{ detailId: detail!.id, quantity: '3' }] }], ['confirm', { proformaInvoiceId: id }]);
        expect(confirmed).toEqual([]);
        if (edited!.length > 0) expect(edited).toMatchObject([{ code: expect.stringMatching(/^(INVALID_STATE|CONFLICT)$/) }]);
        const { proformaInvoice } = await ask(gateway(), `query ($id: ID!) { proformaInvoice(id: $id) {
          status chargeableAmount details { nodes { quantity } } actuals(filter: { transactionType: { eq: BILLED_SALES }, billingType: { eq: CHARGEABLE } }) { nodes { quantity amount } } } }`, { id });
        const [quantity, amount] = edited!.length === 0 ? ['3', '600'] : ['8', '1600'];
        expect(proformaInvoice).toEqual({ status: 'CONFIRMED', chargeableAmount: amount, details: { nodes: [{ quantity }] }, actuals: { nodes: [{ quantity, amount }] } });
      }
    });

    it('confirm and delete: one wins, the other is told, and nothing is half done', async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        const { id, world } = await draft();
        const [confirmed, deleted] = await both(['confirm', { proformaInvoiceId: id }], ['remove', { proformaInvoiceId: id }]);
        expect([confirmed!.length, deleted!.length].sort()).toEqual([0, 1]);
        const { projectContract } = await ask(gateway(), `query ($number: String!) { projectContract(number: $number) {
          actuals(filter: { transactionType: { eq: UNBILLED_SALES }, quantity: { gt: "0" } }) { nodes { billingStatus } } } }`, { number: world.facts.contractNumber });
        expect(projectContract.actuals.nodes).toEqual([{ billingStatus: confirmed!.length === 0 ? 'CUSTOMER_INVOICE_POSTED' : 'READY_TO_INVOICE' }]);
      }
    });

    it('create drafts of one contract: every transaction is on one of them', async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        const world = await buildWorld(gateway());
        await world.unbilledMany(3);
        await both(['create', { contractIds: [world.contractId] }], ['create', { contractIds: [world.contractId] }]);
        const { projectContract } = await ask(gateway(), `query ($number: String!) { projectContract(number: $number) {
          proformaInvoices { nodes { details { nodes { unbilledActual { id } } } } } } }`, { number: world.facts.contractNumber });
        const billed = projectContract.proformaInvoices.nodes.flatMap((node: { details: { nodes: { unbilledActual: { id: string } }[] } }) => node.details.nodes.map((detail) => detail.unbilledActual.id));
        expect(new Set(billed).size).toBe(3);
        expect(billed).toHaveLength(3);
      }
    });
  });
});
