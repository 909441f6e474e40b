import { keyOf } from '../../../../src/stores/reading/global-id';
import { Database } from '../../../../src/stores/unit-of-work';
import { bulkConfirmationEnded, workOnBulkConfirmations } from '../../../../src/flow/2-confirm/bulk/bulk-confirmation.worker';
import { ask } from '../../../support/api';
import { buildWorld } from '../../../support/builders';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { ERRORS, Process } from '../../../support/process';
import { dyingAfter } from '../../3-sync/rungs';
import { billedCounts, confirmInBulk, draftsOf, readBulkRun } from './bulk-desk';

const ACTUALS = `query ($id: ID!) { proformaInvoice(id: $id) { status billedActualCount confirmedOn accountingDate actuals(orderBy: [{ field: QUANTITY }, { field: TRANSACTION_TYPE }]) {
  nodes { transactionType quantity amount billingType billingStatus adjustmentStatus skipSync accountingDate }
} } }`;
const NOBODY = '00000000-0000-7000-8000-000000000000';

onBothEngines('confirming proformas in bulk', (gateway) => {
  /** Schedules, and falls silent before the first one is taken. */
  const scheduled = async (proformaInvoiceIds: readonly string[]) => {
    const { dying, bury } = dyingAfter(gateway().database, 1);
    const silent: TestGateway = { ...gateway(), database: dying, context: { ...gateway().context, database: dying } };
    const answer = await confirmInBulk(silent, { proformaInvoiceIds, waitMs: 0 });
    bury();
    return answer;
  };
  const removeDraft = (proformaInvoiceId: string) => ask(gateway(), `mutation ($input: DeleteProformaInvoiceInput!) {
    deleteProformaInvoice(input: $input) { deletedProformaInvoiceId ${ERRORS} } }`, { input: { proformaInvoiceId } });
  const emptyDraft = async (contractId: string): Promise<{ id: string; number: string }> => {
    const { createProformaInvoices } = await ask(gateway(), `mutation ($input: CreateProformaInvoicesInput!) {
      createProformaInvoices(input: $input) { results { proformaInvoices { id number } } ${ERRORS} } }`, { input: { contractIds: [contractId], allowEmpty: true } });
    return createProformaInvoices.results[0].proformaInvoices[0];
  };

  it('BULK-01 each proforma ends Complete, in the order in which they were named', async () => {
    const ids = await draftsOf(await buildWorld(gateway()), 3);
    const numbers = await Promise.all(ids.map(async (id) => (await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { number } }', { id })).proformaInvoice.number as string));
    const { run, results, errors } = await confirmInBulk(gateway(), { proformaInvoiceIds: [ids[2], ids[0]], proformaInvoiceNumbers: [numbers[1], numbers[0]] });
    expect(errors).toEqual([]);
    expect(run).toMatchObject({ kind: 'CONFIRM_IN_BULK', status: 'SUCCEEDED', message: '3 confirmed, 0 failed.', errors: [] });
    expect(run!.bulkConfirmationTotals).toEqual({ total: 3, scheduled: 0, processing: 0, complete: 3, failed: 0 });
    expect(results.map((item) => item.proformaInvoiceNumber)).toEqual([numbers[2], numbers[0], numbers[1]]);
    expect(results).toEqual(results.map((item, position) => ({
      ...item, position, status: 'COMPLETE', errors: [],
      proformaInvoice: { id: expect.any(String), status: 'CONFIRMED', bulkConfirmationStatus: 'COMPLETE' },
    })));
  });

  it('BULK-01 none and more than 250 are refused as a whole', async () => {
    const refused = async (proformaInvoiceIds: string[]) => confirmInBulk(gateway(), { proformaInvoiceIds });
    for (const ids of [[], Array.from({ length: 251 }, (_, index) => NOBODY.slice(0, -3) + String(index).padStart(3, '0'))]) {
      expect(await refused(ids)).toEqual({ run: null, results: [], errors: [expect.objectContaining({ code: 'INVALID_INPUT', path: ['input', 'proformaInvoiceIds'] })] });
    }
  });

  it('BULK-01 more than 250 numbers are refused before any is looked up', async () => {
    const watched: Database = Object.create(gateway().database);
    let lookUps = 0;
    const { engine, manager } = gateway().database.reader;
    const counted = (text: string, parameters: unknown[]) => {
      lookUps += 1;
      return manager.query(text, parameters) as Promise<unknown[]>;
    };
    Object.defineProperty(watched, 'reader', { value: { engine, manager, ask: counted } });
    const numbered = (length: number) => confirmInBulk(
      { ...gateway(), context: { ...gateway().context, database: watched } },
      { proformaInvoiceNumbers: Array.from({ length }, (_, index) => `PF-${index}`) },
    );
    expect(await numbered(251)).toMatchObject({ run: null, errors: [{ code: 'INVALID_INPUT', message: expect.stringContaining('250') }] });
    expect(lookUps).toBe(0);
    expect((await numbered(1)).results).toMatchObject([{ status: 'FAILED' }]);
    expect(lookUps).toBeGreaterThan(0);
  });

  it('BULK-02 the actuals are those of a confirmation by itself', async () => {
    const world = await buildWorld(gateway());
    const [inBulk, byItself] = await draftsOf(world, 2, 3);
    await confirmInBulk(gateway(), { proformaInvoiceIds: [inBulk] });
    await new Process(gateway()).confirm(byItself!);
    expect(await ask(gateway(), ACTUALS, { id: inBulk })).toEqual(await ask(gateway(), ACTUALS, { id: byItself }));
  });

  it('BULK-03 a refused proforma stays as it was and stops no other; its item says why, and where it was named', async () => {
    const world = await buildWorld(gateway());
    const empty = await emptyDraft(world.contractId);
    const [first, confirmed, last] = await draftsOf(world, 3);
    await new Process(gateway()).confirm(confirmed!);
    const { run, results } = await confirmInBulk(gateway(), { proformaInvoiceIds: [first, empty.id, confirmed, NOBODY, last] });
    expect(run).toMatchObject({ status: 'FINISHED_WITH_ERRORS', message: '2 confirmed, 3 failed.', bulkConfirmationTotals: { complete: 2, failed: 3 } });
    expect(results.map((item) => item.status)).toEqual(['COMPLETE', 'FAILED', 'FAILED', 'FAILED', 'COMPLETE']);
    expect(results.map((item) => item.errors)).toEqual([
      [],
      [expect.objectContaining({ __typename: 'ValidationError', code: 'EMPTY_PROFORMA', path: ['input', 'proformaInvoiceIds', '1'], message: expect.stringContaining(empty.number) })],
      [expect.objectContaining({ __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'CONFIRMED', path: ['input', 'proformaInvoiceIds', '2'] })],
      [expect.objectContaining({ __typename: 'NotFoundError', code: 'NOT_FOUND', key: NOBODY, path: ['input', 'proformaInvoiceIds', '3'] })],
      [],
    ]);
    expect(run!.errors).toEqual(results.flatMap((item) => item.errors));
    expect(results[1]!.proformaInvoice).toMatchObject({ status: 'DRAFT', bulkConfirmationStatus: 'FAILED' });
    expect(results[2]!.proformaInvoice).toMatchObject({ status: 'CONFIRMED', bulkConfirmationStatus: null });
    expect(results[3]).toMatchObject({ proformaInvoice: null, proformaInvoiceNumber: null });
  });

  it('BULK-04 who does not wait finds totals and items under the run, and under each proforma', async () => {
    const ids = await draftsOf(await buildWorld(gateway()), 2);
    const { run, results } = await scheduled(ids);
    expect(results.map((item) => item.proformaInvoice)).toEqual(ids.map(() => expect.objectContaining({ status: 'DRAFT', bulkConfirmationStatus: 'SCHEDULED' })));
    expect(await readBulkRun(gateway(), run!.id)).toMatchObject({
      status: 'RUNNING', bulkConfirmationTotals: { total: 2, scheduled: 2, processing: 0, complete: 0, failed: 0 }, bulkConfirmationItems: { nodes: results },
    });
    await workOnBulkConfirmations(gateway().context);
    expect(await readBulkRun(gateway(), run!.id)).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { total: 2, complete: 2 } });
    const { proformaInvoice } = await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { bulkConfirmationItems { nodes { status run { id } } } } }', { id: ids[0] });
    expect(proformaInvoice.bulkConfirmationItems.nodes).toEqual([{ status: 'COMPLETE', run: { id: run!.id } }]);
    const { sync } = await ask(gateway(), 'mutation { sync(input: {}) { run { bulkConfirmationTotals { total } } } }');
    expect(sync.run.bulkConfirmationTotals).toBeNull();
  });

  it('BULK-05 the same key leads to the same run; with another input it is refused', async () => {
    const world = await buildWorld(gateway());
    const empty = await emptyDraft(world.contractId);
    const [id] = await draftsOf(world, 1);
    const input = { proformaInvoiceIds: [id, empty.id], idempotencyKey: `bulk ${empty.number}` };
    const first = await confirmInBulk(gateway(), input);
    expect(first.run).toMatchObject({ status: 'FINISHED_WITH_ERRORS' });
    expect(await confirmInBulk(gateway(), { ...input, waitMs: 10 })).toEqual(first);
    expect((await confirmInBulk(gateway(), { ...input, proformaInvoiceIds: [id] })).errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('BULK-06 a proforma is in one unfinished bulk confirmation at a time, and can be scheduled again when it failed', async () => {
    const world = await buildWorld(gateway());
    const empty = await emptyDraft(world.contractId);
    const first = await scheduled([empty.id]);
    const second = await scheduled([empty.id]);
    expect(second.results).toMatchObject([{ status: 'FAILED', proformaInvoice: { bulkConfirmationStatus: 'SCHEDULED' }, errors: [{ __typename: 'StateTransitionError', from: 'SCHEDULED' }] }]);
    await workOnBulkConfirmations(gateway().context);
    expect((await readBulkRun(gateway(), first.run!.id)).bulkConfirmationItems.nodes).toMatchObject([{ status: 'FAILED', errors: [{ code: 'EMPTY_PROFORMA' }] }]);
    expect((await readBulkRun(gateway(), second.run!.id)).status).toBe('FINISHED_WITH_ERRORS');
    const third = await confirmInBulk(gateway(), { proformaInvoiceIds: [empty.id] });
    expect(third.results).toMatchObject([{ status: 'FAILED', errors: [{ code: 'EMPTY_PROFORMA' }] }]);
  });

  it('BULK-07 what was deleted or confirmed while it was scheduled is refused when its turn comes', async () => {
    const [deleted, byItself, left] = await draftsOf(await buildWorld(gateway()), 3);
    const { run } = await scheduled([deleted!, byItself!, left!]);
    await removeDraft(deleted!);
    await new Process(gateway()).confirm(byItself!);
    await workOnBulkConfirmations(gateway().context);
    const { bulkConfirmationItems: { nodes }, ...after } = await readBulkRun(gateway(), run!.id);
    expect(after).toMatchObject({ status: 'FINISHED_WITH_ERRORS', bulkConfirmationTotals: { complete: 1, failed: 2 } });
    expect(nodes[0]).toMatchObject({ status: 'FAILED', proformaInvoice: null, proformaInvoiceNumber: expect.any(String), errors: [{ code: 'NOT_FOUND' }] });
    expect(nodes[1]).toMatchObject({ status: 'FAILED', errors: [{ code: 'INVALID_STATE', from: 'CONFIRMED' }] });
    expect(nodes[2]).toMatchObject({ status: 'COMPLETE', errors: [] });
  });

  it('BULK-03 a number that no proforma has is one failed item, as an unknown id is', async () => {
    const [id] = await draftsOf(await buildWorld(gateway()), 1);
    const { run, results, errors } = await confirmInBulk(gateway(), { proformaInvoiceIds: [id], proformaInvoiceNumbers: ['PF-NOBODY', 'PF-NOBODY'] });
    expect(errors).toEqual([]);
    expect(run).toMatchObject({ status: 'FINISHED_WITH_ERRORS', message: '1 confirmed, 1 failed.' });
    expect(results[1]).toMatchObject({
      status: 'FAILED', proformaInvoice: null, proformaInvoiceNumber: 'PF-NOBODY',
      errors: [{ __typename: 'NotFoundError', code: 'NOT_FOUND', key: 'PF-NOBODY', path: ['input', 'proformaInvoiceNumbers', '0'] }],
    });
  });

  it('BULK-05 a repetition by number finds its run after a draft was deleted', async () => {
    const { id, number } = await emptyDraft((await buildWorld(gateway())).contractId);
    const input = { proformaInvoiceNumbers: [number], idempotencyKey: `by number ${number}` };
    const first = await confirmInBulk(gateway(), input);
    await removeDraft(id);
    const again = await confirmInBulk(gateway(), input);
    expect(again).toMatchObject({ errors: [], run: { id: first.run!.id }, results: [{ proformaInvoiceNumber: number, proformaInvoice: null, errors: [{ code: 'EMPTY_PROFORMA' }] }] });
  });

  it.each([
    ['a broken connection', new Error('Connection terminated unexpectedly')],
    ['a server that restarts', Object.assign(new Error('terminating connection'), { code: '57P01' })],
    ['a serialization that was lost again and again', Object.assign(new Error('could not serialize access'), { driverError: { code: '40001' } })],
  ])('BULK-10 %s leaves the proforma to be tried again', async (_what, failure) => {
    const ids = await draftsOf(await buildWorld(gateway()), 2);
    const { run } = await scheduled(ids);
    const failing: Database = Object.create(gateway().database);
    let writes = 0;
    failing.write = async (work) => {
      writes += 1;
      // The first unit of work takes the item, the second confirms it.
      return gateway().database.write(writes === 2 ? async (unit) => work(unit).then(() => Promise.reject(failure)) : work);
    };
    await workOnBulkConfirmations({ ...gateway().context, database: failing });
    const after = await readBulkRun(gateway(), run!.id);
    expect(after).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: 2, failed: 0 } });
    expect(writes).toBeGreaterThan(5);
  });

  it('BULK-04 who waits goes on waiting when the connection breaks between two proformas', async () => {
    const ids = await draftsOf(await buildWorld(gateway()), 2);
    const breaking: Database = Object.create(gateway().database);
    let writes = 0;
    // Scheduling, taking the first and confirming it are the first three units of work; the next one takes the second.
    breaking.write = (work) => ((writes += 1) === 4 ? Promise.reject(new Error('Connection terminated unexpectedly')) : gateway().database.write(work));
    const { run, errors } = await confirmInBulk({ ...gateway(), context: { ...gateway().context, database: breaking } }, { proformaInvoiceIds: ids });
    expect(writes).toBeGreaterThan(4);
    expect(errors).toEqual([]);
    expect(run).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: 2 } });
  });

  it('BULK-10 a bug makes its proforma Failed, and the others are confirmed', async () => {
    const ids = await draftsOf(await buildWorld(gateway()), 2);
    const { run } = await scheduled(ids);
    const failing: Database = Object.create(gateway().database);
    let writes = 0;
    failing.write = (work) => ((writes += 1) === 2 ? Promise.reject(new TypeError('a bug')) : gateway().database.write(work));
    await workOnBulkConfirmations({ ...gateway().context, database: failing });
    expect(await readBulkRun(gateway(), run!.id)).toMatchObject({ status: 'FINISHED_WITH_ERRORS', bulkConfirmationTotals: { complete: 1, failed: 1 } });
  });

  it('BULK-09 Complete means confirmed by it; confirmed by itself means no bulk confirmation status', async () => {
    const [byItself, inBulk] = await draftsOf(await buildWorld(gateway()), 2);
    await scheduled([byItself!]);
    await new Process(gateway()).confirm(byItself!);
    await confirmInBulk(gateway(), { proformaInvoiceIds: [inBulk] });
    const { proformaInvoice } = await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { status bulkConfirmationStatus } }', { id: byItself });
    expect(proformaInvoice).toEqual({ status: 'CONFIRMED', bulkConfirmationStatus: null });
    const { proformaInvoices } = await ask(gateway(), '{ proformaInvoices(first: 500) { nodes { status bulkConfirmationStatus } } }');
    for (const { status, bulkConfirmationStatus } of proformaInvoices.nodes) {
      if (bulkConfirmationStatus === 'COMPLETE') expect(status).not.toBe('DRAFT');
      else if (bulkConfirmationStatus !== null) expect(status).toBe('DRAFT');
    }
  });

  it('BULK-08 wherever a process ends, the next one goes on, and nothing is confirmed twice', async () => {
    for (let unitsOfWork = 1; unitsOfWork <= 7; unitsOfWork += 1) {
      const world = await buildWorld(gateway());
      const ids = await draftsOf(world, 3, 1);
      const { dying, bury } = dyingAfter(gateway().database, unitsOfWork);
      const answer = await confirmInBulk({ ...gateway(), database: dying, context: { ...gateway().context, database: dying } }, { proformaInvoiceIds: ids, waitMs: 50 });
      bury();
      // The unit of work that the dying process was in may still hold its item: the next process looks until nothing is left.
      await bulkConfirmationEnded(gateway().context, keyOf('Run', answer.run!.id));
      expect(await readBulkRun(gateway(), answer.run!.id)).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { complete: 3 } });
      expect(await billedCounts(gateway(), world.contractId)).toEqual([1, 1, 1]);
    }
  });

  it('BULK-08 two processes on one database share the work', async () => {
    const second = await Database.open(gateway().location);
    try {
      const world = await buildWorld(gateway());
      const ids = await draftsOf(world, 12, 1);
      const { run } = await scheduled(ids);
      await Promise.all([workOnBulkConfirmations(gateway().context), workOnBulkConfirmations({ ...gateway().context, database: second })]);
      expect(await readBulkRun(gateway(), run!.id)).toMatchObject({ status: 'SUCCEEDED', bulkConfirmationTotals: { total: 12, complete: 12 } });
      expect(await billedCounts(gateway(), world.contractId)).toEqual(ids.map(() => 1));
    } finally {
      await second.close();
    }
  });
});
