import { Actual, TransactionConnection, TransactionType } from '../../../../src/entities/dataverse';
import { IntegrationJournalLineStatus, StagedActual } from '../../../../src/entities/finance';
import { MAP_FLOWS, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { PeriodicJobOutcome } from '../../../../src/entities/gateway';
import { fixedClock } from '../../../../src/kernel/clock';
import { globalIdOf } from '../../../../src/stores/reading/global-id';
import { execute, sql, type Sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { onBothEngines, TEST_NOW } from '../../../support/engines';
import { Story } from '../../../support/story';
import { ImportDesk } from '../../4-import/import-desk';
import { actualRow, addChangeSet, change, connectionRow } from '../../3-sync/rungs';
import { operated } from '../../3-sync/operate/operating';
import { outOfStepOf, unexplainedOf } from '../out-of-step-of';
import { loseActual, quarantine, release } from './quarantine-desk';
import { periodicJobs } from '../../../../src/worker/jobs';
import { Worker } from '../../../../src/worker/worker';

const MINUTE_MS = 60_000;

onBothEngines('the quarantine in the flow', (gateway) => {
  const linesOfLog = async (kind: string, count: number): Promise<{ actor: string; sentence: string; facts: { sourceIds: string[] } }[]> =>
    (await ask(gateway(), 'query ($kind: TableMapActivityKind!, $first: Int!) { tableMapActivities(filter: { kind: { eq: $kind } }, first: $first) { nodes { actor sentence facts } } }', { kind, first: count }))
      .tableMapActivities.nodes;
  const outOfStep = async (desk: ImportDesk): Promise<{ flow: string; stage: string; cause: string; nextStep: string | null; record: { __typename: string } }[]> =>
    (await ask(gateway(), 'query ($contract: String!) { reconciliation(contractNumber: $contract) { outOfStep(first: 500) { nodes { flow stage cause nextStep record { __typename } } } } }', { contract: desk.world.facts.contractNumber }))
      .reconciliation.outOfStep.nodes;
  const stagedIdOf = async (desk: ImportDesk, actualId: string) => globalIdOf('StagedActual', (await desk.staged(actualId)).id);

  const accident = async (statement: Sql): Promise<void> => expect(await gateway().database.write((work) => execute(work, statement))).toBe(1);
  const quarantineOrphanOf = async (sourceId: string): Promise<void> => {
    const { orphans } = await ask(gateway(), '{ orphans(isQuarantined: false, first: 500) { nodes { id sourceId } } }');
    const { id } = (orphans.nodes as { id: string; sourceId: string }[]).find((orphan) => orphan.sourceId === sourceId)!;
    expect((await quarantine(gateway(), { ids: [id] })).errors).toEqual([]);
  };

  it('ORPHAN-06 the sync that carries an actual again releases it, and says so', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    await desk.sync();
    const bringBack = await loseActual(desk, unbilledId);
    expect(await quarantine(gateway(), { ids: [await stagedIdOf(desk, unbilledId)] })).toMatchObject({ stagedActualCount: 1, errors: [] });
    await desk.sync();
    expect((await desk.staged(unbilledId)).quarantinedOn).not.toBeNull();
    await bringBack();
    await change(gateway(), Actual, unbilledId, { description: 'Back again' }, [MAP_FLOWS.actuals]);
    await desk.sync();
    expect(await desk.staged(unbilledId)).toMatchObject({ quarantinedOn: null, quarantinedBy: null, quarantineReason: null, description: 'Back again' });
    expect(await linesOfLog('RELEASED', 1)).toMatchObject([{
      sentence: 'Released 1 staged actual from quarantine, because Dataverse holds its source again.', facts: { count: 1, sourceIds: [unbilledId] },
    }]);
    expect((await desk.import()).journalLineCount).toBe(1);
  });

  it('ORPHAN-06 an initial sync releases what is back as it was, though it has nothing to write', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    await desk.sync();
    const bringBack = await loseActual(desk, unbilledId);
    await quarantine(gateway(), { ids: [await stagedIdOf(desk, unbilledId)] });
    await bringBack();
    await operated(gateway(), 'stopTableMaps', TABLE_MAPS.actuals);
    const run = 'mutation ($input: RunTableMapsInput!) { runTableMaps(input: $input) { run { status } errors { message } } }';
    const { runTableMaps } = await ask(gateway(), run, { input: { tableMaps: [{ name: TABLE_MAPS.actuals, initialSync: true }] } });
    expect(runTableMaps).toEqual({ run: { status: 'SUCCEEDED' }, errors: [] });
    expect((await desk.staged(unbilledId)).quarantinedOn).toBeNull();
  });

  it('ORPHAN-06 an actual whose connection or its other end was gone is released by the sync that carries that', async () => {
    const desk = await ImportDesk.open(gateway());
    const [first, second] = [actualRow(gateway(), desk.world), actualRow(gateway(), desk.world)];
    const connection = connectionRow(gateway(), first.id, second.id);
    await addChangeSet(gateway(), { actuals: [first, second], connections: [connection] });
    await desk.sync();
    const id = await stagedIdOf(desk, first.id);
    const bringBack = await loseActual(desk, second.id);
    expect(await quarantine(gateway(), { ids: [id] })).toMatchObject({ stagedActualCount: 1, errors: [] });
    expect((await desk.staged(first.id)).quarantineReason).toBe(3);
    await bringBack();
    await change(gateway(), Actual, second.id, { description: 'Back' }, [MAP_FLOWS.actuals]);
    await desk.sync();
    expect((await desk.staged(first.id)).quarantinedOn).toBeNull();
    const elsewhere = gateway().context.ids.next();
    await desk.change(sql`UPDATE "msdyn_transactionconnection" SET "msdyn_transactionconnectionid" = ${elsewhere} WHERE "msdyn_transactionconnectionid" = ${connection.id}`);
    expect(await quarantine(gateway(), { ids: [id] })).toMatchObject({ stagedActualCount: 1, errors: [] });
    await desk.change(sql`UPDATE "msdyn_transactionconnection" SET "msdyn_transactionconnectionid" = ${connection.id} WHERE "msdyn_transactionconnectionid" = ${elsewhere}`);
    await change(gateway(), TransactionConnection, connection.id, {}, [MAP_FLOWS.connections]);
    await desk.sync();
    expect((await desk.staged(first.id)).quarantinedOn).toBeNull();
  });

  it('ORPHAN-07 the reconciliation, the blockers of the proforma and the trace tell why an invoice has no lines', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    await loseActual(desk, unbilledId);
    const id = await stagedIdOf(desk, unbilledId);
    await quarantine(gateway(), { ids: [id] });
    await desk.import();
    const { proformaInvoice } = await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { invoiceProposal { hasLines blockers { code } } blockers { code message nextStep recordIds } } }', { id: proformaId });
    expect(proformaInvoice.blockers).toMatchObject([{
      code: 'QUARANTINED', nextStep: 'releaseQuarantined', recordIds: [globalIdOf('Actual', unbilledId)],
      message: '1 of 1 lines are held back by the quarantine of orphans: Dataverse does not hold the staged actual any more.',
    }]);
    expect(proformaInvoice.invoiceProposal).toMatchObject({ hasLines: false, blockers: [{ code: 'QUARANTINED' }] });
    const rows = await outOfStep(desk);
    expect(rows.filter(({ record }) => record.__typename === 'StagedActual').map(({ stage, cause, nextStep }) => [stage, cause, nextStep])).toContainEqual(['TAKEN_UP', 'QUARANTINED', 'releaseQuarantined']);
    expect(rows.find(({ record, stage }) => record.__typename === 'InvoiceProposal' && stage === 'TAKEN_UP')).toMatchObject({ cause: 'QUARANTINED' });
    const { trace } = await ask(gateway(), 'query ($id: ID!) { trace(id: $id) { nodes { type status record { id } } } }', { id });
    expect((trace.nodes as { record: { id: string } }[]).find(({ record }) => record.id === id)).toMatchObject({ type: 'StagedActual', status: 'QUARANTINED' });
  });

  it('ORPHAN-07 the blocker says why, too, where what the orphan bills is in a journal already', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilled({ cost: false });
    const proformaId = await desk.world.confirmedProforma();
    await desk.sync();
    const { number } = await desk.proforma(proformaId);
    const [billed] = await desk.rows(StagedActual, sql`WHERE t."InvoiceId" = ${number}`);
    await loseActual(desk, billed!.actualId);
    await quarantine(gateway(), { ids: [globalIdOf('StagedActual', billed!.id)] });
    expect((await desk.import()).journalLineCount).toBe(1);
    const { proformaInvoice } = await ask(gateway(), 'query ($id: ID!) { proformaInvoice(id: $id) { blockers { code message } } }', { id: proformaId });
    expect(proformaInvoice.blockers).toContainEqual({
      code: 'QUARANTINED', message: '1 of 1 lines are held back by the quarantine of orphans: Dataverse does not hold the staged actual any more.',
    });
    await desk.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    expect(await desk.import()).toMatchObject({ proposalsWithLinesCount: 0, waitingProposalCount: 1 });
  });

  it('ORPHAN-07 the reconciliation lists a milestone that is gone with its amount, first as an orphan and then as quarantined, at both stages', async () => {
    const story = await Story.begin(gateway());
    const milestoneId = await story.world.milestone({ amount: '500' });
    await story.process.sync();
    await accident(sql`DELETE FROM "msdyn_contractlinescheduleofvalue" WHERE "msdyn_contractlinescheduleofvalueid" = ${milestoneId}`);
    const listed = async (filter = {}) => (await outOfStepOf(story, { flows: ['MILESTONES'], ...filter })).map(({ stage, cause, nextStep, amount }) => [stage, cause, nextStep, amount]);
    expect(await listed()).toEqual([['STAGED', 'ORPHAN', null, '500'], ['TAKEN_UP', 'ORPHAN', null, '500']]);
    expect(await unexplainedOf(story)).toEqual([]);
    await quarantineOrphanOf(milestoneId);
    expect(await listed({ causes: ['QUARANTINED'] })).toEqual([['STAGED', 'QUARANTINED', 'releaseQuarantined', '500'], ['TAKEN_UP', 'QUARANTINED', 'releaseQuarantined', '500']]);
    expect(await listed({ causes: ['ORPHAN'] })).toEqual([]);
    expect(await unexplainedOf(story)).toEqual([]);
    const { reconciliation } = await story.ask(`query ($contract: String!) { reconciliation(contractNumber: $contract) {
      overall { flow stage missingCount missingAmount } outOfStep { sums { flow stage cause missingCount missingAmount } } } }`, { contract: story.contractNumber });
    const takenUp = { flow: 'MILESTONES', stage: 'TAKEN_UP', missingCount: 1, missingAmount: '500' };
    expect(reconciliation.overall).toContainEqual(takenUp);
    expect(reconciliation.outOfStep.sums).toContainEqual({ ...takenUp, cause: 'QUARANTINED' });
  });

  it('ORPHAN-07 a connection is in quarantine with the actual that it begins at, and an inter-organizational one is listed, too', async () => {
    const story = await Story.begin(gateway());
    const lent = () => actualRow(gateway(), story.world, { transactionType: TransactionType.RESOURCING_UNIT_COST });
    const [first, second, third, lost] = [lent(), lent(), lent(), lent()];
    const [gone, halfLost] = [connectionRow(gateway(), first.id, second.id), connectionRow(gateway(), third.id, lost.id)];
    await addChangeSet(gateway(), { actuals: [first, second, third, lost], connections: [gone, halfLost] });
    await story.process.sync();
    await accident(sql`DELETE FROM "msdyn_transactionconnection" WHERE "msdyn_transactionconnectionid" = ${gone.id}`);
    await accident(sql`DELETE FROM "msdyn_actual" WHERE "msdyn_actualid" = ${lost.id}`);
    const listed = async () => (await outOfStepOf(story)).map(({ flow, cause, nextStep, record }) => [flow, record.__typename, cause, nextStep]);
    const orphan = ['INTER_ORGANIZATIONAL', 'StagedActual', 'ORPHAN', null];
    expect(await listed()).toEqual([orphan, ['CONNECTIONS', 'TransactionConnection', 'ORPHAN', null], ['CONNECTIONS', 'StagedConnection', 'ORPHAN', null]]);
    await quarantineOrphanOf(gone.id);
    await quarantineOrphanOf(halfLost.id);
    const inQuarantine = ['QUARANTINED', 'releaseQuarantined'];
    expect(await listed()).toEqual([
      orphan, ...[first, third].map(() => ['INTER_ORGANIZATIONAL', 'StagedActual', ...inQuarantine]),
      ['CONNECTIONS', 'TransactionConnection', ...inQuarantine], ['CONNECTIONS', 'StagedConnection', ...inQuarantine],
    ]);
    expect(await unexplainedOf(story)).toEqual([]);
  });

  it('ORPHAN-03 a milestone in quarantine gets no on-account transaction before it is released', async () => {
    const desk = await ImportDesk.open(gateway());
    const milestoneId = await desk.world.milestone({ amount: '500' });
    await desk.sync();
    const elsewhere = gateway().context.ids.next();
    const move = (from: string, to: string) => desk.change(sql`UPDATE "msdyn_contractlinescheduleofvalue" SET "msdyn_contractlinescheduleofvalueid" = ${to} WHERE "msdyn_contractlinescheduleofvalueid" = ${from}`);
    await move(milestoneId, elsewhere);
    expect(await quarantine(gateway(), { all: true, kinds: ['MILESTONE_GONE'] })).toMatchObject({ stagedActualCount: 0, stagedMilestoneCount: 1, errors: [] });
    expect((await desk.import()).milestoneCount).toBe(0);
    await move(elsewhere, milestoneId);
    expect(await release(gateway(), { all: true })).toMatchObject({ stagedMilestoneCount: 1, errors: [] });
    expect((await desk.import()).milestoneCount).toBe(1);
    expect((await desk.onAccount()).map((row) => row.milestoneId)).toEqual([milestoneId]);
  });

  it('ORPHAN-05 refuses to release a named row whose source is not back, and leaves it in quarantine with all', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    await desk.sync();
    await loseActual(desk, unbilledId);
    const ids = [await stagedIdOf(desk, unbilledId)];
    await quarantine(gateway(), { ids });
    const { run, errors } = await release(gateway(), { ids });
    expect([run, errors.map(({ code, path }: { code: string; path: string[] }) => [code, path])]).toEqual([null, [['BLOCKED', ['input', 'ids', '0']]]]);
    await release(gateway(), { all: true });
    expect((await desk.staged(unbilledId)).quarantinedOn).not.toBeNull();
    expect(await release(gateway(), { ids, evenWithoutSource: true })).toMatchObject({ stagedActualCount: 1, errors: [] });
    expect(await release(gateway(), { ids, evenWithoutSource: true })).toMatchObject({ stagedActualCount: 0, errors: [] });
    expect((await desk.import()).journalLineCount).toBe(1);
  });

  it('ORPHAN-03 of an import and a quarantine at the same moment one has each row, never both', async () => {
    const desk = await ImportDesk.open(gateway());
    const actuals = await desk.world.unbilledMany(12, { cost: false });
    await desk.sync();
    for (const { unbilledId } of actuals) await loseActual(desk, unbilledId);
    await Promise.all([desk.import(), quarantine(gateway(), { all: true, kinds: ['ACTUAL_GONE'] }), desk.import()]);
    const lines = new Set((await desk.journalLines()).map((row) => row.stagedActualId));
    for (const { unbilledId } of actuals) {
      const row = await desk.staged(unbilledId);
      expect([lines.has(row.id), row.isProcessed, row.quarantinedOn !== null]).toEqual(row.isProcessed ? [true, true, false] : [false, false, true]);
    }
  });

  it('ORPHAN-08 once the grace has passed orphans go into quarantine by themselves, and come out when their source is back', async () => {
    const desk = await ImportDesk.open(gateway());
    const { unbilledId } = await desk.world.unbilled({ cost: false });
    await desk.sync();
    const bringBack = await loseActual(desk, unbilledId);
    const [jobs] = [periodicJobs({ syncIntervalMs: null, importIntervalMs: null, quarantineAfterMs: 60 * MINUTE_MS }).filter(({ name }) => name === 'quarantineOrphans')];
    const tick = async (minutes: number) => {
      const clock = fixedClock(new Date(TEST_NOW.getTime() + minutes * MINUTE_MS));
      const workers = ['one', 'two'].map((name) => new Worker({ context: { ...gateway().context, clock, actor: 'gateway' }, jobs, name, clock }));
      for (const worker of workers) await worker.register();
      await Promise.all(workers.map((worker) => worker.tick()));
    };
    const inQuarantine = async () => (await desk.staged(unbilledId)).quarantinedBy;
    await tick(59);
    expect(await inQuarantine()).toBeNull();
    await tick(65);
    expect(await inQuarantine()).toBe('gateway');
    const [line] = await linesOfLog('QUARANTINED', 1);
    expect(line).toMatchObject({ actor: 'gateway', sentence: expect.stringMatching(/^Put \d+ staged actuals? into quarantine, because Dataverse does not hold what (it|they) stands? for\.$/) });
    expect(line!.facts.sourceIds).toContain(unbilledId);
    await bringBack();
    await tick(70);
    expect(await inQuarantine()).toBeNull();
    const { periodicJobs: told } = await ask(gateway(), '{ periodicJobs(filter: { name: { eq: "quarantineOrphans" } }) { nodes { everyMs lastOutcome lastMessage } } }');
    expect(told.nodes).toMatchObject([{ everyMs: 300_000, lastOutcome: PeriodicJobOutcome[PeriodicJobOutcome.DONE], lastMessage: expect.stringMatching(/^Released \d+ staged actuals? and 0 staged milestones from quarantine\.$/) }]);
    const { runs } = await ask(gateway(), '{ runs(filter: { kind: { eq: QUARANTINE } }, first: 2) { nodes { actor message status } } }');
    expect(runs.nodes[0]).toMatchObject({ actor: 'gateway', status: 'SUCCEEDED' });
  });
});
