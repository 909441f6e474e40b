import { MAP_FLOWS, MasterSide, ResumeMode, RunStatus, SyncErrorStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { InvoiceProposal, StagedActual, StagedConnection } from '../../../../src/entities/finance';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import { resumeTableMaps } from '../../../../src/flow/3-sync/operate/resume-table-maps.command';
import { runTableMaps } from '../../../../src/flow/3-sync/operate/run-table-maps.command';
import { hasSyncWork } from '../../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { selectRows } from '../../../../src/stores/bulk';
import { readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { execute, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import type { World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { ERRORS } from '../../../support/process';
import { edited } from '../edit/editing';
import { activitiesOf, mapNamed, operated, runEverything } from '../operate/operating';
import { preview } from '../preview/previewing';
import { actualRow, addChangeSet, clearErrors, connectionRow, errorOf, freshWorld, reported, sync } from '../rungs';

const { actuals, connections, invoices } = TABLE_MAPS;
const CODE = 'DIPV1022';

onBothEngines('a table map whose definition does not fit its tables', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  // An upgrade has renamed a column that the map writes in finance.
  beforeEach(async () => {
    world = await freshWorld(gateway());
    await target('Description', 'ShortDescription');
  });
  afterEach(async () => {
    await target('ShortDescription', 'Description');
    await runEverything(gateway());
  });

  const reader = () => gateway().database.reader;
  const target = async (from: string, to: string) => gateway().database.write((work) => execute(work, sql`
    UPDATE "DualWriteProjectFieldConfiguration" SET "gw_target" = ${to} WHERE "gw_target" = ${from} AND "gw_dualwriteprojectconfiguration" IN (
      SELECT "gw_id" FROM "DualWriteProjectConfiguration" WHERE "ProjectName" = ${actuals})`));
  const staged = async (id: string) => (await selectRows(reader(), StagedActual, sql`WHERE t."ActualId" = ${id}`)).length;
  const ofActuals = async () => (await activitiesOf(gateway(), actuals)).filter(({ kind }) => kind === 'CANNOT_RUN');
  const mapError = async () => errorOf(gateway(), (await readTableMaps(reader())).find((map) => map.name === actuals)!.id);
  /** Mends it as an operator does. */
  const mend = async () => {
    await operated(gateway(), 'stopTableMaps', actuals);
    const { tableMap } = await ask(gateway(), `query ($name: String!) { tableMap(name: $name) {
      fields(first: 100, filter: { target: { eq: "ShortDescription" } }) { nodes { sequence source } } } }`, { name: actuals });
    const [{ sequence, source }] = tableMap.fields.nodes;
    await edited(gateway(), 'updateTableMap', { name: actuals, changeFields: [{ sequence, field: { source, target: 'Description' } }] });
    await operated(gateway(), 'runTableMaps', actuals);
  };

  it('SYNC-22 holds no other map up, is reported with what to do, and keeps its queue, for which others wait', async () => {
    const said = (await ofActuals()).length;
    const { unbilledId } = await world.unbilled();
    const proformaId = await world.confirmedProforma();
    const report = await sync(gateway());
    expect(report.run).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, message: expect.stringContaining(`${actuals} cannot run towards finance: ProjCDSActualsImport has no column ShortDescription.`) });
    expect(report.maps.find((map) => map.mapName === actuals && map.direction === MAP_FLOWS.actuals.direction)).toMatchObject({
      read: 0, written: 0, failureCode: CODE, failure: expect.stringMatching(/updateTableMap .* activateTableMapVersion/),
    });
    expect(await selectRows(reader(), InvoiceProposal, sql`WHERE t."gw_invoiceid" = ${proformaId}`)).toHaveLength(1);
    expect(reported(report, MAP_FLOWS.connections).waiting).toBeGreaterThan(0);
    expect((await mapNamed(gateway(), actuals)).queue.records).toBeGreaterThan(0);
    const { runs } = await ask(gateway(), `{ runs(last: 1) { nodes { maps(filter: { mapName: { eq: "${actuals}" } }) { nodes { direction failureCode failure } } } } }`);
    expect(runs.nodes[0].maps.nodes).toEqual(expect.arrayContaining([{ direction: 'DATAVERSE_TO_FINANCE', failureCode: CODE, failure: expect.stringContaining('queue is kept') }]));

    await sync(gateway());
    expect(await mapError()).toMatchObject({ code: 'MAP_CANNOT_RUN', status: SyncErrorStatus.OPEN, attempts: 2 });
    expect((await ofActuals()).slice(said)).toMatchObject([{ sentence: expect.stringContaining('ShortDescription'), facts: { code: CODE, direction: 'DATAVERSE_TO_FINANCE' } }]);

    await mend();
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect([await staged(unbilledId), (await selectRows(reader(), StagedConnection, sql`WHERE t."Transaction1Id" = ${unbilledId}`)).length]).toEqual([1, 1]);
    expect(await mapError()).toMatchObject({ status: SyncErrorStatus.RESOLVED });
  });

  it('SYNC-22 is work for a worker until it is reported, and after that only when it is mended', async () => {
    await world.unbilled();
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect(await hasSyncWork(gateway().context)).toBe(false);
    await target('ShortDescription', 'Description');
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect([await mapError(), await hasSyncWork(gateway().context)]).toMatchObject([{ status: SyncErrorStatus.RESOLVED }, false]);
  });

  it('SYNC-22 counts for the alert rules', async () => {
    const input = { name: 'Broken', mapName: actuals, threshold: 1, minutes: 10, errorClass: 'APPLICATION', action: 'PAUSE' };
    const { createAlertRule } = await ask(gateway(), `mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { alertRule { id } ${ERRORS} } }`, { input });
    await sync(gateway());
    expect((await mapNamed(gateway(), actuals)).status).toBe('PAUSED');
    const { alerts } = await ask(gateway(), '{ alerts(filter: { ruleName: { eq: "Broken" } }) { nodes { sentence } } }');
    expect(alerts.nodes[0].sentence).toContain('1 failures within 10 minutes');
    await ask(gateway(), `mutation { deleteAlertRule(input: { ruleId: "${createAlertRule.alertRule.id}" }) { ${ERRORS} } }`);
  });

  it('SYNC-22 is shown by a preview, with the records that would wait', async () => {
    const ends = [actualRow(gateway(), world), actualRow(gateway(), world)];
    const connection = connectionRow(gateway(), ends[0]!.id, ends[1]!.id);
    await addChangeSet(gateway(), { actuals: ends, connections: [connection] });
    const { flows, records } = await preview(gateway());
    expect(flows.filter(({ failureCode }) => failureCode !== null)).toMatchObject([
      { mapName: actuals, direction: 'DATAVERSE_TO_FINANCE', failureCode: CODE, failure: expect.stringContaining('ShortDescription'), counts: { create: 0, isComplete: false } },
    ]);
    expect(records).toMatchObject([{ recordId: connection.id, outcome: 'WAIT', code: 'REFERENCE_NOT_ARRIVED' }]);
    const report = await sync(gateway(), { maps: [invoices, actuals, connections] });
    expect(reported(report, MAP_FLOWS.connections)).toMatchObject({ read: 1, waiting: 1 });
  });

  it('SYNC-22 fails a retry again, and its skipped queue and its initial sync go on once it is mended', async () => {
    const row = actualRow(gateway(), world);
    await operated(gateway(), 'pauseTableMaps', actuals);
    await addChangeSet(gateway(), { actuals: [row] });
    const resume = { mode: ResumeMode.SKIP_TO_LIVE_KEEPING_QUEUE, tableMaps: [{ name: actuals }] };
    await resumeTableMaps(gateway().context, resume, { mutation: 'resumeTableMaps', input: resume });
    expect((await sync(gateway())).run.message).toContain('cannot run');
    expect([await errorOf(gateway(), row.id), await hasSyncWork(gateway().context)]).toEqual([null, false]);
    const { attempts, id } = (await mapError())!;
    await sync(gateway());
    expect((await mapError())!.attempts).toBe(attempts + 1);
    const errorIds = [id];
    const retry = () => retrySyncErrors(gateway().context, { errorIds }, { mutation: 'retrySyncErrors', input: { errorIds } });
    expect(await retry()).toMatchObject({ retried: 0, left: 1, run: { status: RunStatus.FINISHED_WITH_ERRORS } });

    await operated(gateway(), 'pauseTableMaps', actuals);
    const run = { tableMaps: [{ name: actuals, initialSync: true, master: MasterSide.DATAVERSE }] };
    await runTableMaps(gateway().context, run, { mutation: 'runTableMaps', input: run });
    await sync(gateway());
    expect([(await mapNamed(gateway(), actuals)).status, await hasSyncWork(gateway().context)]).toEqual(['INITIALIZING', false]);

    await target('ShortDescription', 'Description');
    expect(await hasSyncWork(gateway().context)).toBe(true);
    await sync(gateway());
    expect([(await mapNamed(gateway(), actuals)).status, await staged(row.id)]).toEqual(['RUNNING', 1]);
    expect((await mapError())?.status).toBe(SyncErrorStatus.RESOLVED);
    await clearErrors(gateway());
  });
});
