import { tableNamed, tableOf, type EntityClass, type TableFacts } from '../../../entities/columns';
import { FieldTransform, SyncDirection, TableMap, TableMapField } from '../../../entities/dual-write';
import { resolveSourcePath } from '../../../stores/dual-write/source-path';
import { literalFor } from '../run/literal';
import { inspectTableMap } from '../run/prepare-table-map';
import type { MapContent } from '../run/table-map-finder';
import type { MapFinding } from '../run/table-map-finding';
import { ownerAgainst, SYSTEM_COLUMNS } from './column-owners';
import { DOCUMENT_FIELDS_MAX, SEQUENCE_MAX } from './map-document';
import { contentOf, type FieldDraft, type MapDraft } from './map-draft';

const { DATAVERSE_TO_FINANCE, FINANCE_TO_DATAVERSE } = SyncDirection;
const DIRECTIONS = [DATAVERSE_TO_FINANCE, FINANCE_TO_DATAVERSE] as const;

/** Whether a column alone, or with the legal entity, identifies a row of a table. */
export type IsKey = (table: TableFacts, column: string) => boolean;

export interface ValidatedMap {
  readonly content: MapContent;
  readonly findings: readonly MapFinding[];
}

/**
 * Holds a definition against the columns and types of both sides: everything that is wrong with it, with the product's code and the
 * place (domain facts 4.4 and 4.5). Pure. Without findings the definition can run.
 */
export function validateTableMap(draft: MapDraft, others: readonly MapContent[], isKey: IsKey): ValidatedMap {
  const content = contentOfDraft(draft);
  const used = DIRECTIONS.filter((direction) => draft.fields.some((field) => field.direction === direction));
  const inspected = (used.length > 0 ? used : [DATAVERSE_TO_FINANCE]).flatMap((direction) => inspectTableMap(content, direction, others).findings);
  const findings = [
    ...lengthFindings(content),
    ...limitFindings(draft),
    ...inspected.map((finding) => atLine(finding.code === 'DIPV1014' || finding.code === 'DIPV1015' ? asOneWayOnly(finding, used) : finding, draft)),
    ...keyFindings(draft, used, isKey),
    ...used.flatMap((direction) => versionFindings(draft, direction)),
    ...draft.fields.flatMap((field, index) => fieldFindings(draft, field, index)),
    ...(used.includes(DATAVERSE_TO_FINANCE) ? unmappedFindings(draft) : []),
  ];
  return { content, findings: withoutRepeated(findings) };
}

/** A definition as it is stored. */
export function contentOfDraft(draft: MapDraft): MapContent {
  return contentOf(draft, (field) => targetOf(draft, field.direction));
}

/** A stored value map knows its lines by their source values; people know them by their places. Of two lines for one value the last one counts. */
function atLine(finding: MapFinding, draft: MapDraft): MapFinding {
  const [part, place, property, from] = finding.path;
  if (part !== 'fields' || property !== 'valueMap' || from === undefined) return finding;
  const line = (draft.fields[Number(place)]?.valueMap ?? []).findLastIndex((pair) => pair.from === from);
  return { ...finding, path: [part, place!, property, String(line), 'to'] };
}

/** A table or a reference that is missing is found from both directions, but is one mistake. */
function withoutRepeated(findings: readonly MapFinding[]): MapFinding[] {
  const texts = findings.map((finding) => JSON.stringify([finding.code, finding.path, finding.message]));
  return findings.filter((_finding, index) => texts.indexOf(texts[index]!) === index);
}

/** A text that is longer than the column of the gateway's own tables that keeps it. */
function lengthFindings(content: MapContent): MapFinding[] {
  const tooLong = (entity: EntityClass, values: object, at: readonly string[]) => Object.entries(values).flatMap(([property, value]): MapFinding[] => {
    const longest = tableOf(entity).columns.find((column) => column.property === property)?.length;
    if (typeof value !== 'string' || longest === undefined || value.length <= longest) return [];
    return [{ code: 'INVALID_INPUT', message: `${property} has ${value.length} characters; ${longest} is the most.`, path: [...at, property] }];
  });
  return [...tooLong(TableMap, content, []), ...content.fields.flatMap((field, index) => tooLong(TableMapField, field, ['fields', String(index)]))];
}

