import { invalid, notFound, refuse, refuseAny, type Refusal } from '../../../kernel/refusal';
import { QUARANTINE_REASONS } from '../../../stores/reconcile/orphan-conditions';
import {
  beginningsOf, STAGED_TYPES, STAGING_TABLES, standingOf, type StagedStanding, type StagedType,
} from '../../../stores/reconcile/quarantine.store';
import type { Session } from '../../../stores/session';
import { refusalsOfNames } from '../../named-list';
import { NAMED_ROWS_MAX } from './orphan.limits';

/** A staged row as a request names it. A connection stands for the staged actual that it begins at. */
export interface NamedRow {
  readonly type: StagedType | 'StagedConnection';
  readonly key: string;
}

/** Which rows a request means: named ones, or all. */
export interface RowsAsked {
  readonly rows?: readonly NamedRow[] | null;
  readonly all?: boolean | null;
}

/** The ids of the named rows by type; null for all rows. */
export type RowIds = Readonly<Record<StagedType, readonly string[]>> | null;

const pathOf = (index: number): string[] => ['input', 'ids', String(index)];
const nounOf = (type: NamedRow['type']): string => (type === 'StagedConnection' ? 'staged connection' : STAGING_TABLES[type].noun);

/**
 * The rows that a request means. Refused, all or none: neither rows nor all, or both; a row that does not exist, or that `problemOf` has
 * something against.
 */
export async function namedRowsOf(session: Session, { rows, all }: RowsAsked, problemOf: (row: StagedStanding) => string | null): Promise<RowIds> {
  if (Boolean(rows) === Boolean(all)) refuse(invalid('INVALID_INPUT', 'Give either rows, by id, or all.', ['input']));
  if (!rows) return null;
  refuseAny(refusalsOfNames(rows.map(({ type, key }) => `${type} ${key}`), { noun: ['staged row', 'staged rows'], max: NAMED_ROWS_MAX, pathOf }));
  const beginnings = await beginningsOf(session, rows.filter(({ type }) => type === 'StagedConnection').map(({ key }) => key));
  const meant = rows.map(({ type, key }) => (type === 'StagedConnection' ? { type: 'StagedActual' as const, key: beginnings.get(key) } : { type, key }));
  const keysOf = (type: StagedType) => [...new Set(meant.flatMap((row) => (row.type === type && row.key ? [row.key] : [])))];
  const standing = new Map<string, StagedStanding>();
  for (const type of STAGED_TYPES) for (const [id, row] of await standingOf(session, type, keysOf(type))) standing.set(`${type} ${id}`, row);
  refuseAny(rows.flatMap(({ type, key }, index): Refusal[] => {
    const row = standing.get(`${meant[index]!.type} ${meant[index]!.key}`);
    if (!row) return [notFound(nounOf(type), key, pathOf(index))];
    const problem = problemOf(row);
    return problem === null ? [] : [invalid('BLOCKED', problem, pathOf(index))];
  }));
  return { StagedActual: keysOf('StagedActual'), StagedMilestone: keysOf('StagedMilestone') };
}

/** Why a row cannot go into quarantine. One that is there already stays there. */
export function problemOfQuarantine({ sourceId, isTakenUp, quarantinedOn, why }: StagedStanding): string | null {
  if (quarantinedOn !== null) return null;
  if (why === null) return `Dataverse holds the source of ${sourceId} and of what begins at it: it is no orphan.`;
  if (!isTakenUp) return null;
  return `Finance has gone on with ${sourceId}: it has a journal or proposal line, or an on-account transaction. Posting refuses a journal line whose `
    + 'source is gone; delete the journal, and its row is free again.';
}

/** Why a row cannot be released while only rows whose source is back are asked for. One that is in no quarantine stays as it is. */
export function problemOfRelease({ sourceId, quarantinedOn, why }: StagedStanding): string | null {
  if (quarantinedOn === null || why === null) return null;
  return `The source of ${sourceId} is not back: ${QUARANTINE_REASONS[why]}. Say evenWithoutSource to release it all the same.`;
}
