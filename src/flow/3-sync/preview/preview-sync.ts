import { SyncDirection, type MapFlow } from '../../../entities/dual-write';
import { invalid, refuse } from '../../../kernel/refusal';
import { breather } from '../../../kernel/yielding';
import { CHUNK_ROWS } from '../../../stores/bulk';
import type { DuePlace } from '../../../stores/dual-write/due-records.store';
import { type PreviewOutcome } from '../../../stores/dual-write/preview.enums';
import type { SourceRecord } from '../../../stores/dual-write/source.store';
import { readHeldValues } from '../../../stores/dual-write/target.store';
import type { Session } from '../../../stores/session';
import { PREVIEWED_MAX } from '../sync-limits';
import type { TargetFacts } from '../run/apply-table-map';
import { decideRecords, type DecidedRecord } from '../run/decide-records';
import type { PreparedMap } from '../run/prepare-table-map';
import { outcomeOf, previewOf, writtenColumns, type PreviewedRecord } from './preview.rules';
import type { PreviewedFlow } from './previewed-flows';

/** Where a record stands in a preview. */
export interface PreviewPlace {
  readonly flow: MapFlow;
  readonly due: DuePlace;
}

export interface PreviewPage {
  readonly records: readonly (PreviewedRecord & { readonly flow: MapFlow; readonly place: PreviewPlace })[];
  readonly hasNextPage: boolean;
  /** How far was looked, whatever the page has found; null when there was nothing. */
  readonly end: PreviewPlace | null;
}

export interface PreviewCounts {
  readonly outcomes: Readonly<Record<PreviewOutcome, number>>;
  /** How many of the skipped, waiting and refused ones for each code. */
  readonly codes: ReadonlyMap<string, number>;
  /** Whether that is everything; a longer list is counted up to its limit. */
  readonly isComplete: boolean;
}

/** What becomes of records of a flow, where records that it refers to may go in the same run. `within`: the maps that ask. */
function decide(session: Session, flows: readonly PreviewedFlow[], map: PreparedMap, keys: readonly string[], within: readonly string[] = []): Promise<DecidedRecord[]> {
  return decideRecords(session, map, keys, async (records, target) => {
    const arriving = await arrivingIn(session, flows, { map, records, target, within: [...within, map.flow.map] });
    return (reference, id) => arriving.get(reference.map)?.has(id) ?? false;
  });
}

interface Asking {
  readonly map: PreparedMap;
  readonly records: readonly SourceRecord[];
  readonly target: TargetFacts;
  readonly within: readonly string[];
}

/** By map, which of the records that these refer to have not arrived and go in the same run: nothing is remembered, so that a page can begin anywhere. */
async function arrivingIn(session: Session, flows: readonly PreviewedFlow[], { map, records, target, within }: Asking): Promise<Map<string, Set<string>>> {
  const arriving = new Map<string, Set<string>>();
  for (const reference of map.references) {
    const flow = flows.find((other) => other.map.flow.map === reference.map && other.map.flow.direction === SyncDirection.DATAVERSE_TO_FINANCE);
    // Maps that refer to each other in a circle cannot go in one run.
    if (!flow || within.includes(reference.map)) continue;
    const ids = records.map((record) => record.values[reference.column] as string | null);
    const missing = [...new Set(ids)].filter((id) => id !== null && !target.hasArrived(reference, id)) as string[];
    if (missing.length === 0) continue;
    const decided = await decide(session, flows, flow.map, await flow.among(missing), within);
    const known = arriving.get(reference.map) ?? new Set();
    for (const { record, decision } of decided) if (decision.kind === 'write') known.add(record.key);
    arriving.set(reference.map, known);
  }
  return arriving;
}

/** Decided records by their places, in order; one that is gone meanwhile is left out. */
async function decideAt(session: Session, flows: readonly PreviewedFlow[], { map }: PreviewedFlow, places: readonly DuePlace[]) {
  const decided = new Map((await decide(session, flows, map, places.map(([, , , key]) => key))).map((one) => [one.record.key, one]));
  return places.flatMap((due) => {
    const one = decided.get(due[3]);
    return one ? [{ due, decided: one }] : [];
  });
}