/** What an export would say, but no import takes. */
function limitFindings({ sequence, references, fields }: MapDraft): MapFinding[] {
  const isPlace = Number.isInteger(sequence) && sequence >= 1 && sequence <= SEQUENCE_MAX;
  const place: MapFinding[] = isPlace ? [] : [{ code: 'INVALID_INPUT', message: `A place is a whole number from 1 to ${SEQUENCE_MAX}, not ${sequence}.`, path: ['sequence'] }];
  const tooMany = (list: readonly unknown[] | null, ...path: string[]): MapFinding[] => {
    if (!list || list.length <= DOCUMENT_FIELDS_MAX) return [];
    return [{ code: 'INVALID_INPUT', message: `These are ${list.length} entries; ${DOCUMENT_FIELDS_MAX} is the most.`, path }];
  };
  const inFields = fields.flatMap(({ valueMap, keep }, index) =>
    [...tooMany(valueMap, 'fields', String(index), 'valueMap'), ...tooMany(keep, 'fields', String(index), 'keep')]);
  return [...place, ...tooMany(references, 'references'), ...tooMany(fields, 'fields'), ...inFields];
}

const sideOf = (draft: MapDraft, isTarget: boolean, direction: SyncDirection) =>
  tableNamed((direction === DATAVERSE_TO_FINANCE) === isTarget ? draft.financeTable : draft.dataverseTable);
const targetOf = (draft: MapDraft, direction: SyncDirection) => sideOf(draft, true, direction);
const sourceOf = (draft: MapDraft, direction: SyncDirection) => sideOf(draft, false, direction);

/** In a map with both ways a key that goes one way only has a code of its own. */
function asOneWayOnly(finding: MapFinding, used: readonly SyncDirection[]): MapFinding {
  return used.length === 2 ? { ...finding, code: 'DIPV1004' } : finding;
}

function keyFindings({ integrationKey, dataverseTable, financeTable }: MapDraft, used: readonly SyncDirection[], isKey: IsKey): MapFinding[] {
  const sides = [
    { side: 'dataverse', table: tableNamed(dataverseTable), column: integrationKey.dataverse, isTarget: used.includes(FINANCE_TO_DATAVERSE) },
    { side: 'finance', table: tableNamed(financeTable), column: integrationKey.finance, isTarget: used.includes(DATAVERSE_TO_FINANCE) },
  ];
  return sides.flatMap(({ side, table, column, isTarget }): MapFinding[] => {
    if (!table) return [];
    const path = ['integrationKey', side];
    if (!table.column(column)) return [{ code: 'DIPV1003', message: `${table.table} has no column ${column} that could be a key.`, path }];
    if (isTarget && !isKey(table, column)) return [{ code: 'DIPV1003', message: `${column} does not identify a row of ${table.table}.`, path }];
    return [];
  });
}

/** Changes are found by the versions of the source's rows, and the newest wins by the version that the target keeps of them. */
function versionFindings(draft: MapDraft, direction: SyncDirection): MapFinding[] {
  const needs = [[sourceOf(draft, direction), ['version', 'changeSetId']], [targetOf(draft, direction), ['sourceVersion']]] as const;
  return needs.flatMap(([table, properties]) => {
    if (!table || properties.every((property) => table.columns.some((column) => column.property === property))) return [];
    const path = [table.table === draft.financeTable ? 'financeTable' : 'dataverseTable'];
    return [{ code: 'DIPV1019', message: `${table.table} keeps no row versions for a table map.`, path } as const];
  });
}

function fieldFindings(draft: MapDraft, field: FieldDraft, index: number): MapFinding[] {
  const at = ['fields', String(index)];
  return [...ownerFindings(draft, field, at), ...duplicateFindings(draft, field, index, at), ...valueMapFindings(draft, field, at), ...keepFindings(draft, field, at)];
}

