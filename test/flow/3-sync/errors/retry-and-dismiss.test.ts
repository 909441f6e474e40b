import { FinanceProject } from '../../../../src/entities/finance';
import { SyncErrorStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { insertRows } from '../../../../src/stores/bulk';
import { execute, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type UnbilledIds, type World } from '../../../support/builders';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { ERRORS } from '../../../support/process';
import { operate, runEverything } from '../operate/operating';
import { clearErrors, deleteRows, dyingAfter, laterContext, sync } from '../rungs';

const { actuals, connections } = TABLE_MAPS;
const RETRY = `mutation ($input: RetrySyncErrorsInput!) { retrySyncErrors(input: $input) {
  run { id kind status message } retriedCount resolvedCount failedCount waitingCount leftCount syncErrors { id status } ${ERRORS} } }`;
const DISMISS = `mutation ($input: DismissSyncErrorsInput!) { dismissSyncErrors(input: $input) {
  run { id kind status message } dismissedCount leftCount syncErrors { id status } ${ERRORS} } }`;

onBothEngines('errors in bulk', (gateway) => {
  let world: World;
  let bad: UnbilledIds;
  // Every test begins with a project that finance does not know: a cost and an unbilled actual failed, and their connection waits.
  beforeEach(async () => {
    await clearErrors(gateway());
    world = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
    bad = await world.unbilled();
    await sync(gateway());
  });

  const mend = () => gateway().database.write((work) => insertRows(work, FinanceProject, [{
    id: gateway().context.ids.next(), legalEntityId: 'USPM', projectId: world.facts.projects.timeAndMaterial.number, name: 'Mended', projectType: 0,
  }]));
  const retry = async (input: object, at: TestGateway = gateway()) => (await ask(at, RETRY, { input })).retrySyncErrors;
  const dismiss = async (input: object, at: TestGateway = gateway()) => (await ask(at, DISMISS, { input })).dismissSyncErrors;
  const errors = async () => (await ask(gateway(), '{ syncErrors(first: 500) { totalCount nodes { mapName recordId status legalEntityId code } } }')).syncErrors;
  const countIn = async (status: string) => (await ask(gateway(), `{ syncErrors(filter: { status: { eq: ${status} } }) { totalCount } }`)).syncErrors.totalCount;
  const lastLine = async () => (await ask(gateway(), '{ tableMapActivities(first: 1) { nodes { kind actor mapName sentence facts } } }')).tableMapActivities.nodes[0];

  it('ERROR-06 an error knows its legal entity', async () => {
    expect((await errors()).nodes.map(({ legalEntityId }: { legalEntityId: string }) => legalEntityId)).toEqual(['USPM', 'USPM', 'USPM']);
  });

  it('ERROR-06 retries what a filter takes, and nothing else', async () => {
    await mend();
    expect(await retry({ filter: { code: { eq: 'LOOKUP_NOT_FOUND' }, recordId: { eq: bad.unbilledId }, legalEntityId: { eq: 'USPM' } } })).toMatchObject({
      run: { kind: 'RETRY_ERRORS', status: 'SUCCEEDED', message: expect.stringContaining('Retried 1 sync error: 1 carried, 0 failed, 0 waiting, 0 left.') },
      retriedCount: 1, resolvedCount: 1, failedCount: 0, waitingCount: 0, leftCount: 0, syncErrors: [{ status: 'RESOLVED' }], errors: [],
    });
    expect([await countIn('OPEN'), await countIn('WAITING')]).toEqual([1, 1]);
  });

  it.each([
    ['a class', { class: { eq: 'SYSTEM' } }],
    ['another legal entity', { legalEntityId: { eq: 'GBPM' } }],
    ['a proforma', { proformaNumber: { eq: 'PF-unknown' } }],
    ['a time', { lastOn: { lt: '2026-06-30T12:00:00.000Z' } }],
    ['the state DISMISSED', { status: { eq: 'DISMISSED' } }],
  ])('ERROR-06 a filter by %s that takes nothing retries and dismisses nothing', async (_title, filter) => {
    expect(await retry({ filter })).toMatchObject({ retriedCount: 0, leftCount: 0, run: { status: 'SUCCEEDED' } });
    expect(await dismiss({ filter })).toMatchObject({ dismissedCount: 0, leftCount: 0, run: { kind: 'DISMISS_ERRORS', status: 'SUCCEEDED' } });
    expect([await countIn('OPEN'), await countIn('WAITING')]).toEqual([2, 1]);
  });

  it.each([
    ['of which every alternative compares', { or: [{ code: { eq: 'NOPE' } }, { recordId: { in: [] } }] }],
    ['with an empty alternative beside a comparison', { code: { eq: 'NOPE' }, or: [{}, { class: { eq: 'SYSTEM' } }] }],
    ['that takes nothing whatever there is', { not: {} }],
  ])('ERROR-07 takes a filter %s', async (_title, filter) => {
    expect(await retry({ filter })).toMatchObject({ retriedCount: 0, errors: [] });
    expect(await dismiss({ filter })).toMatchObject({ dismissedCount: 0, errors: [] });
  });

  it('ERROR-06 a retry by filter leaves the errors of a map that does not run, and says so', async () => {
    await operate(gateway(), 'pauseTableMaps', [connections]);
    const { run, ...counts } = await retry({ all: true });
    await operate(gateway(), 'runTableMaps', [connections]);
    expect(counts).toMatchObject({ retriedCount: 2, resolvedCount: 0, failedCount: 2, waitingCount: 0, leftCount: 1 });
    expect(run).toMatchObject({ status: 'FINISHED_WITH_ERRORS', message: expect.stringContaining(`${connections} (PAUSED)`) });
  });

  it('ERROR-06 retries and dismisses more errors than one chunk has', async () => {
    await world.unbilledMany(1_100);
    await sync(gateway());
    const open = await countIn('OPEN');
    expect(open).toBeGreaterThan(1_100);
    const failed = await retry({ maps: [actuals] });
    expect(failed).toMatchObject({ retriedCount: open, failedCount: open, resolvedCount: 0 });
    expect(failed.syncErrors).toHaveLength(500);
    await mend();
    expect(await retry({ maps: [actuals], filter: { code: { eq: 'LOOKUP_NOT_FOUND' } } })).toMatchObject({ retriedCount: open, resolvedCount: open });
    await clearErrors(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
    await world.unbilledMany(700);
    await sync(gateway());
    const again = await countIn('OPEN');
    expect(await dismiss({ filter: { class: { eq: 'APPLICATION' }, status: { eq: 'OPEN' } } })).toMatchObject({ dismissedCount: again, leftCount: 0 });
    expect([await countIn('OPEN'), await countIn('DISMISSED')]).toEqual([0, again]);
  }, 60_000);

  it.each([
    ['nothing', {}, ['input']],
    ['an empty filter', { filter: {} }, ['input', 'filter']],
    ['a filter that compares nothing', { filter: { code: {}, and: [{ status: { eq: undefined } }] } }, ['input', 'filter']],
    ['an alternative that compares nothing', { filter: { or: [{}, { code: { eq: 'NOPE' } }] } }, ['input', 'filter']],
    ['such an alternative deep inside', { filter: { and: [{ not: { not: { or: [{ code: { eq: 'NOPE' } }, { and: [] }] } } }] } }, ['input', 'filter']],
    ['all but the records of an empty list', { filter: { not: { recordId: { in: [] } } } }, ['input', 'filter']],
    ['all but nothing', { filter: { not: { or: [] } } }, ['input', 'filter']],
    ['a part of a text that is empty', { filter: { message: { contains: '' } } }, ['input', 'filter']],
    ['ids and a filter', { errorIds: [], filter: { code: { eq: 'X' } } }, ['input', 'errorIds']],
    ['more ids than one request may name', { errorIds: Array.from({ length: 10_001 }, () => Buffer.from('SyncError:x').toString('base64url')) }, ['input', 'errorIds']],
    ['an unknown map', { maps: ['Actuals'] }, ['input', 'maps', '0']],
  ])('ERROR-07 refuses a retry and a dismissal of %s, and changes nothing', async (_title, input, path) => {
    const before = await errors();
    expect(await retry(input)).toEqual({
      run: null, retriedCount: null, resolvedCount: null, failedCount: null, waitingCount: null, leftCount: null, syncErrors: [], errors: [expect.objectContaining({ path })],
    });
    expect(await dismiss(input)).toEqual({ run: null, dismissedCount: null, leftCount: null, syncErrors: [], errors: [expect.objectContaining({ path })] });
    expect(await errors()).toEqual(before);
  });

  it('ERROR-08 leaves one line with who, which and how many, however many errors there are', async () => {
    const filter = { class: { eq: 'APPLICATION' }, status: { eq: 'OPEN' } };
    await retry({ maps: [actuals], filter });
    expect(await lastLine()).toMatchObject({
      kind: 'ERRORS_RETRIED', actor: 'test', mapName: actuals, facts: { runId: expect.any(String), count: 2, maps: [actuals], filter },
      sentence: `Retries 2 sync errors of ${actuals} where {"status":{"eq":"OPEN"},"class":{"eq":"APPLICATION"}}.`,
    });
    await dismiss({ all: true });
    expect(await lastLine()).toMatchObject({ kind: 'ERRORS_DISMISSED', mapName: null, facts: { count: 3 }, sentence: 'Dismisses 3 sync errors of every table map.' });
  });

  it.each([['retry', 4], ['dismissal', 3]] as const)('ERROR-09 a %s whose process dies keeps what it has done, and the same request does the rest', async (what, unitsOfWork) => {
    await world.unbilledMany(600);
    await sync(gateway());
    await mend();
    const total = await countIn('OPEN');
    const request = what === 'retry' ? retry : dismiss;
    const input = { maps: [actuals], idempotencyKey: `${what} ${gateway().engine}` };
    const { dying, bury } = dyingAfter(gateway().database, unitsOfWork);
    await request({ ...input, waitMs: 2_000 }, { ...gateway(), context: { ...gateway().context, database: dying } });
    bury();
    const left = await countIn('OPEN');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(total);
    const later = { ...gateway(), context: laterContext(gateway().context) };
    expect(await request(input, later)).toMatchObject(what === 'retry' ? { retriedCount: left, resolvedCount: left } : { dismissedCount: left });
    expect(await countIn('OPEN')).toBe(0);
  }, 60_000);

  const idOf = async (recordId: string): Promise<string> =>
    (await ask(gateway(), 'query ($id: String!) { syncErrors(filter: { recordId: { eq: $id } }) { nodes { id } } }', { id: recordId })).syncErrors.nodes[0].id;

  it('a retry that is repeated under its key gives the stored outcome, though its map was paused since', async () => {
    await mend();
    const input = { errorIds: [await idOf(bad.unbilledId)], idempotencyKey: `repeated retry ${gateway().engine}` };
    const first = await retry(input);
    await operate(gateway(), 'pauseTableMaps', [actuals]);
    const [again, another] = [await retry(input), await retry({ ...input, idempotencyKey: null })];
    await runEverything(gateway());
    expect(first).toMatchObject({ resolvedCount: 1, errors: [] });
    expect(again).toEqual(first);
    expect(another).toMatchObject({ run: null, errors: [{ code: 'INVALID_STATE' }] });
  });

  it('a dismissal that is repeated under its key gives the stored outcome, though its error was resolved since', async () => {
    const input = { errorIds: [await idOf(bad.unbilledId)], idempotencyKey: `repeated dismissal ${gateway().engine}` };
    const first = await dismiss(input);
    await gateway().database.write((work) => execute(work, sql`UPDATE "DualWriteErrorLog" SET "gw_status" = ${SyncErrorStatus.RESOLVED}`));
    expect(first).toMatchObject({ dismissedCount: 1, errors: [] });
    expect(await dismiss(input)).toMatchObject({ run: first.run, dismissedCount: 1, errors: [] });
    expect(await dismiss({ ...input, idempotencyKey: null })).toMatchObject({ run: null, errors: [{ code: 'INVALID_STATE' }] });
  });

  it('ERROR-10 no retry takes a dismissed error, and what waits for its record waits on', async () => {
    await dismiss({ filter: { mapName: { eq: actuals } } });
    await mend();
    expect(await retry({ all: true })).toMatchObject({ retriedCount: 1, waitingCount: 1, resolvedCount: 0 });
    await sync(gateway());
    expect([await countIn('DISMISSED'), await countIn('WAITING')]).toEqual([2, 1]);
    // The ways that are left: here an initial sync, by which the waiting one comes, too.
    await operate(gateway(), 'stopTableMaps', [actuals]);
    await ask(gateway(), `mutation { runTableMaps(input: { tableMaps: [{ name: "${actuals}", initialSync: true }] }) { run { status } ${ERRORS} } }`);
    await sync(gateway());
    expect([await countIn('DISMISSED'), await countIn('WAITING'), await countIn('RESOLVED')]).toEqual([0, 0, 3]);
  });
});
