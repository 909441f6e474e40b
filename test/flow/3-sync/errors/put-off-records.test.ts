import { RunStatus, SyncErrorClass, SyncErrorStatus, SyncLogEntry, SyncLogStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { FinanceProject, StagedActual, StagedConnection } from '../../../../src/entities/finance';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import { afterRecordFailed } from '../../../../src/flow/3-sync/errors/system-failure.rules';
import { hasSyncWork, runSync } from '../../../../src/flow/3-sync/run/run-sync.command';
import { SYSTEM_TRIES_MAX } from '../../../../src/flow/3-sync/sync-limits';
import { insertRows, selectRows } from '../../../../src/stores/bulk';
import { raw, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines, TEST_NOW, type TestGateway } from '../../../support/engines';
import { mapNamed, operated, runEverything } from '../operate/operating';
import { addProforma, clearErrors, deleteRows, errorOf, sync } from '../rungs';
import { breakStaging, breakWrites, later } from './broken-system';

const { actuals, connections } = TABLE_MAPS;
const RECORD = '019f1800-0000-7000-8000-000000000000';
const at = (ms: number) => new Date(TEST_NOW.getTime() + ms);

it('ERROR-11 a series of tries has pauses that double, a limit, and begins anew behind it', () => {
  let series: { systemTries: number; nextTryOn: string | null } | null = null;
  const pauses: (number | null)[] = [];
  let now = TEST_NOW;
  for (let tries = 1; tries <= SYSTEM_TRIES_MAX; tries += 1) {
    series = afterRecordFailed(RECORD, series, now);
    pauses.push(series.nextTryOn === null ? null : (Date.parse(series.nextTryOn) - now.getTime()) / 1000);
    now = new Date(series.nextTryOn ?? now);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, null]);
  expect(afterRecordFailed(RECORD, null, now)).toMatchObject({ systemTries: 1 });
});

it('ERROR-11 a failure within a pause changes nothing', () => {
  const series = afterRecordFailed(RECORD, null, TEST_NOW);
  expect(afterRecordFailed(RECORD, series, at(500))).toEqual(series);
  expect(afterRecordFailed(RECORD, series, at(1_000))).toMatchObject({ systemTries: 2 });
});

