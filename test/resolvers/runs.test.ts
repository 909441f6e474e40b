import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../support/api';
import { buildWorld, type World } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { ERRORS, importRecords, Process } from '../support/process';
import { deleteRows, dyingAfter } from '../flow/3-sync/rungs';

onBothEngines('long work', (gateway) => {
  let process: Process;

  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });

  const draft = async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(1);
    const [made] = await process.createDrafts([world.contractId]);
    return made!;
  };
  const errorsOfRun = async (id: string) => (await ask(gateway(), `query ($id: ID!) { run(id: $id) { status ${ERRORS} } }`, { id })).run;
  const ended = async (id: string) => {
    for (;;) {
      const run = await errorsOfRun(id);
      if (run.status !== 'RUNNING') return run;
      // SQLite answers at once: without a pause the run itself would never have its turn.
      await pause(10);
    }
  };

  it('SYNC-20 a run tells whoever did not wait what it refused as a whole', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    const confirm = 'mutation ($id: ID!) { confirmProformaInvoice(input: { proformaInvoiceId: $id, waitMs: 0 }) { run { id } errors { code } } }';
    await ask(gateway(), confirm, { id });
    const { runs } = await ask(gateway(), `{ runs(last: 1, filter: { kind: { eq: CONFIRM } }, orderBy: [{ field: ID, direction: ASC }]) { nodes { id } } }`);
    const run = await ended(runs.nodes[0].id);
    expect(run).toMatchObject({ status: 'FINISHED_WITH_ERRORS', errors: [{ __typename: 'StateTransitionError', message: expect.stringContaining(number), from: 'CONFIRMED' }] });
  });

  it('SYNC-20 a run tells what it refused item by item, and nothing when it refused nothing', async () => {
    const { id, number } = await draft();
    await process.confirm(id);
    await process.sync();
    const post = 'mutation ($number: String!) { postInvoiceProposals(input: { proposalNumbers: [$number] }) { run { id errors { code } } results { errors { code } } } }';
    const { run, results } = (await ask(gateway(), post, { number })).postInvoiceProposals;
    expect(run.errors).not.toEqual([]);
    expect(run.errors).toEqual(results[0].errors);
    const { sync } = await ask(gateway(), 'mutation { sync(input: {}) { run { status errors { code } } } }');
    expect(sync.run.errors).toEqual([]);
  });

  describe('a retry', () => {
    const RETRY = `mutation ($key: String) { retrySyncErrors(input: { all: true, waitMs: 200, idempotencyKey: $key }) {
      run { id status } resolvedCount failedCount syncErrors { id } ${ERRORS} } }`;
    let world: World;

    beforeAll(async () => {
      world = await buildWorld(gateway());
      await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
      await world.unbilled();
      await process.sync();
    });

    it('SYNC-20 answers with its run while it goes on, repeated too', async () => {
      const { dying, bury } = dyingAfter(gateway().database, 2);
      const unfinished = { run: { id: expect.any(String), status: 'RUNNING' }, resolvedCount: null, failedCount: null, syncErrors: [], errors: [] };
      const first = await ask({ ...gateway(), context: { ...gateway().context, database: dying } }, RETRY, { key: 'retry' });
      const again = await ask(gateway(), RETRY, { key: 'retry' });
      bury();
      expect(first.retrySyncErrors).toEqual(unfinished);
      expect(again).toEqual(first);
    });

    it('SYNC-04 answers with its run and what became of the records', async () => {
      const { retrySyncErrors } = await ask(gateway(), RETRY.replace('200', '30000'));
      expect(retrySyncErrors).toMatchObject({ run: { status: 'FINISHED_WITH_ERRORS' }, resolvedCount: 0, errors: [] });
      expect(retrySyncErrors.failedCount).toBeGreaterThan(0);
    });
  });

  it('deleting a proforma by number is repeatable under a key, though the number is gone', async () => {
    const { number } = await draft();
    const remove = (input: object) => ask(gateway(), `mutation ($input: DeleteProformaInvoiceInput!) { deleteProformaInvoice(input: $input) { deletedProformaInvoiceId ${ERRORS} } }`, { input });
    const first = await remove({ proformaInvoiceNumber: number, idempotencyKey: 'gone' });
    expect(first.deleteProformaInvoice).toEqual({ deletedProformaInvoiceId: expect.any(String), errors: [] });
    expect(await remove({ proformaInvoiceNumber: number, idempotencyKey: 'gone' })).toEqual(first);
    expect((await remove({ proformaInvoiceNumber: number, idempotencyKey: 'other' })).deleteProformaInvoice.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'proformaInvoiceNumber'] }]);
    expect((await remove({ proformaInvoiceNumber: number })).deleteProformaInvoice.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});