function ownerFindings(draft: MapDraft, { direction, target }: FieldDraft, at: readonly string[]): MapFinding[] {
  const table = targetOf(draft, direction);
  if (!table?.column(target)) return [];
  const path = [...at, 'target'];
  const isKey = target === (direction === DATAVERSE_TO_FINANCE ? draft.integrationKey.finance : draft.integrationKey.dataverse);
  const isSystems = SYSTEM_COLUMNS.includes(target) || (target === table.key.column && !isKey);
  if (isSystems) return [{ code: 'DIPV1011', message: `${table.table}.${target} is read-only: its own system gives it.`, path }];
  const owner = isKey && direction === FINANCE_TO_DATAVERSE ? null : ownerAgainst(direction, table.table, target);
  return owner ? [{ code: 'ONE_WAY_DIRECTION', message: `${table.table}.${target} belongs to ${owner}, and a table map may not write it.`, path, owner }] : [];
}

function duplicateFindings({ fields }: MapDraft, field: FieldDraft, index: number, at: readonly string[]): MapFinding[] {
  const path = [...at, 'target'];
  const before = fields.slice(0, index).filter((other) => other.direction === field.direction && other.target === field.target);
  if (before.some((other) => other.source === field.source)) {
    return [{ code: 'DIPV1023', message: `${field.source ?? 'The default'} is mapped to ${field.target} twice.`, path }];
  }
  const always = before.some((other) => other.transform === FieldTransform.DEFAULT);
  return always ? [{ code: 'DIPV1026', message: `${field.target} has a default before it, so that this pair never counts.`, path }] : [];
}

function valueMapFindings(draft: MapDraft, { valueMap, source, direction }: FieldDraft, at: readonly string[]): MapFinding[] {
  const table = sourceOf(draft, direction);
  const options = source !== null && table ? resolveSourcePath(table, source)?.column.options : undefined;
  const known = options && Object.values(options).filter((option) => typeof option === 'number').map(String);
  const froms = valueMap?.map((pair) => pair.from) ?? [];
  return froms.flatMap((from, place): MapFinding[] => {
    const path = [...at, 'valueMap', String(place), 'from'];
    if (froms.indexOf(from) < place) return [{ code: 'DIPV1029', message: `The value map translates "${from}" twice.`, path }];
    if (known && from !== '*' && !known.includes(from)) {
      return [{ code: 'DIPV1030', message: `${source} has no value "${from}"; it has ${known.join(', ')}, and * stands for every other one.`, path }];
    }
    return [];
  });
}

const KEPT_KINDS: readonly string[] = ['id', 'text', 'date', 'timestamp', 'integer', 'optionSet'];

function keepFindings(draft: MapDraft, { keep, target, direction }: FieldDraft, at: readonly string[]): MapFinding[] {
  const column = targetOf(draft, direction)?.column(target);
  if (!keep || !column) return [];
  return keep.flatMap((value, index): MapFinding[] => {
    if (value === '*') return [];
    const path = [...at, 'keep', String(index)];
    if (!KEPT_KINDS.includes(column.kind)) return [{ code: 'DIPV1030', message: `${target} is of the type ${column.kind}: it can be kept as a whole (*), not by value.`, path }];
    const literal = literalFor(column, value);
    return 'problem' in literal ? [{ code: 'DIPV1030', message: literal.problem, path }] : [];
  });
}

/** Towards finance rows are inserted: every column that has to have a value needs a pair. */
function unmappedFindings(draft: MapDraft): MapFinding[] {
  const table = targetOf(draft, DATAVERSE_TO_FINANCE);
  const given = new Set(draft.fields.filter((field) => field.direction === DATAVERSE_TO_FINANCE).map((field) => field.target));
  const isMandatory = (column: TableFacts['columns'][number]) => !column.nullable && !column.hasDefault && !column.primary && !SYSTEM_COLUMNS.includes(column.column);
  return (table?.columns ?? []).filter((column) => isMandatory(column) && !given.has(column.column)).map((column) =>
    ({ code: 'DIPV1010', message: `${table!.table}.${column.column} needs a value, but no field pair gives it one.`, path: ['fields'] }));
}
