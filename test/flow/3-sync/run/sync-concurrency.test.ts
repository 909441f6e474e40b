import fc from 'fast-check';
import { Actual } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, RunStatus, SyncErrorStatus, SyncLogEntry, SyncLogStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual, StagedConnection } from '../../../../src/entities/finance';
import * as limits from '../../../../src/flow/3-sync/sync-limits';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { CHUNK_ROWS, selectRows } from '../../../../src/stores/bulk';
import { claimLogEntry, logChangeSet } from '../../../../src/stores/dual-write/sync-log.store';
import { raw, sql } from '../../../../src/stores/session';
import { Database } from '../../../../src/stores/unit-of-work';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { countingStatements } from '../../../support/statements';
import { actualRow, addChangeSet, change, changeAll, connectionRow, endingAt, errorOf, laterContext, freshWorld, reported, sync } from '../rungs';

onBothEngines('syncs that meet', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  beforeEach(async () => { world = await freshWorld(gateway()); });

  const openEntries = () => selectRows(gateway().database.reader, SyncLogEntry, sql`WHERE t."gw_status" = ${SyncLogStatus.OPEN}`);
  const stagedOf = (contract: World) => selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ContractId" = ${contract.facts.contractNumber} ORDER BY t."ActualId"`);
  const connectionsOf = async (contract: World) => {
    const ids = new Set((await stagedOf(contract)).map((actual) => actual.actualId));
    return (await selectRows(gateway().database.reader, StagedConnection, raw(''))).filter((row) => ids.has(row.transaction1Id));
  };

  it('SYNC-18 two runs at once carry every change set once', async () => {
    for (let index = 0; index < 6; index += 1) await world.unbilledMany(20);
    const second = await Database.open(gateway().location);
    try {
      const reports = await Promise.all([sync(gateway()), sync({ database: second, context: { ...gateway().context, database: second } })]);
      expect(reports.map((report) => report.run.status)).toEqual([RunStatus.SUCCEEDED, RunStatus.SUCCEEDED]);
      for (const [flow, count] of [[MAP_FLOWS.actuals, 240], [MAP_FLOWS.connections, 120]] as const) {
        expect(reports.reduce((sum, report) => sum + reported(report, flow).written, 0)).toBe(count);
      }
      expect(await stagedOf(world)).toHaveLength(240);
      expect(await connectionsOf(world)).toHaveLength(120);
      expect(await openEntries()).toEqual([]);
    } finally {
      await second.close();
    }
  });

  it('SYNC-18 a run that leaves change sets to another one says how many and until when', async () => {
    const waitMax = jest.replaceProperty(limits, 'OTHER_RUN_WAIT_MS_MAX', 100 as never);
    try {
      await world.unbilled();
      const lease = { owner: 'another run', now: '2026-06-30T12:00:00.000Z', expires: '2026-06-30T12:01:00.000Z' };
      await gateway().database.write((work) => claimLogEntry(work, MAP_FLOWS.actuals, lease));
      const { run, maps } = await sync(gateway());
      expect(run.status).toBe(RunStatus.FINISHED_WITH_ERRORS);
      expect(run.message).toContain(' 1 change set is held by another run until 12:01:00 UTC.');
      expect(reported({ run, maps }, MAP_FLOWS.actuals)).toMatchObject({ read: 0 });
    } finally {
      waitMax.restore();
    }
    const after = await sync({ database: gateway().database, context: laterContext(gateway().context) });
    expect(after.run).toMatchObject({ status: RunStatus.SUCCEEDED, message: expect.not.stringContaining('held') });
    expect(await stagedOf(world)).toHaveLength(2);
  });

  it('SYNC-07 two runs at once with old and new versions end with the new', async () => {
    const actuals = Array.from({ length: 40 }, () => actualRow(gateway(), world, { description: '0' }));
    await addChangeSet(gateway(), { actuals });
    const second = await Database.open(gateway().location);
    try {
      const runs: Promise<unknown>[] = [];
      for (let version = 1; version <= 5; version += 1) {
        runs.push(sync(gateway()), sync({ database: second, context: { ...gateway().context, database: second } }));
        await changeAll(gateway(), Actual, actuals.map(({ id }) => ({ id, description: String(version) })), [MAP_FLOWS.actuals]);
      }
      await Promise.all(runs);
      await sync(gateway());
    } finally {
      await second.close();
    }
    const staged = await stagedOf(world);
    expect(staged).toHaveLength(40);
    expect(new Set(staged.map((row) => `${row.description}/${row.sourceVersion}`))).toEqual(new Set(['5/6']));
  });

  it('SYNC-08 loses nothing and doubles nothing wherever the process ends', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let unitsOfWork = 0; unitsOfWork < 12; unitsOfWork += 1) {
        const contract = await buildWorld(gateway());
        await contract.unbilledMany(2);
        const ending = endingAt(gateway().database, unitsOfWork, when);
        await sync({ database: ending, context: { ...gateway().context, database: ending } }).catch((error: Error) => expect(error.message).toMatch('ended'));
        await sync({ database: gateway().database, context: laterContext(gateway().context) });
        expect(await stagedOf(contract)).toHaveLength(4);
        expect(await connectionsOf(contract)).toHaveLength(2);
        expect(await openEntries()).toEqual([]);
      }
    }
  });

  it('SYNC-08 goes on behind the last stored chunk', async () => {
    const count = CHUNK_ROWS * 2 + 10;
    await addChangeSet(gateway(), { actuals: Array.from({ length: count }, () => actualRow(gateway(), world)) });
    // The run, its report rows, the claim and the first chunk are stored; the second chunk is not.
    const ending = endingAt(gateway().database, 4, 'before');
    await expect(sync({ database: ending, context: { ...gateway().context, database: ending } }, { maps: [TABLE_MAPS.actuals] })).rejects.toThrow('ended');
    expect(await stagedOf(world)).toHaveLength(CHUNK_ROWS);
    const [entry] = await openEntries();
    expect(entry).toMatchObject({ mapName: TABLE_MAPS.actuals, cursor: (await stagedOf(world)).at(-1)!.actualId, leaseOwner: expect.any(String) });
    const report = await sync({ database: gateway().database, context: laterContext(gateway().context) });
    expect(reported(report, MAP_FLOWS.actuals)).toEqual({ read: count - CHUNK_ROWS, written: count - CHUNK_ROWS, skipped: 0, failed: 0, waiting: 0 });
    expect(await stagedOf(world)).toHaveLength(count);
  });

  it('SYNC-16 a run that breaks off is stored as failed and gives its change set back', async () => {
    await addChangeSet(gateway(), { actuals: [actualRow(gateway(), world)] });
    let calls = 0;
    const failing: Database = Object.create(gateway().database);
    failing.write = (work) => {
      calls += 1;
      return calls === 4 ? Promise.reject(new Error('once')) : gateway().database.write(work);
    };
    await expect(sync({ database: failing, context: { ...gateway().context, database: failing } }, { maps: [TABLE_MAPS.actuals] })).rejects.toThrow('once');
    expect((await openEntries()).map((entry) => entry.leaseOwner)).toEqual([null]);
    await sync(gateway());
    expect(await stagedOf(world)).toHaveLength(1);
  });

  it('SYNC-19 the number of statements of a chunk does not grow with its records', async () => {
    const statementsFor = async (count: number) => {
      await world.unbilledMany(count);
      return countingStatements(gateway(), (context) => sync({ database: context.database, context }));
    };
    const few = await statementsFor(2);
    const many = await statementsFor(200);
    expect(many).toBe(few);
  });

  it('SYNC-07 any order of runs over any change sets ends in the same target', async () => {
    const ACTUALS = 4;
    type Step = { kind: 'change'; actual: number; project: 'known' | 'unknown' } | { kind: 'add'; connection: number } | { kind: 'run'; map: string | null };
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({ kind: fc.constant('change' as const), actual: fc.nat(ACTUALS - 1), project: fc.constantFrom('known' as const, 'unknown' as const) }),
      fc.record({ kind: fc.constant('add' as const), connection: fc.nat(2) }),
      fc.record({ kind: fc.constant('run' as const), map: fc.constantFrom(null, TABLE_MAPS.actuals, TABLE_MAPS.connections) }),
    );
    const stranger = await buildWorld(gateway());
    await gateway().database.write(async (work) => {
      await work.runner.query(`DELETE FROM "Projects" WHERE "ProjectId" = '${stranger.facts.projects.timeAndMaterial.number}'`);
    });
    const projects = { known: world.facts.projects.timeAndMaterial.id, unknown: stranger.facts.projects.timeAndMaterial.id };

    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), fc.array(fc.boolean(), { minLength: ACTUALS, maxLength: ACTUALS }), async (steps, skips) => {
      const actuals = skips.map((skipSync) => actualRow(gateway(), world, { skipSync }));
      const connections = [0, 1, 2].map((index) => connectionRow(gateway(), actuals[index]!.id, actuals[index + 1]!.id));
      const added = new Set<number>();
      const latest = actuals.map(() => ({ version: 1, project: 'known' as 'known' | 'unknown' }));
      await addChangeSet(gateway(), { actuals });
      for (const next of steps) {
        if (next.kind === 'run') await sync(gateway(), { maps: next.map ? [next.map] : null });
        else if (next.kind === 'add' && !added.has(next.connection)) {
          added.add(next.connection);
          await addChangeSet(gateway(), { connections: [connections[next.connection]!] });
        } else if (next.kind === 'change') {
          const { version } = latest[next.actual]!;
          latest[next.actual] = { version: version + 1, project: next.project };
          await change(gateway(), Actual, actuals[next.actual]!.id, { projectId: projects[next.project], description: String(version + 1) }, [MAP_FLOWS.actuals]);
        }
      }
      await sync(gateway());

      const arrived: boolean[] = [];
      for (const [index, actual] of actuals.entries()) {
        const [row] = await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actual.id}`);
        const error = await errorOf(gateway(), actual.id);
        const { version, project } = latest[index]!;
        arrived.push(row !== undefined);
        if (skips[index]) {
          expect([row, error]).toEqual([undefined, null]);
        } else if (project === 'known') {
          expect(row).toMatchObject({ sourceVersion: version, projectId: world.facts.projects.timeAndMaterial.number });
          expect(error?.status ?? SyncErrorStatus.RESOLVED).toBe(SyncErrorStatus.RESOLVED);
        } else {
          // An older version may have been carried before the newer one failed; the error says which one is missing.
          expect((row?.sourceVersion ?? 0) < version).toBe(true);
          expect(error).toMatchObject({ status: SyncErrorStatus.OPEN, code: 'LOOKUP_NOT_FOUND', recordVersion: version });
        }
      }
      for (const index of added) {
        const rows = await selectRows(gateway().database.reader, StagedConnection, sql`WHERE t."ConnectionId" = ${connections[index]!.id}`);
        expect(rows).toHaveLength(arrived[index] && arrived[index + 1] ? 1 : 0);
        const error = await errorOf(gateway(), connections[index]!.id);
        const waits = !skips[index] && !skips[index + 1] && rows.length === 0;
        expect(error?.status === SyncErrorStatus.WAITING).toBe(waits);
      }
    }), { numRuns: 12 });
  });

  it('SYNC-08 closes a change set whose records have all been changed since', async () => {
    const changeSetId = gateway().context.ids.next();
    await gateway().database.write((work) => logChangeSet(work, gateway().context, changeSetId, [Actual]));
    const report = await sync(gateway());
    expect(reported(report, MAP_FLOWS.actuals)).toEqual({ read: 0, written: 0, skipped: 0, failed: 0, waiting: 0 });
    expect(await openEntries()).toEqual([]);
  });
});
