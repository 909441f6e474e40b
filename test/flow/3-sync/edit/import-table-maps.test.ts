import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { selectRows } from '../../../../src/stores/bulk';
import { sql } from '../../../../src/stores/session';
import { send } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { activitiesOf, mapNamed, operated } from '../operate/operating';
import { sync } from '../rungs';
import { edited } from './editing';
import { codesOf, exported, imported, importing, type AnsweredDocument } from './moving';

const { actuals, milestones } = TABLE_MAPS;
const OWN = 'Our own milestones (msdyn_contractlinescheduleofvalues)';

onBothEngines('moving table maps as a document', (gateway) => {
  let world: World;
  beforeAll(async () => {
    world = await buildWorld(gateway());
  });

  const stop = async (name: string) => {
    if ((await mapNamed(gateway(), name)).status !== 'STOPPED') await operated(gateway(), 'stopTableMaps', name);
  };
  const mapIn = (document: AnsweredDocument, name: string) => document.tableMaps.find((map) => map.name === name)!;
  const pairIn = (document: AnsweredDocument, name: string, target: string) => mapIn(document, name).fields.find((field) => field.target === target)!;

  it('MAPEDIT-06 exports whole definitions in the order in which they run, without ids and states', async () => {
    const document = await exported(gateway());
    expect(document).toMatchObject({ format: 'dual-write-table-maps', formatVersion: 1 });
    expect(document.tableMaps.map((map) => map.name)).toEqual([TABLE_MAPS.invoices, actuals, milestones, TABLE_MAPS.connections, TABLE_MAPS.customerInvoices]);
    expect(Object.keys(mapIn(document, actuals))).toEqual([
      'name', 'version', 'sequence', 'dataverseTable', 'financeTable', 'integrationKey', 'companyPath', 'documentPath', 'filter', 'financeFilter', 'references', 'fields',
    ]);
    expect(mapIn(document, actuals)).toMatchObject({ version: '1.0.0.22', filter: 'gw_skipsync eq false', integrationKey: { dataverse: 'msdyn_actualid', finance: 'ActualId' } });
    expect(pairIn(document, actuals, 'BillingType')).toEqual({
      direction: 'DATAVERSE_TO_FINANCE', source: 'msdyn_billingtype', target: 'BillingType', transform: 'VALUE_MAP', required: true,
      valueMap: [{ from: '192350000', to: '2' }, { from: '192350001', to: '1' }, { from: '192350002', to: '3' }, { from: '*', to: '4' }],
    });
    expect(await exported(gateway(), [milestones])).toEqual({ ...document, tableMaps: [mapIn(document, milestones)] });
    expect((await send(gateway(), '{ exportTableMaps(names: ["Nothing"]) }')).errors).toMatchObject([
      { message: 'No table map is called "Nothing".', extensions: { code: 'BAD_USER_INPUT', reason: 'MAP_UNKNOWN', argument: ['names', '0'] } },
    ]);
  });

  it('MAPEDIT-06 leaves everything as it is when an export comes back, also of maps that run', async () => {
    const before = await mapNamed(gateway(), actuals);
    const answered = await imported(gateway(), await exported(gateway()));
    expect(answered.map(({ outcome, differences }) => [outcome, differences.length])).toEqual(Array.from({ length: 5 }, () => ['UNCHANGED', 0]));
    expect(await mapNamed(gateway(), actuals)).toEqual(before);
  });

  it('MAPEDIT-07 changes a stopped map by an edited document, and finance gets the changed field', async () => {
    const document = await exported(gateway(), [actuals]);
    pairIn(document, actuals, 'Description').source = 'msdyn_externaldescription';
    const { unbilledId } = await world.unbilled();
    const difference = {
      property: 'fields', target: 'Description',
      before: { direction: 'DATAVERSE_TO_FINANCE', source: 'msdyn_description', target: 'Description', transform: 'COPY' },
      after: { direction: 'DATAVERSE_TO_FINANCE', source: 'msdyn_externaldescription', target: 'Description', transform: 'COPY' },
    };
    const running = await importing(gateway(), document, { dryRun: true });
    expect(running.tableMaps).toMatchObject([{ name: actuals, outcome: 'CHANGED', versionBefore: '1.0.0.22', version: '1.0.0.23', differences: [difference] }]);
    expect(running.errors).toMatchObject([{ __typename: 'StateTransitionError', from: 'RUNNING', path: ['input', 'document', 'tableMaps', '0'] }]);
    expect(await importing(gateway(), document)).toMatchObject({ tableMaps: [], errors: running.errors });
    await stop(actuals);
    const { version } = await mapNamed(gateway(), actuals);
    expect((await importing(gateway(), document, { dryRun: true })).errors).toEqual([]);
    expect(await mapNamed(gateway(), actuals)).toMatchObject({ version });
    expect(await imported(gateway(), document, { comment: 'Customers see these' })).toMatchObject([
      { outcome: 'CHANGED', version: '1.0.0.23', tableMap: { status: 'STOPPED', version: version + 1 } },
    ]);
    expect((await activitiesOf(gateway(), actuals)).at(-1)).toMatchObject({ kind: 'IMPORTED', sentence: 'Imported: version 1.0.0.22 became 1.0.0.23. Customers see these' });
    await operated(gateway(), 'runTableMaps', actuals);
    await sync(gateway());
    const [staged] = await selectRows(gateway().database.reader, StagedActual, sql`WHERE t."ActualId" = ${unbilledId}`);
    expect(staged).toMatchObject({ description: null });
  });

  it('MAPEDIT-07 makes a map that is missing, stopped and with the number of the document', async () => {
    const document = await exported(gateway(), [milestones]);
    Object.assign(document.tableMaps[0]!, { name: OWN, sequence: 9, version: '3.1.0.4' });
    expect(await importing(gateway(), document, { dryRun: true })).toMatchObject({ errors: [], tableMaps: [{ outcome: 'CREATED', version: '3.1.0.4', tableMap: null }] });
    expect(await exported(gateway())).toMatchObject({ tableMaps: { length: 5 } });
    const key = { idempotencyKey: 'twice' };
    const once = await imported(gateway(), document, key);
    expect(once).toMatchObject([{ name: OWN, outcome: 'CREATED', versionBefore: null, version: '3.1.0.4', tableMap: { status: 'STOPPED' } }]);
    expect(await imported(gateway(), document, key)).toEqual(once);
    expect(await imported(gateway(), document)).toMatchObject([{ outcome: 'UNCHANGED' }]);
    expect((await activitiesOf(gateway(), OWN)).map(({ kind, sentence }) => [kind, sentence])).toEqual([['CREATED', 'Imported in version 3.1.0.4, stopped.']]);
  });

  it('MAPEDIT-07 gives one number one definition: it goes back to a kept version, takes a higher number over, and counts on where the number is taken', async () => {
    await stop(milestones);
    const shipped = await exported(gateway(), [milestones]);
    const with_ = (version: string | null, filter: string) => ({ ...shipped, tableMaps: [{ ...shipped.tableMaps[0]!, version, filter }] });
    expect(await imported(gateway(), with_('1.0.0.9', 'msdyn_amount gt 1'))).toMatchObject([{ version: '1.0.0.9' }]);
    expect(await imported(gateway(), shipped)).toMatchObject([{ outcome: 'CHANGED', versionBefore: '1.0.0.9', version: '1.0.0.7' }]);
    expect(await imported(gateway(), with_('1.0.0.9', 'msdyn_amount gt 2'))).toMatchObject([{ version: '1.0.0.10' }]);
    expect(await imported(gateway(), with_(null, 'msdyn_amount gt 3'))).toMatchObject([{ version: '1.0.0.11' }]);
    expect(await imported(gateway(), with_('1.0.0.8', 'msdyn_amount gt 4'))).toMatchObject([{ version: '1.0.0.12' }]);
    // A number says nothing about what a map carries.
    expect(await imported(gateway(), with_('1.0.0.99', 'msdyn_amount gt 4'))).toMatchObject([{ outcome: 'UNCHANGED', version: '1.0.0.12' }]);
    expect(await edited(gateway(), 'activateTableMapVersion', { name: milestones, number: '1.0.0.7' })).toMatchObject({ mapVersion: '1.0.0.7' });
  });

  it('MAPEDIT-07 takes all maps or none, and names everything that is wrong at its place in the document', async () => {
    await stop(milestones);
    await stop(actuals);
    const document = await exported(gateway());
    const [at, other] = [actuals, milestones].map((name) => document.tableMaps.findIndex((map) => map.name === name)) as [number, number];
    const place = document.tableMaps[at]!.fields.findIndex(({ target }) => target === 'BillingType');
    document.tableMaps[at]!.fields[place]!.valueMap = [{ from: '192350001', to: '2' }, { from: '7', to: '1' }, { from: '192350001', to: '2' }, { from: '*', to: '77' }];
    document.tableMaps[0]!.companyPath = 'nowhere';
    Object.assign(document.tableMaps[other]!, { filter: 'msdyn_amount gt 7', financeTable: 'ProjProposalJour' });
    const { tableMaps, errors } = await importing(gateway(), document);
    expect(tableMaps).toEqual([]);
    const pair = `input.document.tableMaps.${at}.fields.${place}`;
    expect(codesOf(errors)).toEqual(expect.arrayContaining([
      ['INVALID_STATE', 'input.document.tableMaps.0'],
      ['DIPV1007', 'input.document.tableMaps.0.companyPath'],
      ['INVALID_INPUT', `input.document.tableMaps.${other}.financeTable`],
      ['DIPV1030', `${pair}.valueMap.1.from`],
      ['DIPV1029', `${pair}.valueMap.2.from`],
      ['DIPV1030', `${pair}.valueMap.3.to`],
    ]));
    expect(await exported(gateway(), [milestones])).not.toMatchObject({ tableMaps: [{ filter: 'msdyn_amount gt 7' }] });
  });

  it('MAPEDIT-07 lets a map of the document refer to another one of it, and refuses one to a map that is nowhere', async () => {
    const document = await exported(gateway(), [TABLE_MAPS.connections]);
    const [connections] = document.tableMaps;
    const named = { ...connections!, name: 'Connections of ours', references: [{ column: 'msdyn_transaction1', map: 'Actuals of ours' }, { column: 'msdyn_transaction2', map: 'Nothing' }] };
    const [own] = (await exported(gateway(), [actuals])).tableMaps;
    const { errors } = await importing(gateway(), { ...document, tableMaps: [named, { ...own!, name: 'Actuals of ours' }] }, { dryRun: true });
    expect(codesOf(errors)).toEqual([['MAP_UNKNOWN', 'input.document.tableMaps.0.references.1.map']]);
  });

  it('MAPEDIT-07 lets imports at once come one after the other: each makes a version of its own, and a new map is made once', async () => {
    await stop(milestones);
    const document = await exported(gateway(), [milestones]);
    const [map] = document.tableMaps;
    const filters = [101, 102, 103, 104].map((amount) => `msdyn_amount gt ${amount}`);
    const answers = await Promise.all(filters.map((filter) => importing(gateway(), { ...document, tableMaps: [{ ...map!, filter }] })));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const numbers = answers.map(({ tableMaps }) => tableMaps[0]!.version);
    expect(new Set(numbers).size).toBe(filters.length);
    const [now] = (await exported(gateway(), [milestones])).tableMaps;
    expect(filters[numbers.indexOf(now!.version!)]).toBe(now!.filter);

    const made = await Promise.all(['one', 'two', 'three'].map(() => importing(gateway(), { ...document, tableMaps: [{ ...map!, name: 'Made once' }] })));
    const outcomes = made.map(({ tableMaps, errors }) => tableMaps[0]?.outcome ?? errors[0]!.code);
    expect(outcomes.filter((outcome) => outcome === 'CREATED')).toHaveLength(1);
    expect(outcomes.every((outcome) => ['CREATED', 'UNCHANGED', 'MAP_EXISTS'].includes(outcome))).toBe(true);
    expect(await exported(gateway(), ['Made once'])).toMatchObject({ tableMaps: [{ name: 'Made once' }] });
  });

  it('MAPEDIT-09 refuses a comment that is longer than a version keeps, in a dry run as well', async () => {
    const document = await exported(gateway(), [milestones]);
    for (const dryRun of [true, false]) {
      expect(codesOf((await importing(gateway(), document, { dryRun, comment: 'x'.repeat(1001) })).errors)).toEqual([['INVALID_INPUT', 'input.comment']]);
    }
  });

  it('MAPEDIT-07 MAPEDIT-05 drops no direction for which something is queued', async () => {
    await stop(actuals);
    await world.unbilled();
    const document = await exported(gateway(), [actuals]);
    document.tableMaps[0]!.fields = document.tableMaps[0]!.fields.filter(({ direction }) => direction === 'FINANCE_TO_DATAVERSE');
    expect(codesOf((await importing(gateway(), document)).errors)).toEqual([['BLOCKED', 'input.document.tableMaps.0.fields']]);
  });
});
