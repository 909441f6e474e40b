import { FieldTransform, SyncDirection } from '../../../entities/dual-write';
import type { FieldDraft, MapDraft, ValuePair } from './map-draft';
import { VERSION_NUMBER_CHARACTERS_MAX } from './store-definition';
import { flag, listOf, objectOf, oneOf, orNull, text, value, wholeNumber, type Reader } from './read-shape';

/** What the first line of an exported document says, so that nobody takes another file for one. */
export const MAP_DOCUMENT_FORMAT = 'dual-write-table-maps';
/** Counts on when a document of before cannot be read any more as it was meant. */
export const MAP_DOCUMENT_VERSION = 1;

/** More than anybody has, and few enough for one unit of work. */
export const DOCUMENT_MAPS_MAX = 200;
export const DOCUMENT_FIELDS_MAX = 1000;
export const SEQUENCE_MAX = 1_000_000;

/** A table map in a document: its definition, and the number of the version that it was exported from. */
export interface DocumentMap {
  readonly version: string | null;
  readonly draft: MapDraft;
}

/** A definition as it stands in a document. Null properties of a pair are left out: most have none. */
export type MapAsJson = Readonly<Record<string, unknown>>;

/** Lines of a value map and kept values have no order of their own: by number, then by text, the star last. */
function inOrder<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  const isNumber = (given: string) => /^\d{1,15}$/.test(given);
  return [...items].sort((first, second) => {
    const [a, b] = [textOf(first), textOf(second)];
    if ((a === '*') !== (b === '*')) return a === '*' ? 1 : -1;
    if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
    if (isNumber(a) && Number(a) !== Number(b)) return Number(a) - Number(b);
    return a < b ? -1 : a > b ? 1 : 0;
  });
}

/** A field pair as it stands in a document. */
export function fieldAsJson(field: FieldDraft): MapAsJson {
  const { source, target, valueMap, defaultValue, lookup, keep, required } = field;
  return {
    direction: SyncDirection[field.direction],
    ...(source !== null && { source }),
    target,
    transform: FieldTransform[field.transform],
    ...(valueMap && { valueMap: inOrder(valueMap, ({ from }) => from).map(({ from, to }) => ({ from, to })) }),
    ...(defaultValue !== null && { defaultValue }),
    ...(lookup && { lookup: { table: lookup.table, column: lookup.column } }),
    ...(keep && { keep: inOrder(keep, (kept) => kept) }),
    ...(required && { required }),
  };
}

/** A definition as it stands in a document: the same definition is always the same text. */
export function mapAsJson({ name, sequence, dataverseTable, financeTable, integrationKey, companyPath, documentPath, filter, financeFilter, references, fields }: MapDraft): MapAsJson {
  return {
    name, sequence, dataverseTable, financeTable,
    integrationKey: { dataverse: integrationKey.dataverse, finance: integrationKey.finance },
    companyPath,
    documentPath: documentPath && { dataverse: documentPath.dataverse, finance: documentPath.finance },
    filter, financeFilter,
    references: references.map(({ column, map }) => ({ column, map })),
    fields: fields.map(fieldAsJson),
  };
}

/** Table maps as one document, in the order in which they run; maps of one place by name. */
export function documentOf(maps: readonly DocumentMap[]): MapAsJson {
  const ordered = [...maps].sort((a, b) => a.draft.sequence - b.draft.sequence || (a.draft.name < b.draft.name ? -1 : 1));
  const tableMaps = ordered.map(({ version, draft }) => {
    const { name, ...definition } = mapAsJson(draft);
    return { name, version, ...definition };
  });
  return { format: MAP_DOCUMENT_FORMAT, formatVersion: MAP_DOCUMENT_VERSION, tableMaps };
}

const name = value('a text that neither begins nor ends with a space', (given): given is string => typeof given === 'string' && given !== '' && given === given.trim());
/** As long as it may count on: the last part is what counts, and the column ends it. */
const VERSION_NUMBER = new RegExp(`^(?=.{7,${VERSION_NUMBER_CHARACTERS_MAX}}$)(\\d{1,4}\\.){3}\\d+$`);
const versionNumber = value('the number of a version, such as 1.0.0.22', (given): given is string => typeof given === 'string' && VERSION_NUMBER.test(given));

const fieldReader: Reader<FieldDraft> = objectOf<FieldDraft>('a field pair', {
  direction: oneOf(SyncDirection),
  source: orNull(text),
  target: text,
  transform: oneOf(FieldTransform),
  valueMap: orNull(listOf(objectOf<ValuePair>('a line of a value map', { from: text, to: orNull(text) }), { most: DOCUMENT_FIELDS_MAX })),
  defaultValue: orNull(text),
  lookup: orNull(objectOf('a lookup', { table: text, column: text })),
  keep: orNull(listOf(text, { most: DOCUMENT_FIELDS_MAX })),
  required: flag,
}, { source: null, valueMap: null, defaultValue: null, lookup: null, keep: null, required: false });

const mapReader = objectOf<MapDraft & { version: string | null }>('a table map', {
  name,
  version: orNull(versionNumber),
  sequence: wholeNumber(1, SEQUENCE_MAX),
  dataverseTable: text,
  financeTable: text,
  integrationKey: objectOf('an integration key', { dataverse: text, finance: text }),
  companyPath: orNull(text),
  documentPath: orNull(objectOf('a document path', { dataverse: orNull(text), finance: orNull(text) })),
  filter: text,
  financeFilter: text,
  references: listOf(objectOf('a reference', { column: text, map: text }), { most: DOCUMENT_FIELDS_MAX }),
  fields: listOf(fieldReader, { least: 1, most: DOCUMENT_FIELDS_MAX }),
}, { version: null });

/** Reads an exported document. What decides which records go is never assumed: only the version and the nulls of a pair may be left out. */
export const readDocument: Reader<readonly DocumentMap[]> = (given, path, mistakes) => {
  const read = objectOf('a document of table maps', {
    format: value(`"${MAP_DOCUMENT_FORMAT}"`, (format): format is string => format === MAP_DOCUMENT_FORMAT),
    formatVersion: value(`${MAP_DOCUMENT_VERSION}, the version of the format that this gateway reads`, (version): version is number => version === MAP_DOCUMENT_VERSION),
    tableMaps: listOf(mapReader, { least: 1, most: DOCUMENT_MAPS_MAX }),
  })(given, path, mistakes);
  return read?.tableMaps.map(({ version, ...draft }) => ({ version, draft }));
};
