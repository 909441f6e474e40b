import type { CommandContext } from '../../../context';
import { TableMapActivityKind, TableMapImportOutcome } from '../../../entities/dual-write';
import { invalid, refuse, refuseAny, type Refusal } from '../../../kernel/refusal';
import { lockTableMaps, readTableMaps, readVersions } from '../../../stores/dual-write/table-map.store';
import type { Session, UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { mapExists } from './create-table-map.command';
import { decideImport, type ImportStep } from './decide-import';
import { refusalsOfComment, refusalsOfDraft, refusalsOfDroppedFlows } from './editable-map';
import type { MapDifference } from './map-differences';
import { readDocument, type DocumentMap } from './map-document';
import type { ShapeMistake } from './read-shape';
import { activateDefinition, addDefinition, storeDefinition } from './store-definition';

export interface ImportTableMapsInput {
  readonly document: unknown;
  readonly comment: string | null;
  /** Only says what the import would do, and writes nothing: also for maps that run. */
  readonly dryRun: boolean;
}

/** What an import did with one map of its document, or would do. */
export interface ImportedTableMap {
  readonly name: string;
  readonly outcome: TableMapImportOutcome;
  /** Null for a map that would be made. */
  readonly tableMapId: string | null;
  readonly versionBefore: string | null;
  readonly version: string;
  readonly differences: readonly MapDifference[];
}

/** What an import did, or in a dry run would do with everything that would forbid it. */
export interface ImportResult {
  readonly tableMaps: readonly ImportedTableMap[];
  readonly refusals: readonly Refusal[];
}

const AT = ['input', 'document'];

/**
 * Takes the table maps of an exported document, all or none: makes those that are missing, stopped, gives those that differ another
 * version, and leaves the others as they are. Refuses what is wrong with the document or a definition, and to change a map that is not stopped.
 */
export async function importTableMaps(context: CommandContext, input: ImportTableMapsInput, request: CommandRequest): Promise<ImportResult> {
  if (input.dryRun) return previewImport(context.database.reader, input);
  const { tableMaps } = await runCommand(context, request, async (work) => {
    const document = documentIn(input);
    const { steps, refusals } = await decided(work, document, await lockNamed(work, document));
    refuseAny([...refusals, ...refusalsOfComment(input.comment)]);
    const tableMaps: ImportedTableMap[] = [];
    for (const step of steps) tableMaps.push(importedMap(step, await carriedOut(work, context, step, input.comment)));
    return { tableMaps };
  });
  return { tableMaps, refusals: [] };
}

async function previewImport(session: Session, input: ImportTableMapsInput): Promise<ImportResult> {
  const { steps, refusals } = await decided(session, documentIn(input), await readTableMaps(session));
  return { tableMaps: steps.map((step) => importedMap(step, step.map?.id ?? null)), refusals: [...refusals, ...refusalsOfComment(input.comment)] };
}

function documentIn({ document }: ImportTableMapsInput): readonly DocumentMap[] {
  const mistakes: ShapeMistake[] = [];
  const read = readDocument(document, AT, mistakes);
  refuseAny(mistakes.map(({ message, path }) => invalid('INVALID_INPUT', message, [...path])));
  return read!;
}

/**
 * Every map, those of the document locked in key order. Read again under the locks: whoever held them may have changed a definition, or
 * made a map of the document, which is then locked as well.
 */
async function lockNamed(work: UnitOfWork, document: readonly DocumentMap[]) {
  const names = new Set(document.map(({ draft }) => draft.name));
  const locked = new Set<string>();
  for (;;) {
    const all = await readTableMaps(work);
    const unlocked = all.filter((map) => names.has(map.name) && !locked.has(map.id)).map((map) => map.id);
    if (unlocked.length === 0) return all;
    await lockTableMaps(work, unlocked);
    for (const id of unlocked) locked.add(id);
  }
}

async function decided(session: Session, document: readonly DocumentMap[], stored: Awaited<ReturnType<typeof readTableMaps>>) {
  const { steps, result, refusals } = decideImport(document, stored, await readVersions(session, stored.map((map) => map.id)), AT);
  const found = [...refusals];
  for (const { outcome, draft, content, map, path } of steps) {
    if (outcome === TableMapImportOutcome.UNCHANGED) continue;
    found.push(...refusalsOfDraft(session, draft, result, (inMap) => [...path, ...inMap]).refusals);
    if (map) found.push(...await refusalsOfDroppedFlows(session, map, content, [...path, 'fields']));
  }
  return { steps, refusals: found };
}

/** Does one step. Gives the map's id. */
async function carriedOut(work: UnitOfWork, context: CommandContext, { outcome, map, content, number, isKept, path }: ImportStep, comment: string | null): Promise<string> {
  const note = { kind: TableMapActivityKind.IMPORTED, comment, done: 'Imported', number };
  if (!map) {
    const id = await addDefinition(work, context, content, { ...note, kind: TableMapActivityKind.CREATED });
    return id ?? refuse(mapExists(content.name, [...path, 'name']));
  }
  if (outcome === TableMapImportOutcome.UNCHANGED) return map.id;
  if (isKept) await activateDefinition(work, context, map, content, note);
  else await storeDefinition(work, context, map, content, note);
  return map.id;
}

const importedMap = ({ outcome, draft, before, number, differences }: ImportStep, tableMapId: string | null): ImportedTableMap =>
  ({ name: draft.name, outcome, tableMapId, versionBefore: before, version: number, differences });
