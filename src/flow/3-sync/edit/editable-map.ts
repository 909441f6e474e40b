import { tableOf } from '../../../entities/columns';
import { SyncDirection, SyncLogStatus, TableMapStatus, TableMapVersion } from '../../../entities/dual-write';
import { invalid, notFound, type Refusal, refuse, refuseAny, refuseStale, wrongStateTo } from '../../../kernel/refusal';
import { countUncarried } from '../../../stores/dual-write/sync-error.store';
import { hasOpenLogEntries } from '../../../stores/dual-write/sync-log.store';
import { isUniqueKey } from '../../../stores/dual-write/apply.store';
import { lockTableMaps, readTableMaps, type StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { Session, UnitOfWork } from '../../../stores/session';
import type { NamedTableMap } from '../operate/named-table-maps';
import type { MapContent } from '../run/table-map-finder';
import type { MapFinding } from '../run/table-map-finding';
import { droppedFlows, type MapDraft } from './map-draft';
import { validateTableMap } from './validate-table-map.rules';

/** The one map that a caller names, locked, which has to be stopped and in the version that the caller has read. */
export async function lockEditable(work: UnitOfWork, { id, name, expectedVersion = null }: NamedTableMap): Promise<{ map: StoredTableMap; all: readonly StoredTableMap[] }> {
  if (!id === !name) refuse(invalid('INVALID_INPUT', 'Name the table map by id or by name.', ['input']));
  const all = await readTableMaps(work);
  const found = all.find((candidate) => (id ? candidate.id === id : candidate.name === name));
  if (!found) return refuse(id ? notFound('table map', id, ['input', 'id']) : invalid('MAP_UNKNOWN', `No table map is called "${name}".`, ['input', 'name']));
  const [locked] = await lockTableMaps(work, [found.id]);
  // Read again under the lock: whoever held it may have changed the field pairs.
  const map = { ...(await readTableMaps(work)).find((candidate) => candidate.id === found.id)!, ...locked! };
  refuseStale(`The table map ${map.name}`, expectedVersion, map.version);
  refuseAny(refusalsUnlessStopped(map, ['input']));
  return { map, all };
}

/** Only a stopped map is edited, so that no run carries half of its queue by another definition. */
export function refusalsUnlessStopped(map: StoredTableMap, path: string[]): Refusal[] {
  if (map.status === TableMapStatus.STOPPED) return [];
  const facts = { done: 'changed', what: `The table map ${map.name}`, from: TableMapStatus[map.status], allowed: [TableMapStatus[TableMapStatus.STOPPED]] };
  return [wrongStateTo({ ...facts, path })];
}

const COMMENT_CHARACTERS_MAX = tableOf(TableMapVersion).property('comment').length!;

/** A comment is kept with the version whole, or the edit is refused. */
export function refusalsOfComment(comment: string | null | undefined): Refusal[] {
  const characters = [...(comment ?? '')].length;
  if (characters <= COMMENT_CHARACTERS_MAX) return [];
  return [invalid('INVALID_INPUT', `The comment has ${characters} characters; ${COMMENT_CHARACTERS_MAX} is the most.`, ['input', 'comment'])];
}

/** What is wrong with a definition, as refusals whose paths `place` gives; none when it can run. */
export function refusalsOfDraft(
  session: Session, draft: MapDraft, all: readonly MapContent[], place: (path: readonly string[]) => string[],
): { content: MapContent; refusals: Refusal[] } {
  const { content, findings } = validateTableMap(draft, all, (table, column) => isUniqueKey(session, table, column));
  return { content, refusals: findings.map((finding) => refusalOf(finding, place(finding.path))) };
}

function refusalOf({ code, message, owner }: MapFinding, path: string[]): Refusal {
  if (code !== 'ONE_WAY_DIRECTION') return invalid(code, message, path);
  return { kind: 'oneWay', code, message, path, owner: owner!, suggestion: `Change it in ${owner}.` };
}

/** A definition may drop a direction only when nothing is queued, failed or waits for it: nobody would ever carry that. */
export async function refusalsOfDroppedFlows(session: Session, map: StoredTableMap, content: MapContent, path: string[]): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const flow of droppedFlows(map, content)) {
    const way = flow.direction === SyncDirection.DATAVERSE_TO_FINANCE ? 'towards finance' : 'back to Dataverse';
    const isQueued = await hasOpenLogEntries(session, flow) || await hasOpenLogEntries(session, flow, SyncLogStatus.KEEPING);
    if (isQueued) refusals.push(invalid('BLOCKED', `Changes are queued ${way}; run the map until they are carried, or skip them, before no pair goes that way.`, path));
    const count = await countUncarried(session, flow, map.id);
    if (count === 0) continue;
    const records = count === 1 ? '1 record failed or waits' : `${count} records failed or wait`;
    refusals.push(invalid('BLOCKED', `${records} to go ${way}; retry what failed until it is carried, or dismiss it with dismissSyncErrors, before no pair goes that way.`, path));
  }
  return refusals;
}
