import { Database } from '../../../../src/stores/unit-of-work';
import { ask } from '../../../support/api';
import { share } from '../../../support/approval-desk';
import { buildWorld, type World } from '../../../support/builders';
import { contextOn, onBothEngines } from '../../../support/engines';
import { ERRORS, importRecords, Process } from '../../../support/process';
import { ProgressDesk } from '../../../support/progress-desk';

onBothEngines('progress milestones', (gateway) => {
  const desk = new ProgressDesk(gateway);
  let process: Process;
  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });
  const mark = async (world: World, mutation: string, input: object) => (await ask(gateway(), `mutation ($input: MarkTransactionsInput!) {
    ${mutation}(input: $input) { milestoneCount ${ERRORS} }
  }`, { input: { contractIds: [world.contractId], ...input } }))[mutation];
  const parts = (progress: { milestones: { nodes: { amount: string; invoiceStatus: string; progressStep: number | null; progressPercent: string | null }[] } }) =>
    progress.milestones.nodes.map(({ amount, invoiceStatus, progressStep, progressPercent }) => [progressStep, progressPercent, amount, invoiceStatus]);

  it('PROGRESS-01: begins as a milestone per customer, not ready, over all of it', async () => {
    const world = await buildWorld(gateway(), { customers: 2 });
    await share(gateway(), world, ['60', '40']);
    const { progressMilestone, errors } = await desk.create(world, '1000.01');
    expect(errors).toEqual([]);
    expect(progressMilestone).toMatchObject({ amount: '1000.01', status: 'NOT_STARTED', remainingAmount: '1000.01', readyAmount: '0', invoicedToDate: '0', nextPercent: null, currencyCode: 'USD' });
    expect(parts(progressMilestone)).toEqual([[null, null, '600.01', 'NOT_READY_FOR_INVOICING'], [null, null, '400', 'NOT_READY_FOR_INVOICING']]);
    expect((await desk.create(world, '99000')).errors).toMatchObject([{ code: 'MILESTONES_EXCEED_LINE' }]);
    expect((await desk.create(world, '0')).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'amount'] }]);
  });

  it('PROGRESS-02: the next part is decided in percent or amount, and kept until it is marked', async () => {
    const { id } = (await desk.create(await buildWorld(gateway()), '1000')).progressMilestone;
    expect((await desk.update(id, { nextPercent: '20' })).progressMilestone).toMatchObject({ nextPercent: '20', nextAmount: '200', status: 'NOT_STARTED' });
    expect((await desk.update(id, { nextAmount: '333.33', milestoneDate: '2026-08-31' })).progressMilestone).toMatchObject({ nextPercent: '33.333', nextAmount: '333.33', milestoneDate: '2026-08-31' });
    const { progressMilestone } = await desk.ready(id);
    expect(progressMilestone).toMatchObject({ nextPercent: null, nextAmount: null, readyAmount: '333.33', remainingAmount: '666.67', status: 'IN_PROGRESS' });
    expect((await desk.ready(id)).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'nextPercent'] }]);
    expect((await desk.update(id, {})).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('PROGRESS-03: more than is left is refused, and nothing is changed', async () => {
    const { id } = (await desk.create(await buildWorld(gateway()), '1000')).progressMilestone;
    await desk.ready(id, { nextPercent: '60' });
    expect((await desk.ready(id, { nextPercent: '41' })).errors).toMatchObject([{ code: 'PROGRESS_EXCEEDED', path: ['input', 'nextPercent'] }]);
    expect((await desk.update(id, { nextAmount: '400.01' })).errors).toMatchObject([{ code: 'PROGRESS_EXCEEDED', path: ['input', 'nextAmount'] }]);
    expect((await desk.ready('00000000-0000-4000-8000-000000000001', { nextPercent: '1' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    // A decision that was made before another part was taken.
    const other = (await desk.create(await buildWorld(gateway()), '1000')).progressMilestone.id;
    await desk.update(other, { nextPercent: '50' });
    await desk.ready(other, { nextPercent: '70' });
    await desk.update(other, { nextPercent: '30' });
    expect((await desk.ready(other)).progressMilestone).toMatchObject({ remainingAmount: '0', readyAmount: '1000' });
  });

  it('PROGRESS-04: 20 percent of 1,000 become 200 ready and 800 not ready', async () => {
    const { id } = (await desk.create(await buildWorld(gateway()), '1000')).progressMilestone;
    const { progressMilestone } = await desk.ready(id, { nextPercent: '20', milestoneDate: '2026-07-15' });
    expect(parts(progressMilestone)).toEqual([[null, null, '800', 'NOT_READY_FOR_INVOICING'], [1, '20', '200', 'READY_FOR_INVOICING']]);
  });

  it('PROGRESS-06: a part that is taken back merges into what is left; one on a draft does not', async () => {
    const world = await buildWorld(gateway());
    const { id } = (await desk.create(world, '1000')).progressMilestone;
    await desk.ready(id, { nextPercent: '20' });
    expect(parts((await desk.notReady(id)).progressMilestone)).toEqual([
      [null, null, '1000', 'NOT_READY_FOR_INVOICING'], [null, null, '0', 'NOT_READY_FOR_INVOICING'],
    ]);
    expect((await desk.notReady(id)).errors).toMatchObject([{ code: 'NOTHING_READY_TO_INVOICE' }]);
    await desk.ready(id, { nextPercent: '30' });
    const [draft] = await process.createDrafts([world.contractId]);
    expect(draft!.chargeableAmount).toBe('300');
    expect((await desk.notReady(id)).errors).toMatchObject([{ code: 'NOTHING_READY_TO_INVOICE' }]);
  });

  it('PROGRESS-06: a part that was invoiced and credited is ready again as it was, and is not taken back', async () => {
    const world = await buildWorld(gateway());
    const { id } = (await desk.create(world, '1000')).progressMilestone;
    await desk.ready(id, { nextPercent: '20' });
    const [draft] = await process.createDrafts([world.contractId]);
    await process.confirm(draft!.id);
    expect(await desk.read(id)).toMatchObject({ invoicedToDate: '200', remainingAmount: '800' });
    const { reviseProformaInvoice } = await ask(gateway(), `mutation ($input: ReviseProformaInvoiceInput!) {
      reviseProformaInvoice(input: $input) { proformaInvoice { id } ${ERRORS} }
    }`, { input: { proformaInvoiceId: draft!.id } });
    await process.confirm(reviseProformaInvoice.proformaInvoice.id);
    expect(await desk.read(id)).toMatchObject({ invoicedToDate: '0', readyAmount: '200', remainingAmount: '800', status: 'IN_PROGRESS' });
    expect((await desk.notReady(id)).errors).toMatchObject([{ code: 'NOTHING_READY_TO_INVOICE' }]);
    const [again] = await process.createDrafts([world.contractId]);
    expect(again!.chargeableAmount).toBe('200');
  });

  it('PROGRESS-09: its milestones are neither marked by name nor with their contract, and an emptied one is in no backlog', async () => {
    const world = await buildWorld(gateway());
    const { id } = (await desk.create(world, '1000')).progressMilestone;
    await desk.ready(id, { nextPercent: '20' });
    const { progressMilestone } = await desk.notReady(id);
    expect(await mark(world, 'markReadyToInvoice', {})).toEqual({ milestoneCount: 0, errors: [] });
    expect((await mark(world, 'markReadyToInvoice', { milestoneIds: [progressMilestone.milestones.nodes[0]!.id] })).errors).toMatchObject([{ code: 'PROGRESS_MILESTONE', path: ['input', 'milestoneIds', '0'] }]);
    const { projectContract } = await ask(gateway(), 'query ($id: ID!) { projectContract(id: $id) { billingBacklog { nodes { amount } } } }', { id: world.contractId });
    expect(projectContract.billingBacklog.nodes).toEqual([{ amount: '1000' }]);
    await desk.ready(id, { nextPercent: '20' });
    expect(await mark(world, 'markNotReadyToInvoice', {})).toEqual({ milestoneCount: 0, errors: [] });
  });

  it('PROGRESS-10: finance hears of every milestone whose amount a split changed, and renews its on-account transaction', async () => {
    const world = await buildWorld(gateway());
    const { id } = (await desk.create(world, '1000')).progressMilestone;
    const onAccount = async () => {
      await process.sync();
      await process.importFromStaging();
      const { progressMilestone } = await ask(gateway(), `query ($id: ID!) { progressMilestone(id: $id) {
        milestones(orderBy: [{ field: ID }]) { nodes { onAccountTransaction { amount } } }
      } }`, { id });
      return progressMilestone.milestones.nodes.map(({ onAccountTransaction }: { onAccountTransaction: { amount: string } | null }) => onAccountTransaction?.amount);
    };
    expect(await onAccount()).toEqual(['1000']);
    await desk.ready(id, { nextPercent: '20' });
    expect(await onAccount()).toEqual(['800', '200']);
    await desk.notReady(id);
    expect(await onAccount()).toEqual(['1000', '0']);
    await desk.ready(id, { nextPercent: '45' });
    await desk.ready(id, { nextPercent: '55' });
    expect(await onAccount()).toEqual(['550', '450']);
  });

  it('PROGRESS-12: an old version is refused, and of two markings of the rest, from two processes, one wins', async () => {
    const { id, version } = (await desk.create(await buildWorld(gateway()), '1000')).progressMilestone;
    await desk.ready(id, { nextPercent: '40' });
    expect((await desk.ready(id, { nextPercent: '10', expectedVersion: version })).errors).toMatchObject([{ code: 'CONFLICT', expectedVersion: 1, actualVersion: 2 }]);
    const database = await Database.open(gateway().location);
    try {
      const other = new ProgressDesk(() => ({ ...gateway(), database, context: contextOn(database) }));
      const answers = await Promise.all([desk.ready(id, { nextPercent: '60' }), other.ready(id, { nextPercent: '60' })]);
      expect(answers.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
      expect((await desk.read(id)).readyAmount).toBe('1000');
    } finally {
      await database.close();
    }
  });
});
