import fc from 'fast-check';
import { Actual, ProformaInvoice } from '../../../../src/entities/dataverse';
import { MAP_FLOWS, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { decimal } from '../../../../src/kernel/decimal';
import { selectRows } from '../../../../src/stores/bulk';
import { execute, sql } from '../../../../src/stores/session';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { changesBetween, snapshotOf } from '../../../support/whole-database';
import { operated } from '../operate/operating';
import { actualRow, addChangeSet, addProforma, change, clearErrors, connectionRow, deleteRows, freshWorld, reported, sync } from '../rungs';
import { flowOf, preparedMap, preview, rowsAsText, type AnsweredRecord } from './previewing';

onBothEngines('the preview of a sync', (gateway) => {
  let world: World;
  beforeAll(() => ensureTableMaps(gateway().context));
  beforeEach(async () => { world = await freshWorld(gateway()); });

  const reader = () => gateway().database.reader;
  const outcomes = (records: readonly AnsweredRecord[]) => new Map(records.map((record) => [record.recordId, record.outcome]));

  /** The target's row under each announced key. */
  async function heldBy(records: readonly AnsweredRecord[]) {
    const held = [];
    for (const record of records) {
      const map = await preparedMap(reader(), flowOf(record));
      held.push((await rowsAsText(reader(), map.target, map.key.target)).get(record.integrationKey));
    }
    return held;
  }

  /** Announces, syncs, and compares: counts by the run's own report, every field with the target's row, and what is not written stays. */
  async function announcedIsDone(): Promise<Map<string, string>> {
    const { flows, records } = await preview(gateway(), {}, 7);
    const before = await heldBy(records);
    const report = await sync(gateway());
    const after = await heldBy(records);
    for (const flow of flows) {
      const { create, change: changed, skip, wait, refuse, codes, isComplete } = flow.counts;
      const own = records.filter((record) => record.mapName === flow.mapName && record.direction === flow.direction);
      const count = (outcome: string) => own.filter((record) => record.outcome === outcome).length;
      expect({ create, change: changed, skip, wait, refuse, isComplete }).toEqual({
        create: count('CREATE'), change: count('CHANGE'), skip: count('SKIP'), wait: count('WAIT'), refuse: count('REFUSE'), isComplete: true,
      });
      expect(codes.reduce((sum, { count: some }) => sum + some, 0)).toBe(skip + wait + refuse);
      expect([flow.mapName, reported(report, flowOf(flow))]).toEqual([flow.mapName, expect.objectContaining({ written: create + changed, failed: refuse, waiting: wait })]);
    }
    records.forEach((record, index) => {
      const isWritten = record.outcome === 'CREATE' || record.outcome === 'CHANGE';
      if (!isWritten) return expect([record, after[index]]).toEqual([record, before[index]]);
      expect(before[index] === undefined).toBe(record.outcome === 'CREATE');
      for (const { column, from, to } of record.fields) {
        expect([column, before[index]?.[column] ?? null, after[index]![column]]).toEqual([column, from, to]);
      }
      const shown = new Set(record.fields.map(({ column }) => column));
      const others = (row: Record<string, string | null> | undefined) =>
        Object.entries(row ?? {}).filter(([column]) => !shown.has(column) && !column.toLowerCase().includes('version'));
      if (record.outcome === 'CHANGE') expect(others(after[index])).toEqual(others(before[index]));
    });
    expect((await preview(gateway())).records.filter(({ outcome }) => outcome !== 'WAIT')).toEqual([]);
    return outcomes(records);
  }

  it('PREVIEW-01 writes nothing', async () => {
    await world.unbilled();
    await world.confirmedProforma();
    const before = await snapshotOf(reader());
    const { records } = await preview(gateway());
    await preview(gateway(), { initialSync: true });
    expect(records.length).toBeGreaterThan(4);
    expect(changesBetween(before, await snapshotOf(reader()))).toEqual([]);
  });

  it('PREVIEW-02 announces a whole proforma with its milestone, and the sync does just that', async () => {
    await world.unbilled();
    const milestoneId = await world.milestone();
    const proformaId = await world.confirmedProforma();
    const announced = await announcedIsDone();
    expect([announced.get(milestoneId), announced.get(proformaId)]).toEqual(['CREATE', 'CREATE']);
  });

  it('PREVIEW-02 PREVIEW-03 of random changes with failures and waiting records, what was announced is what happens', async () => {
    const ACTUALS = 5;
    const step = fc.oneof(
      fc.record({ kind: fc.constant('change' as const), actual: fc.nat(ACTUALS - 1), amount: fc.nat(5_000), project: fc.constantFrom('known' as const, 'unknown' as const) }),
      fc.record({ kind: fc.constant('skip' as const), actual: fc.nat(ACTUALS - 1), skip: fc.boolean() }),
      fc.record({ kind: fc.constant('connect' as const), first: fc.nat(ACTUALS - 1), second: fc.nat(ACTUALS - 1) }),
      fc.record({ kind: fc.constant('header' as const) }),
      fc.record({ kind: fc.constant('run' as const), map: fc.constantFrom(null, TABLE_MAPS.actuals, TABLE_MAPS.connections) }),
    );
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(fc.boolean(), { minLength: ACTUALS, maxLength: ACTUALS }), async (steps, skips) => {
      await sync(gateway());
      await clearErrors(gateway());
      const other = await buildWorld(gateway());
      await deleteRows(gateway(), 'Projects', 'ProjectId', other.facts.projects.timeAndMaterial.number);
      const projects = { known: world.facts.projects.timeAndMaterial.id, unknown: other.facts.projects.timeAndMaterial.id };
      const actuals = skips.map((skipSync) => actualRow(gateway(), world, { skipSync }));
      await addChangeSet(gateway(), { actuals });
      for (const one of steps) {
        if (one.kind === 'change') {
          await change(gateway(), Actual, actuals[one.actual]!.id, { projectId: projects[one.project], amount: decimal(String(one.amount)).div(100) }, [MAP_FLOWS.actuals]);
        } else if (one.kind === 'skip') await change(gateway(), Actual, actuals[one.actual]!.id, { skipSync: one.skip }, [MAP_FLOWS.actuals]);
        else if (one.kind === 'connect') await addChangeSet(gateway(), { connections: [connectionRow(gateway(), actuals[one.first]!.id, actuals[one.second]!.id)] });
        else if (one.kind === 'header') await addProforma(gateway(), world);
        else await sync(gateway(), one.map ? { maps: [one.map] } : {});
      }
      await announcedIsDone();
    }), { numRuns: 12 });
  });

  it('PREVIEW-03 announces a connection whose two actuals go in the same run, and lets one wait whose actual is refused', async () => {
    const other = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', other.facts.projects.timeAndMaterial.number);
    const [one, two, bad] = [actualRow(gateway(), world), actualRow(gateway(), world), actualRow(gateway(), other)];
    const [good, waiting] = [connectionRow(gateway(), one.id, two.id), connectionRow(gateway(), one.id, bad.id)];
    await addChangeSet(gateway(), { actuals: [one, two, bad], connections: [good, waiting] });
    const { records } = await preview(gateway());
    expect(outcomes(records)).toEqual(new Map([
      [one.id, 'CREATE'], [two.id, 'CREATE'], [bad.id, 'REFUSE'], [good.id, 'CREATE'], [waiting.id, 'WAIT'],
    ]));
    expect(records.find(({ recordId }) => recordId === waiting.id)).toMatchObject({ code: 'REFERENCE_NOT_ARRIVED', waitsFor: bad.id, fields: [] });
    expect(records.find(({ recordId }) => recordId === bad.id)).toMatchObject({
      code: 'LOOKUP_NOT_FOUND', column: 'msdyn_project.msdynce_projectnumber', message: expect.stringContaining(other.facts.projects.timeAndMaterial.number),
    });
    await clearErrors(gateway());
  });

  it('PREVIEW-04 shows what the target has beside what it gets, and what the map keeps', async () => {
    await world.unbilled();
    const id = await world.confirmedProforma();
    await sync(gateway());
    const [proforma] = await selectRows(reader(), ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`);
    await gateway().database.write((work) => execute(work, sql`UPDATE "ProjProposalJour" SET "Payment" = 'Net10' WHERE "gw_invoiceid" = ${id}`));
    await change(gateway(), ProformaInvoice, id, { name: 'Another name' }, [MAP_FLOWS.invoices]);
    const { records } = await preview(gateway(), { maps: [TABLE_MAPS.invoices] });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ outcome: 'CHANGE', recordId: id });
    expect(records[0]!.fields.filter(({ changes }) => changes)).toEqual([
      expect.objectContaining({ from: proforma!.name, to: 'Another name', sourceColumns: ['name'], kept: false }),
    ]);
    expect(records[0]!.fields.filter(({ kept }) => kept)).toEqual([
      { column: 'Payment', sourceColumns: ['customerid.msdyn_paymentterm'], from: 'Net10', to: 'Net10', changes: false, kept: true },
    ]);
    await announcedIsDone();
  });

  it('PREVIEW-05 leaves a paused map out, and shows it as if it caught up where that is asked for', async () => {
    const actual = actualRow(gateway(), world);
    await addChangeSet(gateway(), { actuals: [actual] });
    const maps = [TABLE_MAPS.actuals];
    await operated(gateway(), 'pauseTableMaps', ...maps);
    expect(await preview(gateway(), { maps })).toEqual({ flows: [], records: [] });
    const { flows, records } = await preview(gateway(), { maps, includePaused: true });
    await operated(gateway(), 'runTableMaps', TABLE_MAPS.actuals, TABLE_MAPS.connections);
    expect(flows.map(({ status, counts }) => [status, counts.create])).toEqual([['PAUSED', 1], ['PAUSED', 0]]);
    expect(outcomes(records)).toEqual(new Map([[actual.id, 'CREATE']]));
  });

  it('PREVIEW-06 is of one record that waits in no queue, of one proforma, or of an initial sync', async () => {
    await world.unbilled();
    const id = await world.confirmedProforma();
    await sync(gateway());
    const [proforma] = await selectRows(reader(), ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`);
    expect((await preview(gateway(), { recordId: id })).records).toEqual([expect.objectContaining({ recordId: id, outcome: 'SKIP', code: 'ALREADY_THERE' })]);
    const ofProforma = (await preview(gateway(), { proformaInvoiceNumber: proforma!.number })).records;
    expect(ofProforma.map(({ mapName }) => mapName)).toEqual(expect.arrayContaining([TABLE_MAPS.invoices, TABLE_MAPS.actuals, TABLE_MAPS.connections]));
    await deleteRows(gateway(), 'ProjProposalJour', 'gw_invoiceid', id);
    const again = (await preview(gateway(), { initialSync: true, maps: [TABLE_MAPS.invoices], outcomes: ['CREATE'] })).records;
    expect(outcomes(again).get(id)).toBe('CREATE');
  });

  it('PREVIEW-07 pages and filters by outcome: together the pages are the whole', async () => {
    await addChangeSet(gateway(), { actuals: Array.from({ length: 9 }, (_, index) => actualRow(gateway(), world, { skipSync: index % 3 === 0 })) });
    const whole = (await preview(gateway())).records;
    expect(whole).toHaveLength(9);
    for (const first of [1, 2, 5]) expect((await preview(gateway(), {}, first)).records).toEqual(whole);
    expect((await preview(gateway(), { outcomes: ['SKIP'] }, 2)).records).toEqual(whole.filter(({ outcome }) => outcome === 'SKIP'));
    expect(whole.filter(({ outcome }) => outcome === 'SKIP').map(({ code }) => code)).toEqual(['FILTERED_OUT', 'FILTERED_OUT', 'FILTERED_OUT']);
  });
});
