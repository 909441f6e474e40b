import '../../../../ormconfig';
import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { differencesOf } from '../../../../src/flow/3-sync/edit/map-differences';
import { documentOf, readDocument, type DocumentMap } from '../../../../src/flow/3-sync/edit/map-document';
import { draftOf, type MapDraft } from '../../../../src/flow/3-sync/edit/map-draft';
import type { ShapeMistake } from '../../../../src/flow/3-sync/edit/read-shape';
import { storedMaps } from '../stored-maps';
import type { AnsweredDocument } from './moving';

const shipped: DocumentMap[] = storedMaps().map((map) => ({ version: map.mapVersion, draft: draftOf(map) }));
const draft = (name: string): MapDraft => shipped.find((map) => map.draft.name === name)!.draft;
const document = (): AnsweredDocument => JSON.parse(JSON.stringify(documentOf(shipped))) as AnsweredDocument;

function mistakesIn(given: unknown): [message: string, place: string][] {
  const mistakes: ShapeMistake[] = [];
  const read = readDocument(given, [], mistakes);
  expect(read === undefined).toBe(mistakes.length > 0);
  return mistakes.map(({ message, path }) => [message, path.join('.')]);
}

describe('a document of table maps', () => {
  it('MAPEDIT-06 is the same text whatever the order of the maps, of their value maps and of what they keep', () => {
    const shuffled = shipped.map(({ version, draft: { fields, ...map } }) => ({
      version, draft: { ...map, fields: fields.map((field) => ({ ...field, valueMap: field.valueMap && [...field.valueMap].reverse(), keep: field.keep && [...field.keep].reverse() })) },
    })).reverse();
    expect(JSON.stringify(documentOf(shuffled))).toBe(JSON.stringify(documentOf(shipped)));
  });

  it('MAPEDIT-06 says everything: what is read out of it is the definition', () => {
    const read = readDocument(document(), [], []);
    expect(JSON.stringify(documentOf(read!))).toBe(JSON.stringify(documentOf(shipped)));
  });

  it.each<[title: string, change: (given: AnsweredDocument) => unknown, message: RegExp, place: string]>([
    ['no document', () => 'maps', /^Here has to stand a document of table maps, not "maps"\.$/, ''],
    ['a document that is sent as a text', (given) => JSON.stringify(given), /^Here has to stand a document of table maps, not the text "\{.{58}\.\.\.\.$/, ''],
    ['nothing', () => null, /not null\.$/, ''],
    ['another format', (given) => ({ ...given, format: 'maps' }), /^Here has to stand "dual-write-table-maps", not "maps"\.$/, 'format'],
    ['a format of tomorrow', (given) => ({ ...given, formatVersion: 2 }), /^Here has to stand 1, the version of the format that this gateway reads, not 2\.$/, 'formatVersion'],
    ['no maps', (given) => ({ ...given, tableMaps: [] }), /^Here have to stand 1 to 200 entries, not 0\.$/, 'tableMaps'],
    ['a property that nobody knows', (given) => { given.tableMaps[1]!.status = 'RUNNING'; return given; }, /^"status" is no property of a table map; it has name, version, sequence,/, 'tableMaps.1.status'],
    ['a misspelt property of a pair', (given) => { given.tableMaps[0]!.fields[2]!.Source = 'x'; return given; }, /^"Source" is no property of a field pair;/, 'tableMaps.0.fields.2.Source'],
    ['a map without its filter', (given) => { Reflect.deleteProperty(given.tableMaps[1]!, 'filter'); return given; }, /^A table map needs filter\.$/, 'tableMaps.1.filter'],
    ['a number for a text', (given) => { given.tableMaps[1]!.fields[1]!.valueMap![0]!.to = 5 as never; return given; }, /^Here has to stand a text, not 5\.$/, 'tableMaps.1.fields.1.valueMap.0.to'],
    ['a transform that there is not', (given) => { given.tableMaps[1]!.fields[0]!.transform = 'ROUND'; return given; }, /COPY or VALUE_MAP or DEFAULT or LOOKUP, not "ROUND"/, 'tableMaps.1.fields.0.transform'],
    ['a name with a space behind it', (given) => { given.tableMaps[0]!.name += ' '; return given; }, /neither begins nor ends with a space/, 'tableMaps.0.name'],
    ['a number that is no version', (given) => { given.tableMaps[0]!.version = '1.0'; return given; }, /the number of a version, such as 1\.0\.0\.22, not "1\.0"/, 'tableMaps.0.version'],
    ['a number that is longer than a version has', (given) => { given.tableMaps[0]!.version = '9999.9999.9999.999999'; return given; }, /the number of a version/, 'tableMaps.0.version'],
    ['a place that is no whole number', (given) => { given.tableMaps[0]!.sequence = 1.5; return given; }, /a whole number from 1 to 1000000, not 1\.5/, 'tableMaps.0.sequence'],
    ['an object for a list', (given) => { given.tableMaps[0]!.references = {}; return given; }, /^Here has to stand a list, not an object\.$/, 'tableMaps.0.references'],
    ['a list for an object', (given) => { given.tableMaps[0]!.integrationKey = []; return given; }, /^Here has to stand an integration key, not a list\.$/, 'tableMaps.0.integrationKey'],
    ['a text for yes or no', (given) => { given.tableMaps[0]!.fields[0]!.required = 'yes'; return given; }, /^Here has to stand true or false, not "yes"\.$/, 'tableMaps.0.fields.0.required'],
  ])('MAPEDIT-07 is refused with %s', (_title, change, message, place) => {
    expect(mistakesIn(document())).toEqual([]);
    expect(mistakesIn(change(document()))).toEqual([[expect.stringMatching(message), place]]);
  });

  it('MAPEDIT-07 is refused with all that is wrong in it at once', () => {
    const given = document();
    Object.assign(given, { format: 'other', extra: 1 });
    given.tableMaps[0]!.filter = 7 as never;
    Reflect.deleteProperty(given.tableMaps[4]!.fields[0]!, 'target');
    expect(mistakesIn(given).map(([, place]) => place)).toEqual(['extra', 'format', 'tableMaps.0.filter', 'tableMaps.4.fields.0.target']);
  });
});

describe('what is different in a document', () => {
  const before = draft(TABLE_MAPS.actuals);

  it('MAPEDIT-07 is nothing for the same map', () => {
    expect(differencesOf(before, { ...before, fields: before.fields.map((field) => ({ ...field, valueMap: field.valueMap && [...field.valueMap].reverse() })) })).toEqual([]);
  });

  it('MAPEDIT-07 is what was added, removed and changed, each by itself', () => {
    const [first, ...rest] = before.fields;
    const added = { ...first!, source: 'msdyn_task', target: 'ProductNumber', required: false };
    const changed = { ...before, filter: '', fields: [...rest.map((field) => (field.target === 'TaskId' ? { ...field, required: true } : field)), added] };
    expect(differencesOf(before, changed).map(({ property, target, before: from, after }) => [property, target, from === null, after === null])).toEqual([
      ['filter', null, false, false], ['fields', 'TaskId', false, false], ['fields', 'ProductNumber', true, false], ['fields', 'ActualId', false, true],
    ]);
  });

  it('MAPEDIT-07 is also the order of the pairs, because the first that has a value wins', () => {
    const [first, second, ...rest] = before.fields;
    expect(differencesOf(before, { ...before, fields: [second!, first!, ...rest] })).toMatchObject([{ property: 'fields', target: null, before: ['ActualId', 'TransType', 'TransactionClassification'], after: ['TransType', 'ActualId', 'TransactionClassification'] }]
      .map((difference) => ({ ...difference, before: expect.arrayContaining(difference.before), after: expect.arrayContaining(difference.after) })));
  });
});
