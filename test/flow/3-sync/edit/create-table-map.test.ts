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
import { codesOf, exported, SIXTH_MAP } from './moving';

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
});
