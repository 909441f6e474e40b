import { ProjectContractLine } from '../../../../src/entities/dataverse';
import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedMilestone } from '../../../../src/entities/finance';
import { selectRows } from '../../../../src/stores/bulk';
import { sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines } from '../../../support/engines';
import { activitiesOf, mapNamed, operated } from '../operate/operating';
import { change, sync } from '../rungs';
import { edit, edited } from './editing';
import { codesOf, exported, imported, importing, SIXTH_MAP } from './moving';

onBothEngines('making a table map', (gateway) => {
  let world: World;
  beforeAll(async () => {
    world = await buildWorld(gateway());
  });

  const staged = async (id: string) => (await selectRows(gateway().database.reader, StagedMilestone, sql`WHERE t."TransactionId" = ${id}`))[0];

  it('MAPEDIT-08 names everything that is wrong with it, and a name that is taken', async () => {
    const { errors } = await edit(gateway(), 'createTableMap', {
      ...SIXTH_MAP, name: ` ${SIXTH_MAP.name}`, sequence: 0, filter: 'nothing eq 1',
      fields: SIXTH_MAP.fields.map((field) => (field.target === 'Description' ? { ...field, source: 'name' } : field)),
    });
    expect(codesOf(errors)).toEqual(expect.arrayContaining([
      ['INVALID_INPUT', 'input.name'], ['INVALID_INPUT', 'input.sequence'], ['DIPV1024', 'input.filter'], ['DIPV1021', 'input.fields.3.source'],
    ]));
    expect(codesOf((await edit(gateway(), 'createTableMap', { ...SIXTH_MAP, name: TABLE_MAPS.milestones })).errors)).toEqual([['MAP_EXISTS', 'input.name']]);
    expect((await exported(gateway())).tableMaps).toHaveLength(5);
  });

  it('MAPEDIT-09 refuses a comment that is longer than a version keeps, and takes the longest', async () => {
    const { errors } = await edit(gateway(), 'createTableMap', { ...SIXTH_MAP, name: 'Commented', comment: 'x'.repeat(1001) });
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'comment'], message: 'The comment has 1001 characters; 1000 is the most.' }]);
    // Counted as the database counts them.
    const comment = '\u{1F4B6}'.repeat(1000);
    expect((await edit(gateway(), 'createTableMap', { ...SIXTH_MAP, name: 'Nothing wrong but the filter', filter: 'nothing eq 1', comment })).errors).toMatchObject([{ path: ['input', 'filter'] }]);
  });

  it('MAPEDIT-08 makes it stopped, and it pushes its records and carries changes like a shipped one', async () => {
    const { name } = SIXTH_MAP;
    const made = await edited(gateway(), 'createTableMap', { ...SIXTH_MAP, comment: 'Agreed amounts', idempotencyKey: 'once' });
    expect(made).toMatchObject({ name, mapVersion: '1.0.0.0' });
    expect(await edited(gateway(), 'createTableMap', { ...SIXTH_MAP, comment: 'Agreed amounts', idempotencyKey: 'once' })).toEqual(made);
    expect(await mapNamed(gateway(), name)).toMatchObject({ status: 'STOPPED' });
    expect((await exported(gateway())).tableMaps.at(-1)).toMatchObject({ name, sequence: 6 });
    expect(await activitiesOf(gateway(), name)).toMatchObject([{ kind: 'CREATED', actor: 'test', sentence: 'Created in version 1.0.0.0, stopped. Agreed amounts' }]);

    const line = world.facts.lines.timeAndMaterial;
    await change(gateway(), ProjectContractLine, line, { name: 'While it was stopped' }, [{ map: name, direction: 0 }]);
    expect((await mapNamed(gateway(), name)).queue).toMatchObject({ records: 1 });
    await ask(gateway(), 'mutation ($input: RunTableMapsInput!) { runTableMaps(input: $input) { errors { message } } }', { input: { tableMaps: [{ name, initialSync: true }] } });
    expect(await staged(line)).toMatchObject({ description: 'While it was stopped' });
    expect(await staged(world.facts.lines.fixedPrice)).toBeDefined();
    await change(gateway(), ProjectContractLine, line, { name: 'While it runs' }, [{ map: name, direction: 0 }]);
    await sync(gateway());
    expect(await staged(line)).toMatchObject({ description: 'While it runs' });
  });

  it('MAPEDIT-08 keeps its first version, and is edited like a shipped one', async () => {
    const { name } = SIXTH_MAP;
    await operated(gateway(), 'stopTableMaps', name);
    expect(await edited(gateway(), 'updateTableMap', { name, filter: 'statecode eq 0' }).catch(() => null)).toBeNull();
    const { tableMap } = await ask(gateway(), 'query ($name: String!) { tableMap(name: $name) { versions { nodes { number author comment } } } }', { name });
    expect(tableMap.versions.nodes).toEqual([{ number: '1.0.0.0', author: 'test', comment: 'Agreed amounts' }]);
    expect(await edited(gateway(), 'activateTableMapVersion', { name, number: '1.0.0.0' })).toMatchObject({ mapVersion: '1.0.0.0' });
  });

  it('MAPEDIT-06 makes no map that could be exported but not imported', async () => {
    const lines = Array.from({ length: 1001 }, (_line, index) => ({ from: String(index), to: '1' }));
    const { errors } = await edit(gateway(), 'createTableMap', {
      ...SIXTH_MAP, sequence: 1_000_001, references: lines.map(() => ({ column: 'salesorderid', map: TABLE_MAPS.milestones })),
      fields: [
        ...SIXTH_MAP.fields, { source: 'salesorderdetailname', target: 'Description', transform: 'VALUE_MAP', valueMap: lines, keep: lines.map(({ from }) => from) },
        ...lines.map(() => ({ source: 'salesorderdetailname', target: 'Description' })),
      ],
    });
    const places = ['input.sequence', 'input.references', 'input.fields', 'input.fields.7.valueMap', 'input.fields.7.keep'];
    expect(codesOf(errors)).toEqual(expect.arrayContaining(places.map((place) => ['INVALID_INPUT', place])));
  });

  it('MAPEDIT-06 imports the map of the last place, behind which none is made without a place', async () => {
    const document = await exported(gateway(), [TABLE_MAPS.milestones]);
    const last = { ...document, tableMaps: [{ ...document.tableMaps[0]!, name: 'Last', sequence: 1_000_000, version: '1.0.0.9999' }] };
    await imported(gateway(), last);
    expect(codesOf((await edit(gateway(), 'createTableMap', { ...SIXTH_MAP, name: 'Behind it' })).errors)).toEqual([['INVALID_INPUT', 'input.sequence']]);
    expect(await edited(gateway(), 'updateTableMap', { name: 'Last', filter: 'msdyn_amount gt 1' })).toMatchObject({ mapVersion: '1.0.0.10000' });
    expect(await imported(gateway(), await exported(gateway()))).toContainEqual(expect.objectContaining({ name: 'Last', outcome: 'UNCHANGED', version: '1.0.0.10000' }));
  });

  it('MAPEDIT-04 counts versions only as far as their number can be kept', async () => {
    const [map] = (await exported(gateway(), ['Last'])).tableMaps;
    const with_ = (version: string, filter: string) => importing(gateway(), { format: 'dual-write-table-maps', formatVersion: 1, tableMaps: [{ ...map!, version, filter }] });
    expect((await with_('9.9.9.99999999999999', 'msdyn_amount gt 2')).errors).toEqual([]);
    expect((await edit(gateway(), 'updateTableMap', { name: 'Last', filter: 'msdyn_amount gt 3' })).errors).toMatchObject([
      { code: 'INVALID_INPUT', message: expect.stringMatching(/^No version counts on from 9\.9\.9\.99999999999999/) },
    ]);
    expect((await with_('10.0.0.0', 'msdyn_amount gt 3')).errors).toEqual([]);
  });
});
