import { SyncDirection, SyncErrorClass, SyncErrorStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { ProjBillingType, StagedActual } from '../../../../src/entities/finance';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { timestampOf } from '../../../../src/kernel/clock';
import { selectRows } from '../../../../src/stores/bulk';
import { recordFailures } from '../../../../src/stores/dual-write/sync-error.store';
import { readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { activitiesOf, mapNamed, operated } from '../operate/operating';
import { errorOf, sync } from '../rungs';
import { edit, edited, placeOf } from './editing';

const { actuals, milestones } = TABLE_MAPS;

onBothEngines('editing a table map', (gateway) => {
  let world: World;
  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    world = await buildWorld(gateway());
  });
  // Every test begins with stopped maps in their shipped versions.
  beforeEach(async () => {
    await sync(gateway());
    for (const [name, number] of [[actuals, '1.0.0.22'], [milestones, '1.0.0.7']] as const) {
      if ((await mapNamed(gateway(), name)).status !== 'STOPPED') await operated(gateway(), 'stopTableMaps', name);
      await edited(gateway(), 'activateTableMapVersion', { name, number });
    }
  });

  const staged = async (actualId: string) => (await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0];
  const carry = async () => {
    await operated(gateway(), 'runTableMaps', actuals);
    await sync(gateway());
  };

  it('MAPEDIT-01 carries what is queued by the changed filter, value map, default and pair', async () => {
    const { unbilledId } = await world.unbilled();
    const tableMap = await edited(gateway(), 'updateTableMap', {
      name: actuals,
      changeFields: [
        { sequence: await placeOf(gateway(), actuals, 'BillingType'), field: { source: 'msdyn_billingtype', target: 'BillingType', transform: 'VALUE_MAP', valueMap: [{ from: '*', to: String(ProjBillingType.COMPLIMENTARY) }] } },
        { sequence: await placeOf(gateway(), actuals, 'Description'), field: { source: 'msdyn_externaldescription', target: 'Description' } },
        { sequence: await placeOf(gateway(), actuals, 'UnitOfMeasure'), field: { target: 'UnitOfMeasure', transform: 'DEFAULT', defaultValue: 'hours' } },
      ],
      removeFields: [await placeOf(gateway(), actuals, 'BookableResourceName')],
      addFields: [{ source: 'msdyn_bookableresource.name', target: 'BookableResourceName' }],
      comment: 'Everything is complimentary this month',
    });
    expect(tableMap.mapVersion).toBe('1.0.0.23');
    await carry();
    expect(await staged(unbilledId)).toMatchObject({ billingType: ProjBillingType.COMPLIMENTARY, unit: 'hours', description: null });

    await operated(gateway(), 'stopTableMaps', actuals);
    await edited(gateway(), 'updateTableMap', { name: actuals, filter: 'gw_skipsync eq true' });
    const { unbilledId: leftOut } = await world.unbilled();
    await carry();
    expect(await staged(leftOut)).toBeUndefined();
  });

  it('MAPEDIT-01 refuses to change a map that is not stopped, or that somebody else changed', async () => {
    await operated(gateway(), 'runTableMaps', actuals);
    const before = await mapNamed(gateway(), actuals);
    expect((await edit(gateway(), 'updateTableMap', { name: actuals, filter: '' })).errors).toMatchObject([
      { __typename: 'StateTransitionError', code: 'INVALID_STATE', path: ['input'], from: 'RUNNING', allowed: ['STOPPED'] },
    ]);
    await operated(gateway(), 'stopTableMaps', actuals);
    expect((await edit(gateway(), 'updateTableMap', { id: before.id, expectedVersion: before.version, filter: '' })).errors).toMatchObject([
      { __typename: 'ConflictError', path: ['input', 'expectedVersion'] },
    ]);
    expect((await edit(gateway(), 'updateTableMap', { name: 'Nothing', filter: '' })).errors).toMatchObject([{ code: 'MAP_UNKNOWN', path: ['input', 'name'] }]);
  });

  it('MAPEDIT-02 names everything that is wrong at its place in the input, and changes nothing', async () => {
    const before = await mapNamed(gateway(), actuals);
    const { tableMap, errors } = await edit(gateway(), 'updateTableMap', {
      name: actuals, filter: 'gw_skipsync = false',
      removeFields: [await placeOf(gateway(), actuals, 'Amount')],
      changeFields: [{ sequence: await placeOf(gateway(), actuals, 'Quantity'), field: { source: 'msdyn_quantities', target: 'Quantity' } }],
      addFields: [
        { source: 'msdyn_billingtype', target: 'BillingType', transform: 'VALUE_MAP', valueMap: [{ from: '192350001', to: '2' }, { from: '192350001', to: '2' }] },
        { source: 'msdyn_accountcustomer.accountnumber', target: 'ProductNumber', transform: 'LOOKUP' },
      ],
    });
    expect(tableMap).toBeNull();
    expect(errors.map(({ code, path }) => [code, path!.join('.')])).toEqual(expect.arrayContaining([
      ['DIPV1012', 'input.filter'],
      ['DIPV1010', 'input.fields'],
      ['DIPV1021', 'input.changeFields.0.field.source'],
      ['DIPV1029', 'input.addFields.0.valueMap.1.from'],
      ['DIPV1027', 'input.addFields.1.lookup'],
    ]));
    expect(await mapNamed(gateway(), actuals)).toEqual(before);
  });

  it('MAPEDIT-04 keeps every version with its author and comment, and goes back to any of them', async () => {
    const first = await edit(gateway(), 'updateTableMap', { name: milestones, filter: 'statecode eq 0', comment: 'Live ones only' }, 'erika');
    expect(first.errors).toMatchObject([{ code: 'DIPV1024', path: ['input', 'filter'] }]);
    await edit(gateway(), 'updateTableMap', { name: milestones, filter: 'msdyn_amount gt 0', comment: 'Only what costs' }, 'erika');
    const { tableMap } = await ask(gateway(), `query ($name: String!) {
      tableMap(name: $name) { mapVersion filter versions { nodes { number sequence author comment definition } } }
    }`, { name: milestones });
    expect(tableMap).toMatchObject({ mapVersion: '1.0.0.8', filter: 'msdyn_amount gt 0' });
    expect(tableMap.versions.nodes).toMatchObject([
      { number: '1.0.0.8', sequence: 2, author: 'erika', comment: 'Only what costs', definition: { filter: 'msdyn_amount gt 0' } },
      { number: '1.0.0.7', sequence: 1, author: 'Microsoft Dynamics 365', comment: null, definition: { filter: '' } },
    ]);
    expect(await edited(gateway(), 'activateTableMapVersion', { name: milestones, number: '1.0.0.7' })).toMatchObject({ mapVersion: '1.0.0.7', filter: '' });
    // A number is never given twice.
    expect(await edited(gateway(), 'updateTableMap', { name: milestones, filter: 'msdyn_amount ge 0' })).toMatchObject({ mapVersion: '1.0.0.9' });
    expect((await edit(gateway(), 'activateTableMapVersion', { name: milestones, number: '9.9' })).errors).toMatchObject([
      { __typename: 'NotFoundError', path: ['input', 'number'] },
    ]);
  });

  it('MAPEDIT-09 logs who changed a map, and what for', async () => {
    await edit(gateway(), 'updateTableMap', { name: milestones, filter: 'msdyn_amount gt 5', comment: 'Only what costs' }, 'karl');
    expect((await activitiesOf(gateway(), milestones)).filter(({ actor }) => actor === 'karl')).toMatchObject([
      { kind: 'EDITED', sentence: expect.stringMatching(/^Changed: version 1\.0\.0\.7 became 1\.0\.0\.\d+\. Only what costs$/), facts: { from: '1.0.0.7' } },
    ]);
  });

  it('MAPEDIT-09 refuses a comment that is longer than a version keeps, and keeps the longest', async () => {
    const filter = 'msdyn_amount gt 6';
    const { errors } = await edit(gateway(), 'updateTableMap', { name: milestones, filter, comment: 'x'.repeat(1001) });
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'comment'] }]);
    expect(await edited(gateway(), 'updateTableMap', { name: milestones, filter, comment: '\u{1F4B6}'.repeat(1000) })).toMatchObject({ filter });
  });

  it('MAPEDIT-05 drops a direction only when nothing is queued for it', async () => {
    const { unbilledId } = await world.unbilled();
    const { tableMap } = await ask(gateway(), 'query ($name: String!) { tableMap(name: $name) { fields(first: 100) { nodes { direction source target required } } } }', { name: actuals });
    const fields = tableMap.fields.nodes.filter((field: { direction: string }) => field.direction === 'FINANCE_TO_DATAVERSE');
    expect((await edit(gateway(), 'updateTableMap', { name: actuals, fields })).errors).toMatchObject([{ code: 'BLOCKED', path: ['input', 'fields'] }]);
    await carry();
    expect(await staged(unbilledId)).toBeDefined();
  });
});