/** What a run would do in one flow, counted. */
export async function countPreview(session: Session, flows: readonly PreviewedFlow[], flow: PreviewedFlow): Promise<PreviewCounts> {
  const outcomes = { CREATE: 0, CHANGE: 0, SKIP: 0, WAIT: 0, REFUSE: 0 };
  const codes = new Map<string, number>();
  const breath = breather();
  let after: DuePlace | null = null;
  for (let examined = 0; examined < PREVIEWED_MAX; examined += CHUNK_ROWS) {
    const places: DuePlace[] = await flow.read(after, CHUNK_ROWS);
    for (const { decided } of await decideAt(session, flows, flow, places)) {
      outcomes[outcomeOf(decided)] += 1;
      const { decision } = decided;
      if (decision.kind === 'write') continue;
      const code = decision.kind === 'skip' ? decision.reason : decision.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    if (places.length < CHUNK_ROWS) return { outcomes, codes, isComplete: true };
    after = places.at(-1)!;
    await breath();
  }
  return { outcomes, codes, isComplete: (await flow.read(after, 1)).length === 0 };
}

export interface PageWanted {
  readonly first: number;
  readonly after: PreviewPlace | null;
  /** Only these outcomes; all unless given. */
  readonly outcomes?: readonly PreviewOutcome[] | null | undefined;
}

/**
 * One page of what a run would do, in the run's order. With a filter that hardly anything meets, a page ends after a bounded number of
 * records, perhaps empty, and its end says where to go on.
 */
export async function previewPage(session: Session, flows: readonly PreviewedFlow[], { first, after, outcomes }: PageWanted): Promise<PreviewPage> {
  const records: PreviewPage['records'][number][] = [];
  const breath = breather();
  let examined = 0;
  let end = after;
  const begin = after ? flows.findIndex(({ map }) => isSame(map.flow, after.flow)) : 0;
  if (begin < 0) refuse(invalid('INVALID_INPUT', 'The cursor in after is of a table map that this preview leaves out.', ['after']));
  for (const flow of flows.slice(begin)) {
    let place = after && isSame(flow.map.flow, after.flow) ? after.due : null;
    for (;;) {
      const limit = Math.min(CHUNK_ROWS, PREVIEWED_MAX - examined, outcomes ? CHUNK_ROWS : first - records.length);
      const places = limit > 0 ? await flow.read(place, limit) : [];
      if (limit <= 0) {
        if ((await flow.read(place, 1)).length > 0) return { records, hasNextPage: true, end };
        break;
      }
      const wanted = (await decideAt(session, flows, flow, places)).filter(({ decided }) => !outcomes || outcomes.includes(outcomeOf(decided)));
      const shown = wanted.slice(0, first - records.length);
      records.push(...await shownOf(session, flow, shown));
      if (wanted.length > shown.length) return { records, hasNextPage: true, end: records.at(-1)?.place ?? end };
      examined += places.length;
      if (places.length > 0) {
        place = places.at(-1)!;
        end = { flow: flow.map.flow, due: place };
      }
      if (places.length < limit) break;
      await breath();
    }
  }
  return { records, hasNextPage: false, end };
}

const isSame = (one: MapFlow, other: MapFlow) => one.map === other.map && one.direction === other.direction;

async function shownOf(session: Session, { map }: PreviewedFlow, some: readonly { due: DuePlace; decided: DecidedRecord }[]): Promise<PreviewPage['records'][number][]> {
  const keys = some.flatMap(({ decided: { decision } }) => (decision.kind === 'write' ? [decision.row.key] : []));
  const held = await readHeldValues(session, map.target, map.key.target, writtenColumns(map), keys);
  return some.map(({ due, decided }) => ({
    ...previewOf(map, decided, decided.decision.kind === 'write' ? held.get(decided.decision.row.key) : undefined),
    flow: map.flow, place: { flow: map.flow, due },
  }));
}
