import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, RunStatus, SyncError, SyncErrorStatus, TABLE_MAPS, TableMap, TableMapStatus } from '../../../../src/entities/dual-write';
import { FinanceProject, StagedActual, StagedConnection } from '../../../../src/entities/finance';
import { dismissSyncErrors } from '../../../../src/flow/3-sync/errors/dismiss-sync-errors.command';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import type { ErrorSelection } from '../../../../src/flow/3-sync/errors/selected-errors.rules';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { insertRows, selectRows, updateRows } from '../../../../src/stores/bulk';
import { sql } from '../../../../src/stores/session';
import { buildWorld, type UnbilledIds, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { change, clearErrors, deleteRows, errorOf, sync } from '../rungs';

onBothEngines('the error list', (gateway) => {
  let world: World;
  let bad: UnbilledIds;
  let error: SyncError;
  beforeAll(() => ensureTableMaps(gateway().context));
  // Every test begins with a project that finance does not know, whose cost and unbilled actual failed.
  beforeEach(async () => {
    await clearErrors(gateway());
    world = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
    bad = await world.unbilled();
    await sync(gateway());
    error = (await errorOf(gateway(), bad.unbilledId))!;
  });

  const mend = () => gateway().database.write((work) => insertRows(work, FinanceProject, [{
    id: gateway().context.ids.next(), legalEntityId: 'USPM', projectId: world.facts.projects.timeAndMaterial.number, name: 'Mended', projectType: 0,
  }]));
  const retry = (input: ErrorSelection, idempotencyKey?: string) =>
    retrySyncErrors(gateway().context, input, { mutation: 'retrySyncErrors', input, idempotencyKey });
  const dismiss = (errorIds: string[]) => dismissSyncErrors(gateway().context, { errorIds }, { mutation: 'dismissSyncErrors', input: { errorIds } });
  const staged = async (actualId: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0];
  const statusOf = async (recordId: string) => (await errorOf(gateway(), recordId))?.status;

  it('SYNC-04 retries given errors and says which are mended', async () => {
    await mend();
    const costError = (await errorOf(gateway(), bad.costId!))!;
    const report = await retry({ errorIds: [error.id] });
    expect(report).toMatchObject({ retried: 1, resolved: 1, failed: 0, waiting: 0, left: 0, errorIds: [error.id], run: { status: RunStatus.SUCCEEDED } });
    expect(await staged(bad.unbilledId)).toMatchObject({ projectId: world.facts.projects.timeAndMaterial.number });
    expect(await errorOf(gateway(), costError.recordId)).toMatchObject({ status: SyncErrorStatus.OPEN, attempts: 1 });
  });

  it('SYNC-04 says what still fails, with one more attempt', async () => {
    const report = await retry({ errorIds: [error.id] });
    expect(report).toMatchObject({ resolved: 0, failed: 1, errorIds: [error.id], run: { status: RunStatus.FINISHED_WITH_ERRORS } });
    expect(await errorOf(gateway(), bad.unbilledId)).toMatchObject({ id: error.id, attempts: 2, code: 'LOOKUP_NOT_FOUND', firstOn: error.firstOn });
  });

  it('SYNC-04 retries everything, the waiting connection with its ends', async () => {
    await mend();
    const report = await retry({ all: true });
    expect(report).toMatchObject({ retried: 3, resolved: 3 });
    const [connection] = await selectRows(gateway().database.reader, StagedConnection, sql`WHERE t."Transaction1Id" = ${bad.unbilledId}`);
    expect(connection).toMatchObject({ transaction2Id: bad.costId });
  });

  it('SYNC-04 retries the errors of named maps', async () => {
    await mend();
    const report = await retry({ maps: [TABLE_MAPS.connections] });
    expect(report).toMatchObject({ resolved: 0, failed: 0, waiting: 1 });
    expect(await staged(bad.unbilledId)).toBeUndefined();
  });

  it('SYNC-04 a retry sends the newest version', async () => {
    await change(gateway(), Actual, bad.unbilledId, { description: 'Newest' }, [MAP_FLOWS.actuals]);
    await mend();
    await retry({ errorIds: [error.id] });
    expect(await staged(bad.unbilledId)).toMatchObject({ description: 'Newest', sourceVersion: 2 });
  });

  it('SYNC-20 the same idempotency key gives the same retry', async () => {
    const first = await retry({ errorIds: [error.id] }, `key-${error.id}`);
    await mend();
    const second = await retry({ errorIds: [error.id] }, `key-${error.id}`);
    expect(second).toEqual(first);
    expect(await staged(bad.unbilledId)).toBeUndefined();
  });

  it.each<[string, () => ErrorSelection, object]>([
    ['nothing named', () => ({}), { code: 'INVALID_INPUT' }],
    ['an unknown error', () => ({ errorIds: ['nobody'] }), { code: 'NOT_FOUND', path: ['input', 'errorIds', '0'] }],
    ['an unknown map', () => ({ maps: ['Actuals'] }), { code: 'MAP_UNKNOWN' }],
    ['too many errors', () => ({ errorIds: Array.from({ length: 10_001 }, (_, index) => String(index)) }), { code: 'INVALID_INPUT', path: ['input', 'errorIds'] }],
  ])('refuses a retry of %s', async (_title, input, refusal) => {
    await expect(retry(input())).rejects.toMatchObject({ refusals: [refusal] });
  });

  it('SYNC-11 refuses a retry of a map that is not running', async () => {
    const [map] = await selectRows(gateway().database.reader, TableMap, sql`WHERE t."ProjectName" = ${TABLE_MAPS.actuals}`);
    const setStatus = (status: TableMapStatus) => gateway().database.write((work) => updateRows(work, TableMap, [{ id: map!.id, status }]));
    await setStatus(TableMapStatus.STOPPED);
    const refused = await retry({ errorIds: [error.id] }).catch((thrown: unknown) => thrown);
    await setStatus(TableMapStatus.RUNNING);
    expect(refused).toMatchObject({ refusals: [{ kind: 'state', from: 'STOPPED', allowed: ['RUNNING', 'RESUMING'] }] });
  });

  it('SYNC-17 a dismissed error stays dismissed until a newer version fails', async () => {
    expect(await dismiss([error.id])).toMatchObject({ dismissed: 1, left: 0, errorIds: [error.id] });
    expect(await dismiss([error.id])).toMatchObject({ dismissed: 0, left: 0, errorIds: [error.id] });
    expect(await statusOf(bad.unbilledId)).toBe(SyncErrorStatus.DISMISSED);
    await expect(retry({ errorIds: [error.id] })).rejects.toMatchObject({ refusals: [{ kind: 'state', from: 'DISMISSED', allowed: ['OPEN', 'WAITING'] }] });
    await retry({ all: true });
    expect(await statusOf(bad.unbilledId)).toBe(SyncErrorStatus.DISMISSED);
    // The same version fails again, as when its change set is carried once more.
    await gateway().database.write((work) => updateRows(work, Actual, [{ id: bad.unbilledId, version: 0 }]));
    await change(gateway(), Actual, bad.unbilledId, {}, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await statusOf(bad.unbilledId)).toBe(SyncErrorStatus.DISMISSED);
    await change(gateway(), Actual, bad.unbilledId, {}, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await statusOf(bad.unbilledId)).toBe(SyncErrorStatus.OPEN);
  });

  it('SYNC-17 refuses to dismiss an error that is resolved, and one that does not exist, and dismisses none of the others', async () => {
    await mend();
    const costError = (await errorOf(gateway(), bad.costId!))!;
    await retry({ errorIds: [error.id] });
    await expect(dismiss([costError.id, error.id])).rejects.toMatchObject({ refusals: [{ kind: 'state', from: 'RESOLVED', path: ['input', 'errorIds', '1'] }] });
    await expect(dismiss([costError.id, 'nobody'])).rejects.toMatchObject({ refusals: [{ code: 'NOT_FOUND', path: ['input', 'errorIds', '1'] }] });
    expect(await statusOf(bad.costId!)).toBe(SyncErrorStatus.OPEN);
  });

  it('SYNC-04 a record that fails again after it was carried begins anew', async () => {
    await mend();
    await retry({ errorIds: [error.id] });
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
    await change(gateway(), Actual, bad.unbilledId, {}, [MAP_FLOWS.actuals]);
    await sync(gateway());
    expect(await errorOf(gateway(), bad.unbilledId)).toMatchObject({ id: error.id, status: SyncErrorStatus.OPEN, attempts: 1, recordVersion: 2 });
  });

  it('SYNC-18 an error that a newer version has overtaken is resolved by the next run', async () => {
    await mend();
    await retry({ errorIds: [error.id] });
    await gateway().database.write((work) => updateRows(work, SyncError, [{ id: error.id, status: SyncErrorStatus.OPEN }]));
    await sync(gateway());
    expect(await statusOf(bad.unbilledId)).toBe(SyncErrorStatus.RESOLVED);
  });
});