onBothEngines('records that the system fails', (gateway) => {
  let world: World;
  let mend: (() => Promise<void>) | null = null;
  beforeEach(async () => {
    await runEverything(gateway());
    await clearErrors(gateway());
    world = await buildWorld(gateway());
  });
  afterEach(async () => {
    await mend?.();
    mend = null;
    await sync(later(gateway(), 24 * 3_600_000));
  });

  const takeProjectAway = () => deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
  const bringProjectBack = () => gateway().database.write((work) => insertRows(work, FinanceProject, [{
    id: gateway().context.ids.next(), legalEntityId: 'USPM', projectId: world.facts.projects.timeAndMaterial.number, name: 'Mended', projectType: 0,
  }]));
  const retry = (when: TestGateway = gateway()) => retrySyncErrors(when.context, { all: true }, { mutation: 'retrySyncErrors', input: { all: true } });
  const isStaged = async (actualId: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actualId}`)).length > 0;
  /** The error of the one connection that every test has. */
  const connection = async () => (await ask(gateway(), `{ syncErrors(filter: { mapName: { eq: "${connections}" }, status: { ne: RESOLVED } }) {
    nodes { status class code attempts nextTryOn waitsFor recordId } } }`)).syncErrors.nodes[0];
  const stagedConnections = () => selectRows(gateway().database.reader, StagedConnection, raw(''));
  const repair = async () => { await mend?.(); mend = null; };

  it('ERROR-11 a waiting record whose other end has come and that the system fails is put off, and tried when its time has come', async () => {
    await takeProjectAway();
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    expect(await connection()).toMatchObject({ status: 'WAITING', nextTryOn: null });
    await bringProjectBack();
    mend = await breakWrites(gateway(), { table: 'ProjCDSTransactionRelationshipImport' });
    expect(await retry()).toMatchObject({ retried: 3, resolved: 2, failed: 1, waiting: 0, run: { status: RunStatus.FINISHED_WITH_ERRORS } });
    const first = await connection();
    expect(first).toMatchObject({ status: 'OPEN', class: 'SYSTEM', code: 'SYSTEM_FAILURE', nextTryOn: expect.stringMatching(/^2026-06-30T12:00:01/) });
    expect(await hasSyncWork(later(gateway(), 500).context)).toBe(false);
    await sync(later(gateway(), 500));
    expect(await connection()).toEqual(first);
    expect(await hasSyncWork(later(gateway(), 1_500).context)).toBe(true);
    const { run } = await sync(later(gateway(), 1_500));
    expect(run).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, message: expect.stringContaining('1 record is put off until 12:00:03 UTC or later by a system failure') });
    expect(await connection()).toMatchObject({ status: 'OPEN', attempts: first.attempts + 1, nextTryOn: expect.stringMatching(/^2026-06-30T12:00:0[34]/) });
    await repair();
    await sync(later(gateway(), 10_000));
    expect([await connection(), (await stagedConnections()).some((row) => row.transaction1Id === unbilledId)]).toEqual([undefined, true]);
  });

  it('ERROR-11 a record that waits again begins anew, and after the last try only a retry carries it', async () => {
    await takeProjectAway();
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    await bringProjectBack();
    mend = await breakWrites(gateway(), { table: 'ProjCDSTransactionRelationshipImport' });
    await retry();
    await sync(later(gateway(), 2_000));
    const { recordId } = await connection();
    expect(await errorOf(gateway(), recordId)).toMatchObject({ systemTries: 2 });
    const [staged] = await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${unbilledId}`);
    await deleteRows(gateway(), 'ProjCDSActualsImport', 'ActualId', unbilledId);
    await sync(later(gateway(), 60_000));
    expect(await errorOf(gateway(), recordId)).toMatchObject({ status: SyncErrorStatus.WAITING, systemTries: 0, nextTryOn: null });
    await gateway().database.write((work) => insertRows(work, StagedActual, [staged!]));
    for (let tries = 1; tries <= SYSTEM_TRIES_MAX; tries += 1) {
      await sync(later(gateway(), tries * 600_000));
      expect(await errorOf(gateway(), recordId)).toMatchObject({ systemTries: tries });
    }
    const atTheEnd = later(gateway(), 24 * 3_600_000);
    expect(await errorOf(gateway(), recordId)).toMatchObject({ status: SyncErrorStatus.OPEN, class: SyncErrorClass.SYSTEM, nextTryOn: null });
    await repair();
    await sync(atTheEnd);
    expect(await errorOf(gateway(), recordId)).toMatchObject({ status: SyncErrorStatus.OPEN, nextTryOn: null });
    expect(await retry(atTheEnd)).toMatchObject({ resolved: 1, failed: 0 });
  });

  it('ERROR-12 a retry in which the system fails a whole chunk puts it off, goes on with the next one, and finishes', async () => {
    await takeProjectAway();
    const ids = (await world.unbilledMany(700)).map((row) => row.unbilledId).sort();
    await sync(gateway());
    await bringProjectBack();
    mend = await breakStaging(gateway(), ids.slice(0, 5));
    const { run, ...counts } = await retry();
    expect(run.status).toBe(RunStatus.FINISHED_WITH_ERRORS);
    expect(run.message).toMatch(/500 records are put off until 12:00:01 UTC or later by a system failure/);
    expect(counts).toMatchObject({ failed: 500, left: 0 });
    expect(await errorOf(gateway(), ids[0]!)).toMatchObject({ class: SyncErrorClass.SYSTEM, systemTries: 1, attempts: 2 });
    expect([await isStaged(ids[0]!), await isStaged(ids.at(-1)!)]).toEqual([false, true]);
    await repair();
    await sync(later(gateway(), 5_000));
    expect(await isStaged(ids[0]!)).toBe(true);
    expect(await errorOf(gateway(), ids[0]!)).toMatchObject({ status: SyncErrorStatus.RESOLVED, nextTryOn: null });
  }, 60_000);

  it('ERROR-12 an initial sync in which the system fails a whole chunk puts its records off, and the map runs', async () => {
    await operated(gateway(), 'stopTableMaps', actuals);
    const unbilledIds = (await world.unbilledMany(10)).map((row) => row.unbilledId);
    mend = await breakStaging(gateway());
    const { runTableMaps } = await ask(gateway(), `mutation { runTableMaps(input: { tableMaps: [{ name: "${actuals}", initialSync: true }] }) {
      run { status message } errors { code } } }`);
    expect(runTableMaps).toMatchObject({ errors: [], run: { status: 'FINISHED_WITH_ERRORS', message: expect.stringContaining('put off until 12:00:01 UTC or later') } });
    expect((await mapNamed(gateway(), actuals)).status).toBe('RUNNING');
    await repair();
    await sync(later(gateway(), 5_000));
    expect(await Promise.all(unbilledIds.map(isStaged))).toEqual(unbilledIds.map(() => true));
  });

  it('ERROR-12 a run for one proforma puts its header off that the system fails, and finishes', async () => {
    const { id } = await addProforma(gateway(), world);
    mend = await breakWrites(gateway(), { table: 'ProjProposalJour' });
    expect((await sync(gateway(), { proformaInvoiceId: id })).run).toMatchObject({
      status: RunStatus.FINISHED_WITH_ERRORS, message: expect.stringContaining('1 record is put off until 12:00:01 UTC or later'),
    });
    await repair();
    await sync(later(gateway(), 2_000));
    expect(await errorOf(gateway(), id)).toMatchObject({ status: SyncErrorStatus.RESOLVED, nextTryOn: null });
  });

  it('ERROR-04 a retry, a run for one proforma and an operation that meet no system failure succeed, and say what others have put off', async () => {
    const putOff = expect.stringMatching(/ 1 record is put off until 12:00:01 UTC or later by a system failure/);
    await takeProjectAway();
    const [bad, good] = [await world.unbilled({ cost: false }), await world.unbilled({ cost: false })];
    await sync(gateway());
    await bringProjectBack();
    mend = await breakStaging(gateway(), [bad.unbilledId]);
    const retryOf = async ({ unbilledId }: { unbilledId: string }) => {
      const input = { errorIds: [(await errorOf(gateway(), unbilledId))!.id] };
      return retrySyncErrors(gateway().context, input, { mutation: 'retrySyncErrors', input });
    };
    expect(await retryOf(bad)).toMatchObject({ resolved: 0, failed: 1, run: { status: RunStatus.FINISHED_WITH_ERRORS, message: putOff } });
    expect(await retryOf(good)).toMatchObject({ resolved: 1, failed: 0, run: { status: RunStatus.SUCCEEDED, message: putOff } });

    const input = { proformaInvoiceId: (await addProforma(gateway(), world)).id };
    const keyed = () => runSync(gateway().context, input, { mutation: 'sync', input, idempotencyKey: `beside ${gateway().engine}` });
    const { run } = await keyed();
    expect(run).toMatchObject({ status: RunStatus.SUCCEEDED, message: putOff });
    expect((await keyed()).run.id).toBe(run.id);

    await operated(gateway(), 'pauseTableMaps', actuals);
    await world.unbilled({ cost: false });
    const { resumeTableMaps } = await ask(gateway(), `mutation { resumeTableMaps(input: { tableMaps: [{ name: "${actuals}" }], mode: SKIP_TO_LIVE_KEEPING_QUEUE }) {
      run { status message } errors { code } } }`);
    expect(resumeTableMaps).toMatchObject({ errors: [], run: { status: 'SUCCEEDED', message: putOff } });
    expect((await sync(gateway())).run).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, message: putOff });
  });

  it('ERROR-13 a skipped queue that cannot be moved to the errors is put off, and moved later as it is', async () => {
    await operated(gateway(), 'pauseTableMaps', actuals);
    const { unbilledId } = await world.unbilled();
    mend = await breakWrites(gateway(), { table: 'DualWriteErrorLog' });
    const { resumeTableMaps } = await ask(gateway(), `mutation { resumeTableMaps(input: { tableMaps: [{ name: "${actuals}" }], mode: SKIP_TO_LIVE_KEEPING_QUEUE }) {
      run { status message } } }`);
    expect(resumeTableMaps.run).toMatchObject({ status: 'FINISHED_WITH_ERRORS', message: expect.stringContaining('1 change set is put off until 12:00:01') });
    const keeping = async () => (await selectRows(gateway().database.reader, SyncLogEntry, sql`WHERE t."gw_status" = ${SyncLogStatus.KEEPING}`))[0];
    expect(await keeping()).toMatchObject({ attempts: 1, nextTryOn: expect.stringMatching(/^2026-06-30T12:00:01/), leaseOwner: null });
    expect((await sync(later(gateway(), 500))).run).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, message: expect.stringContaining('1 change set is put off until 12:00:01') });
    for (let tries = 2; tries < SYSTEM_TRIES_MAX + 3; tries += 1) await sync(later(gateway(), tries * 600_000));
    expect(await keeping()).toMatchObject({ attempts: SYSTEM_TRIES_MAX - 1 });
    await repair();
    await sync(later(gateway(), 24 * 3_600_000));
    expect(await keeping()).toBeUndefined();
    expect(await errorOf(gateway(), unbilledId)).toMatchObject({ class: SyncErrorClass.CATCH_UP, code: 'KEPT_FROM_QUEUE', status: SyncErrorStatus.OPEN });
  });

  it('ERROR-14 a retry fails, and says to ask again, when the error list cannot be written either', async () => {
    await takeProjectAway();
    const { unbilledId } = await world.unbilled();
    await sync(gateway());
    mend = await breakWrites(gateway(), { table: 'DualWriteErrorLog' });
    await expect(retry()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await repair();
    await bringProjectBack();
    expect(await retry()).toMatchObject({ resolved: 3 });
    expect(await isStaged(unbilledId)).toBe(true);
  });
});