onBothEngines('dropping a direction of a table map', (gateway) => {
  const name = TABLE_MAPS.actuals;
  beforeAll(async () => {
    await ensureTableMaps(gateway().context);
    await operated(gateway(), 'stopTableMaps', name);
  });

  /** The other direction's pairs only. */
  const backOnly = async () => {
    const { tableMap } = await ask(gateway(), 'query ($name: String!) { tableMap(name: $name) { fields(first: 100) { nodes { direction source target required } } } }', { name });
    return tableMap.fields.nodes.filter((field: { direction: string }) => field.direction === 'FINANCE_TO_DATAVERSE');
  };
  const list = (recordId: string, status: SyncErrorStatus.OPEN | SyncErrorStatus.WAITING, direction = SyncDirection.DATAVERSE_TO_FINANCE) =>
    gateway().database.write((work) => recordFailures(work, { map: name, direction }, [{
      id: gateway().context.ids.next(), recordId, recordVersion: 1, status, class: SyncErrorClass.APPLICATION, code: 'LISTED', message: 'Listed', column: null,
      waitsFor: status === SyncErrorStatus.WAITING ? 'nobody' : null, proformaNumber: null, legalEntityId: null,
    }], timestampOf(gateway().context.clock)));

  it.each([['fails', SyncErrorStatus.OPEN], ['waits', SyncErrorStatus.WAITING]] as const)('MAPEDIT-05 is refused while a record %s to go that way, until it is dismissed', async (how, status) => {
    await list(how, status);
    const fields = await backOnly();
    expect((await edit(gateway(), 'updateTableMap', { name, fields })).errors).toMatchObject([{ code: 'BLOCKED', path: ['input', 'fields'], message: expect.stringMatching(/^1 record .* towards finance; /) }]);
    await ask(gateway(), 'mutation ($input: DismissSyncErrorsInput!) { dismissSyncErrors(input: $input) { errors { message } } }', { input: { maps: [name] } });
    await edited(gateway(), 'updateTableMap', { name, fields });
    await edited(gateway(), 'activateTableMapVersion', { name, number: '1.0.0.22' });
  });

  it('MAPEDIT-05 resolves the error that says the map cannot run that way: it has not to any more', async () => {
    const { id } = (await readTableMaps(gateway().database.reader)).find((map) => map.name === name)!;
    await list(id, SyncErrorStatus.OPEN);
    await edited(gateway(), 'updateTableMap', { name, fields: await backOnly() });
    expect(await errorOf(gateway(), id)).toMatchObject({ status: SyncErrorStatus.RESOLVED });
  });
});
