import { ask, send, type Answer } from '../support/api';
import { buildWorld, type World } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { ERRORS, importRecords, Process, type AnsweredError } from '../support/process';
import { guid } from '../journeys/documented-examples';

const UNKNOWN = guid(99, 99);

onBothEngines('mutations', (gateway) => {
  let process: Process;
  let world: World;

  beforeAll(async () => {
    // Stores the table maps, as the program does when it starts.
    await importRecords(gateway(), []);
    process = new Process(gateway());
    world = await buildWorld(gateway(), { taxRatePercent: '10' });
  });

  /** The payload of a mutation that answers with data, refusals included. */
  const mutate = async (mutation: string, input: object, selection = '', actor?: string) => {
    const type = mutation[0]!.toUpperCase() + mutation.slice(1);
    const inputType = mutation.startsWith('mark') ? 'MarkTransactionsInput' : `${type}Input`;
    const answer = await ask(gateway(), `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`, { input }, actor);
    return answer[mutation];
  };
  const errorsOf = async (mutation: string, input: object): Promise<readonly AnsweredError[]> => (await mutate(mutation, input)).errors;
  const totalOf = async (list: string, filter = ''): Promise<number> => (await ask(gateway(), `{ ${list}${filter} { totalCount } }`))[list].totalCount;

  /** A new contract with one ready transaction, and its draft. */
  const draft = async (count = 1) => {
    const other = await buildWorld(gateway());
    const ids = await other.unbilledMany(count);
    const [made] = await process.createDrafts([other.contractId]);
    return { ...made!, world: other, ids };
  };
  const confirmed = async () => {
    const made = await draft();
    await process.confirm(made.id);
    return made;
  };
  const proposal = async () => {
    const made = await confirmed();
    await process.sync();
    const { invoiceProposal } = await ask(gateway(), 'query ($number: String!) { invoiceProposal(number: $number) { id version dueDate headerText currencyCode } }', { number: made.number });
    return { ...made, proposal: invoiceProposal as { id: string; version: number; dueDate: string | null; headerText: string; currencyCode: string } };
  };

  it('answers two mutations of one record in one request each with what it left, also where they share a fragment', async () => {
    const made = await draft();
    const answer = await ask(gateway(), `mutation ($id: ID!) {
      first: updateProformaInvoice(input: { proformaInvoiceId: $id, name: "June" }) { ...Named }
      second: updateProformaInvoice(input: { proformaInvoiceId: $id, name: "June and July" }) { ...Named }
    }
    fragment Named on UpdateProformaInvoicePayload { proformaInvoice { name version stage } }`, { id: made.id });
    expect(answer.first.proformaInvoice).toEqual({ name: 'June', version: made.version + 1, stage: 'DRAFT' });
    expect(answer.second.proformaInvoice).toEqual({ name: 'June and July', version: made.version + 2, stage: 'DRAFT' });
  });

  describe('one-way direction', () => {
    it('ONEWAY-01 refuses to create a proposal in finance, names the owner and what to do instead', async () => {
      const before = await totalOf('invoiceProposals');
      const payload = await mutate('createInvoiceProposal', { number: 'PI-9999999', contractId: world.facts.contractNumber }, 'invoiceProposal { id }');
      expect(payload).toEqual({
        invoiceProposal: null,
        errors: [{
          __typename: 'OneWayDirectionError', code: 'ONE_WAY_DIRECTION', path: ['input'], owner: 'Dataverse',
          message: expect.stringContaining('cannot be created in finance'), suggestion: expect.stringContaining('confirmProformaInvoice'),
        }],
      });
      expect(await totalOf('invoiceProposals')).toBe(before);
    });

    it('ONEWAY-02 refuses to delete a proposal, by id and by number, and leaves it', async () => {
      const { number, proposal: { id } } = await proposal();
      const before = await totalOf('invoiceProposals');
      for (const named of [{ proposalId: id }, { proposalNumber: number }, { proposalNumber: 'PI-9999999' }]) {
        expect(await mutate('deleteInvoiceProposal', named, 'invoiceProposal { id }')).toMatchObject({
          invoiceProposal: null, errors: [{ __typename: 'OneWayDirectionError', owner: 'Dataverse', suggestion: expect.stringContaining('corrective proforma') }],
        });
      }
      expect(await totalOf('invoiceProposals')).toBe(before);
    });

    it('ONEWAY-03 refuses each field of Dataverse under its own path, and then changes none of finance\'s', async () => {
      const { number, proposal: before } = await proposal();
      const owned = {
        number: 'PI-1', contractId: 'CON-1', customerAccount: 'C', fundingSourceId: 'F', currencyCode: 'EUR', headerText: 'Other', accountingDate: '2026-01-01',
      };
      const errors = await errorsOf('updateInvoiceProposal', { proposalNumber: number, dueDate: '2026-12-31', ...owned });
      expect(errors.map(({ __typename, owner, path }) => [__typename, owner, path])).toEqual(
        Object.keys(owned).map((field) => ['OneWayDirectionError', 'Dataverse', ['input', field]]),
      );
      const read = 'query ($number: String!) { invoiceProposal(number: $number) { id version dueDate headerText currencyCode } }';
      expect((await ask(gateway(), read, { number })).invoiceProposal).toEqual(before);
      const changed = await mutate('updateInvoiceProposal', { proposalNumber: number, dueDate: '2026-12-31' }, 'invoiceProposal { dueDate version headerText }');
      expect(changed).toEqual({ invoiceProposal: { dueDate: '2026-12-31', version: before.version + 1, headerText: before.headerText }, errors: [] });
    });
  });

  describe('states and versions', () => {
    it('CONFIRM-12 refuses the second confirmation with the states from which it is allowed', async () => {
      const { id, number } = await confirmed();
      const payload = await mutate('confirmProformaInvoice', { proformaInvoiceId: id }, 'proformaInvoice { id }');
      expect(payload).toEqual({
        proformaInvoice: null,
        errors: [{
          __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'CONFIRMED', to: 'CONFIRMED', allowed: ['DRAFT', 'IN_REVIEW'],
          message: expect.stringContaining(number), path: ['input', 'proformaInvoiceId'],
        }],
      });
    });

    it('CONFIRM-15 keeps a confirmed proforma as it is: not deleted, nothing taken off it, nothing billed twice', async () => {
      const { id, ids, world: other } = await confirmed();
      const read = 'query ($id: ID!) { proformaInvoice(id: $id) { version status totalAmount lines { nodes { id extendedAmount } } details { nodes { id quantity amount version } } } }';
      const before = await ask(gateway(), read, { id });
      expect(await errorsOf('deleteProformaInvoice', { proformaInvoiceId: id })).toMatchObject([{ __typename: 'StateTransitionError', from: 'CONFIRMED', allowed: ['DRAFT', 'IN_REVIEW'] }]);
      expect(await errorsOf('markNotReadyToInvoice', { actualIds: [ids[0]!.unbilledId] })).toMatchObject([
        { __typename: 'StateTransitionError', from: 'CUSTOMER_INVOICE_POSTED', path: ['input', 'actualIds', '0'] },
      ]);
      const { results, errors } = await mutate('createProformaInvoices', { contractIds: [other.contractId] }, `results { proformaInvoices { id } ${ERRORS} }`);
      expect([errors, results]).toEqual([[], [{ proformaInvoices: [], errors: [expect.objectContaining({ code: 'NOTHING_READY_TO_INVOICE' })] }]]);
      expect(await ask(gateway(), read, { id })).toEqual(before);
    });

    it.each(['confirmProformaInvoice', 'deleteProformaInvoice'])('%s refuses another version than the caller read, and takes the right one', async (mutation) => {
      const { id, version } = await draft();
      expect(await errorsOf(mutation, { proformaInvoiceId: id, expectedVersion: version + 5 })).toMatchObject([
        { __typename: 'ConflictError', code: 'CONFLICT', expectedVersion: version + 5, actualVersion: version, path: ['input', 'expectedVersion'] },
      ]);
      expect(await errorsOf(mutation, { proformaInvoiceId: id, expectedVersion: version })).toEqual([]);
    });

    it('updateInvoiceProposal and postInvoiceProposals refuse another version of a proposal', async () => {
      const { number, proposal: { version } } = await proposal();
      const conflict = { __typename: 'ConflictError', expectedVersion: version + 1, actualVersion: version };
      expect(await errorsOf('updateInvoiceProposal', { proposalNumber: number, dueDate: '2026-12-31', expectedVersion: version + 1 })).toMatchObject([conflict]);
      const { results } = await mutate('postInvoiceProposals', { proposalNumbers: [number], expectedVersion: version + 1 }, `results { customerInvoice { id } ${ERRORS} }`);
      expect(results).toMatchObject([{ customerInvoice: null, errors: [conflict] }]);
    });
  });

  describe('idempotency', () => {
    it('a repetition under the same key does nothing twice, and is read with its own selection', async () => {
      const other = await buildWorld(gateway());
      await other.unbilled();
      const input = { contractIds: [other.contractId], idempotencyKey: 'draft once' };
      const first = await mutate('createProformaInvoices', input, 'results { proformaInvoices { id number } }');
      const again = await mutate('createProformaInvoices', input, 'results { contract { number } proformaInvoices { id totalAmount details { totalCount } } }');
      expect(again).toEqual({
        results: [{
          contract: { number: other.facts.contractNumber },
          proformaInvoices: [{ id: first.results[0].proformaInvoices[0].id, totalAmount: '1600', details: { totalCount: 1 } }],
        }],
        errors: [],
      });
      expect(await totalOf('proformaInvoices', `(filter: { contract: { number: { eq: "${other.facts.contractNumber}" } } })`)).toBe(1);
    });

    it('twins at the same time do the work once', async () => {
      const other = await buildWorld(gateway());
      await other.unbilled();
      const input = { contractIds: [other.contractId], idempotencyKey: 'twins' };
      const [one, two] = await Promise.all([1, 2].map(() => mutate('createProformaInvoices', input, 'results { proformaInvoices { number } }')));
      expect(one).toMatchObject({ results: [{ proformaInvoices: [{ number: expect.stringMatching(/^PI-/) }] }], errors: [] });
      expect(two).toEqual(one);
    });

    it('a refusal is not stored: its key is free for what does succeed', async () => {
      const other = await buildWorld(gateway());
      const { results } = await mutate('createProformaInvoices', { contractIds: [other.contractId], allowEmpty: true }, 'results { proformaInvoices { id } }');
      const key = { idempotencyKey: 'try' };
      expect(await errorsOf('confirmProformaInvoice', { proformaInvoiceId: results[0].proformaInvoices[0].id, ...key })).toMatchObject([{ code: 'EMPTY_PROFORMA' }]);
      expect(await errorsOf('confirmProformaInvoice', { proformaInvoiceId: (await draft()).id, ...key })).toEqual([]);
    });

    it('long work is repeated as the same run, with what the records are by then', async () => {
      const { id } = await draft();
      const input = { proformaInvoiceId: id, idempotencyKey: 'confirm once' };
      const first = await mutate('confirmProformaInvoice', input, 'run { id } proformaInvoice { status }');
      const again = await mutate('confirmProformaInvoice', input, 'run { id status kind } proformaInvoice { number billedActualCount }');
      expect(first).toMatchObject({ proformaInvoice: { status: 'CONFIRMED' }, errors: [] });
      expect(again).toMatchObject({ run: { id: first.run.id, status: 'SUCCEEDED', kind: 'CONFIRM' }, proformaInvoice: { billedActualCount: 1 }, errors: [] });
      for (const mutation of ['sync', 'importFromStaging']) {
        const runs = [await mutate(mutation, { idempotencyKey: 'once' }, 'run { id }'), await mutate(mutation, { idempotencyKey: 'once', waitMs: 100 }, 'run { id }')];
        expect(runs[1].run).toEqual(runs[0].run);
      }
    });

    it('refuses a key that came with another input; the same key of another caller or mutation is another key', async () => {
      const { ids } = await draft();
      const [one, other] = [await buildWorld(gateway()), await buildWorld(gateway())];
      const [mine, theirs] = [await one.unbilled(), await other.unbilled()];
      const key = { idempotencyKey: 'mark' };
      expect(await mutate('markNotReadyToInvoice', { actualIds: [mine.unbilledId], ...key }, 'actualCount')).toEqual({ actualCount: 1, errors: [] });
      expect(await errorsOf('markNotReadyToInvoice', { actualIds: [theirs.unbilledId], ...key })).toEqual([{
        __typename: 'IdempotencyError', code: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey: 'mark', path: ['input', 'idempotencyKey'], message: expect.stringContaining('mark'),
      }]);
      expect(await mutate('markNotReadyToInvoice', { actualIds: [theirs.unbilledId], ...key }, 'actualCount', 'somebody else')).toEqual({ actualCount: 1, errors: [] });
      expect(await mutate('markReadyToInvoice', { actualIds: [mine.unbilledId], ...key }, 'actualCount')).toEqual({ actualCount: 1, errors: [] });
      // A refusal is not stored: the key is free to be used when its reason is gone.
      const refused = { actualIds: [ids[0]!.unbilledId], idempotencyKey: 'later' };
      expect(await errorsOf('markReadyToInvoice', refused)).toMatchObject([{ __typename: 'StateTransitionError' }]);
      expect(await errorsOf('markReadyToInvoice', { ...refused, actualIds: [theirs.unbilledId] })).toEqual([]);
    });
  });

  describe('long work', () => {
    it('goes on when nobody waits, and its run says how it ended', async () => {
      const { id } = await draft();
      await new Process(gateway(), { waitMs: 0 }).confirm(id);
      const { proformaInvoice } = await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { status } }', { id });
      expect(proformaInvoice).toEqual({ status: 'CONFIRMED' });
    });

    it('a run of single refusals finishes with errors, one result per item', async () => {
      const [waiting, ready] = [await proposal(), await proposal()];
      await process.importFromStaging();
      await process.postJournals();
      await process.importFromStaging({ proposalNumber: ready.number });
      const { run, results, errors } = await mutate('postInvoiceProposals', { proposalNumbers: [waiting.number, ready.number] },
        `run { status message } results { invoiceProposal { number status } customerInvoice { proposalNumber } ${ERRORS} }`);
      expect([errors, run]).toEqual([[], { status: 'FINISHED_WITH_ERRORS', message: '1 done, 1 refused.' }]);
      expect(results).toMatchObject([
        { invoiceProposal: { number: waiting.number, status: 'OPEN' }, customerInvoice: null, errors: [{ __typename: 'ValidationError', code: 'NO_PROPOSAL_LINES' }] },
        { invoiceProposal: { number: ready.number, status: 'INVOICED' }, customerInvoice: { proposalNumber: ready.number }, errors: [] },
      ]);
    });
  });

  it('a plural mutation repeated under its key takes up what was refused, and keeps what was done', async () => {
    const [waiting, ready] = [await proposal(), await proposal()];
    await process.importFromStaging();
    await process.postJournals();
    await process.importFromStaging({ proposalNumber: ready.number });
    const post = () => mutate('postInvoiceProposals', { proposalNumbers: [waiting.number, ready.number], idempotencyKey: 'month end' },
      `results { customerInvoice { number } ${ERRORS} }`);
    const first = await post();
    expect(first.results[0]).toMatchObject({ customerInvoice: null, errors: [{ code: 'NO_PROPOSAL_LINES' }] });
    await process.importFromStaging({ proposalNumber: waiting.number });
    const second = await post();
    expect(second.results[0]).toMatchObject({ customerInvoice: { number: expect.any(String) }, errors: [] });
    expect(second.results[1]).toEqual(first.results[1]);
    expect(await post()).toEqual(second);
  });

  describe('ids and numbers', () => {
    it.each([
      ['deleteProformaInvoice', { proformaInvoiceId: UNKNOWN }, ['input', 'proformaInvoiceId'], UNKNOWN],
      ['confirmProformaInvoice', { proformaInvoiceNumber: 'PI-9999999' }, ['input', 'proformaInvoiceNumber'], 'PI-9999999'],
      ['updateInvoiceProposal', { proposalNumber: 'PI-9999999', dueDate: '2026-12-31' }, ['input', 'proposalNumber'], 'PI-9999999'],
      ['markReadyToInvoice', { actualIds: [UNKNOWN] }, ['input', 'actualIds', '0'], UNKNOWN],
      ['markReadyToInvoice', { contractNumbers: ['CON-0'] }, ['input', 'contractNumbers', '0'], 'CON-0'],
      ['retrySyncErrors', { errorIds: [UNKNOWN] }, ['input', 'errorIds', '0'], UNKNOWN],
    ])('%s says what does not exist, and where it was named', async (mutation, input, path, key) => {
      expect(await errorsOf(mutation, input)).toEqual([{
        __typename: 'NotFoundError', code: 'NOT_FOUND', message: expect.stringContaining(key), path, type: expect.any(String), key,
      }]);
    });

    it('refuses an id of another type and what is no id, under its path', async () => {
      const { id: contractId } = await ask(gateway(), 'query ($number: String!) { projectContract(number: $number) { id } }', { number: world.facts.contractNumber })
        .then(({ projectContract }) => projectContract);
      expect(await errorsOf('markReadyToInvoice', { actualIds: [UNKNOWN, contractId] })).toMatchObject([
        { __typename: 'ValidationError', code: 'INVALID_INPUT', path: ['input', 'actualIds', '1'], message: expect.stringContaining('of a ProjectContract, not of a Actual') },
      ]);
      expect(await errorsOf('confirmProformaInvoice', { proformaInvoiceId: contractId })).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'proformaInvoiceId'] }]);
      expect(await errorsOf('postInvoiceProposals', { proposalIds: ['nonsense'] })).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'proposalIds', '0'] }]);
      expect(await errorsOf('confirmProformaInvoice', {})).toMatchObject([{ code: 'INVALID_INPUT', path: ['input'] }]);
      expect(await errorsOf('postInvoiceProposals', {})).toMatchObject([{ code: 'INVALID_INPUT' }]);
    });

    it('a malformed request is a top-level error, not data', async () => {
      const { data, errors } = await send(gateway(), 'mutation { confirmProformaInvoice(input: { proformaInvoiceId: 5.5, wrong: 1 }) { run { id } } }');
      expect(data).toBeNull();
      expect(errors.length).toBeGreaterThan(0);
    });
  });

  describe('plural edits', () => {
    it('BILL-06 marks all named transactions or none, and names each that cannot be marked by its place', async () => {
      const other = await buildWorld(gateway());
      const good = await other.unbilled({ billingStatus: 192350000 });
      const failed = await other.unbilled({ billingStatus: 192350000, notToExceedStatus: 3 });
      const input = { actualIds: [good.unbilledId, failed.unbilledId, good.costId, UNKNOWN] };
      expect(await mutate('markReadyToInvoice', input, 'actualCount actuals { id }')).toEqual({
        actualCount: 0, actuals: [],
        errors: [
          expect.objectContaining({ code: 'NOT_TO_EXCEED_FAILED', path: ['input', 'actualIds', '1'] }),
          expect.objectContaining({ code: 'NOT_UNBILLED_SALES', path: ['input', 'actualIds', '2'] }),
          expect.objectContaining({ code: 'NOT_FOUND', path: ['input', 'actualIds', '3'] }),
        ],
      });
      const status = async () => (await ask(gateway(), 'query ($id: ID!) { actual(id: $id) { billingStatus } }', { id: good.unbilledId })).actual.billingStatus;
      expect(await status()).toBe('UNBILLED_SALES_CREATED');
      expect(await mutate('markReadyToInvoice', { actualIds: [good.unbilledId] }, 'actualCount actuals { billingStatus }')).toEqual({
        actualCount: 1, actuals: [{ billingStatus: 'READY_TO_INVOICE' }], errors: [],
      });
    });

    it('createProformaInvoices gives one result per contract: a refused one leaves the others alone', async () => {
      const [empty, full] = [await buildWorld(gateway()), await buildWorld(gateway())];
      await full.unbilled();
      const { results, errors } = await mutate('createProformaInvoices', { contractIds: [empty.contractId, UNKNOWN, full.contractId] },
        `results { contract { number } proformaInvoices { status } ${ERRORS} }`);
      expect(errors).toEqual([]);
      expect(results).toMatchObject([
        { contract: { number: empty.facts.contractNumber }, proformaInvoices: [], errors: [{ code: 'NOTHING_READY_TO_INVOICE' }] },
        { contract: null, proformaInvoices: [], errors: [{ __typename: 'NotFoundError' }] },
        { contract: { number: full.facts.contractNumber }, proformaInvoices: [{ status: 'DRAFT' }], errors: [] },
      ]);
    });
  });

  describe('importRecords', () => {
    it('refuses every bad row by set, row and column, and loads none of the good ones', async () => {
      const currency = (code: string, more: object = {}) => ({ transactioncurrencyid: guid(90, code.charCodeAt(0)), isocurrencycode: code, currencyname: code, currencyprecision: 2, exchangerate: 1, ...more });
      const before = await totalOf('currencies');
      const payload = await mutate('importRecords', { entitySets: [
        { name: 'transactioncurrencies', records: [currency('AAA'), currency('BBB', { currencyprecision: 'two' }), currency('CCC', { isocurrencycode: null, exchangerate: 'x' })] },
        { name: 'salesorders', records: [{
          salesorderid: guid(91, 1), ordernumber: 'CON-BAD', name: 'Bad', _customerid_value: UNKNOWN, _transactioncurrencyid_value: guid(90, 65), _msdyn_company_value: world.facts.companyId,
          msdyn_psastate: 5,
        }] },
        { name: 'nonsense', records: [] },
      ] }, 'entitySets { name }');
      expect(payload.entitySets).toEqual([]);
      expect(payload.errors.map((error: AnsweredError) => [error.__typename, error.code, error.path]).sort()).toEqual([
        ['nonsense', '0', ''], ['salesorders', '1', '_customerid_value'], ['salesorders', '1', 'msdyn_psastate'], ['transactioncurrencies', '2', 'currencyprecision'],
        ['transactioncurrencies', '3', 'exchangerate'], ['transactioncurrencies', '3', 'isocurrencycode'],
      ].map((path) => ['ValidationError', 'RECORDS_REFUSED', path]));
      expect(await totalOf('currencies')).toBe(before);
      const twin = await mutate('importRecords', { entitySets: [{ name: 'transactioncurrencies', records: [currency('AAA')] }] }, 'entitySets { name read created unchanged }');
      expect(twin).toEqual({ entitySets: [{ name: 'transactioncurrencies', read: 1, created: 1, unchanged: 0 }], errors: [] });
    });
  });

  describe('one request over the whole process', () => {
    const NESTED = `query ($number: String!) { proformaInvoice(number: $number) {
      number stage blockers { code }
      lines { nodes { details { nodes { unbilledActual { timeEntry { resource { name } } } } } } }
      invoiceProposal { number stage lines(first: 500) { nodes {
        lineAmount
        actual { amount connections { nodes { transaction2 { journalLine { voucher { number ledgerEntries { nodes { mainAccountId amount mainAccount { name } } } } } } } } }
        journalLine { amount journal { number } projectTransaction { status customerInvoice { number } } }
        customerInvoiceLine { taxTransactions { nodes { taxAmount } } postings { nodes { postingType accountingAmount } } customerInvoice { number } }
      } } }
      customerInvoice { number customerTransaction { amount } voucher { number ledgerEntries { nodes { postingType } } customerInvoice { proformaInvoice { number } } }
        lines(first: 500) { nodes { proposalLine { stagedActual { actual { proformaInvoice { number } lineDetail { id } } } } } } }
    } }`;

    it('sends as many statements for forty lines as for two, from the proforma to finance and back', async () => {
      const answers: Answer[] = [];
      for (const count of [2, 40]) {
        const made = await draft(count);
        await process.confirm(made.id);
        await process.settleFinance();
        answers.push(await send(gateway(), NESTED, { number: made.number }));
      }
      const [two, forty] = answers as [Answer, Answer];
      expect([two.errors, forty.errors]).toEqual([[], []]);
      for (const [answer, count] of [[two, 2], [forty, 40]] as const) {
        const { proformaInvoice } = answer.data;
        expect(proformaInvoice).toMatchObject({ stage: 'DONE', blockers: [], invoiceProposal: { stage: 'INVOICED' } });
        expect(proformaInvoice.invoiceProposal.lines.nodes).toHaveLength(count);
        for (const line of proformaInvoice.invoiceProposal.lines.nodes) {
          expect(line.actual.connections.nodes[0].transaction2.journalLine.voucher.ledgerEntries.nodes).toHaveLength(2);
          expect(line.journalLine.projectTransaction).toEqual({ status: 'INVOICED', customerInvoice: { number: proformaInvoice.customerInvoice.number } });
        }
        expect(proformaInvoice.customerInvoice.lines.nodes.map((line: { proposalLine: { stagedActual: { actual: { proformaInvoice: { number: string } } } } }) =>
          line.proposalLine.stagedActual.actual.proformaInvoice.number)).toEqual(Array(count).fill(proformaInvoice.number));
      }
      expect(forty.statements).toBe(two.statements);
      expect(two.statements).toBeLessThanOrEqual(60);
    });

    it('a payload reads its records with as many statements for many as for one', async () => {
      const [one, many] = [await buildWorld(gateway()), await buildWorld(gateway())];
      const [single, several] = [await one.unbilledMany(1), await many.unbilledMany(25)];
      const mark = `mutation ($input: MarkTransactionsInput!) { markNotReadyToInvoice(input: $input) {
        actualCount actuals { billingStatus contract { number customer { name } } connections { nodes { transaction2 { amount } } } } ${ERRORS}
      } }`;
      const marked = (ids: readonly { unbilledId: string }[]) => send(gateway(), mark, { input: { actualIds: ids.map((id) => id.unbilledId) } });
      const [few, all] = [await marked(single), await marked(several)];
      expect(all.data.markNotReadyToInvoice).toMatchObject({ actualCount: 25, errors: [] });
      expect(all.data.markNotReadyToInvoice.actuals).toHaveLength(25);
      expect(all.statements).toBe(few.statements);
    });
  });
});
