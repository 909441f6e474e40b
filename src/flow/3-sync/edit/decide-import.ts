import { TableMapImportOutcome, type TableMapVersion } from '../../../entities/dual-write';
import { invalid, type Refusal } from '../../../kernel/refusal';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { MapContent } from '../run/table-map-finder';
import { refusalsUnlessStopped } from './editable-map';
import { differencesOf, isSameMap, type MapDifference } from './map-differences';
import type { DocumentMap } from './map-document';
import { draftOf, type MapDraft } from './map-draft';
import { FIRST_VERSION, numberAfter } from './store-definition';
import { contentOfDraft } from './validate-table-map.rules';

const { CREATED, CHANGED, UNCHANGED } = TableMapImportOutcome;

/** What the import does with one map of its document. */
export interface ImportStep {
  readonly outcome: TableMapImportOutcome;
  readonly draft: MapDraft;
  readonly content: MapContent;
  /** Null for a map that is made. */
  readonly map: StoredTableMap | null;
  /** The version that is active before, and then. */
  readonly before: string | null;
  readonly number: string;
  /** Whether `number` is a version that the map has had, with this definition, so that none is made. */
  readonly isKept: boolean;
  readonly differences: readonly MapDifference[];
  readonly path: readonly string[];
}

export interface DecidedImport {
  readonly steps: readonly ImportStep[];
  /** The maps as they will be: what each refers to may be in the same document. */
  readonly result: readonly MapContent[];
  readonly refusals: readonly Refusal[];
}

/** What becomes of each map of a document, in its order, and what forbids it; the definitions themselves are validated afterwards. Pure. */
export function decideImport(document: readonly DocumentMap[], stored: readonly StoredTableMap[], versions: readonly TableMapVersion[], at: readonly string[]): DecidedImport {
  const steps = document.map((wanted, index) => stepOf(wanted, stored, versions, [...at, 'tableMaps', String(index)]));
  const names = document.map(({ draft }) => draft.name);
  const repeated = steps.filter(({ draft }, index) => names.indexOf(draft.name) < index).map(({ draft, path }) =>
    invalid('INVALID_INPUT', `The document has "${draft.name}" twice.`, [...path, 'name']));
  const others = stored.filter((map) => !names.includes(map.name));
  return { steps, result: [...others, ...steps.map((step) => step.content)], refusals: [...repeated, ...steps.flatMap(refusalsOfStep)] };
}

function stepOf({ draft, version }: DocumentMap, stored: readonly StoredTableMap[], versions: readonly TableMapVersion[], path: readonly string[]): ImportStep {
  const content = contentOfDraft(draft);
  const map = stored.find((candidate) => candidate.name === draft.name);
  if (!map) return { outcome: CREATED, draft, content, map: null, before: null, number: version ?? FIRST_VERSION, isKept: false, differences: [], path };
  const differences = differencesOf(draftOf(map), draft);
  const known = { draft, content, map, before: map.mapVersion, differences, path };
  if (differences.length === 0) return { ...known, outcome: UNCHANGED, number: map.mapVersion, isKept: true };
  const own = versions.filter((candidate) => candidate.tableMapId === map.id);
  const kept = own.find((candidate) => candidate.number === version && isSameMap(candidate.definition as unknown as MapDraft, draft));
  return { ...known, outcome: CHANGED, number: kept?.number ?? newNumber(version, own, map.mapVersion), isKept: kept !== undefined };
}

/** The document's own number where the map has had none as high, so that one number means one definition on both systems; otherwise the next one. */
function newNumber(version: string | null, own: readonly TableMapVersion[], current: string): string {
  const isHighest = version !== null && [current, ...own.map(({ number }) => number)].every((number) => isHigher(version, number));
  return isHighest ? version : numberAfter(own, current);
}

function isHigher(number: string, than: string): boolean {
  const [parts, others] = [number.split('.').map(Number), than.split('.').map(Number)];
  const at = parts.findIndex((part, index) => part !== others[index]);
  return at >= 0 && parts[at]! > (others[at] ?? -1);
}

/** A running map keeps its definition, and no map goes over to other tables or another key: what it has carried is known by these. */
function refusalsOfStep({ outcome, map, content, path }: ImportStep): Refusal[] {
  if (!map || outcome !== CHANGED) return [];
  const fixed = (property: 'dataverseTable' | 'financeTable' | 'integrationKey') => {
    const [has, wants] = [JSON.stringify(map[property]), JSON.stringify(content[property])];
    if (has === wants) return [];
    return [invalid('INVALID_INPUT', `${map.name} has the ${property} ${has}, which stays; a map with ${wants} needs another name.`, [...path, property])];
  };
  return [...refusalsUnlessStopped(map, [...path]), ...fixed('dataverseTable'), ...fixed('financeTable'), ...fixed('integrationKey')];
}
